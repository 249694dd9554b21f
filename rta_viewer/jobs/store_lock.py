"""One process at a time works on a list of jobs, or on an unfinished file that no list knows.

The lock is SQLite's own on an empty database beside it: it works the same on every system, also on
network shares that support it, and ends with the process, however that ends.
"""

import contextlib
import os
import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path

from rta_viewer.core.texts import tr
from rta_viewer.errors import StorageError


def primary_code(err: BaseException | None) -> int:
    """What SQLite calls the error, without finer distinctions (https://sqlite.org/rescode.html); or 0."""
    return (getattr(err, "sqlite_errorcode", None) or 0) & 0xFF


def is_busy(err: BaseException | None) -> bool:
    """Somebody else holds the file."""
    return primary_code(err) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def is_damaged(err: BaseException | None) -> bool:
    """The file is no database (any more)."""
    return primary_code(err) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class StoreInUseError(StorageError):
    """Another process works on these jobs."""

    def __init__(self) -> None:
        super().__init__(
            tr("The list of jobs is in use by another window or command of this program."),
            tr("Use that one, or end it first."),
        )


class PartInUseError(StorageError):
    """Another process fetches the same file to the same place."""

    def __init__(self) -> None:
        super().__init__(
            tr("Another command of this program is saving this file."),
            tr("Wait until it has ended, or end it first."),
        )


class StoreLock:
    """Held from construction until :meth:`close`; the empty database stays.

    Raises:
        StoreInUseError: Somebody else holds it.
        sqlite3.Error, OSError: The file cannot be made.
    """

    def __init__(self, store: Path) -> None:
        path = _lock_path(store)
        try:
            self._connection = _locked(path)
        except sqlite3.Error as err:
            if not is_damaged(err):
                raise
            # Nothing belongs into it; and that somebody has it would have been said first.
            os.truncate(path, 0)
            self._connection = _locked(path)

    def close(self) -> None:
        """Let others work. Idempotent."""
        self._connection.close()


def _locked(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=0.0, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except BaseException as err:
        connection.close()
        if is_busy(err):
            raise StoreInUseError from err
        raise
    return connection


@contextlib.contextmanager
def alone_at(part: Path) -> Iterator[None]:
    """Nobody else writes this unfinished file until the end of the block; nothing of that is left there.

    On a drive that knows no locks it goes on without.

    Raises:
        PartInUseError: Somebody else does.
    """
    try:
        lock = _lock(part)
    except StoreInUseError as err:
        if _knows_locks(part.parent):
            raise PartInUseError from err
        lock = None
    try:
        yield
    finally:
        if lock is not None:
            lock.close()
        _remove_lock(part)


def _lock(path: Path) -> StoreLock | None:
    """None where none can be made; raises StoreInUseError."""
    try:
        return StoreLock(path)
    except (sqlite3.Error, OSError, UnicodeEncodeError):
        return None


def _knows_locks(folder: Path) -> bool:
    """Some shares refuse locks with the same words as those that somebody else holds: nobody has this one."""
    trial = folder / uuid.uuid4().hex
    try:
        lock = _lock(trial)
    except StoreInUseError:
        return False
    else:
        if lock is not None:
            lock.close()
        return lock is not None
    finally:
        _remove_lock(trial)


def _remove_lock(path: Path) -> None:
    with contextlib.suppress(OSError):
        _lock_path(path).unlink(missing_ok=True)


def _lock_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock")
