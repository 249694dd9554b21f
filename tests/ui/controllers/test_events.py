from collections.abc import Iterator, Sequence

import pytest
from pytestqt.qtbot import QtBot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import RecordingEvent
from rta_viewer.core.spans import Span
from rta_viewer.errors import NetworkError, NotOfferedError, RtaError
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.controllers.events import MAX_A_MINUTE, EventsController
from rta_viewer.ui.timeline.events import EventBook
from tests.helpers.ui_world import HOUR_MS, MINUTE_MS, NOW_MS, RunningClock

WINDOW = Span(NOW_MS - 6 * HOUR_MS, NOW_MS - 5 * HOUR_MS)


class Server:
    def __init__(self) -> None:
        self.asked: list[tuple[str, Span]] = []
        self.error: RtaError | None = None

    def __call__(
        self, camera_id: str, window: Span, cancel: CancelToken
    ) -> Sequence[RecordingEvent]:
        self.asked.append((camera_id, window))
        if self.error is not None:
            raise self.error
        middle = (window.start_ms + window.end_ms) // 2
        return [RecordingEvent(f"{camera_id}-1", "motion", Span(middle, middle + 1000))]


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def book() -> EventBook:
    return EventBook()


@pytest.fixture
def loader(qtbot: QtBot, server: Server, book: EventBook, lane: Lane) -> Iterator[EventsController]:
    loader = EventsController(server, book, RunningClock(), lane)
    loader.events_loaded.connect(lambda camera, span, events: book.band(camera).merge(span, events))
    yield loader
    loader.close()


def test_the_window_is_loaded_once_for_each_camera(
    qtbot: QtBot, loader: EventsController, server: Server, book: EventBook
) -> None:
    loader.set_cameras(["a", "b"])
    for minute in range(5):
        loader.set_window(Span(WINDOW.start_ms + minute * MINUTE_MS, WINDOW.end_ms))
    qtbot.waitUntil(lambda: book.band("b").missing(WINDOW) == [])
    assert [camera for camera, _ in server.asked] == ["a", "b"]
    assert book.band("a").next_start(WINDOW.start_ms) is not None
    loader.set_window(WINDOW)
    loader._on_settled()
    assert len(server.asked) == 2


def test_nothing_is_asked_about_the_future_nor_about_the_last_seconds(
    qtbot: QtBot, loader: EventsController, server: Server, book: EventBook
) -> None:
    loader.set_cameras(["a"])
    loader.set_window(Span(NOW_MS - HOUR_MS, NOW_MS + HOUR_MS))
    qtbot.waitUntil(lambda: len(server.asked) == 1)
    assert server.asked[0][1].end_ms == NOW_MS
    book.band("b").merge(Span(0, NOW_MS - 10_000), [])
    loader.set_cameras(["b"])
    loader._on_settled()
    assert len(server.asked) == 1


def test_a_server_without_events_is_asked_once(
    qtbot: QtBot, loader: EventsController, server: Server
) -> None:
    server.error = NotOfferedError("No events here.")
    loader.set_cameras(["a"])
    loader.set_window(WINDOW)
    qtbot.waitUntil(lambda: not loader._offered)
    loader.set_window(Span(0, HOUR_MS))
    assert not loader._settle.isActive()
    assert len(server.asked) == 1


def test_a_failure_waits_before_it_is_tried_again(
    qtbot: QtBot, loader: EventsController, server: Server
) -> None:
    server.error = NetworkError("No answer.")
    loader.set_cameras(["a"])
    loader.set_window(WINDOW)
    qtbot.waitUntil(lambda: loader._task is None and len(server.asked) == 1)
    assert loader._settle.remainingTime() > 10_000


def test_the_limit_of_a_minute_holds(
    qtbot: QtBot, loader: EventsController, server: Server
) -> None:
    loader.set_cameras([f"cam{number}" for number in range(MAX_A_MINUTE + 10)])
    loader.set_window(WINDOW)
    qtbot.waitUntil(lambda: loader._settle.remainingTime() > 10_000)
    assert len(server.asked) == MAX_A_MINUTE
