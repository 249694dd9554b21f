"""What a drive is: how much is free, whether it takes large files, where it is mounted.

May block on network shares.
"""

import contextlib
import ctypes
import os
import shutil
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path

from rta_viewer.core.texts import is_text, tr

FAT_FILE_BYTES = 4 * 1024**3 - 1
"""The largest file that FAT32 holds."""

LONGEST_PATH_CHARS = 259
"""What a program opens that does not ask Windows for more (Microsoft, "Maximum Path Length Limitation")."""

_FAT = frozenset({"fat", "fat12", "fat16", "fat32", "vfat", "msdos"})
_FORBIDDEN_ON_WINDOWS = '<>:"|?*' + "".join(map(chr, range(32)))
_MOST_NAME_CHARS = 261
_MOUNTS = Path("/proc/self/mountinfo")


@dataclass(frozen=True, slots=True)
class DriveLook:
    """What was found.

    Attributes:
        free_bytes: For this user; None when the system does not say.
        kind: The file system's name in lower case, empty when unknown.
        problem: Why nothing can be written there; empty when nothing speaks against it.
    """

    free_bytes: int | None = None
    kind: str = ""
    problem: str = ""

    @property
    def largest_file_bytes(self) -> int | None:
        """None without a limit worth telling."""
        return FAT_FILE_BYTES if self.kind in _FAT else None

    @property
    def longest_path_chars(self) -> int | None:
        """None without a limit worth telling."""
        return None if _allows_long_paths() else LONGEST_PATH_CHARS


def look_at(folder: Path) -> DriveLook:
    """Look at a folder, or at the place where it would be made. Leaves nothing behind, never raises."""
    if not folder.is_absolute():
        return DriveLook(problem=tr("This is not a whole path. Choose a folder."))
    forbidden = _FORBIDDEN_ON_WINDOWS if sys.platform == "win32" else "\0"
    if any(char in forbidden for part in folder.parts[1:] for char in part):
        return DriveLook(problem=tr("A folder cannot be called that. Choose another name."))
    try:
        place = _nearest(folder)
    except (OSError, ValueError):
        return DriveLook(problem=tr("This folder cannot be used. Choose another one."))
    if place is None:
        return DriveLook(
            problem=tr("This drive is not there. Connect it, or choose another folder.")
        )
    if not place.is_dir():
        return DriveLook(problem=tr("{name} is a file. Choose a folder.", name=place.name))
    if not os.access(place, os.W_OK) or (place == folder and not _takes_files(folder)):
        return DriveLook(problem=tr("You may not write into this folder. Choose another one."))
    try:
        free: int | None = shutil.disk_usage(place).free
    except OSError:
        free = None
    return DriveLook(free, _kind(place))


def mount_point(folder: Path) -> str:
    """Where the drive of ``folder`` is mounted; empty for drives that need no folder: root, letters, shares.

    Such a folder stays when its drive is gone, and is one of another drive then. Never raises.
    """
    # On Windows a link is not told from what is mounted, and to follow that leads past the mount point.
    real = Path(os.path.realpath(folder)) if os.name != "nt" else folder.absolute()
    found = next((str(each) for each in (real, *real.parents) if is_mount_point(str(each))), "")
    return "" if found == real.anchor or not is_text(found) else found


def is_mount_point(place: str) -> bool:
    """Whether a drive is mounted there now; also False where a share does not answer. Never raises."""
    try:
        # The separator has the system mount what it mounts on demand only, and drops while it is idle.
        return os.path.ismount(os.path.join(place, ""))  # noqa: PTH118 - a Path has no such end
    except (OSError, ValueError):
        return False


def _nearest(folder: Path) -> Path | None:
    return next((each for each in (folder, *folder.parents) if each.exists()), None)


def _takes_files(folder: Path, *, windows: bool = os.name == "nt") -> bool:
    """On Windows by making one: what ``os.access`` says there leaves out access lists and shares."""
    if not windows:
        return True
    trial = folder / f"{uuid.uuid4().hex}.part"
    # It goes with its handle, also where the program is killed meanwhile.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_TEMPORARY", 0)
    try:
        os.close(os.open(trial, flags))
    except PermissionError:
        return False
    except OSError:
        # A full drive, say: that is told otherwise.
        return True
    with contextlib.suppress(OSError):
        trial.unlink(missing_ok=True)
    return True


def _kind(place: Path) -> str:
    try:
        return (_windows_kind(place) if sys.platform == "win32" else _mounted_kind(place)).lower()
    except (OSError, ValueError):
        return ""


def _mounted_kind(place: Path, mounts: Path = _MOUNTS) -> str:
    """By ``proc_pid_mountinfo(5)``; other systems have no such file."""
    real = os.path.realpath(place)
    best, found = -1, ""
    for line in mounts.read_text("utf-8", "surrogateescape").splitlines():
        left, _, right = line.partition(" - ")
        point = left.split()[4].replace("\\040", " ")
        inside = real == point or real.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= best:
            best, found = len(point), right.split()[0]
    return found


def _allows_long_paths() -> bool:
    """Whether the administrator of this Windows switched them on."""
    allowed = True
    if sys.platform == "win32":
        import winreg

        where = r"SYSTEM\CurrentControlSet\Control\FileSystem"
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, where) as key:
                allowed = bool(winreg.QueryValueEx(key, "LongPathsEnabled")[0])
        except OSError:
            allowed = False
    return allowed


def _windows_kind(place: Path) -> str:
    """By ``GetVolumeInformationW``."""
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        root = ctypes.create_unicode_buffer(_MOST_NAME_CHARS)
        name = ctypes.create_unicode_buffer(_MOST_NAME_CHARS)
        rest = (None, 0, None, None, None, name, _MOST_NAME_CHARS)
        if kernel.GetVolumePathNameW(
            str(place), root, _MOST_NAME_CHARS
        ) and kernel.GetVolumeInformationW(root, *rest):
            return name.value
    return ""
