"""The listening side: accepts connections, one thread each, and ends them all within two seconds."""

import contextlib
import errno
import logging
import selectors
import socket
import ssl
import threading
import time

from rta_viewer.demo.rest.api import Api
from rta_viewer.demo.rest.handler import Handler
from rta_viewer.demo.rest.services import Services
from rta_viewer.demo.rtsp.wake import Waker
from rta_viewer.errors import NetworkError

_log = logging.getLogger(__name__)

_BACKLOG = 64
_CLOSE_S = 2.0
_GOODBYE_S = 0.3


class RestServer:
    """HTTP/1.1 over TCP or TLS. :meth:`start` and :meth:`close` belong to one thread.

    Args:
        services: What the endpoints work with.
        host: Address to listen on.
        port: 0 for a free one.
        tls: Server-side context, None for plain HTTP.

    Raises:
        NetworkError: The port is in use or not allowed.
    """

    def __init__(
        self,
        services: Services,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.services = services
        self.api = Api(services)
        self._tls = tls
        self._lock = threading.Lock()
        self._connections: dict[threading.Thread, socket.socket] = {}
        self._loop: threading.Thread | None = None
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            self._listener = socket.create_server((host, port), family=family, backlog=_BACKLOG)
        except OSError as err:
            raise _cannot_listen(host, port, err) from err
        self._listener.setblocking(False)
        self._port = int(self._listener.getsockname()[1])
        self._waker = Waker()

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return self._port

    @property
    def secure(self) -> bool:
        """True when it speaks TLS."""
        return self._tls is not None

    def start(self) -> None:
        """Accept connections on a thread of its own."""
        self._loop = threading.Thread(target=self._accept_all, name="demo-rest", daemon=True)
        self._loop.start()

    def close(self) -> None:
        """Stop listening, cut what is open, join the threads (bounded). Idempotent."""
        self.services.stop.cancel()
        self._waker.wake()
        if self._loop is not None:
            self._loop.join(_CLOSE_S)
            self._loop = None
        self._listener.close()
        self._waker.close()
        deadline_s = time.monotonic() + _CLOSE_S
        with self._lock:
            open_now = dict(self._connections)
        for connection in open_now.values():
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in open_now:
            thread.join(max(0.0, deadline_s - time.monotonic()))

    def _accept_all(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._listener, selectors.EVENT_READ)
            selector.register(self._waker, selectors.EVENT_READ)
            while not self.services.stop.cancelled:
                selector.select()
                with contextlib.suppress(OSError):
                    self._admit(*self._listener.accept())

    def _admit(self, sock: socket.socket, client_address: object) -> None:
        """Hand the connection to a thread of its own."""
        thread = threading.Thread(
            target=self._serve, args=(sock, client_address), name="demo-rest-peer", daemon=True
        )
        with self._lock:
            full = len(self._connections) >= self.services.options.max_connections
            if not full:
                self._connections[thread] = sock
        if full:
            _log.warning("too many connections; one more was closed")
            sock.close()
            return
        thread.start()

    def _serve(self, sock: socket.socket, client_address: object) -> None:
        connection = sock
        try:
            sock.settimeout(self.services.options.idle_timeout_s)
            if self._tls is not None:
                connection = self._encrypted(sock, self._tls)
            Handler(connection, client_address, self)  # type: ignore[arg-type]  # it only keeps it
        except OSError as err:
            _log.debug("connection ended: %s", err)
        except Exception:  # noqa: BLE001 - the thread's outermost line
            _log.exception("connection failed")
        finally:
            self._release()

    def _encrypted(self, sock: socket.socket, tls: ssl.SSLContext) -> ssl.SSLSocket:
        """The handshake happens here, on the connection's thread, where it may be cut by :meth:`close`."""
        connection = tls.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        with self._lock:
            self._connections[threading.current_thread()] = connection
        if not self.services.stop.cancelled:
            connection.do_handshake()
        return connection

    def _release(self) -> None:
        thread = threading.current_thread()
        with self._lock:
            connection = self._connections[thread]
        with contextlib.suppress(OSError, ValueError):
            if isinstance(connection, ssl.SSLSocket) and not self.services.stop.cancelled:
                connection.settimeout(_GOODBYE_S)
                connection.unwrap()
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_WR)
        connection.close()
        with self._lock:
            del self._connections[thread]


def _cannot_listen(host: str, port: int, err: OSError) -> NetworkError:
    if port and err.errno in {errno.EADDRINUSE, errno.EACCES}:
        return NetworkError(
            f"Port {port} on {host} is in use or not allowed.",
            "Choose another port, or 0 for any free one.",
        )
    return NetworkError(f"Cannot listen on {host} port {port}: {err.strerror}.")
