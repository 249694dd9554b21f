"""What waits to be written to one connection: bounded for media, in order, revocable until it leaves.

A sender thread puts, the connection's thread takes. A reader that does not read thereby stops its own
sender and nobody else.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

_CHUNK_BYTES = 64 * 1024


MarkT = TypeVar("MarkT")


class OutletStream(Generic[MarkT]):
    """The media of one PLAY on its way out. Its fields belong to the outlet.

    Attributes:
        accepted: The mark of the last batch that was queued.
        delivered: The mark of the last batch that left the queue.
    """

    def __init__(self, mark: MarkT) -> None:
        self.revoked = False
        self.accepted = mark
        self.delivered = mark


@dataclass(slots=True)
class _Item:
    data: Sequence[bytes]
    size_bytes: int
    stream: OutletStream[Any] | None = None
    mark: object = None


class Outlet:
    """The queue of one connection.

    Args:
        limit_bytes: Media above it makes :meth:`put` wait; one batch always fits.
        wake: Called, on any thread, when there is something to take after there was nothing.
    """

    def __init__(self, limit_bytes: int, wake: Callable[[], None]) -> None:
        self._limit_bytes = limit_bytes
        self._wake = wake
        self._changed = threading.Condition()
        self._queue: deque[_Item] = deque()
        self._media_bytes = 0
        self._answer_bytes = 0
        self._closed = False
        self._finished = False

    def put(
        self, stream: OutletStream[MarkT], packets: Sequence[bytes], mark: MarkT
    ) -> float | None:
        """Queue packets that belong together; waits while the queue is full.

        ``mark`` says how far the stream has come with them.

        Returns:
            Seconds that it had to wait, None when the stream was revoked or the connection is gone.
        """
        size = sum(map(len, packets))
        began_s = time.monotonic()
        with self._changed:
            self._changed.wait_for(lambda: self._has_room(stream, size))
            if stream.revoked or self._closed or self._finished:
                return None
            was_empty = not self._queue
            self._queue.append(_Item(packets, size, stream, mark))
            self._media_bytes += size
            stream.accepted = mark
        if was_empty:
            self._wake()
        return time.monotonic() - began_s

    def _has_room(self, stream: OutletStream[Any], size: int) -> bool:
        refused = stream.revoked or self._closed or self._finished
        fits = not self._media_bytes or self._media_bytes + size <= self._limit_bytes
        return refused or fits

    def answer(self, data: bytes) -> None:
        """Queue an answer behind what is already there. Never waits: see :attr:`answers_pending`."""
        with self._changed:
            if not self._closed and not self._finished:
                self._queue.append(_Item((data,), len(data)))
                self._answer_bytes += len(data)
        self._wake()

    @property
    def answers_pending(self) -> int:
        """Bytes of answers that nobody read yet; the connection stops taking requests above a bound."""
        with self._changed:
            return self._answer_bytes

    @property
    def media_pending(self) -> int:
        """Bytes of media waiting."""
        with self._changed:
            return self._media_bytes

    def revoke(self, stream: OutletStream[MarkT], *, drop: bool) -> MarkT:
        """Take no more from this stream; with ``drop`` also forget what has not yet left.

        Returns:
            The mark of the last batch that has left or will.
        """
        with self._changed:
            stream.revoked = True
            if drop:
                dropped = sum(item.size_bytes for item in self._queue if item.stream is stream)
                self._queue = deque(item for item in self._queue if item.stream is not stream)
                self._media_bytes -= dropped
                stream.accepted = stream.delivered
            self._changed.notify_all()
            return stream.accepted

    def take(self) -> bytes:
        """The next bytes to write, empty when there are none."""
        with self._changed:
            parts: list[bytes] = []
            total = 0
            while self._queue and total < _CHUNK_BYTES:
                item = self._queue.popleft()
                parts += item.data
                total += item.size_bytes
                if item.stream is None:
                    self._answer_bytes -= item.size_bytes
                else:
                    self._media_bytes -= item.size_bytes
                    item.stream.delivered = item.mark
            if parts:
                self._changed.notify_all()
            return b"".join(parts)

    @property
    def empty(self) -> bool:
        """Nothing is waiting."""
        with self._changed:
            return not self._queue

    @property
    def drained(self) -> bool:
        """:meth:`finish` was called and all before it was taken."""
        with self._changed:
            return self._finished and not self._queue

    def finish(self) -> None:
        """Take nothing more; the connection closes when the rest is written."""
        with self._changed:
            self._finished = True
            self._changed.notify_all()
        self._wake()

    def close(self) -> None:
        """Forget everything and release whoever waits."""
        with self._changed:
            self._closed = True
            self._queue.clear()
            self._media_bytes = 0
            self._changed.notify_all()
