"""Orders that commands leave for the process that owns the list of jobs."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.save_order import MOST_PIECES
from rta_viewer.errors import StorageError, UsageError
from rta_viewer.jobs import inbox
from rta_viewer.jobs.inbox import Do, Inbox, Order, order_to_add
from rta_viewer.jobs.rows import job_row
from rta_viewer.jobs.store import StoreError
from rta_viewer.vms.json_node import MAX_EXACT_CHARS, MAX_TEXT_CHARS
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
    left = box.put(Order(Do.PAUSE, waiting.job_id))
    tend(desk)
    assert desk.engine.job(waiting.job_id).state is JobState.PAUSED
    assert not left.exists()
    for do, state in (
        (Do.RESUME, JobState.QUEUED),
        (Do.CANCEL, JobState.CANCELLED),
        (Do.RETRY, JobState.QUEUED),
    ):
        box.put(Order(do, waiting.job_id))
        tend(desk)
        assert desk.engine.job(waiting.job_id).state is state
    assert box.waiting() == []


def test_a_job_that_was_ordered_twice_is_there_once(desk: Desk) -> None:
    new = job("new", kind=JobKind.CLIP, server="http://server", username="demo")
    box = desk.store.inbox
    assert box is not None
    for _ in range(2):
        box.put(order_to_add([new]))
    tend(desk)
    assert desk.engine.jobs() == [new]


def test_orders_of_an_older_version_are_carried_out(desk: Desk, tmp_path: Path) -> None:
    """It left one for each file, and a row that is empty where there is nothing to add."""
    waiting = desk.submit()
    new = job("new", kind=JobKind.CLIP, server="http://server", username="demo")
    folder = tmp_path / "jobs.db.inbox"
    folder.mkdir()
    added = {"do": "add", "job": "", "row": job_row(new)}
    paused = {"do": "pause", "job": waiting.job_id, "row": {}}
    for number, order in enumerate((added, paused)):
        (folder / f"{number}.json").write_text(json.dumps(order))
    tend(desk)
    assert desk.engine.job("new") == new
    assert desk.engine.job(waiting.job_id).state is JobState.PAUSED
    assert list(folder.iterdir()) == []


def test_orders_that_make_no_sense_are_dropped(desk: Desk, tmp_path: Path) -> None:
    box = desk.store.inbox
    assert box is not None
    box.put(Order(Do.PAUSE, "nobody"))
    box.put(Order(Do.RETRY, desk.submit().job_id))
    box.put(Order(Do.ADD, rows=({"job_id": "x"},)))
    folder = tmp_path / "jobs.db.inbox"
    for number, text in enumerate(
        (
            "{",
            '{"do": "dance"}',
            "[]",
            '{"do":"add","job":"","rows":[5]}',
            '{"do":"add","job":"","rows":{}}',
            '{"do":"add","job":"","row":[]}',
        )
    ):
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
    box.put(Order(Do.ADD, rows=({**job_row(job("odd")), **odd},)))
    box.put(order_to_add([job("good")]))
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
    box.put(Order(Do.PAUSE, "a"))
    tend(desk)
    assert box.waiting() == []


def test_an_order_waits_while_the_list_cannot_be_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = desk.store.inbox
    assert box is not None
    box.put(order_to_add([job("good")]))

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


def test_the_longest_names_that_servers_may_give_are_handed_on(desk: Desk) -> None:
    box = desk.store.inbox
    assert box is not None
    long = job("long", camera_id="م" * MAX_EXACT_CHARS, camera_name="😀" * MAX_TEXT_CHARS)
    box.put(order_to_add([long]))
    tend(desk)
    assert desk.engine.jobs() == [long]


def test_jobs_that_belong_together_are_one_order_and_one_step(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box, add, steps = desk.store.inbox, desk.store.add, []
    assert box is not None
    many = [job(f"{number:03}", package="p") for number in range(MOST_PIECES)]

    def counted(jobs: Sequence[Job]) -> None:
        steps.append(len(jobs))
        add(jobs)

    monkeypatch.setattr(desk.store, "add", counted)
    box.put(order_to_add(many))
    assert len(list((tmp_path / "jobs.db.inbox").iterdir())) == 1
    tend(desk)
    assert (desk.engine.jobs(), steps) == (many, [MOST_PIECES])


def test_what_would_be_dropped_is_not_ordered(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = desk.store.inbox
    assert box is not None
    monkeypatch.setattr(inbox, "_MAX_BYTES", 5_000)
    with pytest.raises(UsageError, match="too large"):
        box.put(order_to_add([job(str(number)) for number in range(10)]))
    with pytest.raises(UsageError, match="written down"):
        order_to_add([job("fine"), job("odd", folder=Path("/saved/caf\udce9"))])
    assert box.waiting() == []


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    box = Inbox(tmp_path / "file" / "inbox")
    with pytest.raises(StorageError):
        box.put(Order(Do.PAUSE, "a"))
    assert box.waiting() == []
