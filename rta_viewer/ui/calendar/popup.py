"""The calendar that opens above the transport: month, days, and a line about the day that is pointed at."""

from datetime import UTC, date, tzinfo

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rta_viewer.core.day_names import month_label
from rta_viewer.core.day_totals import month_days
from rta_viewer.core.texts import tr
from rta_viewer.core.timescale import wall_clock
from rta_viewer.ui.calendar.grid import DayGrid, same_day
from rta_viewer.ui.calendar.month import Month
from rta_viewer.ui.theme.theme import Theme

_ABOVE_PX = 4


class CalendarPopup(QFrame):
    """Closes when a day is chosen, with Esc, and with a click beside it. Page Up and Down turn the page.

    Signals:
        month_asked: Totals are wanted: a :class:`Month` without any.
        day_chosen: A :class:`~rta_viewer.core.day_totals.DayTotal`.
    """

    month_asked = Signal(object)
    day_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("calendar_popup")
        self.setAccessibleName(tr("Calendar"))
        self._zone: tzinfo = UTC
        self._camera_id = ""
        self._today = date.min
        self._month: Month | None = None
        self.grid = DayGrid(theme, self)
        self.title = QLabel(self)
        self.title.setObjectName("calendar_title")
        self.title.setProperty("role", "title")
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        earlier = self._turn(
            "calendar_earlier", "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", -1
        )
        later = self._turn("calendar_later", "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", 1)
        self.about_day = QLabel(self)
        self.about_day.setObjectName("calendar_day")
        self.about_month = QLabel(self)
        self.about_month.setObjectName("calendar_month")
        self.about_month.setProperty("role", "quiet")
        today = QPushButton(tr("Today"), self)
        today.setObjectName("calendar_today")
        today.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        head = QHBoxLayout()
        head.addWidget(earlier)
        head.addWidget(self.title, 1)
        head.addWidget(later)
        foot = QHBoxLayout()
        foot.addWidget(self.about_month, 1)
        foot.addWidget(today)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 8)
        box.setSpacing(6)
        box.addLayout(head)
        box.addWidget(self.grid, 0, Qt.AlignmentFlag.AlignCenter)
        box.addWidget(self.about_day)
        box.addLayout(foot)
        self.grid.day_chosen.connect(self._on_day_chosen)
        self.grid.day_pointed.connect(self._on_day_pointed)
        self.grid.month_wanted.connect(self._on_month_wanted)
        today.clicked.connect(self._on_today)

    def set_theme(self, theme: Theme) -> None:
        """Paint with other colours."""
        self.grid.set_theme(theme)

    def open_at(
        self, button: QWidget, camera_id: str, zone: tzinfo, now_ms: int, here_ms: float | None
    ) -> None:
        """Show the month of the playhead, or this one, above a button."""
        self._camera_id, self._zone = camera_id, zone
        self._today = wall_clock(now_ms, zone).date()
        day = self._today if here_ms is None else wall_clock(here_ms, zone).date()
        self.grid.cursor_day = day
        self._turn_to(day)
        self.adjustSize()
        at = button.mapToGlobal(QPoint(0, -self.height() - _ABOVE_PX))
        room = button.screen().availableGeometry()
        at.setX(max(room.left(), min(at.x(), room.right() - self.width())))
        at.setY(max(room.top(), at.y()))
        self.move(at)
        self.show()
        self.grid.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot(object)
    def show_month(self, month: Month) -> None:
        """Totals have come; those of another month or camera are of no use any more."""
        mine = self._month
        if mine is not None and (mine.camera_id, mine.first) == (month.camera_id, month.first):
            self._month = month
            self.about_month.setText(month.sentence)
            self.grid.show_month(month, self._today)

    def _turn(self, name: str, text: str, by: int) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(tr("Earlier (Page Up)") if by < 0 else tr("Later (Page Down)"))
        button.setAccessibleName(tr("Earlier month") if by < 0 else tr("Later month"))
        button.setProperty("by", by)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self._on_turn)
        return button

    def _turn_to(self, day: date) -> None:
        first = day.replace(day=1)
        empty = Month(self._camera_id, first, tuple(month_days(first, self._zone)))
        self._month = empty
        self.title.setText(month_label(first))
        self.show_month(empty)
        self.month_asked.emit(empty)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_T:
            self._on_today()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_turn(self) -> None:
        self.grid.set_cursor(same_day(self.grid.cursor_day, int(self.sender().property("by"))))

    @Slot()
    def _on_today(self) -> None:
        self.grid.set_cursor(self._today)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_month_wanted(self, day: date) -> None:
        if date(1970, 2, 1) <= day < date(2100, 1, 1):
            self._turn_to(day)

    @Slot(object)
    def _on_day_pointed(self, day: date) -> None:
        month = self._month
        each = next((each for each in month.days if each.day == day), None) if month else None
        self.about_day.setText(month.describe(each) if month is not None and each else "")

    @Slot(object)
    def _on_day_chosen(self, day: object) -> None:
        self.hide()
        self.day_chosen.emit(day)
