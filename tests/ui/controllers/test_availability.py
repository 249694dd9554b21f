import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import Availability, AvailabilityState
from rta_viewer.core.spans import Span
from rta_viewer.errors import NetworkError
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.controllers.availability import MAX_A_MINUTE, AvailabilityController
from rta_viewer.ui.timeline.bands import BandBook
from rta_viewer.ui.timeline.segments import Look
from tests.helpers.ui_world import HOUR_MS, MINUTE_MS, NOW_MS, RunningClock, availability

WINDOW = Span(NOW_MS - 6 * HOUR_MS, NOW_MS - 5 * HOUR_MS)


class Server:
    """Answers at once, or when it is let."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Span]] = []
        self.error: NetworkError | None = None
        self.state: AvailabilityState | None = None
        self.let = threading.Event()
        self.let.set()
        self.at_once = 0
        self.most_at_once = 0
        self._lock = threading.Lock()

    def __call__(self, camera_id: str, window: Span, cancel: CancelToken) -> Availability:
        with self._lock:
            self.asked.append((camera_id, window))
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            assert self.let.wait(20)
            cancel.raise_if_cancelled()
            if self.error is not None:
                raise self.error
            if self.state is not None:
                return Availability(camera_id, window, state=self.state)
            return availability(camera_id, window)
        finally:
            with self._lock:
                self.at_once -= 1


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.let.set()


@pytest.fixture
def book() -> BandBook:
    return BandBook()


@pytest.fixture
def loader(
    qtbot: QtBot, server: Server, book: BandBook, lane: Lane
) -> Iterator[AvailabilityController]:
    loader = AvailabilityController(server, book, RunningClock(), lane)
    loader.availability_loaded.connect(book.merge)
    yield loader
    server.let.set()
    loader.close()


def test_what_is_visible_is_loaded_with_a_margin_and_only_once(
    qtbot: QtBot, loader: AvailabilityController, server: Server, book: BandBook
) -> None:
    loader.set_cameras(["a"])
    loader.set_window(WINDOW)
    qtbot.waitUntil(lambda: book.band("a").missing(WINDOW) == [])
    assert server.asked == [
        ("a", Span(WINDOW.start_ms - HOUR_MS // 2, WINDOW.end_ms + HOUR_MS // 2))
    ]
    loader.set_window(Span(WINDOW.start_ms + MINUTE_MS, WINDOW.end_ms + MINUTE_MS))
    qtbot.wait(250)
    assert len(server.asked) == 1


def test_nothing_is_asked_about_the_future(
    qtbot: QtBot, loader: AvailabilityController, server: Server
) -> None:
    loader.set_cameras(["a"])
    loader.set_window(Span(NOW_MS - HOUR_MS, NOW_MS + HOUR_MS))
    qtbot.waitUntil(lambda: len(server.asked) == 1)
    assert server.asked[0][1].end_ms == NOW_MS


def test_wild_dragging_keeps_two_requests_in_flight_and_stays_under_the_limit(
    qtbot: QtBot, loader: AvailabilityController, server: Server, book: BandBook
) -> None:
    loader.set_cameras([f"cam{number}" for number in range(6)])
    for step in range(300):
        start = WINDOW.start_ms - step * 2 * HOUR_MS
        loader.set_window(Span(start, start + HOUR_MS))
        if step % 50 == 0:
            qtbot.wait(20)
    last = Span(start, start + HOUR_MS)
    qtbot.waitUntil(lambda: all(book.band(f"cam{n}").missing(last) == [] for n in range(6)))
    assert server.most_at_once <= 2
    assert len(server.asked) <= MAX_A_MINUTE


def test_the_limit_of_a_minute_holds_whatever_happens(
    qtbot: QtBot, loader: AvailabilityController, server: Server
) -> None:
    loader.set_cameras([f"cam{number}" for number in range(MAX_A_MINUTE + 20)])
    loader._throttle._timer.setInterval(1)
    loader.set_window(WINDOW)
    qtbot.waitUntil(loader._retry.isActive, timeout=20_000)
    qtbot.waitUntil(lambda: len(server.asked) == MAX_A_MINUTE)
    qtbot.wait(20)
    assert len(server.asked) == MAX_A_MINUTE


def test_answers_of_a_server_that_was_left_are_dropped(
    qtbot: QtBot, loader: AvailabilityController, server: Server, book: BandBook, lane: Lane
) -> None:
    server.let.clear()
    loader.set_cameras(["a"])
    loader.set_window(WINDOW)
    qtbot.waitUntil(lambda: len(server.asked) == 1)
    loader.close()
    server.let.set()
    qtbot.waitUntil(lambda: lane.in_flight == 0)
    assert book.band("a").missing(WINDOW) == [WINDOW]


def test_a_server_that_does_not_answer_is_shown_said_once_and_asked_again(
    qtbot: QtBot, loader: AvailabilityController, server: Server, book: BandBook
) -> None:
    problems: list[object] = []
    over: list[object] = []
    loader.problem.connect(problems.append)
    loader.recovered.connect(over.append)
    server.error = NetworkError("No answer.")
    loader.set_cameras(["a", "b"])
    loader.set_window(WINDOW)
    qtbot.waitUntil(lambda: all(not book.band(each).missing(WINDOW) for each in ("a", "b")))
    segment = book.band("a").at(WINDOW.start_ms)
    assert segment is not None
    assert segment.look is Look.NO_ANSWER
    assert len(problems) == 1
    assert over == []
    server.error = None
    loader._on_retry()
    qtbot.waitUntil(
        lambda: book.band("a").footage(WINDOW) > 0 and book.band("b").footage(WINDOW) > 0
    )
    assert over == problems, "once for both"


def test_a_server_without_a_timeline_is_asked_once_and_told(
    qtbot: QtBot, loader: AvailabilityController, server: Server, book: BandBook
) -> None:
    told: list[bool] = []
    loader.not_offered.connect(lambda: told.append(True))
    server.state = AvailabilityState.NOT_OFFERED
    loader.set_cameras(["a"])
    loader.set_window(WINDOW)
    qtbot.waitUntil(lambda: told == [True])
    other = Span(WINDOW.start_ms - 60 * HOUR_MS, WINDOW.start_ms - 50 * HOUR_MS)
    loader.set_window(other)
    qtbot.waitUntil(lambda: book.band("a").missing(other) == [])
    segment = book.band("a").at(other.start_ms)
    assert segment is not None
    assert segment.look is Look.UNKNOWN
    assert len(server.asked) == 1
    loader.close()
    book.clear()
    server.state = None
    loader.set_cameras(["a"])
    qtbot.waitUntil(lambda: book.band("a").footage(other) > 0)


def test_the_growing_end_is_asked_for_again(
    qtbot: QtBot, loader: AvailabilityController, server: Server
) -> None:
    loader.set_cameras(["a"])
    loader.set_window(Span(NOW_MS - HOUR_MS, NOW_MS))
    qtbot.waitUntil(lambda: len(server.asked) == 1 and loader.in_flight == 0)
    loader._on_tail()
    qtbot.waitUntil(lambda: len(server.asked) == 2)
    assert server.asked[1][1] == Span(NOW_MS - 3 * MINUTE_MS, NOW_MS)


class SteppedClock:
    """Both clocks go on when they are told."""

    def __init__(self) -> None:
        self.passed_ms = 0

    def now_ms(self) -> int:
        return NOW_MS + self.passed_ms

    def monotonic_s(self) -> float:
        return self.passed_ms / 1000


def test_the_last_seconds_are_left_to_the_timer_while_the_window_creeps_along(
    qtbot: QtBot, server: Server, book: BandBook, lane: Lane
) -> None:
    """A minute of playing at "now": the window moves ten times a second, three cameras are open."""
    clock = SteppedClock()
    loader = AvailabilityController(server, book, clock, lane)
    loader.availability_loaded.connect(book.merge)
    loader._throttle._timer.setInterval(1)
    names = ["a", "b", "c"]
    loader.set_cameras(names)
    loader.set_window(Span(NOW_MS - HOUR_MS, NOW_MS))
    qtbot.waitUntil(lambda: len(server.asked) == 3 and loader.in_flight == 0)
    for tenth in range(600):
        clock.passed_ms += 100
        loader.set_window(Span(clock.now_ms() - HOUR_MS, clock.now_ms() + MINUTE_MS))
        if tenth % 200 == 199:
            loader._on_tail()
        if tenth % 10 == 9:
            loader._throttle.flush()
            qtbot.waitUntil(lambda: loader.in_flight == 0)
    qtbot.waitUntil(lambda: loader.in_flight == 0)
    asked_of = [sum(camera == name for camera, _ in server.asked) - 1 for name in names]
    assert all(3 <= count <= 7 for count in asked_of), asked_of
    assert all(
        band.missing(Span(NOW_MS - HOUR_MS, clock.now_ms() - 20_000)) == []
        for band in map(book.band, names)
    )
    loader.close()


def test_every_camera_gets_its_growing_end_however_many_there_are(
    qtbot: QtBot, loader: AvailabilityController, server: Server
) -> None:
    names = [f"cam{number}" for number in range(5)]
    loader.set_cameras(names)
    loader.set_window(Span(NOW_MS - HOUR_MS, NOW_MS))
    qtbot.waitUntil(lambda: len(server.asked) == 5 and loader.in_flight == 0)
    loader._on_tail()
    qtbot.waitUntil(lambda: len(server.asked) == 10 and loader.in_flight == 0)
    assert sorted(camera for camera, _ in server.asked[5:]) == names
