"""Lanes: which job is next, one worker each, resting and leaving."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import FINISHED, IllegalTransitionError, Job, JobKind, JobState
from rta_viewer.core.model import ExportStatus, SaveRequest
from rta_viewer.errors import (
    BusyError,
    NetworkError,
    NotFoundError,
    RtaError,
    TargetLostError,
    UsageError,
)
from rta_viewer.jobs.delivery import part_of
from rta_viewer.jobs.engine import JobEngine, Lane
from rta_viewer.jobs.schedule import Limits, queue_order
from rta_viewer.jobs.store import JobStore, StoreError
from rta_viewer.jobs.workers import TEND_EVERY_S
from rta_viewer.platform.system_clock import SystemClock
from tests.helpers.job_desk import REQUEST, Desk
from tests.helpers.job_orders import submit
from tests.helpers.job_recorder import JobRecorder, working
from tests.helpers.log_watch import LogWatch


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.store.close()


def test_without_a_sign_in_jobs_wait(desk: Desk) -> None:
    desk.signed_in = False
    job = desk.submit()
    assert desk.run(job).state is JobState.QUEUED
    assert not desk.engine.run_next(Lane.CLIPS, CancelToken())
    desk.signed_in = True
    assert desk.engine.run_next(Lane.CLIPS, CancelToken())
    assert desk.engine.job(job.job_id).state is JobState.DONE


def test_a_job_is_run_once_at_a_time(desk: Desk) -> None:
    job = desk.submit()
    inside: list[object] = []

    def again(cancel: CancelToken) -> None:
        inside.append(desk.engine.run_next(Lane.CLIPS, CancelToken()))
        inside.append(desk.run(job).state)

    desk.recorder.during_fetch = again
    assert desk.run(job).state is JobState.DONE
    assert inside == [False, JobState.FETCHING]
    assert desk.recorder.count("fetch_clip") == 1


def test_each_lane_takes_its_own(desk: Desk) -> None:
    desk.recorder.polls = deque([working(50)])
    clip, export = desk.submit(JobKind.CLIP), desk.submit(JobKind.EXPORT)
    token = CancelToken()
    assert not desk.engine.run_next(Lane.EXPORTS, token)
    assert desk.engine.run_next(Lane.POLLS, token)
    assert desk.engine.job(export.job_id).state is JobState.PREPARING
    assert not desk.engine.run_next(Lane.POLLS, token), "the next poll is not due"
    assert desk.engine.job(clip.job_id).state is JobState.QUEUED
    for _ in range(2):
        desk.clock.advance(60)
        assert desk.engine.run_next(Lane.POLLS, token)
    assert desk.engine.job(export.job_id).state is JobState.READY
    assert desk.engine.run_next(Lane.EXPORTS, token)
    assert desk.engine.job(export.job_id).state is JobState.DONE
    assert desk.engine.run_next(Lane.CLIPS, token)
    assert not desk.engine.run_next(Lane.CLIPS, token)


def test_workers_rest_while_nobody_is_signed_in(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.recorder.polls = deque([working(50)] * 2)
    engine, token = desk.engine, CancelToken()
    desk.submit(JobKind.EXPORT)
    assert engine.run_next(Lane.POLLS, token)
    desk.signed_in = False
    waits: list[float] = []

    def wait(seen: int, seconds: float, cancel: CancelToken) -> None:
        waits.append(seconds)
        if len(waits) == 1:
            desk.clock.advance(60)
        else:
            token.cancel()

    monkeypatch.setattr(engine._running, "wait", wait)
    engine.work(Lane.POLLS, token)
    assert waits == [1.0, 2.0]


def refused(desk: Desk, most: int) -> list[int]:
    """The server makes so many exports at once; the result holds 1 for each order that it refuses."""
    create, refusals = desk.recorder.create_export, list[int]()

    def limited(request: SaveRequest, cancel: CancelToken) -> ExportStatus:
        if desk.recorder.count("create_export") >= most:
            refusals.append(1)
            raise BusyError("Too many at once.", "", 20.0)
        return create(request, cancel)

    desk.recorder.create_export = limited  # type: ignore[method-assign]
    desk.recorder.polls = deque([working(1)] * 10_000)
    return refusals


def test_a_server_that_wants_no_more_orders_gets_none_until_it_said(desk: Desk) -> None:
    refusals = refused(desk, most=3)
    jobs = [desk.submit(JobKind.EXPORT) for _ in range(10)]
    for _ in range(100):
        while desk.engine.run_next(Lane.POLLS, CancelToken()):
            pass
        desk.clock.advance(1)
    assert len(refusals) == 5, "at 0, 20, 40, 60, and 80 seconds"
    rows = [len(desk.states(job)) for job in jobs]
    assert rows == [3, 3, 3, 3, 1, 1, 1, 1, 1, 1]


def test_the_operator_need_not_wait_until_then(desk: Desk) -> None:
    desk.recorder.fail("create_export", BusyError("Too many at once.", "", 200.0))
    first, second = desk.submit(JobKind.EXPORT), desk.submit(JobKind.EXPORT)
    assert desk.engine.run_next(Lane.POLLS, CancelToken())
    assert not desk.engine.run_next(Lane.POLLS, CancelToken())
    desk.engine.retry(first.job_id)
    for job in (first, second):
        assert desk.engine.run_next(Lane.POLLS, CancelToken())
        assert desk.engine.job(job.job_id).state is JobState.PREPARING


def look_after(desk: Desk) -> None:
    """The next time that somebody looks at what all jobs wait for."""
    desk.clock.advance(TEND_EVERY_S)
    desk.engine.tend()


def test_after_a_pause_a_busy_server_is_asked_at_once(desk: Desk) -> None:
    desk.recorder.fail("create_export", BusyError("Too many at once.", "", 300.0))
    job = desk.submit(JobKind.EXPORT)
    assert desk.engine.run_next(Lane.POLLS, CancelToken())
    desk.engine.pause(job.job_id)
    desk.engine.resume(job.job_id)
    assert desk.engine.run_next(Lane.POLLS, CancelToken())
    assert desk.engine.job(job.job_id).state is JobState.PREPARING


def test_a_job_that_is_tried_again_asks_at_once(desk: Desk) -> None:
    failed = desk.submit(JobKind.EXPORT)
    desk.engine.cancel(failed.job_id)
    desk.recorder.fail("create_export", BusyError("Too many at once.", "", 300.0))
    other = desk.submit(JobKind.EXPORT)
    assert desk.engine.run_next(Lane.POLLS, CancelToken())
    desk.engine.retry(failed.job_id)
    assert desk.engine.run_next(Lane.POLLS, CancelToken())
    assert desk.engine.job(failed.job_id).state is JobState.PREPARING
    assert desk.engine.job(other.job_id).state is JobState.QUEUED


def test_a_clip_does_not_hurry_the_exports_of_its_server(desk: Desk) -> None:
    desk.recorder.fail("create_export", BusyError("Too many at once.", "", 300.0))
    clip, _ = desk.submit(), desk.submit(JobKind.EXPORT)
    assert desk.engine.run_next(Lane.POLLS, CancelToken())
    desk.engine.pause(clip.job_id)
    desk.engine.resume(clip.job_id)
    desk.submit(JobKind.EXPORT)
    assert not desk.engine.run_next(Lane.POLLS, CancelToken())


def test_what_waits_with_another_job_says_why_and_how_long(desk: Desk) -> None:
    desk.engine.limits = Limits(exports_at_once=1)
    desk.recorder.polls = deque([working(1)] * 100)
    desk.recorder.fail("create_export", BusyError("Too many at once.", "", 300.0))
    first, second, third, clip = (
        desk.submit(kind) for kind in (*[JobKind.EXPORT] * 3, JobKind.CLIP)
    )
    due_s = desk.clock.monotonic_s() + 300
    assert desk.engine.run_next(Lane.POLLS, CancelToken())
    desk.engine.cancel(first.job_id)
    look_after(desk)
    for waiting in (desk.engine.job(job.job_id) for job in (second, third)):
        assert (waiting.reason, waiting.next_try_s) == ("Too many at once.", due_s)
        assert waiting.hint
        assert waiting.waits_for_server
        assert len(desk.states(waiting)) == 1, "its history says nothing of the others"
    other = desk.engine.job(clip.job_id)
    assert (other.reason, other.hint, other.next_try_s) == ("", "", None)
    desk.engine.retry(third.job_id)
    assert desk.engine.run_next(Lane.POLLS, CancelToken())
    assert desk.engine.job(second.job_id).state is JobState.PREPARING
    look_after(desk)
    waiting = desk.engine.job(third.job_id)
    assert (waiting.state, waiting.reason, waiting.hint) == (JobState.QUEUED, "", "")
    assert waiting.next_try_s is None


def commits_of(desk: Desk, do: Callable[[], object]) -> int:
    """How often the list is written to the drive while something is done."""
    steps: list[str] = []
    desk.store._connection.set_trace_callback(steps.append)
    do()
    desk.store._connection.set_trace_callback(None)
    return steps.count("COMMIT")


def test_however_many_wait_it_is_written_in_one_step(desk: Desk) -> None:
    desk.recorder.fail("create_export", BusyError("Too many at once.", "", 20.0))
    jobs = [desk.submit(JobKind.EXPORT) for _ in range(40)]
    assert desk.engine.run_next(Lane.POLLS, CancelToken())
    assert commits_of(desk, lambda: look_after(desk)) == 1
    assert all(job.reason for job in desk.engine.jobs())
    assert commits_of(desk, lambda: look_after(desk)) == 0, "there is nothing new"
    first, moved, last = (jobs[place].job_id for place in (0, 20, 39))
    assert commits_of(desk, lambda: desk.engine.move_before(moved, jobs[10].job_id)) == 1
    assert commits_of(desk, lambda: desk.engine.move_before(last, first)) == 1
    desk.restart()
    assert [desk.store.load().count(job) for job in desk.engine.jobs()] == [1] * 40
    order = [job.job_id for job in sorted(desk.engine.jobs(), key=queue_order)]
    ids = [job.job_id for job in jobs]
    assert order == [last, *ids[:10], moved, *ids[10:20], *ids[21:39]]


def test_without_the_others_wait_a_job_waits_as_long_as_it_was_told(desk: Desk) -> None:
    busy = [BusyError("Too many at once.", "", wait_s) for wait_s in (20, 30)]
    desk.recorder.fail("create_export", *busy)
    first, second = desk.submit(JobKind.EXPORT), desk.submit(JobKind.EXPORT)
    own_s = desk.clock.monotonic_s() + 20
    assert desk.engine.run_next(Lane.POLLS, CancelToken())
    look_after(desk)
    desk.engine.retry(second.job_id)
    longer_s = desk.clock.monotonic_s() + 30
    assert desk.engine.run_next(Lane.POLLS, CancelToken())
    look_after(desk)
    waiting = [desk.engine.job(job.job_id) for job in (first, second)]
    assert [job.next_try_s for job in waiting] == [longer_s] * 2
    desk.engine.retry(second.job_id)
    look_after(desk)
    alone = desk.engine.job(first.job_id)
    assert (alone.reason, alone.next_try_s) == ("Too many at once.", own_s)


def test_a_new_job_does_not_say_what_its_server_wanted_long_ago(desk: Desk) -> None:
    desk.recorder.fail("create_export", BusyError("Too many at once.", "", 20.0))
    desk.submit(JobKind.EXPORT)
    assert desk.engine.run_next(Lane.POLLS, CancelToken())
    desk.clock.advance(20)
    desk.signed_in = False
    new = desk.submit(JobKind.EXPORT)
    look_after(desk)
    assert desk.engine.job(new.job_id) == new


def test_after_a_restart_nothing_is_said_of_a_wait_that_is_over(desk: Desk) -> None:
    desk.recorder.fail("create_export", BusyError("Too many at once.", "", 300.0))
    jobs = [desk.submit(JobKind.EXPORT) for _ in range(2)]
    assert desk.engine.run_next(Lane.POLLS, CancelToken())
    look_after(desk)
    desk.restart()
    assert [(job.reason, job.hint) for job in desk.engine.jobs()] == [("", "")] * 2
    assert [len(desk.states(job)) for job in jobs] == [3, 1]


def test_when_a_busy_server_takes_an_order_the_others_wait_no_more(desk: Desk) -> None:
    desk.engine.limits = Limits(exports_at_once=1)
    desk.recorder.polls = deque([working(1)] * 100)
    desk.recorder.fail("create_export", BusyError("Too many at once.", "", 20.0))
    first, second = desk.submit(JobKind.EXPORT), desk.submit(JobKind.EXPORT)
    assert desk.engine.run_next(Lane.POLLS, CancelToken())
    look_after(desk)
    assert desk.engine.job(second.job_id).waits_for_server
    desk.clock.advance(20)
    assert desk.engine.run_next(Lane.POLLS, CancelToken())
    assert desk.engine.job(first.job_id).state is JobState.PREPARING
    look_after(desk)
    assert not desk.engine.job(second.job_id).waits_for_server


def test_a_worker_wakes_when_its_server_may_be_asked_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.recorder.fail("create_export", BusyError("Too many at once.", "", 1.5))
    for _ in range(2):
        desk.submit(JobKind.EXPORT)
    engine, token, waits = desk.engine, CancelToken(), list[float]()

    def wait(seen: int, seconds: float, cancel: CancelToken) -> None:
        waits.append(seconds)
        token.cancel()

    monkeypatch.setattr(engine._running, "wait", wait)
    engine.work(Lane.POLLS, token)
    assert waits == [1.5]


WANTED = {"cancel": JobState.CANCELLED, "pause": JobState.PAUSED}


def click_at(desk: Desk, job: Job, state: JobState, *clicks: str) -> None:
    """The operator wants something just when the job gets into a state."""
    left = list(clicks)

    def click(one: Job) -> None:
        if one.job_id == job.job_id and one.state is state and left:
            getattr(desk.engine, left.pop(0))(job.job_id)

    desk.engine.subscribe(click)


@pytest.mark.parametrize("click", list(WANTED))
@pytest.mark.parametrize(
    "state",
    [
        JobState.ASKING,
        JobState.PREPARING,
        JobState.READY,
        JobState.FETCHING,
        JobState.CHECKING,
    ],
)
def test_a_click_counts_however_the_step_ends(desk: Desk, state: JobState, click: str) -> None:
    desk.recorder.polls = deque([working(50)])
    job = desk.submit(JobKind.EXPORT)
    click_at(desk, job, state, click)
    desk.turn(8)
    assert desk.engine.job(job.job_id).state is WANTED[click]


@pytest.mark.parametrize("click", list(WANTED))
@pytest.mark.parametrize(
    "error",
    [
        NetworkError("The line is cut."),
        NotFoundError("Gone."),
        StoreError("Busy."),
        TargetLostError("Full."),
    ],
)
def test_a_click_counts_when_the_step_fails(desk: Desk, error: RtaError, click: str) -> None:
    desk.engine.limits = Limits(patience=30)
    job = desk.submit()

    def both(cancel: CancelToken) -> None:
        getattr(desk.engine, click)(job.job_id)
        raise error

    desk.recorder.during_fetch = both
    desk.turn()
    stopped = desk.engine.job(job.job_id)
    assert (stopped.state, stopped.reason) == (WANTED[click], "")
    assert part_of(job).exists() == (click == "pause")


@pytest.mark.parametrize(
    "state", [JobState.QUEUED, JobState.FETCHING, JobState.CHECKING, JobState.DONE]
)
def test_what_goes_on_already_is_not_tried_again(desk: Desk, state: JobState) -> None:
    """R was pressed twice."""
    desk.recorder.fail("fetch_clip", NotFoundError("Gone."))
    job = desk.submit()
    desk.turn()
    refusals = list[UsageError]()

    def again(one: Job) -> None:
        if one.state is state and not refusals:
            with pytest.raises(IllegalTransitionError) as refused:
                desk.engine.retry(job.job_id)
            assert isinstance(refused.value, UsageError)
            refusals.append(refused.value)

    desk.engine.subscribe(again)
    desk.engine.retry(job.job_id)
    desk.turn()
    done = desk.engine.job(job.job_id)
    assert (done.state, done.reason, len(refusals)) == (JobState.DONE, "", 1)
    assert desk.states(job).count(JobState.QUEUED) == 2


def test_what_is_paused_is_resumed_and_not_tried_again(desk: Desk) -> None:
    job = desk.submit()
    desk.engine.pause(job.job_id)
    with pytest.raises(IllegalTransitionError):
        desk.engine.retry(job.job_id)
    assert desk.engine.job(job.job_id).state is JobState.PAUSED


def test_what_has_changed_just_before_it_is_written_is_not_brought_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two threads look at the same paused, or failed job."""
    paused, failed = desk.submit(), desk.submit()
    desk.engine.pause(paused.job_id)
    desk.recorder.fail("fetch_clip", NotFoundError("Gone."))
    desk.run(failed)
    old = {job.job_id: desk.engine.job(job.job_id) for job in (paused, failed)}
    for job in (desk.engine.resume(paused.job_id), desk.engine.retry(failed.job_id)):
        assert desk.run(job).state is JobState.DONE
    with monkeypatch.context() as patched:
        patched.setattr(desk.engine._board, "get", old.__getitem__)
        desk.engine.resume(paused.job_id)
        with pytest.raises(IllegalTransitionError):
            desk.engine.retry(failed.job_id)
    assert {job.state for job in desk.engine.jobs()} == {JobState.DONE}


def test_a_click_while_another_one_is_written_down_counts(desk: Desk) -> None:
    job = desk.submit()
    click_at(desk, job, JobState.PAUSED, "cancel")
    desk.engine.pause(job.job_id)
    assert desk.engine.job(job.job_id).state is JobState.CANCELLED
    assert desk.engine._running.take(job.job_id), "nobody holds it any more"


@contextmanager
def no_failure_is_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The list is busy whenever a job has failed."""
    save = desk.store.save

    def busy(one: Job, why: str | None, who: str = "") -> None:
        if one.state is JobState.FAILED:
            raise StoreError("Busy.")
        save(one, why, who)

    with monkeypatch.context() as patched:
        patched.setattr(desk.store, "save", busy)
        yield


def test_what_could_not_be_written_does_not_undo_a_click(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.recorder.fail("fetch_clip", NotFoundError("Gone."))
    job = desk.submit()
    with no_failure_is_written(desk, monkeypatch):
        desk.engine.run_next(Lane.CLIPS, CancelToken())
    desk.engine.cancel(job.job_id)
    desk.turn(2)
    assert desk.engine.job(job.job_id).state is JobState.CANCELLED


def two_unsettled(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> tuple[Job, Job]:
    """Two jobs have failed, which cannot be written down for a while."""
    desk.recorder.fail("fetch_clip", *[NotFoundError("Gone.")] * 2)
    first, second = desk.submit(), desk.submit()
    with no_failure_is_written(desk, monkeypatch):
        for _ in range(2):
            desk.engine.run_next(Lane.CLIPS, CancelToken())
    return first, second


def test_a_click_between_two_that_are_written_down_later_counts(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two_unsettled(desk, monkeypatch)

    def click(one: Job) -> None:
        if one.job_id == first.job_id and one.state is JobState.FAILED:
            desk.engine.cancel(second.job_id)

    desk.engine.subscribe(click)
    look_after(desk)
    states = [desk.engine.job(job.job_id).state for job in (first, second)]
    assert states == [JobState.FAILED, JobState.CANCELLED]
    assert desk.states(second)[-1] is JobState.CANCELLED


def test_what_is_written_down_later_is_in_one_pair_of_hands(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two_unsettled(desk, monkeypatch)
    assert desk.engine._running.take(first.job_id)
    look_after(desk)
    states = [desk.engine.job(job.job_id).state for job in (first, second)]
    assert states == [JobState.FETCHING, JobState.FAILED]


def test_an_end_that_does_not_fit_any_more_is_dropped(desk: Desk) -> None:
    done = desk.run(desk.submit())
    endings = desk.engine._endings

    def busy() -> None:
        raise StoreError("Busy.")

    ends = deque([busy])

    def end() -> None:
        if ends:
            ends.popleft()()
        endings.interrupted(done.job_id)

    endings.settle(done.job_id, end)
    assert endings.is_unsettled(done.job_id)
    look_after(desk)
    assert not endings.is_unsettled(done.job_id)
    endings.settle(done.job_id, end)
    assert desk.engine.job(done.job_id).state is JobState.DONE


@pytest.mark.parametrize(
    "error", [IllegalTransitionError("done cannot become queued"), ZeroDivisionError()]
)
def test_an_impossible_step_does_not_end_a_worker(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error_log: LogWatch, error: Exception
) -> None:
    error_log.expect("stumbled over a mistake")
    token, tried = CancelToken(), list[int]()

    def tend() -> None:
        tried.append(1)
        if len(tried) > 1:
            token.cancel()
        raise error

    monkeypatch.setattr(desk.engine._workers, "_tend", tend)
    monkeypatch.setattr(token, "wait", lambda seconds: token.cancelled)
    desk.engine.work(Lane.POLLS, token)
    assert len(tried) == 2


@contextmanager
def at_work(engine: JobEngine) -> Iterator[CancelToken]:
    """Real workers on all lanes."""
    token = CancelToken()
    lanes = [Lane.CLIPS, Lane.CLIPS, Lane.POLLS, Lane.EXPORTS]
    threads = [threading.Thread(target=engine.work, args=(lane, token)) for lane in lanes]
    for thread in threads:
        thread.start()
    try:
        yield token
    finally:
        token.cancel()
        for thread in threads:
            thread.join(10)
        assert not any(thread.is_alive() for thread in threads)


def wait_until(condition: Callable[[], bool], timeout_s: float = 20.0) -> None:
    deadline_s = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline_s, "it did not happen in time"
        threading.Event().wait(0.01)


def test_workers_finish_what_is_submitted_while_they_wait(tmp_path: Path) -> None:
    recorder, clock = JobRecorder(), SystemClock()
    store = JobStore(tmp_path / "jobs.db", clock)
    engine = JobEngine(store, lambda server, username: recorder, clock)
    with at_work(engine):
        jobs = [
            submit(
                engine,
                REQUEST,
                camera_name=f"Gate {number}",
                folder=tmp_path / "saved",
                kind=JobKind.EXPORT if number % 2 else JobKind.CLIP,
            )
            for number in range(6)
        ]
        wait_until(lambda: all(engine.job(job.job_id).state in FINISHED for job in jobs))
    assert {engine.job(job.job_id).state for job in jobs} == {JobState.DONE}
    assert len(list((tmp_path / "saved").glob("*.mp4"))) == 6
    store.close()


def test_workers_leave_at_once_in_the_middle_of_a_transfer(tmp_path: Path) -> None:
    recorder, clock = JobRecorder(), SystemClock()
    entered = threading.Event()

    def stay(cancel: CancelToken) -> None:
        entered.set()
        cancel.wait(60)

    recorder.during_fetch = stay
    store = JobStore(tmp_path / "jobs.db", clock)
    engine = JobEngine(store, lambda server, username: recorder, clock)
    with at_work(engine):
        job = submit(engine, REQUEST, folder=tmp_path)
        assert entered.wait(10)
    assert engine.job(job.job_id).state is JobState.QUEUED
    store.close()
