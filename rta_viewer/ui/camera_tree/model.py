"""Branches and cameras as a Qt model. A camera in several groups stands in each."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, tzinfo
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
from rta_viewer.core.texts import tr
from rta_viewer.ui import icons
from rta_viewer.ui.camera_tree import search
from rta_viewer.ui.camera_tree.branches import (
    MOST_RECENT,
    NO_SERVER,
    OTHER_CAMERAS,
    Branch,
    Grouping,
    Kind,
    row_of,
)
from rta_viewer.ui.camera_tree.wording import STATE_WORDS, tooltip
from rta_viewer.ui.plain import plain_tip
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.tiles.dragging import CAMERAS_TYPE, cameras_data

AnyIndex = QModelIndex | QPersistentModelIndex

_STATE_COLOURS = {
    CameraState.RECORDING: "success",
    CameraState.DISABLED: "text_quiet",
    CameraState.OFFLINE: "warning",
    CameraState.NOT_ALLOWED: "danger",
    CameraState.UNKNOWN: "text_quiet",
    CameraState.SAVED_FILE: "text_quiet",
    CameraState.CHECKED_FILE: "success",
    CameraState.DOUBTFUL_FILE: "danger",
}
_CAMERA_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)
_BRANCH_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_BRANCH_ICONS = {Kind.FAVOURITES: "star", Kind.RECENT: "clock"}


class Role(IntEnum):
    """What the model tells beside text and icon."""

    CAMERA_ID = Qt.ItemDataRole.UserRole + 1
    FAVOURITE = Qt.ItemDataRole.UserRole + 2
    FOUND_BY = Qt.ItemDataRole.UserRole + 3


class CameraTreeModel(QAbstractItemModel):
    """Two levels. Filled page by page; each branch is kept sorted by name, digits by their value.

    The model searches itself: a proxy would ask for every row of every group at each letter.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._grouping = Grouping.GROUPS
        self._source: Sequence[CameraGroup] = ()
        self._groups_of: dict[str, list[int]] = {}
        self._next_number = 1
        self._files = self._new_branch(Kind.FILES, tr("Saved files"))
        self._favourites = self._new_branch(Kind.FAVOURITES, tr("Favourites"))
        self._recent = self._new_branch(Kind.RECENT, tr("Recently used"))
        self._groups: list[Branch] = []
        self._servers: dict[str, Branch] = {}
        self._other: Branch | None = None
        self._rows: list[Branch] = []
        self._by_number: dict[int, Branch] = {}
        self._wanted: tuple[str, ...] = ()
        self._found: dict[str, str] = {}
        self._cameras: dict[str, Camera] = {}
        self._keys: dict[str, str] = {}
        self._haystacks: dict[str, str] = {}
        self._favourite_ids: set[str] = set()
        self._recent_ids: list[str] = []
        self._zone: tzinfo = UTC
        self._icons: dict[CameraState, QIcon] = {}
        self._branch_icons: dict[Kind, QIcon] = {}
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        # On the selection the shape alone speaks: the colours would not stand out there.
        on = theme.colours.on_accent
        for state in CameraState:
            colour: str = getattr(theme.colours, _STATE_COLOURS[state])
            self._icons[state] = icons.icon(f"state_{state}", colour, selected=on)
        for kind in Kind:
            name = _BRANCH_ICONS.get(kind, "folder")
            self._branch_icons[kind] = icons.icon(name, theme.colours.text_quiet, selected=on)

    def set_zone(self, zone: tzinfo) -> None:
        """Word times in another zone."""
        self._zone = zone

    # What is in it

    def reset(self, groups: Sequence[CameraGroup]) -> None:
        """Start again: these groups, no cameras yet. Favourites and grouping stay."""
        self.beginResetModel()
        self._source = groups
        self._groups_of = {}
        for index, group in enumerate(groups):
            for camera_id in group.camera_ids:
                places = self._groups_of.setdefault(camera_id, [])
                if index not in places:
                    places.append(index)
        for known in (self._cameras, self._keys, self._haystacks):
            known.clear()
        self._build()
        self.endResetModel()

    def set_grouping(self, grouping: Grouping) -> None:
        """Sort the cameras into groups, or by the server that records them."""
        if grouping is self._grouping:
            return
        self.beginResetModel()
        self._grouping = grouping
        self._build()
        self.endResetModel()

    def add_cameras(self, cameras: Iterable[Camera]) -> None:
        """Take in one page; a camera that is already there is ignored."""
        if self._wanted:
            self.beginResetModel()
            self._take_in(cameras)
            self._search(self._haystacks)
            self.endResetModel()
        else:
            self._take_in(cameras)

    def update_camera(self, camera: Camera) -> None:
        """More is known about a camera than the list told. Its place stays, so that nothing jumps."""
        known = self._cameras.get(camera.camera_id)
        if known is None:
            return
        fresh = replace(camera, name=known.name, recording_server=known.recording_server)
        if known.state is CameraState.NOT_ALLOWED:
            fresh = replace(fresh, state=known.state)
        self._cameras[camera.camera_id] = fresh
        self._haystacks[camera.camera_id] = search.haystack(fresh, self._group_names(fresh))
        for branch in self._branches_for(fresh):
            for cameras in (branch.cameras, branch.found or []):
                row = row_of(cameras, camera.camera_id)
                if row >= 0:
                    cameras[row] = fresh
        self._tell_changed(camera.camera_id)

    def set_state(self, camera_id: str, state: CameraState) -> None:
        """The server has shown by an answer what a camera's state is."""
        known = self._cameras.get(camera_id)
        if known is not None and known.state is not state:
            self.update_camera(replace(known, state=state))

    @property
    def camera_count(self) -> int:
        """How many cameras there are, each counted once."""
        return len(self._cameras)

    @property
    def found_count(self) -> int:
        """How many of them the search found."""
        return len(self._found) if self._wanted else len(self._cameras)

    @property
    def hides_finds(self) -> bool:
        """True when more was found than is listed."""
        return any(branch.hides_finds for branch in self._rows)

    @property
    def knows_servers(self) -> bool:
        """True when some camera says which server records it."""
        return any(camera.recording_server for camera in self._cameras.values())

    def camera(self, camera_id: str) -> Camera | None:
        """A camera by its id."""
        known = self._cameras.get(camera_id)
        row = row_of(self._files.cameras, camera_id) if known is None else -1
        return self._files.cameras[row] if row >= 0 else known

    def cameras(self) -> tuple[Camera, ...]:
        """All of them, in the order in which they came; saved files are not among them."""
        return tuple(self._cameras.values())

    def set_saved_files(self, files: Sequence[Camera]) -> None:
        """These files are open. They stay when the tree is filled anew."""
        if self._wanted:
            self.beginResetModel()
            self._take_in_files(files)
            self._search(self._haystacks)
            self.endResetModel()
        else:
            self._take_in_files(files)

    def _take_in_files(self, files: Sequence[Camera]) -> None:
        branch, wanted = self._files, {file.camera_id: file for file in files}
        for file in tuple(branch.cameras):
            if file.camera_id not in wanted:
                self._remove(branch, file.camera_id)
        for file in files:
            row = row_of(branch.cameras, file.camera_id)
            if row < 0:
                self._insert(branch, file)
            elif branch.cameras[row] != file:
                branch.cameras[row] = file
                self._tell_changed(file.camera_id)
        self._show_own_branches()

    # Favourites and recently used

    @property
    def favourites(self) -> tuple[str, ...]:
        """The ids of the favourites, also of cameras that are not there."""
        return tuple(sorted(self._favourite_ids))

    def set_favourites(self, camera_ids: Iterable[str]) -> None:
        """These are the favourites."""
        wanted = set(camera_ids)
        changed = wanted ^ self._favourite_ids
        self._favourite_ids = wanted
        for camera_id in sorted(changed & self._cameras.keys()):
            camera = self._cameras[camera_id]
            if camera_id in wanted:
                self._insert(self._favourites, camera)
            else:
                self._remove(self._favourites, camera_id)
            self._tell_changed(camera_id)
        self._show_own_branches()

    def set_recent(self, camera_ids: Sequence[str]) -> None:
        """These were used last, the latest first."""
        self._recent_ids = list(dict.fromkeys(camera_ids))[:MOST_RECENT]
        known = [self._cameras[one] for one in self._recent_ids if one in self._cameras]
        if [one.camera_id for one in known] == [one.camera_id for one in self._recent.cameras]:
            return
        for camera in tuple(self._recent.cameras):
            self._remove(self._recent, camera.camera_id)
        for camera in known:
            self._insert(self._recent, camera)
        self._show_own_branches()

    def _recent_key(self, camera_id: str) -> str:
        return f"{self._recent_ids.index(camera_id):04d}"

    def _show_own_branches(self) -> None:
        """They are there while there is something in them, and nobody searches."""
        if self._wanted:
            return
        above = 0
        for branch in (self._files, self._favourites, self._recent):
            row = above
            above += bool(branch.cameras)
            if bool(branch.cameras) is (branch.row >= 0):
                continue
            if branch.cameras:
                self.beginInsertRows(QModelIndex(), row, row)
                self._rows.insert(row, branch)
                self._number_rows()
                self.endInsertRows()
            else:
                self.beginRemoveRows(QModelIndex(), branch.row, branch.row)
                self._rows.remove(branch)
                self._number_rows()
                self.endRemoveRows()

    # Building

    def _new_branch(self, kind: Kind, name: str) -> Branch:
        branch = Branch(self._next_number, kind, name)
        self._next_number += 1
        return branch

    def _build(self) -> None:
        """All branches anew from what is known, inside a reset."""
        for branch in (self._favourites, self._recent):
            branch.cameras, branch.keys, branch.found = [], [], None
        self._groups, self._servers, self._other = [], {}, None
        if self._grouping is Grouping.GROUPS:
            self._groups = [
                self._new_branch(Kind.GROUP, group.name or tr("Unnamed group"))
                for group in self._source
            ]
        self._rows = []
        self._number_rows()
        for camera in self._cameras.values():
            for branch in self._branches_for(camera):
                key = self._key_in(branch, camera.camera_id)
                branch.put(branch.place_of(key), camera, key)
        self._search(self._haystacks)

    def _branches(self) -> list[Branch]:
        """All there are, in their order."""
        servers = sorted(self._servers.values(), key=lambda one: search.natural_key(one.name))
        other = [self._other] if self._other is not None else []
        own = (self._files, self._favourites, self._recent)
        return [*own, *self._groups, *servers, *other]

    def _branches_for(self, camera: Camera) -> list[Branch]:
        """Where a camera belongs; makes the branch of its server, or that of the others."""
        camera_id = camera.camera_id
        own = [self._favourites] if camera_id in self._favourite_ids else []
        if camera_id in self._recent_ids:
            own.append(self._recent)
        if self._grouping is Grouping.SERVERS and camera.recording_server:
            name = camera.recording_server
            if name not in self._servers:
                self._servers[name] = self._new_branch(Kind.GROUP, name)
            return [*own, self._servers[name]]
        if self._grouping is Grouping.GROUPS and camera_id in self._groups_of:
            return [*own, *(self._groups[place] for place in self._groups_of[camera_id])]
        if self._other is None:
            by_groups = self._grouping is Grouping.GROUPS
            title = tr(OTHER_CAMERAS) if by_groups else tr(NO_SERVER)
            self._other = self._new_branch(Kind.OTHER, title)
        return [*own, self._other]

    def _group_names(self, camera: Camera) -> list[str]:
        return [self._source[place].name for place in self._groups_of.get(camera.camera_id, ())]

    def _take_in(self, cameras: Iterable[Camera]) -> None:
        for camera in cameras:
            camera_id = camera.camera_id
            if camera_id in self._cameras:
                continue
            self._cameras[camera_id] = camera
            self._keys[camera_id] = search.natural_key(camera.name)
            self._haystacks[camera_id] = search.haystack(camera, self._group_names(camera))
            for branch in self._branches_for(camera):
                self._show_branch(branch)
                self._insert(branch, camera)
        self._show_own_branches()

    def _show_branch(self, branch: Branch) -> None:
        """A branch that came into being with its first camera gets its row."""
        if branch.row >= 0 or branch.comes_and_goes or self._wanted:
            return
        row = self._branches().index(branch)
        row -= sum(own.row < 0 for own in (self._files, self._favourites, self._recent))
        self.beginInsertRows(QModelIndex(), row, row)
        self._rows.insert(row, branch)
        self._number_rows()
        self.endInsertRows()

    def _number_rows(self) -> None:
        for branch in self._by_number.values():
            branch.row = -1
        for row, branch in enumerate(self._rows):
            branch.row = row
        self._by_number = {branch.number: branch for branch in self._rows}

    def _key_in(self, branch: Branch, camera_id: str) -> str:
        return self._recent_key(camera_id) if branch is self._recent else self._keys[camera_id]

    @staticmethod
    def _file_key(file: Camera) -> str:
        """Of one camera, the earlier file first."""
        return f"{search.natural_key(file.name)} {file.oldest_recording_ms or 0:020d}"

    def _insert(self, branch: Branch, camera: Camera) -> None:
        is_file = branch is self._files
        key = self._file_key(camera) if is_file else self._key_in(branch, camera.camera_id)
        row = branch.place_of(key)
        visible = branch.row >= 0 and not self._wanted
        if visible:
            self.beginInsertRows(self.createIndex(branch.row, 0, 0), row, row)
        branch.put(row, camera, key)
        if visible:
            self.endInsertRows()

    def _remove(self, branch: Branch, camera_id: str) -> None:
        row = row_of(branch.cameras, camera_id)
        if row < 0:
            return
        visible = branch.row >= 0 and not self._wanted
        if visible:
            self.beginRemoveRows(self.createIndex(branch.row, 0, 0), row, row)
        branch.take(row)
        if visible:
            self.endRemoveRows()

    def _tell_changed(self, camera_id: str) -> None:
        for index in self.indexes_of(camera_id):
            self.dataChanged.emit(index, index)

    # Searching

    def set_query(self, query: str) -> bool:
        """Show what matches all words of the query, all for an empty one; False when nothing changed."""
        wanted = search.words(query)
        if wanted == self._wanted:
            return False
        pool = self._found if search.narrows(wanted, self._wanted) else self._haystacks
        self.beginResetModel()
        self._wanted = wanted
        self._search(pool)
        self.endResetModel()
        return True

    @property
    def searching(self) -> bool:
        """True while a query hides something."""
        return bool(self._wanted)

    @property
    def wanted(self) -> tuple[str, ...]:
        """The folded words that are looked for."""
        return self._wanted

    def _search(self, pool: dict[str, str]) -> None:
        """Find in ``pool``, a part of what can be found, and lay out the rows, inside a reset."""
        branches = self._branches()
        if not self._wanted:
            self._found = {}
            for branch in branches:
                branch.found = None
            self._rows = [one for one in branches if one.cameras or not one.comes_and_goes]
        else:
            found = pool
            for word in sorted(self._wanted, key=len, reverse=True):
                found = {name: folded for name, folded in found.items() if word in folded}
            self._found = found
            for branch in branches:
                branch.find(found)
            self._files.find(
                {
                    one.camera_id
                    for one in self._files.cameras
                    if search.matches(search.haystack(one, ("Saved files",)), self._wanted)
                }
            )
            self._rows = [branch for branch in branches if branch.found and not branch.is_own]
        self._number_rows()

    # Rows

    def camera_at(self, index: AnyIndex) -> Camera | None:
        """The camera of a row, None for a branch's row."""
        if not index.isValid() or index.internalId() == 0:
            return None
        return self._by_number[index.internalId()].shown[index.row()]

    def branch_at(self, index: AnyIndex) -> Branch | None:
        """The branch of a row, None for a camera's row."""
        if not index.isValid() or index.internalId() != 0:
            return None
        return self._rows[index.row()]

    def indexes_of(self, camera_id: str) -> list[QModelIndex]:
        """All rows of a camera that are shown, those in the operator's own collections last."""
        found: list[QModelIndex] = []
        for branch in sorted(self._rows, key=lambda one: one.is_own):
            for row, camera in enumerate(branch.shown):
                if camera.camera_id == camera_id:
                    found.append(self.createIndex(row, 0, branch.number))
        return found

    # Qt's own. Ids: 0 is a branch's row, otherwise the number of the branch that a camera stands in.

    # The view asks for each row of an open branch, so these three are written to be quick.

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        if column != 0 or row < 0:
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, 0, 0) if row < len(self._rows) else QModelIndex()
        if parent.internalId():
            return QModelIndex()
        branch = self._rows[parent.row()]
        cameras = branch.cameras if branch.found is None else branch.found
        return self.createIndex(row, 0, branch.number) if row < len(cameras) else QModelIndex()

    def parent(self, index: AnyIndex = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008 - the stub mixes it up with QObject.parent()
        number = index.internalId() if index.isValid() else 0
        branch = self._by_number.get(number)
        return self.createIndex(branch.row, 0, 0) if branch is not None else QModelIndex()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name
        if not parent.isValid():
            return len(self._rows)
        return len(self._rows[parent.row()].shown) if parent.internalId() == 0 else 0

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name
        return 1

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if index.internalId():
            return _CAMERA_FLAGS
        return _BRANCH_FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

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
            return self._branch_data(self._rows[index.row()], role)
        return self._camera_data(camera, role)

    def _branch_data(self, branch: Branch, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return branch.title
        if role == Qt.ItemDataRole.DecorationRole:
            return self._branch_icons[branch.kind]
        return None

    def _camera_data(self, camera: Camera, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return camera.name
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icons[camera.state]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(tooltip(camera, self._zone))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._told(camera)
        return self._own_data(camera, role)

    def _told(self, camera: Camera) -> str:
        state = tr(STATE_WORDS[camera.state])
        if camera.camera_id in self._favourite_ids:
            return tr("{camera}, {state}, favourite", camera=camera.name, state=state)
        return tr("{camera}, {state}", camera=camera.name, state=state)

    def _own_data(self, camera: Camera, role: int) -> object:
        if role == Role.CAMERA_ID:
            return camera.camera_id
        if role == Role.FAVOURITE:
            return None if camera.is_saved_file else camera.camera_id in self._favourite_ids
        if role == Role.FOUND_BY and self._wanted:
            others = search.other_fields(camera, self._group_names(camera))
            return search.why(others, camera.name, self._wanted)
        return None
