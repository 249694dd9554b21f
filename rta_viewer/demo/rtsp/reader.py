"""Takes requests and binary frames out of the bytes of a connection, and trusts none of them."""

from rta_viewer.demo.rtsp.message import Interleaved, Request, RtspFailure

MAX_HEAD_BYTES = 32 * 1024
MAX_LINE_BYTES = 8 * 1024
MAX_HEADERS = 64
MAX_BODY_BYTES = 64 * 1024

_TOKEN = frozenset("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


class MessageReader:
    """Feed it what arrives, take out what is complete. Not thread-safe.

    Never holds more than one message of the largest allowed size plus what was fed at once.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._searched = 0

    def feed(self, data: bytes) -> None:
        """Add bytes as they came."""
        self._buffer += data

    @property
    def pending(self) -> bool:
        """A message has begun and is not complete."""
        return bool(self._buffer)

    def take(self) -> Request | Interleaved | None:
        """The next complete message, None when more bytes are needed.

        Raises:
            RtspFailure: 400; nothing after it can be trusted, so the connection must be closed.
        """
        self._skip_blank_lines()
        if not self._buffer:
            return None
        return self._take_frame() if self._buffer[0] == 0x24 else self._take_request()

    def _skip_blank_lines(self) -> None:
        # RFC 2326 inherits from HTTP that empty lines before a request are ignored.
        blank = 0
        while blank < len(self._buffer) and self._buffer[blank] in b"\r\n":
            blank += 1
        if blank:
            del self._buffer[:blank]
            self._searched = 0

    def _take_frame(self) -> Interleaved | None:
        if len(self._buffer) < 4:
            return None
        end = 4 + int.from_bytes(self._buffer[2:4], "big")
        if len(self._buffer) < end:
            return None
        frame = Interleaved(self._buffer[1], bytes(self._buffer[4:end]))
        del self._buffer[:end]
        return frame

    def _take_request(self) -> Request | None:
        head_end = self._head_end()
        if head_end is None:
            return None
        head = bytes(self._buffer[:head_end])
        method, url, version, headers = _parse_head(head)
        end = head_end + 4 + _body_length(headers)
        if len(self._buffer) < end:
            return None
        body = bytes(self._buffer[head_end + 4 : end])
        del self._buffer[:end]
        self._searched = 0
        return Request(method, url, version, headers, body)

    def _head_end(self) -> int | None:
        """Where the empty line begins; also refuses early what can no longer become a request."""
        found = self._buffer.find(b"\r\n\r\n", max(0, self._searched - 3))
        if found > MAX_HEAD_BYTES or (found < 0 and len(self._buffer) > MAX_HEAD_BYTES):
            raise RtspFailure(400)
        if found >= 0:
            return found
        self._searched = len(self._buffer)
        first_line = self._buffer.find(b"\n", 0, MAX_LINE_BYTES)
        if first_line < 0 and len(self._buffer) > MAX_LINE_BYTES:
            raise RtspFailure(400)
        if first_line >= 0 and not self._buffer[:first_line].rstrip(b"\r").isascii():
            raise RtspFailure(400)
        if self._buffer[0] < 0x21 or self._buffer[0] > 0x7E:
            raise RtspFailure(400)
        return None


def _parse_head(head: bytes) -> tuple[str, str, str, dict[str, str]]:
    try:
        lines = head.decode("utf-8").split("\r\n")
    except UnicodeDecodeError as err:
        raise RtspFailure(400) from err
    if len(lines) > MAX_HEADERS + 1 or any(len(line) > MAX_LINE_BYTES for line in lines):
        raise RtspFailure(400)
    if any(ord(char) < 0x20 and char != "\t" for line in lines for char in line):
        raise RtspFailure(400)
    method, url, version = _parse_request_line(lines[0])
    return method, url, version, _parse_headers(lines[1:])


def _parse_request_line(line: str) -> tuple[str, str, str]:
    parts = line.split(" ")
    if len(parts) != 3 or not line.isascii():
        raise RtspFailure(400)
    method, url, version = parts
    if not method or len(method) > 32 or not _TOKEN.issuperset(method) or not url:
        raise RtspFailure(400)
    if not version.startswith("RTSP/"):
        raise RtspFailure(400)
    return method, url, version


def _parse_headers(lines: list[str]) -> dict[str, str]:
    headers: dict[str, str] = {}
    last = ""
    for line in lines:
        if line[:1] in {" ", "\t"}:
            if not last:
                raise RtspFailure(400)
            headers[last] = f"{headers[last]} {line.strip()}"
            continue
        name, colon, value = line.partition(":")
        if not colon or not name or not _TOKEN.issuperset(name):
            raise RtspFailure(400)
        last = name.lower()
        value = value.strip()
        headers[last] = f"{headers[last]},{value}" if last in headers else value
    return headers


def _body_length(headers: dict[str, str]) -> int:
    text = headers.get("content-length", "0")
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        raise RtspFailure(400)
    length = int(text)
    if length > MAX_BODY_BYTES:
        raise RtspFailure(400)
    return length
