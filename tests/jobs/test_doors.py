"""A changed password, a certificate that nobody vouches for: jobs wait until somebody signs in again."""

from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.certificate import untrusted
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.model import ExportStatus
from rta_viewer.errors import BusyError, NetworkError, RefusedError, RtaError, ServerError
from rta_viewer.jobs.engine import Lane, NotRetryableError
from rta_viewer.jobs.schedule import Limits
from tests.helpers.job_desk import Desk
from tests.helpers.job_recorder import JobRecorder, working

REFUSED = RefusedError("The password is wrong.", "Check it.")
UNTRUSTED = untrusted("http://server:443", "self-signed", None)
METHODS = {JobKind.CLIP: "fetch_clip", JobKind.EXPORT: "create_export"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    made.engine.limits = Limits(patience=30)
    yield made
    made.store.close()


def refuse(desk: Desk, err: RtaError = REFUSED) -> None:
    for method in ("fetch_clip", "create_export", "export_status", "fetch_export"):
        desk.recorder.fail(method, *[err] * 99)


def sign_in_again(desk: Desk) -> None:
    desk.recorder = JobRecorder()


def now(desk: Desk, *jobs: Job) -> list[Job]:
    return [desk.engine.job(job.job_id) for job in jobs]


def states(desk: Desk, *jobs: Job) -> set[JobState]:
    return {job.state for job in now(desk, *jobs)}


def asked(desk: Desk) -> int:
    return len(desk.recorder.calls)


@pytest.mark.parametrize("err", [REFUSED, UNTRUSTED])
def test_one_attempt_is_made_and_all_wait_for_a_sign_in(desk: Desk, err: RtaError) -> None:
    told_of: list[RtaError] = []
    desk.engine.on_shut_out = lambda _job, why: told_of.append(why)
    jobs = [desk.submit(kind) for kind in [*JobKind] * 3]
    refuse(desk, err)
    desk.turn(5)
    assert told_of == [err], "once for all of them"
    assert asked(desk) == (2 if err is REFUSED else 1), "whether it is about that job alone"
    assert states(desk, *jobs) == {JobState.QUEUED}
    told = now(desk, *jobs)
    assert {job.reason for job in told} == {err.summary}
    assert all("sign" in job.hint.lower() for job in told)
    assert {job.next_try_s for job in told} == {None}
    sign_in_again(desk)
    desk.turn(12)
    assert states(desk, *jobs) == {JobState.DONE}
    assert JobState.FAILED not in {state for _, state in desk.told}
    assert desk.recorder.count("create_export") == 3
    assert {job.reason for job in now(desk, *jobs)} == {""}


def test_who_signs_out_and_in_again_is_asked_anew(desk: Desk) -> None:
    job = desk.submit()
    refuse(desk)
    desk.turn(2)
    desk.signed_in = False
    desk.turn(2)
    assert now(desk, job)[0].reason == "", "nobody is signed in: that is what it waits for"
    sign_in_again(desk)
    desk.signed_in = True
    desk.turn()
    assert states(desk, job) == {JobState.DONE}


def test_who_signs_in_the_moment_after_has_the_reason_taken_back(desk: Desk) -> None:
    job = desk.submit()
    refuse(desk)
    assert desk.engine.run_next(Lane.CLIPS, CancelToken())
    assert now(desk, job)[0].reason == REFUSED.summary
    sign_in_again(desk)
    desk.engine.tend()
    (job,) = now(desk, job)
    assert (job.state, job.reason, job.hint) == (JobState.QUEUED, "", "")


@pytest.mark.parametrize("again", ["resume", "retry"])
def test_whoever_does_not_want_to_wait_has_it_tried_once(desk: Desk, again: str) -> None:
    jobs = [desk.submit() for _ in range(3)]
    refuse(desk)
    desk.turn(3)
    if again == "resume":
        desk.engine.pause(jobs[0].job_id)
        desk.turn(3)
    assert asked(desk) == 2
    getattr(desk.engine, again)(jobs[0].job_id)
    desk.turn(3)
    assert asked(desk) == 4
    assert states(desk, *jobs) == {JobState.QUEUED}
    desk.recorder.troubles.clear()
    desk.engine.retry(jobs[1].job_id)
    desk.turn(3)
    assert states(desk, *jobs) == {JobState.DONE}


@pytest.mark.parametrize("kind", JobKind)
@pytest.mark.parametrize("patience", [30, 0])
def test_a_job_that_alone_is_refused_fails_alone(desk: Desk, kind: JobKind, patience: int) -> None:
    """Some servers say so of one camera: user and password are right."""
    desk.engine.limits = Limits(patience=patience)
    first, *others = [desk.submit(kind) for _ in range(3)]
    desk.recorder.fail(METHODS[kind], REFUSED)
    desk.turn(9)
    assert states(desk, *others) == {JobState.DONE}
    (job,) = now(desk, first)
    assert (job.state, job.failure) == (JobState.FAILED, "sign_in")
    assert "not allowed" in job.reason


@pytest.mark.parametrize("error", [BusyError("Later."), NetworkError("Gone."), ServerError("No.")])
def test_where_it_is_not_known_whether_the_password_is_right_all_wait(
    desk: Desk, error: RtaError
) -> None:
    jobs = [desk.submit() for _ in range(2)]
    desk.recorder.fail("fetch_clip", REFUSED)
    desk.recorder.fail("export_status", error)
    desk.turn(5)
    assert states(desk, *jobs) == {JobState.QUEUED}
    assert {job.reason for job in now(desk, *jobs)} == {REFUSED.summary}


@pytest.mark.parametrize("wanted", ["cancel", "pause"])
def test_who_stops_a_job_while_that_is_found_out_shuts_nothing(desk: Desk, wanted: str) -> None:
    job, other = desk.submit(), desk.submit()
    desk.recorder.fail("fetch_clip", REFUSED)

    def stopped(export_id: str, cancel: CancelToken) -> ExportStatus:
        getattr(desk.engine, wanted)(job.job_id)
        cancel.raise_if_cancelled()
        raise REFUSED

    desk.recorder.export_status = stopped  # type: ignore[method-assign]
    desk.turn(3)
    assert states(desk, job) <= {JobState.CANCELLED, JobState.PAUSED}
    assert states(desk, other) == {JobState.DONE}


@pytest.mark.parametrize("err", [REFUSED, UNTRUSTED])
@pytest.mark.parametrize("method", ["export_status", "fetch_export"])
def test_an_export_goes_on_after_the_sign_in_and_is_not_ordered_again(
    desk: Desk, method: str, err: RtaError
) -> None:
    desk.recorder.polls = deque([working(50)])
    job = desk.submit(JobKind.EXPORT)
    desk.turn()
    desk.recorder.fail(method, err)
    if err is REFUSED:
        refuse(desk)
    desk.turn(4)
    (job,) = now(desk, job)
    assert (job.state, job.reason, job.export_id) == (JobState.QUEUED, err.summary, "e1")
    attempts = asked(desk)
    desk.turn(9)
    assert asked(desk) == attempts
    sign_in_again(desk)
    desk.turn(9)
    assert states(desk, job) == {JobState.DONE}
    assert desk.recorder.count("create_export") == 0


def test_exports_that_the_server_prepares_say_why_nobody_asks(desk: Desk) -> None:
    desk.recorder.polls = deque([working(50)])
    jobs = [desk.submit(JobKind.EXPORT) for _ in range(2)]
    for _ in jobs:
        assert desk.engine.run_next(Lane.POLLS, CancelToken())
    refuse(desk, UNTRUSTED)
    desk.turn(4)
    assert states(desk, *jobs) == {JobState.QUEUED, JobState.PREPARING}
    assert {job.reason for job in now(desk, *jobs)} == {UNTRUSTED.summary}
    attempts = asked(desk)
    (preparing,) = (job for job in now(desk, *jobs) if job.state is JobState.PREPARING)
    desk.engine.retry(preparing.job_id)
    desk.turn(4)
    assert asked(desk) == attempts + 1
    sign_in_again(desk)
    desk.recorder.polls = deque([working(50)] * 99)
    desk.turn(2)
    assert {job.reason for job in now(desk, *jobs)} == {""}


@pytest.mark.parametrize("method", ["export_status", "fetch_export"])
def test_a_command_says_so_at_once_and_retry_goes_on(desk: Desk, method: str) -> None:
    """Nobody signs in there again."""
    desk.engine.limits = Limits()
    job = desk.submit(JobKind.EXPORT)
    desk.recorder.fail(method, UNTRUSTED)
    job = desk.run(job)
    assert (job.state, job.reason, job.hint) == (
        JobState.FAILED,
        UNTRUSTED.summary,
        UNTRUSTED.hint,
    )
    assert desk.run(desk.engine.retry(job.job_id)).state is JobState.DONE
    assert desk.recorder.count("create_export") == 1


def test_a_host_of_files_that_nobody_vouches_for_is_not_the_server(desk: Desk) -> None:
    job, other = desk.submit(JobKind.EXPORT), desk.submit()
    desk.recorder.fail("fetch_export", untrusted("https://files", "self-signed", None))
    desk.turn(5)
    assert states(desk, job) == {JobState.FAILED}
    assert states(desk, other) == {JobState.DONE}


def test_what_has_ended_is_not_tried_again_by_that(desk: Desk) -> None:
    done = desk.run(desk.submit())
    desk.submit()
    refuse(desk)
    desk.turn(2)
    with pytest.raises(NotRetryableError):
        desk.engine.retry(done.job_id)
