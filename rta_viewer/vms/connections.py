"""Connections that another thread can cut: while connecting, in the TLS handshake, waiting, and reading.

Cancelling shuts the socket down, which wakes the reader on every system. Only the look-up of a name
cannot be cut short. Everything that requests does on its own is switched off here: redirects, cookies,
``.netrc``.
"""

import contextlib
import errno
import logging
import os
import selectors
import socket
import ssl
import struct
import sys
import threading
import time
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from http.cookiejar import DefaultCookiePolicy
from io import BufferedReader
from typing import Any, cast

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util.ssltransport import SSLTransport

from rta_viewer import __version__
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.certificate import Certificate, certificate_of
from rta_viewer.errors import Cancelled
from rta_viewer.vms.address import Origin, origin_of

# Its warnings name whole addresses, whose queries may be keys, and come with each answer of an odd server.
logging.getLogger("urllib3").setLevel(logging.ERROR)

CONNECT_TIMEOUT_S = 10.0
_HEAD_WITHIN_S = 150.0
"""Longer than anybody waits for an answer to begin."""
_SLICE_S = 0.1
_IN_PROGRESS = frozenset(
    {0, errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", 0)}
)


class Exchange:
    """The socket that one request runs on, so that another thread can cut it.

    Attributes:
        is_connected: The connection stands, with the handshake of TLS behind it.
        is_new: It was made for this request, and not kept from an earlier one.
        has_answered: Something of an answer has come.
    """

    def __init__(self, cancel: CancelToken) -> None:
        self.cancel = cancel
        self._lock = threading.Lock()
        self._sock: socket.socket | None = None
        self._is_copy = False
        self._cut = False
        self.is_connected = False
        self.is_new = False
        self.has_answered = False
        self._deadline_s = float("inf")
        self._forget = cancel.on_cancel(self.cut)

    @property
    def was_cut(self) -> bool:
        """True once :meth:`cut` was called, by the token or by whoever closes."""
        return self._cut

    def attach(self, sock: socket.socket | SSLTransport, *, is_copy: bool = False) -> None:
        """This socket from now on; a copy is closed when it is replaced."""
        with self._lock:
            self._drop_copy()
            # Within the TLS of a proxy urllib3 hands over no socket, but something around one.
            self._sock = sock.socket if isinstance(sock, SSLTransport) else sock
            self._is_copy = is_copy
            if self._cut:
                self._shut_down()

    def within(self, seconds: float) -> None:
        """What is read from now on has to have come by then, however often a little of it comes."""
        self._deadline_s = time.monotonic() + seconds

    def require_in_time(self) -> None:
        """Raises TimeoutError."""
        if time.monotonic() > self._deadline_s:
            raise TimeoutError(errno.ETIMEDOUT, "the answer only drips")

    def set_timeout(self, seconds: float) -> None:
        """How long one read may wait from now on."""
        with self._lock:
            if self._sock is not None:
                self._sock.settimeout(seconds)

    def set_receive_timeout(self, seconds: float) -> None:
        """The same where only ``recv`` is called from now on; one that got nothing raises OSError.

        The system counts where it can, which saves asking it before each read whether there is something.
        """
        with self._lock:
            if self._sock is not None and not _waits_by_itself(self._sock, seconds):
                self._sock.settimeout(seconds)

    def cut(self) -> None:
        """Wake whoever reads or writes; nothing goes through any more. Any thread."""
        with self._lock:
            self._cut = True
            self._shut_down()

    def close(self) -> None:
        """Let go of the token and of the socket."""
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


def _waits_by_itself(sock: socket.socket, seconds: float) -> bool:
    """Have ``recv`` return after so long by ``SO_RCVTIMEO``; False where that is not known to work."""
    # TLS reads in steps, and Python takes a step without bytes for an error.
    if sys.platform == "linux" and type(sock) is socket.socket:
        whole_s, rest_us = divmod(max(1, round(seconds * 1e6)), 1_000_000)
        limit = struct.pack("@ll", whole_s, rest_us)
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
            sock.settimeout(None)
            return True
    return False


class _Current(threading.local):
    exchange: Exchange | None = None


current = _Current()


def _connected_socket(
    address: tuple[str, int], timeout_s: float, options: Any, exchange: Exchange | None
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
    sock: socket.socket, target: Any, timeout_s: float, exchange: Exchange | None
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


class _Punctual:
    """What answers are read from, in time: each byte of one that drips is, and the whole never.

    Attributes:
        in_head: Its lines are read; the library takes their end for an empty line, also where it is a cut.
    """

    def __init__(self, file: BufferedReader, exchange: Exchange) -> None:
        self._file = file
        self._exchange = exchange
        self.in_head = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def readline(self, most_bytes: int) -> bytes:
        line = b""
        while not line.endswith(b"\n") and len(line) < most_bytes:
            self._exchange.require_in_time()
            waiting = self._file.peek()
            if not waiting:
                if self.in_head and self._exchange.has_answered:
                    raise ConnectionResetError(errno.ECONNRESET, "cut within the head")
                break
            self._exchange.has_answered = True
            end = waiting.find(b"\n") + 1 or len(waiting)
            line += self._file.read(min(end, most_bytes - len(line)))
        return line

    def read1(self, most_bytes: int = -1) -> bytes:
        self._exchange.require_in_time()
        return self._file.read1(most_bytes)


class _PunctualResponse(HTTPResponse):
    """An answer that comes in time and has one length, with whatever is said before it left out."""

    def begin(self) -> None:
        exchange = current.exchange or Exchange(CancelToken())
        exchange.within(_HEAD_WITHIN_S)
        file = _Punctual(self.fp, exchange)
        self.fp = cast("BufferedReader", file)
        super().begin()
        # RFC 9110, 15.2: any number of them, asked for or not. The library knows one kind.
        while 100 < self.status < 200:
            self.headers = cast("Any", None)
            super().begin()
        file.in_head = False
        lengths = ",".join(self.headers.get_all("Content-Length", [])).split(",")
        if not self.chunked and len({length.strip() for length in lengths}) > 1:
            # RFC 9112, 6.3. urllib3 finds that, too, and leaves the connection open then.
            msg = "several lengths"
            raise HTTPException(msg)


class _Connecting(HTTPConnection):
    """Opens its socket in slices and tells the exchange about it."""

    response_class = _PunctualResponse

    def _new_conn(self) -> socket.socket:
        exchange = current.exchange
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
            exchange.is_new = True
            # The TLS handshake empties this object and goes on in another: a copy stays good for cutting.
            exchange.attach(sock.dup(), is_copy=True)
        return sock

    def connect(self) -> None:
        super().connect()
        self._announce()

    def request(self, *args: Any, **kwargs: Any) -> None:
        self._announce()
        if self.sock is not None:
            # The last answer may have been read without Python's own limit.
            self.sock.settimeout(self.timeout)
        super().request(*args, **kwargs)

    def _announce(self) -> None:
        if self.sock is not None and current.exchange is not None:
            current.exchange.attach(self.sock)
            current.exchange.is_connected = True


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

    def close(self) -> None:
        """Close the connections now: urllib3 leaves that to whoever collects its pools."""
        pools = self.poolmanager.pools
        for key in pools.keys():  # noqa: SIM118 - it is no dict, and cannot be iterated over
            if (pool := pools.get(key)) is not None:
                pool.close()
        super().close()

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """The context has the certificates already."""


class QuietSession(requests.Session):
    """A session without habits of its own. Used by one thread at a time.

    Args:
        tls: The context for a host.
    """

    def __init__(self, tls: Callable[[str], ssl.SSLContext]) -> None:
        super().__init__()
        self._tls = tls
        self._by_context: dict[ssl.SSLContext, _Adapter] = {}
        self.trust_env = False
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self.headers.clear()
        self.headers["User-Agent"] = f"rta-viewer/{__version__}"
        self.adapters.clear()
        self.mount("http://", _Adapter())

    def get_adapter(self, url: str) -> BaseAdapter:
        # Reading all those certificates takes a moment: not for servers without TLS.
        if not url.lower().startswith("https://"):
            return super().get_adapter(url)
        context = self._tls(origin_of(url).host)
        adapter = self._by_context.get(context)
        if adapter is None:
            adapter = self._by_context[context] = _Adapter(context)
        return adapter

    def close(self) -> None:
        super().close()
        for adapter in self._by_context.values():
            adapter.close()

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


def shown_certificate(origin: Origin, cancel: CancelToken) -> Certificate | None:
    """What a server shows, trusted or not: for people to look at. Sends nothing but the handshake.

    None when it shows none (any more), which is for the caller's own failure to tell.
    """
    exchange = Exchange(cancel)
    try:
        with _connected_socket((origin.host, origin.port), CONNECT_TIMEOUT_S, (), exchange) as sock:
            exchange.attach(sock.dup(), is_copy=True)
            with tls_context(verify=False).wrap_socket(
                sock, server_hostname=origin.host
            ) as wrapped:
                der = wrapped.getpeercert(binary_form=True)
    except (OSError, ValueError, Cancelled):
        cancel.raise_if_cancelled()
        return None
    finally:
        exchange.close()
    return certificate_of(der) if der else None
