"""Whether there is a screen to open a window on. Without one, Qt ends the process with a crash."""

import os
import sys

from rta_viewer.errors import MediaError

_NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM")
"""Each of them may lead Qt to one."""


def require_display() -> None:
    """Refuse what needs a window where none can be, over SSH or in a scheduled task say.

    Raises:
        MediaError: There is no display.
    """
    if not sys.platform.startswith("linux") or any(map(os.environ.get, _NAMES)):
        return
    if os.environ.get("XDG_SESSION_TYPE") != "wayland":
        raise MediaError(
            "There is no display to open a window on.",
            "Set DISPLAY or WAYLAND_DISPLAY. Commands for scripts need none: rta-viewer --help lists them.",
        )
