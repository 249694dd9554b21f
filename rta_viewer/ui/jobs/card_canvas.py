"""Draws what is laid out from the left, and puts it on the other side where the language begins there."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QColor, QPainter
from PySide6.QtWidgets import QStyle


class CardCanvas:
    """One card while it is painted.

    Args:
        painter: Has the direction of its widget.
        whole: The card; what is placed in it is mirrored about its middle.
    """

    def __init__(self, painter: QPainter, whole: QRect) -> None:
        self.painter = painter
        self._whole = whole

    def placed(self, rect: QRect) -> QRect:
        """Where this is on the screen."""
        return QStyle.visualRect(self.painter.layoutDirection(), self._whole, rect)

    def fill(self, rect: QRect, brush: QBrush | QColor) -> None:
        """Paint an area."""
        self.painter.fillRect(self.placed(rect), brush)

    def text(self, rect: QRect, text: str, *, middle: bool = False) -> None:
        """At the near end of the line, shortened at its end or in the ``middle``."""
        where = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        elided = self.painter.fontMetrics().elidedText(text, where, rect.width())
        self._draw(rect, elided, Qt.AlignmentFlag.AlignLeft)

    def far_text(self, rect: QRect, text: str) -> int:
        """At the far end of the line; returns its width in pixels."""
        self._draw(rect, text, Qt.AlignmentFlag.AlignRight)
        return self.painter.fontMetrics().horizontalAdvance(text)

    def _draw(self, rect: QRect, text: str, side: Qt.AlignmentFlag) -> None:
        # Qt itself takes the other side for a text where the language begins on the right.
        self.painter.drawText(self.placed(rect), side | Qt.AlignmentFlag.AlignVCenter, text)
