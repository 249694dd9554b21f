"""Buffers for decoded pictures, used again as soon as nobody looks at the picture any more."""

import threading
import weakref
from collections import deque

import numpy as np
import numpy.typing as npt

Buffer = npt.NDArray[np.uint8]

STRIDE_ALIGNMENT_BYTES = 128
"""libVLC's converters want lines that start on 32-byte borders; 128 keeps 32 pixels together."""


class PicturePool:
    """Hands out buffers of one size. Safe from any thread.

    A buffer is lent as a *view*; when the last reference to the view is gone, the buffer comes back.
    """

    def __init__(self, width: int, height: int, *, keep: int = 6) -> None:
        self.width = width
        self.height = height
        alignment = STRIDE_ALIGNMENT_BYTES
        self.stride = (width * 4 + alignment - 1) // alignment * alignment
        self._keep = keep
        self._free: deque[Buffer] = deque()
        self._lock = threading.Lock()

    def lend(self) -> Buffer:
        """A view of ``stride * height`` bytes whose content is undefined."""
        with self._lock:
            base = self._free.pop() if self._free else None
        if base is None:
            base = np.empty(self.stride * self.height + STRIDE_ALIGNMENT_BYTES, np.uint8)
        offset = -base.ctypes.data % STRIDE_ALIGNMENT_BYTES
        view = base[offset : offset + self.stride * self.height]
        weakref.finalize(view, self._take_back, base).atexit = False
        return view

    def close(self) -> None:
        """Let go of the buffers that nobody looks at now, and later of the others."""
        with self._lock:
            self._keep = 0
            self._free.clear()

    def _take_back(self, base: Buffer) -> None:
        with self._lock:
            if len(self._free) < self._keep:
                self._free.append(base)
