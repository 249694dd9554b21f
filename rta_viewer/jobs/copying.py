"""Handing over: copy files to a drive and read them back, because a write that succeeded proves little."""

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.filenames import clean_name, unique_name
from rta_viewer.core.texts import tr
from rta_viewer.errors import StorageError, TargetLostError
from rta_viewer.evidence.files import hash_file, system_path, write_atomically
from rta_viewer.vms.part_file import storage_errors

SUMS_NAME = "SHA256SUMS.txt"
_CHUNK_BYTES = 1 << 20

CopyProgress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Copied:
    """A file that was written and read back."""

    path: Path
    size_bytes: int
    sha256: str


def copy_verified(
    files: Sequence[Path],
    folder: Path,
    *,
    cancel: CancelToken | None = None,
    progress: CopyProgress | None = None,
) -> list[Copied]:
    """Copy, flush, drop from the system's memory where it lets us, read back, compare; then name it.

    Beside the copies lies :data:`SUMS_NAME`, which ``sha256sum -c`` understands. Nothing is overwritten.

    Args:
        files: What to copy.
        folder: Where to; made when it is not there.
        cancel: Looked at often; the file under way is deleted.
        progress: Called from this thread with a share from 0 to 1.

    Raises:
        TargetLostError: No room, or the drive is gone.
        StorageError: A file cannot be read or written, or reads back as something else.
        Cancelled: See above.
    """
    cancel, report = cancel or CancelToken(), progress or (lambda share: None)
    with storage_errors(folder / SUMS_NAME):
        system_path(folder).mkdir(parents=True, exist_ok=True)
        total = sum(system_path(file).stat().st_size for file in files)
        if shutil.disk_usage(system_path(folder)).free < total + _CHUNK_BYTES:
            raise TargetLostError(
                tr("The drive has too little space: {size:.0f} MB are needed.", size=total / 1e6),
                tr("Free some."),
            )
    copied: list[Copied] = []
    done = 0
    for file in files:
        one = _copy(
            file,
            folder,
            cancel,
            lambda count, done=done: report(  # type: ignore[misc]
                min(1.0, (done + count) / max(1, 2 * total))
            ),
        )
        copied.append(one)
        done += 2 * one.size_bytes
    sums = "".join(f"{one.sha256}  {one.path.name}\n" for one in copied)
    name = unique_name(SUMS_NAME, lambda each: system_path(folder / each).exists())
    write_atomically(folder / name, sums.encode("utf-8", "surrogateescape"))
    return copied


def _copy(
    file: Path, folder: Path, cancel: CancelToken, count_bytes: Callable[[int], None]
) -> Copied:
    name = unique_name(
        clean_name(file.name, max_chars=200), lambda each: system_path(folder / each).exists()
    )
    target = folder / name
    part = system_path(target.with_name(f"{name}.part"))
    try:
        sha256, size = _write(system_path(file), part, cancel, count_bytes)
        _forget_in_memory(part)
        again, _ = hash_file(
            part, cancel=cancel, progress=lambda share: count_bytes(size + round(share * size))
        )
        if again != sha256:
            raise StorageError(
                tr(
                    "{name} reads back from the drive as something else than was written.",
                    name=name,
                ),
                tr("Do not use this drive."),
            )
        with storage_errors(target):
            part.replace(system_path(target))
    finally:
        with storage_errors(target):
            part.unlink(missing_ok=True)
    return Copied(target, size, sha256)


def _write(
    source: Path, part: Path, cancel: CancelToken, count_bytes: Callable[[int], None]
) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with storage_errors(part), source.open("rb") as reading, part.open("wb") as writing:
        while data := reading.read(_CHUNK_BYTES):
            cancel.raise_if_cancelled()
            writing.write(data)
            digest.update(data)
            size += len(data)
            count_bytes(size)
        writing.flush()
        os.fsync(writing.fileno())
    return digest.hexdigest(), size


def _forget_in_memory(path: Path) -> None:
    """Have the next reading come from the drive. Only Linux can be asked; elsewhere memory may answer."""
    advise = getattr(os, "posix_fadvise", None)
    unneeded = getattr(os, "POSIX_FADV_DONTNEED", None)
    if advise is None or unneeded is None:
        return
    with storage_errors(path), path.open("rb") as file:
        advise(file.fileno(), 0, 0, unneeded)
