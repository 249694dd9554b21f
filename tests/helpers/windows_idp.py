r"""An identity provider that takes Windows users by Negotiate or NTLM, one sign-in a connection.

The other side of the exchange is the same package's server half, which checks the password by its own file.
"""

import base64
import contextlib
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import spnego
from spnego.channel_bindings import GssChannelBindings

TOKEN = "w1nd0ws-t0ken"
PATH = "/IDP/connect/token"


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(self, offers: tuple[str, ...], tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.offers = offers
        self.tls = tls
        self.demands: GssChannelBindings | None = None
        """Only messages that are bound to this channel are taken (Extended Protection)."""
        self.bodies: list[str] = []
        self.open: list[socket.socket] = []
        self.connections: list[int] = []
        self.answer: bytes | None = None
        """Said instead of a real challenge."""

    def get_request(self) -> tuple[socket.socket, Any]:
        sock, where = super().get_request()
        if self.tls is not None:
            # The handshake is made by the connection's own thread, with the first byte that it reads.
            sock = self.tls.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        return sock, where

    def process_request(self, request: Any, client_address: Any) -> None:
        self.open.append(request)
        super().process_request(request, client_address)

    def wait_until_hung_up(self) -> None:
        """Until the other side has ended all its connections, whoever collects garbage when."""
        for sock in self.open:
            with contextlib.suppress(OSError):
                sock.settimeout(10)
                assert sock.recv(1, socket.MSG_PEEK) == b"", "a connection is still open"

    def hang_up(self) -> None:
        """End all connections: their threads wait for another request."""
        for sock in self.open:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.context: Any = None

    def log_message(self, *_args: object) -> None:
        """Nothing on the tests' output."""

    def do_GET(self) -> None:
        if self.headers.get("Authorization") == f"Bearer {TOKEN}":
            self._send(404, {"error": {"code": "NOT_FOUND"}})
        else:
            self._send(401, {}, [("WWW-Authenticate", "Bearer")])

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path != PATH:
            self._send(404, {"error": {"code": "NOT_FOUND"}})
            return
        self.server.bodies.append(body.decode())
        self.server.connections.append(self.client_address[1])
        scheme, _, message = self.headers.get("Authorization", "").partition(" ")
        if not message:
            self._send(401, {}, [("WWW-Authenticate", offer) for offer in self.server.offers])
            return
        self._step(scheme, base64.b64decode(message))

    def _step(self, scheme: str, message: bytes) -> None:
        if self.context is None:
            self.context = spnego.server(
                protocol=scheme.lower(), channel_bindings=self.server.demands
            )
        try:
            answer = self.context.step(message)
        except spnego.exceptions.SpnegoError:
            self._send(401, {}, [("WWW-Authenticate", scheme)])
            return
        if self.context.complete:
            self._send(200, {"access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer"})
        else:
            said = base64.b64encode(self.server.answer or answer or b"").decode()
            self._send(401, {}, [("WWW-Authenticate", f"{scheme} {said}")])

    def _send(self, status: int, document: object, headers: list[tuple[str, str]] = []) -> None:  # noqa: B006
        body = json.dumps(document).encode()
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def running_idp(*offers: str, tls: ssl.SSLContext | None = None) -> Iterator[_Server]:
    """Offers these schemes; ``NTLM_USER_FILE`` names the users (``DOMAIN:user:password``)."""
    with _Server(offers, tls) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            server.hang_up()
            thread.join()
