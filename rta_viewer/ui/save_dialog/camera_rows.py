"""The cameras of the save dialog as a table: ticked or not, and how much of the range they have."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from rta_viewer.core.model import Camera
from rta_viewer.core.texts import alone, tr
from rta_viewer.ui.camera_tree.search import haystack, matches, words
from rta_viewer.ui.plain import plain_tip

NAME, COVERAGE = range(2)

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
Words = Callable[[Camera], str]
"""What stands beside a camera, or its tool tip, which is much work where there are many gaps."""


class CameraRows(QAbstractTableModel):
    """Those that match what is searched for; ticked ones and those on the screen come first.

    Signals:
        ticked_changed: Another set of cameras is ticked.
    """

    ticked_changed = Signal()

    def __init__(
        self,
        cameras: Sequence[Camera],
        ticked: Iterable[str],
        shown: Sequence[str],
        beside: Words,
        tip: Words,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._ticked = dict.fromkeys(ticked)
        on_screen = set(shown)
        # Sorting is stable: the order of the tree stays.
        self._all = sorted(
            cameras,
            key=lambda one: (one.camera_id not in self._ticked, one.camera_id not in on_screen),
        )
        self._shown = self._all
        self._named = Counter(camera.name for camera in cameras)
        self._folded: list[str] = []
        self._beside, self._tip = beside, tip

    @property
    def ticked(self) -> tuple[Camera, ...]:
        """In the order of the list, also those that the search hides."""
        return tuple(camera for camera in self._all if camera.camera_id in self._ticked)

    def camera(self, index: _Index) -> Camera | None:
        """The camera of a row."""
        return self._shown[index.row()] if index.isValid() else None

    def is_ticked(self, index: _Index) -> bool:
        """Whether a row's camera is to be saved."""
        camera = self.camera(index)
        return camera is not None and camera.camera_id in self._ticked

    def search(self, query: str) -> None:
        """Show only what every word is found in."""
        wanted = words(query)
        if wanted and not self._folded:
            self._folded = [haystack(camera) for camera in self._all]
        self.beginResetModel()
        self._shown = self._all
        if wanted:
            self._shown = [
                camera
                for camera, folded in zip(self._all, self._folded, strict=True)
                if matches(folded, wanted)
            ]
        self.endResetModel()

    def tick(self, camera_ids: Iterable[str]) -> None:
        """Tick exactly these."""
        self._ticked = dict.fromkeys(camera_ids)
        self._refresh(Qt.ItemDataRole.CheckStateRole)
        self.ticked_changed.emit()

    def tick_shown(self) -> None:
        """Tick all that are listed now, too."""
        self.tick([*self._ticked, *(camera.camera_id for camera in self._shown)])

    def toggle(self, index: _Index) -> None:
        """Tick a row, or take its tick away."""
        camera = self.camera(index)
        if camera is not None:
            self._set_ticked(camera.camera_id, on=not self.is_ticked(index))

    def refresh_coverage(self) -> None:
        """Other words stand beside the cameras."""
        self._refresh(Qt.ItemDataRole.DisplayRole)

    def _set_ticked(self, camera_id: str, *, on: bool) -> None:
        if on:
            self._ticked[camera_id] = None
        else:
            self._ticked.pop(camera_id, None)
        self._refresh(Qt.ItemDataRole.CheckStateRole)
        self.ticked_changed.emit()

    def _refresh(self, role: Qt.ItemDataRole) -> None:
        if self._shown:
            last = self.index(len(self._shown) - 1, COVERAGE)
            self.dataChanged.emit(self.index(0, NAME), last, [role, Qt.ItemDataRole.DisplayRole])

    def rowCount(self, parent: _Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else 2

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == NAME:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        camera = self.camera(index)
        if camera is None:
            return None
        ticked = camera.camera_id in self._ticked
        if index.column() == NAME:
            return self._name(camera, role, ticked=ticked)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._beside(camera) if ticked else ""
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._tip(camera)) if ticked else None
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _name(self, camera: Camera, role: int, *, ticked: bool) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._title(camera)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._title(camera))
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return None

    def _title(self, camera: Camera) -> str:
        """Its name, and where that is another one's, too, what tells them apart."""
        if self._named[camera.name] == 1:
            return alone(camera.name)
        apart = (camera.recording_server, camera.location, camera.short_name)
        where = ", ".join(filter(None, apart)) or camera.camera_id
        return tr("{camera} ({where})", camera=camera.name, where=where)

    def setData(  # noqa: N802 - Qt's name
        self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        camera = self.camera(index)
        if camera is None or role != Qt.ItemDataRole.CheckStateRole:
            return False
        self._set_ticked(camera.camera_id, on=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True
