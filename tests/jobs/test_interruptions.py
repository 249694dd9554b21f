"""What somebody does in the middle of a step: it is told as it was, and no job fails of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import JobKind, JobState
from rta_viewer.core.model import Availability
from rta_viewer.core.spans import Span
from rta_viewer.errors import Cancelled, SignInError
from rta_viewer.jobs.engine import Lane
from tests.helpers.job_desk import Desk
from tests.helpers.job_recorder import JobRecorder


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.store.close()


@pytest.mark.parametrize("kind", JobKind)
def test_who_signs_out_just_as_a_step_begins_fails_no_job(desk: Desk, kind: JobKind) -> None:
    """It had the recorder, whose session was closed a moment later."""

    def too_late(*_: object, **__: object) -> None:
        desk.signed_in = False
        raise SignInError("Nobody is signed in to this server.", "Sign in first.")

    recorder = desk.recorder
    desk.recorder = JobRecorder()
    for method in ("fetch_clip", "create_export"):
        setattr(desk.recorder, method, too_late)
    job = desk.submit(kind)
    desk.turn()
    job = desk.engine.job(job.job_id)
    assert (job.state, job.reason, job.failure) == (JobState.QUEUED, "", "")
    desk.recorder, desk.signed_in = recorder, True
    desk.turn(4)
    assert desk.engine.job(job.job_id).state is JobState.DONE


@pytest.mark.parametrize("kind", JobKind)
@pytest.mark.parametrize(
    "end", [Cancelled("The connection to the server was closed."), SignInError("Sign in first.")]
)
def test_who_signs_out_during_the_check_has_it_made_when_somebody_is_signed_in_again(
    desk: Desk, kind: JobKind, end: Exception
) -> None:
    """Without what the server lists, only the length would be compared."""
    job = desk.submit(kind)

    class Closed(JobRecorder):
        def availability(self, camera_id: str, window: Span, cancel: CancelToken) -> Availability:
            desk.signed_in = False
            raise end

    desk.recorder = Closed()
    assert desk.run(job).state is JobState.QUEUED
    assert desk.recorder.count("fetch_clip") + desk.recorder.count("fetch_export") == 1
    desk.recorder, desk.signed_in = JobRecorder(), True
    job = desk.run(job)
    assert (job.state, job.reason) == (JobState.DONE, "")
    assert desk.recorder.count("fetch_clip") + desk.recorder.count("fetch_export") == 0


def test_a_refusal_while_somebody_is_signed_in_is_one(desk: Desk) -> None:
    desk.recorder.fail("fetch_clip", SignInError("The server refused it."))
    job = desk.run(desk.submit())
    assert (job.state, job.reason) == (JobState.FAILED, "The server refused it.")


def test_who_cancels_between_question_and_answer_is_told_that_there_may_be_an_export(
    desk: Desk,
) -> None:
    """Tried again, it is made a second time."""

    def cancelled(*_: object) -> None:
        desk.engine.cancel(job.job_id)
        raise Cancelled

    desk.recorder.create_export = cancelled  # type: ignore[method-assign, assignment]
    job = desk.submit(JobKind.EXPORT)
    assert desk.run(job).state is JobState.CANCELLED
    assert "may have begun" in desk.engine.history(job.job_id)[-1].why


def test_who_cancels_an_export_that_has_a_name_is_told_no_more_than_that(desk: Desk) -> None:
    job = desk.submit(JobKind.EXPORT)
    desk.engine.run_next(Lane.POLLS, CancelToken())
    desk.engine.cancel(job.job_id)
    assert desk.engine.history(job.job_id)[-1].why == "Cancelled"
