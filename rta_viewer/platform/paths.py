"""Where the program keeps its files: the system's places, or all under one profile folder."""

import os
import sys
from pathlib import Path

import appdirs

from rta_viewer.platform.files import make_folder

_LINUX_NAME = "rta-viewer"
APP_NAME = _LINUX_NAME if sys.platform.startswith("linux") else "RTA Viewer"


def for_all_users() -> Path:
    """Where an administrator puts what holds for everybody here; no variable of the user moves it."""
    if APP_NAME == _LINUX_NAME:
        # The library would heed XDG_CONFIG_DIRS.
        return Path("/etc/xdg") / APP_NAME
    return Path(appdirs.AppDirs(APP_NAME, appauthor=False).site_data_dir)


class Paths:
    """The folders of one profile. Making the object makes no folder; :meth:`create` does.

    Attributes:
        config_dir: Settings.
        data_dir: What must survive: jobs, receipts.
        cache_dir: What may be deleted at any time.
        log_dir: Logs and crash reports.
        is_default: False when ``--profile`` chose the place.

    Args:
        root: Everything goes below this folder; None for the system's usual places.
    """

    def __init__(self, root: Path | None = None) -> None:
        self.is_default = root is None
        if root is not None:
            base = root.absolute()
            self.config_dir, self.data_dir = base / "config", base / "data"
            self.cache_dir, self.log_dir = base / "cache", base / "log"
            return
        if APP_NAME == _LINUX_NAME:
            self.config_dir = _base("XDG_CONFIG_HOME", ".config") / APP_NAME
            self.data_dir = _base("XDG_DATA_HOME", ".local/share") / APP_NAME
            self.cache_dir = _base("XDG_CACHE_HOME", ".cache") / APP_NAME
            self.log_dir = self.cache_dir / "log"
            return
        places = appdirs.AppDirs(APP_NAME, appauthor=False)
        self.config_dir = Path(places.user_config_dir)
        self.data_dir = Path(places.user_data_dir)
        self.cache_dir = Path(places.user_cache_dir)
        self.log_dir = Path(places.user_log_dir)

    @property
    def settings_file(self) -> Path:
        """The one settings file."""
        return self.config_dir / "settings.json"

    def create(self) -> None:
        """Make the folders; raises StorageError when that is not possible."""
        for folder in (self.config_dir, self.data_dir, self.cache_dir, self.log_dir):
            make_folder(folder)


def _base(variable: str, usual: str) -> Path:
    """What the variable names if that is absolute, else the usual folder of this user.

    The library takes an empty or relative one, too: the list of jobs would be in whatever folder the program
    is started in. See the XDG Base Directory Specification.
    """
    named = Path(os.environ.get(variable, ""))
    if named.is_absolute():
        return named
    try:
        home = Path.home()
    except RuntimeError:
        # A user that the system does not know, and no HOME. Making the folder says what is wrong.
        home = Path()
    return Path("/") / home / usual
