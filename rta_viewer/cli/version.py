"""``rta-viewer --version``: what a report of a fault needs to name. Loads neither Qt nor pictures."""

import platform
import sys
from importlib import metadata

from rta_viewer import __version__


def version_lines() -> list[str]:
    """One line for each part; what is missing says so."""
    return [
        f"RTA Viewer {__version__}",
        f"Python {platform.python_version()} ({64 if sys.maxsize > 2**32 else 32} bit)",
        _package("Qt", "PySide6-Essentials"),
        _libvlc(),
        _package("PyAV", "av"),
        f"System {platform.platform()}",
    ]


def _package(label: str, package: str) -> str:
    try:
        return f"{label} {metadata.version(package)}"
    except metadata.PackageNotFoundError:
        return f"{label} missing ({package} is not installed)"


def _libvlc() -> str:
    from rta_viewer.player.vlc_library import libvlc_version

    version = libvlc_version()
    return f"libVLC {version}" if version else "libVLC missing (install VLC 3, 64 bit)"
