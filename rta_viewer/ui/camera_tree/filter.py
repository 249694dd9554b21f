"""Hides the cameras that do not match, and the groups that are left empty."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel

from rta_viewer.ui.camera_tree.model import CameraTreeModel, Role
from rta_viewer.ui.camera_tree.search import matches, words


class CameraFilter(QSortFilterProxyModel):
    """A proxy over :class:`CameraTreeModel`; the order is the model's."""

    def __init__(self, model: CameraTreeModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: tuple[str, ...] = ()
        self.setRecursiveFilteringEnabled(True)
        self.setSourceModel(model)

    def set_query(self, query: str) -> None:
        """Show what matches all words of the query; everything for an empty one."""
        wanted = words(query)
        if wanted != self._wanted:
            self.beginFilterChange()
            self._wanted = wanted
            self.endFilterChange()

    @property
    def active(self) -> bool:
        """True while a query hides something."""
        return bool(self._wanted)

    def filterAcceptsRow(  # noqa: N802 - Qt's name
        self, source_row: int, source_parent: QModelIndex | QPersistentModelIndex
    ) -> bool:
        if not self._wanted:
            return True
        if not source_parent.isValid():
            return False  # a group stays for the sake of its cameras
        folded = self.sourceModel().index(source_row, 0, source_parent).data(Role.HAYSTACK)
        return matches(str(folded), self._wanted)
