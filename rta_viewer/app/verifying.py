"""From "verify" in a menu to the verdict about files: reads them on a worker thread, shows what was found."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from rta_viewer.app.saved_files import SavedFiles, choose_files
from rta_viewer.app.services import Services
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.examination import Examination, Verdict
from rta_viewer.core.texts import tr
from rta_viewer.errors import RtaError
from rta_viewer.jobs.examine import examine
from rta_viewer.jobs.saved_paths import find_files
from rta_viewer.qt.dialogs import show_over
from rta_viewer.qt.workers import Lane, Task
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.saved_files.verify_dialog import VerifyDialog

_CLOSE_LIMIT_S = 5.0
_STEP = 0.002
"""Progress is told in steps of that: large files are read a thousand times a second."""


class Verifying(QObject):
    """Examines the files that are open, or those that somebody chooses. GUI thread.

    Attributes:
        dialog: The last one that was opened.
    """

    _progressed = Signal(float)

    def __init__(
        self, services: Services, window: MainWindow, files: SavedFiles, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._window = window
        self._files = files
        self._lane = Lane("verifying", self)
        self._task: Task | None = None
        self.dialog: VerifyDialog | None = None
        self.chooser: QFileDialog | None = None
        window.acts["verify_files"].triggered.connect(self.verify_open)
        window.tree.files_verify_wanted.connect(self._on_rows)

    @Slot()
    def verify_open(self) -> None:
        """All files that are open; when none is, ask which."""
        opened = [camera.camera_id for camera in self._files.controller.cameras]
        if opened:
            self._on_rows(opened)
            return
        self.chooser = choose_files(self._window, self._services, tr("Verify saved files"))
        self.chooser.filesSelected.connect(self._on_selected)
        self.chooser.open()

    def verify(self, paths: Iterable[Path]) -> None:
        """Examine videos, receipts' files, packages; show a dialog."""
        if self.dialog is not None:
            self.dialog.reject()
        window, wanted = self._window, tuple(paths)
        dialog = VerifyDialog(
            window.theme, self._services.clock, window.transport.zone.zone, window
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._on_dialog_finished)
        dialog.stopped.connect(self._stop)
        self._progressed.connect(dialog.show_progress)
        self.dialog = dialog
        show_over(dialog)

        def failed(error: RtaError) -> None:
            dialog.reject()
            window.messages.show_error(error)

        self._task = self._lane.submit(
            partial(self._examine, wanted), dialog, dialog.show_results, failed
        )

    def close(self) -> None:
        """Stop reading."""
        self._lane.close(_CLOSE_LIMIT_S)

    def _examine(self, paths: Sequence[Path], cancel: CancelToken) -> list[Examination]:
        """On the worker thread."""
        found = find_files(paths)
        records = self._services.known_jobs()
        done = [Examination(Path(), Verdict.BROKEN, (text,)) for text in found.problems]
        told = 0.0

        def progress(number: int, share: float) -> None:
            nonlocal told
            now = (number + share) / len(found.files)
            if now - told >= _STEP:
                told = now
                self._progressed.emit(now)

        for number, path in enumerate(found.files):
            cancel.raise_if_cancelled()
            done.append(examine(path, records, cancel, partial(progress, number)))
        return done

    @Slot(object)
    def _on_rows(self, camera_ids: Iterable[str]) -> None:
        rows = (self._files.controller.files_of(camera_id) for camera_id in camera_ids)
        self.verify([file.path for row in rows for file in row])

    @Slot("QStringList")
    def _on_selected(self, names: Sequence[str]) -> None:
        self.verify([Path(name) for name in names])

    @Slot()
    def _on_dialog_finished(self) -> None:
        if self.sender() is self.dialog:
            self.dialog = None

    @Slot()
    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
