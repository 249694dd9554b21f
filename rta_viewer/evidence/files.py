"""Reading and replacing files so that it also works on Windows: long paths, and files held by a scanner."""

import contextlib
import errno
import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar
from weakref import WeakValueDictionary

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.drive_calls import at_drive
from rta_viewer.core.texts import tr
from rta_viewer.errors import StorageError

HashProgress = Callable[[float], None]

_CHUNK_BYTES = 1 << 20
_LONGEST_PLAIN_PATH = 240
_REPLACE_TRIES = 6
_FIRST_WAIT_S = 0.05

_T = TypeVar("_T")

_guard = threading.Lock()
_turns: WeakValueDictionary[Path, threading.Lock] = WeakValueDictionary()


def hash_file(
    path: Path, *, cancel: CancelToken | None = None, progress: HashProgress | None = None
) -> tuple[str, int]:
    """SHA-256 (lower-case hex) and length in bytes of what is in the file now.

    Args:
        path: The file; read in chunks of 1 MiB.
        cancel: Looked at before each chunk.
        progress: Called from this thread with a share from 0 to 1.

    Raises:
        StorageError: It cannot be read.
        Cancelled: ``cancel`` was set.
    """
    cancel = cancel or CancelToken()
    digest, done_bytes = hashlib.sha256(), 0
    with read_errors(path), system_path(path).open("rb") as file:
        total_bytes = max(1, os.fstat(file.fileno()).st_size)
        while True:
            cancel.raise_if_cancelled()
            chunk = file.read(_CHUNK_BYTES)
            if not chunk:
                return digest.hexdigest(), done_bytes
            digest.update(chunk)
            done_bytes += len(chunk)
            if progress:
                progress(min(1.0, done_bytes / total_bytes))


@contextlib.contextmanager
def read_errors(path: Path) -> Iterator[None]:
    """Turn what the file system says of a file that is being read into a sentence.

    Until the end of the block a drive is asked.

    Raises:
        StorageError: It cannot be read.
    """
    try:
        with at_drive():
            yield
    except OSError as err:
        raise StorageError(
            tr(
                "The file {name} cannot be read: {reason}.",
                name=path.name,
                reason=err.strerror or err,
            ),
            tr("Close programs that use it, or check the drive."),
        ) from err


def turn_at(path: Path) -> threading.Lock:
    """The lock of whoever changes this path; the same for all threads that hold or want it."""
    with _guard:
        return _turns.setdefault(path, threading.Lock())


def write_atomically(path: Path, data: bytes) -> None:
    """Write a small file so that it is there completely, or as it was before. Any thread.

    Raises:
        StorageError: It cannot be written; the old content stays.
    """
    turn = turn_at(path)
    with turn:
        _write(path, data)


def _write(path: Path, data: bytes) -> None:
    target = system_path(path)
    # Always the same for the same file: what a killed run left behind is used, and gone, the next time.
    mark = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]
    part = target.with_name(f"{mark}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        patiently(lambda: part.replace(target))
    except OSError as err:
        raise StorageError(
            tr("{name} cannot be written: {reason}.", name=path.name, reason=err.strerror or err),
            tr("Check that the folder is writable and the drive is not full."),
        ) from err
    finally:
        _remove(part)


def patiently(replace: Callable[[], _T], tries: int = _REPLACE_TRIES) -> _T:
    """Windows refuses to replace a file while a virus scanner or an indexer looks at it: try some times."""
    wait_s = _FIRST_WAIT_S
    for _ in range(tries - 1):
        try:
            return replace()
        except PermissionError:
            time.sleep(wait_s)
            wait_s *= 2
    return replace()


def rename_to_free(path: Path, target: Path) -> None:
    """Never over what is there, be it since a moment ago; only where there are no links an instant is left.

    Args:
        path: A file, as it is given to the system.
        target: Its new name on the same drive, likewise.

    Raises:
        FileExistsError: Something has that name.
    """
    if os.name == "nt":
        # Replaces nothing there.
        path.rename(target)
    elif has_second_name(path, target):
        path.unlink()
    elif is_there(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    else:
        path.rename(target)


def has_second_name(path: Path, target: Path) -> bool:
    """Give a file a second name; False where the drive knows none: FAT32, exFAT, some shares.

    Raises:
        FileExistsError: Something has that name.
    """
    try:
        target.hardlink_to(path)
    except FileExistsError:
        raise
    except OSError:
        return False
    return True


def is_there(path: Path) -> bool:
    """Whatever has that name, also a link to nothing; raises OSError where its drive does not say."""
    path = system_path(path)
    return path.exists() or path.is_symlink()


def is_seen(path: Path) -> bool:
    """The same, and False where its drive does not say: a share that is away answers with odd errors."""
    return os.path.lexists(system_path(path))


def is_file(path: Path) -> bool:
    """Whether there is a file, or a link to one.

    Raises:
        StorageError: Its drive does not say.
    """
    with read_errors(path):
        return system_path(path).is_file()


def _remove(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        # Held by a scanner: a few hundred bytes are left behind.
        return


def system_path(path: Path, *, windows: bool = os.name == "nt") -> Path:
    r"""The path to give to the system: Windows wants ``\\?\`` before long ones (limit 260 characters)."""
    if not windows:
        return path
    text = str(path.absolute())
    if len(text) < _LONGEST_PLAIN_PATH or text.startswith("\\\\?\\"):
        return path
    return Path(f"\\\\?\\UNC\\{text[2:]}" if text.startswith("\\\\") else f"\\\\?\\{text}")
