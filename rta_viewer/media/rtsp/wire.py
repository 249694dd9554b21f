"""One connection's bytes: reading that can be interrupted, writing that can be refused, from any thread.

The socket never blocks. The reader waits in a selector beside a wake-up pipe, so that :meth:`Wire.interrupt`
ends the wait at once on every system, and no TLS object is ever used by two threads at a time.
"""

import contextlib
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Callable

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.texts import tr
from rta_viewer.errors import NetworkError
from rta_viewer.media.rtsp.interleaved import Item, Splitter
from rta_viewer.media.rtsp.message import NotRtspError

_SLICE_S = 0.05
_QUICK_ACK: int | None = getattr(socket, "TCP_QUICKACK", None)
_WOULD_BLOCK = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class Wire:
    """Owns a connected, non-blocking socket.

    One thread reads at a time; any thread may send, interrupt or close.
    """

    def __init__(
        self, sock: socket.socket, host: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._sock = sock
        self._host = host
        self._clock = clock
        self._splitter = Splitter()
        self._wake_in, self._wake_out = socket.socketpair()
        self._wake_in.setblocking(False)
        self._wake_out.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(sock, selectors.EVENT_READ)
        self._selector.register(self._wake_in, selectors.EVENT_READ)
        self._read_lock = threading.Lock()
        self._send_lock = threading.Lock()
        self._socket_lock = threading.Lock()
        self._unsent = b""
        self._closed = False
        self._released = False

    @property
    def closed(self) -> bool:
        """True once :meth:`close` was called."""
        return self._closed

    @property
    def garbage_bytes(self) -> int:
        """Bytes skipped because they were neither data nor messages."""
        return self._splitter.garbage_bytes

    def read(self, deadline_s: float, cancel: CancelToken) -> Item | None:
        """The next item; None when the deadline passed or somebody interrupted.

        Raises:
            NetworkError: The connection ended, or carries something that is not RTSP.
            Cancelled: The token was set.
        """
        with self._read_lock:
            while True:
                if self._closed:
                    raise NetworkError(tr("The connection to the stream was closed."))
                item = self._next_item()
                if item is not None:
                    return item
                if not self._receive() and not self._wait(deadline_s, cancel):
                    return None

    def send(self, data: bytes, deadline_s: float, cancel: CancelToken) -> None:
        """Send all of it.

        Raises:
            NetworkError: The connection ended, or the other side takes nothing until the deadline.
            Cancelled: The token was set.
        """
        with self._send_lock:
            self._unsent += data
            self._acknowledge()
            while not self._flush():
                cancel.raise_if_cancelled()
                if self._closed or self._clock() >= deadline_s:
                    raise NetworkError(
                        tr("{host} does not take our requests any more.", host=self._host)
                    )
                cancel.wait(0.005)

    def post(self, data: bytes) -> bool:
        """Send without ever waiting; False when the other side takes nothing now. Never raises."""
        if not self._send_lock.acquire(blocking=False):
            return False
        try:
            if not self._flush():
                return False
            self._unsent = data
            self._flush()
        except NetworkError:
            return False
        finally:
            self._send_lock.release()
        return True

    def interrupt(self) -> None:
        """Let a waiting :meth:`read` return None now. Any thread."""
        with contextlib.suppress(OSError):
            self._wake_out.send(b"!")

    def close(self) -> None:
        """End the connection; a waiting reader returns at once. Any thread, idempotent."""
        self._closed = True
        self.interrupt()
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)
        with self._read_lock, self._send_lock:
            if self._released:
                return
            self._released = True
            self._selector.close()
            for sock in (self._sock, self._wake_in, self._wake_out):
                sock.close()

    def _next_item(self) -> Item | None:
        try:
            return self._splitter.next()
        except NotRtspError as err:
            raise NetworkError(
                tr(
                    "{host} does not speak RTSP as it should: {reason}.",
                    host=self._host,
                    reason=err,
                ),
                tr("Check that the address leads to the recording server's streams."),
            ) from err

    def _receive(self) -> bool:
        """Take what the system has; False when it has nothing yet."""
        try:
            with self._socket_lock:
                count = self._sock.recv_into(self._splitter.room())
        except _WOULD_BLOCK:
            return False
        except OSError as err:
            raise self._cut() from err
        if count == 0:
            raise self._cut()
        self._acknowledge()
        self._splitter.wrote(count)
        return True

    def _acknowledge(self) -> None:
        """Acknowledge at once where the system lets us, which it forgets now and then.

        A server that leaves Nagle's algorithm on holds back the first pictures until its answer to PLAY is
        acknowledged, and a delayed acknowledgement comes 40 ms later.
        """
        if _QUICK_ACK is not None:
            with contextlib.suppress(OSError):
                self._sock.setsockopt(socket.IPPROTO_TCP, _QUICK_ACK, 1)

    def _wait(self, deadline_s: float, cancel: CancelToken) -> bool:
        """True when there may be something to read."""
        while True:
            cancel.raise_if_cancelled()
            left = deadline_s - self._clock()
            if left <= 0:
                return False
            ready = self._selector.select(min(left, _SLICE_S))
            if any(key.fileobj is self._wake_in for key, _ in ready):
                with contextlib.suppress(OSError):
                    self._wake_in.recv(64)
                return False
            if ready:
                return True

    def _flush(self) -> bool:
        """Send what waits; False when some of it has to wait on."""
        while self._unsent:
            try:
                with self._socket_lock:
                    sent = self._sock.send(self._unsent)
            except _WOULD_BLOCK:
                return False
            except OSError as err:
                raise self._cut() from err
            self._unsent = self._unsent[sent:]
        return True

    def _cut(self) -> NetworkError:
        return NetworkError(
            tr("{host} ended the connection to the stream.", host=self._host),
            tr("The viewer can try again; if it happens often, ask the server's administrator."),
        )
