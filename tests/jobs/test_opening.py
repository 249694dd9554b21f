import errno
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.jobs import JobState
from rta_viewer.errors import Cancelled, StorageError
from rta_viewer.jobs import opening
from rta_viewer.jobs.engine import JobEngine
from rta_viewer.jobs.lent_store import LentStore
from rta_viewer.jobs.opening import Hold, open_list
from rta_viewer.jobs.store import JobStore, StoreError
from tests.helpers.job_recorder import job

CLOCK = ManualClock(5)


class Start:
    """A window that opens its list."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = JobEngine(LentStore(path), lambda *_: None, CLOCK)
        self.token = CancelToken()
        self.told: list[Hold] = []
        self.lent = threading.Event()
        self.stores: list[JobStore] = []
        self.complaints: list[str] = []

    def run(self) -> str:
        return open_list(
            self.engine,
            self.path,
            CLOCK,
            self.token,
            self._tell,
            self.stores.append,
            self.complaints.append,
        )

    def _tell(self, hold: Hold) -> None:
        self.told.append(hold)
        if hold is Hold.LENT:
            self.lent.set()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    made = Start(tmp_path / "jobs.db")
    yield made
    for store in made.stores:
        store.close()


def test_a_list_that_nobody_has_is_opened_at_once(start: Start) -> None:
    store = JobStore(start.path, CLOCK)
    store.add([job("a", state=JobState.FETCHING), job("b", state=JobState.PAUSED)])
    store.close()
    assert start.run() == ""
    assert start.told == [Hold.OWN]
    assert {one.job_id: one.state for one in start.engine.jobs()} == {
        "a": JobState.QUEUED,
        "b": JobState.PAUSED,
    }


def test_a_list_that_a_command_has_is_shown_and_taken_over_when_it_ends(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_LOOK_EVERY_S", 0.02)
    command = JobStore(start.path, CLOCK)
    command.add([job("a", state=JobState.QUEUED)])
    thread = threading.Thread(target=start.run)
    thread.start()
    assert start.lent.wait(10)
    assert [one.job_id for one in start.engine.jobs()] == ["a"]
    start.engine.pause("a")
    start.engine.add(job("mine", state=JobState.QUEUED))
    command.close()
    thread.join(10)
    assert start.told == [Hold.LENT, Hold.OWN]
    states = {one.job_id: one.state for one in start.stores[0].load()}
    assert states == {"a": JobState.PAUSED, "mine": JobState.QUEUED}


def test_a_list_that_is_busy_or_full_for_a_moment_is_waited_for(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_LOOK_EVERY_S", 0.0)
    busy = sqlite3.OperationalError("database is locked")
    busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
    troubles: list[Exception | None] = [busy, None]
    full = [StoreError("The disk is full."), None]

    def store(path: Path, clock: ManualClock) -> JobStore:
        if trouble := troubles.pop(0):
            raise StoreError("The list of jobs cannot be used.") from trouble
        return JobStore(path, clock)

    def resume() -> None:
        if trouble := full.pop(0):
            raise trouble

    monkeypatch.setattr(opening, "JobStore", store)
    monkeypatch.setattr(start.engine, "resume_unfinished", resume)
    assert start.run() == ""
    assert start.told == [Hold.LENT, Hold.OWN]
    assert (troubles, full) == ([], [])


@pytest.mark.parametrize("how", ["said by SQLite", "said by the system", "seen"])
def test_a_list_on_a_full_disk_is_opened_when_there_is_room(
    start: Start, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """With an empty one in its place, what is ordered meanwhile would be forgotten."""
    monkeypatch.setattr(opening, "_LOOK_EVERY_S", 0.0)
    store = JobStore(start.path, CLOCK)
    store.add([job("a", state=JobState.QUEUED)])
    store.close()
    trouble: Exception = sqlite3.OperationalError("disk I/O error")
    trouble.sqlite_errorcode = sqlite3.SQLITE_IOERR  # type: ignore[attr-defined]
    if how == "said by SQLite":
        trouble.sqlite_errorcode = sqlite3.SQLITE_FULL  # type: ignore[attr-defined]
    elif how == "said by the system":
        trouble = OSError(errno.ENOSPC, "full")
    else:
        monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    left = [trouble] * 3

    def open_store(path: Path, clock: ManualClock) -> JobStore:
        if left:
            raise StoreError("The list of jobs cannot be used: full.") from left.pop()
        return JobStore(path, clock)

    monkeypatch.setattr(opening, "JobStore", open_store)
    assert start.run() == ""
    assert start.told == [Hold.WAITING, Hold.OWN]
    (complaint,) = start.complaints
    assert "as soon as there is room" in complaint
    assert [one.job_id for one in start.engine.jobs()] == ["a"]


def test_what_has_nothing_to_do_with_room_is_said_on_a_full_disk_too(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_LOOK_EVERY_S", 0.0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    command = JobStore(start.path, CLOCK)
    monkeypatch.setattr(opening, "_read_along", lambda _engine: command.close())
    assert start.run() == ""
    assert (start.told, start.complaints) == ([Hold.LENT, Hold.OWN], [])
    newer = StorageError("A newer version wrote it.")
    monkeypatch.setattr(opening, "JobStore", Mock(side_effect=newer))
    assert "Saved files are listed until the program ends" in start.run()
    assert start.complaints == []


def test_the_program_may_end_before(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    command = JobStore(start.path, CLOCK)
    monkeypatch.setattr(opening, "_read_along", lambda _engine: start.token.cancel())
    with pytest.raises(Cancelled):
        start.run()
    assert (start.told, start.stores) == ([Hold.LENT], [])
    command.close()


def test_damage_is_told_and_a_list_that_cannot_be_kept_is_still_one(start: Start) -> None:
    start.path.write_bytes(b"no database" * 100)
    assert "damaged" in start.run()
    assert not start.engine.forgets
    other = Start(start.path.parent / "a folder")
    other.path.mkdir()
    assert "not after it" in other.run()
    assert (other.told, other.engine.forgets) == ([Hold.OWN], True)
    other.engine.add(job("a", state=JobState.QUEUED))
    other.engine.pause("a")
    assert [one.state for one in other.engine.jobs()] == [JobState.PAUSED]


def test_a_list_that_was_lost_is_told(start: Start) -> None:
    store = JobStore(start.path, CLOCK)
    store.add([job("a")])
    store.close()
    start.path.write_bytes(b"")
    assert "was lost and starts anew; 0 saved files" in start.run()
