"""One tile: a header, a surface, and the sentence over it."""

from datetime import tzinfo

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from rta_viewer.core.model import Camera
from rta_viewer.core.playback import PlaybackState, PlaybackStatus
from rta_viewer.core.ports import Picture
from rta_viewer.core.texts import tr
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.tiles.dragging import cameras_of, tile_data, tile_of
from rta_viewer.ui.tiles.header import TileHeader
from rta_viewer.ui.tiles.overlay import TileOverlay
from rta_viewer.ui.tiles.surface import VideoSurface
from rta_viewer.ui.tiles.wording import Notice, notice_for
from rta_viewer.ui.tiles.zoom import Zoom


def _empty() -> Notice:
    hint = tr("Double-click a camera in the list to watch it here.")
    return Notice("camera", tr("No camera"), hint)


_PATIENCE_MS = 400
"""A seek that is quicker than this does not flash "loading" over the picture."""


class Tile(QFrame):
    """Shows one camera, or waits for one.

    Signals:
        activated: Somebody clicked it.
        enlarge_requested: Double-click.
        close_requested, retry_requested: The buttons.
        cameras_dropped: Cameras of the tree were dropped here: their ids.
        tile_dropped: Another tile was dropped here: its place in the grid.
        place_wanted: Somebody drags this tile by its header; the grid answers with :meth:`drag`.
    """

    activated = Signal()
    enlarge_requested = Signal()
    close_requested = Signal()
    retry_requested = Signal()
    cameras_dropped = Signal(object)
    tile_dropped = Signal(int)
    place_wanted = Signal()

    def __init__(self, theme: Theme, index: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"tile_{index}")
        self.setProperty("tile", "true")
        self.setProperty("active", "false")
        self.index = index
        self._camera: Camera | None = None
        self._status = PlaybackStatus()
        self._reason = ""
        self._own_time = False
        self.header = TileHeader(theme, self)
        self.surface = VideoSurface(self)
        self.overlay = TileOverlay(theme, self.surface)
        self.header.close_requested.connect(self.close_requested)
        self.overlay.retry_requested.connect(self.retry_requested)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.header)
        box.addWidget(self.surface, 1)
        self.surface.installEventFilter(self)
        self.setAcceptDrops(True)
        self._pressed_at: QPoint | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._on_patience_over)
        self.set_camera(None)

    @property
    def camera(self) -> Camera | None:
        """Whose pictures it shows."""
        return self._camera

    @property
    def camera_id(self) -> str:
        """The same as an id; empty for a free tile."""
        return self._camera.camera_id if self._camera else ""

    @property
    def status(self) -> PlaybackStatus:
        """The last one it was told."""
        return self._status

    @property
    def instant_ms(self) -> float | None:
        """When the shown picture was taken."""
        return self.header.instant_ms

    def picture_rect(self) -> QRect:
        """Where the picture is, in the tile's coordinates; empty while there is none."""
        rect = self.surface.picture_rect()
        return rect.translated(self.surface.pos()) if not rect.isEmpty() else rect

    def set_camera(self, camera: Camera | None) -> None:
        """Show this camera from now on; forgets the picture of the one before."""
        self._camera = camera
        self._status, self._reason = PlaybackStatus(), ""
        self._patience.stop()
        self.surface.clear()
        self.surface.set_zoom(Zoom())
        self.header.set_name(camera.name if camera else "")
        self.setAccessibleName(camera.name if camera else tr("Free tile"))
        self._show_note()
        self.header.set_instant(None)
        self.header.set_status(self._status)
        self.overlay.show_notice(_empty() if camera is None else None)

    def update_camera(self, camera: Camera) -> None:
        """More is known of what it shows; the picture stays."""
        self._camera = camera
        self.header.set_name(camera.name)
        self._show_note()

    def _show_note(self) -> None:
        camera = self._camera
        if camera and self._own_time:
            self.header.set_notes((tr("Own time"),), "warning")
            return
        self.header.set_notes(*(camera.notes, camera.note_level) if camera else ((),))

    def set_own_time(self, own: bool) -> None:
        """Say that it is not in step with the other tiles."""
        self._own_time = own
        self._show_note()

    def set_active(self, active: bool) -> None:
        """Frame it as the one that keys and timeline speak of."""
        self.setProperty("active", "true" if active else "false")
        self.style().unpolish(self)
        self.style().polish(self)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.header.set_theme(theme)

    def set_zone(self, zone: tzinfo) -> None:
        """Word times in another zone."""
        self.header.set_zone(zone)
        self.header.set_status(self._status, self._reason)
        if self._camera is not None and not self._patience.isActive():
            self._show_notice()

    @Slot(object)
    def show_picture(self, picture: Picture) -> None:
        """Show it; its own instant, where it is known, becomes the tile's time."""
        if self._camera is None:
            return
        self.surface.show_picture(picture)
        if picture.instant_ms is not None:
            self.header.set_instant(picture.instant_ms)

    def set_status(self, status: PlaybackStatus, reason: str = "") -> None:
        """State, speed and message; ``reason`` is why footage is missing, where somebody knows."""
        if self._camera is None:
            return
        self._status, self._reason = status, reason
        self.header.set_status(status, reason)
        if status.state in {PlaybackState.NO_FOOTAGE, PlaybackState.GAP}:
            # A picture of another time must not be taken for this one.
            self.surface.clear()
            self.header.set_instant(None)
        if status.state is PlaybackState.OPENING:
            self._patience.start()
        else:
            self._patience.stop()
            self._show_notice()

    @Slot()
    def _on_patience_over(self) -> None:
        self._show_notice()

    def _show_notice(self) -> None:
        self.overlay.show_notice(notice_for(self._status, self._reason, self.header.zone))

    def set_instant(self, instant_ms: float | None) -> None:
        """When the shown picture was taken, as the engine's clock says."""
        self.header.set_instant(instant_ms)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self.surface and event.type() is QEvent.Type.Resize:
            self.overlay.setGeometry(self.surface.rect())
        return super().eventFilter(watched, event)

    def drag(self, place: int) -> None:
        """Carry this tile about until the button is let go. Qt runs its own loop meanwhile."""
        carried = QDrag(self)
        carried.setMimeData(tile_data(place))
        carried.setPixmap(self.header.grab())
        carried.exec(Qt.DropAction.MoveAction)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is Qt.MouseButton.LeftButton:
            self.activated.emit()
            at = event.position().toPoint()
            on_header = self._camera is not None and self.header.geometry().contains(at)
            self._pressed_at = at if on_header else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self._pressed_at is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        moved = event.position().toPoint() - self._pressed_at
        if moved.manhattanLength() >= QApplication.startDragDistance():
            self._pressed_at = None
            self.place_wanted.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if cameras_of(event.mimeData()) or tile_of(event.mimeData()) is not None:
            event.acceptProposedAction()
            self._set_target(True)
        else:
            # Files are the window's.
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        self._set_target(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        self._set_target(False)
        place, cameras = tile_of(event.mimeData()), cameras_of(event.mimeData())
        event.acceptProposedAction()
        if place is not None:
            self.tile_dropped.emit(place)
        elif cameras:
            self.cameras_dropped.emit(cameras)

    def _set_target(self, on: bool) -> None:
        self.setProperty("target", "true" if on else "false")
        self.style().unpolish(self)
        self.style().polish(self)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is Qt.MouseButton.LeftButton:
            self.enlarge_requested.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.overlay.setGeometry(self.surface.rect())
