"""Keeps tests away from the developer's own files, settings and passwords."""

import os
import shutil
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


def isolate() -> Path:
    """Point this process and all that it starts at an empty home; returns its folder.

    Widgets go to an off-screen platform and the keyring to one that keeps nothing.
    """
    root = Path(tempfile.mkdtemp(prefix="rta-viewer-tests-"))
    for variable, folder in _FOLDERS.items():
        path = root / folder
        path.mkdir(mode=0o700, exist_ok=True)
        os.environ[variable] = str(path)
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return root


def remove(root: Path) -> None:
    """Delete the empty home; what a virus scanner or a dying child still holds may stay."""
    shutil.rmtree(root, ignore_errors=True)
