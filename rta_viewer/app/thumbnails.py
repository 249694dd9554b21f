"""Thumbnails of the server that somebody is signed in to, and of the saved files that are open."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from rta_viewer.app.saved_files import SavedFiles
from rta_viewer.app.services import Services
from rta_viewer.app.session import Session
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import Picture
from rta_viewer.core.texts import tr
from rta_viewer.core.time_grid import Cell
from rta_viewer.errors import RtaError, UsageError
from rta_viewer.media.thumbnail_store import ThumbnailStore
from rta_viewer.media.thumbnails import ThumbnailReader
from rta_viewer.qt.workers import Lane, Task
from rta_viewer.ui.controllers.thumbnails import ThumbnailController
from rta_viewer.ui.main_window import MainWindow

_FOLDER = "thumbnails"


class Thumbnails(QObject):
    """Connects pointing at the timeline with a reader that lives as long as the session. GUI thread."""

    def __init__(
        self, services: Services, window: MainWindow, files: SavedFiles, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._store = ThumbnailStore(services.context.paths.cache_dir / _FOLDER)
        self._lane = Lane("thumbnails", self)
        self._reader: ThumbnailReader | None = None
        self._files = files
        self._file_reader = ThumbnailReader(
            files.source, services.cache, self._store, services.clock.now_ms
        )
        self.controller = ThumbnailController(
            self._fetch, window.book, services.clock, self._lane, self
        )
        canvas = window.timeline.canvas
        canvas.hovered.connect(self.controller.point_at)
        self.controller.thumbnail_changed.connect(canvas.show_thumbnail)
        self.controller.idle.connect(self._on_idle)

    def enter(self, session: Session) -> None:
        """Somebody has signed in."""
        cache, clock = self._services.cache, self._services.clock
        self._reader = ThumbnailReader(session.source, cache, self._store, clock.now_ms)

    def leave(self) -> None:
        """Drop the connection and every picture, also those on disk."""
        self.controller.close()
        reader, self._reader = self._reader, None
        if reader is not None:
            self._submit(reader.close)

    def close(self) -> None:
        """Leave, and end the thread."""
        self.leave()
        self._submit(self._file_reader.close)
        self._lane.close()

    def exact(
        self, camera_id: str, instant_ms: int, show: Callable[[Picture | None], None]
    ) -> Task:
        """Get the very picture of an instant, small; ``show`` gets None where there is none to get."""

        def work(cancel: CancelToken) -> Picture | None:
            return self._reader_of(camera_id).exact(camera_id, instant_ms, cancel)

        return self._lane.submit(work, self, show, lambda _error: show(None))

    def _fetch(self, cell: Cell, instant_ms: int, cancel: CancelToken) -> Picture | None:
        return self._reader_of(cell.camera_id).picture(cell, instant_ms, cancel)

    def _reader_of(self, camera_id: str) -> ThumbnailReader:
        reader = self._file_reader if self._files.knows(camera_id) else self._reader
        if reader is None:
            raise UsageError(tr("Nobody is signed in."), tr("Sign in first."))
        return reader

    @Slot()
    def _on_idle(self) -> None:
        for reader in (self._reader, self._file_reader):
            if reader is not None:
                self._submit(reader.rest)

    def _submit(self, work: Callable[[], None]) -> None:
        self._lane.submit(lambda _: work(), self, _ignore, _ignore_failure, must_run=True)


def _ignore(_result: object) -> None:
    """Nothing to do with it."""


def _ignore_failure(_error: RtaError) -> None:
    """The lane has logged what nobody expected."""
