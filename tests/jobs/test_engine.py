"""Jobs from order to file, and all the ways in which that can be interrupted."""

import hashlib
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.filenames import note_path
from rta_viewer.core.jobs import FINISHED, IllegalTransitionError, Job, JobKind, JobState
from rta_viewer.core.model import ExportState, ExportStatus, SaveRequest, Watermark
from rta_viewer.core.spans import Span
from rta_viewer.errors import (
    BusyError,
    NetworkError,
    NotFoundError,
    RtaError,
    ServerError,
    SignInError,
    StorageError,
    UsageError,
)
from rta_viewer.jobs.delivery import part_of
from rta_viewer.jobs.engine import JobEngine, Lane
from rta_viewer.jobs.export_job import MAX_FORGOTTEN, MAX_SILENT
from rta_viewer.jobs.store import JobStore
from rta_viewer.platform.system_clock import SystemClock
from tests.helpers.job_desk import REQUEST, Desk
from tests.helpers.job_recorder import SPAN, JobRecorder, forgotten, video, working
from tests.helpers.log_watch import LogWatch


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.store.close()


def test_a_clip_from_order_to_file(desk: Desk) -> None:
    job = desk.run(desk.submit())
    assert job.state is JobState.DONE
    assert job.path.read_bytes() == video()
    assert job.sha256 == hashlib.sha256(video()).hexdigest()
    assert (job.received_bytes, job.total_bytes) == (len(video()), len(video()))
    assert desk.files() == ["gate.mp4", "gate.mp4.receipt.json"]
    assert desk.states(job) == [
        JobState.QUEUED,
        JobState.FETCHING,
        JobState.CHECKING,
        JobState.DONE,
    ]
    receipt = json.loads((desk.folder / "gate.mp4.receipt.json").read_text("utf-8"))
    assert receipt["file"]["sha256"] == job.sha256
    assert receipt["kind"] == "download"
    assert receipt["check"]["ok"] is True


def test_an_export_from_order_to_file(desk: Desk) -> None:
    desk.recorder.polls = deque(
        [working(10, "queued"), working(80), working(30), working(50, "Defragmenting")]
    )
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert job.state is JobState.DONE
    assert job.path.read_bytes() == video()
    assert job.export_id == "e1"
    assert desk.states(job)[1:] == [
        JobState.ASKING,
        JobState.PREPARING,
        JobState.READY,
        JobState.FETCHING,
        JobState.CHECKING,
        JobState.DONE,
    ]
    receipt = json.loads((desk.folder / "gate.mp4.receipt.json").read_text("utf-8"))
    assert receipt["kind"] == "export"


def test_polling_slows_down_and_follows_the_servers_estimate(desk: Desk) -> None:
    desk.recorder.polls = deque(working(1) for _ in range(20))
    desk.run(desk.submit(JobKind.EXPORT))
    assert desk.naps.seconds[1] == 1.0
    assert max(desk.naps.seconds) == 15.0
    assert sorted(desk.naps.seconds[1:-1]) == desk.naps.seconds[1:-1]
    desk.naps.seconds.clear()
    soon = ExportStatus("e2", ExportState.PROCESSING, "processing", 90.0, 4.0)
    desk.recorder.polls = deque([soon] * 8)
    desk.run(desk.submit(JobKind.EXPORT))
    assert max(desk.naps.seconds) == 2.0


@pytest.mark.parametrize("kind", list(JobKind))
def test_what_the_route_says_is_kept(desk: Desk, kind: JobKind) -> None:
    words = {JobKind.CLIP: "shorter than 30 minutes", JobKind.EXPORT: "by hand"}
    assert words[kind] in desk.submit(kind).why_kind
    submit = desk.engine.submit
    more = {"server": "s", "username": "u", "camera_name": "Gate: 1/2", "folder": desk.folder}
    hour = SaveRequest("c", Span(0, 3_600_000), container="mkv")
    job = submit(hour, **more)  # type: ignore[arg-type]
    assert job.kind is JobKind.EXPORT
    assert "30 minutes" in job.why_kind
    assert job.file_name == "Gate- 1-2 1970-01-01 00-00-00+0000 to 01-00-00+0000.mkv"
    marked = submit(SaveRequest("c", SPAN, watermark=Watermark("x")), kind=JobKind.CLIP, **more)  # type: ignore[arg-type]
    assert (marked.kind, marked.watermark_text) == (JobKind.EXPORT, "x")
    named = submit(SaveRequest("c", SPAN), file_name="../CON", **more)  # type: ignore[arg-type]
    assert named.file_name == "-CON.mp4"
    with pytest.raises(UsageError):
        submit(SaveRequest("c", Span(5, 5)), **more)  # type: ignore[arg-type]


def test_a_file_that_is_not_what_was_asked_is_kept_and_says_so(desk: Desk) -> None:
    desk.recorder.body = video(1)
    desk.recorder.recorded = (Span(SPAN.start_ms, SPAN.start_ms + 60_000),)
    asked = SaveRequest("camera", Span(SPAN.start_ms, SPAN.start_ms + 60_000))
    job = desk.run(desk.submit(request=asked))
    assert job.state is JobState.DIFFERS
    assert "missing" in job.reason
    assert job.path.read_bytes() == video(1)
    receipt = json.loads((desk.folder / "gate.mp4.receipt.json").read_text("utf-8"))
    assert receipt["check"]["ok"] is False
    desk.recorder.body = video(60)
    again = desk.engine.retry(job.job_id)
    assert again.state is JobState.QUEUED
    job = desk.run(again)
    assert job.state is JobState.DONE
    assert desk.recorder.count("fetch_clip") == 2
    assert job.file_name == "gate (2).mp4"


@pytest.mark.parametrize("body", [b"\x01garbage" * 1000, b"\x00\x00\x00\x18ftypisom" + bytes(5000)])
def test_what_cannot_be_played_is_never_a_success(desk: Desk, body: bytes) -> None:
    desk.recorder.body = body
    job = desk.run(desk.submit())
    assert job.state is JobState.DIFFERS
    assert job.reason
    assert job.path.read_bytes() == body


def test_a_size_that_the_server_did_not_announce(desk: Desk) -> None:
    desk.recorder.size_bytes = 5
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert job.state is JobState.DIFFERS
    assert "announced" in job.reason


def test_a_server_that_no_longer_says_what_it_has(desk: Desk) -> None:
    desk.recorder.fail("availability", NetworkError("down"))
    job = desk.run(desk.submit())
    assert job.state is JobState.DONE
    assert "does not say" in job.reason


@pytest.mark.parametrize(
    "error",
    [
        NetworkError("The network is down.", "Look at it."),
        SignInError("Refused.", "Check."),
        NotFoundError("Gone.", "Reload."),
        StorageError("Full.", "Free some."),
    ],
)
def test_a_failure_keeps_its_sentence_and_can_be_tried_again(desk: Desk, error: RtaError) -> None:
    desk.recorder.fail("fetch_clip", error)
    job = desk.run(desk.submit())
    assert job.state is JobState.FAILED
    assert (job.reason, job.hint) == (error.summary, error.hint)
    job = desk.run(desk.engine.retry(job.job_id))
    assert (job.state, job.reason) == (JobState.DONE, "")


def test_a_mistake_in_the_program_does_not_leave_a_job_running(
    desk: Desk, error_log: LogWatch
) -> None:
    error_log.expect("ended by a mistake")
    desk.recorder.fail("fetch_clip", ZeroDivisionError("secret detail"))
    job = desk.run(desk.submit())
    assert job.state is JobState.FAILED
    assert "secret" not in job.reason + job.hint
    assert desk.run(desk.engine.retry(job.job_id)).state is JobState.DONE


def test_too_many_exports_are_waited_for(desk: Desk) -> None:
    desk.recorder.fail("create_export", BusyError("full", "", 42.0), BusyError("full"))
    job = desk.submit(JobKind.EXPORT)
    waiting: list[str] = []
    desk.engine.subscribe(lambda one: waiting.append(one.reason))
    assert desk.run(job).state is JobState.DONE
    assert desk.naps.seconds[:2] == [42.0, 20.0]
    assert "full" in waiting
    assert desk.recorder.count("create_export") == 3


def test_an_export_that_the_server_forgot_is_asked_for_again(desk: Desk) -> None:
    desk.recorder.polls = deque([working(5), forgotten()])
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert job.state is JobState.DONE
    assert job.export_id == "e2"
    assert "The server forgot the export." in [e.why for e in desk.engine.history(job.job_id)]


def test_but_not_for_ever(desk: Desk) -> None:
    desk.recorder.polls = deque([forgotten()] * 10)
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert job.state is JobState.FAILED
    assert "again and again" in job.reason
    assert desk.recorder.count("create_export") == MAX_FORGOTTEN


def test_a_silent_server_is_asked_again_at_a_time_that_is_told(desk: Desk) -> None:
    job = desk.submit(JobKind.EXPORT)
    desk.recorder.polls = deque([NetworkError("The network is down."), working(40)])
    desk.engine.run_next(Lane.POLLS, CancelToken())
    desk.clock.advance(5)
    desk.engine.run_next(Lane.POLLS, CancelToken())
    waiting = desk.engine.job(job.job_id)
    assert waiting.state is JobState.PREPARING
    assert waiting.next_try_s == desk.clock.monotonic_s() + 2.0
    desk.clock.advance(5)
    desk.engine.run_next(Lane.POLLS, CancelToken())
    answered = desk.engine.job(job.job_id)
    assert (answered.next_try_s, answered.server_progress) == (None, 40)


def test_the_rest_of_a_short_file_is_a_job_of_its_own(desk: Desk) -> None:
    wide = Span(SPAN.start_ms, SPAN.start_ms + 60_000)
    desk.recorder.recorded = (wide,)
    short = desk.run(desk.submit(request=SaveRequest("camera", wide)))
    assert short.state is JobState.DIFFERS
    assert short.missing is not None
    assert short.missing.end_ms == wide.end_ms
    assert abs(short.missing.start_ms - SPAN.end_ms) < 500
    rest = desk.engine.fetch_rest(short.job_id)
    assert (rest.span, rest.file_name, rest.folder) == (
        short.missing,
        "gate rest.mp4",
        short.folder,
    )
    assert desk.engine.history(rest.job_id)[0].why == "The rest of gate.mp4."
    desk.restart()
    assert desk.engine.job(short.job_id).missing == short.missing
    with pytest.raises(UsageError, match="missing"):
        desk.engine.fetch_rest(rest.job_id)


def test_a_silent_server_is_waited_for_a_long_time(desk: Desk) -> None:
    trouble = [NetworkError("down"), ServerError("page"), NetworkError("down")]
    desk.recorder.polls = deque([*trouble, working(50), *trouble])
    assert desk.run(desk.submit(JobKind.EXPORT)).state is JobState.DONE
    desk.recorder.polls = deque([NetworkError("The network is down.")] * MAX_SILENT)
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert (job.state, job.reason) == (JobState.FAILED, "The network is down.")
    assert job.export_id, "trying again goes on with the same export"
    asked = desk.recorder.count("create_export")
    assert desk.run(desk.engine.retry(job.job_id)).state is JobState.DONE
    assert desk.recorder.count("create_export") == asked


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (ExportStatus("e", ExportState.FAILED, "failed", error="disk on fire"), "disk on fire"),
        (ExportStatus("e", ExportState.EXPIRED, "expired"), "expired"),
    ],
)
def test_an_export_that_ended_badly(desk: Desk, status: ExportStatus, words: str) -> None:
    desk.recorder.polls = deque([status])
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert job.state is JobState.FAILED
    assert words in job.reason
    assert desk.run(desk.engine.retry(job.job_id)).state is JobState.DONE
    assert desk.recorder.count("create_export") == 2


def test_a_link_that_expired_before_it_was_fetched(desk: Desk) -> None:
    desk.recorder.fail("fetch_export", NotFoundError("The link to the export has expired."))
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert job.state is JobState.FAILED
    assert "expired" in job.reason
    assert desk.run(desk.engine.retry(job.job_id)).state is JobState.DONE
    assert desk.recorder.count("create_export") == 2


def test_the_operator_cancels_while_it_is_fetched(desk: Desk) -> None:
    job = desk.submit()

    def stop(cancel: CancelToken) -> None:
        desk.engine.cancel(job.job_id)

    desk.recorder.during_fetch = stop
    job = desk.run(job)
    assert job.state is JobState.CANCELLED
    assert desk.files() == []
    desk.recorder.during_fetch = lambda cancel: None
    assert desk.run(desk.engine.retry(job.job_id)).state is JobState.DONE


def test_the_operator_cancels_what_waits(desk: Desk) -> None:
    job = desk.submit()
    desk.engine.cancel(job.job_id)
    assert desk.engine.job(job.job_id).state is JobState.CANCELLED
    desk.engine.cancel(job.job_id)
    assert desk.run(job).state is JobState.CANCELLED
    assert desk.recorder.calls == []


def test_a_finished_job_is_not_cancelled_and_a_done_one_not_tried_again(desk: Desk) -> None:
    job = desk.run(desk.submit())
    desk.engine.cancel(job.job_id)
    assert desk.engine.job(job.job_id).state is JobState.DONE
    assert job.path.exists()
    with pytest.raises(IllegalTransitionError):
        desk.engine.retry(job.job_id)


def test_closing_the_program_is_not_cancelling(desk: Desk) -> None:
    job, token = desk.submit(), CancelToken()
    desk.recorder.during_fetch = lambda cancel: token.cancel()
    job = desk.run(job, token)
    assert job.state is JobState.QUEUED
    assert part_of(job).exists(), "what was fetched stays for the next start"
    desk.recorder.during_fetch = lambda cancel: None
    desk.restart()
    assert desk.run(job).state is JobState.DONE


class Kill(BaseException):
    """Ends a run as abruptly as a test can."""


def killed_at(desk: Desk, job: Job, state: JobState, occurrence: int = 1) -> None:
    """Run the job and die right after it was written that it is in ``state``."""
    left = [occurrence]

    def die(one: Job) -> None:
        if one.state is state:
            left[0] -= 1
            if left[0] == 0:
                raise Kill

    desk.engine.subscribe(die)
    with pytest.raises(Kill):
        desk.run(job)
    desk.restart()


@pytest.mark.parametrize(
    ("kind", "state", "occurrence", "fetches"),
    [
        (JobKind.CLIP, JobState.FETCHING, 1, 1),
        (JobKind.CLIP, JobState.FETCHING, 2, 2),
        (JobKind.CLIP, JobState.FETCHING, 3, 2),
        (JobKind.CLIP, JobState.CHECKING, 1, 1),
        (JobKind.CLIP, JobState.CHECKING, 2, 1),
        (JobKind.EXPORT, JobState.ASKING, 1, 1),
        (JobKind.EXPORT, JobState.PREPARING, 1, 1),
        (JobKind.EXPORT, JobState.PREPARING, 2, 1),
        (JobKind.EXPORT, JobState.READY, 1, 1),
        (JobKind.EXPORT, JobState.FETCHING, 1, 1),
        (JobKind.EXPORT, JobState.FETCHING, 2, 2),
        (JobKind.EXPORT, JobState.CHECKING, 1, 1),
        (JobKind.EXPORT, JobState.CHECKING, 2, 1),
    ],
)
def test_a_kill_at_any_step_is_taken_up_nothing_lost_nothing_twice(
    desk: Desk, kind: JobKind, state: JobState, occurrence: int, fetches: int
) -> None:
    desk.recorder.polls = deque([working(50)])
    job = desk.submit(kind)
    killed_at(desk, job, state, occurrence)
    resumed = desk.engine.job(job.job_id)
    assert resumed.state is JobState.QUEUED
    finished = desk.run(resumed)
    assert finished.state is JobState.DONE
    assert desk.files() == ["gate.mp4", "gate.mp4.receipt.json"]
    assert finished.path.read_bytes() == video()
    assert desk.recorder.count("fetch_clip") + desk.recorder.count("fetch_export") == fetches
    assert desk.recorder.count("create_export") == (kind is JobKind.EXPORT)


@pytest.mark.parametrize("kind", list(JobKind))
def test_a_kill_between_the_final_name_and_the_receipt(
    desk: Desk, kind: JobKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = desk.submit(kind)
    with monkeypatch.context() as patched:
        patched.setattr("rta_viewer.jobs.delivery.write_receipt", _die)
        with pytest.raises(Kill):
            desk.run(job)
    assert desk.files() == ["gate.mp4"]
    desk.restart()
    before = list(desk.recorder.calls)
    assert desk.run(job).state is JobState.DONE
    assert desk.files() == ["gate.mp4", "gate.mp4.receipt.json"]
    new = desk.recorder.calls[len(before) :]
    assert set(new) <= {"availability"}, "nothing is fetched or asked for twice"


def _die(*_: object) -> None:
    raise Kill


def test_a_part_that_was_damaged_meanwhile_is_fetched_again(desk: Desk) -> None:
    job = desk.submit()
    killed_at(desk, job, JobState.CHECKING)
    part_of(job).write_bytes(b"damaged")
    finished = desk.run(job)
    assert finished.state is JobState.DONE
    assert finished.path.read_bytes() == video()
    assert desk.recorder.count("fetch_clip") == 2


def test_two_jobs_of_one_name_do_not_meet(desk: Desk) -> None:
    first, second = desk.submit(), desk.submit()
    assert desk.run(first).file_name == "gate.mp4"
    assert desk.run(second).file_name == "gate (2).mp4"
    assert len(desk.files()) == 4


def test_somebodys_file_is_not_overwritten(desk: Desk) -> None:
    desk.folder.mkdir()
    (desk.folder / "gate.mp4").write_bytes(b"somebody's")
    assert desk.run(desk.submit()).file_name == "gate (2).mp4"
    assert (desk.folder / "gate.mp4").read_bytes() == b"somebody's"


def test_a_folder_that_cannot_be_made(desk: Desk) -> None:
    desk.folder.write_text("a file stands in the way")
    job = desk.run(desk.submit())
    assert job.state is JobState.FAILED
    assert "folder" in job.reason


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
    clock = desk.engine._clock
    assert isinstance(clock, ManualClock)
    for _ in range(2):
        clock.advance(60)
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

    def wait_for(done: Callable[[], bool], timeout_s: float) -> bool:
        waits.append(timeout_s)
        if len(waits) == 1:
            clock = engine._clock
            assert isinstance(clock, ManualClock)
            clock.advance(60)
        else:
            token.cancel()
        return True

    monkeypatch.setattr(engine._changed, "wait_for", wait_for)
    engine.work(Lane.POLLS, token)
    assert waits == [1.0, 2.0]


def test_a_finished_job_can_be_taken_off_the_list(desk: Desk) -> None:
    desk.recorder.fail("fetch_clip", NetworkError("down"))
    job = desk.submit()
    with pytest.raises(UsageError):
        desk.engine.forget(job.job_id)
    job = desk.run(job)
    part_of(job).write_bytes(b"half")
    note_path(part_of(job)).write_text("{}")
    desk.engine.forget(job.job_id)
    assert desk.engine.jobs() == []
    assert desk.files() == []


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
            engine.submit(
                REQUEST,
                server="s",
                username="u",
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
        job = engine.submit(REQUEST, server="s", username="u", camera_name="G", folder=tmp_path)
        assert entered.wait(10)
    assert engine.job(job.job_id).state is JobState.QUEUED
    store.close()
