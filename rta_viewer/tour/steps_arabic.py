"""A short round in Arabic: the window is mirrored, time is not; pictures of every panel and dialog."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from rta_viewer.app.program import Program
from rta_viewer.core.texts import tr
from rta_viewer.tour import hand, screen
from rta_viewer.tour.guide import Pause, Script, Until
from rta_viewer.tour.report import Step
from rta_viewer.ui.sign_in.dialog import SignInDialog

Record = Callable[[str, object], AbstractContextManager[Step]]

CAMERA = "Main entrance"
_CUT_S = 1.5
_MENUS = ("file", "playback", "view", "tiles")
_CTRL = Qt.KeyboardModifier.ControlModifier
_Key = Qt.Key


class ArabicSteps:
    """For somebody who reads from the right. ``record`` makes a step of the report."""

    def __init__(self, program: Program, address: str, record: Record) -> None:
        self._program = program
        self._window = program.window
        self._address = address
        self._record = record

    def script(self) -> Script:
        """Everything, from the sign-in on."""
        yield from self._sign_in()
        yield from self._play()
        yield from self._menus()
        yield from self._calendar()
        yield from self._cut()
        yield from self._save()
        yield from self._panel()
        yield from self._keys()

    def _sign_in(self) -> Script:
        with self._record("arabic sign in", None) as step:
            self._program.ask_to_sign_in()
            dialog = self._sign_in_dialog
            yield Until(dialog.isActiveWindow, "the dialog's activation")
            hand.type_text(dialog.server_edit, self._address.partition("://")[2])
            hand.type_text(dialog.username, "demo")
            hand.type_text(dialog.password, "demo")
            hand.click(dialog.check)
            yield Until(lambda: dialog.ok.text() == tr("Go on"), "what was found out")
            step.read = dialog.heading.text()
            yield Pause(0.2)
        hand.click(dialog.ok)
        tree = self._window.tree
        yield Until(lambda: self._program.sign_in_dialog is None, "the end of the dialog")
        yield Until(lambda: tree.model.camera_count > 0, "the list of cameras")

    def _play(self) -> Script:
        with self._record("arabic playing", "mirrored") as step:
            yield from self._back_to_the_window()
            tree, tile = self._window.tree, self._window.grid.active
            yield Until(lambda: self._index().isValid(), "the camera")
            tree.view.scrollTo(self._index())
            hand.double_click(tree.view.viewport(), tree.view.visualRect(self._index()).center())
            yield Until(lambda: tile.camera is not None, "the tile's camera")
            yield Until(lambda: screen.look(tile).instant_ms is not None, "a picture")
            self._window.grid.setFocus()
            if not self._program.playback.playing:
                self._press(_Key.Key_Space)
            yield Until(lambda: self._program.playback.playing, "playing")
            yield Pause(_CUT_S)
            sides = self._left(tree) > self._left(self._window.grid)
            time_from_the_left = self._left(self._button("back_5s")) < self._left(
                self._button("forward_5s")
            )
            step.read = "mirrored" if sides else "not mirrored"
            step.passed = sides and time_from_the_left
            step.problem = "" if step.passed else "the list or the transport is on the wrong side"

    def _menus(self) -> Script:
        actions = [one for one in self._window.menuBar().actions() if one.isVisible()]
        for name, action in zip(
            ("file", "edit", "playback", "cut", "view", "tiles"), actions, strict=False
        ):
            if name not in _MENUS:
                continue
            with self._record(f"arabic menu {name}", None) as step:
                menu = action.menu()
                self._window.menuBar().setActiveAction(action)
                yield Until(lambda: QApplication.activePopupWidget() is not None, "the menu")
                yield Pause(0.2)
                step.read = menu.title() if isinstance(menu, QMenu) else None
            self._press(_Key.Key_Escape)
            yield Until(lambda: QApplication.activePopupWidget() is None, "the menu's end")
            self._press(_Key.Key_Escape)
            yield from self._back_to_the_window()

    def _calendar(self) -> Script:
        popup = self._window.transport.calendar
        with self._record("arabic calendar", None) as step:
            self._press(_Key.Key_C)
            yield Until(popup.isVisible, "the calendar")
            yield Pause(1.0)
            step.read = popup.title.text()
        self._press(_Key.Key_Escape)
        yield Until(lambda: not popup.isVisible(), "the calendar's end")
        yield from self._back_to_the_window()

    def _cut(self) -> Script:
        editor, canvas = self._window.transport.cut_editor, self._window.timeline.canvas
        with self._record("arabic cut", None) as step:
            self._press(_Key.Key_I)
            yield Pause(_CUT_S)
            self._press(_Key.Key_O)
            yield Until(lambda: canvas.cut.span is not None, "in and out")
            self._press(_Key.Key_Space)
            self._press(_Key.Key_I, _CTRL)
            yield Until(editor.isVisible, "the editor of in and out")
            yield Pause(1.0)
            step.read = editor.about.text()
        self._press(_Key.Key_Escape)
        yield Until(lambda: not editor.isVisible(), "the editor's end")
        yield from self._back_to_the_window()

    def _save(self) -> Script:
        with self._record("arabic save", None) as step:
            self._press(_Key.Key_D, _CTRL)
            yield Until(lambda: self._program.saving.dialog is not None, "the save dialog")
            dialog = self._program.saving.dialog
            if dialog is None:
                return
            yield Until(dialog.isActiveWindow, "the dialog's activation")
            yield Until(dialog.ok.isEnabled, "room for the file")
            yield Pause(0.5)
            step.read = dialog.windowTitle()
        self._press(_Key.Key_Return)
        yield from self._back_to_the_window()

    def _panel(self) -> Script:
        with self._record("arabic saved files", None) as step:
            jobs = self._program.services.jobs.jobs
            yield Until(lambda: jobs() and jobs()[-1].finished, "the file", 90.0)
            yield Until(self._window.jobs.view.isVisible, "the list of saved files")
            yield Pause(0.3)
            step.read = self._window.jobs.model.rowCount()
            step.passed = self._left(self._window.jobs) < self._left(self._window.grid)
            step.problem = "" if step.passed else "the saved files are on the wrong side"

    def _keys(self) -> Script:
        for name, action in (("key_sheet", "keys"), ("key_dialog", "change_keys")):
            with self._record(f"arabic {action.replace('_', ' ')}", None) as step:
                self._window.acts[action].trigger()
                yield Until(partial(_shown, name), "the dialog")
                yield Pause(0.3)
                dialog = _shown(name)
                step.read = dialog.windowTitle() if dialog is not None else None
            self._press(_Key.Key_Escape)
            yield Until(partial(_gone, name), "the dialog's end")
            yield from self._back_to_the_window()

    @property
    def _sign_in_dialog(self) -> SignInDialog:
        dialog = self._program.sign_in_dialog
        if dialog is None:
            msg = "there is no sign-in dialog"
            raise RuntimeError(msg)
        return dialog

    def _index(self) -> QModelIndex:
        tree = self._window.tree
        found = (one.camera_id for one in tree.model.cameras() if one.name == CAMERA)
        return tree.index_of(next(found, ""))

    def _button(self, name: str) -> QWidget:
        found: QWidget | None = self._window.transport.findChild(QWidget, f"transport_{name}")
        if found is None:
            msg = f"there is no button {name}"
            raise RuntimeError(msg)
        return found

    def _left(self, widget: QWidget) -> int:
        return int(widget.mapTo(self._window, QPoint(0, 0)).x())

    def _press(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """One key to where the system would send it."""
        target = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        hand.key(target or self._window, key, modifiers)

    def _back_to_the_window(self) -> Script:
        self._window.activateWindow()
        yield Until(self._window.isActiveWindow, "the window's activation")
        self._window.grid.setFocus()


def _shown(name: str) -> QWidget | None:
    tops = QApplication.topLevelWidgets()
    return next((one for one in tops if one.objectName() == name and one.isVisible()), None)


def _gone(name: str) -> bool:
    return _shown(name) is None
