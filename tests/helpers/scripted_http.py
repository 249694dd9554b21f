"""A tiny HTTP server that does exactly what a test says, also what no server should do.

A test gives a function from :class:`Seen` (a parsed request) to a :class:`Reply`, a list of raw byte pieces,
or None (say nothing and hold the connection until the server closes).
"""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Seen:
    """A request as it arrived; header names are lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query))

    @property
    def range_start(self) -> int | None:
        value = self.headers.get("range", "")
        return int(value.removeprefix("bytes=").partition("-")[0]) if value else None


@dataclass(frozen=True)
class Reply:
    """An answer. ``Content-Length`` is right unless given; ``cut_after`` closes early.

    Attributes:
        hold: After the body the connection stays open and silent.
        bare_after: Sent after the body, past any TLS; then the connection is closed.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    length: str | None = None
    cut_after: int | None = None
    hold: bool = False
    bare_after: bytes = b""

    def head(self) -> bytes:
        length = str(len(self.body)) if self.length is None else self.length
        lines = [f"HTTP/1.1 {self.status} Scripted"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        lines += [f"Content-Length: {length}"] if length else []
        return "\r\n".join([*lines, "", ""]).encode("latin-1")


Script = Callable[[Seen], "Reply | Sequence[bytes] | None"]


class ScriptedServer:
    """Listens on a free loopback port until closed; every connection has its thread."""

    def __init__(
        self, script: Script, *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
    ) -> None:
        self.script = script
        self.seen: list[Seen] = []
        self._tls = tls
        self._stop = threading.Event()
        self._changed = threading.Condition()
        self._sockets: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server((host, 0))
        self.port: int = self._listener.getsockname()[1]
        self.host = host
        self._acceptor = threading.Thread(target=self._accept, name="scripted-accept")
        self._acceptor.start()

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://{self.host}:{self.port}"

    def wait_for_requests(self, count: int, timeout_s: float = 5.0) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.seen) >= count, timeout_s)

    def close(self) -> None:
        self._stop.set()
        with contextlib.suppress(OSError), socket.create_connection((self.host, self.port), 1):
            pass  # wakes the acceptor
        self._acceptor.join()
        self._listener.close()
        with self._changed:
            sockets = list(self._sockets)
        for sock in sockets:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while not self._stop.is_set():
            sock, _ = self._listener.accept()
            sock.settimeout(10)
            with self._changed:
                self._sockets.add(sock)
            thread = threading.Thread(target=self._serve, args=(sock,), name="scripted-serve")
            self._threads.append(thread)
            thread.start()

    def _serve(self, raw: socket.socket) -> None:
        sock = raw
        try:
            if self._tls is not None:
                sock = self._tls.wrap_socket(raw, server_side=True)
                with self._changed:
                    self._sockets.add(sock)
            while self._exchange(sock):
                pass
        except (OSError, ValueError):
            return
        finally:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()
            raw.close()
            with self._changed:
                self._sockets -= {raw, sock}

    def _exchange(self, sock: socket.socket) -> bool:
        request = _read_request(sock)
        if request is None:
            return False
        with self._changed:
            self.seen.append(request)
            self._changed.notify_all()
        reply = self.script(request)
        if reply is None:
            self._stop.wait(30)
            return False
        if not isinstance(reply, Reply):
            for piece in reply:
                sock.sendall(piece)
            return False
        body = reply.body if reply.cut_after is None else reply.body[: reply.cut_after]
        sock.sendall(reply.head() + body)
        if reply.bare_after:
            socket.socket.sendall(sock, reply.bare_after)
            return False
        if reply.hold:
            self._stop.wait(30)
        return reply.cut_after is None and not reply.hold and reply.length is None


def _read_request(sock: socket.socket) -> Seen | None:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = sock.recv(65536)
        if not piece or not (data or piece[:1].isalpha()):
            return None
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    while len(body) < int(headers.get("content-length", 0)):
        body += sock.recv(65536)
    return Seen(method, target, headers, body)


@contextlib.contextmanager
def scripted(
    script: Script, *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> Iterator[ScriptedServer]:
    """A server that runs the script until the end of the block."""
    server = ScriptedServer(script, host=host, tls=tls)
    try:
        yield server
    finally:
        server.close()


def ranged(
    data: bytes, seen: Seen, *, etag: str = '"v1"', content_type: str = "video/mp4"
) -> Reply:
    """What an honest file server answers."""
    headers = {"Content-Type": content_type, **({"ETag": etag} if etag else {})}
    start = seen.range_start
    if start is None or seen.headers.get("if-range", etag) != etag:
        return Reply(200, data, headers)
    if start >= len(data):
        return Reply(416, b"", {**headers, "Content-Range": f"bytes */{len(data)}"})
    headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
    return Reply(206, data[start:], headers)
