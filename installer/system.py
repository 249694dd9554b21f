"""What pip cannot bring, by operating system."""

import ctypes.util
import importlib.util
import shutil
import sys
from pathlib import Path

from installer import debian, windows
from installer.process import SetupProblem, ask, must_succeed, say, shown

MAC_VLC = Path("/Applications/VLC.app/Contents/MacOS/lib/libvlc.dylib")
BREW = ["brew", "install", "--cask", "vlc"]
OTHER_LINUX = {
    "dnf": "sudo dnf install vlc xorg-x11-server-Xvfb libxkbcommon-x11 xcb-util-cursor",
    "pacman": "sudo pacman -S --needed vlc xorg-server-xvfb libxkbcommon-x11 xcb-util-cursor",
    "zypper": "sudo zypper install vlc xorg-x11-server-Xvfb libxkbcommon-x11-0 libxcb-cursor0",
}


def ensure(*, test: bool) -> None:
    """See to libVLC 3, Qt's system libraries and, for the tests, the programs they talk to."""
    if sys.platform == "win32":
        windows.ensure()
    elif sys.platform == "darwin":
        _ensure_mac()
    elif shutil.which("apt-get") and shutil.which("dpkg-query"):
        needs_venv = importlib.util.find_spec("ensurepip") is None
        debian.ensure(debian.packages(test=test, needs_venv=needs_venv))
    else:
        _ensure_other_linux()
    if test and shutil.which("ffmpeg") is None:
        say("The ffmpeg program is not installed: tests that need it as a peer will be skipped.")


def _ensure_mac() -> None:
    if MAC_VLC.exists():
        return
    if shutil.which("brew") is None:
        raise SetupProblem(
            "VLC 3 is missing and there is no Homebrew: install it from https://www.videolan.org/vlc/ "
            "into Applications and start this command again."
        )
    if not ask("VLC 3 is missing: the program plays through it. Install it with Homebrew?"):
        raise SetupProblem("VLC 3 is missing.", shown(BREW))
    must_succeed(BREW, "Homebrew could not install VLC")


def _ensure_other_linux() -> None:
    if ctypes.util.find_library("vlc"):
        return
    manager = next((name for name in OTHER_LINUX if shutil.which(name)), "")
    raise SetupProblem(
        "libVLC 3 is missing, and this program installs system packages on Debian and Ubuntu only.",
        OTHER_LINUX.get(manager, ""),
    )
