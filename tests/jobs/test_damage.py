"""A list that was damaged on the disk: told, set aside, and what can be read of it is kept."""

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.jobs import Job, JobEvent, JobState
from rta_viewer.errors import StorageError
from rta_viewer.jobs.store import JobStore, StoreError, read_jobs
from rta_viewer.jobs.store_lock import StoreInUseError
from tests.helpers.job_recorder import job

CLOCK = ManualClock(1_761_300_000_000)
JOBS = [job(f"job-{number:03}") for number in range(300)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A list of many jobs, closed."""
    path = tmp_path / "jobs.db"
    store = JobStore(path, CLOCK)
    store.add(JOBS)
    store.save(JOBS[7], "looked at", "anna")
    store.close()
    return path


def asked(path: Path, query: str) -> int:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        found: int = connection.execute(query).fetchone()[0]
        return found


def told(path: Path, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(statement)
        connection.commit()


def in_index(path: Path) -> None:
    """One letter of an identifier, where only the index has it."""
    root = asked(path, "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_jobs_1'")
    leaf = int.from_bytes(page(path, root)[-4:], "big") or root
    data = bytearray(path.read_bytes())
    at = data.index(b"job-", (leaf - 1) * 4096)
    data[at + 5] ^= 1
    path.write_bytes(data)


def page(path: Path, number: int) -> bytes:
    with path.open("rb") as file:
        file.seek((number - 1) * 4096)
        return file.read(12)


def no_text(path: Path) -> None:
    told(path, "UPDATE jobs SET camera_name = CAST(x'4bfc63' AS TEXT) WHERE job_id = 'job-005'")


def other_kind(path: Path) -> None:
    told(path, "UPDATE jobs SET reason = x'00' WHERE job_id = 'job-005'")


def shut(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(18)
        file.write(b"\x09")


def no_sense(path: Path) -> None:
    told(path, "UPDATE jobs SET state = 'dancing' WHERE job_id = 'job-005'")


@pytest.mark.parametrize("damage", [in_index, no_text, other_kind, shut, no_sense])
def test_one_spot_costs_one_job_at_most_and_is_told(
    path: Path, damage: Callable[[Path], None]
) -> None:
    damage(path)
    store = JobStore(path, CLOCK)
    assert store.set_aside is not None
    assert store.set_aside.is_file()
    found = store.load()
    others = [one for one in JOBS if one.job_id != "job-005"]
    assert [one for one in found if one.job_id != "job-005"] == others
    assert store.rebuilt == len(found) >= 299
    store.save(found[0], "goes on")
    store.close()
    again = JobStore(path, CLOCK)
    assert (again.set_aside, again.load()) == (None, found)
    again.close()


def test_what_is_no_text_any_more_is_replaced_and_the_job_stays(path: Path) -> None:
    no_text(path)
    store = JobStore(path, CLOCK)
    assert [one.camera_name for one in store.load() if one.job_id == "job-005"] == ["K\ufffdc"]
    store.close()


def test_the_history_is_found_again_too(path: Path) -> None:
    no_text(path)
    store = JobStore(path, CLOCK)
    events = store.history("job-007")
    assert events[1:-1] == [JobEvent(4, JobState.QUEUED, "looked at", "anna")]
    assert [event.why for event in events[-1:]] == [
        "Found again after the list of jobs was damaged"
    ]
    store.close()


@pytest.mark.parametrize(
    "words",
    [
        "CREATE TABLE jobs (job_id TEXT PRIMARY KEY, kind TEXT)",
        "CREATE TABLE jobs (job_id TEXT PRIMARY KEY, \udcff\udcff)",
    ],
)
def test_a_table_that_is_another_one_does_not_keep_the_list_shut(path: Path, words: str) -> None:
    raw = words.encode("utf-8", "surrogateescape").hex()
    told(path, f"UPDATE sqlite_master SET sql = CAST(x'{raw}' AS TEXT) WHERE name = 'jobs'")  # noqa: S608
    with contextlib.suppress(StorageError):
        assert read_jobs(path) == []
    store = JobStore(path, CLOCK)
    assert store.set_aside is not None
    store.save(job("new"), "created")
    store.close()


def test_an_index_that_gets_damaged_under_way_says_what_cures_it(path: Path) -> None:
    store = JobStore(path, CLOCK)
    data = path.read_bytes()
    line = data.index(b"job-007\x04queuedlooked at")
    with path.open("r+b") as file:
        file.seek(line)
        file.write(b"job-999")
    # What is in memory is still whole.
    store._connection.execute("PRAGMA shrink_memory")
    with pytest.raises(StoreError) as caught:
        store.delete("job-007")
    assert "Start the program again" in caught.value.hint
    store.close()
    assert JOBS[0] in survivors(path)


def survivors(path: Path) -> list[Job]:
    store = JobStore(path, CLOCK)
    assert store.set_aside is not None
    found = store.load()
    store.close()
    return found


def test_what_stands_in_the_lock_beside_the_list_does_not_keep_it_shut(path: Path) -> None:
    JobStore(path, CLOCK).close()
    lock = path.with_name(f"{path.name}.lock")
    lock.write_bytes(b"no database" * 99)
    store = JobStore(path, CLOCK)
    assert store.set_aside is None
    with pytest.raises(StoreInUseError):
        JobStore(path, CLOCK)
    lock.write_bytes(b"no database" * 99)
    with pytest.raises(StoreInUseError):
        JobStore(path, CLOCK)
    store.close()


def test_what_is_behind_a_damaged_page_is_not_lost(path: Path) -> None:
    data = bytearray(path.read_bytes())
    first = data.index(b"job-050") // 4096 * 4096
    data[first : first + 4096] = b"\xaa" * 4096
    path.write_bytes(data)
    found = survivors(path)
    assert len(found) > 250
    assert {JOBS[0], JOBS[-1]} <= set(found)


def test_what_is_before_a_missing_end_is_not_lost(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex(b"job-299") // 4096 * 4096 - 4096])
    found = survivors(path)
    assert len(found) > 100
    assert JOBS[0] in found
