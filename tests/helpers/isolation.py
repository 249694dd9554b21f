"""Keeps tests away from the developer's own files, settings and passwords."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

_FOLDERS = {
    "HOME": "home",
    "USERPROFILE": "home",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "runtime",
}


_MEMORY = Path("/dev/shm")  # noqa: S108 - tests make folders of their own in it
_ENOUGH_BYTES = 4 << 30
_TEMP_ROOT = "PYTEST_DEBUG_TEMPROOT"


def isolate() -> Path:
    """Point this process and all that it starts at an empty home; returns its folder.

    Widgets go to an off-screen platform and the keyring to one that keeps nothing. Where memory is plentiful,
    the folders of tests are in it: the program waits for the disk at each step of a job, and tests do
    little else.
    """
    memory = memory_folder(_MEMORY)
    if memory is not None:
        os.environ.setdefault(_TEMP_ROOT, str(memory))
    root = Path(tempfile.mkdtemp(prefix="rta-viewer-tests-", dir=memory))
    for variable, folder in _FOLDERS.items():
        path = root / folder
        path.mkdir(mode=0o700, exist_ok=True)
        os.environ[variable] = str(path)
    # Hundreds of processes start in these tests: they load what the first one compiled.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return root


def memory_folder(folder: Path) -> Path | None:
    """The folder, if it is a file system in memory with room for all that the tests write."""
    if sys.platform != "linux" or not os.access(folder, os.W_OK | os.X_OK):
        return None
    try:
        of_memory = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        free_bytes = min(of_memory, shutil.disk_usage(folder).free)
    except OSError:
        return None
    return folder if free_bytes >= _ENOUGH_BYTES else None


def remove(root: Path) -> None:
    """Delete the empty home; what a virus scanner or a dying child still holds may stay."""
    shutil.rmtree(root, ignore_errors=True)
