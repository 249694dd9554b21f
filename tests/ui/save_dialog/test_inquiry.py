"""What is asked, and what is not: the latest question wins, and nothing is asked twice."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import Availability, AvailabilityState
from rta_viewer.core.ports import Picture
from rta_viewer.core.save_estimate import SaveTarget
from rta_viewer.core.spans import Span
from rta_viewer.errors import NetworkError, StorageError
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.save_dialog.inquiry import MOST_CAMERAS, Inquiry
from rta_viewer.ui.save_dialog.stills import Still
from tests.helpers.fake_scout import FakeScout
from tests.helpers.ui_world import MINUTE_MS, NOW_MS, cameras

FIVE = Span(NOW_MS, NOW_MS + 5 * MINUTE_MS)
SIX = Span(NOW_MS, NOW_MS + 6 * MINUTE_MS)


@pytest.fixture
def scout() -> FakeScout:
    return FakeScout()


@pytest.fixture
def inquiry(qtbot: QtBot, scout: FakeScout, lane: Lane) -> Iterator[Inquiry]:
    stills, drives = Lane("stills", workers=2), Lane("drives")
    yield Inquiry(scout, lane, stills, drives)
    assert stills.close()
    assert drives.close()


def test_each_camera_is_asked_once_for_each_range(
    qtbot: QtBot, inquiry: Inquiry, scout: FakeScout
) -> None:
    some = tuple(cameras(3))
    inquiry.ask_coverage(some[:2], FIVE)
    qtbot.waitUntil(lambda: len(inquiry.known) == 2)
    inquiry.ask_coverage(some, FIVE)
    qtbot.waitUntil(lambda: len(inquiry.known) == 3)
    assert len(scout.asked) == 3
    inquiry.ask_coverage(some[:1], SIX)
    assert inquiry.known == {}
    qtbot.waitUntil(lambda: len(inquiry.known) == 1)
    inquiry.ask_coverage((), None)
    assert len(scout.asked) == 4


def test_pictures_do_not_wait_for_all_cameras(
    qtbot: QtBot, inquiry: Inquiry, scout: FakeScout, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()

    def slow(camera_id: str, span: Span, _cancel: CancelToken) -> Availability:
        assert gate.wait(10)
        return Availability(camera_id, span)

    monkeypatch.setattr(scout, "coverage", slow)
    inquiry.ask_coverage(tuple(cameras(9)), FIVE)
    with qtbot.waitSignal(inquiry.still_found):
        inquiry.ask_stills("cam-00000", FIVE)
    assert not inquiry.known
    gate.set()
    qtbot.waitUntil(lambda: len(inquiry.known) == 9)


def test_a_server_is_not_asked_about_hundreds(
    qtbot: QtBot, inquiry: Inquiry, scout: FakeScout
) -> None:
    inquiry.ask_coverage(tuple(cameras(500)), FIVE)
    qtbot.waitUntil(lambda: len(inquiry.known) == MOST_CAMERAS)
    assert len(scout.asked) == MOST_CAMERAS


def test_nothing_is_asked_about_cameras_that_were_unticked_before_their_turn(
    qtbot: QtBot, inquiry: Inquiry, lane: Lane, scout: FakeScout
) -> None:
    gate, owner = threading.Event(), QObject()
    for _ in range(2):
        lane.submit(lambda _cancel: gate.wait(10), owner, lambda _done: None, lambda _error: None)
    some = tuple(cameras(9))
    inquiry.ask_coverage(some, FIVE)
    inquiry.ask_coverage(some[:1], FIVE)
    gate.set()
    qtbot.waitUntil(lambda: len(inquiry.known) == 1)
    inquiry.ask_coverage(some[:2], FIVE)
    qtbot.waitUntil(lambda: len(inquiry.known) == 2)
    assert [what[1] for what in scout.asked] == [camera.camera_id for camera in some[:2]]


def test_no_answer_is_an_answer(qtbot: QtBot, inquiry: Inquiry, scout: FakeScout) -> None:
    scout.errors = {
        "coverage": NetworkError("The server is away."),
        "target": StorageError("The drive is away."),
        "still": NetworkError("The server is away."),
    }
    told: list[object] = []
    inquiry.coverage_found.connect(told.append)
    inquiry.target_found.connect(told.append)
    inquiry.still_found.connect(lambda which, found: told.append((which, found)))
    inquiry.ask_coverage(tuple(cameras(1)), FIVE)
    inquiry.ask_target(Path("/away"))
    inquiry.ask_stills("cam-00000", FIVE)
    qtbot.waitUntil(lambda: len(told) == 4)
    assert Availability("cam-00000", FIVE, state=AvailabilityState.NO_ANSWER) in told
    assert SaveTarget(Path("/away"), problem="The drive is away.") in told
    assert ("first", "The server is away.") in told


def test_pictures_of_a_camera_that_was_left_are_not_shown(
    qtbot: QtBot, inquiry: Inquiry, scout: FakeScout, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered, still = threading.Event(), scout.still

    def slow(camera_id: str, instant_ms: int, end_ms: int, cancel: CancelToken) -> Picture:
        if camera_id == "cam-00000":
            entered.set()
            assert cancel.wait(10)
        return still(camera_id, instant_ms, end_ms, cancel)

    monkeypatch.setattr(scout, "still", slow)
    told: list[tuple[str, object]] = []
    inquiry.still_found.connect(lambda which, found: told.append((which, found)))
    inquiry.ask_stills("cam-00000", FIVE)
    assert entered.wait(10)
    inquiry.ask_stills("cam-00001", SIX)
    qtbot.waitUntil(lambda: len(told) == 2)
    instants = [found.instant_ms for _, found in told if isinstance(found, Still)]
    assert sorted(instants) == [SIX.start_ms, SIX.end_ms - 40]


def test_a_picture_of_the_next_recording_is_not_the_last_one(
    qtbot: QtBot, inquiry: Inquiry, scout: FakeScout, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = scout.still("c", SIX.end_ms, SIX.end_ms, CancelToken())
    monkeypatch.setattr(scout, "still", lambda *_: late)
    with qtbot.waitSignal(inquiry.still_found) as caught:
        inquiry.ask_stills("cam-00000", FIVE)
    assert caught.args[1] == "No picture"
