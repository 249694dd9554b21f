"""The memory that libVLC renders into, kept apart for each of its video outputs.

A player usually has one output. It has two for a moment when a stream goes on in another size: the new one
begins before the old one has ended. They must not take each other's buffers away.
"""

import threading
from dataclasses import dataclass, field

from rta_viewer.core.ports import Picture
from rta_viewer.player.picture_pool import Buffer, PicturePool


@dataclass(slots=True)
class _Output:
    pool: PicturePool
    lent: dict[int, Buffer] = field(default_factory=dict)


class VoutBuffers:
    """All outputs of one player. Safe from libVLC's threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._outputs: dict[int, _Output] = {}
        self._next_output = 1
        self._next_picture = 1

    def begin(self, width: int, height: int) -> tuple[int, int]:
        """An output wants pictures of this size; returns its number, never 0, and the bytes of a line."""
        pool = PicturePool(width, height)
        with self._lock:
            number = self._next_output
            self._next_output += 1
            self._outputs[number] = _Output(pool)
        return number, pool.stride

    def end(self, number: int) -> None:
        """An output is gone."""
        with self._lock:
            output = self._outputs.pop(number, None)
        if output is not None:
            output.pool.close()

    def lend(self, number: int) -> tuple[int, int]:
        """Memory for the next picture of an output: the picture's number, never 0, and the address.

        Raises:
            KeyError: There is no such output.
        """
        with self._lock:
            output = self._outputs[number]
            picture_id = self._next_picture
            self._next_picture += 1
        buffer = output.pool.lend()
        output.lent[picture_id] = buffer
        return picture_id, int(buffer.ctypes.data)

    def shown(self, number: int, picture_id: int) -> Picture | None:
        """A picture is due now; earlier ones of the same output were dropped. None for an unknown one."""
        with self._lock:
            output = self._outputs.get(number)
        if output is None:
            return None
        for stale in [known for known in output.lent if known < picture_id]:
            del output.lent[stale]
        buffer = output.lent.get(picture_id)
        if buffer is None:
            return None
        pool = output.pool
        return Picture(pool.width, pool.height, pool.stride, buffer.data, None)

    def clear(self) -> None:
        """LibVLC has let go of everything."""
        with self._lock:
            outputs = list(self._outputs.values())
            self._outputs.clear()
        for output in outputs:
            # Its last picture may be on the screen for long.
            output.pool.close()
