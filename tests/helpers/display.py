"""The screen on which tests show real windows: the one that is there, otherwise a virtual one."""

import os
import subprocess
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


SCALES = {"left": 1, "right": 2}
"""How many pixels of each screen are as wide as one of the window's."""

_PLACES = {"left": "1920/508x1080/286+0+0", "right": "3840/508x2160/286+1920+0"}


@contextmanager
def two_screens() -> Iterator[dict[str, str]]:
    """A virtual desktop of two screens side by side, the right one of twice the resolution. Linux only."""
    with virtual_screen(size=(1920 + 3840, 2160)) as env:
        for name, place in _PLACES.items():
            # The server knows one output; the other screen has none.
            output = "screen" if name == "left" else "none"
            command = ["xrandr", "--setmonitor", name, place, output]
            subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
        scales = ";".join(f"{name}={scale}" for name, scale in SCALES.items())
        yield {**env, "QT_SCREEN_SCALE_FACTORS": scales}
