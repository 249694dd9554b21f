"""Drives that get full or read-only: a real one where it may be mounted, and a pretended one everywhere."""

import contextlib
import errno
import fnmatch
import io
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol, cast

import pytest

PLENTY_BYTES = 1 << 40


class Drive(Protocol):
    """A folder with its own room."""

    folder: Path

    def leave(self, free_bytes: int) -> None:
        """From now on so much is free."""

    def make_room(self) -> None:
        """There is plenty again."""

    def forbid(self, *, writing: bool) -> None:
        """Make it read-only, or no more."""


class MountedDrive:
    """A file system in memory. It counts in pages, so that a little more or less is free than was said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def leave(self, free_bytes: int) -> None:
        with self._filler.open("wb") as file:
            file.write(bytes(shutil.disk_usage(self.folder).free - free_bytes))

    def make_room(self) -> None:
        self._filler.unlink()

    def forbid(self, *, writing: bool) -> None:
        option = f"remount,{'ro' if writing else 'rw'}"
        subprocess.run(["mount", "-o", option, str(self.folder)], check=True)


@contextlib.contextmanager
def mounted_drive(folder: Path) -> Iterator[MountedDrive]:
    """80 MB; skips the test where nothing may be mounted."""
    words = ["mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", str(folder)]
    with contextlib.suppress(OSError):
        if subprocess.run(words, capture_output=True, check=False).returncode == 0:
            try:
                yield MountedDrive(folder)
            finally:
                subprocess.run(["umount", "-l", str(folder)], check=True)
            return
    pytest.skip("a small drive cannot be mounted here")


class PretendedDrive:
    """What is written below the folder is really there, but counted to the byte, and refused when full."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._capacity = PLENTY_BYTES
        self._read_only = False
        self._fill: _Fill | None = None

    @property
    def used(self) -> int:
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    @property
    def free(self) -> int:
        return max(0, self._capacity - self.used)

    def leave(self, free_bytes: int) -> None:
        self._capacity = self.used + free_bytes

    def leave_at_write(self, names: str, number: int, free_bytes: int) -> None:
        """Somebody else fills the drive just before that write, counted from 1, to files named so."""
        self._fill = _Fill(names, number, free_bytes)

    @property
    def was_filled(self) -> bool:
        """That write was tried."""
        return self._fill is not None and self._fill.left <= 0

    def make_room(self) -> None:
        self._capacity = PLENTY_BYTES

    def forbid(self, *, writing: bool) -> None:
        self._read_only = writing

    def has(self, path: Path) -> bool:
        return self.folder in Path(path).parents

    def require_writable(self, path: Path) -> None:
        if self._read_only and self.has(path):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    def before_write(self, path: Path) -> None:
        fill = self._fill
        if fill is not None and fnmatch.fnmatch(path.name, fill.names):
            fill.left -= 1
            if fill.left == 0:
                self.leave(fill.free_bytes)


@dataclass
class _Fill:
    names: str
    left: int
    free_bytes: int


class _CountedFile(io.FileIO):
    """Takes what there is room for, as the system does."""

    def __init__(self, drive: PretendedDrive, path: Path, mode: str) -> None:
        super().__init__(str(path), mode)
        self._drive = drive

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        self._drive.before_write(Path(str(self.name)))
        inside = os.fstat(self.fileno()).st_size - self.tell()
        room = max(0, inside) + self._drive.free
        if len(view) and not room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.name))
        return super().write(view[:room])


@contextlib.contextmanager
def pretended_drive(folder: Path) -> Iterator[PretendedDrive]:
    """Until the end of the block; only for what is opened by :meth:`Path.open`."""
    drive = PretendedDrive(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "open", _opener(drive, Path.open))
        patch.setattr(shutil, "disk_usage", _usage(drive, shutil.disk_usage))
        for name in ("replace", "rename", "unlink"):
            patch.setattr(Path, name, _guarded(drive, getattr(Path, name)))
        yield drive


def _opener(drive: PretendedDrive, plain: Callable[..., Any]) -> Callable[..., IO[Any]]:
    def open_file(
        path: Path, mode: str = "r", buffering: int = -1, *more: Any, **named: Any
    ) -> Any:
        if not drive.has(path) or not set(mode) & set("wax+"):
            return plain(path, mode, buffering, *more, **named)
        drive.require_writable(path)
        raw = _CountedFile(drive, path, mode.replace("b", "").replace("t", ""))
        if buffering == 0:
            return raw
        buffered = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, *more, **named)

    return open_file


def _usage(drive: PretendedDrive, plain: Callable[..., Any]) -> Callable[..., Any]:
    def disk_usage(path: Path) -> Any:
        if Path(path) != drive.folder and not drive.has(path):
            return plain(path)
        kind = cast("Any", type(plain(drive.folder)))
        return kind(drive.used + drive.free, drive.used, drive.free)

    return disk_usage


def _guarded(drive: PretendedDrive, plain: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(path: Path, *more: Any, **named: Any) -> Any:
        drive.require_writable(path)
        return plain(path, *more, **named)

    return guarded
