"""One HTTP/1.1 connection: reads requests within bounds, writes answers, keeps the connection open."""

import contextlib
import logging
import re
import socket
from collections.abc import Mapping
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from rta_viewer.core.cancel import CancelToken
from rta_viewer.demo.http_faults import DelayFirstByte
from rta_viewer.demo.request_log import LoggedRequest
from rta_viewer.demo.rest.api import Api
from rta_viewer.demo.rest.body_writer import CutConnection, content_length, write_body
from rta_viewer.demo.rest.messages import ApiError, Request, Response, invalid
from rta_viewer.demo.rest.services import Services

if TYPE_CHECKING:
    from rta_viewer.demo.rest.server import RestServer

_log = logging.getLogger(__name__)

_LONGEST_BODY_BYTES = 1 << 20
_LONGEST_TARGET = 8192
_MOST_PARAMETERS = 100
_MOST_HEADERS_BYTES = 64 * 1024
_DRAIN_BYTES = 1 << 20
_DRAIN_S = 1.0
_BODILESS = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(?::\d{1,5})?", re.ASCII)


class Handler(BaseHTTPRequestHandler):
    """Runs on its connection's own thread."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: "RestServer"  # type: ignore[assignment]  # the base class only keeps it

    @property
    def _services(self) -> Services:
        return self.server.services

    @property
    def _stop(self) -> CancelToken:
        return self.server.services.stop

    def handle(self) -> None:
        """Answer until the client, a fault or the server ends the connection."""
        try:
            super().handle()
        except OSError as err:
            _log.debug("connection ended: %s", err)

    def finish(self) -> None:
        """Close the streams; a client that is gone is no news."""
        with contextlib.suppress(OSError):
            super().finish()

    def do_GET(self) -> None:
        """Answer any method: the table of routes decides."""
        entry = self._logged()
        try:
            request = self._request(entry)
        except ApiError as err:
            self.close_connection = True
            self._send(_placeholder(self, entry), self._api.refusal(err))
            self._drain()
            return
        self._send(request, self._api.answer(request))

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_GET  # noqa: N815 - by http.server

    @property
    def _api(self) -> Api:
        return self.server.api

    def _logged(self) -> LoggedRequest:
        self.path = _origin_form(self.path)
        path, _, query = self.path.partition("?")
        entry = LoggedRequest(
            "http",
            self.command,
            path,
            query=query,
            headers=dict(self.headers.items()),
            at_ms=self._services.world.clock.now_ms(),
        )
        self._services.log.add(entry)
        return entry

    def _request(self, entry: LoggedRequest) -> Request:
        """Parse what ``http.server`` left unparsed.

        Raises:
            ApiError: 400, 411, 413 or 414.
        """
        if len(self.path) > _LONGEST_TARGET:
            raise ApiError(
                HTTPStatus.REQUEST_URI_TOO_LONG, "INVALID_REQUEST", "The URL is too long."
            )
        headers = _plain_headers(self)
        try:
            parts = urlsplit(self.path)
            query = dict(
                parse_qsl(parts.query, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS)
            )
            segments = tuple(unquote(part, errors="strict") for part in parts.path[1:].split("/"))
        except ValueError as err:
            raise invalid("The URL cannot be read.") from err
        return Request(
            method=self.command,
            path=parts.path,
            segments=segments,
            query=query,
            headers=headers,
            body=self._body(headers),
            host=self._host(headers),
            entry=entry,
            secure=self.server.secure,
        )

    def _body(self, headers: Mapping[str, str]) -> bytes:
        if "transfer-encoding" in headers:
            raise ApiError(HTTPStatus.LENGTH_REQUIRED, "INVALID_REQUEST", "Send a Content-Length.")
        text = headers.get("content-length", "0").strip()
        if not (text.isascii() and text.isdigit() and len(text) <= 18):
            raise invalid("Content-Length must be a number.")
        length = int(text)
        if length > _LONGEST_BODY_BYTES:
            raise ApiError(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "INVALID_REQUEST", "The body is too large."
            )
        body = self.rfile.read(length)
        if len(body) < length:
            raise invalid("The body is shorter than its Content-Length.")
        return body

    def _host(self, headers: Mapping[str, str]) -> str:
        """How the client calls us, without the port; our own address when it says nothing usable."""
        named = headers.get("host", "").strip()
        if _HOST.fullmatch(named):
            return re.sub(r":\d+$", "", named)
        address = str(self.connection.getsockname()[0])
        return f"[{address}]" if ":" in address else address

    def _send(self, request: Request, response: Response) -> None:
        delay = self._services.faults.take(DelayFirstByte, request.path)
        if delay and self._stop.wait(delay.seconds):
            self.close_connection = True
            return
        length = content_length(response, request, self._services.faults)
        bodiless = request.method == "HEAD" or response.status in _BODILESS
        if (length is None and not bodiless) or self._stop.cancelled:
            self.close_connection = True
        self._services.log.answered(request.entry, response.status)
        self.send_response(response.status)
        for name, value in response.headers:
            self.send_header(name, value)
        if length is not None and response.status not in _BODILESS:
            self.send_header("Content-Length", str(length))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if not bodiless:
            self._send_body(request, response, length)

    def _send_body(self, request: Request, response: Response, length: int | None) -> None:
        def sent(count_bytes: int) -> None:
            self._services.log.sent(request.entry, count_bytes)

        try:
            write_body(
                self.connection,
                self.wfile,
                request,
                response,
                faults=self._services.faults,
                stop=self._stop,
                sent=sent,
            )
        except CutConnection:
            self.close_connection = True
        if length not in {None, response.length_bytes}:
            self.close_connection = True

    def _drain(self) -> None:
        """Read on a little, so that the client gets the refusal and not a reset (RFC 9112 9.6)."""
        with contextlib.suppress(OSError):
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(_DRAIN_S)
            left = _DRAIN_BYTES
            while left > 0 and (block := self.connection.recv(min(left, 65536))):
                left -= len(block)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what could not even be parsed; called by ``http.server``."""
        self.close_connection = True
        self.request_version = self.protocol_version
        if not hasattr(self, "command") or self.command is None:
            self.command = ""
        text = message or explain or HTTPStatus(code).phrase
        response = self._api.refusal(ApiError(code, "INVALID_REQUEST", text))
        path = self.path.partition("?")[0] if hasattr(self, "path") else ""
        entry = LoggedRequest("http", self.command, path)
        self._services.log.add(entry)
        self._send(_placeholder(self, entry), response)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """``Date`` by the world's clock."""
        now_s = self._services.world.clock.now_ms() / 1000 if timestamp is None else timestamp
        return formatdate(now_s, usegmt=True)

    def version_string(self) -> str:
        """The ``Server`` header."""
        return "RTA-Demo"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """One line in the log, without the query."""
        path = getattr(self, "path", "").partition("?")[0]
        line = f"{self.command} {path} {code}"
        _log.info(line if line.isprintable() else ascii(line))

    def log_message(self, format: str, *args: object) -> None:
        """What else ``http.server`` has to say: time-outs."""
        _log.debug(format, *args)


def _origin_form(target: str) -> str:
    """Clients may send the whole URL (RFC 9112 3.2.2); only path and query count, never its user part."""
    match = re.match(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?]*", target)
    rest = target[match.end() :] if match else target
    return rest if rest.startswith("/") else f"/{rest}"


def _plain_headers(handler: Handler) -> dict[str, str]:
    """Lower-case names; repeated ones are joined (RFC 9110 5.3), but a repeated length is refused."""
    found: dict[str, str] = {}
    total = 0
    for name, value in handler.headers.items():
        total += len(name) + len(value)
        key = name.lower()
        if key in found and key in {"content-length", "host", "authorization"}:
            raise invalid(f"{name} was sent twice.")
        found[key] = f"{found[key]}, {value}" if key in found else value
    if total > _MOST_HEADERS_BYTES:
        raise ApiError(
            HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "INVALID_REQUEST", "Too many headers."
        )
    return found


def _placeholder(handler: Handler, entry: LoggedRequest) -> Request:
    """Stands for a request that could not be read, so that a refusal can be sent."""
    return Request(handler.command, entry.path, (), {}, {}, b"", "", entry)
