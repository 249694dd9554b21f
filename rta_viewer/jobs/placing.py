"""From the unfinished file to the one with the operator's name, without ever overwriting another."""

import contextlib
import errno
import os
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path

from rta_viewer.core.drive_calls import at_drive
from rta_viewer.core.filenames import may_be_made_of, note_path, unique_name
from rta_viewer.core.texts import tr
from rta_viewer.errors import StorageError
from rta_viewer.evidence.files import (
    has_second_name,
    is_seen,
    is_there,
    patiently,
    rename_to_free,
    system_path,
)
from rta_viewer.evidence.receipt import receipt_path
from rta_viewer.platform.files import make_names_last

_MOST_NAMES = 20
"""So often another program may take the name that was just ours."""


@at_drive()
def place(part: Path, folder: Path, wanted: str, announce: Callable[[str], None]) -> Path:
    """Move ``part`` to ``folder/wanted``, or to the next free name like it.

    The name is taken by a file first that says whose it is, so that two transfers never choose the same, and
    one that was killed finds its own again; ``announce`` is told before the file moves.

    Raises:
        StorageError: The folder cannot be written.
    """
    try:
        target = _moved(part, folder, wanted, announce)
    except OSError as err:
        raise StorageError(
            tr(
                "The file cannot be put into {folder}: {reason}.",
                folder=folder,
                reason=err.strerror or err,
            ),
            tr("Choose another folder, or close the program that uses the file; then try again."),
        ) from err
    discard(part)
    return target


def _moved(part: Path, folder: Path, wanted: str, announce: Callable[[str], None]) -> Path:
    """What was taken for it besides, by a run that was killed say, is free again; all of it on an error."""
    try:
        target = _under_a_name(part, folder, wanted, announce)
    except Exception:
        _give_back(part, folder, wanted)
        raise
    _give_back(part, folder, wanted)
    return target


def _under_a_name(part: Path, folder: Path, wanted: str, announce: Callable[[str], None]) -> Path:
    left = _MOST_NAMES
    while True:
        name = patiently(lambda: _take_name(folder, wanted, part))
        announce(name)
        target = folder / name
        try:
            _replace(system_path(part), system_path(target))
        except FileExistsError:
            left -= 1
            if not left:
                raise
        else:
            return target


def _take_name(folder: Path, wanted: str, part: Path) -> str:
    known: set[str] = set()
    while True:
        name = _free_name(folder, wanted, part, known)
        path = system_path(folder / name)
        if path.exists():
            return name
        try:
            _put_claim(path, part)
        except FileExistsError:
            known.add(name)
        else:
            return name


def _put_claim(path: Path, part: Path) -> None:
    """Complete at once, where the drive can do that: an empty one would be nobody's for ever.

    Raises:
        FileExistsError: The name is taken.
    """
    whole = _claim_path(part)
    # It may be a claim that was put already, under its second name: not to be written into.
    whole.unlink(missing_ok=True)
    try:
        with whole.open("wb") as file:
            file.write(_claim(part))
            file.flush()
            # A power cut would leave it empty.
            os.fsync(file.fileno())
        if os.name == "nt":
            # On Windows this replaces nothing.
            whole.rename(path)
        elif not has_second_name(whole, path):
            _write_claim(path, part)
    finally:
        whole.unlink(missing_ok=True)


def _write_claim(path: Path, part: Path) -> None:
    file = path.open("xb")
    try:
        with file:
            file.write(_claim(part))
    except OSError:
        # Half a claim would not be known as ours again.
        path.unlink(missing_ok=True)
        raise


def _free_name(folder: Path, wanted: str, part: Path, known: set[str]) -> str:
    """The first one that nobody has, nor the receipt by that name; or that is ours already."""

    def is_taken(name: str) -> bool:
        path = system_path(folder / name)
        if is_there(path):
            return name in known or not _is_ours(path, part)
        return name in known or is_there(receipt_path(folder / name))

    return unique_name(wanted, is_taken)


def _claim(part: Path) -> bytes:
    return part.name.encode("utf-8", "surrogateescape")


def _claim_path(part: Path) -> Path:
    path = system_path(part)
    return path.with_name(f"{path.name}.claim")


def _is_ours(path: Path, part: Path) -> bool:
    """It holds our claim, or is our file under its second name."""
    if path.is_symlink() or not path.is_file():
        return False
    # That of another transfer may make way for its file meanwhile.
    with contextlib.suppress(FileNotFoundError):
        return _is_claim(path, part) or _is_same(path, part)
    return False


def _is_claim(path: Path, part: Path) -> bool:
    claim = _claim(part)
    return path.stat().st_size == len(claim) and path.read_bytes() == claim


def _is_same(path: Path, part: Path) -> bool:
    """Our file under its second name. Drives that number files badly may call two others the same."""
    one = system_path(part)
    return one.exists() and path.samefile(one) and path.stat().st_nlink > 1


def _replace(part: Path, target: Path) -> None:
    patiently(lambda: _move(part, target))


def _move(part: Path, target: Path) -> None:
    """Take the place of our claim; FileExistsError where another program has put something there."""
    if is_there(target):
        if not _is_ours(target, part):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        if _is_same(target, part):
            part.unlink()
            return
        if not _has_links(part):
            # In one step: another transfer would take the name between two, and lose its file or ours.
            part.rename(target)
            return
        target.unlink()
    rename_to_free(part, target)


def _has_links(part: Path) -> bool:
    """Whether a name can be given that nobody has; on Windows renaming does that, too."""
    if os.name == "nt":
        return True
    trial = _claim_path(part)
    trial.unlink(missing_ok=True)
    found = has_second_name(part, trial)
    trial.unlink(missing_ok=True)
    return found


@at_drive()
def make_folder(folder: Path) -> None:
    """Make a folder, with those around it, so that it outlives a power cut; one that is there stays as it is.

    Raises:
        OSError: It is not there and cannot be made.
    """
    path = system_path(folder)
    fresh = list(takewhile(lambda one: not one.exists(), (path, *path.parents)))
    path.mkdir(parents=True, exist_ok=True)
    for one in fresh:
        make_names_last(one.parent)


def carry(part: Path, target: Path, wanted: Path) -> bool:
    """Move an unfinished file and its note to another folder of its drive; False where that is not possible.

    Args:
        part: The unfinished file.
        target: Its path there. The folder is made; what is there already stays.
        wanted: Its final name, or the one that was wanted: names that were taken for it are free again.
    """
    _give_back(part, wanted.parent, wanted.name)
    try:
        make_folder(target.parent)
        # The note first: without its file it is worth nothing, and no harm.
        if is_seen(note_path(part)):
            patiently(lambda: _carry_one(note_path(part), note_path(target)))
        patiently(lambda: _carry_one(part, target))
    except OSError:
        return False
    return True


def _carry_one(path: Path, target: Path) -> None:
    """A kill may have left it with both names."""
    if is_seen(target) and _is_same(target, path):
        path.unlink()
    else:
        rename_to_free(path, target)


@at_drive()
def discard(part: Path) -> None:
    """Delete an unfinished file and its note; what cannot be deleted stays."""
    path = system_path(part)
    note = note_path(path)
    for one in (path, note, note.with_name(f"{note.name}.new"), _claim_path(part)):
        with contextlib.suppress(OSError):
            one.unlink(missing_ok=True)


@at_drive()
def withdraw(part: Path, target: Path, placed_bytes: int | None = None) -> None:
    """The same, and names that were taken for it, ``target`` or numbered ones like it, are free again.

    Args:
        part: The unfinished file.
        target: Its name, or the one that was wanted.
        placed_bytes: Its size, when it may have got its name already and is not to stay; None where the file
            at ``target`` may be a finished one.
    """
    if placed_bytes is not None:
        _take_back(part, target, placed_bytes)
    # Without it nobody took a name, and folders may hold thousands.
    if is_seen(part):
        _give_back(part, target.parent, target.name)
    discard(part)


def _take_back(part: Path, target: Path, size_bytes: int) -> None:
    """What has a receipt is finished; what lies beside its part, or has another size, is not ours."""
    path = system_path(target)
    if is_there(part) or is_there(receipt_path(target)):
        return
    with contextlib.suppress(OSError):
        if path.is_file() and not path.is_symlink() and path.stat().st_size == size_bytes:
            path.unlink()


def _give_back(part: Path, folder: Path, wanted: str) -> None:
    """Names that were taken for it: our claims, and our file under its second name."""
    with contextlib.suppress(OSError):
        for name in os.listdir(system_path(folder)):  # noqa: PTH208 - names, of which most are not looked at
            if may_be_made_of(name, wanted):
                _free(system_path(folder / name), part)


def _free(path: Path, part: Path) -> None:
    with contextlib.suppress(OSError):
        if _is_ours(path, part):
            path.unlink()
