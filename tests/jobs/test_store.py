import contextlib
import re
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.jobs import JobEvent, JobState
from rta_viewer.core.save_medium import Medium
from rta_viewer.core.spans import Span
from rta_viewer.errors import StorageError
from rta_viewer.jobs import store as store_module
from rta_viewer.jobs.rows import job_row
from rta_viewer.jobs.store import JobStore, NoStore, NotKeepableError, StoreError, read_jobs
from rta_viewer.jobs.store_lock import StoreInUseError
from tests.helpers.job_recorder import job

CLOCK = ManualClock(1_761_300_000_000)


FULL = job(
    container="mkv",
    quality="low",
    include_audio=False,
    watermark_text="{timestamp}",
    state=JobState.FETCHING,
    received_bytes=2**40,
    total_bytes=2**41,
    server_progress=12.5,
    server_state="Processing",
    export_id="e",
    expires_at_ms=9,
    sha256="ab",
    reason="why",
    hint="what",
    why_kind="long",
)


def test_everything_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "jobs.db"
    store = JobStore(path, CLOCK)
    store.save(FULL, "created")
    store.save(job("b"), "created")
    store.close()
    again = JobStore(path, CLOCK)
    assert again.load() == [FULL, job("b")]
    assert again.set_aside is None
    again.close()


def test_history_tells_each_step(tmp_path: Path) -> None:
    store = JobStore(tmp_path / "jobs.db", CLOCK)
    store.save(job(), "created")
    store.save(job(received_bytes=5), None)
    store.save(job(state=JobState.FAILED, updated_ms=9), "the disk is full")
    events = store.history("a")
    assert [(e.at_ms, e.state, e.why) for e in events] == [
        (4, JobState.QUEUED, "created"),
        (9, JobState.FAILED, "the disk is full"),
    ]
    assert store.load()[0].state is JobState.FAILED
    store.delete("a")
    assert store.load() == []
    assert store.history("a") == []
    store.close()
    store.close()


@pytest.mark.parametrize(
    "content", [b"this is no database" * 100, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_damaged_file_is_set_aside_and_never_deleted(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "jobs.db"
    path.write_bytes(content)
    for _ in range(2):
        store = JobStore(path, CLOCK)
        assert store.set_aside is not None
        assert store.set_aside.read_bytes() == content
        assert "damaged-20251024" in store.set_aside.name
        store.save(job(), "created")
        assert store.load() == [job()]
        store.close()
        path.write_bytes(content)
    assert len(list(tmp_path.glob("*.damaged-*"))) == 2


@pytest.mark.parametrize("left", [None, 0, 1, 99])
def test_a_list_that_was_emptied_is_noticed(tmp_path: Path, left: int | None) -> None:
    path = tmp_path / "jobs.db"
    store = JobStore(path, CLOCK)
    store.save(job(folder=tmp_path), "created")
    store.close()
    data = path.read_bytes()
    path.unlink() if left is None else path.write_bytes(data[:left])
    again = JobStore(path, CLOCK)
    assert again.was_lost is not bool(left)
    assert (again.set_aside is not None) is bool(left)
    if again.set_aside is not None:
        assert again.set_aside.read_bytes() == data[:left]
    again.close()
    JobStore(path, CLOCK).close()
    once_more = JobStore(path, CLOCK)
    assert not once_more.was_lost
    once_more.close()


def test_a_log_without_its_database_is_set_aside(tmp_path: Path) -> None:
    path, log = tmp_path / "jobs.db", tmp_path / "jobs.db-wal"
    for number in (1, 2):
        log.write_bytes(bytes([number]) * 50_000)
        if number == 2:
            path.touch()
        assert read_jobs(path) == []
        store = JobStore(path, CLOCK)
        assert store.set_aside is not None
        assert store.set_aside.read_bytes() == b""
        kept = store.set_aside.with_name(f"{store.set_aside.name}-wal")
        assert kept.read_bytes() == bytes([number]) * 50_000
        store.close()
        path.unlink()


def test_a_list_whose_log_was_deleted_before_it_was_merged(tmp_path: Path) -> None:
    path = tmp_path / "jobs.db"
    store = JobStore(path, CLOCK)
    store.save(job(), "created")
    as_killed = path.read_bytes()
    store.close()
    path.write_bytes(as_killed)
    again = JobStore(path, CLOCK)
    assert again.was_lost
    again.save(job(), "created")
    again.close()


def test_a_new_list_was_not_lost(tmp_path: Path) -> None:
    store = JobStore(tmp_path / "jobs.db", CLOCK)
    assert (store.was_lost, store.set_aside) == (False, None)
    store.close()


def test_a_list_without_its_tables_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "jobs.db"
    JobStore(path, CLOCK).close()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE history")
        connection.commit()
    store = JobStore(path, CLOCK)
    assert store.set_aside is not None
    store.save(job(), "created")
    store.close()


def test_a_line_of_the_history_that_makes_no_sense_is_left_out(tmp_path: Path) -> None:
    store = JobStore(tmp_path / "jobs.db", CLOCK)
    store.save(job(), "created")
    store.save(job(), "danced")
    store._connection.execute("UPDATE history SET state = 'dancing' WHERE why = 'danced'")
    assert [event.why for event in store.history("a")] == ["created"]
    store.close()


@pytest.mark.parametrize("odd", [{"rank": 2**70}, {"folder": Path("/caf\udce9")}])
def test_what_no_database_takes_is_no_error_of_the_list(tmp_path: Path, odd: Any) -> None:
    store = JobStore(tmp_path / "jobs.db", CLOCK)
    with pytest.raises(NotKeepableError):
        store.save(job(**odd), "created")
    store.save(job(), "created")
    assert store.load() == [job()]
    store.close()


def test_a_page_that_was_overwritten_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "jobs.db"
    store = JobStore(path, CLOCK)
    for number in range(200):
        store.save(job(str(number)), "created")
    store.close()
    data = bytearray(path.read_bytes())
    data[8192:12288] = b"\xaa" * 4096
    path.write_bytes(data)
    again = JobStore(path, CLOCK)
    assert again.set_aside is not None
    again.close()


def test_a_list_that_gets_damaged_under_way_says_what_cures_it(tmp_path: Path) -> None:
    path = tmp_path / "jobs.db"
    store = JobStore(path, CLOCK)
    store.add([job(str(number)) for number in range(300)])
    store.close()
    store = JobStore(path, CLOCK)
    with path.open("r+b") as file:
        size = file.seek(0, 2)
        file.seek(4096)
        file.write(b"\xaa" * (size - 4096))
    # What is in memory is still whole.
    store._connection.execute("PRAGMA shrink_memory")
    with pytest.raises(StoreError) as caught:
        store.save(job("5", rank=3), "moved")
    assert "Start the program again" in caught.value.hint
    store.close()
    again = JobStore(path, CLOCK)
    assert again.set_aside is not None
    again.close()


def test_a_newer_programs_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "jobs.db"
    store = JobStore(path, CLOCK)
    store.save(job(), "created")
    store.close()
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO schema_version VALUES (999, 0)")
    connection.commit()
    connection.close()
    # Also while it works on it: a list of which this version knows nothing is not called empty.
    for look in (read_jobs, lambda path: JobStore(path, CLOCK)):
        with pytest.raises(StorageError, match="newer version"):
            look(path)
    assert not list(tmp_path.glob("*.damaged-*"))


def test_a_row_that_makes_no_sense_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "jobs.db"
    store = JobStore(path, CLOCK)
    store.save(job("good"), "created")
    store.save(job("bad"), "created")
    store.close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE jobs SET state = 'dancing' WHERE job_id = 'bad'")
    connection.commit()
    connection.close()
    again = JobStore(path, CLOCK)
    assert [one.job_id for one in again.load()] == ["good"]
    again.close()


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StorageError):
        JobStore(tmp_path / "file" / "jobs.db", CLOCK)
    with pytest.raises(StorageError):
        JobStore(tmp_path, CLOCK)


def test_a_full_disk_is_called_so_and_room_lets_it_go_on(tmp_path: Path) -> None:
    store = JobStore(tmp_path / "jobs.db", CLOCK)
    store.save(job(), "created")
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="disk is full"):
        store.save(job("large", reason="x" * 100_000), "created")
    store._connection.execute("PRAGMA max_page_count = 10000")
    store.save(job("b"), "created")
    assert store.load() == [job(), job("b")]
    store.close()


def test_a_step_whose_end_cannot_be_written_stands_in_nobodys_way(tmp_path: Path) -> None:
    store = JobStore(tmp_path / "jobs.db", CLOCK)
    connection = store._connection
    # What is only checked at the end of a step leaves the step open when it fails.
    connection.execute(
        "CREATE TRIGGER stray AFTER INSERT ON jobs WHEN new.job_id = 'odd' BEGIN "
        "INSERT INTO strays VALUES ('nobody'); END"
    )
    connection.execute(
        "CREATE TABLE strays (job_id REFERENCES jobs(job_id) DEFERRABLE INITIALLY DEFERRED)"
    )
    with pytest.raises(StoreError):
        store.save(job("odd"), "created")
    store.save(job("b"), "created")
    assert store.load() == [job("b")]
    store.close()


def test_several_are_kept_in_one_step_without_a_line_of_history(tmp_path: Path) -> None:
    store = JobStore(tmp_path / "jobs.db", CLOCK)
    store.add([job("a"), job("b")])
    before = store.history("a")
    store.update([job("a", rank=4), job("b", rank=5)])
    assert [one.rank for one in store.load()] == [4, 5]
    assert store.history("a") == before
    with pytest.raises(NotKeepableError):
        store.update([job("a", rank=7), job("b", rank=2**70)])
    assert [one.rank for one in store.load()] == [4, 5]
    store.close()


def test_many_threads_write(tmp_path: Path) -> None:
    store = JobStore(tmp_path / "jobs.db", CLOCK)

    def write(name: str) -> None:
        for number in range(20):
            store.save(job(name, received_bytes=number), f"step {number}")

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.received_bytes for one in store.load()} == {19}
    assert all(len(store.history(name)) == 20 for name in "abcd")
    store.close()


def test_a_kill_loses_no_step_that_was_written(tmp_path: Path) -> None:
    code = f"""
import os, sys
sys.path.insert(0, {str(Path.cwd())!r})
from pathlib import Path
from rta_viewer.core.clock import ManualClock
from rta_viewer.jobs.store import JobStore
from tests.helpers.job_recorder import job
store = JobStore(Path({str(tmp_path / "jobs.db")!r}), ManualClock(0))
store.save(job(), "created")
os._exit(9)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    store = JobStore(tmp_path / "jobs.db", CLOCK)
    assert store.load() == [job()]
    assert store.set_aside is None
    store.close()


def test_a_power_cut_loses_no_step_that_was_written(tmp_path: Path) -> None:
    """The drive has each step before it is taken: in this mode only FULL syncs the log each time."""
    store = JobStore(tmp_path / "jobs.db", CLOCK)
    for pragma, wanted in (("journal_mode", "wal"), ("synchronous", 2)):
        assert store._connection.execute(f"PRAGMA {pragma}").fetchone()[0] == wanted
    store.close()


def test_keeping_nothing() -> None:
    store = NoStore()
    store.save(job(), "created")
    store.update([job()])
    assert store.load() == []
    assert store.history("a") == []
    store.delete("a")


@pytest.mark.parametrize("version", range(1, len(store_module._MIGRATIONS)))
def test_a_store_of_an_earlier_version_is_brought_up_to_date(tmp_path: Path, version: int) -> None:
    path = tmp_path / "jobs.db"
    statements = [each for steps in store_module._MIGRATIONS[:version] for each in steps]
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_ms INTEGER)"
        )
        for statement in statements:
            connection.execute(statement)
        connection.execute("INSERT INTO schema_version VALUES (?, 0)", (version,))
        old = {
            name: value
            for name, value in job_row(FULL).items()
            if any(re.search(rf"\b{name} (TEXT|INTEGER|REAL)", each) for each in statements)
        }
        names = ", ".join(old)
        marks = ", ".join(f":{name}" for name in old)
        connection.execute(f"INSERT INTO jobs ({names}) VALUES ({marks})", old)  # noqa: S608
        connection.execute(
            "INSERT INTO history (job_id, at_ms, state, why) "
            "VALUES ('a', 5, 'fetching', 'Fetching')"
        )
        connection.commit()
    store = JobStore(path, CLOCK)
    assert store.load() == [FULL]
    assert store.history("a") == [JobEvent(5, JobState.FETCHING, "Fetching")]
    new = job(
        "new",
        rank=-3,
        package="p",
        folder_seen=True,
        renewals=2,
        missing=Span(5, 9),
        medium=Medium.DVD,
        volume_count=3,
        mount_point="/mnt/nas",
    )
    store.save(new, "why", "anna")
    store.close()
    again = JobStore(path, CLOCK)
    assert again.load() == [FULL, new]
    assert again.history("new")[-1].who == "anna"
    again.close()


def test_one_process_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "jobs.db"
    store = JobStore(path, CLOCK)
    store.save(job(), "created")
    with pytest.raises(StoreInUseError):
        JobStore(path, CLOCK)
    assert read_jobs(path) == [job()]
    store.close()
    JobStore(path, CLOCK).close()
    assert read_jobs(tmp_path / "none") == []
