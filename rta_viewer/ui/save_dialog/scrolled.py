"""A column that is as tall as what is in it where there is room, and scrolls where there is not."""

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QVBoxLayout,
    QWidget,
)

_OTHER_SIZES = frozenset({QEvent.Type.LayoutRequest, QEvent.Type.Resize})
_BESIDE_BAR_PX = 4
_LEAST_PX = 80
_SPACING_PX = 8
_MARGIN_PX = 8


class _Column(QWidget):
    """Qt would have it scroll below the height that it likes best; it shrinks as far as it can first."""

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        layout = self.layout()
        return -1 if layout is None else layout.minimumHeightForWidth(width)


class Scrolled(QScrollArea):
    """As wide as what is in it: nothing is cut at the side.

    Attributes:
        column: What is in it: widgets are made with it as their parent.
        rows: Its layout.

    Args:
        fills: Whether it takes room that it does not need.
    """

    def __init__(self, parent: QWidget, *, fills: bool) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # What is in it takes the focus, and is scrolled to.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column = _Column(self)
        self.column.setObjectName("save_column")
        self.rows = QVBoxLayout(self.column)
        left, right = (_BESIDE_BAR_PX, 0) if self.isRightToLeft() else (0, _BESIDE_BAR_PX)
        self.rows.setContentsMargins(left, 0, right, 0)
        self.rows.setSpacing(_SPACING_PX)
        self.setWidget(self.column)
        vertical = QSizePolicy.Policy.Expanding if fills else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        # Qt scrolls to what is reached by Tab from within, and to nothing else.
        if now is not None and self.column.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, _MARGIN_PX)

    def _bar(self) -> int:
        return self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        width = max(self.viewport().width(), self.column.minimumSizeHint().width())
        tall = self.rows.heightForWidth(width)
        hint = self.column.sizeHint()
        return QSize(hint.width() + self._bar(), tall if tall > 0 else hint.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self.column.minimumSizeHint().width() + self._bar(), _LEAST_PX)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in _OTHER_SIZES:
            self.updateGeometry()
        return super().viewportEvent(event)
