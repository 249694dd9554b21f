"""The tour's own profile: it must find no jobs and no servers of anybody, nor of the tour before."""

import shutil
from pathlib import Path

from rta_viewer.errors import StorageError
from rta_viewer.platform.paths import Paths

_MARK = "made-by-the-tour"


def fresh_profile(folder: Path) -> Paths:
    """``profile`` in that folder, empty; what a tour before left in it is deleted.

    Raises:
        StorageError: It cannot be made, or is somebody else's.
    """
    place = folder / "profile"
    mark = place / _MARK
    if mark.exists():
        try:
            shutil.rmtree(place)
        except OSError as err:
            raise StorageError(f"{place} cannot be emptied: {err.strerror}.") from err
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
