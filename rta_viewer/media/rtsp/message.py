"""RTSP requests and answers as text (RFC 2326 sections 4 to 7). Bounded; tolerant to bare line feeds."""

from dataclasses import dataclass, field

from rta_viewer.core.texts import tr

MAX_HEAD_BYTES = 64 * 1024
MAX_BODY_BYTES = 1024 * 1024

_MAX_HEADERS = 200
_VERSION = "RTSP/1.0"
_BREAKS = str.maketrans("", "", "\r\n\0")


class NotRtspError(ValueError):
    """The bytes are no RTSP message, or an absurd one. Never leaves this package."""


@dataclass(frozen=True, slots=True)
class Headers:
    """Header fields in the order of arrival; names do not care about case."""

    fields: tuple[tuple[str, str], ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """The first field of that name."""
        wanted = name.lower()
        return next((value for key, value in self.fields if key.lower() == wanted), default)

    def all(self, name: str) -> list[str]:
        """Every field of that name."""
        wanted = name.lower()
        return [value for key, value in self.fields if key.lower() == wanted]

    def number(self, name: str) -> int | None:
        """A field that has to be an unsigned number, None when it is not."""
        text = self.get(name).strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else None

    def decimal(self, name: str) -> float | None:
        """A field that has to be a decimal number, None when it is not."""
        text = self.get(name).strip()
        body = text.removeprefix("-").replace(".", "", 1)
        return float(text) if len(text) <= 20 and body.isascii() and body.isdigit() else None


@dataclass(frozen=True, slots=True)
class Response:
    """An answer of the server."""

    status: int
    reason: str
    headers: Headers = Headers()
    body: bytes = field(default=b"", repr=False)

    @property
    def ok(self) -> bool:
        """True for 2xx."""
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Request:
    """A request; servers send them too."""

    method: str
    url: str
    headers: Headers = Headers()
    body: bytes = field(default=b"", repr=False)

    def encode(self) -> bytes:
        """As bytes. Line breaks inside values are removed, so that no field can smuggle in another."""
        lines = [f"{self.method} {self.url.translate(_BREAKS)} {_VERSION}"]
        lines += [f"{name}: {value.translate(_BREAKS)}" for name, value in self.headers.fields]
        if self.body:
            lines.append(f"Content-Length: {len(self.body)}")
        return "\r\n".join([*lines, "", ""]).encode() + self.body


def encode_response(status: int, reason: str, headers: Headers) -> bytes:
    """An answer to a request of the server's."""
    lines = [f"{_VERSION} {status} {reason}"]
    lines += [f"{name}: {value.translate(_BREAKS)}" for name, value in headers.fields]
    return "\r\n".join([*lines, "", ""]).encode()


def parse_head(head: bytes) -> Response | Request:
    """A message's start line and header fields, still without its body.

    Raises:
        NotRtspError: It is neither an answer nor a request of RTSP.
    """
    lines = head.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
    headers = _parse_fields(lines[1:])
    parts = lines[0].split(None, 2)
    if len(parts) >= 2 and parts[0].startswith("RTSP/"):
        if not (parts[1].isascii() and parts[1].isdigit() and len(parts[1]) == 3):
            raise NotRtspError(_shown(lines[0]))
        return Response(int(parts[1]), parts[2].strip() if len(parts) > 2 else "", headers)
    if len(parts) == 3 and parts[2].startswith("RTSP/"):
        return Request(parts[0], parts[1], headers)
    raise NotRtspError(_shown(lines[0]))


def body_length(headers: Headers) -> int:
    """How many bytes follow the head.

    Raises:
        NotRtspError: No number, or more than :data:`MAX_BODY_BYTES`.
    """
    if not headers.get("Content-Length"):
        return 0
    length = headers.number("Content-Length")
    if length is None or length > MAX_BODY_BYTES:
        msg = tr("absurd Content-Length {shown}", shown=_shown(headers.get("Content-Length")))
        raise NotRtspError(msg)
    return length


def _parse_fields(lines: list[str]) -> Headers:
    if len(lines) > _MAX_HEADERS:
        msg = tr("too many header fields")
        raise NotRtspError(msg)
    fields = []
    for line in lines:
        name, colon, value = line.partition(":")
        if colon and name.strip():
            fields.append((name.strip(), value.strip()))
    return Headers(tuple(fields))


def _shown(text: str) -> str:
    return repr(text[:60])
