"""Writing files so that a crash, a full disk or a second program never leaves half of one."""

import contextlib
import os
import tempfile
import time
from pathlib import Path

from rta_viewer.core.drive_calls import at_drive
from rta_viewer.core.texts import tr
from rta_viewer.errors import StorageError

_TRIES = 10
_PAUSE_S = 0.05


def make_folder(folder: Path) -> Path:
    """Make a folder of our own (readable by its owner only) with its parents; returns it.

    Raises:
        StorageError: Not possible.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as err:
        raise StorageError(
            tr(
                "The folder {folder} could not be made: {reason}.",
                folder=folder,
                reason=err.strerror,
            ),
            tr("Choose another place with --profile, or see to the rights of this one."),
        ) from err
    return folder


def write_atomic(path: Path, data: bytes) -> None:
    """Replace a file's content in one step; the old content stays when anything fails.

    Raises:
        StorageError: Disk full, not writable, or held by another program.
    """
    make_folder(path.parent)
    part: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".part", dir=path.parent)
        part = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        replace(part, path)
        # The old file would be back otherwise, or none be there.
        make_names_last(path.parent)
    except OSError as err:
        if part is not None:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        raise not_written(path, err) from err


def not_written(path: Path, err: OSError) -> StorageError:
    """The sentence for what the file system says of a file that was to be replaced."""
    return StorageError(
        tr(
            "The file {path} could not be written: {reason}.",
            path=path,
            reason=err.strerror or err,
        ),
        tr("See to free space and rights there, then try again."),
    )


@at_drive()
def make_names_last(folder: Path) -> None:
    """Have the names in a folder outlive a power cut, or a drive that is pulled out; never raises.

    What is in the files was made to last when it was written. Windows sees to names by itself.
    """
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def replace(source: Path, target: Path) -> None:
    """``os.replace`` that waits out virus scanners, which hold new files on Windows for a moment."""
    for left in reversed(range(_TRIES)):
        try:
            source.replace(target)
        except PermissionError:
            if left == 0 or os.name != "nt":
                raise
            time.sleep(_PAUSE_S)
        else:
            return
