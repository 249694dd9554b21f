"""From what somebody drops or names to the videos that are meant: folders, receipts, an index."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rta_viewer.core.texts import tr, verbatim
from rta_viewer.errors import StorageError
from rta_viewer.evidence.receipt import SUFFIX, read_receipt, receipt_path
from rta_viewer.jobs.package import INDEX_NAME

MOST_FILES = 500
_VIDEOS = frozenset({".mp4", ".m4v", ".mov", ".mkv", ".avi", ".ts"})


@dataclass(frozen=True, slots=True)
class FoundPaths:
    """Videos in the order in which they were meant, each once; sentences about what is not there."""

    files: tuple[Path, ...]
    problems: tuple[str, ...] = ()


def find_files(paths: Iterable[Path]) -> FoundPaths:
    """The videos behind paths. A folder gives all its videos, a receipt its file, an index its folder."""
    files: dict[Path, None] = {}
    problems: list[str] = []
    for path in paths:
        try:
            _find(path.absolute(), files, problems)
        except StorageError as err:
            problems.append(f"{verbatim(path.name)}: {err.summary}")
        except OSError as err:
            problems.append(
                tr("{name} cannot be read: {reason}.", name=path.name, reason=err.strerror or err)
            )
    found = tuple(files)
    if len(found) > MOST_FILES:
        problems.append(
            tr(
                "Only the first {limit} of {found} files were opened.",
                limit=MOST_FILES,
                found=len(found),
            )
        )
    return FoundPaths(found[:MOST_FILES], tuple(problems))


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


def _find(path: Path, files: dict[Path, None], problems: list[str]) -> None:
    if path.name == INDEX_NAME:
        path = path.parent
    if path.is_dir():
        _find_in_folder(path, files, problems)
    elif not path.exists():
        problems.append(tr("There is no file {path}.", path=path))
    elif path.name.endswith(SUFFIX):
        files[_file_of(path)] = None
    else:
        files[path] = None


def _file_of(receipt_file: Path) -> Path:
    named = receipt_file.with_name(receipt_file.name[: -len(SUFFIX)])
    return (
        named if named.is_file() else receipt_file.with_name(read_receipt(receipt_file).file_name)
    )


def _find_in_folder(folder: Path, files: dict[Path, None], problems: list[str]) -> None:
    inside = sorted(path for path in folder.iterdir() if path.is_file())
    videos = [path for path in inside if path.suffix.lower() in _VIDEOS]
    files.update(dict.fromkeys(videos))
    problems += filter(None, (_missing(path) for path in inside if path.name.endswith(SUFFIX)))
    if not videos:
        problems.append(tr("There are no videos in {folder}.", folder=folder))


def _missing(receipt_file: Path) -> str:
    """A sentence when the file of a receipt is not there."""
    try:
        wanted = _file_of(receipt_file)
    except StorageError as err:
        return f"{verbatim(receipt_file.name)}: {err.summary}"
    return (
        "" if wanted.is_file() else tr("{name} is missing; its receipt is there.", name=wanted.name)
    )
