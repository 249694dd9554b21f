from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import Availability, AvailabilityState, Recording
from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import DAY_MS
from rta_viewer.errors import NetworkError, RtaError
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.controllers.recording_search import (
    MAX_A_MINUTE,
    Found,
    RecordingSearch,
    known_start,
)
from rta_viewer.ui.timeline.bands import Band
from rta_viewer.ui.timeline.segments import answer_of
from tests.helpers.ui_world import HOUR_MS, NOW_MS, RunningClock

RECORDED = (
    Span(NOW_MS - 300 * DAY_MS, NOW_MS - 299 * DAY_MS),
    # Longer than a whole step of the search.
    Span(NOW_MS - 200 * DAY_MS, NOW_MS - 150 * DAY_MS),
    Span(NOW_MS - 2 * DAY_MS, NOW_MS - 2 * DAY_MS + HOUR_MS),
)


class Server:
    def __init__(self) -> None:
        self.asked: list[Span] = []
        self.error: RtaError | None = None
        self.state = AvailabilityState.KNOWN

    def __call__(self, camera_id: str, window: Span, cancel: CancelToken) -> Availability:
        self.asked.append(window)
        if self.error is not None:
            raise self.error
        if self.state is not AvailabilityState.KNOWN:
            return Availability(camera_id, window, state=self.state)
        parts = tuple(Recording(part) for span in RECORDED if (part := span.clip(window)))
        return Availability(camera_id, window, parts)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def search(qtbot: QtBot, server: Server, lane: Lane) -> Iterator[RecordingSearch]:
    search = RecordingSearch(server, RunningClock(), lane)
    yield search
    search.close()


def ask(qtbot: QtBot, search: RecordingSearch, from_ms: int, direction: int) -> Found:
    with qtbot.waitSignal(search.found) as caught:
        search.look("a", from_ms, direction)
    (found,) = caught.args
    assert isinstance(found, Found)
    return found


@pytest.mark.parametrize(
    ("from_ms", "direction", "wanted"),
    [
        (NOW_MS - 310 * DAY_MS, 1, RECORDED[0].start_ms),
        (NOW_MS - 299.5 * DAY_MS, 1, RECORDED[1].start_ms),
        (NOW_MS - 160 * DAY_MS, 1, RECORDED[2].start_ms),
        (NOW_MS - DAY_MS, 1, None),
        (NOW_MS - DAY_MS, -1, RECORDED[2].start_ms),
        (NOW_MS - 3 * DAY_MS, -1, RECORDED[1].start_ms),
        (NOW_MS - 151 * DAY_MS, -1, RECORDED[1].start_ms),
        (NOW_MS - 200 * DAY_MS, -1, RECORDED[0].start_ms),
        (NOW_MS - 301 * DAY_MS, -1, None),
    ],
)
def test_the_true_start_is_found_however_far_away(
    qtbot: QtBot,
    search: RecordingSearch,
    server: Server,
    from_ms: float,
    direction: int,
    wanted: int | None,
) -> None:
    found = ask(qtbot, search, round(from_ms), direction)
    assert found.instant_ms == wanted
    assert len(server.asked) <= 13
    assert all(window.duration_ms <= 31 * DAY_MS for window in server.asked)
    assert all(window.end_ms <= NOW_MS for window in server.asked)


def test_a_server_that_does_not_tell_is_asked_once(
    qtbot: QtBot, search: RecordingSearch, server: Server
) -> None:
    server.state = AvailabilityState.NOT_OFFERED
    found = ask(qtbot, search, NOW_MS - DAY_MS, -1)
    assert not found.told
    assert len(server.asked) == 1


def test_failures_are_told_and_hurry_is_bounded(
    qtbot: QtBot, search: RecordingSearch, server: Server
) -> None:
    server.error = NetworkError("no answer")
    with qtbot.waitSignal(search.problem):
        search.look("a", NOW_MS - DAY_MS, 1)
    server.error = None
    for _ in range(4):
        ask(qtbot, search, NOW_MS - 301 * DAY_MS, -1)
    assert len(server.asked) <= MAX_A_MINUTE


def test_what_is_loaded_counts_only_without_a_hole_and_not_at_its_edge() -> None:
    band = Band()
    first = Span(NOW_MS - 10 * HOUR_MS, NOW_MS - 8 * HOUR_MS)
    second = Span(NOW_MS - 4 * HOUR_MS, NOW_MS)
    for window in (first, second):
        middle = Recording(Span(window.start_ms + HOUR_MS, window.end_ms))
        band.merge(answer_of(Availability("a", window, (middle,))))
    assert known_start(band, first.start_ms, 1) == first.start_ms + HOUR_MS
    assert known_start(band, first.start_ms + HOUR_MS, 1) is None
    assert known_start(band, NOW_MS, -1) == second.start_ms + HOUR_MS
    assert known_start(band, second.start_ms + HOUR_MS, -1) is None
    edge = Band()
    whole = Span(NOW_MS - HOUR_MS, NOW_MS)
    edge.merge(answer_of(Availability("a", whole, (Recording(whole),))))
    assert known_start(edge, NOW_MS, -1) is None
