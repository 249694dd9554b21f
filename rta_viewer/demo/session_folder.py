"""A folder for one run of the server; what a killed run left behind goes at the next start."""

import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

from rta_viewer.errors import StorageError

_PREFIX = "run-"
_LOCK = "in-use"


class SessionFolder:
    """Made new, locked while this process lives, deleted by :meth:`close`.

    Args:
        parent: Holds the folders of all runs; made when missing.

    Raises:
        StorageError: The folder cannot be made.
    """

    def __init__(self, parent: Path) -> None:
        try:
            parent.mkdir(parents=True, exist_ok=True)
            _remove_abandoned(parent)
            self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
            self._lock = os.open(self.path / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
            _try_lock(self._lock)
        except OSError as err:
            raise StorageError(
                f"The folder {parent} cannot be used: {err.strerror}.",
                "Choose another with --cache.",
            ) from err
        self._open = True

    def subfolder(self, name: str) -> Path:
        """A new folder inside."""
        path = self.path / name
        path.mkdir()
        return path

    def close(self) -> None:
        """Delete the folder and all in it. Idempotent."""
        if self._open:
            self._open = False
            os.close(self._lock)
            shutil.rmtree(self.path, ignore_errors=True)


def _remove_abandoned(parent: Path) -> None:
    for folder in parent.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            lock = os.open(folder / _LOCK, os.O_RDWR)
            try:
                abandoned = _try_lock(lock)
            finally:
                os.close(lock)
            if abandoned:
                shutil.rmtree(folder, ignore_errors=True)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: int) -> bool:
        """Lock the file for this process; False when another has it."""
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(file: int) -> bool:
        """Lock the file for this process; False when another has it."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
