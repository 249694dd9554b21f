"""The listening side: accepts connections, bounds their number, ends them all."""

import contextlib
import logging
import selectors
import socket
import ssl
import threading
import time
from urllib.parse import quote

from rta_viewer.core.secret import Secret
from rta_viewer.demo.request_log import RequestLog
from rta_viewer.demo.rtsp.auth import Authenticator
from rta_viewer.demo.rtsp.connection import SERVER_NAME, Connection
from rta_viewer.demo.rtsp.faults import RtspFaults
from rta_viewer.demo.rtsp.handler import ServerContext, SessionCount
from rta_viewer.demo.rtsp.message import answer
from rta_viewer.demo.rtsp.options import RtspOptions
from rta_viewer.demo.rtsp.wake import Waker
from rta_viewer.demo.world import World
from rta_viewer.errors import NetworkError

_log = logging.getLogger(__name__)

_CLOSE_S = 2.0
_ACCEPT_PAUSE_S = 0.1
_DEFAULT_OPTIONS = RtspOptions()


class RtspServer:
    """Serves the footage of a world over RTSP. All methods may be called from any thread.

    Args:
        host: Address to listen on.
        port: 0 takes a free one.
        faults: Mistakes to make on demand.
        tls: A server-side context makes it RTSPS.
        log: Where requests are listed.
    """

    def __init__(
        self,
        world: World,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        faults: RtspFaults | None = None,
        tls: ssl.SSLContext | None = None,
        options: RtspOptions = _DEFAULT_OPTIONS,
        log: RequestLog | None = None,
    ) -> None:
        self.faults = faults if faults is not None else RtspFaults()
        self.log = log if log is not None else RequestLog()
        self._world = world
        self._host = host
        self._asked_port = port
        self._tls = tls
        self._session_count = SessionCount(options.max_sessions)
        self._options = options
        self._context = ServerContext(
            world,
            options,
            self.faults,
            Authenticator(self._credentials, options.sign_in, options.nonce_lifetime_s),
            self._session_count,
            self.log,
        )
        self._lock = threading.Lock()
        self._connections: set[Connection] = set()
        self._listener: socket.socket | None = None
        self._waker: Waker | None = None
        self._thread: threading.Thread | None = None
        self._closing = threading.Event()
        self._port = 0

    def _credentials(self) -> tuple[str, Secret]:
        return self._world.username, self._world.password

    def start(self) -> None:
        """Listen and serve.

        Raises:
            NetworkError: The port is taken, or the address is not one of this computer.
        """
        try:
            family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
            listener = socket.create_server(
                (self._host, self._asked_port), family=family, backlog=128
            )
        except OSError as err:
            raise NetworkError(
                f"The demo server cannot listen on {self._host} port {self._asked_port}.",
                "Choose another port, or 0 for a free one.",
            ) from err
        self._listener, self._waker = listener, Waker()
        self._port = listener.getsockname()[1]
        self._thread = threading.Thread(
            target=self._accept_all, args=(listener, self._waker), name="rtsp-accept", daemon=True
        )
        self._thread.start()

    @property
    def port(self) -> int:
        """The port that it listens on, 0 before :meth:`start`."""
        return self._port

    @property
    def address(self) -> str:
        """Scheme, host and port."""
        scheme = "rtsps" if self._tls else "rtsp"
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"{scheme}://{host}:{self._port}"

    def url(self, camera_id: str, query: str = "") -> str:
        """The playback URL of a camera, without credentials."""
        return f"{self.address}/playback/{quote(camera_id, safe='')}" + (
            f"?{query}" if query else ""
        )

    def live_url(self, camera_id: str) -> str:
        """The live URL of a camera, without credentials."""
        return f"{self.address}/live/{quote(camera_id, safe='')}"

    @property
    def sessions(self) -> int:
        """Sessions now."""
        return self._session_count.value

    @property
    def connections(self) -> int:
        """Connections now."""
        with self._lock:
            return len(self._connections)

    @property
    def media_pending(self) -> int:
        """Bytes of media waiting in all connections."""
        with self._lock:
            return sum(connection.media_pending for connection in self._connections)

    def drop_connections(self) -> None:
        """Cut all connections at once, as a failing network would; the server goes on."""
        with self._lock:
            connections = list(self._connections)
        for connection in connections:
            connection.stop()

    def close(self) -> None:
        """End everything; waits up to two seconds for the threads. Idempotent."""
        self._closing.set()
        deadline_s = time.monotonic() + _CLOSE_S
        if self._waker is not None:
            self._waker.wake()
        if self._thread is not None:
            self._thread.join(_CLOSE_S)
        with self._lock:
            connections = list(self._connections)
        for connection in connections:
            connection.stop()
        for connection in connections:
            connection.join(max(0.1, deadline_s - time.monotonic()))
        if self._listener is not None:
            self._listener.close()
        if self._waker is not None:
            self._waker.close()

    def _accept_all(self, listener: socket.socket, waker: Waker) -> None:
        listener.setblocking(False)
        with selectors.DefaultSelector() as selector:
            selector.register(listener, selectors.EVENT_READ)
            selector.register(waker, selectors.EVENT_READ)
            while not self._closing.is_set():
                selector.select()
                waker.clear()
                self._accept(listener)

    def _accept(self, listener: socket.socket) -> None:
        try:
            sock, _ = listener.accept()
        except BlockingIOError:
            return
        except OSError as err:
            _log.warning("RTSP connection lost before it began: %s", err)
            self._closing.wait(_ACCEPT_PAUSE_S)
            return
        if not self._serve(sock):
            self._turn_away(sock)

    def _serve(self, sock: socket.socket) -> bool:
        with self._lock:
            if len(self._connections) >= self._options.max_connections or self._closing.is_set():
                return False
            try:
                connection = Connection(sock, self._context, self._tls, self._ended)
                connection.start()
            except (OSError, RuntimeError) as err:
                _log.warning("RTSP connection cannot be served: %s", err)
                return False
            self._connections.add(connection)
            return True

    def _turn_away(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError), sock:
            sock.settimeout(0.2)
            if not self._tls:
                sock.sendall(answer(503, [("Server", SERVER_NAME)]))

    def _ended(self, connection: Connection) -> None:
        with self._lock:
            self._connections.discard(connection)
