"""One process at a time works on a list of jobs, or on an unfinished file that no list knows.

The lock is SQLite's own on an empty database beside it: it works the same on every system, also on
network shares that support it, and ends with the process, however that ends.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from rta_viewer.core.texts import tr
from rta_viewer.errors import StorageError


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
    """Held from construction until :meth:`close`.

    Attributes:
        path: The empty database; it stays.

    Raises:
        StoreInUseError: Somebody else holds it.
        sqlite3.Error: The file cannot be made.
    """

    def __init__(self, store: Path) -> None:
        self.path = store.with_name(f"{store.name}.lock")
        self._connection = sqlite3.connect(
            self.path, timeout=0.0, isolation_level=None, check_same_thread=False
        )
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as err:
            self._connection.close()
            if err.sqlite_errorcode in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise StoreInUseError from err
            raise
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Let others work. Idempotent."""
        self._connection.close()


@contextlib.contextmanager
def alone_at(part: Path) -> Iterator[None]:
    """Nobody else writes this unfinished file until the end of the block; nothing of that is left there.

    On a drive that knows no locks it goes on without.

    Raises:
        PartInUseError: Somebody else does.
    """
    try:
        lock = StoreLock(part)
    except StoreInUseError as err:
        raise PartInUseError from err
    except (sqlite3.Error, UnicodeEncodeError):
        yield
        return
    try:
        yield
    finally:
        lock.close()
        with contextlib.suppress(OSError):
            lock.path.unlink()
