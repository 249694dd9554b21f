from collections.abc import Sequence

import pytest

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.jobs import IllegalTransitionError, Job, JobEvent, JobState
from rta_viewer.core.model import TransferProgress
from rta_viewer.errors import NotFoundError, StorageError
from rta_viewer.jobs.board import Board
from rta_viewer.jobs.store import NoStore
from tests.helpers.job_recorder import job


class Recording(NoStore):
    """Remembers what it was given."""

    def __init__(self) -> None:
        self.saved: list[tuple[JobState, str | None]] = []
        self.updated: list[list[str]] = []
        self.full = False

    def load(self) -> list[Job]:
        return [job("old")]

    def save(self, job: Job, why: str | None, who: str = "") -> None:
        if self.full:
            raise StorageError("full")
        self.saved.append((job.state, why))

    def update(self, jobs: Sequence[Job]) -> None:
        if self.full:
            raise StorageError("full")
        self.updated.append([one.job_id for one in jobs])

    def history(self, job_id: str) -> list[JobEvent]:
        return [JobEvent(0, JobState.QUEUED, job_id)]


def test_what_was_kept_is_there_again() -> None:
    board = Board(Recording(), ManualClock(0))
    assert [one.job_id for one in board.jobs()] == ["old"]
    assert board.history("old")[0].why == "old"


def test_each_step_is_written_before_it_is_told() -> None:
    store = Recording()
    board = Board(store, ManualClock(77))
    told: list[tuple[JobState, int]] = []
    unsubscribe = board.subscribe(lambda one: told.append((one.state, len(store.saved))))
    board.add(job("a"), "new")
    moved = board.move("a", JobState.FETCHING, "go", reason="r")
    assert (moved.state, moved.reason, moved.updated_ms) == (JobState.FETCHING, "r", 77)
    assert told == [(JobState.QUEUED, 1), (JobState.FETCHING, 2)]
    unsubscribe()
    unsubscribe()
    board.move("a", JobState.CHECKING, "check")
    assert len(told) == 2


def test_a_step_that_cannot_be_written_is_not_taken() -> None:
    store = Recording()
    board = Board(store, ManualClock(0))
    board.add(job("a"), "new")
    store.full = True
    with pytest.raises(StorageError):
        board.move("a", JobState.FETCHING, "go")
    assert board.get("a").state is JobState.QUEUED


def test_the_same_state_again_is_no_step() -> None:
    board = Board(Recording(), ManualClock(0))
    board.add(job("a", state=JobState.ASKING), "new")
    assert board.move("a", JobState.ASKING, "again", reason="busy").reason == "busy"
    with pytest.raises(IllegalTransitionError):
        board.move("a", JobState.DONE, "no")


def test_progress_is_told_and_not_written() -> None:
    store = Recording()
    board = Board(store, ManualClock(0))
    board.add(job("a", state=JobState.FETCHING), "new")
    told: list[Job] = []
    board.subscribe(told.append)
    board.progress("a", TransferProgress(5, 10, "note"))
    assert (told[0].received_bytes, told[0].total_bytes, told[0].reason) == (5, 10, "note")
    assert len(store.saved) == 1


def test_the_next_attempt_is_told_until_there_is_an_answer() -> None:
    clock = ManualClock(0, 100.0)
    board = Board(Recording(), clock)
    board.add(job("a", state=JobState.FETCHING), "new")
    board.progress("a", TransferProgress(5, 10, "No answer.", wait_s=12.0))
    assert board.get("a").next_try_s == 112.0
    board.progress("a", TransferProgress(6, 10))
    assert board.get("a").next_try_s is None
    board.progress("a", TransferProgress(6, 10, "No answer.", wait_s=12.0))
    assert board.move("a", JobState.CHECKING, "check").next_try_s is None


def test_what_is_gone_is_not_found() -> None:
    board = Board(Recording(), ManualClock(0))
    board.delete("old")
    with pytest.raises(NotFoundError):
        board.get("old")
    with pytest.raises(NotFoundError):
        board.change("old", reason="x")


def test_a_step_that_depends_on_what_the_job_is_when_it_is_written() -> None:
    store = Recording()
    board = Board(store, ManualClock(0))
    board.add(job("a", state=JobState.PAUSED), "new")
    told: list[Job] = []
    board.subscribe(told.append)
    fetching = board.move_if("a", lambda now: now.state is JobState.FETCHING, JobState.QUEUED, "no")
    assert fetching is None
    assert board.move_if("gone", lambda now: True, JobState.QUEUED, "no") is None
    assert (told, len(store.saved)) == ([], 1)
    moved = board.move_if("a", lambda now: now.state is JobState.PAUSED, JobState.QUEUED, "yes")
    assert moved == board.get("a") == told[0]
    assert store.saved[1:] == [(JobState.QUEUED, "yes")]


def test_the_next_attempt_alone_is_not_written() -> None:
    store = Recording()
    board = Board(store, ManualClock(0))
    board.add(job("a"), "new")
    for next_try_s in (20.0, 40.0):
        told = board.move("a", JobState.QUEUED, "", reason="busy", next_try_s=next_try_s)
        assert board.get("a") == told
        assert told.next_try_s == next_try_s
    assert store.saved[1:] == [(JobState.QUEUED, None)]


def test_many_are_changed_in_one_step() -> None:
    store = Recording()
    board = Board(store, ManualClock(0))
    board.add_all([job("a"), job("b"), job("c")])
    told: list[str] = []
    board.subscribe(lambda one: told.append(one.job_id))
    board.change_all(lambda one: {"reason": "busy"} if one.job_id in {"a", "c"} else {})
    assert store.updated == [["a", "c"]]
    assert told == ["a", "c"]
    board.change_all(lambda one: {"next_try_s": 5.0} if one.reason else {})
    assert store.updated == [["a", "c"]], "the next attempt alone is not written"
    assert [one.next_try_s for one in board.jobs()] == [None, 5.0, None, 5.0]
    board.change_all(lambda one: {"reason": one.reason})
    assert told == ["a", "c", "a", "c"], "nothing has changed"
    store.full = True
    with pytest.raises(StorageError):
        board.change_all(lambda _: {"reason": "other"})
    assert [one.reason for one in board.jobs()] == ["", "busy", "", "busy"]


def test_what_is_told_last_is_how_the_job_is() -> None:
    board = Board(Recording(), ManualClock(0))
    told: list[JobState] = []

    def overtake(changed: Job) -> None:
        # What a worker does in the very moment in which somebody tells it to.
        if changed.state is JobState.FETCHING:
            board.move("old", JobState.FAILED, "Not allowed.")

    board.subscribe(overtake)
    board.subscribe(lambda changed: told.append(changed.state))
    board.move("old", JobState.FETCHING, "begun")
    assert told[-1] is board.get("old").state is JobState.FAILED


def test_a_job_that_is_gone_by_now_is_told_no_more() -> None:
    board = Board(Recording(), ManualClock(0))
    told: list[str] = []
    board.subscribe(lambda changed: board.delete(changed.job_id))
    board.subscribe(lambda changed: told.append(changed.job_id))
    board.move("old", JobState.FETCHING, "begun")
    assert told == ["old"]
