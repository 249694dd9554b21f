"""Opens the editor of in and out, gets its pictures, and hands its cut to the timeline."""

from PySide6.QtCore import QObject, Slot

from rta_viewer.app.services import Services
from rta_viewer.app.thumbnails import Thumbnails
from rta_viewer.core.model import Camera
from rta_viewer.core.ports import Picture
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import tr
from rta_viewer.qt.workers import Task
from rta_viewer.ui import times
from rta_viewer.ui.controllers.playback import PlaybackController
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.timeline.cut import Cut


class CutEditing(QObject):
    """Connects the editor with the window. GUI thread."""

    def __init__(
        self,
        services: Services,
        window: MainWindow,
        playback: PlaybackController,
        thumbnails: Thumbnails,
    ) -> None:
        super().__init__(window)
        self._services = services
        self._window = window
        self._playback = playback
        self._thumbnails = thumbnails
        self._tasks: dict[str, Task] = {}
        editor = window.transport.cut_editor
        editor.cut_edited.connect(self._on_cut_edited)
        editor.picture_wanted.connect(self._on_picture_wanted)
        window.transport.cut.edit_requested.connect(self.open)
        window.acts["edit_cut"].triggered.connect(self.open)

    @Slot()
    def open(self) -> None:
        """Show the cut."""
        if self._playback.active_camera is None:
            self._window.messages.show_notice(tr("Open a camera to mark in and out."))
            return
        transport, canvas = self._window.transport, self._window.timeline.canvas
        transport.cut_editor.open_at(
            transport.cut,
            canvas.cut,
            transport.zone.zone,
            self._services.clock.now_ms(),
            self._playback.playhead_ms,
        )
        self._tell(canvas.cut)

    def leave(self) -> None:
        """Nobody is signed in any more."""
        for task in self._tasks.values():
            task.cancel()
        self._tasks.clear()
        self._window.transport.cut_editor.hide()

    @Slot(object)
    def _on_cut_edited(self, cut: Cut) -> None:
        self._window.timeline.canvas.change_cut(cut)
        self._tell(cut)

    def _tell(self, cut: Cut) -> None:
        camera, span = self._playback.active_camera, cut.span
        if camera is not None and span is not None:
            self._window.transport.cut_editor.show_footage(self._words(camera, span))

    def _words(self, camera: Camera, span: Span) -> str:
        band = self._window.book.band(camera.camera_id)
        if band.missing(span):
            return ""
        footage_ms = band.footage(span)
        words = [] if footage_ms == span.duration_ms else [_footage_words(footage_ms)]
        stream = camera.main_stream
        if footage_ms and stream is not None and stream.bitrate_kbps:
            size = times.format_bytes(footage_ms * stream.bitrate_kbps / 8)
            words.append(tr("about {size}", size=size))
        return ", ".join(words)

    @Slot(str, object)
    def _on_picture_wanted(self, end: str, instant_ms: int) -> None:
        camera = self._playback.active_camera
        known = self._tasks.pop(end, None)
        if known is not None:
            known.cancel()
        if camera is None:
            return

        def show(picture: Picture | None) -> None:
            if self._tasks.get(end) is task:
                del self._tasks[end]
                self._window.transport.cut_editor.show_picture(end, picture)

        task = self._thumbnails.exact(camera.camera_id, instant_ms, show)
        self._tasks[end] = task


def _footage_words(footage_ms: int) -> str:
    if not footage_ms:
        return tr("no footage")
    return tr("{duration} of it recorded", duration=times.format_duration(footage_ms))
