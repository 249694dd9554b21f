"""Controls that a style sheet cannot draw without image files."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QComboBox, QStyle

_BOX_PX = 16
_GAP_PX = 8


def paint_tick_box(
    painter: QPainter,
    box: QRect,
    palette: QPalette,
    *,
    ticked: bool,
    focused: bool = False,
    enabled: bool = True,
    on_highlight: bool = False,
) -> None:
    """A box of 16 pixels, with a tick or without; ``on_highlight`` for one on a selected row."""
    role = QPalette.ColorRole
    ground, ink = role.Highlight, role.HighlightedText
    if on_highlight:
        ground, ink = ink, ground
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    marked = ticked and enabled
    if marked and focused:
        edge = palette.color(role.WindowText)
    else:
        edge = palette.color(ground if marked or focused or on_highlight else role.PlaceholderText)
    painter.setPen(QPen(edge, 1.4))
    empty = role.Highlight if on_highlight else role.Base
    painter.setBrush(palette.color(ground if marked else empty))
    painter.drawRoundedRect(box, 3, 3)
    if ticked:
        painter.setPen(QPen(palette.color(ink), 2))
        x, y = box.left(), box.top()
        painter.drawPolyline([QPoint(x + 4, y + 8), QPoint(x + 7, y + 11), QPoint(x + 12, y + 5)])


class CheckBox(QCheckBox):
    """A check box whose box and tick can be seen in every theme; drawn from the palette."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        text = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        return QSize(_BOX_PX + _GAP_PX + text + 4, max(_BOX_PX, self.fontMetrics().height()) + 6)

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802 - Qt's name
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        palette, role = self.palette(), QPalette.ColorRole
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter = QPainter(self)
        direction, whole = self.layoutDirection(), self.rect()
        box = QRect(1, (self.height() - _BOX_PX) // 2, _BOX_PX, _BOX_PX)
        box = QStyle.visualRect(direction, whole, box)
        ticked, enabled = self.isChecked(), self.isEnabled()
        paint_tick_box(
            painter, box, palette, ticked=ticked, focused=self.hasFocus(), enabled=enabled
        )
        painter.setPen(palette.color(group, role.WindowText))
        text = QStyle.visualRect(direction, whole, whole.adjusted(_BOX_PX + _GAP_PX, 0, 0, 0))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(text, flags, self.text())
        painter.end()


class ComboBox(QComboBox):
    """A combo box with an arrow in the text's colour."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(group, QPalette.ColorRole.Text), 1.6))
        at = QPoint(self.width() - 14, self.height() // 2)
        at = QStyle.visualPos(self.layoutDirection(), self.rect(), at)
        x, y = at.x(), at.y()
        painter.drawPolyline([QPoint(x - 4, y - 2), QPoint(x, y + 2), QPoint(x + 4, y - 2)])
        painter.end()
