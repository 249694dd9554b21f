"""A drive that says it has room and takes nothing, as a full quota does: tried for days, told of twice."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.errors import NetworkError, TargetLostError
from rta_viewer.jobs import room
from rta_viewer.jobs.engine import Lane, Limits
from rta_viewer.jobs.store import StoreError
from tests.helpers.job_desk import Desk

FULL = "The disk is full: /share."
GONE = "The folder /share is gone."


class _Usage:
    free = 10**12


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(room.shutil, "disk_usage", lambda path: _Usage())
    desk = Desk(tmp_path)
    yield desk
    desk.store.close()


def _work(desk: Desk) -> None:
    # As the workers do: a list that cannot be written now ends nobody.
    with suppress(StoreError):
        desk.turn()
        desk.clock.advance(300)
        desk.engine.tend()


def _until_done(desk: Desk, job: Job) -> list[str]:
    """Work until it is done; what the history says."""
    while not desk.engine.job(job.job_id).finished:
        _work(desk)
    assert desk.engine.job(job.job_id).state is JobState.DONE
    return [event.why for event in desk.engine.history(job.job_id)]


@pytest.mark.parametrize(("kind", "method"), [("clip", "fetch_clip"), ("export", "fetch_export")])
def test_however_often_it_is_tried_the_history_tells_twice(
    desk: Desk, kind: str, method: str
) -> None:
    desk.recorder.fail(method, *[TargetLostError(FULL)] * 50)
    told = _until_done(desk, desk.submit(JobKind(kind)))
    assert desk.recorder.count(method) == 51
    assert (told.count(FULL), told.count("There is room again")) == (2, 1)
    assert told.count("Fetching") == 2
    assert told[-1] == "Delivered as asked"


def test_another_reason_is_told(desk: Desk) -> None:
    troubles = [TargetLostError(FULL)] * 9 + [TargetLostError(GONE)] * 9
    desk.recorder.fail("fetch_clip", *troubles)
    told = _until_done(desk, desk.submit())
    assert (told.count(FULL), told.count(GONE)) == (2, 2)


def test_whoever_resumes_it_sees_what_comes_of_it(desk: Desk) -> None:
    desk.recorder.fail("fetch_clip", *[TargetLostError(FULL)] * 6)
    job = desk.submit()
    for _ in range(5):
        _work(desk)
    desk.turn()
    desk.engine.resume(job.job_id)
    told = _until_done(desk, job)
    assert told[told.index("Resumed") + 1] == "Fetching"


def test_a_server_that_goes_away_meanwhile_is_told(desk: Desk) -> None:
    desk.engine.limits = Limits(patience=3)
    away = NetworkError("The server refuses.")
    desk.recorder.fail("fetch_clip", *[TargetLostError(FULL)] * 5, away)
    assert "The server refuses." in _until_done(desk, desk.submit())


def test_a_pause_that_could_not_be_written_down_is_told_when_it_can(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list may be on the same full drive."""
    job = desk.submit()
    desk.recorder.fail("fetch_clip", TargetLostError(FULL))
    save, refusals = desk.store.save, [0]

    def refuse(saved: Job, why: str | None, who: str = "") -> None:
        if saved.state is JobState.PAUSED and refusals[0] < 4:
            refusals[0] += 1
            raise StoreError("The list cannot be written.")
        save(saved, why, who)

    monkeypatch.setattr(desk.store, "save", refuse)
    desk.engine.run_next(Lane.CLIPS, CancelToken())
    assert FULL in _until_done(desk, job)
    assert refusals == [4]
