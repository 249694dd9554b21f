import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.spans import Span
from rta_viewer.errors import StorageError, UsageError
from rta_viewer.jobs.engine import JobEngine
from rta_viewer.jobs.inbox import Inbox, Order
from rta_viewer.jobs.lent_store import LentStore
from rta_viewer.jobs.store import JobStore, StoreError
from tests.helpers.job_desk import Desk
from tests.helpers.job_recorder import job


@pytest.fixture
def owner(tmp_path: Path) -> Iterator[Desk]:
    """A command that works on the list."""
    desk = Desk(tmp_path)
    yield desk
    desk.store.close()


@pytest.fixture
def window(owner: Desk) -> JobEngine:
    return JobEngine(LentStore(owner.root / "jobs.db"), lambda *_: None, ManualClock(5))


def look(owner: Desk) -> None:
    owner.clock.advance(10)
    owner.engine.tend()


def test_the_list_of_another_process_is_read_along(owner: Desk, window: JobEngine) -> None:
    told: list[Job] = []
    window.subscribe(told.append)
    first = owner.submit()
    assert window.jobs() == []
    window.read_along()
    assert window.jobs() == told == [first]
    window.read_along()
    assert told == [first], "nothing has changed"
    owner.engine.pause(first.job_id)
    window.read_along()
    assert told[1:] == [owner.engine.job(first.job_id)]
    assert [event.why for event in window.history(first.job_id)][-1] == "Paused"


def test_what_is_wanted_is_handed_on(owner: Desk, window: JobEngine) -> None:
    waiting, other = owner.submit(), owner.submit()
    window.read_along()
    window.pause(waiting.job_id)
    window.cancel(other.job_id)
    mine = window.add(job("mine", state=JobState.QUEUED, span=Span(0, 1000)))
    assert window.job("mine") == mine
    assert len(owner.engine.jobs()) == 2
    look(owner)
    states = {one.job_id: one.state for one in owner.engine.jobs()}
    assert states == {
        waiting.job_id: JobState.PAUSED,
        other.job_id: JobState.CANCELLED,
        "mine": JobState.QUEUED,
    }
    window.read_along()
    assert window.resume(waiting.job_id).state is JobState.PAUSED
    assert window.retry(other.job_id).state is JobState.CANCELLED
    look(owner)
    window.read_along()
    assert {one.state for one in window.jobs()} == {JobState.QUEUED}
    for refused in (window.forget, lambda key: window.move_before(key, None)):
        with pytest.raises(UsageError):
            refused(waiting.job_id)


def test_nothing_is_lost_when_the_owner_has_just_ended(owner: Desk, window: JobEngine) -> None:
    kept = owner.submit()
    window.read_along()
    owner.store.close()
    window.add(job("mine", state=JobState.QUEUED))
    window.pause(kept.job_id)
    store = JobStore(owner.root / "jobs.db", ManualClock(5))
    window.adopt(store)
    window.tend()
    states = {one.job_id: one.state for one in store.load()}
    assert states == {kept.job_id: JobState.PAUSED, "mine": JobState.QUEUED}
    assert window.history("mine")[0].state is JobState.QUEUED
    store.close()


def test_jobs_that_are_handed_on_while_the_list_is_taken_over_are_in_it(
    owner: Desk, window: JobEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner.store.close()
    store = JobStore(owner.root / "jobs.db", ManualClock(5))
    taking_over = threading.Thread(target=window.adopt, args=(store,))
    put = Inbox.put

    def put_slowly(box: Inbox, order: Order) -> Path:
        path = put(box, order)
        taking_over.start()
        # It has to wait; if it had not, it would be through by then.
        taking_over.join(0.2)
        return path

    monkeypatch.setattr(Inbox, "put", put_slowly)
    window.add(job("mine", state=JobState.QUEUED))
    taking_over.join(10)
    window.tend()
    assert [one.job_id for one in store.load()] == ["mine"]
    store.close()


def test_an_order_of_several_files_is_handed_on_as_a_whole_or_not_at_all(
    owner: Desk, window: JobEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(box: Inbox, order: Order) -> Path:
        raise StorageError("The disk is full.")

    new = [job(name, state=JobState.QUEUED) for name in "abc"]
    with monkeypatch.context() as patched:
        patched.setattr(Inbox, "put", full)
        with pytest.raises(StorageError):
            window.add_all(new)
    look(owner)
    assert (owner.engine.jobs(), window.jobs()) == ([], [])
    window.add_all(new)
    assert len(list((owner.root / "jobs.db.inbox").iterdir())) == 1
    look(owner)
    assert owner.engine.jobs() == new


def test_what_cannot_be_written_down_is_refused(owner: Desk, window: JobEngine) -> None:
    odd = job("odd", folder=Path("/saved/caf\udce9"))
    for engine in (window, owner.engine):
        with pytest.raises(UsageError, match="written down"):
            engine.add(odd)
        assert engine.jobs() == []


def test_nothing_is_written(tmp_path: Path) -> None:
    lent = LentStore(tmp_path / "none.db")
    assert lent.load() == []
    for write in (
        lambda: lent.save(job(), "why"),
        lambda: lent.add([job()]),
        lambda: lent.update([job()]),
        lambda: lent.delete("a"),
    ):
        with pytest.raises(StoreError):
            write()
    assert list(tmp_path.iterdir()) == []
