"""Drives in a folder that stays when they are gone: mounted where that may be, pretended everywhere."""

import contextlib
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest


class MountPoint(Protocol):
    """A folder of this computer's disk in which a drive is mounted."""

    folder: Path

    def unmount(self) -> None:
        """Also in the middle of a transfer; whoever has a file open keeps it."""

    def mount(self) -> None:
        """The same drive, as it was."""


@contextlib.contextmanager
def fake_mounts(*places: Path) -> Iterator[set[Path]]:
    """Until the end of the block nothing else is mounted but the root; the set may be changed."""
    mounted = {Path("/"), *places}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os.path, "ismount", lambda place: Path(place) in mounted)
        yield mounted


class _Pretended:
    """What is on the drive is moved out of the folder and into it again."""

    def __init__(self, folder: Path, mounted: set[Path]) -> None:
        self.folder = folder
        self._mounted = mounted
        self._away = folder.with_name(f"{folder.name} away")

    def unmount(self) -> None:
        self.folder.rename(self._away)
        self.folder.mkdir()
        self._mounted.remove(self.folder)

    def mount(self) -> None:
        self.folder.rmdir()
        self._away.rename(self.folder)
        self._mounted.add(self.folder)


@contextlib.contextmanager
def pretended_mount(folder: Path) -> Iterator[MountPoint]:
    """Until the end of the block."""
    folder.mkdir(exist_ok=True)
    with fake_mounts(folder) as mounted:
        yield _Pretended(folder, mounted)


class _Mounted:
    """A file system in memory, which stays mounted elsewhere, so that it can come back."""

    def __init__(self, folder: Path, device: Path) -> None:
        self.folder = folder
        self._device = device

    def unmount(self) -> None:
        _run("umount", "-l", self.folder)

    def mount(self) -> None:
        _run("mount", "--bind", self._device, self.folder)


def _run(*words: Any, check: bool = True) -> bool:
    return subprocess.run(list(map(str, words)), capture_output=True, check=check).returncode == 0


@contextlib.contextmanager
def real_mount(folder: Path) -> Iterator[MountPoint]:
    """80 MB; skips the test where nothing may be mounted."""
    device = folder.with_name(f"{folder.name} device")
    for each in (folder, device):
        each.mkdir(exist_ok=True)
    is_made = False
    with contextlib.suppress(OSError):
        is_made = _run("mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", device, check=False)
    if not is_made:
        pytest.skip("nothing can be mounted here")
    made = _Mounted(folder, device)
    try:
        made.mount()
        yield made
    finally:
        _run("umount", "-l", folder, check=False)
        _run("umount", "-l", device)


MOUNTS: dict[str, Callable[[Path], contextlib.AbstractContextManager[MountPoint]]] = {
    "pretended": pretended_mount,
    "real": real_mount,
}
