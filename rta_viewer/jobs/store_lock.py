"""One process at a time works on a list of jobs.

The lock is SQLite's own on an empty database beside the list: it works the same on every system, also on
network shares that support it, and ends with the process, however that ends.
"""

import sqlite3
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


class StoreLock:
    """Held from construction until :meth:`close`.

    Raises:
        StoreInUseError: Somebody else holds it.
        sqlite3.Error: The file cannot be made.
    """

    def __init__(self, store: Path) -> None:
        path = store.with_name(f"{store.name}.lock")
        self._connection = sqlite3.connect(
            path, timeout=0.0, isolation_level=None, check_same_thread=False
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
