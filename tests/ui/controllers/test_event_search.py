from collections.abc import Iterator, Sequence

import pytest
from pytestqt.qtbot import QtBot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import RecordingEvent
from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import DAY_MS
from rta_viewer.errors import NetworkError, NotOfferedError, RtaError
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.controllers.event_search import (
    FARTHEST_MS,
    MAX_A_MINUTE,
    EventFound,
    EventSearch,
)
from rta_viewer.ui.timeline.events import EventBook
from tests.helpers.ui_world import NOW_MS, RunningClock

STARTS = (NOW_MS - 300 * DAY_MS, NOW_MS - 100 * DAY_MS, NOW_MS - 2 * DAY_MS)
OLDEST_MS = NOW_MS - 310 * DAY_MS


class Server:
    def __init__(self) -> None:
        self.asked: list[Span] = []
        self.error: RtaError | None = None

    def __call__(
        self, camera_id: str, window: Span, cancel: CancelToken
    ) -> Sequence[RecordingEvent]:
        self.asked.append(window)
        if self.error is not None:
            raise self.error
        return [
            RecordingEvent(str(at), "motion", Span(at, at + 1000))
            for at in STARTS
            if window.contains(at)
        ]


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def book() -> EventBook:
    return EventBook()


@pytest.fixture
def search(qtbot: QtBot, server: Server, book: EventBook, lane: Lane) -> Iterator[EventSearch]:
    search = EventSearch(server, book, RunningClock(), lane)
    search.events_loaded.connect(
        lambda camera_id, window, events: book.band(camera_id).merge(window, events)
    )
    yield search
    search.close()


def ask(
    qtbot: QtBot, search: EventSearch, from_ms: int, direction: int, oldest: int | None = OLDEST_MS
) -> EventFound:
    with qtbot.waitSignal(search.found) as caught:
        search.look("a", from_ms, direction, oldest)
    (found,) = caught.args
    assert isinstance(found, EventFound)
    return found


@pytest.mark.parametrize(
    ("from_ms", "direction", "wanted"),
    [
        (NOW_MS - DAY_MS, -1, STARTS[2]),
        (STARTS[2], -1, STARTS[1]),
        (STARTS[1], -1, STARTS[0]),
        (STARTS[0], -1, None),
        (STARTS[0] - DAY_MS, 1, STARTS[0]),
        (STARTS[0], 1, STARTS[1]),
        (STARTS[1], 1, STARTS[2]),
        (STARTS[2], 1, None),
    ],
)
def test_it_is_found_however_far_away_it_is(
    qtbot: QtBot, search: EventSearch, from_ms: int, direction: int, wanted: int | None
) -> None:
    found = ask(qtbot, search, from_ms, direction)
    assert found.instant_ms == wanted
    assert found.whole
    assert found.told
    assert not search.running


def test_what_is_loaded_is_not_asked_for_again_and_nothing_unknown_is_passed_over(
    qtbot: QtBot, search: EventSearch, server: Server, book: EventBook
) -> None:
    late = Span(NOW_MS - 60 * DAY_MS, NOW_MS)
    book.band("a").merge(late, server("a", late, CancelToken()))
    server.asked.clear()
    assert ask(qtbot, search, NOW_MS, -1).instant_ms == STARTS[2]
    assert server.asked == []
    # Known: the one of two days ago. Unknown: whether there is one between.
    assert ask(qtbot, search, STARTS[1] - DAY_MS, 1).instant_ms == STARTS[1]
    assert all(not late.overlaps(piece) for piece in server.asked)


def test_it_says_how_far_it_is_and_stops_at_its_bound(
    qtbot: QtBot, search: EventSearch, server: Server
) -> None:
    told: list[int] = []
    search.reached.connect(told.append)
    found = ask(qtbot, search, STARTS[0], -1, oldest=None)
    assert (found.instant_ms, found.whole) == (None, False)
    assert found.reached_ms == STARTS[0] - FARTHEST_MS
    assert told == sorted(told, reverse=True)
    assert len(told) == len(server.asked) <= 13
    assert sum(piece.duration_ms for piece in server.asked) == FARTHEST_MS


def test_a_server_without_events_and_one_that_fails(
    qtbot: QtBot, search: EventSearch, server: Server
) -> None:
    server.error = NotOfferedError("This server has no events.")
    assert not ask(qtbot, search, NOW_MS, -1).told
    server.error = NetworkError("The server does not answer.")
    with qtbot.waitSignal(search.problem):
        search.look("a", NOW_MS, -1)
    assert not search.running


def test_no_more_requests_than_servers_allow(
    qtbot: QtBot, search: EventSearch, server: Server
) -> None:
    for camera in range(4):
        with qtbot.waitSignal(search.found) as caught:
            search.look(f"camera {camera}", STARTS[0], -1)
    assert caught.args is not None
    assert not caught.args[0].whole
    assert len(server.asked) == MAX_A_MINUTE


def test_the_latest_search_wins(qtbot: QtBot, search: EventSearch) -> None:
    heard: list[EventFound] = []
    search.found.connect(heard.append)
    search.look("a", STARTS[1], -1, OLDEST_MS)
    found = ask(qtbot, search, STARTS[1], 1)
    assert found.instant_ms == STARTS[2]
    assert heard == [found]
