"""What the looks of the bands mean."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rta_viewer.core.saved_spans import SavedState
from rta_viewer.core.texts import mark, tr
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.timeline.looks import LEGEND, paint_looks
from rta_viewer.ui.timeline.saved_strip import STRIP_PX, paint_piece
from rta_viewer.ui.timeline.segments import Look

_Painter = Callable[[QPainter, QRect, Theme], None]


def _look(look: Look) -> _Painter:
    def paint(painter: QPainter, swatch: QRect, theme: Theme) -> None:
        paint_looks(painter, swatch, [(0, swatch.width(), look)], theme)

    return paint


def _event(painter: QPainter, swatch: QRect, theme: Theme) -> None:
    _look(Look.RECORDED)(painter, swatch, theme)
    flag = QRect(swatch.center().x() - 1, swatch.top(), 3, swatch.height() // 2)
    painter.fillRect(flag, theme.colour("event"))


def _saved(painter: QPainter, swatch: QRect, theme: Theme) -> None:
    _look(Look.RECORDED)(painter, swatch, theme)
    strip = QRect(swatch.left(), swatch.bottom() - STRIP_PX, swatch.width(), STRIP_PX)
    paint_piece(painter, strip, SavedState.SAVED, theme)


_LOOKS = tuple((_look(look), word) for look, word in LEGEND)
_ENTRIES = (*_LOOKS[:2], (_event, mark("Event")), (_saved, mark("Saved")), *_LOOKS[2:])
_SWATCH = QSize(18, 14)
_GAP_PX = 5
_SPACING_PX = 8


class Legend(QWidget):
    """One swatch and word for each look; those that do not fit fall off at the end."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline_legend")
        self.setAccessibleName(
            tr("Legend: {looks}", looks=tr(", ").join(tr(word) for _, word in _ENTRIES))
        )
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Paint with other colours."""
        self._theme = theme
        self.update()

    def _width(self, word: str) -> int:
        metrics = QFontMetrics(self._theme.font(small=True))
        return (
            _SWATCH.width()
            + _GAP_PX
            # More than the advance: Arabic letters reach beyond it.
            + metrics.size(Qt.TextFlag.TextSingleLine, tr(word)).width()
        )

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        widths = [self._width(word) for _, word in _ENTRIES]
        return QSize(sum(widths) + _SPACING_PX * (len(widths) - 1), 24)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._width(_ENTRIES[0][1]), 24)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setFont(self._theme.font(small=True))
        x, top = 0, (self.height() - _SWATCH.height()) // 2
        for paint, word in _ENTRIES:
            width = self._width(word)
            if x + width > self.width():
                break
            swatch = QRect(x, top, _SWATCH.width(), _SWATCH.height())
            painter.fillRect(swatch, self._theme.colour("band_ground"))
            paint(painter, swatch, self._theme)
            painter.setPen(self._theme.colour("border"))
            painter.drawRect(swatch.adjusted(0, 0, -1, -1))
            painter.setPen(self._theme.colour("text_quiet"))
            left = x + _SWATCH.width() + _GAP_PX
            painter.drawText(
                QRect(left, 0, width - (left - x), self.height()),
                Qt.AlignmentFlag.AlignVCenter,
                tr(word),
            )
            x += width + _SPACING_PX
        painter.end()
