"""Requests to servers, as calls that can be cut at any time, and answers that are bounded.

Each :class:`Answer` owns a ``requests.Session`` while it is open: sessions are not promised to be
thread-safe. Redirects are not followed: :mod:`rta_viewer.vms.session` decides who gets to know what. Proxies
are those of the system, never for this computer itself.
"""

import errno
import os
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from http.client import HTTPException, HTTPResponse
from types import TracebackType
from typing import Any, TypeVar

import requests
import urllib3
from requests.utils import get_environ_proxies

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.certificate import UntrustedCertificateError, untrusted
from rta_viewer.core.pins import NO_PINS, Pins, pinned_context
from rta_viewer.core.texts import tr
from rta_viewer.errors import Cancelled, NetworkError
from rta_viewer.vms.address import Origin, origin_of
from rta_viewer.vms.connections import (
    CONNECT_TIMEOUT_S,
    Exchange,
    QuietSession,
    current,
    shown_certificate,
    tls_context,
)
from rta_viewer.vms.errors_map import UnclearAnswerError, is_hang_up, network_error

ANSWER_TIMEOUT_S = 30.0
_PIECE_WITHIN_S = 150.0
"""With all that is said around it: a server may go on for ever with what belongs to no piece."""
_CHUNK_BYTES = 64 * 1024
_MOST_IDLE_S = 30.0
"""Firewalls forget a connection that rests, and a VPN that comes back knows it no more: whoever asks by it
waits in vain."""
_READING = frozenset({"GET", "HEAD"})
_Piece = TypeVar("_Piece", bytes, memoryview)
FOREIGN_ERRORS = (requests.RequestException, urllib3.exceptions.HTTPError, HTTPException, OSError)
"""What requests, urllib3 and the standard library raise when a transfer goes wrong."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request, complete.

    Attributes:
        timeout_s: For the wait until the answer begins.
        anew: By a new connection. Where one that rested turns out to be dead, nobody knows what arrived.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None = None
    timeout_s: float = ANSWER_TIMEOUT_S
    anew: bool = False


class Answer:
    """An answer whose body is still to be read. Used by one thread; close it."""

    def __init__(
        self, response: requests.Response, exchange: Exchange, transport: "Transport", url: str
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

    def shown_certificate(self) -> bytes:
        """What the server showed for this connection, DER; empty without TLS, and once the body was read."""
        sock: Any = getattr(self._response.raw.connection, "sock", None)
        if not hasattr(sock, "getpeercert"):
            return b""
        shown: bytes | None = sock.getpeercert(binary_form=True)
        return shown or b""

    def chunks(self, stall_timeout_s: float) -> Iterator[bytes]:
        """The body as it arrives, decompressed, in pieces of at most 64 KiB; see :meth:`Exchange.within`.

        Raises:
            NetworkError: Cut short, or nothing came for ``stall_timeout_s``.
            Cancelled: The call's token was set.
        """
        self._exchange.set_timeout(stall_timeout_s)
        raw = self._response.raw
        return self._arriving(lambda: raw.read1(_CHUNK_BYTES, decode_content=True))

    def pieces(
        self, stall_timeout_s: float, room: Callable[[], memoryview]
    ) -> Iterator[memoryview]:
        """The body as it was sent, each piece in the memory that ``room`` gives for it.

        Raises as :meth:`chunks`.
        """
        raw = self._response.raw
        # WORKAROUND: urllib3 2.8 makes new memory for each piece and hands over copies, which costs several
        # fast transfers at once 6 to 8 % of their rate. Drop when its readinto() reads like read1().
        body = raw._original_response  # noqa: SLF001 - see above
        if raw.chunked or body is None:
            self._exchange.set_timeout(stall_timeout_s)
            return self._arriving(lambda: self._copied(room()))
        if body.length is None:
            # Of a length that was said several times (RFC 9110, 8.6) only urllib3 knows.
            body.length = raw.length_remaining
        self._exchange.set_receive_timeout(stall_timeout_s)
        return self._arriving(lambda: self._received(body, room()))

    def _copied(self, room: memoryview) -> memoryview:
        """What arrives next, at the beginning of ``room``; empty at the end."""
        self._exchange.within(_PIECE_WITHIN_S)
        data = self._response.raw.read1(len(room), decode_content=False)
        room[: len(data)] = data
        return room[: len(data)]

    def _received(self, body: HTTPResponse, room: memoryview) -> memoryview:
        """The same, straight from the socket that ``body`` reads."""
        raw = self._response.raw
        if body.length is not None:
            room = room[: body.length]
        count = body.fp.readinto1(room) if room and body.fp is not None else 0
        if count is None:
            raise TimeoutError(errno.ETIMEDOUT, "nothing came")
        if body.length is not None:
            body.length -= count
            raw.length_remaining = body.length
        if not count:
            # Gives the connection back, or says that something is missing.
            self._exchange.within(_PIECE_WITHIN_S)
            raw.read1(1, decode_content=False)
        return room[:count]

    def _arriving(self, read: Callable[[], _Piece]) -> Iterator[_Piece]:
        while True:
            try:
                data = read()
            except FOREIGN_ERRORS as err:
                self._exchange.cancel.raise_if_cancelled()
                where = origin_of(self.url).text
                raise network_error(err, where, is_connected=True) from err
            self._exchange.cancel.raise_if_cancelled()
            if self._exchange.was_cut:
                raise Cancelled
            if not data:
                return
            yield data

    def read(self, limit_bytes: int, within_s: float) -> bytes:
        """The whole body, decompressed.

        Raises:
            UnclearAnswerError: Larger than the limit.
            NetworkError: Not complete within the time.
        """
        self._exchange.within(within_s)
        deadline = time.monotonic() + within_s
        body = bytearray()
        for data in self.chunks(min(within_s, ANSWER_TIMEOUT_S)):
            body += data
            if len(body) > limit_bytes:
                raise UnclearAnswerError(
                    tr("The server's answer is far too large."), tr("Is this a recording server?")
                )
            if time.monotonic() > deadline:
                raise NetworkError(
                    tr("The server's answer arrives too slowly."), tr("Check the network.")
                )
        return bytes(body)


def _proxies(url: str, origin: Origin) -> dict[str, str]:
    """Those of the system. That ``NO_PROXY`` may name an address with its port is not known to requests."""
    excepted = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    host = f"[{origin.host}]" if ":" in origin.host else origin.host
    named = {one.strip().lower() for one in excepted.split(",")}
    if origin.is_loopback or f"{host}:{origin.port}" in named:
        return {}
    found: dict[str, str] = get_environ_proxies(url, no_proxy=None)
    return found


def _was_left(call: Call, exchange: Exchange, err: BaseException) -> bool:
    """Whether to send once more: it does nothing there, and the server had closed what it was sent by."""
    may_repeat = call.method in _READING and not call.anew
    has_rested = exchange.is_connected and not exchange.is_new
    return may_repeat and has_rested and not exchange.has_answered and is_hang_up(err)


class Transport:
    """Sends requests from any number of threads. Knows nothing of credentials."""

    def __init__(self, *, verify_tls: bool, pins: Pins = NO_PINS) -> None:
        self._verify_tls = verify_tls
        self._pins = pins
        self._context: ssl.SSLContext | None = None
        self._pinned: ssl.SSLContext | None = None
        self._lock = threading.Lock()
        self._idle: list[tuple[requests.Session, float]] = []
        self._open: dict[Exchange, requests.Session] = {}
        self._closed = False

    def twin(self) -> "Transport":
        """Another one that trusts the same, with connections of its own."""
        return Transport(verify_tls=self._verify_tls, pins=self._pins)

    def send(self, call: Call, cancel: CancelToken) -> Answer:
        """Send and wait for the head of the answer, whatever its status.

        Servers close connections that rest, also in the moment in which the next request is on its way: what
        only reads is sent once more then, by a new one.

        Raises:
            NetworkError: No answer.
            Cancelled: The token was set, or the transport was closed.
        """
        answer = self._send(call, cancel)
        while answer is None:
            answer = self._send(replace(call, anew=True), cancel)
        return answer

    def _send(self, call: Call, cancel: CancelToken) -> Answer | None:
        """None where the server had left a connection that had rested: never by a new one."""
        cancel.raise_if_cancelled()
        exchange, session = self._begin(call, cancel)
        origin = origin_of(call.url)
        proxies = _proxies(call.url, origin)
        current.exchange = exchange
        try:
            response = session.request(
                call.method,
                call.url,
                data=call.body,
                headers=dict(call.headers),
                timeout=(CONNECT_TIMEOUT_S, call.timeout_s),
                allow_redirects=False,
                proxies=proxies,
                # The context of a pinned host checks by itself, and requests must not change it.
                verify=self._verify_tls and not self._pins.concern(origin.host),
                stream=True,
            )
        except FOREIGN_ERRORS as err:
            was_cut, is_connected = exchange.was_cut, exchange.is_connected
            self.finish(None, exchange)
            if was_cut:
                raise Cancelled from err
            if _was_left(call, exchange, err):
                return None
            failure = network_error(err, origin.text, is_connected=is_connected)
            if isinstance(failure, UntrustedCertificateError) and not (
                failure.certificate or proxies
            ):
                failure = self._shown(failure, origin, cancel)
            failure.nothing_sent = not is_connected
            raise failure from err
        except BaseException:
            self.finish(None, exchange)
            raise
        finally:
            current.exchange = None
        return Answer(response, exchange, self, call.url)

    @staticmethod
    def _shown(
        failure: UntrustedCertificateError, origin: Origin, cancel: CancelToken
    ) -> UntrustedCertificateError:
        """The same with the certificate, so that a person can compare and pin it."""
        certificate = shown_certificate(origin, cancel)
        return untrusted(origin.text, failure.reason, certificate)

    def finish(self, response: requests.Response | None, exchange: Exchange) -> None:
        """End an exchange; its session serves the next one. Idempotent."""
        if response is not None:
            response.close()
        exchange.close()
        with self._lock:
            session = self._open.pop(exchange, None)
            if session is None:
                return
            if not self._closed:
                self._idle.append((session, time.monotonic()))
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
        for session, _ in idle:
            session.close()

    def _begin(self, call: Call, cancel: CancelToken) -> tuple[Exchange, requests.Session]:
        now_s = time.monotonic()
        with self._lock:
            if self._closed:
                raise Cancelled(tr("The connection to the server was closed."))
            session, since_s = self._idle.pop() if self._idle else (QuietSession(self._tls), now_s)
            if call.anew or now_s - since_s > _MOST_IDLE_S:
                # Its connections only: it makes new ones.
                session.close()
            exchange = Exchange(cancel)
            self._open[exchange] = session
        return exchange, session

    def _tls(self, host: str) -> ssl.SSLContext:
        """One for the pinned host, one for all others."""
        with self._lock:
            if self._pins.concern(host):
                self._pinned = self._pinned or pinned_context(self._pins)
                return self._pinned
            self._context = self._context or tls_context(self._verify_tls)
            return self._context
