"""Giving memory back to the system. Decoded pictures are megabytes each and come and go all day."""

import ctypes
import sys

# malloc.h of the GNU C library
_M_MMAP_THRESHOLD = -3
_M_ARENA_MAX = -8

_LARGE_BYTES = 256 * 1024
_ARENAS = 2


def return_large_blocks() -> bool:
    """Have freed pictures go back to the system at once. Process-wide; idempotent; any thread.

    The GNU C library puts blocks of up to 32 MiB into heaps of its own, one for each thread of a player,
    as soon as the first such block was freed; small blocks between them then hold the memory of hundreds of
    pictures. With a fixed limit large blocks are mapped and unmapped one by one. Other systems do so by
    themselves.

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
    limited = mallopt(_M_ARENA_MAX, _ARENAS)
    return bool(mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES) and limited)
