"""A list that begins anew: what it begins with, also when that is cut short."""

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.jobs import JobState
from rta_viewer.jobs import store as store_module
from rta_viewer.jobs.rebuild import AsideNote, FolderNotes, jobs_from_receipts
from rta_viewer.jobs.rows import job_row
from rta_viewer.jobs.store import JobStore, read_jobs
from tests.helpers.job_desk import Desk
from tests.helpers.job_recorder import job

CLOCK = ManualClock(1_761_300_000_000)


class Kill(BaseException):
    """The program ends here."""


def killed(*_: object) -> None:
    raise Kill


def saved_one(tmp_path: Path) -> Path:
    """A list in which one file was saved; where it is."""
    desk = Desk(tmp_path)
    assert desk.run(desk.submit()).path.is_file()
    desk.store.close()
    return desk.root / "jobs.db"


@pytest.mark.parametrize("content", [None, b"", b"garbage" * 1000, b"torn"])
def test_a_rebuild_that_is_cut_short_happens_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    path = saved_one(tmp_path)
    path.unlink() if content is None else path.write_bytes(content)
    with monkeypatch.context() as patched:
        patched.setattr(store_module, "jobs_from_receipts", killed)
        for _ in range(2):
            with pytest.raises(Kill):
                JobStore(path, CLOCK)
            assert read_jobs(path) == []
    store = JobStore(path, CLOCK)
    assert [one.file_name for one in store.load()] == ["gate.mp4"]
    assert (store.rebuilt, store.was_lost) == (1, not content)
    assert (store.set_aside is not None) is bool(content)
    store.close()
    again = JobStore(path, CLOCK)
    assert (again.rebuilt, again.was_lost, again.set_aside) == (0, False, None)
    assert len(again.load()) == 1
    again.close()
    assert not list(tmp_path.glob("*.rebuilding"))


@pytest.mark.parametrize("last", [0, 1, 2])
def test_rows_that_can_be_read_are_not_lost_by_a_kill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int
) -> None:
    path = tmp_path / "jobs.db"
    store = JobStore(path, CLOCK)
    store.save(job(), "created")
    store._connection.execute("DROP TABLE history")
    store.close()
    replace = Path.replace
    moved: list[Path] = []

    def move(one: Path, target: Path) -> Path:
        if ".damaged" in target.name:
            if len(moved) == last:
                raise Kill
            moved.append(target)
        return replace(one, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", move)
        patched.setattr(store_module, "jobs_from_receipts", killed)
        with pytest.raises(Kill):
            JobStore(path, CLOCK)
    store = JobStore(path, CLOCK)
    assert store.load() == [job()]
    store.close()


def test_a_list_of_the_first_version_without_its_history(tmp_path: Path) -> None:
    path = tmp_path / "jobs.db"
    first = store_module._MIGRATIONS[0]
    old = {
        name: value
        for name, value in job_row(job(state=JobState.PAUSED)).items()
        if f" {name} " in first[0]
    }
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE schema_version (version INTEGER, applied_ms INTEGER)")
        connection.execute("INSERT INTO schema_version VALUES (1, 0)")
        connection.execute(first[0])
        marks = ", ".join(f":{name}" for name in old)
        connection.execute(f"INSERT INTO jobs ({', '.join(old)}) VALUES ({marks})", old)  # noqa: S608
        connection.commit()
    store = JobStore(path, CLOCK)
    assert store.set_aside is not None
    assert store.load() == [job(state=JobState.PAUSED)]
    store.close()


def test_a_list_that_forgot_its_version_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "jobs.db"
    store = JobStore(path, CLOCK)
    store.save(job(), "created")
    store._connection.execute("DROP TABLE schema_version")
    store.close()
    again = JobStore(path, CLOCK)
    assert again.set_aside is not None
    assert again.load() == [job()]
    again.close()


def test_a_found_job_that_no_database_takes_does_not_keep_the_list_shut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved_one(tmp_path)
    path.unlink()
    found = [job("odd", rank=2**70), job("good")]
    monkeypatch.setattr(store_module, "jobs_from_receipts", lambda folders, known: found)
    store = JobStore(path, CLOCK)
    assert store.load() == [job("good")]
    store.close()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_two_ways_to_write_a_folder_are_one(tmp_path: Path) -> None:
    """Windows takes upper case for lower case, and links lead to the same files."""
    saved_one(tmp_path)
    folder, other = tmp_path / "saved", tmp_path / "other"
    other.symlink_to(folder)
    found = jobs_from_receipts([folder, other, folder], [])
    assert [one.path for one in found] == [folder / "gate.mp4"]
    assert jobs_from_receipts([other], found) == []
    assert [one.folder for one in jobs_from_receipts([tmp_path / "gone", other], [])] == [other]


@pytest.mark.parametrize("text", ["", "[", "{}", "[5]", '["../jobs.db"]', '["gone"]'])
def test_a_note_that_makes_no_sense_names_nothing(tmp_path: Path, text: Any) -> None:
    (tmp_path / "jobs.db").touch()
    (tmp_path / "jobs.db.rebuilding").write_text(text)
    assert AsideNote(tmp_path / "jobs.db").files() == []


def test_folders_of_years_are_remembered_and_a_torn_line_costs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "jobs.db"
    packages = [tmp_path / f"Gate {number}" for number in range(3_000)]
    notes = FolderNotes(path)
    for folder in packages:
        notes.add(folder)
    with path.with_name("jobs.db.folders").open("ab") as file:
        file.write(b'"/torn \xff')
    FolderNotes(path).add(tmp_path / "last")
    assert FolderNotes(path).folders() == [*packages, tmp_path / "last"]


@pytest.mark.parametrize("odd", ["\\u0000", "\\ud800"])
def test_a_folder_whose_name_is_none_keeps_no_list_shut(tmp_path: Path, odd: str) -> None:
    path = saved_one(tmp_path)
    path.unlink()
    notes = path.with_name(f"{path.name}.folders")
    notes.write_text(f'"/some{odd}"\n{notes.read_text()}')
    store = JobStore(path, CLOCK)
    assert store.rebuilt == 1
    store.close()
