"""The screen on which tests show real windows: the one that is there, otherwise a virtual one."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from installer.screen import virtual_screen


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Gives the environment for programs whose windows shall be seen.

    The tests themselves run on Qt's offscreen platform; that choice is not handed on. Wayland alone is no
    help: nobody may read its screen.
    """
    if sys.platform != "linux":
        yield {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}
    elif os.environ.get("DISPLAY"):
        yield {**os.environ, "QT_QPA_PLATFORM": "xcb"}
    else:
        with virtual_screen() as env:
            yield env
