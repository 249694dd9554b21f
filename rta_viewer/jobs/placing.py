"""From the unfinished file to the one with the operator's name, without ever overwriting another."""

import time
from collections.abc import Callable
from pathlib import Path

from rta_viewer.core.filenames import note_path, unique_name
from rta_viewer.core.texts import tr
from rta_viewer.errors import StorageError
from rta_viewer.evidence.files import system_path

_TRIES = 6
_FIRST_WAIT_S = 0.05


def place(part: Path, folder: Path, wanted: str, announce: Callable[[str], None]) -> Path:
    """Move ``part`` to ``folder/wanted``, or to the next free name like it.

    The name is taken by a file first that says whose it is, so that two transfers never choose the same, and
    one that was killed finds its own again; ``announce`` is told before the file moves.

    Raises:
        StorageError: The folder cannot be written.
    """
    try:
        name = _take_name(folder, wanted, part.name.encode("utf-8", "surrogateescape"))
        announce(name)
        target = folder / name
        _replace(system_path(part), system_path(target))
        note_path(system_path(part)).unlink(missing_ok=True)
    except OSError as err:
        raise StorageError(
            tr(
                "The file cannot be put into {folder}: {reason}.",
                folder=folder,
                reason=err.strerror or err,
            ),
            tr("Choose another folder, or close the program that uses the file; then try again."),
        ) from err
    return target


def _take_name(folder: Path, wanted: str, claim: bytes) -> str:
    known: set[str] = set()

    def is_taken(name: str) -> bool:
        path = system_path(folder / name)
        return name in known or ((path.exists() or path.is_symlink()) and not _is_ours(path, claim))

    while True:
        name = unique_name(wanted, is_taken)
        path = system_path(folder / name)
        if path.exists():
            return name
        try:
            with path.open("xb", buffering=0) as file:
                file.write(claim)
        except FileExistsError:
            known.add(name)
        else:
            return name


def _is_ours(path: Path, claim: bytes) -> bool:
    if not path.is_file() or path.stat().st_size != len(claim):
        return False
    return path.read_bytes() == claim


def _replace(part: Path, target: Path) -> None:
    """Virus scanners on Windows hold on to new files for a moment."""
    wait_s = _FIRST_WAIT_S
    for _ in range(_TRIES - 1):
        try:
            part.replace(target)
        except PermissionError:
            time.sleep(wait_s)
            wait_s *= 2
        else:
            return
    part.replace(target)


def discard(part: Path) -> None:
    """Delete an unfinished file and its note; what cannot be deleted stays."""
    path = system_path(part)
    for one in (path, note_path(path)):
        try:
            one.unlink(missing_ok=True)
        except OSError:
            continue
