"""SHA-256 beside the transfer: hashing costs more than receiving, so a long one has a thread for it.

Only while processors are left: several transfers at once keep all of them busy without threads, and then one
more thread only takes turns with them. What is left is looked at again as the transfer goes on.
"""

import contextlib
import hashlib
import mmap
import os
import sys
import threading
import weakref
from queue import SimpleQueue

_THREAD_FROM_BYTES = 8 * 1024 * 1024
_MOST_WAITING = 3
_HUGE_PAGE_BYTES = 2 * 1024 * 1024
_THREADS_OF_ONE = 2
"""A transfer that has a thread for its sum."""
_open: weakref.WeakSet["RunningHash"] = weakref.WeakSet()
_open_lock = threading.Lock()


class RunningHash:
    """Takes bytes in order; :meth:`hexdigest` waits for all of them. Used by one thread, then closed."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._size = 0
        self._waiting: SimpleQueue[bytes | memoryview | threading.Event | None] = SimpleQueue()
        self._slots = threading.BoundedSemaphore(_MOST_WAITING)
        self._thread: threading.Thread | None = None
        # One more than can be waiting, so that there is always one that nobody reads any more.
        self._rooms = [memoryview(b"") for _ in range(_MOST_WAITING + 1)]
        self._room = 0
        self._room_is_used = False
        with _open_lock:
            _open.add(self)

    def room(self, most_bytes: int) -> memoryview:
        """Memory for the next piece, free until it is appended; the same again where none was."""
        if self._thread is not None and self._room_is_used:
            self._room = (self._room + 1) % len(self._rooms)
        self._room_is_used = False
        if len(self._rooms[self._room]) < most_bytes:
            self._rooms[self._room] = _memory(most_bytes)
        return self._rooms[self._room][:most_bytes]

    def update(self, data: bytes | memoryview) -> None:
        """Append; waits while too much is not hashed yet."""
        self._room_is_used = True
        self._size += len(data)
        if self._size >= _THREAD_FROM_BYTES:
            self._size = 0
            self._begin() if _is_processor_left() else self._end()
        if self._thread is None:
            self._hash.update(data)
        else:
            self._slots.acquire()
            self._waiting.put(data)

    def hexdigest(self) -> str:
        """Of all bytes so far, lower-case hex."""
        if self._thread is not None:
            reached = threading.Event()
            self._waiting.put(reached)
            reached.wait()
        return self._hash.hexdigest()

    def close(self) -> None:
        """End the thread. Idempotent; the sum can still be asked for."""
        with _open_lock:
            _open.discard(self)
        self._end()

    def _begin(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="hash", daemon=True)
            self._thread.start()

    def _end(self) -> None:
        """All that waits is summed first."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._waiting.put(None)
            thread.join()

    def _work(self) -> None:
        while (one := self._waiting.get()) is not None:
            if isinstance(one, threading.Event):
                one.set()
            else:
                self._hash.update(one)
                self._slots.release()


def _memory(size_bytes: int) -> memoryview:
    """So many bytes; in huge pages where the system has them for the asking and they would be filled."""
    if sys.platform == "linux" and size_bytes >= _HUGE_PAGE_BYTES:
        memory = mmap.mmap(-1, size_bytes, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        with contextlib.suppress(OSError):
            # A kernel may be built without them.
            memory.madvise(mmap.MADV_HUGEPAGE)
        return memoryview(memory)
    return memoryview(bytearray(size_bytes))


def _is_processor_left() -> bool:
    with _open_lock:
        wanted = _THREADS_OF_ONE * len(_open)
    return wanted <= max(_THREADS_OF_ONE, os.cpu_count() or 1)
