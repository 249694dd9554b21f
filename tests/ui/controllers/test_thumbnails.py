import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.model import Availability, Recording
from rta_viewer.core.ports import Picture
from rta_viewer.core.spans import Span
from rta_viewer.core.time_grid import Cell
from rta_viewer.errors import BusyError, Cancelled, NetworkError, RtaError
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.controllers import thumbnails
from rta_viewer.ui.controllers.thumbnails import ThumbnailController
from rta_viewer.ui.timeline.bands import BandBook
from rta_viewer.ui.timeline.scene import Hovered
from rta_viewer.ui.timeline.segments import answer_of
from rta_viewer.ui.timeline.thumbnail import Shown
from tests.helpers.ui_world import HOUR_MS, MINUTE_MS, NOW_MS, picture

SECOND_A_PIXEL = 1_000.0


class Server:
    def __init__(self) -> None:
        self.asked: list[Cell] = []
        self.error: RtaError | None = None
        self.let = threading.Event()
        self.let.set()
        self.cancelled = 0

    def __call__(self, cell: Cell, instant_ms: int, cancel: CancelToken) -> Picture | None:
        self.asked.append(cell)
        cancel.on_cancel(self.let.set)
        assert self.let.wait(20)
        if cancel.cancelled:
            self.cancelled += 1
            raise Cancelled
        if self.error is not None:
            raise self.error
        return picture(24, 14, instant_ms)


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.let.set()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW_MS)


@pytest.fixture
def seen() -> list[Shown | None]:
    return []


@pytest.fixture
def pointing(
    qtbot: QtBot, server: Server, clock: ManualClock, lane: Lane, seen: list[Shown | None]
) -> Iterator[ThumbnailController]:
    book = BandBook()
    window = Span(NOW_MS - 2 * HOUR_MS, NOW_MS)
    recorded = Recording(Span(NOW_MS - HOUR_MS, NOW_MS))
    book.merge(answer_of(Availability("a", window, (recorded,))))
    controller = ThumbnailController(server, book, clock, lane)
    controller.thumbnail_changed.connect(seen.append)
    yield controller
    server.let.set()
    controller.close()


def at(back_ms: int, camera_id: str = "a") -> Hovered:
    return Hovered(camera_id, NOW_MS - back_ms, SECOND_A_PIXEL)


def instants(seen: list[Shown | None]) -> list[float | None]:
    return [shown.picture.instant_ms for shown in seen if shown is not None and shown.picture]


def test_the_picture_comes_once_and_then_from_memory(
    qtbot: QtBot, pointing: ThumbnailController, server: Server, seen: list[Shown | None]
) -> None:
    pointing.point_at(at(MINUTE_MS))
    assert seen == [Shown(None)]
    qtbot.waitUntil(lambda: instants(seen) == [NOW_MS - MINUTE_MS])
    pointing.point_at(at(MINUTE_MS - 1_000))
    assert len(seen) == 2
    pointing.point_at(None)
    assert seen[-1] is None
    pointing.point_at(at(MINUTE_MS))
    assert instants(seen[-1:]) == [NOW_MS - MINUTE_MS]
    assert len(server.asked) == 1


def test_one_request_at_a_time_and_the_latest_wins(
    qtbot: QtBot, pointing: ThumbnailController, server: Server, seen: list[Shown | None]
) -> None:
    server.let.clear()
    for minute in range(1, 30):
        pointing.point_at(at(minute * MINUTE_MS))
    qtbot.waitUntil(lambda: len(server.asked) == 1)
    assert pointing.in_flight == 1
    server.let.set()
    qtbot.waitUntil(lambda: instants(seen) == [NOW_MS - 29 * MINUTE_MS])
    assert len(server.asked) == 2


def test_gaps_and_what_is_not_loaded_are_not_asked_for(
    pointing: ThumbnailController, server: Server, seen: list[Shown | None]
) -> None:
    pointing.point_at(at(90 * MINUTE_MS))
    pointing.point_at(at(MINUTE_MS, "b"))
    pointing.point_at(None)
    assert seen == []
    assert server.asked == []


@pytest.mark.parametrize(
    ("error", "wait_s"), [(NetworkError("no"), 10), (BusyError("no", retry_after_s=40.0), 40)]
)
def test_a_refusal_is_quiet_and_keeps_quiet(
    qtbot: QtBot,
    pointing: ThumbnailController,
    server: Server,
    clock: ManualClock,
    seen: list[Shown | None],
    error: RtaError,
    wait_s: int,
) -> None:
    server.error = error
    pointing.point_at(at(MINUTE_MS))
    qtbot.waitUntil(lambda: seen == [Shown(None), None])
    server.error = None
    clock.advance(wait_s - 1)
    pointing.point_at(at(2 * MINUTE_MS))
    assert len(server.asked) == 1
    clock.advance(2)
    pointing.point_at(at(3 * MINUTE_MS))
    qtbot.waitUntil(lambda: instants(seen) == [NOW_MS - 3 * MINUTE_MS])


def test_signing_out_forgets_and_cancels(
    qtbot: QtBot, pointing: ThumbnailController, server: Server, seen: list[Shown | None]
) -> None:
    pointing.point_at(at(MINUTE_MS))
    qtbot.waitUntil(lambda: bool(instants(seen)))
    server.let.clear()
    pointing.point_at(at(5 * MINUTE_MS))
    qtbot.waitUntil(lambda: len(server.asked) == 2)
    pointing.close()
    assert seen[-1] is None
    qtbot.waitUntil(lambda: server.cancelled == 1)
    pointing.point_at(at(MINUTE_MS))
    qtbot.waitUntil(lambda: len(server.asked) == 3)
    assert len(instants(seen)) == 1 or instants(seen)[1:] == [NOW_MS - MINUTE_MS]


def test_the_connection_is_let_go_after_a_while(
    qtbot: QtBot, pointing: ThumbnailController, monkeypatch: pytest.MonkeyPatch
) -> None:
    pointing._idle.setInterval(20)
    with qtbot.waitSignal(pointing.idle):
        pointing.point_at(at(MINUTE_MS))


def test_memory_is_bounded(
    qtbot: QtBot, pointing: ThumbnailController, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thumbnails, "MOST_IN_MEMORY", 2)
    for minute in range(1, 5):
        with qtbot.waitSignal(
            pointing.thumbnail_changed, check_params_cb=lambda s: s and s.picture
        ):
            pointing.point_at(at(minute * MINUTE_MS))
    assert len(pointing._known) == 2
