"""The tree itself: stars to click, tooltips that learn more, a menu by mouse and by key."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QToolTip, QTreeView, QWidget

from rta_viewer.core.texts import tr
from rta_viewer.ui.camera_tree.delegate import CameraDelegate
from rta_viewer.ui.camera_tree.model import CameraTreeModel
from rta_viewer.ui.theme.theme import Theme


class CameraTreeView(QTreeView):
    """Shows a :class:`CameraTreeModel`.

    Signals:
        star_clicked: The star of a camera: its id.
        details_wanted: Somebody reads the tooltip of a camera: its id.
        menu_wanted: Where, in global coordinates.
    """

    star_clicked = Signal(str)
    details_wanted = Signal(str)
    menu_wanted = Signal(object)

    def __init__(self, theme: Theme, model: CameraTreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cameras = model
        self._told = ""
        self._told_at = QPoint()
        self.delegate = CameraDelegate(theme, self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        model.dataChanged.connect(self._on_data_changed)

    def star_at(self, at: QPoint) -> str:
        """The camera whose star is there; empty for none."""
        index = self.indexAt(at)
        camera = self._cameras.camera_at(index)
        if camera is None or camera.is_saved_file:
            return ""
        over = self.delegate.star_rect(self.visualRect(index), self.layoutDirection()).contains(at)
        return camera.camera_id if over else ""

    @Slot(QModelIndex, QModelIndex)
    def _on_data_changed(self, first: QModelIndex, _last: QModelIndex) -> None:
        camera = self._cameras.camera_at(first)
        if camera is None or camera.camera_id != self._told or not QToolTip.isVisible():
            return
        text = str(first.data(Qt.ItemDataRole.ToolTipRole))
        if text != QToolTip.text():
            QToolTip.showText(self._told_at, text, self.viewport())

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            camera = self._cameras.camera_at(self.indexAt(event.pos()))
            of_server = camera is not None and not camera.is_saved_file
            self._told = camera.camera_id if camera is not None and of_server else ""
            self._told_at = event.globalPos()
            if self.star_at(event.pos()):
                QToolTip.showText(
                    event.globalPos(), tr("Favourite, or not any more"), self.viewport()
                )
                return True
            if self._told:
                self.details_wanted.emit(self._told)
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        star = self.star_at(event.position().toPoint())
        if star and event.button() is Qt.MouseButton.LeftButton:
            self.star_clicked.emit(star)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self.star_at(event.position().toPoint()):
            self.mousePressEvent(event)
            return
        super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            rect = self.visualRect(self.currentIndex())
            self.menu_wanted.emit(self.viewport().mapToGlobal(rect.bottomLeft() + QPoint(24, 0)))
        else:
            self.menu_wanted.emit(event.globalPos())
