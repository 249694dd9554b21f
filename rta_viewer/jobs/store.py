"""Jobs on disk: SQLite with a write-ahead log, so that a kill at any instant loses no step.

One connection behind one lock; any thread may call. One process at a time: see ``store_lock``. A file that is
not a readable database is set aside under another name, never deleted, and a fresh one begins; ``set_aside``
says where it went. An empty one where jobs were once is begun anew in the same way. What is found again is
there together with the tables, or neither is: a rebuild that is cut short happens at the next start.
"""

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from pathlib import Path
from typing import Protocol

from rta_viewer.core.clock import Clock
from rta_viewer.core.jobs import Job, JobEvent
from rta_viewer.core.texts import kept, tr
from rta_viewer.core.timescale import wall_clock
from rta_viewer.errors import StorageError
from rta_viewer.jobs.inbox import Inbox
from rta_viewer.jobs.rebuild import (
    UNREADABLE,
    AsideNote,
    FolderNotes,
    jobs_from_receipts,
    readable_rows,
)
from rta_viewer.jobs.rows import COLUMNS, can_be_kept, event_from_row, job_from_row, job_row
from rta_viewer.jobs.store_lock import StoreLock, is_damaged

_log = logging.getLogger(__name__)

_MIGRATIONS: Sequence[tuple[str, ...]] = (
    (
        """CREATE TABLE jobs (
            job_id TEXT PRIMARY KEY, kind TEXT NOT NULL, server TEXT NOT NULL, username TEXT NOT NULL,
            camera_id TEXT NOT NULL, camera_name TEXT NOT NULL, start_ms INTEGER NOT NULL,
            end_ms INTEGER NOT NULL, folder TEXT NOT NULL, file_name TEXT NOT NULL, container TEXT NOT NULL,
            quality TEXT NOT NULL, include_audio INTEGER NOT NULL, watermark_text TEXT NOT NULL,
            state TEXT NOT NULL, received_bytes INTEGER NOT NULL, total_bytes INTEGER, server_progress REAL,
            server_state TEXT NOT NULL, export_id TEXT NOT NULL, expires_at_ms INTEGER, sha256 TEXT NOT NULL,
            reason TEXT NOT NULL, hint TEXT NOT NULL, why_kind TEXT NOT NULL,
            created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL)""",
        """CREATE TABLE history (
            job_id TEXT NOT NULL REFERENCES jobs(job_id) ON DELETE CASCADE,
            at_ms INTEGER NOT NULL, state TEXT NOT NULL, why TEXT NOT NULL)""",
        "CREATE INDEX history_by_job ON history(job_id)",
    ),
    (
        "ALTER TABLE jobs ADD COLUMN rank INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE jobs ADD COLUMN package TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE jobs ADD COLUMN pause_cause TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE jobs ADD COLUMN folder_seen INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE jobs ADD COLUMN renewals INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE jobs ADD COLUMN failure TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE history ADD COLUMN who TEXT NOT NULL DEFAULT ''",
    ),
    (
        "ALTER TABLE jobs ADD COLUMN missing_start_ms INTEGER",
        "ALTER TABLE jobs ADD COLUMN missing_end_ms INTEGER",
    ),
    (
        "ALTER TABLE jobs ADD COLUMN medium TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE jobs ADD COLUMN volume_count INTEGER NOT NULL DEFAULT 0",
    ),
    ("ALTER TABLE jobs ADD COLUMN estimated_bytes INTEGER",),
    ("ALTER TABLE jobs ADD COLUMN volume_base TEXT NOT NULL DEFAULT ''",),
    ("ALTER TABLE jobs ADD COLUMN left_out TEXT NOT NULL DEFAULT ''",),
    ("ALTER TABLE jobs ADD COLUMN mount_point TEXT NOT NULL DEFAULT ''",),
)
"""Each entry brings the schema one version further; entries are never changed once released."""

_UPSERT = (
    f"INSERT INTO jobs ({', '.join(COLUMNS)}) "  # noqa: S608 - our own column names
    f"VALUES ({', '.join(f':{name}' for name in COLUMNS)}) ON CONFLICT(job_id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in COLUMNS if name != "job_id")
)


_SELECT_JOBS = "SELECT * FROM jobs ORDER BY created_ms, rowid"
_TABLES = frozenset({"jobs", "history"})
_HISTORY = ("job_id", "at_ms", "state", "why", "who")
_HEADER_BYTES = 100
"""SQLite takes a shorter file for an empty one (https://sqlite.org/fileformat.html)."""


class StoreError(StorageError):
    """The list of jobs cannot be read or written now; what a job does has nothing to do with it."""


class NotKeepableError(StorageError):
    """What was to be written down is something that no database takes: to try again is no use."""


class Store(Protocol):
    """Where jobs are kept."""

    @property
    def inbox(self) -> Inbox | None:
        """Orders from other processes; None where there are none."""
        ...

    @property
    def outbox(self) -> Inbox | None:
        """Where to leave orders for the process that owns the list; None where that is this one."""
        ...

    def load(self) -> list[Job]:
        """All jobs, oldest first."""
        ...

    def save(self, job: Job, why: str | None, who: str = "") -> None:
        """Keep it; ``why`` adds a line to its history, ``who`` is empty for the program itself."""
        ...

    def add(self, jobs: Sequence[Job]) -> None:
        """Keep new ones in one step; why they are as they are begins their history."""
        ...

    def update(self, jobs: Sequence[Job]) -> None:
        """Keep known ones in one step; their history stays as it is."""
        ...

    def history(self, job_id: str) -> list[JobEvent]:
        """What happened to it, oldest first."""
        ...

    def delete(self, job_id: str) -> None:
        """Forget it."""
        ...


class NoStore:
    """Keeps nothing: for work that ends with the process."""

    inbox: Inbox | None = None
    outbox: Inbox | None = None

    def load(self) -> list[Job]:
        """Nothing."""
        return []

    def save(self, job: Job, why: str | None, who: str = "") -> None:
        """Nothing."""

    def add(self, jobs: Sequence[Job]) -> None:
        """Nothing."""

    def update(self, jobs: Sequence[Job]) -> None:
        """Nothing."""

    def history(self, job_id: str) -> list[JobEvent]:
        """Nothing."""
        return []

    def delete(self, job_id: str) -> None:
        """Nothing."""


def inbox_of(path: Path) -> Inbox:
    """Where the owner of a store finds orders."""
    return Inbox(path.with_name(f"{path.name}.inbox"))


def read_jobs(path: Path) -> list[Job]:
    """The jobs of a store that another process owns, oldest first; none where there is none, or it is torn.

    Raises:
        StorageError: It cannot be read, or a newer program wrote it.
    """
    # Beside one that is too short even a look makes SQLite delete the log.
    if _size_of(path) < _HEADER_BYTES:
        return []
    with _reading(path) as connection:
        # Its owner may only just make them.
        if not _TABLES.issubset(_tables(connection)):
            return []
        _version_of(connection)
        return _jobs(connection.execute(_SELECT_JOBS).fetchall())


def read_history(path: Path, job_id: str) -> list[JobEvent]:
    """What happened to a job of such a store, oldest first; raises StorageError."""
    with _reading(path) as connection:
        return _history(connection, job_id)


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    with _sqlite_errors(path), contextlib.closing(sqlite3.connect(path, timeout=5.0)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def _tables(connection: sqlite3.Connection) -> set[str]:
    named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {row["name"] for row in named}


def _version_of(connection: sqlite3.Connection) -> int:
    """Of the schema; raises StorageError when a newer program wrote it."""
    version: int = connection.execute("SELECT max(version) FROM schema_version").fetchone()[0] or 0
    if version > len(_MIGRATIONS):
        raise StorageError(
            tr("The list of jobs was written by a newer version of the program."),
            tr("Use the newer version."),
        )
    return version


def _jobs(rows: Iterable[sqlite3.Row]) -> list[Job]:
    return [job for row in rows if (job := job_from_row(row)) is not None]


def _history(connection: sqlite3.Connection, job_id: str) -> list[JobEvent]:
    """Lines that make no sense are left out."""
    rows = connection.execute(
        "SELECT at_ms, state, why, who FROM history WHERE job_id = ? ORDER BY rowid", (job_id,)
    )
    return [event for row in rows if (event := event_from_row(row)) is not None]


class JobStore:
    """The database in one file.

    Attributes:
        inbox: Orders from other processes.
        outbox: None: this process owns the list.
        set_aside: Where an unreadable database was moved, None when there was none.
        was_lost: The list was empty or gone although jobs had been in it.
        rebuilt: How many jobs were found again after either, in what could be read and by receipts.

    Raises:
        StoreInUseError: Another process works on these jobs.
        StorageError: The file cannot be opened, or a newer program wrote it.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._lock = threading.Lock()
        self.set_aside: Path | None = None
        self.was_lost = False
        self.rebuilt = 0
        self._at_start: list[Job] | None = None
        self._folders = FolderNotes(path)
        self._asides = AsideNote(path)
        self.inbox: Inbox | None = inbox_of(path)
        self.outbox: Inbox | None = None
        with _sqlite_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._ownership = StoreLock(path)
            try:
                self._connection = self._open_or_replace()
            except BaseException:
                self._ownership.close()
                raise

    def load(self) -> list[Job]:
        with self._lock, _sqlite_errors(self._path):
            at_start, self._at_start = self._at_start, None
            if at_start is not None:
                return at_start
            rows = self._connection.execute(_SELECT_JOBS).fetchall()
        return _jobs(rows)

    def save(self, job: Job, why: str | None, who: str = "") -> None:
        with self._transaction() as connection:
            self._write(connection, job, why, who)

    def add(self, jobs: Sequence[Job]) -> None:
        with self._transaction() as connection:
            for job in jobs:
                self._write(connection, job, job.why_kind, job.username)

    def update(self, jobs: Sequence[Job]) -> None:
        with self._transaction() as connection:
            for job in jobs:
                self._write(connection, job, None, "")

    def _write(self, connection: sqlite3.Connection, job: Job, why: str | None, who: str) -> None:
        self._folders.add(job.folder)
        connection.execute(_UPSERT, job_row(job))
        if why is not None:
            event = JobEvent(job.updated_ms, job.state, why, who)
            _write_event(connection, job.job_id, event)

    def history(self, job_id: str) -> list[JobEvent]:
        with self._lock, _sqlite_errors(self._path):
            return _history(self._connection, job_id)

    def delete(self, job_id: str) -> None:
        with self._transaction() as connection:
            connection.execute("DELETE FROM jobs WHERE job_id = ?", (job_id,))

    def close(self) -> None:
        """Close the file. Idempotent."""
        with self._lock:
            self._connection.close()
            self._ownership.close()

    def _found_again(self) -> list[tuple[Job, list[JobEvent]]]:
        """What a list that was damaged or lost begins with, each with its history, and why it does."""
        asides = self._asides.files()
        self.set_aside = asides[-1] if asides else None
        folders = self._folders.folders()
        self.was_lost = not asides and bool(folders)
        if self.was_lost:
            _log.warning("The list of jobs was lost, and begins with what is found by receipts")
        if not asides and not folders:
            return []
        whole = [away for away in asides if not _is_torn(away)]
        jobs = {job.job_id: job for away in whole for job in _jobs(readable_rows(away))}
        histories: dict[str, list[JobEvent]] = {job_id: [] for job_id in jobs}
        for row in (row for away in whole for row in readable_rows(away, "history")):
            if (event := event_from_row(row)) is not None and row["job_id"] in histories:
                histories[row["job_id"]].append(event)
        found = [*jobs.values(), *jobs_from_receipts(folders, jobs.values())]
        return [(job, histories.get(job.job_id, [])) for job in found if can_be_kept(job)]

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _sqlite_errors(self._path), _odd_values(), _atomic(self._connection):
            self._at_start = None
            yield self._connection

    def _open_or_replace(self) -> sqlite3.Connection:
        try:
            if _is_torn(self._path) or _is_shut(self._path):
                self._path.touch()
                raise sqlite3.DatabaseError("the database failed its check")
            return self._open()
        except UNREADABLE as err:
            if not _is_damage(err):
                raise
            _log.warning(
                "The list of jobs was unreadable (%s) and moved to %s", err, self._move_away()
            )
            return self._open()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=5.0, isolation_level=None, check_same_thread=False
        )
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("the database failed its check")  # noqa: TRY301
            self._migrate(connection)
            self._at_start = _all_jobs(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _migrate(self, connection: sqlite3.Connection) -> None:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, applied_ms INTEGER)"
        )
        version = _version_of(connection)
        if _tables(connection) & _TABLES != (_TABLES if version else set()):
            raise sqlite3.DatabaseError("the database failed its check")
        found = [] if version else self._found_again()
        with _atomic(connection):
            for number, statements in enumerate(_MIGRATIONS[version:], start=version + 1):
                for statement in statements:
                    connection.execute(statement)
                connection.execute(
                    "INSERT INTO schema_version VALUES (?, ?)", (number, self._clock.now_ms())
                )
            for job, events in found:
                self._write(connection, job, None, "")
                why = tr("Found again after the list of jobs was damaged")
                for event in (*events, JobEvent(job.updated_ms, job.state, why)):
                    _write_event(connection, job.job_id, event)
        self._asides.clear()
        self.rebuilt = len(found)

    def _move_away(self) -> Path:
        stamp = wall_clock(self._clock.now_ms(), UTC).strftime("%Y%m%d-%H%M%S")
        away = self._path.with_name(f"{self._path.name}.damaged-{stamp}")
        number = 2
        while away.exists():
            away = self._path.with_name(f"{self._path.name}.damaged-{stamp}-{number}")
            number += 1
        self._asides.add(away)
        for suffix in ("", "-wal", "-shm"):
            side = self._path.with_name(f"{self._path.name}{suffix}")
            if side.exists():
                side.replace(away.with_name(f"{away.name}{suffix}"))
        return away


def _write_event(connection: sqlite3.Connection, job_id: str, event: JobEvent) -> None:
    connection.execute(
        "INSERT INTO history (job_id, at_ms, state, why, who) VALUES (?, ?, ?, ?, ?)",
        (job_id, event.at_ms, event.state.value, kept(event.why), event.who),
    )


def _all_jobs(connection: sqlite3.Connection) -> list[Job]:
    """All of them make sense, and can be written; raises sqlite3.Error, UnicodeError."""
    for table, columns in ("jobs", COLUMNS), ("history", _HISTORY):
        connection.execute(f"SELECT {', '.join(columns)} FROM {table} LIMIT 0")  # noqa: S608 - our own
    rows = connection.execute(_SELECT_JOBS).fetchall()
    jobs = _jobs(rows)
    if len(jobs) < len(rows):
        raise sqlite3.DatabaseError("the database failed its check")
    return jobs


def _is_damage(err: Exception) -> bool:
    """Of the file, and not of what is around it, as a full disk or another program that has it."""
    if not isinstance(err, sqlite3.OperationalError):
        return True
    # Without a code: there is something that is no text.
    return getattr(err, "sqlite_errorcode", sqlite3.SQLITE_ERROR) == sqlite3.SQLITE_ERROR


def _is_torn(path: Path) -> bool:
    """Too short for a database, and yet not nothing: SQLite would begin a new one over it."""
    if path.is_dir():
        return False
    sizes = [_size_of(path.with_name(f"{path.name}{suffix}")) for suffix in ("", "-wal")]
    return sizes[0] < _HEADER_BYTES and any(sizes)


def _is_shut(path: Path) -> bool:
    """It says of itself that nobody may write it (https://sqlite.org/fileformat.html, 1.3.3)."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(_HEADER_BYTES)[18:19] > b"\x02"


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


@contextlib.contextmanager
def _atomic(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # On a full disk, say, SQLite has gone back by itself, and another try would hide why.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def _odd_values() -> Iterator[None]:
    try:
        yield
    except (UnicodeEncodeError, OverflowError) as err:
        _log.warning("No database takes this: %s", err)
        raise NotKeepableError(
            tr("Something came that cannot be written into the list of jobs."),
            tr("Try again; the log has the details."),
        ) from err


@contextlib.contextmanager
def _sqlite_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except (*UNREADABLE, OSError) as err:
        hint = tr("Check that {folder} is writable and the disk is not full.", folder=path.parent)
        if is_damaged(err):
            hint = tr("Start the program again: it begins a new list with what can still be read.")
        raise StoreError(
            tr("The list of jobs cannot be used: {reason}.", reason=err), hint
        ) from err
