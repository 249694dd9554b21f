"""The tour's steps with a saved file: the clip that was just saved, beside the camera that it came from."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rta_viewer.app.program import Program
from rta_viewer.core.jobs import Job
from rta_viewer.core.model import CameraState
from rta_viewer.core.playback import PlaybackState
from rta_viewer.tour import hand, screen
from rta_viewer.tour.guide import Pause, Script, Until
from rta_viewer.tour.report import Step
from rta_viewer.ui.tiles.tile import Tile

Record = Callable[[str, object], AbstractContextManager[Step]]

_PICTURE_MS = 40
_INTO_CLIP_MS = 5_000


class FileSteps:
    """What is done with a finished job. ``record`` makes a step of the report."""

    def __init__(self, program: Program, record: Record) -> None:
        self._program = program
        self._window = program.window
        self._record = record

    def script(self, job: Job) -> Script:
        """Open, compare with the camera, look at what the receipt says, close."""
        yield from self._open(job)
        yield from self._compare(job.span.start_ms + _INTO_CLIP_MS)
        yield from self._trust()
        yield from self._verify()
        yield from self._close()

    def _open(self, job: Job) -> Script:
        with self._record("open the saved clip", job.span.start_ms) as step:
            self._window.jobs.select(job.job_id)
            button = self._window.findChild(QWidget, "job_open_file")
            if not isinstance(button, QWidget):
                msg = "the jobs have no button to open a file"
                raise TypeError(msg)
            hand.click(button)
            yield Until(lambda: self._file_tile is not None, "the file's tile")
            yield Until(lambda: self._read(self._file_tile) is not None, "the file's picture")
            step.read = self._read(self._file_tile)
            yield Pause(0.5)

    def _compare(self, asked_ms: int) -> Script:
        """The same instant from the server and from the file: the same picture."""
        playback = self._program.playback
        playback.pause()
        wanted_ms = asked_ms // _PICTURE_MS * _PICTURE_MS
        with self._record("the file beside its camera", wanted_ms) as step:
            playback.seek(asked_ms)
            tiles = [tile for tile in self._window.grid.tiles if tile.camera is not None]
            yield Until(
                lambda: all(tile.status.state is PlaybackState.PAUSED for tile in tiles),
                "the pause",
            )
            yield Until(
                lambda: [self._read(tile) for tile in tiles] == [wanted_ms] * len(tiles),
                "the same picture in both",
            )
            step.read = [self._read(tile) for tile in tiles]
            step.passed = len(tiles) == 2
            step.problem = "" if step.passed else f"{len(tiles)} tiles"

    def _trust(self) -> Script:
        with self._record("the receipt matches", "unchanged, time from its job") as step:
            yield Until(lambda: self._file_state is CameraState.CHECKED_FILE, "the comparison")
            tile = self._file_tile
            step.read = tile.camera.notes[0] if tile is not None and tile.camera is not None else ""
            step.passed = step.read == step.asked
            step.problem = "" if step.passed else "something else is said"

    def _verify(self) -> Script:
        with self._record("verify the file", "unchanged") as step:
            self._window.acts["verify_files"].trigger()
            dialog = self._program.verifying.dialog
            if dialog is None:
                msg = "there is no verdict"
                raise RuntimeError(msg)
            yield Until(lambda: bool(dialog.heading.property("verdict")), "the verdict")
            yield Pause(0.3)
            step.read = dialog.heading.property("verdict")
            step.passed = step.read == step.asked
            step.problem = "" if step.passed else dialog.heading.text()
        dialog.reject()

    def _close(self) -> Script:
        with self._record("close the file", 1) as step:
            self._window.activateWindow()
            yield Until(self._window.isActiveWindow, "the window's activation")
            self._window.acts["close_files"].trigger()
            yield Until(lambda: self._file_tile is None, "the file's end")
            hand.key(self._window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
            yield Until(lambda: len(self._window.grid.tiles) == 1, "one tile")
            step.read = sum(tile.camera is not None for tile in self._window.grid.tiles)
            step.passed = step.read == 1
            step.problem = "" if step.passed else "the camera is gone, too"

    @property
    def _file_tile(self) -> Tile | None:
        tiles = self._window.grid.tiles
        return next((tile for tile in tiles if tile.camera and tile.camera.is_saved_file), None)

    @property
    def _file_state(self) -> CameraState | None:
        tile = self._file_tile
        return tile.camera.state if tile is not None and tile.camera is not None else None

    @staticmethod
    def _read(tile: Tile | None) -> int | None:
        return screen.look(tile).instant_ms if tile is not None else None
