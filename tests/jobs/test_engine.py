"""Jobs from order to file, and all the ways in which that can be interrupted."""

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.filenames import note_path
from rta_viewer.core.jobs import IllegalTransitionError, Job, JobKind, JobState
from rta_viewer.core.model import SaveRequest
from rta_viewer.core.spans import Span
from rta_viewer.errors import (
    NetworkError,
    NotFoundError,
    RtaError,
    ServerError,
    SignInError,
    StorageError,
    UsageError,
)
from rta_viewer.evidence.receipt import read_receipt, receipt_path
from rta_viewer.jobs.delivery import part_of
from tests.helpers.job_desk import Desk
from tests.helpers.job_recorder import SPAN, video, working
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


@pytest.fixture
def short(desk: Desk) -> Job:
    """A file that lacks its end."""
    wide = Span(SPAN.start_ms, SPAN.start_ms + 60_000)
    desk.recorder.recorded = (wide,)
    job = desk.run(desk.submit(request=SaveRequest("camera", wide)))
    assert job.state is JobState.DIFFERS
    return job


def test_the_rest_that_is_asked_for_twice_is_one_job(desk: Desk, short: Job) -> None:
    rest = desk.engine.fetch_rest(short.job_id)
    assert desk.engine.fetch_rest(short.job_id) == rest
    desk.restart()
    assert desk.engine.fetch_rest(short.job_id).job_id == rest.job_id
    assert len(desk.engine.jobs()) == 2


@pytest.mark.parametrize("end", ["fails", "is cancelled"])
def test_the_rest_that_ended_badly_is_tried_again(desk: Desk, short: Job, end: str) -> None:
    rest = desk.engine.fetch_rest(short.job_id)
    if end == "fails":
        desk.recorder.fail("fetch_clip", ServerError("It does not want to."))
        assert desk.run(rest).state is JobState.FAILED
    else:
        desk.engine.cancel(rest.job_id)
    again = desk.engine.fetch_rest(short.job_id)
    assert (again.job_id, again.state) == (rest.job_id, JobState.QUEUED)
    assert len(desk.engine.jobs()) == 2


def test_the_rest_that_is_here_is_not_fetched_again(desk: Desk, short: Job) -> None:
    rest = desk.engine.fetch_rest(short.job_id)
    assert short.missing is not None
    desk.recorder.recorded = (short.missing,)
    desk.recorder.body = video(round(short.missing.duration_ms / 1000))
    assert desk.run(rest).state is JobState.DONE
    assert desk.engine.fetch_rest(short.job_id).state is JobState.DONE
    assert len(desk.engine.jobs()) == 2


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


def test_workers_that_rest_are_woken_by_whatever_makes_work(desk: Desk) -> None:
    running = desk.engine._running

    def wakes(do: Callable[[], object]) -> bool:
        before = running.changes
        do()
        return running.changes > before

    first, second = desk.submit(), desk.submit()
    assert wakes(desk.submit)
    assert wakes(lambda: desk.engine.move_before(second.job_id, first.job_id))
    desk.engine.pause(first.job_id)
    assert wakes(lambda: desk.engine.resume(first.job_id))
    desk.engine.cancel(first.job_id)
    assert wakes(lambda: desk.engine.retry(first.job_id))
    assert wakes(desk.engine.resume_unfinished)


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
    assert set(new) <= {"availability", "camera"}, "nothing is fetched or asked for twice"


def test_a_kill_when_it_has_its_name_and_then_nobody_wants_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = desk.submit()
    with monkeypatch.context() as patched:
        patched.setattr("rta_viewer.jobs.delivery.write_receipt", _die)
        with pytest.raises(Kill):
            desk.run(job)
    desk.restart()
    desk.engine.cancel(job.job_id)
    assert desk.engine.job(job.job_id).state is JobState.CANCELLED
    assert desk.files() == []


def test_the_file_of_a_first_try_outlives_a_second_that_is_cancelled(desk: Desk) -> None:
    desk.recorder.recorded = (Span(SPAN.start_ms, SPAN.start_ms + 60_000),)
    wide = SaveRequest("camera", desk.recorder.recorded[0])
    first = desk.run(desk.submit(request=wide))
    assert first.state is JobState.DIFFERS
    again = desk.engine.retry(first.job_id)
    killed_at(desk, again, JobState.CHECKING)
    part_of(again).unlink()
    desk.engine.cancel(again.job_id)
    assert desk.files() == ["gate.mp4", "gate.mp4.receipt.json"]


def test_a_finished_file_stays_when_its_job_is_taken_off_the_list(desk: Desk) -> None:
    job = desk.run(desk.submit())
    part_of(job).hardlink_to(job.path)
    desk.engine.forget(job.job_id)
    assert desk.files() == ["gate.mp4", "gate.mp4.receipt.json"]


def _die(*_: object) -> None:
    raise Kill


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


def test_the_receipt_of_a_file_that_was_moved_away_stays(desk: Desk) -> None:
    first = desk.run(desk.submit())
    receipt = receipt_path(first.path)
    before = receipt.read_bytes()
    first.path.rename(desk.folder / "evidence.mp4")
    second = desk.run(desk.submit())
    assert second.file_name == "gate (2).mp4"
    assert receipt.read_bytes() == before
    assert read_receipt(receipt_path(second.path)).file_name == second.file_name


def test_a_folder_that_cannot_be_made(desk: Desk) -> None:
    desk.folder.write_text("a file stands in the way")
    job = desk.run(desk.submit())
    assert job.state is JobState.FAILED
    assert "folder" in job.reason


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
