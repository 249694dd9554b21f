"""The search field, the switch between groups and recording servers, and the tree of cameras."""

from collections.abc import Iterable, Sequence
from datetime import tzinfo

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rta_viewer.core.model import Camera, CameraGroup
from rta_viewer.core.texts import mark, tr, trn
from rta_viewer.ui.camera_tree.branches import Grouping
from rta_viewer.ui.camera_tree.folding import Folding
from rta_viewer.ui.camera_tree.model import CameraTreeModel
from rta_viewer.ui.camera_tree.view import CameraTreeView
from rta_viewer.ui.camera_tree.waiting import WaitingServers
from rta_viewer.ui.theme.theme import Theme

_GROUPINGS = (
    (Grouping.GROUPS, mark("Groups"), mark("Sort cameras into the server's groups"), "first"),
    (Grouping.SERVERS, mark("Servers"), mark("Sort cameras by the recording server"), "last"),
)


class CameraTreePanel(QWidget):
    """Find a camera and open it.

    Signals:
        camera_opened: Double-click or Enter: the camera's id.
        cameras_opened: The same with several selected: a list of ids.
        camera_selected: Another camera is the current one: its id.
        details_wanted: Somebody reads about a camera: its id.
        favourites_changed: The ids of all favourites.
        grouping_changed: Another :class:`Grouping`.
        files_verify_wanted: Saved files shall be compared with their receipts: their ids.
        files_closed: Saved files shall not be open any more: their ids.
    """

    camera_opened = Signal(str)
    cameras_opened = Signal(object)
    camera_selected = Signal(str)
    details_wanted = Signal(str)
    favourites_changed = Signal(object)
    grouping_changed = Signal(object)
    files_verify_wanted = Signal(object)
    files_closed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = CameraTreeModel(theme, self)
        self.search = QLineEdit(self)
        self.search.setObjectName("camera_search")
        self.search.setPlaceholderText(tr("Find camera (Ctrl+F)"))
        self.search.setAccessibleName(tr("Find camera"))
        self.search.setClearButtonEnabled(True)
        self.view = CameraTreeView(theme, self.model, self)
        self.view.setObjectName("camera_tree_view")
        self.view.setAccessibleName(tr("Cameras"))
        self._folding = Folding(self.view, self.model)
        self.waiting = WaitingServers(theme, self)
        self._total = ""
        self.status = QLabel(tr("Not signed in"), self)
        self.status.setObjectName("camera_tree_status")
        self.status.setProperty("role", "quiet")
        self.status.setWordWrap(True)
        self._groupings = QButtonGroup(self)
        self._switch = self._make_switch()
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 4)
        box.setSpacing(6)
        box.addWidget(self.search)
        box.addWidget(self._switch)
        box.addWidget(self.view, 1)
        box.addWidget(self.waiting)
        box.addWidget(self.status)
        self._connect()
        self.set_theme(theme)

    def _make_switch(self) -> QWidget:
        switch = QWidget(self)
        row = QHBoxLayout(switch)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, (grouping, text, tip, segment) in enumerate(_GROUPINGS):
            button = QToolButton(switch)
            button.setObjectName(f"tree_by_{grouping.value}")
            button.setText(tr(text))
            button.setToolTip(tr(tip))
            button.setAccessibleName(tr(tip))
            button.setCheckable(True)
            button.setProperty("segment", segment)
            button.setChecked(grouping is Grouping.GROUPS)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._groupings.addButton(button, number)
            row.addWidget(button)
        switch.hide()
        return switch

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search_changed)
        self.search.returnPressed.connect(self._on_search_entered)
        self.search.installEventFilter(self)
        self.view.installEventFilter(self)
        self.view.doubleClicked.connect(self._on_index_opened)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.view.star_clicked.connect(self._on_star_clicked)
        self.view.details_wanted.connect(self.details_wanted)
        self.view.menu_wanted.connect(self._on_menu_wanted)
        self._groupings.idClicked.connect(self._on_grouping_clicked)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.model.set_theme(theme)
        self.view.delegate.set_theme(theme)
        self.waiting.set_theme(theme)
        self.view.viewport().update()

    def set_zone(self, zone: tzinfo) -> None:
        """Word times in another zone."""
        self.model.set_zone(zone)

    def begin(self, groups: Sequence[CameraGroup]) -> None:
        """Empty the tree and show these groups; cameras follow page by page."""
        self.model.reset(groups)
        self._folding.begin()
        self._say(tr("Loading cameras\N{HORIZONTAL ELLIPSIS}"))

    def add_cameras(self, cameras: Iterable[Camera]) -> None:
        """One page of cameras."""
        self.model.add_cameras(cameras)
        if self.model.searching:
            self._show_found()
        else:
            self._folding.grown()
        self._switch.setVisible(self.model.knows_servers)
        self._say(tr("Loading cameras: {count}", count=self.model.camera_count))

    def finish(self) -> None:
        """All cameras are there."""
        count = self.model.camera_count
        self._say(trn("{n} camera", "{n} cameras", count))

    def show_failure(self, sentence: str) -> None:
        """Why the list is not complete."""
        self._say(sentence)

    def clear(self) -> None:
        """Nobody is signed in."""
        self.model.set_favourites(())
        self.model.set_recent(())
        self.model.reset(())
        self._switch.hide()
        self._say(tr("Not signed in"))

    def set_saved_files(self, files: Sequence[Camera]) -> None:
        """These files are open, each or several together shown like a camera."""
        self.model.set_saved_files(files)
        if self.model.searching:
            self._show_found()
        elif files:
            self.view.expand(self.model.index(0, 0))

    def set_favourites(self, camera_ids: Iterable[str]) -> None:
        """These are the favourites."""
        self.model.set_favourites(camera_ids)
        self._folding.show_own()

    def set_recent(self, camera_ids: Sequence[str]) -> None:
        """These were used last, the latest first."""
        self.model.set_recent(camera_ids)
        self._folding.show_own()

    def set_grouping(self, grouping: Grouping) -> None:
        """Sort the cameras into groups, or by recording server."""
        places = [one for one, *_ in _GROUPINGS]
        self._groupings.button(places.index(grouping)).setChecked(True)
        self.model.set_grouping(grouping)
        self._folding.begin()
        if self.model.searching:
            self._show_found()
        else:
            self._folding.restore()
            self._folding.grown()

    def index_of(self, camera_id: str) -> QModelIndex:
        """The first visible row of a camera, in the view's model."""
        return next(iter(self.model.indexes_of(camera_id)), QModelIndex())

    def show_find_key(self, key: str) -> None:
        """Name the key that leads to the search field."""
        self.search.setPlaceholderText(
            tr("Find camera ({key})", key=key) if key else tr("Find camera")
        )

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def selected_cameras(self) -> list[str]:
        """The ids of the selected cameras, in the order in which they stand."""
        indexes = sorted(
            self.view.selectionModel().selectedIndexes(),
            key=lambda index: (index.parent().row(), index.row()),
        )
        found = (self.model.camera_at(index) for index in indexes)
        return list(dict.fromkeys(camera.camera_id for camera in found if camera is not None))

    def toggle_favourites(self, camera_ids: Sequence[str]) -> None:
        """Make these favourites; when all of them are, make them none."""
        before = set(self.model.favourites)
        asked = {one for one in camera_ids if not self._is_file(one)}
        if not asked:
            return
        self.set_favourites(before - asked if asked <= before else before | asked)
        self.favourites_changed.emit(self.model.favourites)

    def _is_file(self, camera_id: str) -> bool:
        camera = self.model.camera(camera_id)
        return camera is not None and camera.is_saved_file

    def _say(self, text: str) -> None:
        self._total = text
        self._show_status()

    def _show_status(self) -> None:
        found = ""
        if self.model.hides_finds:
            found = tr("{count} found, the first are shown.", count=self.model.found_count)
        elif self.model.searching:
            found = tr("{count} found.", count=self.model.found_count)
        self.status.setText(f"{found} {self._total}".strip())

    def _first_camera(self) -> QModelIndex:
        for row in range(self.model.rowCount()):
            branch = self.model.index(row, 0)
            if self.model.rowCount(branch):
                return self.model.index(0, 0, branch)
        return QModelIndex()

    def _show_found(self) -> None:
        self._folding.open_found()
        self.view.setCurrentIndex(self._first_camera())

    def _open(self, index: QModelIndex) -> None:
        camera = self.model.camera_at(index)
        if camera is not None:
            self.camera_opened.emit(camera.camera_id)
        elif index.isValid():
            self.view.setExpanded(index, not self.view.isExpanded(index))

    def _open_selected(self) -> None:
        selected = self.selected_cameras()
        if len(selected) > 1:
            self.cameras_opened.emit(selected)
        else:
            self._open(self.view.currentIndex())

    @Slot(str)
    def _on_search_changed(self, text: str) -> None:
        if not self.model.searching:
            self._folding.remember()
        found = self.model.camera_at(self.view.currentIndex())
        if not self.model.set_query(text):
            return
        self.view.delegate.set_wanted(self.model.wanted)
        if self.model.searching:
            self._show_found()
        else:
            self._folding.restore()
            if found is not None:
                self.view.setCurrentIndex(self.index_of(found.camera_id))
        self._show_status()

    @Slot()
    def _on_search_entered(self) -> None:
        if self.model.searching:
            self._open(self.view.currentIndex())

    @Slot(QModelIndex)
    def _on_index_opened(self, index: QModelIndex) -> None:
        self._open(index)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        camera = self.model.camera_at(current)
        if camera is not None:
            self.camera_selected.emit(camera.camera_id)

    @Slot(str)
    def _on_star_clicked(self, camera_id: str) -> None:
        self.toggle_favourites([camera_id])

    @Slot(int)
    def _on_grouping_clicked(self, number: int) -> None:
        grouping = _GROUPINGS[number][0]
        if not self.model.searching:
            self._folding.remember()
        self.set_grouping(grouping)
        self.grouping_changed.emit(grouping)

    @Slot(object)
    def _on_menu_wanted(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setObjectName("camera_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = self.selected_cameras()
        if chosen:
            several = len(chosen) > 1
            words = (
                trn("Open {n} camera", "Open {n} cameras", len(chosen)) if several else tr("Open")
            )
            menu.addAction(words, self._open_selected)
            if any(map(self._is_file, chosen)):
                menu.addAction(
                    tr("Verify the files") if several else tr("Verify the file"), self._on_verify
                )
                menu.addAction(
                    tr("Close the files") if several else tr("Close the file"), self._on_close
                )
            if not all(map(self._is_file, chosen)):
                all_are = set(chosen) <= set(self.model.favourites)
                words = tr("Remove from favourites") if all_are else tr("Add to favourites")
                menu.addAction(words, self._on_favourites_wanted)
            menu.addAction(tr("Copy name"), self._on_copy_wanted)
            menu.addSeparator()
        menu.addAction(tr("Open all groups"), self.view.expandAll)
        menu.addAction(tr("Close all groups"), self.view.collapseAll)
        menu.popup(where)

    @Slot()
    def _on_verify(self) -> None:
        self.files_verify_wanted.emit(list(filter(self._is_file, self.selected_cameras())))

    @Slot()
    def _on_close(self) -> None:
        self.files_closed.emit(list(filter(self._is_file, self.selected_cameras())))

    @Slot()
    def _on_favourites_wanted(self) -> None:
        self.toggle_favourites(self.selected_cameras())

    @Slot()
    def _on_copy_wanted(self) -> None:
        cameras = map(self.model.camera, self.selected_cameras())
        names = "\n".join(camera.name for camera in cameras if camera is not None)
        QApplication.clipboard().setText(names)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if watched is self.view:
                return self._on_tree_key(event)
            if watched is self.search:
                return self._on_search_key(event)
        return super().eventFilter(watched, event)

    def _on_tree_key(self, event: QKeyEvent) -> bool:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open_selected()
            return True
        at_top = self.view.currentIndex() == self.model.index(0, 0)
        if event.key() == Qt.Key.Key_Up and at_top:
            self.focus_search()
            return True
        return False

    def _on_search_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Down:
            self.view.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.view.currentIndex().isValid():
                self.view.setCurrentIndex(self._first_camera())
            return True
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            return True
        return False
