"""The tour without a mouse: the same work, key by key. It ends in light colours."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from rta_viewer.app.program import Program
from rta_viewer.core.jobs import JobState
from rta_viewer.core.playback import PlaybackState
from rta_viewer.core.timescale import wall_clock
from rta_viewer.tour import hand, screen
from rta_viewer.tour.delivered import shown_span
from rta_viewer.tour.guide import Pause, Script, Until
from rta_viewer.tour.report import Step
from rta_viewer.ui.tiles.tile import Tile

Record = Callable[[str, object], AbstractContextManager[Step]]

CAMERA = "Main entrance"
OTHER = "Reception desk"
PICTURE_MS = 40
_CUT_MS = 10_000
_KEY_FRAME_MS = 2_000
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_Key = Qt.Key
_MINUTE_MS = 60_000


class KeyboardSteps:
    """Every step is done by keys that go to whatever has the focus. ``record`` makes a step of the report."""

    def __init__(self, program: Program, record: Record) -> None:
        self._program = program
        self._window = program.window
        self._record = record

    def script(self, base_ms: int) -> Script:
        """Everything, around a moment with footage behind it."""
        yield from self._find_and_open()
        yield from self._go_to(base_ms)
        yield from self._play_and_step()
        yield from self._mark(base_ms)
        yield from self._save(base_ms)
        yield from self._favourite()
        yield from self._move_about()
        yield from self._own_time()
        yield from self._close_and_undo()
        yield from self._change_colours()
        yield from self._sheet()
        yield from self._another_key()

    def _find_and_open(self) -> Script:
        with self._record("keys find and open", [CAMERA, OTHER]) as step:
            yield from self._back_to_the_window()
            self._press(_Key.Key_2, _CTRL)
            for name in (OTHER, CAMERA):
                self._press(_Key.Key_F, _CTRL)
                # Words in any order, half of them.
                self._type(" ".join(reversed([word[:5].lower() for word in name.split()])))
                yield Until(self._tree_shows(name), f"{name} among what was found")
                if name == CAMERA:
                    yield Pause(0.3)
                    step.read = self._window.tree.status.text()
                self._press(_Key.Key_Return)
                yield Until(partial(self._has_tile, name), f"{name} in a tile")
            self._press(_Key.Key_Escape)
            step.passed = self._tile.camera is not None and self._tile.camera.name == CAMERA
            step.problem = "" if step.passed else "another tile is the active one"

    def _tree_shows(self, name: str) -> Callable[[], bool]:
        view = self._window.tree.view
        return lambda: view.currentIndex().data() == name

    def _has_tile(self, name: str) -> bool:
        return any(tile.camera and tile.camera.name == name for tile in self._window.grid.tiles)

    def _go_to(self, asked_ms: int) -> Script:
        with self._record("keys go to a time", asked_ms) as step:
            self._leave_the_field()
            if self._program.playback.playing:
                self._press(_Key.Key_Space)
            self._press(_Key.Key_G, _CTRL)
            zone = self._window.transport.zone.zone
            self._press(_Key.Key_A, _CTRL)
            self._type(wall_clock(asked_ms, zone).strftime("%Y-%m-%d %H:%M:%S"))
            self._press(_Key.Key_Return)
            yield Until(partial(self._sees, asked_ms), "the moment in the picture")
            step.read = screen.look(self._tile).instant_ms

    def _play_and_step(self) -> Script:
        with self._record("keys play and step", None) as step:
            self._leave_the_field()
            here_ms = screen.look(self._tile).instant_ms or 0
            self._press(_Key.Key_Space)
            yield Until(partial(self._sees_beyond, here_ms + 400), "pictures that move")
            self._press(_Key.Key_L)
            self._press(_Key.Key_J)
            self._press(_Key.Key_K)
            yield Until(lambda: self._tile.status.state is PlaybackState.PAUSED, "the pause")
            yield Pause(0.3)
            stood_ms = screen.look(self._tile).instant_ms or 0
            self._press(_Key.Key_Period)
            yield Until(partial(self._sees, stood_ms + PICTURE_MS), "the next picture")
            self._press(_Key.Key_Comma)
            yield Until(partial(self._sees, stood_ms), "the picture before")
            step.read = screen.look(self._tile).instant_ms

    def _mark(self, base_ms: int) -> Script:
        asked = [base_ms, base_ms + _CUT_MS]
        with self._record("keys mark in and out", asked) as step:
            yield from self._jump_to(base_ms)
            yield Pause(0.3)
            self._press(_Key.Key_I)
            for later_ms in (_CUT_MS // 2, _CUT_MS):
                self._press(_Key.Key_Right)
                yield Until(partial(self._sees, base_ms + later_ms), "five seconds later")
            self._press(_Key.Key_O)
            marked = self._window.timeline.canvas.cut.span
            step.read = [marked.start_ms, marked.end_ms] if marked is not None else None
            step.passed = step.read == asked
            step.problem = "" if step.passed else "another range"
            yield Pause(0.2)

    def _jump_to(self, instant_ms: int) -> Script:
        self._press(_Key.Key_G, _CTRL)
        self._press(_Key.Key_A, _CTRL)
        zone = self._window.transport.zone.zone
        self._type(wall_clock(instant_ms, zone).strftime("%Y-%m-%d %H:%M:%S"))
        self._press(_Key.Key_Return)
        yield Until(partial(self._sees, instant_ms), "the moment in the picture")
        self._leave_the_field()

    def _save(self, base_ms: int) -> Script:
        with self._record("keys save", [base_ms, base_ms + _CUT_MS]) as step:
            before = len(self._program.services.jobs.jobs())
            self._press(_Key.Key_D, _CTRL)
            yield Until(lambda: self._program.saving.dialog is not None, "the save dialog")
            dialog = self._program.saving.dialog
            if dialog is None:
                return
            yield Until(dialog.isActiveWindow, "the dialog's activation")
            yield Until(dialog.ok.isEnabled, "room for the file")
            self._press(_Key.Key_Return)
            jobs = self._program.services.jobs.jobs
            yield Until(lambda: len(jobs()) > before and jobs()[-1].finished, "the file", 90.0)
            job = jobs()[-1]
            yield from self._back_to_the_window()
            if job.state is not JobState.DONE:
                step.passed, step.problem = False, job.reason
                return
            found = shown_span(job.path)
            step.read = [found.start_ms, found.end_ms]
            early_ms = base_ms - found.start_ms
            late_ms = abs(found.end_ms - base_ms - _CUT_MS)
            step.passed = 0 <= early_ms <= _KEY_FRAME_MS and late_ms <= PICTURE_MS
            step.problem = "" if step.passed else "the file shows something else"

    def _favourite(self) -> Script:
        with self._record("keys a favourite", CAMERA) as step:
            self._press(_Key.Key_B, _CTRL)
            model = self._window.tree.model
            yield Until(lambda: str(model.index(0, 0).data()).startswith("Favourites"), "the star")
            branch = model.index(0, 0)
            rows = range(model.rowCount(branch))
            step.read = [model.index(row, 0, branch).data() for row in rows]
            step.passed = CAMERA in step.read
            yield Pause(0.2)

    def _move_about(self) -> Script:
        grid = self._window.grid
        with self._record("keys from panel to panel", None) as step:
            self._window.grid.setFocus()
            places = []
            for _ in range(4):
                self._press(_Key.Key_F6)
                focused = QApplication.focusWidget()
                places.append(focused.objectName() if focused is not None else "")
                yield Pause(0.1)
            step.read = places
            step.passed = len(set(places)) >= 3
            step.problem = "" if step.passed else "panels are missing"
        with self._record("keys next tile, enlarged", None) as step:
            before = grid.active
            self._press(_Key.Key_N)
            self._press(_Key.Key_E)
            yield Pause(0.3)
            step.read = grid.active.header.name.whole_text
            step.passed = grid.enlarged is grid.active is not before
            step.problem = "" if step.passed else "another tile"
        self._press(_Key.Key_E)
        self._press(_Key.Key_N)
        yield Until(lambda: grid.active is before, "the tile before")
        self._window.grid.setFocus()

    def _own_time(self) -> Script:
        """A minute on in one tile alone, and back to the others."""
        with self._record("keys a time of its own", _MINUTE_MS) as step:
            for _ in self._window.grid.tiles:
                if not self._has_active(CAMERA):
                    self._press(_Key.Key_N)
            yield Until(lambda: screen.look(self._tile).instant_ms is not None, "its picture")
            before_ms, common_ms = screen.look(self._tile).instant_ms or 0, self._common_ms()
            self._press(_Key.Key_T)
            self._press(_Key.Key_Right, _SHIFT)
            yield Until(lambda: self._seen_since(before_ms) >= _MINUTE_MS - 1_000, "a minute on")
            step.read = self._seen_since(before_ms)
            step.passed = step.read < _MINUTE_MS + 20_000 and self._common_ms() - common_ms < 20_000
            step.problem = "" if step.passed else "the others went along"
            yield Pause(0.2)
        self._press(_Key.Key_T)
        yield Until(lambda: self._seen_since(before_ms) < 30_000, "the time of the others")

    def _has_active(self, name: str) -> bool:
        return self._tile.camera is not None and self._tile.camera.name == name

    def _common_ms(self) -> float:
        return self._program.playback.common.playhead_ms or 0.0

    def _seen_since(self, instant_ms: int) -> int:
        """How much later the active tile's picture is; far back where it cannot be read."""
        return (screen.look(self._tile).instant_ms or 0) - instant_ms

    def _close_and_undo(self) -> Script:
        with self._record("keys close and undo", CAMERA) as step:
            self._press(_Key.Key_Delete)
            yield Until(lambda: self._tile.camera is None, "the free tile")
            yield Pause(0.5)
            self._press(_Key.Key_Z, _CTRL)
            yield Until(partial(self._has_tile, CAMERA), "the camera's return")
            tile = next(
                one for one in self._window.grid.tiles if one.camera and one.camera.name == CAMERA
            )
            yield Until(lambda: screen.look(tile).instant_ms is not None, "its picture")
            step.read = tile.camera.name if tile.camera else None

    def _change_colours(self) -> Script:
        with self._record("keys light colours by the menu", "light") as step:
            self._press(_Key.Key_V, _ALT)
            yield Until(lambda: QApplication.activePopupWidget() is not None, "the menu")
            yield Pause(0.2)
            self._press(_Key.Key_O)
            yield Pause(0.2)
            self._press(_Key.Key_L)
            yield Until(lambda: self._window.theme.name == "light", "light colours")
            yield Pause(0.3)
            step.read = self._window.theme.name

    def _sheet(self) -> Script:
        with self._record("keys the sheet", None) as step:
            self._press(_Key.Key_F1)
            yield Until(lambda: self._dialog("key_sheet") is not None, "the sheet")
            yield Pause(0.3)
            step.read = "open"
        self._press(_Key.Key_Escape)
        yield Until(lambda: self._dialog("key_sheet") is None, "the sheet's end")
        yield from self._back_to_the_window()

    def _another_key(self) -> Script:
        """Give "play" the key of the snapshot, be warned, and take the change back."""
        with self._record("keys change a key", "warned") as step:
            self._press(_Key.Key_H, _ALT)
            yield Until(lambda: QApplication.activePopupWidget() is not None, "the menu")
            self._press(_Key.Key_C)
            yield Until(lambda: self._dialog("key_dialog") is not None, "the dialog")
            self._type("play / pause")
            self._press(_Key.Key_Tab)
            yield Pause(0.1)
            for _ in range(6):
                if self._focus_is("key_edit"):
                    break
                self._press(_Key.Key_Tab)
            self._press(_Key.Key_S, _CTRL)
            yield Pause(0.3)
            dialog = self._dialog("key_dialog")
            warning = dialog.findChild(QWidget, "key_warning") if dialog is not None else None
            step.read = warning.property("text") if warning is not None else None
            step.passed = "Snapshot" in str(step.read)
            step.problem = "" if step.passed else "nobody was warned"
        self._press(_Key.Key_Escape)
        yield Pause(0.2)
        if self._dialog("key_dialog") is not None:
            self._press(_Key.Key_Tab)
            self._press(_Key.Key_Escape)
        yield Until(lambda: self._dialog("key_dialog") is None, "the dialog's end")
        yield from self._back_to_the_window()

    def _press(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """One key to where the system would send it."""
        target = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        hand.key(target or self._window, key, modifiers)

    def _type(self, text: str) -> None:
        hand.type_keys(QApplication.activeModalWidget() or self._window, text)

    def _leave_the_field(self) -> None:
        """A text field keeps the focus; Tab leads on, and letters are commands again."""
        while isinstance(QApplication.focusWidget(), hand.FIELDS):
            self._press(_Key.Key_Tab)

    def _focus_is(self, name: str) -> bool:
        widget = QApplication.focusWidget()
        while widget is not None and widget.objectName() != name:
            widget = widget.parentWidget()
        return widget is not None

    def _back_to_the_window(self) -> Script:
        """Where no window manager does it, nobody hands the keyboard back after a dialog."""
        self._window.activateWindow()
        yield Until(self._window.isActiveWindow, "the window's activation")
        self._window.grid.setFocus()

    def _dialog(self, name: str) -> QWidget | None:
        return next(
            (
                one
                for one in QApplication.topLevelWidgets()
                if one.objectName() == name and one.isVisible()
            ),
            None,
        )

    @property
    def _tile(self) -> Tile:
        return self._window.grid.active

    def _sees(self, instant_ms: float) -> bool:
        read_ms = screen.look(self._tile).instant_ms
        return read_ms is not None and abs(read_ms - instant_ms) < PICTURE_MS / 2

    def _sees_beyond(self, instant_ms: float) -> bool:
        read_ms = screen.look(self._tile).instant_ms
        return read_ms is not None and read_ms >= instant_ms
