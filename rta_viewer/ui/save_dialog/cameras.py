"""Which cameras: a list to tick, with a search."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from rta_viewer.core.model import Camera
from rta_viewer.core.texts import tr, trn
from rta_viewer.ui.controls import paint_tick_box
from rta_viewer.ui.save_dialog.camera_rows import COVERAGE, NAME, CameraRows, Words

_BOX_PX = 16
_BOX_ROOM_PX = 28
_ROW_PX = 26
_CONTROL = Qt.KeyboardModifier.ControlModifier


class _RowPainter(QStyledItemDelegate):
    """Rows whose tick box can be seen in every theme."""

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), _ROW_PX))

    def editorEvent(  # noqa: N802 - Qt's name
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        # The list ticks; Qt would do so a second time where it believes the box to be.
        return False

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        role, palette = QPalette.ColorRole, option.palette
        painter.save()
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        # Where the keys go is seen: the row that is looked at stays marked without them, but quietly.
        selected = current and option.widget is not None and option.widget.hasFocus()
        if current:
            painter.fillRect(option.rect, palette.color(role.Highlight if selected else role.Light))
        rect = option.rect.adjusted(6, 0, -8, 0)
        if index.column() == NAME:
            box = QRect(rect.left(), rect.center().y() - _BOX_PX // 2 + 1, _BOX_PX, _BOX_PX)
            ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            box = QStyle.visualRect(option.direction, option.rect, box)
            paint_tick_box(painter, box, palette, ticked=ticked, on_highlight=selected)
            rect.setLeft(rect.left() + _BOX_ROOM_PX)
        painter.setFont(option.font)
        painter.setPen(QPen(palette.color(role.HighlightedText if selected else role.Text)))
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        # Long names differ at their ends.
        shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideMiddle, rect.width())
        side = (
            Qt.AlignmentFlag.AlignRight
            if index.column() == COVERAGE
            else Qt.AlignmentFlag.AlignLeft
        )
        # Qt itself takes the other side for a text where the language begins on the right.
        rect = QStyle.visualRect(option.direction, option.rect, rect)
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


class _List(QTreeView):
    """Space and Enter tick. A click into a box does, and one on a row that is not ticked."""

    def __init__(self, rows: CameraRows, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setModel(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        keys = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        if event.key() in keys and not event.modifiers() & _CONTROL:
            self._rows.toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mousePressEvent(event)
        self._click(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mouseDoubleClickEvent(event)
        # The second one of two quick clicks.
        self._click(event)

    def _click(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        row = self.viewport().rect()
        if QStyle.visualPos(
            self.layoutDirection(), row, at
        ).x() < _BOX_ROOM_PX or not self._rows.is_ticked(index):
            self._rows.toggle(index)


class _Search(QLineEdit):
    """Enter ticks the chosen row, the arrows walk in the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.list: _List | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        keys = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down}
        if self.list is not None and event.key() in keys and not event.modifiers() & _CONTROL:
            self.list.keyPressEvent(event)
        else:
            super().keyPressEvent(event)


class CameraChooser(QWidget):
    """Search, list, and how many are chosen.

    Signals:
        changed: Other cameras are ticked.
        current_changed: Another camera is looked at: a :class:`Camera`.
    """

    changed = Signal()
    current_changed = Signal(object)

    def __init__(
        self,
        cameras: Sequence[Camera],
        chosen: Sequence[str],
        shown: Sequence[str],
        beside: Words,
        tip: Words,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shown_in_tiles = shown
        self.rows = CameraRows(cameras, chosen, shown, beside, tip, self)
        self.search = _Search(self)
        self.search.setObjectName("save_camera_search")
        self.search.setPlaceholderText(tr("Find a camera"))
        self.search.setAccessibleName(tr("Find a camera"))
        self.search.setClearButtonEnabled(True)
        self.list = _List(self.rows, self)
        self.list.setObjectName("save_cameras")
        self.list.setAccessibleName(tr("Cameras to save"))
        self.search.list = self.list
        self.count = QLabel(self)
        self.count.setObjectName("save_camera_count")
        self.count.setProperty("role", "quiet")
        self._build_list()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.search)
        box.addWidget(self.list, 1)
        box.addLayout(self._foot())
        self.search.textChanged.connect(self._on_searched)
        self.rows.ticked_changed.connect(self._on_ticked)
        self._on_ticked()

    def _build_list(self) -> None:
        view = self.list
        view.setItemDelegate(_RowPainter(view))
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setHeaderHidden(True)
        view.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        view.setMinimumHeight(3 * _ROW_PX)
        view.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        header = view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(COVERAGE, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(COVERAGE, 130)
        view.setCurrentIndex(self.rows.index(0, NAME))
        view.selectionModel().currentRowChanged.connect(self._on_current)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        # Flat buttons have room around their words.
        row.setSpacing(0)
        row.addWidget(self.count, 1)
        for name, text, slot in (
            ("save_cameras_tiles", tr("As &shown"), self._on_as_shown),
            ("save_cameras_all", tr("&All listed"), self.rows.tick_shown),
            ("save_cameras_none", tr("Non&e"), self._on_none),
        ):
            button = QPushButton(text, self)
            button.setObjectName(name)
            button.setProperty("role", "flat")
            button.clicked.connect(slot)
            row.addWidget(button)
        return row

    @property
    def chosen(self) -> tuple[Camera, ...]:
        """The ticked cameras."""
        return self.rows.ticked

    @property
    def current(self) -> Camera | None:
        """The camera that is looked at."""
        return self.rows.camera(self.list.currentIndex())

    @Slot(str)
    def _on_searched(self, text: str) -> None:
        self.rows.search(text)
        self.list.setCurrentIndex(self.rows.index(0, NAME))

    @Slot()
    def _on_ticked(self) -> None:
        number = len(self.chosen)
        chosen = trn("{n} chosen", "{n:,} chosen", number)
        self.count.setText(chosen if number else tr("No camera is chosen"))
        self.changed.emit()

    @Slot()
    def _on_as_shown(self) -> None:
        self.rows.tick(self._shown_in_tiles)

    @Slot()
    def _on_none(self) -> None:
        self.rows.tick(())

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        camera = self.rows.camera(index)
        if camera is not None:
            self.current_changed.emit(camera)
