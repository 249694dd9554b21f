"""Does whoever uses this computer want things on the screen to move by themselves?"""

import ctypes
from typing import Any

_SPI_GETCLIENTAREAANIMATION = 0x1042
"""``SystemParametersInfoW``, winuser.h: "Show animations in Windows"."""


def prefers_reduced_motion() -> bool:
    """True where the system says so; only Windows is asked, elsewhere Qt's style knows."""
    windows: Any = getattr(ctypes, "windll", None)
    if windows is None:
        return False
    shown = ctypes.c_int(1)
    ask = windows.user32.SystemParametersInfoW
    return bool(ask(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(shown), 0)) and not shown.value
