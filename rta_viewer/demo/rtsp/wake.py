"""Ends another thread's wait in ``select``."""

import contextlib
import socket


class Waker:
    """A pair of sockets: one thread selects on it, others call :meth:`wake`. Works on every system."""

    def __init__(self) -> None:
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)

    def fileno(self) -> int:
        """For ``select``: readable after :meth:`wake`."""
        return self._reader.fileno()

    def wake(self) -> None:
        """Any thread. Calls that are not yet seen collapse into one; after :meth:`close` nothing happens."""
        with contextlib.suppress(OSError):
            self._writer.send(b"\x00")

    def clear(self) -> None:
        """The selecting thread has seen it."""
        with contextlib.suppress(OSError):
            while self._reader.recv(4096):
                pass

    def close(self) -> None:
        """Release both sockets."""
        self._reader.close()
        self._writer.close()
