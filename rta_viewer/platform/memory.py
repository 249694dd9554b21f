"""How the allocator deals with pictures: megabytes each, made and dropped all day by many threads."""

import ctypes
import sys
from typing import Any

# malloc.h of the GNU C library
_M_TRIM_THRESHOLD = -1
_M_MMAP_THRESHOLD = -3
_M_ARENA_MAX = -8

_KEPT_BYTES = 64 * 1024 * 1024
"""So much freed memory at the end of the heap is kept: eight pictures of 1920x1080 in four bytes each."""

_LARGEST_BYTES = 32 * 1024 * 1024
"""Larger blocks are mapped by themselves; the library accepts no more here."""


def share_one_heap() -> bool:
    """Have all threads take memory from one heap. Process-wide; idempotent.

    To be called before the first thread starts: heaps of threads that exist already stay in use, and
    :func:`give_back` does not reach the free end of such a heap, up to 64 MiB.

    The GNU C library gives each thread of a player a heap of its own, and what one thread has freed is of no
    use to the next player's threads: after a few seeks four times the memory is held. Left to itself it also
    gives the memory of each picture back to the system as soon as the picture is dropped, and touching new
    memory costs four times what converting a picture into known memory does. So some is kept.
    Other systems have one heap anyway.

    Returns:
        True where something was to be set, and was.
    """
    return _limit_heaps() if sys.platform.startswith("linux") else False


def give_back() -> bool:
    """Give freed memory to the system, also from between blocks in use. Takes milliseconds; any thread.

    For when much was dropped and little will be wanted soon: a camera was closed.

    Returns:
        True where that can be asked for, and something was given back.
    """
    trim = _of_c_library("malloc_trim") if sys.platform.startswith("linux") else None
    if trim is None:
        return False
    trim.argtypes = (ctypes.c_size_t,)
    trim.restype = ctypes.c_int
    return bool(trim(0))


def _of_c_library(name: str) -> Any:
    try:
        return getattr(ctypes.CDLL(None), name)
    except (OSError, AttributeError):  # another C library
        return None


def _limit_heaps() -> bool:
    mallopt = _of_c_library("mallopt")
    if mallopt is None:
        return False
    mallopt.argtypes = (ctypes.c_int, ctypes.c_int)
    mallopt.restype = ctypes.c_int
    wanted = (
        (_M_ARENA_MAX, 1),
        (_M_MMAP_THRESHOLD, _LARGEST_BYTES),
        (_M_TRIM_THRESHOLD, _KEPT_BYTES),
    )
    results = [mallopt(option, value) for option, value in wanted]
    return all(results)
