"""The tour's way through the window: what is done, and what must then be seen."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from math import inf
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from rta_viewer.app.program import Program
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.moment import in_words
from rta_viewer.core.playback import PlaybackState
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import plain
from rta_viewer.core.timescale import wall_clock
from rta_viewer.tour import hand, screen
from rta_viewer.tour.delivered import checked, shown_span
from rta_viewer.tour.guide import Pause, Script, Until
from rta_viewer.tour.moment import shared_moment
from rta_viewer.tour.report import Report, Step
from rta_viewer.tour.steps_arabic import ArabicSteps
from rta_viewer.tour.steps_export import EXPORTED, ExportSteps
from rta_viewer.tour.steps_files import FileSteps
from rta_viewer.tour.steps_jobs import Fault, JobSteps
from rta_viewer.tour.steps_keyboard import KeyboardSteps
from rta_viewer.tour.steps_servers import ServerSteps
from rta_viewer.tour.steps_timeline import TimelineSteps
from rta_viewer.tour.steps_tree import TreeSteps
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.tiles.tile import Tile

CAMERA = "Main entrance"
PICTURE_MS = 40
"""The tour's camera takes 25 pictures a second."""

SPEEDS = (1, 2, 4, 8)
IN_STEP_MS = 200
"""A picture of the slowest camera, 80 ms, and some."""

SPEED_TOLERANCE = 0.05
SETTLE_S = 1.5
WATCH_S = 2.5
SEEN_WHILE_DRAGGING = 5
"""So many different pictures at the least, in about 1.3 seconds of dragging."""

_BACK_SPEED = 4
_NEEDED_MS = 150_000
_CLIP_S = 20
_HOUR_MS = 3_600_000
_KEY_FRAME_MS = 2_000


class Tour:
    """One walk.

    Args:
        program: Started.
        address: The embedded server's.
        folder: Takes pictures and the report.
        fault: Has the server do something wrong.
        report: Takes the steps.
    """

    def __init__(
        self, program: Program, address: str, folder: Path, fault: Fault, report: Report
    ) -> None:
        self._program = program
        self._window = program.window
        self._address = address
        self._folder = folder
        self._fault = fault
        self.report = report
        self._base_ms = 0

    @property
    def window(self) -> MainWindow:
        """Through which it leads."""
        return self._window

    def quit(self) -> None:
        """The program's end, as its menu has it."""
        self._program.quit()

    def script(self) -> Script:
        """Everything, in order."""
        yield from self._open_window()
        servers = ServerSteps(self._program, self._address, self._folder, self._record)
        yield from servers.sign_in()
        yield from self._open_camera()
        yield from self._go_to_the_moment()
        yield from self._pause_and_click()
        yield from TimelineSteps(self._program, self._record).script(self._base_ms)
        yield from self._drag()
        yield from self._step()
        for speed in SPEEDS:
            yield from self._play_at(speed)
        yield from self._play_backwards()
        yield from self._cut_and_save()
        yield from JobSteps(self._program, self._record, self._fault).script()
        if self._job is not None:
            yield from FileSteps(self._program, self._record).script(self._job)
        yield from self._several_tiles()
        yield from ExportSteps(self._program, self._record, self._folder / "exports").script()
        yield from self._no_footage()
        yield from TreeSteps(self._program, self._record).script()
        yield from KeyboardSteps(self._program, self._record).script(self._base_ms)
        yield from servers.certificates()

    @contextmanager
    def _record(self, name: str, asked: object = None) -> Iterator[Step]:
        step = Step(name, asked)
        self.report.during = name
        began_s = time.monotonic()
        try:
            yield step
        except Exception as err:
            step.passed, step.problem = False, str(err)
            raise
        finally:
            if not step.milliseconds:
                step.milliseconds = round((time.monotonic() - began_s) * 1000)
            number = len(self.report.steps) + 1
            step.picture = f"{number:02d}-{name.replace(' ', '-')}.png"
            screen.save(self._window, self._folder / step.picture)
            self.report.steps.append(step)
            self.report.during = f"after {name}"

    def arabic_script(self) -> Script:
        """The short round through a window that speaks Arabic."""
        yield from self._open_window("arabic window")
        yield from ArabicSteps(self._program, self._address, self._record).script()

    def _open_window(self, name: str = "window") -> Script:
        with self._record(name):
            yield Until(lambda: self._window.windowHandle().isExposed(), "the window's appearance")
            yield Until(self._window.isActiveWindow, "the window's activation")
            yield Pause(0.2)

    def _open_camera(self) -> Script:
        with self._record("open a camera") as step:
            tree = self._window.tree
            found = next(cam for cam in tree.model.cameras() if cam.name == CAMERA)
            index = tree.index_of(found.camera_id)
            tree.view.scrollTo(index)
            rect = tree.view.visualRect(index)
            hand.double_click(tree.view.viewport(), rect.center())
            yield Until(lambda: self._tile.camera is not None, "the tile's camera")
            yield Until(lambda: screen.look(self._tile).instant_ms is not None, "a picture")
            yield Until(self._timeline_is_known, "the timeline's recordings")
            step.read = self._window.timeline.canvas.scale.span.duration_ms
            cameras = [cam for cam in tree.model.cameras() if cam.name in {CAMERA, *EXPORTED}]
            zone = self._window.transport.zone.zone
            self._base_ms = shared_moment(self._program.services, cameras, _NEEDED_MS, zone)

    def _go_to_the_moment(self) -> Script:
        asked_ms = self._base_ms
        transport = self._window.transport
        zone, box = transport.zone.zone, transport.go_to
        with self._record("type a time", asked_ms) as step:
            typed = wall_clock(asked_ms, zone).strftime("%d/%m/%Y %I:%M:%S %p")
            hand.type_text(box.edit, typed)
            yield Until(box.preview.isVisible, "what was understood")
            step.read = box.preview.text()
            step.passed = step.read == in_words(asked_ms, zone)
            step.problem = "" if step.passed else "it was not understood"
            yield Pause(0.1)
        with self._record("go to a moment", asked_ms) as step:
            began_s = time.monotonic()
            hand.key(self._window, Qt.Key.Key_Return)
            yield Until(lambda: self._sees_after(asked_ms), "the moment in the picture")
            step.milliseconds = round((time.monotonic() - began_s) * 1000)
            step.read = screen.look(self._tile).instant_ms
            yield Pause(0.5)

    def _pause_and_click(self) -> Script:
        yield from self._take_focus()
        hand.key(self._window, Qt.Key.Key_Space)
        yield Until(lambda: self._tile.status.state is PlaybackState.PAUSED, "the pause")
        canvas = self._window.timeline.canvas
        hand.click(self._child("timeline_zoom_10min"))
        yield Pause(0.2)
        at = canvas.ruler_point(self._base_ms + 45_000)
        asked_ms = canvas.instant_at(at.x())
        with self._record("click on the timeline", asked_ms) as step:
            began_s = time.monotonic()
            hand.click(canvas, at)
            yield from self._await_exactly(step, asked_ms, began_s)

    def _drag(self) -> Script:
        canvas = self._window.timeline.canvas
        head = canvas.playhead_point()
        if head is None:
            msg = "the playhead is out of sight"
            raise RuntimeError(msg)
        seen: set[int] = set()
        with self._record("drag the playhead") as step:
            hand.press(canvas, head)
            for moved in range(6, 127, 6):
                hand.move(canvas, head + QPoint(moved, 0))
                yield Pause(0.06)
                instant_ms = screen.look(self._tile).instant_ms
                if instant_ms is not None:
                    seen.add(instant_ms)
            step.read = len(seen)
            step.passed = len(seen) >= SEEN_WHILE_DRAGGING
            step.problem = "" if step.passed else "few pictures were seen while dragging"
        target = head + QPoint(126, 0)
        asked_ms = canvas.instant_at(target.x())
        with self._record("let go of the playhead", asked_ms) as step:
            began_s = time.monotonic()
            hand.release(canvas, target)
            # The grip is beside the playhead's own pixel: the instant that the canvas took counts.
            yield Until(lambda: not canvas.dragging, "the end of the drag")
            taken_ms = round(self._program.playback.playhead_ms or asked_ms)
            step.asked = taken_ms
            yield from self._await_exactly(step, taken_ms, began_s)

    def _step(self) -> Script:
        yield from self._take_focus()
        for name, which, by in (
            ("one picture forward", Qt.Key.Key_Period, 1),
            ("one picture back", Qt.Key.Key_Comma, -1),
        ):
            here = screen.look(self._tile).instant_ms or 0
            with self._record(name, here + by * PICTURE_MS) as step:
                began_s = time.monotonic()
                hand.key(self._window, which)
                wanted = here + by * PICTURE_MS
                yield Until(partial(self._sees, wanted), name)
                step.milliseconds = round((time.monotonic() - began_s) * 1000)
                step.read = screen.look(self._tile).instant_ms

    def _play_at(self, speed: int) -> Script:
        playback = self._program.playback
        playback.pause()
        playback.seek(self._base_ms)
        yield Until(partial(self._sees, self._base_ms), "the first picture")
        with self._record(f"play at {speed}x", speed) as step:
            hand.click(self._child(f"speed_{speed}"))
            yield from self._take_focus()
            hand.key(self._window, Qt.Key.Key_Space)
            yield Until(partial(self._sees_after, self._base_ms + 500 * speed), "moving pictures")
            # A player that started late plays faster until it has caught up.
            yield Pause(SETTLE_S)
            first = screen.look(self._tile)
            yield Pause(WATCH_S)
            last = screen.look(self._tile)
            self._judge_speed(step, speed, first, last)

    def _play_backwards(self) -> Script:
        playback = self._program.playback
        playback.pause()
        from_ms = self._base_ms + 60_000
        playback.seek(from_ms)
        yield Until(partial(self._sees, from_ms), "the first picture")
        with self._record(f"play backwards at {_BACK_SPEED}x", -_BACK_SPEED) as step:
            hand.click(self._child(f"speed_back_{_BACK_SPEED}"))
            yield from self._take_focus()
            hand.key(self._window, Qt.Key.Key_Space)
            yield Until(partial(self._sees_before, from_ms - 4_000), "pictures that run backwards")
            first = screen.look(self._tile)
            yield Pause(WATCH_S)
            yield Until(self._has_reached_speed, "the speed that is reached")
            last = screen.look(self._tile)
            if first.instant_ms is None or last.instant_ms is None:
                step.passed, step.problem = False, "the time code could not be read"
            else:
                speed = (last.instant_ms - first.instant_ms) / 1000 / (last.at_s - first.at_s)
                step.read = round(speed, 3)
                # Key pictures only: the clock moves in their steps.
                step.passed = -1.5 * _BACK_SPEED <= speed <= -0.5 * _BACK_SPEED
                step.problem = "" if step.passed else f"{speed:.2f}x"
        playback.pause()

    def _has_reached_speed(self) -> bool:
        label = self._window.transport.speed.reached.text()
        return plain(label).startswith("= \N{MINUS SIGN}")

    def _judge_speed(self, step: Step, speed: int, first: screen.Look, last: screen.Look) -> None:
        if first.instant_ms is None or last.instant_ms is None:
            step.passed, step.problem = False, "the time code could not be read"
            return
        measured = (last.instant_ms - first.instant_ms) / 1000 / (last.at_s - first.at_s)
        step.read = round(measured, 3)
        step.passed = abs(measured / speed - 1) <= SPEED_TOLERANCE
        if not step.passed:
            step.problem = f"{measured:.2f}x instead of {speed}x"

    def _cut_and_save(self) -> Script:
        playback, canvas = self._program.playback, self._window.timeline.canvas
        hand.click(self._child("speed_1"))
        playback.pause()
        cut = Span(self._base_ms + 10_000, self._base_ms + (10 + _CLIP_S) * 1000)
        for instant_ms, which in ((cut.start_ms, Qt.Key.Key_I), (cut.end_ms, Qt.Key.Key_O)):
            playback.seek(instant_ms)
            yield Until(partial(self._sees, instant_ms), "the mark's picture")
            yield from self._take_focus()
            hand.key(self._window, which)
        with self._record("mark in and out", [cut.start_ms, cut.end_ms]) as step:
            marked = canvas.cut.span
            step.read = [marked.start_ms, marked.end_ms] if marked else None
            step.passed = marked is not None and abs(marked.start_ms - cut.start_ms) <= PICTURE_MS
            yield Pause(0.1)
        yield from self._order(cut)
        yield from self._receive(cut)

    def _order(self, cut: Span) -> Script:
        with self._record("save dialog", [cut.start_ms, cut.end_ms]) as step:
            hand.click(self._child("save_clip_button"))
            yield Until(lambda: self._program.saving.dialog is not None, "the save dialog")
            dialog = self._program.saving.dialog
            if dialog is None:
                return
            yield Until(dialog.isActiveWindow, "the dialog's activation")
            hand.type_text(dialog.options.folder, str(self._clips))
            yield Until(dialog.ok.isEnabled, "room for the file")
            step.read = dialog.summary.reason.text()
            yield Pause(0.1)
        hand.click(dialog.ok)

    def _receive(self, cut: Span) -> Script:
        with self._record("download the clip", [cut.start_ms, cut.end_ms]) as step:
            yield Until(lambda: self._job is not None and self._job.finished, "the file", 90.0)
            job = self._job
            yield Until(self._window.messages.isVisible, "the notice")
            if job is None or job.state is not JobState.DONE:
                step.passed, step.problem = False, job.reason if job else "there is no job"
                return
            found = shown_span(job.path)
            step.read = [found.start_ms, found.end_ms]
            early_ms = cut.start_ms - found.start_ms
            missing_ms = abs(cut.end_ms - found.end_ms)
            receipt = checked(job.path)
            step.passed = 0 <= early_ms <= _KEY_FRAME_MS and missing_ms <= PICTURE_MS and receipt.ok
            step.problem = "" if step.passed else f"file {found}, receipt {receipt}"
        with self._record("open its folder", str(self._clips)) as step:
            opened: list[str] = []

            def take(path: Path) -> bool:
                opened.append(str(path))
                return True

            self._program.saving.opener = take
            hand.click(self._child("job_open_folder"))
            yield Until(lambda: opened, "the folder's opening")
            step.read = opened[0]
            step.passed = opened == [str(self._clips)]

    def _several_tiles(self) -> Script:
        yield from self._take_focus()
        hand.key(self._window, Qt.Key.Key_Escape)
        with self._record("four cameras") as step:
            self._window.acts["layout_4"].trigger()
            others = ("Loading dock", "Ticket hall", "Corridor level 1")
            for camera in self._window.tree.model.cameras():
                if camera.name in others:
                    self._program.open_camera(camera.camera_id)
                    yield Pause(0.05)  # nobody opens two in one turn of the event loop
            self._program.playback.seek(self._base_ms)
            self._program.playback.play()
            tiles = [tile for tile in self._window.grid.tiles if tile.camera is not None]
            yield Until(
                lambda: all(self._shows_or_says(tile) for tile in tiles), "four tiles", 40.0
            )
            yield Until(lambda: self._spread_ms(tiles) <= IN_STEP_MS, "pictures in step", 30.0)
            # A tile that is brought back into step opens anew for a moment.
            playing = PlaybackState.PLAYING
            yield Until(lambda: self._tile.status.state is playing, "the active tile's pictures")
            step.read = [screen.look(tile).instant_ms or tile.status.message for tile in tiles]
            step.passed = len(tiles) == 4 and self._tile.status.state is PlaybackState.PLAYING

    def _spread_ms(self, tiles: Sequence[Tile]) -> float:
        """How far the pictures of the tiles that play are apart, as seen on one picture of the screen."""
        playing = [tile for tile in tiles if tile.status.state is PlaybackState.PLAYING]
        read = [look.instant_ms for look in screen.looks(playing)]
        known = [instant for instant in read if instant is not None]
        return max(known) - min(known) if len(known) == len(playing) > 1 else inf

    @staticmethod
    def _shows_or_says(tile: Tile) -> bool:
        if tile.status.state in {PlaybackState.NO_FOOTAGE, PlaybackState.GAP}:
            return bool(tile.status.message)
        return screen.look(tile).instant_ms is not None

    def _no_footage(self) -> Script:
        self._window.acts["layout_1"].trigger()
        yield Pause(0.05)  # nobody goes elsewhere in the same turn of the event loop
        asked_ms = self._base_ms - 30 * 24 * _HOUR_MS
        with self._record("a time without footage", asked_ms) as step:
            self._program.playback.pause()
            yield Pause(0.05)
            self._program.playback.seek(asked_ms)
            yield Until(lambda: self._tile.status.state is PlaybackState.NO_FOOTAGE, "the sentence")
            step.read = self._tile.status.message
            yield Pause(0.2)

    def _take_focus(self) -> Script:
        """The keyboard to the timeline; without a window manager nobody gives it back after a dialog."""
        self._window.activateWindow()
        yield Until(self._window.isActiveWindow, "the window's activation")
        self._window.timeline.canvas.setFocus()

    @property
    def _tile(self) -> Tile:
        return self._window.grid.active

    @property
    def _clips(self) -> Path:
        return self._folder / "clips"

    @property
    def _job(self) -> Job | None:
        jobs = self._program.services.jobs.jobs()
        return jobs[-1] if jobs else None

    def _child(self, name: str) -> QWidget:
        widget = self._window.findChild(QWidget, name)
        if not isinstance(widget, QWidget):
            msg = f"the window has no {name}"
            raise TypeError(msg)
        return widget

    def _timeline_is_known(self) -> bool:
        camera = self._tile.camera
        if camera is None:
            return False
        band = self._window.book.band(camera.camera_id)
        now_ms = self._program.services.clock.now_ms()
        window = Span(now_ms - 2 * _HOUR_MS, now_ms - 60_000)
        return not band.missing(window) and band.footage(window) > _NEEDED_MS

    def _sees(self, instant_ms: float) -> bool:
        read_ms = screen.look(self._tile).instant_ms
        return read_ms is not None and abs(read_ms - instant_ms) < PICTURE_MS / 2

    def _sees_after(self, instant_ms: int) -> bool:
        read_ms = screen.look(self._tile).instant_ms
        return read_ms is not None and 0 <= read_ms - instant_ms < 30_000

    def _sees_before(self, instant_ms: int) -> bool:
        read_ms = screen.look(self._tile).instant_ms
        return read_ms is not None and read_ms <= instant_ms

    def _await_exactly(self, step: Step, asked_ms: int, began_s: float) -> Script:
        """The last picture at or before the asked instant is on the screen."""
        wanted_ms = asked_ms // PICTURE_MS * PICTURE_MS
        try:
            yield Until(lambda: self._sees(wanted_ms), "the asked picture")
        finally:
            step.milliseconds = round((time.monotonic() - began_s) * 1000)
            step.read = screen.look(self._tile).instant_ms
