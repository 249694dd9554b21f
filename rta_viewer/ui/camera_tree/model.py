"""Groups and cameras as a Qt model. A camera in several groups stands in each."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QIcon

from rta_viewer.core.model import Camera, CameraGroup, CameraState
from rta_viewer.ui import icons, times
from rta_viewer.ui.camera_tree.search import haystack, matches, natural_key, words
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.tiles.dragging import CAMERAS_TYPE, cameras_data

AnyIndex = QModelIndex | QPersistentModelIndex

OTHER_CAMERAS = "Other cameras"

STATE_WORDS = {
    CameraState.RECORDING: "Recording",
    CameraState.DISABLED: "Disabled",
    CameraState.OFFLINE: "Offline",
    CameraState.NOT_ALLOWED: "Not allowed",
    CameraState.UNKNOWN: "State unknown",
}

_STATE_COLOURS = {
    CameraState.RECORDING: "success",
    CameraState.DISABLED: "text_quiet",
    CameraState.OFFLINE: "warning",
    CameraState.NOT_ALLOWED: "danger",
    CameraState.UNKNOWN: "text_quiet",
}


class Role(IntEnum):
    """What the model tells beside text and icon."""

    CAMERA_ID = Qt.ItemDataRole.UserRole + 1


@dataclass
class _Group:
    name: str
    cameras: list[Camera] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    found: list[Camera] | None = None

    @property
    def shown(self) -> list[Camera]:
        """All cameras, or those that were found."""
        return self.cameras if self.found is None else self.found

    @property
    def title(self) -> str:
        """Its name, and how many cameras it has."""
        count = str(len(self.cameras))
        if self.found is not None and len(self.found) != len(self.cameras):
            count = f"{len(self.found)} of {count}"
        return f"{self.name} ({count})"


class CameraTreeModel(QAbstractItemModel):
    """Two levels. Filled page by page; each group is kept sorted by name, digits by their value.

    The model searches itself: a proxy would ask for every row of every group at each letter.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: list[_Group] = []
        self._rows: list[_Group] = self._groups
        self._wanted: tuple[str, ...] = ()
        self._groups_of: dict[str, list[int]] = {}
        self._other: int | None = None
        self._cameras: dict[str, Camera] = {}
        self._haystacks: dict[str, str] = {}
        self._icons: dict[CameraState, QIcon] = {}
        self._group_icon = QIcon()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        for state in CameraState:
            colour: str = getattr(theme.colours, _STATE_COLOURS[state])
            # On the selection the shape alone speaks: the colours would not stand out there.
            on = theme.colours.on_accent
            self._icons[state] = icons.icon(f"state_{state}", colour, selected=on)
        self._group_icon = icons.icon("folder", theme.colours.text_quiet, selected=on)

    def reset(self, groups: Sequence[CameraGroup]) -> None:
        """Start again: these groups, no cameras yet."""
        self.beginResetModel()
        self._groups = [_Group(group.name or "Unnamed group") for group in groups]
        self._rows = self._groups
        self._groups_of = {}
        for index, group in enumerate(groups):
            for camera_id in group.camera_ids:
                places = self._groups_of.setdefault(camera_id, [])
                if index not in places:
                    places.append(index)
        self._other = None
        self._cameras.clear()
        self._haystacks.clear()
        self._search()
        self.endResetModel()

    def set_query(self, query: str) -> bool:
        """Show what matches all words of the query, all for an empty one; False when nothing changed."""
        wanted = words(query)
        if wanted == self._wanted:
            return False
        self.beginResetModel()
        self._wanted = wanted
        self._search()
        self.endResetModel()
        return True

    @property
    def searching(self) -> bool:
        """True while a query hides something."""
        return bool(self._wanted)

    def _search(self) -> None:
        if not self._wanted:
            for group in self._groups:
                group.found = None
            self._rows = self._groups
            return
        found = {name for name, folded in self._haystacks.items() if matches(folded, self._wanted)}
        for group in self._groups:
            group.found = [camera for camera in group.cameras if camera.camera_id in found]
        self._rows = [group for group in self._groups if group.found]

    def add_cameras(self, cameras: Iterable[Camera]) -> None:
        """Take in one page; a camera that is already there is ignored."""
        if self._wanted:
            self.beginResetModel()
            self._take_in(cameras)
            self._search()
            self.endResetModel()
        else:
            self._take_in(cameras)

    def _take_in(self, cameras: Iterable[Camera]) -> None:
        for camera in cameras:
            if camera.camera_id in self._cameras:
                continue
            places = self._groups_of.get(camera.camera_id) or [self._other_group()]
            names = tuple(self._groups[place].name for place in places)
            self._cameras[camera.camera_id] = camera
            self._haystacks[camera.camera_id] = haystack(camera, names)
            for place in places:
                self._insert(place, camera)

    @property
    def camera_count(self) -> int:
        """How many cameras there are, each counted once."""
        return len(self._cameras)

    def camera(self, camera_id: str) -> Camera | None:
        """A camera by its id."""
        return self._cameras.get(camera_id)

    def cameras(self) -> tuple[Camera, ...]:
        """All of them, in the order in which they came."""
        return tuple(self._cameras.values())

    def camera_at(self, index: AnyIndex) -> Camera | None:
        """The camera of a row, None for a group's row."""
        if not index.isValid() or index.internalId() == 0:
            return None
        return self._rows[index.internalId() - 1].shown[index.row()]

    def indexes_of(self, camera_id: str) -> list[QModelIndex]:
        """All rows of a camera that are shown."""
        found: list[QModelIndex] = []
        for place, group in enumerate(self._rows):
            for row, camera in enumerate(group.shown):
                if camera.camera_id == camera_id:
                    found.append(self.createIndex(row, 0, place + 1))
        return found

    def _other_group(self) -> int:
        if self._other is None:
            place = len(self._groups)
            if not self._wanted:
                self.beginInsertRows(QModelIndex(), place, place)
            self._groups.append(_Group(OTHER_CAMERAS))
            self._other = place
            if not self._wanted:
                self.endInsertRows()
        return self._other

    def _insert(self, place: int, camera: Camera) -> None:
        group = self._groups[place]
        key = natural_key(camera.name)
        row = bisect_left(group.keys, key)
        if not self._wanted:
            self.beginInsertRows(self.createIndex(place, 0, 0), row, row)
        group.keys.insert(row, key)
        group.cameras.insert(row, camera)
        if not self._wanted:
            self.endInsertRows()

    # Qt's own. Ids: 0 is a group's row, n + 1 a camera's row in group n.

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        if column != 0 or row < 0 or row >= self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, 0, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: AnyIndex = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008 - the stub mixes it up with QObject.parent()
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name
        if not parent.isValid():
            return len(self._rows)
        if parent.internalId() == 0:
            return len(self._rows[parent.row()].shown)
        return 0

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name
        return 1

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if self.camera_at(index) else flags

    def mimeTypes(self) -> list[str]:  # noqa: N802 - Qt's name
        return [CAMERAS_TYPE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt's name
        found = (self.camera_at(index) for index in indexes)
        return cameras_data([camera.camera_id for camera in found if camera is not None])

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        camera = self.camera_at(index)
        if camera is None:
            return self._group_data(self._rows[index.row()], role)
        return self._camera_data(camera, role)

    def _group_data(self, group: _Group, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return group.title
        if role == Qt.ItemDataRole.DecorationRole:
            return self._group_icon
        return None

    def _camera_data(self, camera: Camera, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return camera.name
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icons[camera.state]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(camera)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{camera.name}, {STATE_WORDS[camera.state]}"
        if role == Role.CAMERA_ID:
            return camera.camera_id
        return None


def tooltip(camera: Camera) -> str:
    """What is known about a camera, a line each, in plain text."""
    stream = camera.main_stream
    lines = [camera.name, STATE_WORDS[camera.state]]
    if stream is not None:
        size = f"{stream.width} x {stream.height}" if stream.width and stream.height else ""
        lines.append(" ".join(part for part in (stream.codec, size) if part))
    if camera.retention_days is not None:
        lines.append(f"Kept for {camera.retention_days} days")
    if camera.oldest_recording_ms is not None:
        oldest = times.format_instant(camera.oldest_recording_ms, UTC)
        lines.append(f"Oldest recording {oldest} UTC")
    lines.extend((camera.location, camera.recording_server))
    return "\n".join(line for line in lines if line)
