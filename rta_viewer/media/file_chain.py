"""Are bytes between the pictures of a file lost? Demuxers go on behind them without a word.

Everything in Matroska and AVI is an element that says how long it is, so what lies between two pictures leads
from the one to the next. MP4 has an index instead, which says where each picture is.
Sources: RFC 8794 (EBML), RFC 9559 (Matroska), the RIFF and OpenDML specifications of Microsoft and Matrox.
"""

from collections.abc import Callable
from os import SEEK_END
from typing import BinaryIO, NamedTuple

from rta_viewer.media.file_layout import read_varint

_LEAST_BYTES = 512
"""Less than that is padding that some writers leave out or add."""

_MOST_ELEMENTS = 1_000_000
_HEAD_BYTES = 12
_SEGMENT, _CLUSTER, _GROUP = 0x18538067, 0x1F43B675, 0xA0
_OPENED = frozenset({_SEGMENT, _CLUSTER, _GROUP})
_BLOCKS = frozenset({0xA3, 0xA1})
_OPENED_LISTS = frozenset({b"movi", b"rec "})


class _Element(NamedTuple):
    """``end`` is None where it is opened: the next element is the first one in it."""

    body: int
    end: int | None


_ReadElement = Callable[[BinaryIO, int], _Element | None]


class _Reader(NamedTuple):
    """How one kind of file is read; ``starts`` tells where the element may begin whose body is known."""

    element: _ReadElement
    starts: Callable[[BinaryIO, int], list[int]]


class FileChain:
    """Takes the packets of a file in its order. One thread.

    Args:
        file: The same file, for reading only here.
        container: ``mkv`` or ``avi``; of others nothing is found.
        end: Where the structure of the file ends.
    """

    def __init__(self, file: BinaryIO, container: str, end: int) -> None:
        self._file = file
        self._reader = _READERS.get(container)
        self._end = end
        self._anchor = 0
        self._reached = 0
        self._picture_end = 0
        self._jumped = False

    def add(self, at: int | None, size: int, *, is_picture: bool) -> bool:
        """False where what lies before a picture leads nowhere, or the picture lies in the one before.

        Args:
            at: Where a packet is in the file, None when that is not known.
            size: Its length in bytes.
            is_picture: Others are what may lie between.
        """
        if self._reader is None or at is None or at < 0:
            return True
        self._jumped |= at - self._reached > _LEAST_BYTES
        self._reached = max(self._reached, at + size)
        if not is_picture:
            return True
        # Pictures that are compressed once more take less in the file than is told of their length.
        is_lost = at > self._anchor and (
            (at < self._picture_end and not self._leads_to(at, 0))
            or (self._jumped and not self._leads_to(at))
        )
        self._jumped, self._anchor, self._picture_end = False, at, at + size
        return not is_lost

    def ends(self) -> bool:
        """Whether what follows the last picture leads to the end."""
        if self._end - self._reached <= _LEAST_BYTES or self._leads_to(self._end):
            return True
        # What a file says of its own length may be too little.
        return self._leads_to(self._file.seek(0, SEEK_END))

    def _leads_to(self, target: int, most_off: int = _LEAST_BYTES) -> bool:
        if self._reader is None:
            return True
        starts = self._reader.starts(self._file, self._anchor) if self._anchor else [0]
        read = self._reader.element
        return any(target - self._walked(read, start, target) <= most_off for start in starts)

    def _walked(self, read: _ReadElement, position: int, target: int) -> int:
        """How far the elements lead from a place on."""
        for _ in range(_MOST_ELEMENTS):
            element = read(self._file, position)
            if element is None:
                return position
            if element.body == target:
                return target
            following = element.body if element.end is None else element.end
            if following > target:
                return position
            position = following
        return target


def _ebml_element(file: BinaryIO, position: int) -> _Element | None:
    file.seek(position)
    head = file.read(_HEAD_BYTES)
    identifier, id_bytes = read_varint(head, keep_marker=True)
    size, size_bytes = read_varint(head[id_bytes:], keep_marker=False)
    if not id_bytes or not size_bytes:
        return None
    body = position + id_bytes + size_bytes
    if identifier in _OPENED:
        return _Element(body, None)
    return None if size is None else _Element(body, body + size)


def _ebml_starts(file: BinaryIO, body: int) -> list[int]:
    """Where the block may begin that holds this: how many bytes tell its size stands before them."""
    file.seek(max(0, body - _HEAD_BYTES))
    head = file.read(min(body, _HEAD_BYTES))
    return [
        body - length - 1
        for length in range(1, min(9, len(head)))
        if head[-length - 1] in _BLOCKS
        and read_varint(head[-length:], keep_marker=False)[1] == length
    ]


def _riff_element(file: BinaryIO, position: int) -> _Element | None:
    file.seek(position)
    head = file.read(_HEAD_BYTES)
    name, body = head[:4], position + 8
    if len(head) < 8 or not all(32 <= char < 127 for char in name):
        return None
    if name == b"RIFF" or (name == b"LIST" and head[8:12] in _OPENED_LISTS):
        return _Element(body + 4, None)
    size = int.from_bytes(head[4:8], "little")
    file.seek(body + size)
    # Not every writer makes odd ones even; the name of the next one does not begin with zero.
    is_padded = size % 2 and file.read(1) == b"\0"
    return _Element(body, body + size + bool(is_padded))


def _riff_starts(_file: BinaryIO, body: int) -> list[int]:
    return [body - 8]


_READERS = {
    "mkv": _Reader(_ebml_element, _ebml_starts),
    "avi": _Reader(_riff_element, _riff_starts),
}
