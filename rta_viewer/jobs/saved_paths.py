"""From what somebody drops or names to the videos that are meant: folders, receipts, an index."""

import contextlib
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rta_viewer.core.filenames import may_be_made_of
from rta_viewer.core.texts import tr, verbatim
from rta_viewer.errors import StorageError
from rta_viewer.evidence.files import is_file, is_there, system_path
from rta_viewer.evidence.receipt import SUFFIX, read_receipt, receipt_path
from rta_viewer.jobs.package import INDEX_NAME, names_in_index

MOST_OPENED = 500
"""At once in a window. A package may hold more."""
_VIDEOS = frozenset({".mp4", ".m4v", ".mov", ".mkv", ".avi", ".ts"})


@dataclass(frozen=True, slots=True)
class FoundPaths:
    """Videos in the order in which they were meant, each once; sentences about what is not there."""

    files: tuple[Path, ...]
    problems: tuple[str, ...] = ()


def find_files(paths: Iterable[Path], most: int | None = None) -> FoundPaths:
    """The videos behind paths. A folder gives all its videos, a receipt its file, an index its folder.

    Args:
        paths: Whatever somebody dropped or named.
        most: So many are opened at once, and the others are told of; None for who verifies, and wants all:
            of a folder also the packages in it, as a drive holds what was copied to it.
    """
    files: dict[Path, None] = {}
    problems: list[str] = []
    for path in paths:
        with _told(path, problems):
            _find(path.absolute(), files, problems, deeper=most is None)
    found = tuple(files)
    if most is not None and len(found) > most:
        problems.append(
            tr(
                "Only the first {limit} of {found} files were opened.",
                limit=most,
                found=len(found),
            )
        )
    return FoundPaths(found[:most], tuple(problems))


@contextlib.contextmanager
def _told(path: Path, problems: list[str]) -> Iterator[None]:
    """What cannot be read is said, and keeps nothing else from being found."""
    try:
        yield
    except StorageError as err:
        problems.append(f"{verbatim(path.name)}: {err.summary}")
    except OSError as err:
        problems.append(
            tr("{name} cannot be read: {reason}.", name=path.name, reason=err.strerror or err)
        )


def without_repeats(files: Iterable[Path]) -> tuple[Path, ...]:
    """To look at: not the volumes of a file that is among them itself, for they hold the same pictures."""
    found = dict.fromkeys(files)
    return tuple(path for path in found if _whole_of(path) not in found)


def _whole_of(path: Path) -> Path | None:
    """The file of which this one is a volume, in the same folder; None for all others."""
    try:
        whole = read_receipt(receipt_path(path)).volume_of
    except StorageError:
        return None
    return None if whole is None else path.with_name(whole.file_name)


def _find(path: Path, files: dict[Path, None], problems: list[str], *, deeper: bool) -> None:
    if _is_index(path):
        path = path.parent
    if system_path(path).is_dir():
        _find_in_folder(path, files, problems, deeper=deeper)
    elif not is_there(path):
        problems.append(tr("There is no file {path}.", path=path))
    elif path.name.endswith(SUFFIX):
        files[_file_of(path)] = None
    else:
        files[path] = None


def _is_index(path: Path) -> bool:
    return may_be_made_of(path.name, INDEX_NAME)


def _file_of(receipt_file: Path) -> Path:
    named = receipt_file.with_name(receipt_file.name[: -len(SUFFIX)])
    return named if is_file(named) else receipt_file.with_name(read_receipt(receipt_file).file_name)


def _find_in_folder(
    folder: Path, files: dict[Path, None], problems: list[str], *, deeper: bool
) -> None:
    # Names: what is listed under a path for the system would have such a path itself.
    listed = sorted(folder / name for name in os.listdir(system_path(folder)))  # noqa: PTH208
    inside = [path for path in listed if is_file(path)]
    receipts = dict.fromkeys(path for path in inside if path.name.endswith(SUFFIX))
    videos = [path for path in inside if _is_video(path, receipts)]
    files.update(dict.fromkeys(videos))
    problems += filter(None, map(_missing, receipts))
    problems += _gone(folder, receipts, (path for path in inside if _is_index(path)))
    packages = list(filter(_is_package, set(listed).difference(inside))) if deeper else []
    for package in sorted(packages):
        said: list[str] = []
        with _told(package, problems):
            _find_in_folder(package, files, said, deeper=False)
        problems += [f"{verbatim(package.name)}: {text}" for text in said]
    if not videos and not packages:
        problems.append(tr("There are no videos in {folder}.", folder=folder))


def _is_video(path: Path, receipts: Collection[Path]) -> bool:
    """By its name, or by its receipt: mail programs give other names to what they do not know."""
    return path.suffix.lower() in _VIDEOS or receipt_path(path) in receipts


def _is_package(folder: Path) -> bool:
    """A folder of saved files, be it by an index alone; but for the unfinished copy of one."""
    if folder.suffix == ".part" or not system_path(folder).is_dir():
        return False
    try:
        names = os.listdir(system_path(folder))  # noqa: PTH208 - names are all that is wanted
        indexes = [folder / name for name in names if _is_index(folder / name)]
        return any(name.endswith(SUFFIX) for name in names) or any(map(names_in_index, indexes))
    except PermissionError:
        # A drive has folders of the system's, which nobody may look into.
        return False
    except (OSError, StorageError):
        # Whoever looks for its files says what is wrong with it.
        return True


def _missing(receipt_file: Path) -> str:
    """A sentence when the file of a receipt is not there."""
    try:
        wanted = _file_of(receipt_file)
        is_here = is_file(wanted)
    except StorageError as err:
        return f"{verbatim(receipt_file.name)}: {err.summary}"
    return "" if is_here else tr("{name} is missing; its receipt is there.", name=wanted.name)


def _gone(folder: Path, receipts: Collection[Path], indexes: Iterable[Path]) -> list[str]:
    """Sentences about files of an index that are not there, nor their receipts, under whatever name."""
    names = dict.fromkeys(name for index in indexes for name in names_in_index(index))
    absent = [name for name in names if not is_file(folder / name)]
    renamed = set(map(_name_in, receipts)) if absent else set()
    return [
        tr("{name} is missing; the index lists it.", name=name)
        for name in absent
        if name not in renamed and receipt_path(folder / name) not in receipts
    ]


def _name_in(receipt_file: Path) -> str:
    try:
        return read_receipt(receipt_file).file_name
    except StorageError:
        return ""
