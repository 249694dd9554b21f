"""Saved files in the window: from menu, drop and command line to tiles. No server is needed."""

import os
from collections.abc import Iterable, Sequence
from datetime import tzinfo
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from rta_viewer.app.services import Services
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import Camera
from rta_viewer.core.playback import PlaybackEngine, PlaybackListener
from rta_viewer.core.ports import ReplaySource
from rta_viewer.core.saved_file import (
    FileClock,
    FoundFiles,
    SavedFile,
    first_common_ms,
    spans_of,
)
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import tr
from rta_viewer.errors import NoFootageError, RtaError
from rta_viewer.jobs.saved_files import compare, read_saved_file
from rta_viewer.jobs.saved_paths import MOST_OPENED, find_files, without_repeats
from rta_viewer.media.file_sequence import FilePart, FileSequenceSource
from rta_viewer.player.engine import EngineParts, StreamEngine
from rta_viewer.qt.workers import Lane
from rta_viewer.ui import times
from rta_viewer.ui.controllers.playback import PlaybackController
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.saved_files.controller import SavedFilesController

_PATTERNS = "*.mp4 *.m4v *.mov *.mkv *.avi *.ts *.receipt.json index*.html"
_LEAST_MARGIN_MS = 5_000
_CLOSE_LIMIT_S = 5.0


def choose_files(window: MainWindow, services: Services, title: str) -> QFileDialog:
    """A dialog that asks for saved files; open it."""
    dialog = QFileDialog(window, title)
    dialog.setObjectName("open_files_dialog")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters(
        [
            f"{tr('Recordings')} ({_PATTERNS})",
            tr("All files (*)"),
        ]
    )
    dialog.setDirectory(str(Path.home()))
    begins = dialog.directory()
    dialog.finished.connect(dialog.deleteLater)
    last = services.settings.last_save_folder

    def looked(there: bool) -> None:
        # Whoever has gone elsewhere meanwhile stays there.
        if there and dialog.directory() == begins:
            dialog.setDirectory(last)

    # The dialog looks at where it begins, and would have the window wait for a share that is away.
    services.drives.submit(lambda _: os.path.lexists(last), dialog, looked, _ignore)
    return dialog


def _ignore(_error: RtaError) -> None:
    """It begins at home."""


class SavedFiles(QObject):
    """Opens files and plays them. GUI thread."""

    def __init__(
        self,
        services: Services,
        window: MainWindow,
        playback: PlaybackController,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._window = window
        self._playback = playback
        self._zone: tzinfo = times.local_zone()
        self._lane = Lane("saved-files", self, workers=2)
        self.controller = SavedFilesController(self._read, self._compare, self._lane, self)
        self.dialog: QFileDialog | None = None
        window.acts["open_files"].triggered.connect(self.ask)
        window.acts["close_files"].triggered.connect(self.controller.close_all)
        window.file_drop.files_dropped.connect(self.open)
        window.file_drop.hovering.connect(self._on_hovering)
        window.jobs.file_open_requested.connect(self._on_job_opened)
        window.tree.files_closed.connect(self.controller.close_rows)
        self.controller.changed.connect(window.tree.set_saved_files)
        self.controller.camera_changed.connect(playback.update_camera)
        self.controller.read.connect(self._on_read)
        self.controller.opened.connect(self.show)
        self.controller.closed.connect(self._on_closed)
        self.controller.trouble.connect(window.messages.show_error)

    @Slot(object)
    def open(self, paths: Iterable[Path]) -> None:
        """Open videos, receipts, package folders, and play them."""
        self._window.show_activity(tr("Opening saved files\N{HORIZONTAL ELLIPSIS}"))
        self.controller.open(paths)

    @Slot()
    def ask(self) -> None:
        """Which files? A dialog."""
        self.dialog = choose_files(self._window, self._services, tr("Open saved files"))
        self.dialog.filesSelected.connect(self._on_selected)
        self.dialog.open()

    @Slot(object)
    def show(self, cameras: Sequence[Camera]) -> None:
        """Show rows of files in tiles, at the playhead where it is inside one of them."""
        grid = self._window.grid
        self._tell_timeline(cameras)
        fresh = [camera for camera in cameras if grid.tile_of(camera.camera_id) is None]
        grid.make_room(len(fresh))
        room = max(1, sum(tile.camera is None for tile in grid.tiles))
        instant_ms = self._instant_for(cameras)
        if len(fresh) < len(cameras) or not fresh:
            self._playback.seek(instant_ms)
        self._reveal(cameras, instant_ms)
        for camera in fresh[:room]:
            self._playback.open_camera(camera, instant_ms)
        if fresh[room:]:
            self._window.messages.show_notice(
                tr(
                    "Not enough tiles for {n} of them. "
                    "They are under Saved files in the list: double-click to see one.",
                    n=len(fresh[room:]),
                )
            )
        if fresh:
            first = grid.tile_of(fresh[0].camera_id)
            if first is not None:
                grid.activate(first)

    def knows(self, camera_id: str) -> bool:
        """True for a row of files that is open. Any thread."""
        return bool(self.controller.files_of(camera_id))

    def engine(self, camera_id: str, listener: PlaybackListener) -> PlaybackEngine:
        """A new engine for one tile; whoever asked closes it."""
        services = self._services
        end_ms = round(self.controller.files_of(camera_id)[-1].end_ms) + 1
        source = self.source(camera_id)
        parts = EngineParts(camera_id, source, services.vlc.backend, services.cache, lambda: end_ms)
        return StreamEngine(parts, listener)

    def source(self, camera_id: str) -> ReplaySource:
        """The footage of a row. Any thread.

        Raises:
            NoFootageError: It was closed.
        """
        files = self.controller.files_of(camera_id)
        if not files:
            raise NoFootageError(tr("The file is not open any more."))
        return FileSequenceSource(
            [FilePart(file.path, FileClock(file.stretches)) for file in files]
        )

    def refill(self) -> None:
        """The timeline has forgotten everything; tell it of the files again."""
        self._tell_timeline(self.controller.cameras)

    def close(self) -> None:
        """Read and compare no more."""
        self._lane.close(_CLOSE_LIMIT_S)

    def _read(self, paths: Sequence[Path], cancel: CancelToken) -> FoundFiles:
        """On a worker thread."""
        found = find_files(paths, MOST_OPENED)
        records = self._services.known_jobs()
        files: list[SavedFile] = []
        problems = list(found.problems)
        for path in without_repeats(found.files):
            cancel.raise_if_cancelled()
            try:
                files.append(read_saved_file(path, records, self._zone))
            except RtaError as err:
                problems.append(err.summary)
        return FoundFiles(tuple(files), tuple(problems))

    def _compare(self, file: SavedFile, cancel: CancelToken) -> SavedFile:
        """On a worker thread."""
        return compare(file, self._services.known_jobs(), cancel)

    def _tell_timeline(self, cameras: Iterable[Camera]) -> None:
        for camera in cameras:
            answer = self.controller.answer(camera.camera_id)
            self._window.timeline.canvas.set_availability(answer)

    def _spans(self, cameras: Iterable[Camera]) -> list[list[Span]]:
        return [spans_of(self.controller.files_of(camera.camera_id)) for camera in cameras]

    def _instant_for(self, cameras: Sequence[Camera]) -> int:
        rows, here_ms = self._spans(cameras), self._playback.playhead_ms
        if here_ms is not None and self._playback.open_cameras:
            inside = any(span.contains(round(here_ms)) for spans in rows for span in spans)
            if inside:
                return round(here_ms)
        return first_common_ms(rows) or 0

    def _reveal(self, cameras: Sequence[Camera], instant_ms: int) -> None:
        """Show all of the files; what is seen of a server's cameras stays in sight where it can."""
        canvas = self._window.timeline.canvas
        spans = [span for row in self._spans(cameras) for span in row]
        around = Span(min(s.start_ms for s in spans), max(s.end_ms for s in spans))
        margin_ms = max(_LEAST_MARGIN_MS, around.duration_ms // 10)
        of_server = any(not camera.is_saved_file for camera in self._playback.open_cameras)
        if not (of_server and canvas.scale.span.contains(instant_ms)):
            canvas.show_window(Span(around.start_ms - margin_ms, around.end_ms + margin_ms))

    @Slot()
    def _on_read(self) -> None:
        self._window.show_activity("")

    @Slot(object)
    def _on_closed(self, camera_ids: Sequence[str]) -> None:
        self._playback.close_cameras(lambda camera: camera.camera_id in camera_ids)

    @Slot("QStringList")
    def _on_selected(self, names: Sequence[str]) -> None:
        self.open([Path(name) for name in names])

    @Slot(object)
    def _on_job_opened(self, path: Path) -> None:
        self.open([path])

    @Slot(bool)
    def _on_hovering(self, over: bool) -> None:
        self._window.show_activity(tr("Let go to open the files") if over else "")
