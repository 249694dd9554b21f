import threading

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import NetworkError, RtaError
from rta_viewer.qt.workers import Lane


class Outcomes(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.values: list[object] = []
        self.errors: list[RtaError] = []
        self.cancelled = 0
        self.threads: list[QThread] = []

    def on_success(self, value: object) -> None:
        self.threads.append(QThread.currentThread())
        self.values.append(value)

    def on_failure(self, error: RtaError) -> None:
        self.threads.append(QThread.currentThread())
        self.errors.append(error)

    def on_cancelled(self) -> None:
        self.cancelled += 1


@pytest.fixture
def lane(qtbot: QtBot):
    lane = Lane("test", workers=2)
    yield lane
    assert lane.close()


@pytest.fixture
def outcomes(qtbot: QtBot) -> Outcomes:
    return Outcomes()


def hand_in(lane: Lane, outcomes: Outcomes, work):
    return lane.submit(
        work, outcomes, outcomes.on_success, outcomes.on_failure, outcomes.on_cancelled
    )


def test_work_runs_elsewhere_and_is_delivered_on_the_gui_thread(qtbot, lane, outcomes) -> None:
    gui = QThread.currentThread()
    hand_in(lane, outcomes, lambda cancel: QThread.currentThread() is not gui)
    qtbot.waitUntil(lambda: outcomes.values == [True])
    assert outcomes.threads == [gui]
    assert lane.in_flight == 0


def test_an_expected_failure_arrives_as_it_is(qtbot, lane, outcomes) -> None:
    def work(cancel: CancelToken) -> None:
        raise NetworkError("The server did not answer.", "Check the cable.")

    hand_in(lane, outcomes, work)
    qtbot.waitUntil(lambda: len(outcomes.errors) == 1)
    assert outcomes.errors[0].hint == "Check the cable."


def test_an_unexpected_failure_is_logged_and_worded(qtbot, lane, outcomes, error_log) -> None:
    error_log.expect("Unexpected failure in background work")

    def work(cancel: CancelToken) -> None:
        raise ZeroDivisionError

    hand_in(lane, outcomes, work)
    qtbot.waitUntil(lambda: len(outcomes.errors) == 1)
    assert type(outcomes.errors[0]) is RtaError
    assert "log" in outcomes.errors[0].hint


def test_cancelled_work_reports_cancelled_and_never_its_result(qtbot, lane, outcomes) -> None:
    started = threading.Event()

    def work(cancel: CancelToken) -> str:
        started.set()
        assert cancel.wait(10)
        return "too late"

    task = hand_in(lane, outcomes, work)
    assert started.wait(10)
    task.cancel()
    qtbot.waitUntil(lambda: outcomes.cancelled == 1)
    assert outcomes.values == []


def test_waiting_work_that_is_cancelled_does_not_run(qtbot, outcomes) -> None:
    lane = Lane("single")
    release, ran = threading.Event(), []
    hand_in(lane, outcomes, lambda cancel: release.wait(10))
    task = hand_in(lane, outcomes, lambda cancel: ran.append(1))
    task.cancel()
    release.set()
    qtbot.waitUntil(lambda: outcomes.cancelled == 1)
    assert ran == []
    assert lane.close()


def test_close_cancels_joins_and_drops_results(qtbot, outcomes) -> None:
    lane = Lane("closing", workers=2)
    for _ in range(4):
        hand_in(lane, outcomes, lambda cancel: cancel.wait(10))
    assert lane.close(5)
    assert lane.close(5)
    late = hand_in(lane, outcomes, lambda cancel: 1)
    qtbot.wait(20)
    assert (outcomes.values, outcomes.errors, outcomes.cancelled) == ([], [], 0)
    assert not late.token.cancelled


def test_close_gives_up_in_time_on_work_that_does_not_look_at_its_token(qtbot, outcomes) -> None:
    lane = Lane("stubborn")
    started, release = threading.Event(), threading.Event()

    def work(cancel: CancelToken) -> None:
        started.set()
        release.wait(20)

    hand_in(lane, outcomes, work)
    assert started.wait(10)
    worker = lane._workers[0]
    assert not lane.close(0.05)
    release.set()
    assert worker.wait(10_000)


def test_more_threads_are_started_while_all_are_busy_up_to_a_limit(qtbot, outcomes) -> None:
    lane = Lane("hanging", workers=1, most=3)
    releases = [threading.Event() for _ in range(4)]
    begun = threading.Semaphore(0)

    def hang(number: int) -> int:
        begun.release()
        releases[number].wait(30)
        return number

    for number in range(4):
        hand_in(lane, outcomes, lambda cancel, n=number: hang(n))
    for _ in range(3):
        assert begun.acquire(timeout=10)
    assert len(lane._workers) == 3
    releases[0].set()
    assert begun.acquire(timeout=10)
    releases[1].set()
    qtbot.waitUntil(lambda: sorted(outcomes.values) == [0, 1])
    hand_in(lane, outcomes, lambda cancel: 4)
    qtbot.waitUntil(lambda: 4 in outcomes.values)
    assert len(lane._workers) == 3, "one that has nothing to do is taken first"
    for release in releases:
        release.set()
    assert lane.close()


def test_threads_that_were_added_and_hang_are_given_up_like_others(qtbot, outcomes) -> None:
    lane = Lane("hanging", workers=1, most=2)
    begun, release = threading.Semaphore(0), threading.Event()

    def hang(cancel: CancelToken) -> None:
        begun.release()
        release.wait(30)

    for _ in range(2):
        hand_in(lane, outcomes, hang)
        assert begun.acquire(timeout=10)
    workers = list(lane._workers)
    assert not lane.close(0.05)
    release.set()
    assert all(worker.wait(10_000) for worker in workers)
    assert len(workers) == 2


def test_nothing_is_delivered_to_an_owner_that_is_gone(qtbot, lane, outcomes) -> None:
    import shiboken6

    owner, seen, release = QObject(), [], threading.Event()
    lane.submit(lambda cancel: release.wait(10), owner, seen.append, seen.append)
    shiboken6.delete(owner)
    release.set()
    qtbot.waitUntil(lambda: lane.in_flight == 0)
    assert seen == []


def test_work_that_must_run_is_run_to_its_end_although_the_lane_closes(qtbot, outcomes) -> None:
    lane = Lane("closing")
    ran: list[int] = []
    for number in range(5):
        lane.submit(
            lambda cancel, n=number: (cancel.wait(0.01), ran.append(n)),
            outcomes,
            outcomes.on_success,
            outcomes.on_failure,
            must_run=True,
        )
    assert lane.close()
    assert ran == [0, 1, 2, 3, 4]
    assert outcomes.values == []


def test_a_lane_that_was_stopped_takes_nothing_more_and_is_joined_later(qtbot, outcomes) -> None:
    lane, running, ended = Lane("stopped"), threading.Event(), threading.Event()

    def work(cancel: CancelToken) -> None:
        running.set()
        cancel.wait(30)
        ended.set()

    hand_in(lane, outcomes, work)
    assert running.wait(10)
    lane.stop()
    assert ended.wait(10)
    hand_in(lane, outcomes, lambda cancel: running.clear())
    assert lane.close()
    assert lane.in_flight == 0
    assert running.is_set()
