"""How steps of jobs end, and what is said of it."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.errors import RtaError
from rta_viewer.jobs.schedule import Lane
from rta_viewer.jobs.store import StoreError
from tests.helpers.job_desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.store.close()


@pytest.mark.parametrize("kind", list(JobKind))
@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.FETCHING, JobState.CHECKING])
def test_a_job_says_that_the_list_cannot_be_written_as_long_as_it_waits_for_that(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, kind: JobKind, state: JobState
) -> None:
    job = desk.submit(kind)

    def full(one: Job, why: str | None, who: str = "") -> None:
        raise StoreError("The disk is full.", "Free some.")

    def fill(one: Job) -> None:
        if one.state is state:
            patched.setattr(desk.store, "save", full)

    with monkeypatch.context() as patched:
        unsubscribe = desk.engine.subscribe(fill)
        fill(job)
        # Whoever looks after all jobs is told, too.
        with suppress(StoreError):
            desk.turn(4)
        unsubscribe()
        waiting = desk.engine.job(job.job_id)
        assert (waiting.state, waiting.reason, waiting.hint) == (
            state,
            "The disk is full.",
            "Free some.",
        )
    desk.clock.advance(60)
    desk.engine.tend()
    waiting = desk.engine.job(job.job_id)
    assert waiting.state is JobState.QUEUED
    assert state is JobState.QUEUED or not waiting.reason, "it may wait long for other transfers"
    desk.turn(6)
    job = desk.engine.job(job.job_id)
    assert (job.state, job.reason) == (JobState.DONE, "")


def test_a_list_that_cannot_be_written_is_not_tried_again_without_a_rest(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.submit()

    def full(one: Job, why: str | None, who: str = "") -> None:
        raise StoreError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(desk.store, "save", full)
        assert desk.engine.run_next(Lane.CLIPS, CancelToken())
        assert not desk.engine.run_next(Lane.CLIPS, CancelToken()), "a worker would spin"
    desk.clock.advance(60)
    assert desk.engine.run_next(Lane.CLIPS, CancelToken())
    assert [job.state for job in desk.engine.jobs()] == [JobState.DONE]


@pytest.mark.parametrize("kind", list(JobKind))
@pytest.mark.parametrize("where", ["step", "end"])
def test_what_no_list_takes_ends_the_job_and_not_the_work(
    desk: Desk, kind: JobKind, where: str
) -> None:
    """To try that again would be no use."""
    job = desk.submit(kind)

    def odd(told: Job) -> None:
        if told.state is JobState.FETCHING and where == "step":
            desk.engine._board.change(job.job_id, total_bytes=2**63)
        elif told.state is JobState.FETCHING:
            raise RtaError("half a letter: \ud83d")

    desk.engine.subscribe(odd)
    desk.turn(4)
    ended = desk.engine.job(job.job_id)
    assert (ended.state, ended.reason) == (
        JobState.FAILED,
        "Something came that cannot be written into the list of jobs.",
    )
    desk.restart()
    assert desk.engine.job(job.job_id).state is JobState.FAILED
