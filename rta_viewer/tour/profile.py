"""The tour's own profile and files: it must find none of anybody, nor of the tour before."""

import shutil
from pathlib import Path

from rta_viewer.errors import StorageError
from rta_viewer.platform.paths import Paths

_MARK = "made-by-the-tour"
_SAVED = ("clips", "exports")
"""Folders for what the tour saves: a name that is there already would be given a number."""


def fresh_profile(folder: Path) -> Paths:
    """``profile`` in that folder, empty; what a tour before left and saved there is deleted.

    Raises:
        StorageError: It cannot be made, or is somebody else's.
    """
    place = folder / "profile"
    mark = place / _MARK
    if mark.exists():
        try:
            for old in (*(folder / name for name in _SAVED), place):
                if old.is_dir():
                    shutil.rmtree(old)
        except OSError as err:
            raise StorageError(f"{folder} cannot be emptied: {err.strerror}.") from err
    elif place.exists():
        raise StorageError(
            f"{place} is there already, and no tour made it.", "Choose another folder."
        )
    profile = Paths(place)
    profile.create()
    try:
        mark.touch()
    except OSError as err:
        raise StorageError(f"{place} cannot be written: {err.strerror}.") from err
    return profile
