"""From the cut to an order: asks in a dialog, remembers the folder."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.filenames import clean_name
from rta_viewer.core.jobs import JobKind
from rta_viewer.core.model import Camera
from rta_viewer.core.ports import Picture
from rta_viewer.errors import RtaError, StorageError, UsageError
from rta_viewer.qt.workers import Lane
from rta_viewer.ui import times
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.save_dialog.dialog import SaveDialog
from rta_viewer.ui.save_dialog.order import SaveOrder, SaveProposal
from rta_viewer.ui.timeline.cut import Cut


class SavingController(QObject):
    """Opens the save dialog for the active camera and the cut; writes snapshots.

    Signals:
        order_made: A :class:`SaveOrder`.
        problem: Why there is nothing to save: an :class:`RtaError`.
        snapshot_saved: The ``Path`` of a picture that was written.
    """

    order_made = Signal(object)
    problem = Signal(object)
    snapshot_saved = Signal(object)

    def __init__(
        self, window: MainWindow, folder: Path, lane: Lane, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._folder = folder
        self._lane = lane
        self._picture: Picture | None = None

    @property
    def folder(self) -> Path:
        """Where the last order went."""
        return self._folder

    def propose(self, camera: Camera | None, cut: Cut, prefer: JobKind | None = None) -> None:
        """Ask how to save the cut of a camera."""
        span = cut.span
        if camera is None:
            self.problem.emit(UsageError("No camera is open.", "Open the camera you want to save."))
            return
        if span is None:
            hint = "Mark in (I) and out (O), or drag over the recordings in the timeline."
            self.problem.emit(UsageError("Nothing is marked to be saved.", hint))
            return
        band = self._window.book.band(camera.camera_id)
        footage_ms = None if band.missing(span) else band.footage(span)
        proposal = SaveProposal(camera, span, self._folder, footage_ms, prefer=prefer)
        zone = self._window.transport.zone.zone
        dialog = SaveDialog(proposal, zone, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.save_requested.connect(self._on_save_requested)
        dialog.open()

    def snapshot(self) -> None:
        """Ask where to write the picture of the active tile."""
        tile = self._window.grid.active
        self._picture = tile.surface.picture
        if self._picture is None or tile.camera is None or tile.instant_ms is None:
            self.problem.emit(UsageError("There is no picture to save.", "Open a camera first."))
            return
        zone = self._window.transport.zone.zone
        time = times.format_with_zone(tile.instant_ms, zone, fraction=True)
        name = clean_name(f"{tile.camera.name} {time}.png")
        chooser = QFileDialog(self._window, "Save snapshot", str(self._folder / name))
        chooser.setObjectName("snapshot_chooser")
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setNameFilters(["PNG (*.png)", "JPEG (*.jpg)"])
        chooser.setDefaultSuffix("png")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self._on_snapshot_named)
        chooser.open()

    @Slot(str)
    def _on_snapshot_named(self, name: str) -> None:
        if self._picture is not None:
            work = picture_writer(self._picture, Path(name))
            self._picture = None
            self._lane.submit(work, self, self.snapshot_saved.emit, self._on_failed)

    def _on_failed(self, error: RtaError) -> None:
        self.problem.emit(error)

    @Slot(object)
    def _on_save_requested(self, order: SaveOrder) -> None:
        self._folder = order.folder
        self.order_made.emit(order)


def picture_writer(picture: Picture, path: Path) -> Callable[[CancelToken], Path]:
    """Work for a lane that writes a picture; raises StorageError."""

    def work(_: CancelToken) -> Path:
        image = QImage(
            picture.data, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32
        )
        if not image.save(str(path)):
            raise StorageError(f"{path.name} could not be written.", "Choose another folder.")
        return path

    return work
