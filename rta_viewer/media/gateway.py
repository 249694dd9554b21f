"""Hands a stream of bytes to libVLC over loopback HTTP.

One address a stream, unguessable, for one reader, for one reading. The reader sets the pace: a full
socket blocks the writer, and so in the end the recording server.
"""

import contextlib
import secrets
import socket
import threading
import time
from collections.abc import Callable

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.texts import tr
from rta_viewer.errors import Cancelled, MediaError

_REQUEST_LIMIT_BYTES = 8192
_ACCEPT_LIMIT_S = 10.0
_REQUEST_LIMIT_S = 2.0
_TURN_S = 0.05
_SEND_BUFFER_BYTES = 128 * 1024
"""Small, so that what lies between the clock and the server is little."""

_HEADER = (
    b"HTTP/1.0 200 OK\r\nContent-Type: video/mp2t\r\nCache-Control: no-store\r\n"
    b"Connection: close\r\n\r\n"
)
_REFUSAL = b"HTTP/1.0 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class GatewayStream:
    """One published stream. :meth:`serve` runs on the caller's thread; :meth:`close` from any.

    Sockets are closed only by the thread that serves: another one may get the number of a closed socket at
    once, and whoever still waits on that number would then wait on a stranger's connection.
    """

    def __init__(self) -> None:
        self._cancel = CancelToken()
        self._path = f"/{secrets.token_urlsafe(24)}"
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=2)
        self._listener.settimeout(_TURN_S)
        self._port: int = self._listener.getsockname()[1]
        self._lock = threading.Lock()
        self._reader: socket.socket | None = None
        self._serving = False

    @property
    def locator(self) -> str:
        """The address to give to the player backend."""
        return f"http://127.0.0.1:{self._port}{self._path}"

    def serve(self, feed: Callable[[Callable[[bytes], None]], None]) -> None:
        """Wait for the reader, then let ``feed`` write to it until it returns.

        Raises:
            Cancelled: :meth:`close` was called, or the reader went away.
            MediaError: Nobody came to read.
        """
        with self._lock:
            self._cancel.raise_if_cancelled()
            self._serving = True
        try:
            reader = self._accept()
            reader.sendall(_HEADER)
            feed(self._send)
        except OSError as err:
            # A closed socket is how a player says that it has seen enough.
            raise Cancelled from err
        finally:
            self._end()

    def close(self) -> None:
        """End the stream; a blocked :meth:`serve` returns at once. Idempotent."""
        with self._lock:
            self._cancel.cancel()
            if self._reader is not None:
                with contextlib.suppress(OSError):  # the other side was quicker
                    self._reader.shutdown(socket.SHUT_RDWR)
            if not self._serving:
                self._listener.close()

    def _end(self) -> None:
        with self._lock:
            self._cancel.cancel()
            reader, self._reader = self._reader, None
        self._listener.close()
        if reader is not None:
            with contextlib.suppress(OSError):
                reader.shutdown(socket.SHUT_RDWR)
            reader.close()

    def _send(self, data: bytes) -> None:
        self._cancel.raise_if_cancelled()
        reader = self._reader
        if reader is None:
            raise Cancelled
        reader.sendall(data)

    def _accept(self) -> socket.socket:
        candidate = self._next_candidate()
        while not self._is_our_reader(candidate):
            candidate.close()
            candidate = self._next_candidate()
        candidate.settimeout(None)
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
        candidate.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self._lock:
            if self._cancel.cancelled:
                candidate.close()
                raise Cancelled
            self._reader = candidate
        self._listener.close()
        return candidate

    def _next_candidate(self) -> socket.socket:
        limit_s = time.monotonic() + _ACCEPT_LIMIT_S
        while time.monotonic() < limit_s:
            self._cancel.raise_if_cancelled()
            try:
                return self._listener.accept()[0]
            except TimeoutError:
                continue
        raise MediaError(tr("The player did not start reading."))

    def _is_our_reader(self, candidate: socket.socket) -> bool:
        candidate.settimeout(_REQUEST_LIMIT_S)
        request = b""
        try:
            while b"\r\n\r\n" not in request and len(request) < _REQUEST_LIMIT_BYTES:
                received = candidate.recv(_REQUEST_LIMIT_BYTES)
                if not received:
                    return False
                request += received
            asked = request.split(b" ", 2)[1:2]
            if asked and secrets.compare_digest(asked[0], self._path.encode()):
                return True
            candidate.sendall(_REFUSAL)
        except OSError:
            return False
        return False
