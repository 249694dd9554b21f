"""Windows: finds a 64-bit VLC, or has winget install it after asking."""

import os
import shutil
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

from installer.process import SetupProblem, ask, must_succeed, say, shown

MACHINE_X64 = 0x8664
WINGET = ["winget", "install", "--exact", "--id", "VideoLAN.VLC", "--architecture", "x64"]
AGREED = ["--accept-package-agreements", "--accept-source-agreements"]


def ensure() -> None:
    """Raise SetupProblem when there is no 64-bit libVLC and it could not be installed."""
    if sys.maxsize < 2**32:
        raise SetupProblem(
            "This is a 32-bit Python, the program needs a 64-bit one.",
            "winget install --exact --id Python.Python.3.12 --architecture x64",
        )
    folders = list(candidates())
    if find(folders) is not None:
        return
    if shutil.which("winget") is None:
        raise SetupProblem(
            "VLC 3 (64-bit) is missing and there is no winget on this PC: install it from "
            "https://www.videolan.org/vlc/ and start this command again."
        )
    if not ask("VLC 3 (64-bit) is missing: the program plays through it. Install it with winget?"):
        raise SetupProblem("VLC 3 (64-bit) is missing.", shown(WINGET))
    must_succeed([*WINGET, *AGREED], "winget could not install VLC", type_instead=shown(WINGET))
    if find(candidates()) is None:
        raise SetupProblem("VLC was installed, but no 64-bit libvlc.dll is where it should be.")
    say("VLC is installed.")


def candidates() -> Iterable[Path]:
    """Folders where VLC may be: what the registry says, then Program Files."""
    yield from _from_registry()
    for variable in ("ProgramW6432", "ProgramFiles"):
        base = os.environ.get(variable)
        if base:
            yield Path(base) / "VideoLAN" / "VLC"


def find(folders: Iterable[Path]) -> Path | None:
    """The first folder with a 64-bit ``libvlc.dll``."""
    return next((folder for folder in folders if is_x64(folder / "libvlc.dll")), None)


def is_x64(library: Path) -> bool:
    """True for a 64-bit Intel library, by the machine word of its PE header."""
    try:
        with library.open("rb") as file:
            head = file.read(4096)
    except OSError:
        return False
    if head[:2] != b"MZ" or len(head) < 0x40:
        return False
    (offset,) = struct.unpack_from("<I", head, 0x3C)
    if offset + 6 > len(head) or head[offset : offset + 4] != b"PE\0\0":
        return False
    (machine,) = struct.unpack_from("<H", head, offset + 4)
    return bool(machine == MACHINE_X64)


def _from_registry() -> list[Path]:
    folders: list[Path] = []
    if sys.platform == "win32":
        import winreg

        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        for hive in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            try:
                with winreg.OpenKey(hive, r"SOFTWARE\VideoLAN\VLC", 0, access) as key:
                    value, _kind = winreg.QueryValueEx(key, "InstallDir")
            except OSError:
                continue
            folders.append(Path(str(value)))
    return folders
