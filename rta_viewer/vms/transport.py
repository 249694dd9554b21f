"""Requests that can be cut at any time: while connecting, in the TLS handshake, waiting, and reading.

Each :class:`Answer` owns a ``requests.Session`` while it is open (sessions are not promised to be
thread-safe) and knows the socket underneath; cancelling shuts that socket down, which wakes the reader
on every system. Redirects, cookies and ``.netrc`` are switched off: :mod:`rta_viewer.vms.session` decides
who gets to know what. Proxies are those of the system, never for this computer itself.
"""

import contextlib
import errno
import os
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from types import TracebackType
from typing import Any

import requests
import urllib3
from requests.adapters import BaseAdapter, HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH, get_environ_proxies
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from rta_viewer import __version__
from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import Cancelled, NetworkError, ServerError
from rta_viewer.vms.address import origin_of
from rta_viewer.vms.errors_map import network_error

CONNECT_TIMEOUT_S = 10.0
ANSWER_TIMEOUT_S = 30.0
_SLICE_S = 0.1
_CHUNK_BYTES = 256 * 1024
_IN_PROGRESS = frozenset(
    {0, errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", 0)}
)
FOREIGN_ERRORS = (requests.RequestException, urllib3.exceptions.HTTPError, HTTPException, OSError)
"""What requests, urllib3 and the standard library raise when a transfer goes wrong."""


class _Exchange:
    """The socket that one request runs on, so that another thread can cut it."""

    def __init__(self, cancel: CancelToken) -> None:
        self.cancel = cancel
        self._lock = threading.Lock()
        self._sock: socket.socket | None = None
        self._is_copy = False
        self._cut = False
        self._forget = cancel.on_cancel(self.cut)

    @property
    def was_cut(self) -> bool:
        return self._cut

    def attach(self, sock: socket.socket, *, is_copy: bool = False) -> None:
        """This socket from now on; a copy is closed when it is replaced."""
        with self._lock:
            self._drop_copy()
            self._sock, self._is_copy = sock, is_copy
            if self._cut:
                self._shut_down()

    def set_timeout(self, seconds: float) -> None:
        with self._lock:
            if self._sock is not None:
                self._sock.settimeout(seconds)

    def cut(self) -> None:
        with self._lock:
            self._cut = True
            self._shut_down()

    def close(self) -> None:
        self._forget()
        with self._lock:
            self._drop_copy()
            self._sock = None

    def _drop_copy(self) -> None:
        if self._is_copy and self._sock is not None:
            self._sock.close()
        self._is_copy = False

    def _shut_down(self) -> None:
        if self._sock is not None:
            with contextlib.suppress(OSError):
                # Not SSLSocket's own method: it would pull the TLS object from under the reader.
                socket.socket.shutdown(self._sock, socket.SHUT_RDWR)


class _Current(threading.local):
    exchange: _Exchange | None = None


_current = _Current()


def _connected_socket(
    address: tuple[str, int], timeout_s: float, options: Any, exchange: _Exchange | None
) -> socket.socket:
    """Connect to the first address that answers, looking at the cancel token all the while."""
    failure: OSError = OSError(errno.EHOSTUNREACH, "no address")
    for family, kind, protocol, _, target in socket.getaddrinfo(*address, type=socket.SOCK_STREAM):
        sock = socket.socket(family, kind, protocol)
        try:
            for option in options or ():
                sock.setsockopt(*option)
            _await_connection(sock, target, timeout_s, exchange)
        except OSError as err:
            sock.close()
            failure = err
        except Cancelled:
            sock.close()
            raise
        else:
            sock.settimeout(timeout_s)
            return sock
    raise failure


def _await_connection(
    sock: socket.socket, target: Any, timeout_s: float, exchange: _Exchange | None
) -> None:
    sock.setblocking(False)
    code = sock.connect_ex(target)
    if code not in _IN_PROGRESS:
        raise OSError(code, os.strerror(code))
    deadline = time.monotonic() + timeout_s
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_WRITE)
        while not selector.select(_SLICE_S):
            if exchange is not None and exchange.was_cut:
                raise Cancelled
            if time.monotonic() > deadline:
                raise TimeoutError(errno.ETIMEDOUT, "no answer to the connection request")
    code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if code:
        raise OSError(code, os.strerror(code))


class _Connecting(HTTPConnection):
    """Opens its socket in slices and tells the exchange about it."""

    def _new_conn(self) -> socket.socket:
        exchange = _current.exchange
        timeout_s = self.timeout if isinstance(self.timeout, int | float) else CONNECT_TIMEOUT_S
        port = self.port or self.default_port
        try:
            sock = _connected_socket(
                (self._dns_host, port), timeout_s, self.socket_options, exchange
            )
        except (socket.gaierror, UnicodeError) as err:
            reason = err if isinstance(err, socket.gaierror) else socket.gaierror(str(err))
            raise NameResolutionError(self.host, self, reason) from err
        except TimeoutError as err:
            raise ConnectTimeoutError(self, "connecting took too long") from err
        except OSError as err:
            raise NewConnectionError(self, str(err)) from err
        if exchange is not None:
            # The TLS handshake empties this object and goes on in another: a copy stays good for cutting.
            exchange.attach(sock.dup(), is_copy=True)
        return sock

    def connect(self) -> None:
        super().connect()
        self._announce()

    def request(self, *args: Any, **kwargs: Any) -> None:
        self._announce()
        super().request(*args, **kwargs)

    def _announce(self) -> None:
        if self.sock is not None and _current.exchange is not None:
            _current.exchange.attach(self.sock)


class _TlsConnecting(_Connecting, HTTPSConnection):
    """The same over TLS."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connecting


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnecting

    def _validate_conn(self, conn: Any) -> None:
        # Without urllib3's warning about certificates: not checking them is the operator's own setting.
        if conn.is_closed:
            conn.connect()


_POOLS = {"http": _Pool, "https": _TlsPool}


class _Adapter(HTTPAdapter):
    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        super().__init__(pool_connections=4, pool_maxsize=1)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._tls, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, ssl_context=self._tls, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """The context has the certificates already."""


class _Session(requests.Session):
    def __init__(self, tls: Callable[[], ssl.SSLContext]) -> None:
        super().__init__()
        self._tls = tls
        self.trust_env = False
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self.headers.clear()
        self.headers["User-Agent"] = f"rta-viewer/{__version__}"
        self.adapters.clear()
        self.mount("http://", _Adapter())

    def get_adapter(self, url: str) -> BaseAdapter:
        # Reading all those certificates takes a moment: not for servers without TLS.
        if "https://" not in self.adapters and url.lower().startswith("https://"):
            self.mount("https://", _Adapter(self._tls()))
        return super().get_adapter(url)

    def get_redirect_target(self, resp: Any) -> None:
        """Redirects are none of its business: it would read all of their body, and parse the target."""


def tls_context(verify: bool) -> ssl.SSLContext:
    """The system's certificates (a company's own among them) and the bundled ones; or no check at all."""
    context = ssl.create_default_context()
    if verify:
        context.load_verify_locations(DEFAULT_CA_BUNDLE_PATH)
    else:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


@dataclass(frozen=True, slots=True)
class Call:
    """One request, complete. ``timeout_s`` is for the wait until the answer begins."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None = None
    timeout_s: float = ANSWER_TIMEOUT_S


class Answer:
    """An answer whose body is still to be read. Used by one thread; close it."""

    def __init__(
        self, response: requests.Response, exchange: _Exchange, transport: "Transport", url: str
    ) -> None:
        self._response = response
        self._exchange = exchange
        self._transport = transport
        self.url = url
        self.status: int = response.status_code
        self.headers: Mapping[str, str] = response.headers

    def __enter__(self) -> "Answer":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connection back, or drop it when the body was not read to its end."""
        self._transport.finish(self._response, self._exchange)

    def chunks(self, stall_timeout_s: float, *, decode: bool = False) -> Iterator[bytes]:
        """The body as it arrives, in pieces of at most 256 KiB.

        Raises:
            NetworkError: Cut short, or nothing came for ``stall_timeout_s``.
            Cancelled: The call's token was set.
        """
        self._exchange.set_timeout(stall_timeout_s)
        while True:
            try:
                data = self._response.raw.read1(_CHUNK_BYTES, decode_content=decode)
            except FOREIGN_ERRORS as err:
                self._exchange.cancel.raise_if_cancelled()
                raise network_error(err, origin_of(self.url).text) from err
            self._exchange.cancel.raise_if_cancelled()
            if self._exchange.was_cut:
                raise Cancelled
            if not data:
                return
            yield data

    def read(self, limit_bytes: int, within_s: float) -> bytes:
        """The whole body, decompressed.

        Raises:
            ServerError: Larger than the limit.
            NetworkError: Not complete within the time.
        """
        deadline = time.monotonic() + within_s
        body = bytearray()
        for data in self.chunks(min(within_s, ANSWER_TIMEOUT_S), decode=True):
            body += data
            if len(body) > limit_bytes:
                raise ServerError(
                    "The server's answer is far too large.", "Is this a recording server?"
                )
            if time.monotonic() > deadline:
                raise NetworkError("The server's answer arrives too slowly.", "Check the network.")
        return bytes(body)


class Transport:
    """Sends requests from any number of threads. Knows nothing of credentials."""

    def __init__(self, *, verify_tls: bool) -> None:
        self._verify_tls = verify_tls
        self._context: ssl.SSLContext | None = None
        self._lock = threading.Lock()
        self._idle: list[requests.Session] = []
        self._open: dict[_Exchange, requests.Session] = {}
        self._closed = False

    def send(self, call: Call, cancel: CancelToken) -> Answer:
        """Send and wait for the head of the answer, whatever its status.

        Raises:
            NetworkError: No answer.
            Cancelled: The token was set, or the transport was closed.
        """
        cancel.raise_if_cancelled()
        exchange, session = self._begin(cancel)
        origin = origin_of(call.url)
        proxies = {} if origin.is_loopback else get_environ_proxies(call.url, no_proxy=None)
        _current.exchange = exchange
        try:
            response = session.request(
                call.method,
                call.url,
                data=call.body,
                headers=dict(call.headers),
                timeout=(CONNECT_TIMEOUT_S, call.timeout_s),
                allow_redirects=False,
                proxies=proxies,
                verify=self._verify_tls,
                stream=True,
            )
        except FOREIGN_ERRORS as err:
            was_cut = exchange.was_cut
            self.finish(None, exchange)
            if was_cut:
                raise Cancelled from err
            raise network_error(err, origin.text) from err
        except BaseException:
            self.finish(None, exchange)
            raise
        finally:
            _current.exchange = None
        return Answer(response, exchange, self, call.url)

    def finish(self, response: requests.Response | None, exchange: _Exchange) -> None:
        """End an exchange; its session serves the next one. Idempotent."""
        if response is not None:
            response.close()
        exchange.close()
        with self._lock:
            session = self._open.pop(exchange, None)
            if session is None:
                return
            if not self._closed:
                self._idle.append(session)
                return
        session.close()

    def close(self) -> None:
        """Cut what is under way and drop all connections."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            under_way = list(self._open)
        for exchange in under_way:
            exchange.cut()
        for session in idle:
            session.close()

    def _begin(self, cancel: CancelToken) -> tuple[_Exchange, requests.Session]:
        with self._lock:
            if self._closed:
                raise Cancelled("The connection to the server was closed.")
            session = self._idle.pop() if self._idle else _Session(self._tls)
            exchange = _Exchange(cancel)
            self._open[exchange] = session
        return exchange, session

    def _tls(self) -> ssl.SSLContext:
        """One for all connections. Two threads may make it at once; the last one stays."""
        if self._context is None:
            self._context = tls_context(self._verify_tls)
        return self._context
