"""Stands between a client and an RTSP server, takes lines out of the description, and notes the answers."""

import contextlib
import re
import socket
import threading
from collections.abc import Callable
from typing import Self

_NOTED_BYTES = 200_000


class RtspRelay:
    """Listens on a free port of 127.0.0.1 and passes everything on to another port there.

    Args:
        port: Of the server.
        without: Start of the SDP lines that are left out of each description.
    """

    def __init__(self, port: int, without: bytes = b"") -> None:
        self._target = port
        self._without = without
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.answers = b""
        self._sockets: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._threads[0].join(5)
        for sock in self._sockets:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads[1:]:
            thread.join(5)
        for sock in self._sockets:
            sock.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._target))
            self._sockets += [client, server]
            for work, source, sink in (
                (self._ask, client, server),
                (self._answer, server, client),
            ):
                thread = threading.Thread(target=self._run, args=(work, source, sink))
                self._threads.append(thread)
                thread.start()

    def _run(
        self,
        work: Callable[[socket.socket, socket.socket], None],
        source: socket.socket,
        sink: socket.socket,
    ) -> None:
        with contextlib.suppress(OSError):
            work(source, sink)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_WR)

    def _ask(self, source: socket.socket, sink: socket.socket) -> None:
        while data := source.recv(65_536):
            sink.sendall(data)

    def _answer(self, source: socket.socket, sink: socket.socket) -> None:
        held = b""
        described = False
        while data := source.recv(65_536):
            held += data
            if not described:
                rewritten = self._rewritten(held)
                described = rewritten is not None
                if rewritten is None and b"application/sdp" in held:
                    continue  # the rest of the description is still to come
                held = rewritten or held
            if len(self.answers) < _NOTED_BYTES:
                self.answers += held
            sink.sendall(held)
            held = b""

    def _rewritten(self, held: bytes) -> bytes | None:
        """The description without the lines; None while it is not whole."""
        head, found, body = held.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)Content-Length: *(\d+)", head)
        if not found or b"application/sdp" not in head or length is None:
            return None
        size = int(length.group(1))
        if len(body) < size:
            return None
        lines = body[:size].splitlines(keepends=True)
        kept = b"".join(
            line for line in lines if not (self._without and line.startswith(self._without))
        )
        head = head.replace(length.group(0), b"Content-Length: %d" % len(kept))
        return head + found + kept + body[size:]
