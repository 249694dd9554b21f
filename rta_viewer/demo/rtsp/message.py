"""RTSP requests and answers as values (RFC 2326, sections 6, 7 and 11)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

VERSION = "RTSP/1.0"

REASONS = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    408: "Request Time-out",
    453: "Not Enough Bandwidth",
    454: "Session Not Found",
    455: "Method Not Valid in This State",
    456: "Header Field Not Valid for Resource",
    457: "Invalid Range",
    459: "Aggregate Operation Not Allowed",
    461: "Unsupported Transport",
    500: "Internal Server Error",
    501: "Not Implemented",
    503: "Service Unavailable",
    505: "RTSP Version not supported",
    551: "Option not supported",
}

Headers = tuple[tuple[str, str], ...]


class RtspFailure(Exception):  # noqa: N818 - it ends as an answer, not as a traceback
    """The request is answered with this status.

    Attributes:
        headers: What the status wants to have said (``Allow``, ``Unsupported``, ``WWW-Authenticate``).
    """

    def __init__(self, status: int, headers: Headers = ()) -> None:
        super().__init__(f"{status} {REASONS.get(status, '')}")
        self.status = status
        self.headers = headers


@dataclass(frozen=True, slots=True)
class Request:
    """One request. Header names are lower case; repeated headers are joined with a comma."""

    method: str
    url: str
    version: str
    headers: dict[str, str]
    body: bytes = field(default=b"", repr=False)

    def header(self, name: str) -> str:
        """The header's value, empty without."""
        return self.headers.get(name.lower(), "")

    @property
    def cseq(self) -> int:
        """The sequence number.

        Raises:
            RtspFailure: 400, missing or not a number of up to 10 digits.
        """
        text = self.header("cseq")
        if not (text.isascii() and text.isdigit() and len(text) <= 10):
            raise RtspFailure(400)
        return int(text)

    @property
    def session_id(self) -> str:
        """The session named by the request, without parameters; empty without."""
        return self.header("session").partition(";")[0].strip()

    def listed(self, name: str) -> list[str]:
        """The comma separated items of a header."""
        return [item for part in self.header(name).split(",") if (item := part.strip())]


@dataclass(frozen=True, slots=True)
class Interleaved:
    """A binary frame that came between requests (RFC 2326, 10.12)."""

    channel: int
    data: bytes = field(repr=False)


def answer(status: int, headers: Iterable[tuple[str, str]], body: bytes = b"") -> bytes:
    """An answer as bytes. Line breaks cannot get into a header: they become spaces."""
    lines = [f"{VERSION} {status} {REASONS.get(status, 'Status')}"]
    lines += [f"{name}: {_one_line(value)}" for name, value in headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("utf-8") + body


def _one_line(value: str) -> str:
    return " ".join(value.splitlines())
