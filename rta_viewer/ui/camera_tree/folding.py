"""Which branches are open: as the operator left them, also through a search or another grouping."""

from PySide6.QtWidgets import QTreeView

from rta_viewer.ui.camera_tree.model import CameraTreeModel

_OPEN_ALL_UP_TO = 200
_OPEN_FOUND_UP_TO = 300


class Folding:
    """Opens and closes branches of one view. GUI thread."""

    def __init__(self, view: QTreeView, model: CameraTreeModel) -> None:
        self._view = view
        self._model = model
        self._open: set[int] = set()
        self._opened_all = False

    def begin(self) -> None:
        """The tree is filled anew."""
        self._opened_all = False

    def grown(self) -> None:
        """Cameras were added. A small tree is open; one that grows beyond that closes again."""
        small = self._model.camera_count <= _OPEN_ALL_UP_TO
        if small:
            self._view.expandAll()
            self._opened_all = True
        elif self._opened_all:
            self._opened_all = False
            self._view.collapseAll()
        if not small:
            self.show_own()

    def show_own(self) -> None:
        """Open the operator's own collections, which are short."""
        for row in range(min(3, self._model.rowCount())):
            index = self._model.index(row, 0)
            branch = self._model.branch_at(index)
            if branch is not None and branch.is_own and branch.number not in self._open:
                self._open.add(branch.number)
                self._view.expand(index)

    def remember(self) -> None:
        """Before a search hides branches."""
        rows = (self._model.index(row, 0) for row in range(self._model.rowCount()))
        branches = ((self._model.branch_at(index), index) for index in rows)
        self._open = {
            branch.number
            for branch, index in branches
            if branch is not None and self._view.isExpanded(index)
        }

    def restore(self) -> None:
        """After the search."""
        for row in range(self._model.rowCount()):
            index = self._model.index(row, 0)
            branch = self._model.branch_at(index)
            if branch is not None and branch.number in self._open:
                self._view.expand(index)

    def open_found(self) -> None:
        """The first branches, as far as somebody would read; the others say how many they have."""
        left = _OPEN_FOUND_UP_TO
        for row in range(self._model.rowCount()):
            index = self._model.index(row, 0)
            count = self._model.rowCount(index)
            if row and count > left:
                break
            left -= count
            self._view.expand(index)
