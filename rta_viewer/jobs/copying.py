"""Handing over: copy files to a drive and read them back, because a write that succeeded proves little."""

import contextlib
import errno
import hashlib
import os
import platform
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.filenames import clean_name, unique_name
from rta_viewer.core.texts import tr
from rta_viewer.errors import Cancelled, StorageError, TargetLostError
from rta_viewer.evidence.files import (
    hash_file,
    is_file,
    is_there,
    patiently,
    read_errors,
    rename_to_free,
    system_path,
    write_atomically,
)
from rta_viewer.evidence.receipt import receipt_path
from rta_viewer.jobs.package import INDEX_NAME
from rta_viewer.jobs.placing import make_folder
from rta_viewer.jobs.room import what_drive_is_gone
from rta_viewer.platform.drives import look_at, mount_point
from rta_viewer.platform.files import make_names_last
from rta_viewer.vms.part_file import storage_errors

SUMS_NAME = "SHA256SUMS.txt"
_CHUNK_BYTES = 1 << 20
_MOST_NAMES = 20
"""So often others may take the name that was just free."""
_TAKEN = frozenset({errno.EEXIST, errno.ENOTEMPTY})
_FOLDER_TRIES = 10
"""Within 25 seconds: Windows renames no folder while a scanner looks into a large file in it."""

CopyProgress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Original:
    """A file to copy; its receipt goes with it.

    Attributes:
        sha256: What its bytes were when it was saved; empty where nobody wrote that down.
    """

    path: Path
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files that refer to each other by their names.

    Attributes:
        folder_name: They get a folder of their own and keep their names; empty where they need none, and
            are renamed together with their receipts when a name is taken.
        index: The page that lists them, empty for none.
    """

    originals: tuple[Original, ...]
    folder_name: str = ""
    index: str = ""


@dataclass(frozen=True, slots=True)
class Copied:
    """A file that was written and read back."""

    path: Path
    size_bytes: int
    sha256: str


def copy_verified(
    bundles: Sequence[Bundle],
    folder: Path,
    *,
    cancel: CancelToken | None = None,
    progress: CopyProgress | None = None,
) -> list[Copied]:
    """Copy, flush, drop from the system's memory where it lets us, read back, compare; then name it.

    Beside the copies lies :data:`SUMS_NAME`, which ``sha256sum -c`` understands. Nothing is overwritten.

    Args:
        bundles: What to copy.
        folder: Where to; made when it is not there.
        cancel: Looked at often; what was copied of the bundle under way is deleted.
        progress: Called from this thread with a share from 0 to 1.

    Raises:
        TargetLostError: No room, or the drive is gone.
        StorageError: A file cannot be read or written, reads back as something else, or is not what was
            saved.
        Cancelled: See above.
    """
    total = _make_room(bundles, folder)
    work = _Work(cancel or CancelToken(), progress or (lambda share: None), max(1, 2 * total))
    loose: list[Copied] = []
    copied: list[Copied] = []
    mounted_at = mount_point(folder)
    try:
        for bundle in bundles:
            if gone := what_drive_is_gone(mounted_at):
                # Its folder is still there, and is one of another drive.
                raise TargetLostError(gone, tr("Connect its drive."))
            if bundle.folder_name:
                copied += _copy_apart(bundle, folder, work)
            else:
                loose += _copy_beside(bundle, folder, work)
    except (Cancelled, StorageError):
        if not what_drive_is_gone(mounted_at):
            # What is there stays; what went wrong is to be told, whatever comes of its sums.
            with contextlib.suppress(StorageError):
                _list_sums(folder, loose, bundles)
            make_names_last(folder)
        raise
    _list_sums(folder, loose, bundles)
    # Who is told that all is there pulls the drive out.
    make_names_last(folder)
    return [*loose, *copied]


def _list_sums(folder: Path, loose: Sequence[Copied], bundles: Sequence[Bundle]) -> None:
    if not loose:
        return
    wanted = folder / SUMS_NAME
    originals = [one.path for bundle in bundles for one in bundle.originals]
    part = system_path(_part_of(originals, wanted))
    try:
        with storage_errors(wanted):
            with part.open("wb") as file:
                file.write(_sums_of(loose))
                file.flush()
                os.fsync(file.fileno())
            # Another program may end on the same drive at the same moment.
            _under_free_names([part], wanted)
    finally:
        _remove([part])


def _make_room(bundles: Sequence[Bundle], folder: Path) -> int:
    """Make the folder; the bytes that are going to be copied."""
    files = [file for bundle in bundles for one in bundle.originals for file in _files(one)]
    sizes = [_size_bytes(file) for file in files]
    total = sum(sizes)
    with storage_errors(folder / SUMS_NAME):
        make_folder(folder)
        limit = look_at(folder).largest_file_bytes
        if limit is not None and max(sizes, default=0) > limit:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        if shutil.disk_usage(system_path(folder)).free < total + _CHUNK_BYTES:
            raise TargetLostError(
                tr("The drive has too little space: {size:.0f} MB are needed.", size=total / 1e6),
                tr("Free some."),
            )
    return total


def _size_bytes(file: Path) -> int:
    with read_errors(file):
        return system_path(file).stat().st_size


@dataclass(slots=True)
class _Work:
    cancel: CancelToken
    report: CopyProgress
    total_bytes: int
    done_bytes: int = 0

    def count(self, size_bytes: int) -> None:
        """Tell how far it is; ``size_bytes`` of the file under way."""
        self.report(min(1.0, (self.done_bytes + size_bytes) / self.total_bytes))


def _files(original: Original) -> list[Path]:
    receipt = receipt_path(original.path)
    return [original.path, *([receipt] if is_file(receipt) else [])]


def _copy_apart(bundle: Bundle, folder: Path, work: _Work) -> list[Copied]:
    """Into a folder of its own, which gets its name when everything is in it."""
    wanted = clean_name(bundle.folder_name)
    part = _new_part_folder(bundle, folder / wanted)
    copied: list[Copied] = []
    try:
        for original in bundle.originals:
            for file in _files(original):
                sha256 = original.sha256 if file == original.path else ""
                copied.append(_copy(file, part / file.name, sha256, work))
        if bundle.index:
            copied.append(_write_index(part / INDEX_NAME, bundle.index, work))
        write_atomically(part / SUMS_NAME, _sums_of(copied))
        make_names_last(part)
        target = _named(part, folder, wanted)
    except BaseException:
        shutil.rmtree(system_path(part), ignore_errors=True)
        raise
    return [replace(one, path=target / one.path.name) for one in copied]


def _new_part_folder(bundle: Bundle, target: Path) -> Path:
    """An empty folder for the copies; only one of the same copy, which a kill left, makes way for it."""
    part = _part_of([one.path for one in bundle.originals], target)
    with storage_errors(target):
        if system_path(part).is_dir():
            shutil.rmtree(system_path(part))
        system_path(part).mkdir()
    return part


def _free_name(folder: Path, wanted: str) -> str:
    """Free for its receipt, too."""
    with storage_errors(folder / wanted):
        return unique_name(
            wanted,
            lambda each: is_there(folder / each) or is_there(receipt_path(folder / each)),
        )


def _named(part: Path, folder: Path, wanted: str) -> Path:
    one = system_path(part)

    def rename(target: Path) -> None:
        patiently(partial(one.rename, system_path(target)), _FOLDER_TRIES)

    with storage_errors(folder / wanted):
        return _take_free_name(folder / wanted, rename)


def _take_free_name(wanted: Path, rename: Callable[[Path], None]) -> Path:
    """Others that write to the same drive may take the name that was just free."""
    left = _MOST_NAMES
    while True:
        target = wanted.with_name(_free_name(wanted.parent, wanted.name))
        try:
            rename(target)
        except OSError as err:
            left -= 1
            if not left or err.errno not in _TAKEN:
                raise
        else:
            return target


def _copy_beside(bundle: Bundle, folder: Path, work: _Work) -> list[Copied]:
    """Into the folder itself, under names that are free for the files and for their receipts."""
    copied: list[Copied] = []
    try:
        for original in bundle.originals:
            copied += _copy_with_receipt(original, folder, work)
    except BaseException:
        _remove([one.path for one in copied])
        raise
    return copied


def _copy_with_receipt(original: Original, folder: Path, work: _Work) -> list[Copied]:
    """Both get their names when both are there: a drive that goes leaves no file without its receipt."""
    wanted = folder / clean_name(original.path.name, max_chars=200)
    made: list[Copied] = []
    try:
        for file in _files(original):
            is_receipt = file != original.path
            target = receipt_path(wanted) if is_receipt else wanted
            made.append(_make(file, target, "" if is_receipt else original.sha256, work))
        with storage_errors(wanted):
            targets = _under_free_names([one.path for one in made], wanted)
    finally:
        _remove([one.path for one in made])
    return [replace(one, path=target) for one, target in zip(made, targets, strict=True)]


def _under_free_names(parts: Sequence[Path], wanted: Path) -> list[Path]:
    """A file and perhaps its receipt."""
    target = _take_free_name(wanted, partial(_name, parts[0]))
    targets = [target, receipt_path(target)][: len(parts)]
    try:
        for part, beside in zip(parts[1:], targets[1:], strict=True):
            _name(part, beside)
    except OSError:
        _remove([target])
        raise
    return targets


def _name(part: Path, target: Path) -> None:
    """Never over another file: to drives that do not tell upper from lower case two names may be one."""
    patiently(lambda: rename_to_free(part, system_path(target)))


def _remove(paths: Sequence[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            system_path(path).unlink(missing_ok=True)


def _write_index(path: Path, page: str, work: _Work) -> Copied:
    data = page.encode("utf-8", "backslashreplace")
    sha256 = hashlib.sha256(data).hexdigest()
    write_atomically(path, data)
    _read_back(system_path(path), path.name, sha256, work)
    return Copied(path, len(data), sha256)


def _sums_of(copied: Sequence[Copied]) -> bytes:
    sums = "".join(f"{one.sha256}  {one.path.name}\n" for one in copied)
    return sums.encode("utf-8", "surrogateescape")


def _copy(file: Path, target: Path, expected: str, work: _Work) -> Copied:
    """Copy one file; ``expected`` is what its bytes must hash to, empty where that is not known."""
    made = _make(file, target, expected, work)
    try:
        with storage_errors(target):
            _name(made.path, target)
    finally:
        _remove([made.path])
    return replace(made, path=target)


def _make(file: Path, wanted: Path, expected: str, work: _Work) -> Copied:
    """The copy under the name of an unfinished one, written and read back."""
    part = _new_part(file, wanted)
    try:
        sha256, size = _write(file, part, work.cancel, work.count)
        if expected:
            _require_same(file, sha256, expected)
        _read_back(part, wanted.name, sha256, work)
    except BaseException:
        _remove([part])
        raise
    work.done_bytes += 2 * size
    return Copied(part, size, sha256)


def _require_same(file: Path, sha256: str, expected: str) -> None:
    if sha256 != expected:
        raise StorageError(
            tr(
                "{name} was changed since it was saved: "
                "its SHA-256 is not the one that was written down.",
                name=file.name,
            ),
            tr("Save it again."),
        )


def _new_part(file: Path, target: Path) -> Path:
    """An empty file for the copy; only one of the same copy, which a kill left, makes way for it."""
    part = system_path(_part_of([file], target))
    with storage_errors(target):
        part.unlink(missing_ok=True)
        part.open("xb").close()
    return part


def _part_of(originals: Sequence[Path], target: Path) -> Path:
    """Beside the target, always the same for the same copy on the same computer.

    Not made of the target's name, which may be as long as the file system allows.
    """
    origin = [platform.node(), target.name, *(str(file.absolute()) for file in originals)]
    key = hashlib.sha256(os.fsencode("\n".join(origin))).hexdigest()[:16]
    return target.with_name(f"copy-{key}.part")


def _read_back(path: Path, name: str, sha256: str, work: _Work) -> None:
    """Raises StorageError where the drive holds something else."""
    _forget_in_memory(path)
    size = _size_bytes(path)
    again, _ = hash_file(
        path,
        cancel=work.cancel,
        progress=lambda share: work.count(size + round(share * size)),
    )
    if again != sha256:
        raise StorageError(
            tr("{name} reads back from the drive as something else than was written.", name=name),
            tr("Do not use this drive."),
        )


def _write(
    source: Path, part: Path, cancel: CancelToken, count_bytes: Callable[[int], None]
) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with storage_errors(part), part.open("r+b") as writing:
        for data in _chunks(source):
            cancel.raise_if_cancelled()
            writing.write(data)
            digest.update(data)
            size += len(data)
            count_bytes(size)
        writing.flush()
        os.fsync(writing.fileno())
    return digest.hexdigest(), size


def _chunks(file: Path) -> Iterator[bytes]:
    with read_errors(file), system_path(file).open("rb") as reading:
        while data := reading.read(_CHUNK_BYTES):
            yield data


def _forget_in_memory(path: Path) -> None:
    """Have the next reading come from the drive. Only Linux can be asked; elsewhere memory may answer."""
    advise = getattr(os, "posix_fadvise", None)
    unneeded = getattr(os, "POSIX_FADV_DONTNEED", None)
    if advise is None or unneeded is None:
        return
    with storage_errors(path), path.open("rb") as file:
        advise(file.fileno(), 0, 0, unneeded)
