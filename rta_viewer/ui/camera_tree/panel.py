"""The search field and the tree of cameras."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QTreeView, QVBoxLayout, QWidget

from rta_viewer.core.model import Camera, CameraGroup
from rta_viewer.ui.camera_tree.model import CameraTreeModel
from rta_viewer.ui.theme.theme import Theme

_EXPAND_ALL_UP_TO = 200
_EXPAND_FOUND_UP_TO = 300


class CameraTreePanel(QWidget):
    """Find a camera and open it.

    Signals:
        camera_opened: Double-click or Enter: the camera's id.
        cameras_opened: The same with several selected: a list of ids.
        camera_selected: Another camera is the current one: its id.
    """

    camera_opened = Signal(str)
    cameras_opened = Signal(object)
    camera_selected = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = CameraTreeModel(theme, self)
        self._expanded: set[int] = set()
        self.search = QLineEdit(self)
        self.search.setObjectName("camera_search")
        self.search.setPlaceholderText("Find camera (Ctrl+F)")
        self.search.setAccessibleName("Find camera")
        self.search.setClearButtonEnabled(True)
        self.view = QTreeView(self)
        self.view.setObjectName("camera_tree_view")
        self.view.setAccessibleName("Cameras")
        self.view.setModel(self.model)
        self.view.setHeaderHidden(True)
        self.view.setUniformRowHeights(True)
        self.view.setIndentation(16)
        self.view.setExpandsOnDoubleClick(False)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setDragEnabled(True)
        self.view.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.status = QLabel("Not signed in", self)
        self.status.setObjectName("camera_tree_status")
        self.status.setProperty("role", "quiet")
        self.status.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 4)
        box.setSpacing(6)
        box.addWidget(self.search)
        box.addWidget(self.view, 1)
        box.addWidget(self.status)
        self.search.textChanged.connect(self._on_search_changed)
        self.search.returnPressed.connect(self._on_search_entered)
        self.search.installEventFilter(self)
        self.view.installEventFilter(self)
        self.view.doubleClicked.connect(self._on_index_opened)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.model.set_theme(theme)
        self.view.viewport().update()

    def begin(self, groups: Sequence[CameraGroup]) -> None:
        """Empty the tree and show these groups; cameras follow page by page."""
        self.model.reset(groups)
        self.status.setText("Loading cameras\N{HORIZONTAL ELLIPSIS}")

    def add_cameras(self, cameras: Iterable[Camera]) -> None:
        """One page of cameras."""
        self.model.add_cameras(cameras)
        if self.model.searching:
            self._expand_found()
        elif self.model.camera_count <= _EXPAND_ALL_UP_TO:
            self.view.expandAll()
        self.status.setText(f"Loading cameras: {self.model.camera_count}")

    def finish(self) -> None:
        """All cameras are there."""
        count = self.model.camera_count
        self.status.setText("1 camera" if count == 1 else f"{count} cameras")

    def show_failure(self, sentence: str) -> None:
        """Why the list is not complete."""
        self.status.setText(sentence)

    def clear(self) -> None:
        """Nobody is signed in."""
        self.model.reset(())
        self.status.setText("Not signed in")

    def index_of(self, camera_id: str) -> QModelIndex:
        """The first visible row of a camera, in the view's model."""
        return next(iter(self.model.indexes_of(camera_id)), QModelIndex())

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _first_camera(self) -> QModelIndex:
        for row in range(self.model.rowCount()):
            group = self.model.index(row, 0)
            if self.model.rowCount(group):
                return self.model.index(0, 0, group)
        return QModelIndex()

    def _expand_found(self) -> None:
        """The first groups, as far as somebody would read; the others say how many they have."""
        left = _EXPAND_FOUND_UP_TO
        for row in range(self.model.rowCount()):
            group = self.model.index(row, 0)
            if row and self.model.rowCount(group) > left:
                break
            left -= self.model.rowCount(group)
            self.view.expand(group)
        self.view.setCurrentIndex(self._first_camera())

    def _remember_expanded(self) -> None:
        rows = range(self.model.rowCount())
        self._expanded = {row for row in rows if self.view.isExpanded(self.model.index(row, 0))}

    def _selected_cameras(self) -> list[str]:
        indexes = sorted(
            self.view.selectionModel().selectedIndexes(),
            key=lambda index: (index.parent().row(), index.row()),
        )
        found = (self.model.camera_at(index) for index in indexes)
        return list(dict.fromkeys(camera.camera_id for camera in found if camera is not None))

    def _open(self, index: QModelIndex) -> None:
        camera = self.model.camera_at(index)
        if camera is not None:
            self.camera_opened.emit(camera.camera_id)
        elif index.isValid():
            self.view.setExpanded(index, not self.view.isExpanded(index))

    @Slot(str)
    def _on_search_changed(self, text: str) -> None:
        if not self.model.searching:
            self._remember_expanded()
        if not self.model.set_query(text):
            return
        if self.model.searching:
            self._expand_found()
            return
        for row in self._expanded:
            self.view.expand(self.model.index(row, 0))

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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if watched is self.view and enter:
                selected = self._selected_cameras()
                if len(selected) > 1:
                    self.cameras_opened.emit(selected)
                else:
                    self._open(self.view.currentIndex())
                return True
            if watched is self.search and event.key() == Qt.Key.Key_Down:
                self.view.setFocus(Qt.FocusReason.TabFocusReason)
                if not self.view.currentIndex().isValid():
                    self.view.setCurrentIndex(self._first_camera())
                return True
            if watched is self.search and event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)
