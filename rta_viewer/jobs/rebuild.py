"""A list of jobs after its file was damaged: rows that can still be read, and receipts beside saved files.

The folders that files were saved to are noted in a small text file beside the list, one JSON string a line,
because they are what a damaged list would take with it.
"""

import contextlib
import json
import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.texts import tr
from rta_viewer.errors import StorageError
from rta_viewer.evidence.files import system_path, write_atomically
from rta_viewer.evidence.receipt import SUFFIX, Receipt, read_receipt

_MOST_FOLDERS = 100_000
"""Each package has one of its own."""
_MOST_RECEIPTS = 50_000
_MOST_ROWS = 1_000_000
_ROWS_IN_A_PAGE = 64
UNREADABLE = (sqlite3.Error, OverflowError, UnicodeError)
"""What is raised for a damaged file: also SQLite's own words about it may be no text."""


class FolderNotes:
    """The folders that were saved to. One thread at a time; what cannot be written is not missed today."""

    def __init__(self, store: Path) -> None:
        self._path = store.with_name(f"{store.name}.folders")
        self._known: set[str] | None = None

    def add(self, folder: Path) -> None:
        """Note one."""
        if self._known is None:
            self._known = {str(known) for known in self.folders()}
        text = str(folder)
        if text in self._known or len(self._known) >= _MOST_FOLDERS:
            return
        self._known.add(text)
        with contextlib.suppress(OSError), self._path.open("a", encoding="utf-8") as file:
            # The line before may be torn: the disk was full.
            file.write(f"\n{json.dumps(text)}\n")

    def folders(self) -> list[Path]:
        """All, oldest first; lines that make no sense are left out."""
        try:
            text = self._path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return []
        found = []
        for line in filter(None, text.splitlines()):
            with contextlib.suppress(ValueError):
                folder = json.loads(line)
                if isinstance(folder, str):
                    found.append(Path(folder))
        return found[:_MOST_FOLDERS]


class AsideNote:
    """The damaged files that a list is rebuilt from, until that is done. One thread at a time."""

    def __init__(self, store: Path) -> None:
        self._path = store.with_name(f"{store.name}.rebuilding")

    def add(self, away: Path) -> None:
        """Note one before it is made; raises StorageError."""
        names = [*self._names(), away.name]
        write_atomically(self._path, json.dumps(names).encode())

    def files(self) -> list[Path]:
        """Those that are there, oldest first."""
        found = [self._path.with_name(name) for name in self._names()]
        return [path for path in found if path.is_file()]

    def clear(self) -> None:
        """The list is complete."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _names(self) -> list[str]:
        try:
            names = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return []
        known = names if isinstance(names, list) else []
        return [name for name in known if isinstance(name, str) and Path(name).name == name]


def readable_rows(damaged: Path, table: str = "jobs") -> list[sqlite3.Row]:
    """The rows that SQLite still gives, before and behind what is damaged, in the order they were made.

    What is no text any more in a row has a sign for that in it.
    """
    try:
        address = f"{damaged.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=1.0)) as connection:
            connection.row_factory = sqlite3.Row
            connection.text_factory = lambda data: data.decode("utf-8", "replace")
            # Otherwise SQLite takes no file whose end is missing.
            connection.execute("PRAGMA writable_schema = ON")
            return list(_between(connection, table, 1, _last_row(connection, table)))
    except UNREADABLE:
        return []


def _last_row(connection: sqlite3.Connection, table: str) -> int:
    """The number of the last row, or a larger one: what holds it may be damaged."""
    guess: int = connection.execute("PRAGMA page_count").fetchone()[0] * _ROWS_IN_A_PAGE
    with contextlib.suppress(*UNREADABLE):
        last = connection.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0]  # noqa: S608 - our own
        guess = max(guess, last or 0)
    return min(guess, _MOST_ROWS)


def _between(
    connection: sqlite3.Connection, table: str, first: int, last: int
) -> Iterator[sqlite3.Row]:
    """The rows with these numbers; halved until what is damaged is on its own."""
    query = f"SELECT * FROM {table} WHERE rowid BETWEEN ? AND ?"  # noqa: S608 - our own
    try:
        yield from connection.execute(query, (first, last)).fetchall()
    except UNREADABLE:
        if first < last:
            middle = (first + last) // 2
            yield from _between(connection, table, first, middle)
            yield from _between(connection, table, middle + 1, last)


def jobs_from_receipts(folders: Iterable[Path], known: Iterable[Job]) -> list[Job]:
    """A finished job for each saved file whose receipt is beside it and that is not known.

    Volumes belong to the job of the file that they were cut from.
    """
    paths = {job.path for job in known}
    found: list[Job] = []
    volumes: dict[Path, Receipt] = {}
    for folder in _each_once([*{path.parent for path in paths}, *folders]):
        try:
            receipts = sorted(system_path(folder).glob(f"*{SUFFIX}"))[:_MOST_RECEIPTS]
        except (OSError, ValueError):
            # Its name may be none: the note was damaged, too.
            continue
        for file in receipts:
            with contextlib.suppress(StorageError, OSError):
                receipt = read_receipt(file)
                job = _job_of(receipt, folder)
                if receipt.volume_of is not None:
                    volumes[folder / receipt.volume_of.file_name] = receipt
                elif job.path not in paths and system_path(job.path).is_file():
                    found.append(job)
    return [_with_volumes(job, volumes.get(job.path)) for job in found]


def _each_once(folders: Iterable[Path]) -> Iterator[Path]:
    """Without those that are another way to write an earlier one, in other letters say."""
    seen: set[tuple[int, int]] = set()
    for folder in folders:
        with contextlib.suppress(OSError, ValueError):
            found = system_path(folder).stat()
            mark = found.st_dev, found.st_ino
            if mark not in seen:
                yield folder
            if found.st_ino:
                seen.add(mark)


def _with_volumes(job: Job, one: Receipt | None) -> Job:
    """The same job; ``one`` is the receipt of any of its volumes."""
    if one is None or one.volume_of is None or one.volume_of.sha256 != job.sha256:
        return job
    base = one.file_name.replace(f" (volume {one.volume_of.number})", "")
    volume_base = base if base != job.file_name else ""
    return replace(job, volume_count=one.volume_of.count, volume_base=volume_base)


def _job_of(receipt: Receipt, folder: Path) -> Job:
    differences = " ".join(receipt.differences)
    return Job(
        job_id=uuid.uuid4().hex,
        kind=JobKind.EXPORT if receipt.kind == "export" else JobKind.CLIP,
        server=receipt.server,
        username="",
        camera_id=receipt.camera_id,
        camera_name=receipt.camera_name,
        span=receipt.asked,
        folder=folder,
        file_name=receipt.file_name,
        container=receipt.container,
        state=JobState.DONE if receipt.check_ok else JobState.DIFFERS,
        received_bytes=receipt.size_bytes,
        total_bytes=receipt.size_bytes,
        sha256=receipt.sha256,
        reason=differences,
        why_kind=tr("Found again by its receipt."),
        created_ms=receipt.saved_at_ms,
        updated_ms=receipt.saved_at_ms,
    )
