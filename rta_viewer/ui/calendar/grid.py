"""The days of a month as a table that paints itself. A day's bar is as long as its footage."""

from collections.abc import Iterator
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rta_viewer.core.day_names import names
from rta_viewer.core.day_totals import DayTotal, following_month
from rta_viewer.core.texts import digits, tr
from rta_viewer.ui.calendar.month import Month
from rta_viewer.ui.theme.theme import Theme

CELL = QSize(46, 38)
_HEAD_PX = 22
_BAR_PX = 5
_ROWS = 6
_MOVES = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class DayGrid(QWidget):
    """One day has the cursor; arrows move it, beyond the month into the next one.

    Signals:
        day_chosen: A :class:`DayTotal` was clicked, or Enter pressed on it.
        day_pointed: The cursor or the mouse is on this ``date``.
        month_wanted: The cursor has left the month for this ``date``.
    """

    day_chosen = Signal(object)
    day_pointed = Signal(object)
    month_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("calendar_grid")
        self.setAccessibleName(tr("Days of the month"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFixedSize(7 * CELL.width(), _HEAD_PX + _ROWS * CELL.height())
        self._theme = theme
        self._month: Month | None = None
        self._today = date.min
        self.cursor_day = date.min

    def set_theme(self, theme: Theme) -> None:
        """Paint with other colours."""
        self._theme = theme
        self.update()

    def show_month(self, month: Month, today: date) -> None:
        """Show this; the cursor stays if it is in it."""
        self._month, self._today = month, today
        if not month.first <= self.cursor_day < following_month(month.first):
            self.cursor_day = month.first
        self._tell(self.cursor_day)
        self.update()

    def set_cursor(self, day: date) -> None:
        """Put the cursor on a day, turning the page if need be."""
        self.cursor_day = day
        month = self._month
        if month is not None and month.first <= day < following_month(month.first):
            self._tell(day)
            self.update()
        else:
            self.month_wanted.emit(day)

    def cell_of(self, day: date) -> QRect:
        """Where a day of this month stands."""
        first = self._month.first if self._month is not None else day.replace(day=1)
        index = first.weekday() + day.day - 1
        at = QPoint(self._left(index % 7), _HEAD_PX + index // 7 * CELL.height())
        return QRect(at, CELL)

    def _left(self, column: int) -> int:
        """A week runs as the language does."""
        shown = 6 - column if self.isRightToLeft() else column
        return shown * CELL.width()

    def _day_at(self, point: QPoint) -> DayTotal | None:
        days = self._month.days if self._month is not None else ()
        return next((each for each in days if self.cell_of(each.day).contains(point)), None)

    def _tell(self, day: date) -> None:
        month = self._month
        if month is not None:
            words = next((month.describe(each) for each in month.days if each.day == day), "")
            self.setAccessibleDescription(words)
        self.day_pointed.emit(day)

    # Qt's own

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setFont(self._theme.font(small=True))
        painter.setPen(self._theme.colour("text_quiet"))
        for column, name in enumerate(names().narrow_weekdays):
            head = QRect(self._left(column), 0, CELL.width(), _HEAD_PX)
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, name)
        for each in self._month.days if self._month is not None else ():
            self._paint_day(painter, each)
        painter.end()

    def _paint_day(self, painter: QPainter, each: DayTotal) -> None:
        theme, month = self._theme, self._month
        cell = self.cell_of(each.day).adjusted(2, 2, -2, -2)
        if each.day == self.cursor_day:
            painter.fillRect(cell, theme.colour("hover"))
            if self.hasFocus():
                painter.setPen(QPen(theme.colour("accent_hover"), 2))
                painter.drawRect(cell)
        if each.day == self._today:
            painter.setPen(QPen(theme.colour("playhead"), 1))
            painter.drawRect(cell.adjusted(2, 2, -2, -2))
        known = month is not None and month.known
        empty = each.day > self._today or (known and not each.recorded_ms)
        painter.setFont(theme.font(bold=bool(each.recorded_ms)))
        painter.setPen(theme.colour("text_quiet" if empty else "text"))
        number = cell.adjusted(0, 2, 0, -_BAR_PX - 4)
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, digits(str(each.day.day)))
        bar = QRect(cell.left() + 5, cell.bottom() - _BAR_PX - 3, cell.width() - 10, _BAR_PX)
        for piece, colour in self._bar(each, bar):
            painter.fillRect(piece, theme.colour(colour))

    def _bar(self, each: DayTotal, bar: QRect) -> Iterator[tuple[QRect, str]]:
        """A frame as long as the day, filled as far as it was recorded; nothing for an empty day."""
        if each.day > self._today:
            return
        if self._month is None or not self._month.known:
            yield QRect(bar.left(), bar.center().y(), bar.width(), 1), "gap_line"
        elif each.recorded_ms:
            yield bar, "border_strong"
            yield bar.adjusted(1, 1, -1, -1), "band_ground"
            filled = max(2, round(bar.width() * min(1.0, each.share)))
            yield QRect(bar.left(), bar.top(), filled, bar.height()), "recorded"

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        each = self._day_at(event.position().toPoint())
        if each is not None and event.button() is Qt.MouseButton.LeftButton:
            self.set_cursor(each.day)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        each = self._day_at(event.position().toPoint())
        left = event.button() is Qt.MouseButton.LeftButton
        if left and each is not None and each.day == self.cursor_day:
            self.day_chosen.emit(each)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        each = self._day_at(event.position().toPoint())
        self.day_pointed.emit(each.day if each is not None else self.cursor_day)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        self.day_pointed.emit(self.cursor_day)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        day, key = self.cursor_day, Qt.Key(event.key())
        if key in _MOVES:
            sideways = abs(_MOVES[key]) == 1 and self.isRightToLeft()
            days = -_MOVES[key] if sideways else _MOVES[key]
            self.set_cursor(day + timedelta(days=days))
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.set_cursor(same_day(day, -1 if key == Qt.Key.Key_PageUp else 1))
        elif key == Qt.Key.Key_Home:
            self.set_cursor(day.replace(day=1))
        elif key == Qt.Key.Key_End:
            self.set_cursor(following_month(day) - timedelta(days=1))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            for each in self._month.days if self._month is not None else ():
                if each.day == day:
                    self.day_chosen.emit(each)
                    return
        else:
            super().keyPressEvent(event)


def same_day(day: date, months: int) -> date:
    """The same day of another month, or its last one where it is shorter."""
    first = following_month(day, months)
    last = following_month(first) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))
