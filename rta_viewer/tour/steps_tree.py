"""The tour's steps in the camera tree: read about a camera, star it, sort by server, search, open several."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QToolTip, QWidget

from rta_viewer.app.program import Program
from rta_viewer.core.texts import is_right_to_left
from rta_viewer.tour import hand
from rta_viewer.tour.guide import Pause, Script, Until
from rta_viewer.tour.report import Step

Record = Callable[[str, object], AbstractContextManager[Step]]

CAMERA = "Reception desk"
_WORDS = ("Recording", "H264", "camera", "Oldest", "Kept for")
_LINES = 6


class TreeSteps:
    """What is done in the tree. ``record`` makes a step of the report."""

    def __init__(self, program: Program, record: Record) -> None:
        self._program = program
        self._window = program.window
        self._tree = program.window.tree
        self._record = record

    def script(self) -> Script:
        """Everything; the tree is left as it was found, but for a favourite."""
        yield from self._read()
        yield from self._star()
        yield from self._by_server()
        yield from self._search()
        yield from self._several()

    def _read(self) -> Script:
        # Tooltips are for the active window, and without a window manager nobody makes it that again.
        self._window.activateWindow()
        yield Until(self._window.isActiveWindow, "the window's activation")
        with self._record("read about a camera", "Kept for") as step:
            viewport, at = self._tree.view.viewport(), self._row(CAMERA)
            hand.move(viewport, at - QPoint(12, 0))
            hand.move(viewport, at)
            yield Until(lambda: _is_told(QToolTip.text()), "what only the camera itself tells")
            step.read = QToolTip.text()
            step.passed = QToolTip.isVisible() and _is_told(step.read)
            step.problem = "" if step.passed else "something is missing"
            yield Pause(0.2)
        QToolTip.hideText()

    def _star(self) -> Script:
        with self._record("a favourite by its star", CAMERA) as step:
            view, model = self._tree.view, self._tree.model
            row = view.visualRect(self._tree.index_of(self._id_of(CAMERA)))
            hand.click(
                view.viewport(), view.delegate.star_rect(row, view.layoutDirection()).center()
            )
            yield Until(
                lambda: str(model.index(0, 0).data()).startswith("Favourites"), "the branch"
            )
            step.read = model.index(0, 0, model.index(0, 0)).data()
            step.passed = step.read == CAMERA
            yield Pause(0.2)

    def _by_server(self) -> Script:
        model = self._tree.model
        with self._record("cameras by recording server", None) as step:
            hand.click(self._child("tree_by_servers"))
            yield Pause(0.3)
            step.read = [model.index(row, 0).data() for row in range(model.rowCount())]
            step.passed = any("Recorder" in str(name) for name in step.read)
            step.problem = "" if step.passed else "no recording server is named"
        hand.click(self._child("tree_by_groups"))
        yield Pause(0.1)

    def _search(self) -> Script:
        with self._record("search the cameras", None) as step:
            hand.type_text(self._tree.search, "terminal desk")
            found = self._tree.view
            yield Until(lambda: found.currentIndex().data() == CAMERA, "the camera")
            step.read = self._tree.status.text()
            yield Pause(0.3)
        hand.key(self._window, Qt.Key.Key_Escape)
        yield Until(lambda: not self._tree.model.searching, "the search's end")

    def _several(self) -> Script:
        """Chosen with Ctrl, opened with Enter."""
        names = ["Car park north", "Car park south"]
        with self._record("open several cameras", names) as step:
            view, grid = self._tree.view, self._window.grid
            view.scrollTo(self._tree.index_of(self._id_of(names[0])))
            hand.click(view.viewport(), self._row(names[0]))
            index = self._tree.index_of(self._id_of(names[1]))
            view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
            hand.key(self._window, Qt.Key.Key_Return)
            yield Until(
                lambda: all(grid.tile_of(self._id_of(name)) is not None for name in names),
                "both in tiles",
            )
            step.read = [tile.camera.name for tile in grid.tiles if tile.camera is not None]
            yield Pause(0.3)

    def _id_of(self, name: str) -> str:
        return next(one.camera_id for one in self._tree.model.cameras() if one.name == name)

    def _row(self, name: str) -> QPoint:
        rect = self._tree.view.visualRect(self._tree.index_of(self._id_of(name)))
        return QPoint(rect.left() + 40, rect.center().y())

    def _child(self, name: str) -> QWidget:
        widget = self._window.findChild(QWidget, name)
        if not isinstance(widget, QWidget):
            msg = f"the window has no {name}"
            raise TypeError(msg)
        return widget


def _is_told(text: str) -> bool:
    """All that is known of the camera, also what it tells itself: the words, or as many lines of them."""
    if is_right_to_left():
        return len(text.splitlines()) >= _LINES
    return all(word in text for word in _WORDS)
