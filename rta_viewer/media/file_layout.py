"""The outermost structure of a delivered file: what kind it is, and whether all of it is there.

Reads a few bytes at each top-level element and skips the rest, so the size of the file does not matter.
Sources: ISO/IEC 14496-12 (boxes), RFC 8794 (EBML) and RFC 9559 (Matroska), the RIFF and OpenDML
specifications of Microsoft and Matrox, ISO/IEC 13818-1 (transport stream packets).
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rta_viewer.core.texts import mark, tr
from rta_viewer.errors import MediaError

_HEAD_BYTES = 4096
_MAX_ELEMENTS = 1_000_000
_MAX_MESSAGE_CHARS = 200
_AGAIN = mark("Fetch it again.")
_MP4_FIRST = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"styp", b"pnot"})
_MP4_ANY = _MP4_FIRST.union(
    (b"moof", b"mfra", b"sidx", b"ssix", b"meta", b"udta"),
    (b"uuid", b"pdin", b"prft", b"emsg", b"bloc"),
)
_EBML_MAGIC = b"\x1a\x45\xdf\xa3"
_SEGMENT_ID = 0x18538067
_TS_PACKET = 188
_SYNC = 0x47


@dataclass(frozen=True, slots=True)
class FileLayout:
    """What the outermost structure says.

    Attributes:
        container: ``mp4``, ``mkv``, ``avi`` or ``ts``.
        is_faststart: The index comes before the pictures. True where the format has no such choice.
        is_fragmented: MP4 in fragments (``moof``).
        end: Where the elements of MKV and AVI end; some writers append what is none.
    """

    container: str
    is_faststart: bool = True
    is_fragmented: bool = False
    end: int = 0


def read_layout(path: Path) -> FileLayout:
    """Look at a file from outside.

    Raises:
        MediaError: Empty, a message instead of a video, of an unknown kind, or cut off.
        OSError: The file cannot be read.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        container = _kind(head)
        if container == "mp4":
            return _read_boxes(file, size)
        if container == "mkv":
            return FileLayout(container, end=_check_ebml(file, size))
        if container == "avi":
            return FileLayout(container, end=_check_riff(file, size))
    return FileLayout(container)


def container_of(path: Path) -> str:
    """``mp4``, ``mkv``, ``avi`` or ``ts``, by the first bytes.

    Raises:
        MediaError: Empty, a message instead of a video, or of an unknown kind.
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        return _kind(file.read(_HEAD_BYTES))


def _kind(head: bytes) -> str:
    if head[4:8] in _MP4_FIRST:
        return "mp4"
    if head.startswith(_EBML_MAGIC):
        return "mkv"
    if head.startswith(b"RIFF") and head[8:12] == b"AVI ":
        return "avi"
    if len(head) > 2 * _TS_PACKET and {head[0], head[_TS_PACKET], head[2 * _TS_PACKET]} == {_SYNC}:
        return "ts"
    raise _not_a_video(head)


def _not_a_video(head: bytes) -> MediaError:
    if not head:
        return MediaError(tr("The file is empty."), tr(_AGAIN))
    text = head.decode("utf-8", errors="replace").lstrip("\ufeff \t\r\n")
    if text[:1] in {"{", "["}:
        said = _message(text)
        summary = tr("The server sent a message instead of a video.")
        if said:
            summary = tr("The server sent a message instead of a video: {message}", message=said)
        return MediaError(summary, tr(_AGAIN))
    if text[:1] == "<":
        return MediaError(
            tr("The server sent a web page instead of a video."),
            tr("Check the server's address and whether a proxy stands before it."),
        )
    return MediaError(tr("The file is not a video that this program knows."), tr(_AGAIN))


def _message(text: str) -> str:
    """What a JSON answer says to people, empty when it says nothing that we understand."""
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    error = answer.get("error") if isinstance(answer, dict) else None
    found = error.get("message") if isinstance(error, dict) else error
    if not isinstance(found, str):
        return ""
    return "".join(char if char.isprintable() else " " for char in found[:_MAX_MESSAGE_CHARS])


def _cut(size: int, expected: int) -> MediaError:
    return MediaError(
        tr(
            "The file is cut off: {size:,} of at least {expected:,} bytes are there.",
            size=size,
            expected=expected,
        ),
        tr(_AGAIN),
    )


def _read_boxes(file: BinaryIO, size: int) -> FileLayout:
    position = 0
    order: list[bytes] = []
    while position + 8 <= size and len(order) < _MAX_ELEMENTS:
        file.seek(position)
        header = file.read(16)
        length, kind = int.from_bytes(header[:4], "big"), header[4:8]
        if length == 1:
            length = int.from_bytes(header[8:16], "big")
        elif length == 0:
            length = size - position
        # Some servers append what is no box, as a signature; in a file of fragments it may be a damaged one.
        is_none = kind not in _MP4_ANY and b"moof" not in order
        if length < 8 or (is_none and position + length > size):
            break
        order.append(kind)
        position += length
    if position > size:
        raise _cut(size, position)
    if b"moov" not in order:
        raise MediaError(tr("The file is cut off or unfinished: its index is missing."), tr(_AGAIN))
    media = order.index(b"mdat") if b"mdat" in order else len(order)
    return FileLayout("mp4", order.index(b"moov") < media, b"moof" in order)


def _check_ebml(file: BinaryIO, size: int) -> int:
    position = 0
    while position < size:
        file.seek(position)
        header = file.read(12)
        identifier, id_length = read_varint(header, keep_marker=True)
        length, size_length = read_varint(header[id_length:], keep_marker=False)
        if not id_length or not size_length:
            return size
        if length is None:
            # Written live, without knowing the end: nothing to compare with.
            return size
        position += id_length + size_length + length
        if identifier == _SEGMENT_ID:
            break
    if position > size:
        raise _cut(size, position)
    return position


def read_varint(data: bytes, *, keep_marker: bool) -> tuple[int | None, int]:
    """Value and length of an EBML number (RFC 8794, 4); value None when all bits are one, (0, 0) if bad."""
    if not data or not data[0]:
        return 0, 0
    length = 9 - data[0].bit_length()
    if len(data) < length:
        return 0, 0
    value = int.from_bytes(data[:length], "big")
    if keep_marker:
        return value, length
    mask = (1 << 7 * length) - 1
    return (None if value & mask == mask else value & mask), length


def _check_riff(file: BinaryIO, size: int) -> int:
    position = 0
    for _ in range(_MAX_ELEMENTS):
        file.seek(position)
        header = file.read(8)
        if len(header) < 8 or header[:4] != b"RIFF":
            break
        length = int.from_bytes(header[4:], "little")
        if length == 0:
            raise MediaError(
                tr("The file is unfinished: its length was never written."), tr(_AGAIN)
            )
        position += 8 + length
        if position > size:
            raise _cut(size, position)
        position += length % 2
    return position
