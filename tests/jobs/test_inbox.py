"""Orders that commands leave for the process that owns the list of jobs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.core.jobs import JobKind, JobState
from rta_viewer.errors import StorageError
from rta_viewer.jobs.inbox import Do, Inbox, Order
from rta_viewer.jobs.rows import job_row
from rta_viewer.jobs.store import StoreError
from tests.helpers.job_desk import Desk
from tests.helpers.job_recorder import job
from tests.helpers.log_watch import LogWatch


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.store.close()


def tend(desk: Desk) -> None:
    desk.clock.advance(5)
    desk.engine.tend()


def test_an_order_is_carried_out_once_and_forgotten(desk: Desk) -> None:
    waiting = desk.submit()
    box = desk.store.inbox
    assert box is not None
    left = box.put(Order(Do.PAUSE, waiting.job_id, {}))
    tend(desk)
    assert desk.engine.job(waiting.job_id).state is JobState.PAUSED
    assert not left.exists()
    for do, state in (
        (Do.RESUME, JobState.QUEUED),
        (Do.CANCEL, JobState.CANCELLED),
        (Do.RETRY, JobState.QUEUED),
    ):
        box.put(Order(do, waiting.job_id, {}))
        tend(desk)
        assert desk.engine.job(waiting.job_id).state is state
    assert box.waiting() == []


def test_a_job_that_was_ordered_twice_is_there_once(desk: Desk) -> None:
    new = job("new", kind=JobKind.CLIP, server="http://server", username="demo")
    box = desk.store.inbox
    assert box is not None
    for _ in range(2):
        box.put(Order(Do.ADD, "new", job_row(new)))
    tend(desk)
    assert desk.engine.jobs() == [new]


def test_orders_that_make_no_sense_are_dropped(desk: Desk, tmp_path: Path) -> None:
    box = desk.store.inbox
    assert box is not None
    box.put(Order(Do.PAUSE, "nobody", {}))
    box.put(Order(Do.RETRY, desk.submit().job_id, {}))
    box.put(Order(Do.ADD, "x", {"job_id": "x"}))
    folder = tmp_path / "jobs.db.inbox"
    for number, text in enumerate(("{", '{"do": "dance"}', "[]", '{"do":"add","job":5,"row":{}}')):
        (folder / f"{number}.json").write_text(text)
    tend(desk)
    assert list(folder.iterdir()) == []
    assert [one.state for one in desk.engine.jobs()] == [JobState.QUEUED]


@pytest.mark.parametrize(
    "odd",
    [
        {"quality": ["x"]},
        {"rank": 2**70},
        {"server_progress": 10**400},
        {"next_try_s": "soon"},
        {"start_ms": "x", "end_ms": "y"},
        {"folder": "/saved/caf\udce9"},
        {"missing_start_ms": 5, "missing_end_ms": 1},
    ],
)
def test_an_odd_order_is_dropped_and_the_next_one_carried_out(
    desk: Desk, odd: dict[str, object]
) -> None:
    box = desk.store.inbox
    assert box is not None
    box.put(Order(Do.ADD, "odd", {**job_row(job("odd")), **odd}))
    box.put(Order(Do.ADD, "good", job_row(job("good"))))
    tend(desk)
    assert box.waiting() == []
    assert [one.job_id for one in desk.engine.jobs()] == ["good"]


def test_an_order_that_the_program_stumbles_over_is_dropped(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error_log: LogWatch
) -> None:
    box = desk.store.inbox
    assert box is not None

    def stumbles(job_id: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(desk.engine, "pause", stumbles)
    error_log.expect("cannot be carried out")
    box.put(Order(Do.PAUSE, "a", {}))
    tend(desk)
    assert box.waiting() == []


def test_an_order_waits_while_the_list_cannot_be_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = desk.store.inbox
    assert box is not None
    box.put(Order(Do.ADD, "good", job_row(job("good"))))

    def full(jobs: object) -> None:
        raise StoreError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(desk.store, "add", full)
        with pytest.raises(StoreError):
            tend(desk)
        assert len(box.waiting()) == 1
    tend(desk)
    assert box.waiting() == []
    assert [one.job_id for one in desk.engine.jobs()] == ["good"]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    box = Inbox(tmp_path / "file" / "inbox")
    with pytest.raises(StorageError):
        box.put(Order(Do.PAUSE, "a", {}))
    assert box.waiting() == []
