"""What the looks of the bands mean."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.timeline.looks import LEGEND, paint_looks
from rta_viewer.ui.timeline.segments import Look

_ENTRIES: tuple[tuple[Look | None, str], ...] = (*LEGEND[:2], (None, "Event"), *LEGEND[2:])
_SWATCH = QSize(20, 14)
_GAP_PX = 6
_SPACING_PX = 14


class Legend(QWidget):
    """One swatch and word for each look; those that do not fit fall off at the end."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline_legend")
        self.setAccessibleName("Legend: " + ", ".join(word for _, word in _ENTRIES))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Paint with other colours."""
        self._theme = theme
        self.update()

    def _width(self, word: str) -> int:
        metrics = QFontMetrics(self._theme.font(small=True))
        return _SWATCH.width() + _GAP_PX + metrics.horizontalAdvance(word)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        widths = [self._width(word) for _, word in _ENTRIES]
        return QSize(sum(widths) + _SPACING_PX * (len(widths) - 1), 24)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._width(_ENTRIES[0][1]), 24)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setFont(self._theme.font(small=True))
        x, top = 0, (self.height() - _SWATCH.height()) // 2
        for look, word in _ENTRIES:
            width = self._width(word)
            if x + width > self.width():
                break
            swatch = QRect(x, top, _SWATCH.width(), _SWATCH.height())
            painter.fillRect(swatch, self._theme.colour("band_ground"))
            if look is None:
                paint_looks(painter, swatch, [(0, swatch.width(), Look.RECORDED)], self._theme)
                flag = QRect(swatch.center().x() - 1, swatch.top(), 3, swatch.height() // 2)
                painter.fillRect(flag, self._theme.colour("event"))
            else:
                paint_looks(painter, swatch, [(0, swatch.width(), look)], self._theme)
            painter.setPen(self._theme.colour("border"))
            painter.drawRect(swatch.adjusted(0, 0, -1, -1))
            painter.setPen(self._theme.colour("text_quiet"))
            left = x + _SWATCH.width() + _GAP_PX
            painter.drawText(
                QRect(left, 0, width, self.height()), Qt.AlignmentFlag.AlignVCenter, word
            )
            x += width + _SPACING_PX
        painter.end()
