from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.day_totals import DayTotal
from rta_viewer.core.model import Availability, AvailabilityState, Recording
from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import HOUR_MS, midnight
from rta_viewer.errors import NetworkError, RtaError
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.calendar.popup import CalendarPopup
from rta_viewer.ui.controllers.calendar import CalendarController
from rta_viewer.ui.theme.theme import DARK_THEME
from rta_viewer.ui.timeline.bands import BandBook
from tests.helpers.ui_world import NOW_MS, RunningClock

ZONE = ZoneInfo("Europe/Copenhagen")
RECORDED = (
    Span(midnight(date(2025, 10, 3), ZONE), midnight(date(2025, 10, 4), ZONE)),
    Span(midnight(date(2025, 10, 7), ZONE) - HOUR_MS, midnight(date(2025, 10, 7), ZONE) + HOUR_MS),
)


class Server:
    def __init__(self) -> None:
        self.asked: list[Span] = []
        self.state = AvailabilityState.KNOWN
        self.error: RtaError | None = None

    def __call__(self, camera_id: str, window: Span, cancel: CancelToken) -> Availability:
        self.asked.append(window)
        if self.error is not None:
            raise self.error
        clipped = tuple(Recording(part) for span in RECORDED if (part := span.clip(window)))
        known = self.state is AvailabilityState.KNOWN
        return Availability(camera_id, window, clipped if known else (), state=self.state)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def popup(qtbot: QtBot, server: Server, lane: Lane) -> Iterator[CalendarPopup]:
    desk = QWidget()
    qtbot.addWidget(desk)
    desk.show()
    popup = CalendarPopup(DARK_THEME, desk)
    book = BandBook()
    controller = CalendarController(server, book, RunningClock(), lane, popup)
    popup.month_asked.connect(controller.load)
    controller.month_loaded.connect(popup.show_month)
    controller.answer_loaded.connect(book.merge)
    yield popup
    controller.close()
    popup.hide()


def open_it(qtbot: QtBot, popup: CalendarPopup, here_ms: float | None = None) -> None:
    popup.open_at(popup.parentWidget(), "cam", ZONE, NOW_MS, here_ms)
    qtbot.waitUntil(lambda: "Loading" not in popup.about_month.text())


def test_the_month_shows_which_days_have_how_much(qtbot: QtBot, popup: CalendarPopup) -> None:
    open_it(qtbot, popup)
    assert popup.title.text() == "October 2025"
    assert popup.about_month.text() == "3 days with footage, 1 d 2 h in all"
    assert popup.about_day.text() == "Friday 24 October 2025: no footage"
    QTest.mouseMove(popup.grid, popup.grid.cell_of(date(2025, 10, 6)).center())
    assert popup.about_day.text() == "Monday 6 October 2025: 1 h 00 min"
    QTest.mouseMove(popup.grid, popup.grid.cell_of(date(2025, 10, 26)).center())
    assert popup.about_day.text().endswith("(this day has 25 hours)")
    image = popup.grid.grab().toImage()

    def blue(day: int) -> int:
        cell = popup.grid.cell_of(date(2025, 10, day))
        ink = DARK_THEME.colours.recorded
        line = range(cell.left(), cell.right())
        rows = range(cell.top(), cell.bottom())
        return max(sum(image.pixelColor(x, y).name() == ink for x in line) for y in rows)

    assert blue(3) > 30
    assert 1 <= blue(6) < 6
    assert blue(8) == 0


def test_a_click_on_a_day_chooses_it(qtbot: QtBot, popup: CalendarPopup) -> None:
    open_it(qtbot, popup)
    with qtbot.waitSignal(popup.day_chosen) as caught:
        place = popup.grid.cell_of(date(2025, 10, 6)).center()
        QTest.mouseClick(popup.grid, Qt.MouseButton.LeftButton, pos=place)
    (day,) = caught.args
    assert isinstance(day, DayTotal)
    assert day.first_ms == RECORDED[1].start_ms
    assert not popup.isVisible()


def test_by_the_keyboard_alone(qtbot: QtBot, popup: CalendarPopup) -> None:
    open_it(qtbot, popup, float(RECORDED[0].start_ms))
    grid, keys = popup.grid, Qt.Key
    for key, wanted in (
        (keys.Key_Right, date(2025, 10, 4)),
        (keys.Key_Down, date(2025, 10, 11)),
        (keys.Key_Left, date(2025, 10, 10)),
        (keys.Key_Up, date(2025, 10, 3)),
        (keys.Key_End, date(2025, 10, 31)),
        (keys.Key_PageUp, date(2025, 9, 30)),
        (keys.Key_Home, date(2025, 9, 1)),
        (keys.Key_Left, date(2025, 8, 31)),
        (keys.Key_PageDown, date(2025, 9, 30)),
        (keys.Key_T, date(2025, 10, 24)),
    ):
        QTest.keyClick(grid, key)
        assert grid.cursor_day == wanted
        assert str(wanted.day) in popup.about_day.text()
    with qtbot.waitSignal(popup.day_chosen) as caught:
        QTest.keyClick(grid, keys.Key_Return)
    assert caught.args[0].day == date(2025, 10, 24)


def test_only_the_visible_month_is_asked_for_and_only_once(
    qtbot: QtBot, popup: CalendarPopup, server: Server
) -> None:
    open_it(qtbot, popup)
    month = Span(midnight(date(2025, 10, 1), ZONE), NOW_MS)
    assert server.asked == [month]
    popup.findChild(QToolButton, "calendar_earlier").click()
    qtbot.waitUntil(lambda: popup.about_month.text() == "No footage in this month")
    assert len(server.asked) == 2
    popup.findChild(QPushButton, "calendar_today").click()
    qtbot.waitUntil(lambda: "3 days" in popup.about_month.text())
    popup.findChild(QToolButton, "calendar_later").click()
    assert popup.title.text() == "November 2025"
    assert len(server.asked) == 2


def test_leafing_quickly_asks_only_about_where_it_ends(
    qtbot: QtBot, popup: CalendarPopup, server: Server
) -> None:
    open_it(qtbot, popup)
    for _ in range(20):
        QTest.keyClick(popup.grid, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: "No footage" in popup.about_month.text())
    assert popup.title.text() == "February 2024"
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (AvailabilityState.NOT_OFFERED, "does not say"),
        (AvailabilityState.NOT_ALLOWED, "may not see"),
        (AvailabilityState.NO_ANSWER, "did not answer"),
    ],
)
def test_a_server_that_does_not_tell_is_no_reason_not_to_go_there(
    qtbot: QtBot, popup: CalendarPopup, server: Server, state: AvailabilityState, words: str
) -> None:
    server.state = state
    open_it(qtbot, popup)
    assert words in popup.about_month.text()
    with qtbot.waitSignal(popup.day_chosen):
        QTest.keyClick(popup.grid, Qt.Key.Key_Return)


def test_a_failure_is_said_and_asked_again_next_time(
    qtbot: QtBot, popup: CalendarPopup, server: Server
) -> None:
    server.error = NetworkError("no")
    open_it(qtbot, popup)
    assert "did not answer" in popup.about_month.text()
    server.error = None
    open_it(qtbot, popup)
    assert "3 days" in popup.about_month.text()


def test_a_week_runs_as_the_language_does(qtbot: QtBot, popup: CalendarPopup) -> None:
    open_it(qtbot, popup, float(RECORDED[0].start_ms))
    grid = popup.grid
    grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert grid.cell_of(date(2025, 10, 6)).right() > grid.cell_of(date(2025, 10, 7)).right()
    QTest.keyClick(grid, Qt.Key.Key_Left)
    assert grid.cursor_day == date(2025, 10, 4)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert grid.cursor_day == date(2025, 10, 10)
