"""One client's connection: a thread that reads requests, answers them, and writes what senders queued.

The thread never blocks on a client: reading and writing are driven by ``select``, answers are bounded by
no longer reading requests, media by the outlet.
"""

import logging
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Callable

from rta_viewer.demo.request_log import LoggedRequest
from rta_viewer.demo.rtsp.handler import Handler, Reply, ServerContext, path_and_query
from rta_viewer.demo.rtsp.message import Interleaved, Request, RtspFailure, answer
from rta_viewer.demo.rtsp.outlet import Outlet
from rta_viewer.demo.rtsp.reader import MessageReader
from rta_viewer.demo.rtsp.rtp import is_rtcp
from rta_viewer.demo.rtsp.wake import Waker

_log = logging.getLogger(__name__)

SERVER_NAME = "RTA demo recorder"
_READ_BYTES = 64 * 1024
_MAX_UNREAD_ANSWERS = 64 * 1024
_SEND_BUFFER_BYTES = 256 * 1024
_LINGER_S = 1.0


class Connection:
    """Serves one accepted socket on its own thread until the client or the server ends it."""

    def __init__(
        self,
        sock: socket.socket,
        context: ServerContext,
        tls: ssl.SSLContext | None,
        on_end: Callable[["Connection"], None],
    ) -> None:
        self._sock = sock
        self._context = context
        self._tls = tls
        self._on_end = on_end
        self._waker = Waker()
        self._outlet = Outlet(context.options.queue_bytes, self._waker.wake)
        self._handler = Handler(context, self._outlet)
        self._reader = MessageReader()
        self._unsent = memoryview(b"")
        self._closing = threading.Event()
        self._cut = False
        self._heard_s = time.monotonic()
        self._message_began_s: float | None = None
        self._thread = threading.Thread(target=self._run, name="rtsp-connection", daemon=True)

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()

    def stop(self) -> None:
        """End it, from any thread, without waiting."""
        self._closing.set()
        self._outlet.close()
        self._waker.wake()

    def join(self, timeout_s: float) -> None:
        """Wait for its thread."""
        self._thread.join(timeout_s)

    @property
    def media_pending(self) -> int:
        """Bytes of media that wait for the client."""
        return self._outlet.media_pending

    def _run(self) -> None:
        try:
            self._prepare()
            self._serve()
            self._linger()
        except (OSError, ssl.SSLError) as err:
            _log.debug("RTSP connection lost: %s", err)
        except Exception:  # noqa: BLE001 - the thread's outermost line
            _log.exception("RTSP connection failed")
        finally:
            self._end()

    def _prepare(self) -> None:
        self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
        if self._tls is not None:
            self._sock.settimeout(self._context.options.request_timeout_s)
            self._sock = self._tls.wrap_socket(self._sock, server_side=True)
        self._sock.setblocking(False)

    def _serve(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._waker, selectors.EVENT_READ)
            selector.register(self._sock, selectors.EVENT_READ)
            while not self._over():
                self._write()
                selector.modify(self._sock, self._interest())
                for key, events in selector.select(self._wait_s()):
                    if key.fileobj is self._waker:
                        self._waker.clear()
                    elif events & selectors.EVENT_READ:
                        self._read()
                self._take_messages()
                self._check_deadlines()

    def _over(self) -> bool:
        return self._closing.is_set() or self._cut or (self._outlet.drained and not self._unsent)

    def _interest(self) -> int:
        writes = selectors.EVENT_WRITE if self._unsent or not self._outlet.empty else 0
        return writes | (selectors.EVENT_READ if self._may_read() or not writes else 0)

    def _may_read(self) -> bool:
        return self._outlet.answers_pending < _MAX_UNREAD_ANSWERS

    def _write(self) -> None:
        while True:
            if not self._unsent:
                self._unsent = memoryview(self._outlet.take())
            if not self._unsent:
                return
            try:
                sent = self._sock.send(self._unsent)
            except (BlockingIOError, ssl.SSLWantWriteError, ssl.SSLWantReadError):
                return
            self._unsent = self._unsent[sent:]

    def _read(self) -> None:
        try:
            data = self._sock.recv(_READ_BYTES)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return
        if not data:
            self._cut = True
            return
        self._reader.feed(data)

    def _take_messages(self) -> None:
        while not self._over() and self._may_read():
            try:
                message = self._reader.take()
            except RtspFailure as failure:
                self._outlet.answer(answer(failure.status, [("Server", SERVER_NAME)]))
                self._outlet.finish()
                return
            if message is None:
                break
            self._message_began_s = None
            self._heard_s = time.monotonic()
            if isinstance(message, Interleaved):
                self._take_frame(message)
            else:
                self._take_request(message)
        if not self._reader.pending:
            self._message_began_s = None
        elif self._message_began_s is None:
            self._message_began_s = time.monotonic()

    def _take_frame(self, frame: Interleaved) -> None:
        if not is_rtcp(frame.data):
            return
        for session in self._handler.sessions.values():
            if any(
                frame.channel in {track.rtp_channel, track.rtcp_channel}
                for track in session.tracks.values()
            ):
                session.touch()

    def _take_request(self, request: Request) -> None:
        entry = self._logged(request)
        faults = self._context.faults
        if faults.drops(request.method):
            self._cut = True
            return
        if self._closing.wait(faults.delay_s(request.method)):
            return
        try:
            cseq = request.cseq
        except RtspFailure as failure:
            self._context.log.answered(entry, failure.status)
            self._outlet.answer(answer(failure.status, [("Server", SERVER_NAME)]))
            return
        reply = self._handler.reply(request)
        if faults.ignores(request.method):
            return
        self._context.log.answered(entry, reply.status)
        self._outlet.answer(self._answer_bytes(reply, faults.answered_cseq(cseq)))
        reply.then()

    def _answer_bytes(self, reply: Reply, cseq: int) -> bytes:
        headers = [("CSeq", str(cseq)), ("Server", SERVER_NAME), *reply.headers]
        return answer(reply.status, headers, reply.body)

    def _logged(self, request: Request) -> LoggedRequest:
        path, query = path_and_query(request.url)
        entry = LoggedRequest(
            "rtsp",
            request.method,
            path,
            query=query,
            headers=request.headers,
            at_ms=self._context.world.clock.now_ms(),
        )
        self._context.log.add(entry)
        return entry

    def _deadlines(self) -> tuple[float, float]:
        """When the half request, and when the idle connection is given up."""
        options = self._context.options
        began = self._message_began_s
        half_s = began + options.request_timeout_s if began is not None else float("inf")
        idle_s = self._heard_s + options.idle_timeout_s
        return half_s, idle_s if not self._handler.sessions else float("inf")

    def _wait_s(self) -> float:
        expiries = [session.expires_s for session in self._handler.sessions.values()]
        if isinstance(self._sock, ssl.SSLSocket) and self._sock.pending() and self._may_read():
            return 0.0
        return max(0.0, min([*self._deadlines(), *expiries]) - time.monotonic())

    def _check_deadlines(self) -> None:
        now_s = time.monotonic()
        for session in list(self._handler.sessions.values()):
            if now_s >= session.expires_s:
                self._handler.end_session(session)
        half_s, idle_s = self._deadlines()
        if now_s >= half_s:
            self._outlet.answer(answer(400, [("Server", SERVER_NAME)]))
            self._outlet.finish()
            self._message_began_s = None
        if now_s >= idle_s:
            self._cut = True

    def _linger(self) -> None:
        """Let the last answer arrive: closing with unread input would reset the connection."""
        if self._cut or self._closing.is_set():
            return
        self._sock.settimeout(0.1)
        self._sock.shutdown(socket.SHUT_WR)
        until_s = time.monotonic() + _LINGER_S
        while time.monotonic() < until_s and not self._closing.is_set():
            try:
                if not self._sock.recv(_READ_BYTES):
                    return
            except TimeoutError:
                continue

    def _end(self) -> None:
        self._outlet.close()
        senders = self._handler.close()
        self._sock.close()
        self._waker.close()
        for sender in senders:
            sender.join(2.0)
        self._on_end(self)
