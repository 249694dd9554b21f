"""Requests and their answers on one connection, while data may flow between them (RFC 2326 section 10.12)."""

import logging
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import StreamAccess
from rta_viewer.core.texts import tr
from rta_viewer.errors import NetworkError, RefusedError
from rta_viewer.media.rtsp.auth import Authenticator, Challenge
from rta_viewer.media.rtsp.dial import dial, tls_context
from rta_viewer.media.rtsp.interleaved import DataFrame
from rta_viewer.media.rtsp.message import Headers, Request, Response, encode_response
from rta_viewer.media.rtsp.timeouts import RtspTimeouts
from rta_viewer.media.rtsp.url import Endpoint
from rta_viewer.media.rtsp.wire import Wire

_log = logging.getLogger(__name__)

_USER_AGENT = "RTA-Viewer"
_MAX_ATTEMPTS = 3
_MAX_KEPT_BYTES = 8 * 1024 * 1024
_FRAME_BYTES = 200
_MAX_UNAWAITED = 64
_ACCEPTED = frozenset({"OPTIONS", "GET_PARAMETER", "SET_PARAMETER", "ANNOUNCE", "TEARDOWN"})


class RtspConnection:
    """One connection to one server.

    :meth:`exchange` and :meth:`read_frame` belong to one thread at a time; :meth:`post`,
    :meth:`interrupt` and :meth:`close` to any.

    Attributes:
        endpoint: Where it leads.
        lost_session: The server answered that it does not know our session (any more).
        said_end: The server announced that nothing more comes.
        last_answer_s: When the server last answered anything, on the clock's scale.
    """

    def __init__(
        self,
        wire: Wire,
        endpoint: Endpoint,
        authenticator: Authenticator,
        timeouts: RtspTimeouts,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.endpoint = endpoint
        self.lost_session = False
        self.said_end = False
        self.last_answer_s = clock()
        self._wire = wire
        self._authenticator = authenticator
        self._timeouts = timeouts
        self._clock = clock
        self._cseq = 0
        self._lock = threading.Lock()
        self._unawaited: deque[int] = deque(maxlen=_MAX_UNAWAITED)
        self._kept: deque[DataFrame] = deque()
        self._kept_bytes = 0

    @property
    def challenge(self) -> Challenge | None:
        """The authentication challenge that was answered last."""
        return self._authenticator.challenge

    @property
    def garbage_bytes(self) -> int:
        """Bytes on the wire that made no sense; data may be missing there."""
        return self._wire.garbage_bytes

    @property
    def closed(self) -> bool:
        """True once :meth:`close` was called."""
        return self._wire.closed

    def exchange(
        self,
        method: str,
        url: str,
        fields: Iterable[tuple[str, str]],
        cancel: CancelToken,
        *,
        keep_data: bool = False,
    ) -> Response:
        """Send a request and wait for its answer; answers to challenges on the way.

        Args:
            method: RTSP method.
            url: Request URI.
            fields: Header fields, without CSeq, Authorization and User-Agent.
            cancel: Ends the wait.
            keep_data: Keep data that arrives before the answer for :meth:`read_frame`; it is
                dropped otherwise.

        Raises:
            SignInError: The credentials were refused, or may not be sent there.
            NetworkError: No answer in time, or the connection ended.
            Cancelled: The token was set.
        """
        fields = tuple(fields)
        deadline_s = self._clock() + self._timeouts.answer_s
        for attempt in range(_MAX_ATTEMPTS):
            cseq, data = self._encode(method, url, fields)
            self._wire.send(data, deadline_s, cancel)
            response = self._await(cseq, method, deadline_s, cancel, keep_data=keep_data)
            if response.status != 401:
                return response
            may_retry = self._authenticator.challenged(response.headers.all("WWW-Authenticate"))
            if not may_retry or attempt == _MAX_ATTEMPTS - 1:
                break
        raise RefusedError(
            tr("The recording server's streams refuse the user name or the password."),
            tr("Sign in again; the user may also lack the right to play recordings."),
        )

    def post(self, method: str, url: str, fields: Iterable[tuple[str, str]]) -> int | None:
        """Send a request whose answer nobody waits for. Never blocks, never raises.

        Returns:
            Its CSeq, None when it could not be sent.
        """
        cseq, data = self._encode(method, url, tuple(fields))
        self._unawaited.append(cseq)
        return cseq if self._wire.post(data) else None

    def read_frame(self, deadline_s: float, cancel: CancelToken) -> DataFrame | None:
        """The next data; its payload is valid until the next call.

        None when the deadline passed, somebody interrupted, or something other than data came.

        Raises:
            NetworkError: The connection ended or carries nonsense.
            Cancelled: The token was set.
        """
        if self._kept:
            frame = self._kept.popleft()
            self._kept_bytes -= len(frame.payload) + _FRAME_BYTES
            return frame
        item = self._wire.read(deadline_s, cancel)
        if item is None or isinstance(item, DataFrame):
            return item
        if isinstance(item, Response):
            self._note_answer(item)
        else:
            self._answer(item)
        return None

    def drain(self, cseq: int, deadline_s: float, cancel: CancelToken | None = None) -> bool:
        """Drop everything until a posted request is answered; True when it was answered with 2xx.

        Raises:
            Cancelled: The token was set.
        """
        token = cancel or CancelToken()
        self._kept.clear()
        self._kept_bytes = 0
        try:
            while self._clock() < deadline_s:
                item = self._wire.read(deadline_s, token)
                if isinstance(item, Response):
                    self._note_answer(item)
                    if item.headers.number("CSeq") == cseq:
                        return item.ok
                elif isinstance(item, Request):
                    self._answer(item)
        except NetworkError:
            return False
        return False

    def interrupt(self) -> None:
        """Let a waiting :meth:`read_frame` return now. Any thread."""
        self._wire.interrupt()

    def close(self) -> None:
        """End the connection. Any thread, idempotent."""
        self._wire.close()

    def _encode(
        self, method: str, url: str, fields: tuple[tuple[str, str], ...]
    ) -> tuple[int, bytes]:
        with self._lock:
            self._cseq += 1
            cseq = self._cseq
            authorization = self._authenticator.header(method, url)
        own = [("CSeq", str(cseq)), ("User-Agent", _USER_AGENT)]
        if authorization is not None:
            own.append(("Authorization", authorization))
        return cseq, Request(method, url, Headers((*own, *fields))).encode()

    def _await(
        self, cseq: int, method: str, deadline_s: float, cancel: CancelToken, *, keep_data: bool
    ) -> Response:
        strangers = 0
        while True:
            item = self._wire.read(deadline_s, cancel)
            cancel.raise_if_cancelled()
            if item is None or isinstance(item, DataFrame):
                if keep_data and item is not None:
                    self._keep(item)
            elif isinstance(item, Request):
                self._answer(item)
            elif self._answers(item, cseq):
                self.last_answer_s = self._clock()
                return item
            else:
                strangers += 0 if self._note_answer(item) else 1
            if self._clock() >= deadline_s:
                raise self._no_answer(method, strangers)

    def _answers(self, response: Response, cseq: int) -> bool:
        """True for the answer to that request; one without CSeq is taken for it."""
        return response.status != 100 and response.headers.number("CSeq") in {cseq, None}

    def _note_answer(self, response: Response) -> bool:
        """Take an answer that nobody waits for; False when nobody asked."""
        cseq = response.headers.number("CSeq")
        if cseq not in self._unawaited:
            _log.debug("answer to a question that was not asked: CSeq %s", cseq)
            return False
        self.last_answer_s = self._clock()
        self.lost_session = self.lost_session or response.status == 454
        return True

    def _answer(self, request: Request) -> None:
        """Servers ask too: some keep-alives of their own, some announce the end."""
        self.said_end = self.said_end or request.method == "TEARDOWN" or _announces_end(request)
        cseq = request.headers.get("CSeq")
        status, reason = (200, "OK") if request.method in _ACCEPTED else (501, "Not Implemented")
        self._wire.post(encode_response(status, reason, Headers((("CSeq", cseq),))))

    def _keep(self, frame: DataFrame) -> None:
        self._kept.append(frame._replace(payload=memoryview(bytes(frame.payload))))
        self._kept_bytes += len(frame.payload) + _FRAME_BYTES
        if self._kept_bytes > _MAX_KEPT_BYTES:
            raise NetworkError(tr("The server sends pictures without ever answering the request."))

    def _no_answer(self, method: str, strangers: int) -> NetworkError:
        host = self.endpoint.host
        hint = tr("Try again; if it stays so, ask the server's administrator.")
        if strangers:
            said = tr(
                "{host} answered other requests than the request {method} for the stream.",
                host=host,
                method=method,
            )
        else:
            said = tr(
                "{host} did not answer the request {method} for the stream.",
                host=host,
                method=method,
            )
        return NetworkError(said, hint)


def _announces_end(request: Request) -> bool:
    """End of stream as ANNOUNCE tells it (event code 2101, as several servers use it)."""
    return request.method == "ANNOUNCE" and "2101" in request.headers.get("Notice")


def connect(
    endpoint: Endpoint,
    access: StreamAccess,
    timeouts: RtspTimeouts,
    cancel: CancelToken,
    *,
    challenge: Challenge | None = None,
    tls: ssl.SSLContext | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> RtspConnection:
    """Open a connection; ``tls`` replaces the system's trust store.

    Raises:
        NetworkError: It cannot be opened.
        Cancelled: The token was set.
    """
    context = (tls or tls_context(endpoint.host, access)) if endpoint.tls else None
    sock = dial(endpoint, context, timeouts.connect_s, cancel, clock)
    return RtspConnection(
        Wire(sock, endpoint.host, clock),
        endpoint,
        Authenticator(access, endpoint, challenge),
        timeouts,
        clock,
    )
