"""Puts an answer on the wire, with whatever was armed to go wrong there."""

import io
import socket
import struct
import sys
from collections.abc import Callable, Iterator
from http import HTTPStatus

from rta_viewer.core.cancel import CancelToken
from rta_viewer.demo.http_faults import (
    CutBody,
    Drip,
    HttpFaults,
    LengthLie,
    LieAboutLength,
)
from rta_viewer.demo.rest.messages import FilePart, Filler, Request, Response

_CHUNK_BYTES = 64 * 1024
_DRIPS_A_SECOND = 10


class CutConnection(Exception):  # noqa: N818 - it is an order, not an error
    """The connection must end here, in the middle of an answer."""


def content_length(response: Response, request: Request, faults: HttpFaults) -> int | None:
    """What to say of the body's length; None to say nothing and end by closing."""
    if not response.length_known:
        return None
    lie = faults.take(LieAboutLength, request.path) if _has_file_or_data(response) else None
    if lie is None:
        return response.length_bytes
    if lie.lie is LengthLie.NONE:
        return None
    sign = 1 if lie.lie is LengthLie.MORE else -1
    return max(0, response.length_bytes + sign * lie.by_bytes)


def write_body(
    sock: socket.socket,
    wire: io.BufferedIOBase,
    request: Request,
    response: Response,
    *,
    faults: HttpFaults,
    stop: CancelToken,
    sent: Callable[[int], None],
) -> None:
    """Send the body.

    Raises:
        CutConnection: A fault cuts it, or the server stops.
        OSError: The client is gone.
    """
    usable = _has_file_or_data(response)
    cut = faults.take(CutBody, request.path) if usable else None
    drip = faults.take(Drip, request.path) if usable else None
    step = max(1, int(drip.bytes_per_s / _DRIPS_A_SECOND)) if drip else _CHUNK_BYTES
    left = cut.after_bytes if cut else None
    for chunk in _chunks(response, step):
        part = chunk if left is None else chunk[:left]
        wire.write(part)
        sent(len(part))
        if left is not None and (left := left - len(part)) <= 0:
            _end(sock, wire, reset=cut is not None and cut.reset)
            raise CutConnection
        if drip and stop.wait(len(part) / drip.bytes_per_s):
            raise CutConnection
        if stop.cancelled:
            raise CutConnection


def _has_file_or_data(response: Response) -> bool:
    return response.status < HTTPStatus.MULTIPLE_CHOICES and response.length_bytes > 0


def _chunks(response: Response, step: int) -> Iterator[bytes]:
    if isinstance(response.body, bytes):
        for offset in range(0, len(response.body), step):
            yield response.body[offset : offset + step]
    elif isinstance(response.body, Filler):
        yield from _filler(response.body.length_bytes, step)
    else:
        yield from _file_chunks(response.body, step)


def _filler(length_bytes: int, step: int) -> Iterator[bytes]:
    """``[1,1,1 … 1]``, padded with a space to the exact length."""
    yield b"["
    left = length_bytes - 3
    block = b"1," * (max(2, step) // 2)
    while left > 1:
        yield block[: min(len(block), left // 2 * 2)]
        left -= min(len(block), left // 2 * 2)
    yield b"1" + b" " * left + b"]"


def _file_chunks(part: FilePart, step: int) -> Iterator[bytes]:
    left = part.length_bytes
    with part.path.open("rb") as file:
        file.seek(part.offset)
        while left > 0:
            chunk = file.read(min(step, left))
            if not chunk:
                raise CutConnection
            left -= len(chunk)
            yield chunk


def _end(sock: socket.socket, wire: io.BufferedIOBase, *, reset: bool) -> None:
    wire.flush()
    if reset:
        # RST instead of FIN: what a dying proxy or a firewall does.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(_linger_format(), 1, 0))


def _linger_format() -> str:
    """``struct linger`` has two shorts on Windows and two ints elsewhere."""
    return "hh" if sys.platform == "win32" else "ii"
