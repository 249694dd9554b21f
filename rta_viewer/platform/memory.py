"""How the allocator deals with pictures: megabytes each, made and dropped all day by many threads."""

import ctypes
import sys

_M_ARENA_MAX = -8  # malloc.h of the GNU C library


def share_one_heap() -> bool:
    """Have all threads take memory from one heap. Process-wide; idempotent; any thread.

    The GNU C library gives each thread of a player a heap of its own, and what one thread has freed is of no
    use to the next player's threads: after a few seeks four times the memory is held. Mapping each picture
    separately instead would hold even less, but touching new memory again and again makes a seek half as slow
    again. Other systems have one heap anyway.

    Returns:
        True where something was to be set, and was.
    """
    return _limit_heaps() if sys.platform.startswith("linux") else False


def _limit_heaps() -> bool:
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # another C library
        return False
    mallopt.argtypes = (ctypes.c_int, ctypes.c_int)
    mallopt.restype = ctypes.c_int
    return bool(mallopt(_M_ARENA_MAX, 1))
