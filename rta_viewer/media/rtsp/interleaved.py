"""Takes apart what a server sends over TCP: RTSP messages and, between them, data (RFC 2326 section 10.12).

No sockets here: bytes are written into :meth:`Splitter.room`, items come out of :meth:`Splitter.next`.
"""

from dataclasses import replace
from typing import NamedTuple

from rta_viewer.core.texts import tr
from rta_viewer.media.rtsp.message import (
    MAX_BODY_BYTES,
    MAX_HEAD_BYTES,
    NotRtspError,
    Request,
    Response,
    body_length,
    parse_head,
)

RECEIVE_BYTES = 128 * 1024
"""How much is asked of the socket at once."""

MAX_GARBAGE_BYTES = 64 * 1024

_DOLLAR = 0x24
_SMALL_BYTES = 2 * RECEIVE_BYTES + 0x10004
_LARGE_BYTES = MAX_HEAD_BYTES + MAX_BODY_BYTES + RECEIVE_BYTES
_STARTS = tuple(
    start.encode()
    for start in (
        "RTSP/",
        "OPTIONS ",
        "ANNOUNCE ",
        "SET_PARAMETER ",
        "GET_PARAMETER ",
        "REDIRECT ",
        "TEARDOWN ",
        "PLAY_NOTIFY ",
    )
)
_LONGEST_START = max(map(len, _STARTS))


class DataFrame(NamedTuple):
    """Interleaved data. ``payload`` is valid until the next :meth:`Splitter.room`."""

    channel: int
    payload: memoryview


Item = DataFrame | Response | Request


class Splitter:
    """A growing byte stream in, messages and data out. Not thread-safe.

    Attributes:
        garbage_bytes: Bytes skipped because they were neither; any data may be missing there.
    """

    def __init__(self) -> None:
        self._resize(_SMALL_BYTES)
        self._start = 0
        self._end = 0
        self._searched = 0
        self._in_a_row = 0
        self.garbage_bytes = 0

    def room(self) -> memoryview:
        """Where the next bytes go; tell how many with :meth:`wrote`."""
        if self._start == self._end:
            self._start = self._end = 0
        elif len(self._buffer) - self._end < RECEIVE_BYTES:
            self._move()
        return self._view[self._end : self._end + RECEIVE_BYTES]

    def wrote(self, count: int) -> None:
        """So many bytes were put into :meth:`room`."""
        self._end += count

    def next(self) -> Item | None:
        """The next item, None when more bytes are needed.

        Raises:
            NotRtspError: This is no RTSP stream, or a message is larger than allowed.
        """
        while True:
            start, end = self._start, self._end
            if end - start < 4:
                return None
            buffer = self._buffer
            if buffer[start] == _DOLLAR:
                after = start + 4 + (buffer[start + 2] << 8 | buffer[start + 3])
                if after > end:
                    return None
                self._start = after
                self._in_a_row = 0
                return DataFrame(buffer[start + 1], self._view[start + 4 : after])
            if buffer[start] in b"\r\n":
                self._start += 1
            elif self._message_starts(start):
                return self._message()
            elif not self._skip_garbage():
                return None

    def _resize(self, size: int) -> None:
        self._buffer = bytearray(size)
        self._view = memoryview(self._buffer)

    def _move(self) -> None:
        kept = bytes(self._view[self._start : self._end])
        if len(self._buffer) - len(kept) < RECEIVE_BYTES:
            self._resize(_LARGE_BYTES)
        self._view[: len(kept)] = kept
        self._start, self._end = 0, len(kept)

    def _message_starts(self, position: int) -> bool:
        """True when a message starts there, or may start with the bytes still to come."""
        head = bytes(self._view[position : min(position + _LONGEST_START, self._end)])
        return any(start.startswith(head[: len(start)]) for start in _STARTS)

    def _message(self) -> Response | Request | None:
        head_end, body_start = self._find_head()
        if body_start == 0:
            return None
        message = parse_head(bytes(self._view[self._start : head_end]))
        after = body_start + body_length(message.headers)
        if after > self._end:
            return None
        body = bytes(self._view[body_start:after])
        self._start = after
        self._in_a_row = 0
        return replace(message, body=body) if body else message

    def _find_head(self) -> tuple[int, int]:
        """Where the head ends and where the body starts; zeros while the head is incomplete."""
        limit = min(self._end, self._start + MAX_HEAD_BYTES)
        ends = [
            (found, found + len(mark))
            for mark in (b"\r\n\r\n", b"\n\n")
            if (found := self._buffer.find(mark, self._start, limit)) >= 0
        ]
        if ends:
            return min(ends)
        if limit - self._start >= MAX_HEAD_BYTES:
            msg = tr("endless header fields")
            raise NotRtspError(msg)
        return 0, 0

    def _skip_garbage(self) -> bool:
        """Skip to what may be an item; False when all there is was skipped."""
        if bytes(self._view[self._start : self._start + 5]) == b"HTTP/":
            msg = tr("a web server's answer")
            raise NotRtspError(msg)
        position = self._start + 1
        while position < self._end and not self._plausible(position):
            position += 1
        skipped = position - self._start
        self.garbage_bytes += skipped
        self._in_a_row += skipped
        if self._in_a_row > MAX_GARBAGE_BYTES:
            msg = tr("garbage instead of data")
            raise NotRtspError(msg)
        self._start = position
        return position < self._end

    def _plausible(self, position: int) -> bool:
        """True where data with an RTP or RTCP header, or an answer, begins or may begin."""
        first = self._buffer[position]
        if first == _DOLLAR:
            if self._end - position < 5:
                return True
            return self._buffer[position + 1] < 32 and self._buffer[position + 4] & 0xC0 == 0x80
        return first == 0x52 and self._message_starts(position)
