"""Makes an MP4 end on time although it holds later pictures that earlier ones refer to.

FFmpeg's muxer lets the presentation run to the last picture it was given. The edit list (ISO/IEC 14496-12,
8.6.6) can end it earlier: the pictures behind its end are decoded and not shown. Only durations are
overwritten in place, so nothing moves in the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_CONTAINERS = frozenset({b"moov", b"trak", b"mdia", b"edts"})
_TKHD_DURATION = {0: (20, 4), 1: (28, 8)}
_MVHD_TIMESCALE = {0: 12, 1: 20}
_MVHD_DURATION = {0: (16, 4), 1: (24, 8)}


@dataclass(frozen=True, slots=True)
class _Box:
    """A box: ``path`` from the outermost, ``track`` counts from 0, ``start`` is where the payload begins."""

    path: tuple[bytes, ...]
    track: int
    start: int


def end_video_at(path: Path, duration_ms: float) -> None:
    """Let the pictures of a finished MP4 be shown only until ``duration_ms`` after its beginning.

    Raises:
        OSError: The file cannot be changed.
    """
    with path.open("r+b") as file:
        boxes = list(_boxes(file, 0, path.stat().st_size, ()))
        movie = next(box for box in boxes if box.path[-1] == b"mvhd")
        version = _number(file, movie.start, 1)
        timescale = _number(file, movie.start + _MVHD_TIMESCALE[version], 4)
        wanted = round(duration_ms * timescale / 1000)
        longest = 0
        for number in {box.track for box in boxes if box.track >= 0}:
            track = {box.path[-1]: box for box in boxes if box.track == number}
            at, width = _field(file, track[b"tkhd"], _TKHD_DURATION)
            if _is_video(file, track[b"hdlr"]) and b"elst" in track:
                _shorten(file, track[b"elst"], wanted)
                _put(file, at, width, min(wanted, _number(file, at, width)))
            longest = max(longest, _number(file, at, width))
        _put(file, *_field(file, movie, _MVHD_DURATION), longest)


def _boxes(
    file: BinaryIO, start: int, end: int, path: tuple[bytes, ...], track: int = -1
) -> Iterator[_Box]:
    tracks = 0
    while start + 8 <= end:
        length, kind = _number(file, start, 4), _read(file, start + 4, 4)
        header = 8
        if length == 1:
            length, header = _number(file, start + 8, 8), 16
        if length < header:
            return
        inner = track
        if kind == b"trak":
            inner, tracks = tracks, tracks + 1
        if kind in _CONTAINERS:
            yield from _boxes(file, start + header, start + length, (*path, kind), inner)
        else:
            yield _Box((*path, kind), track, start + header)
        start += length


def _is_video(file: BinaryIO, handler: _Box) -> bool:
    return _read(file, handler.start + 8, 4) == b"vide"


def _shorten(file: BinaryIO, edits: _Box, wanted: int) -> None:
    """Take from the last edit what goes beyond ``wanted`` in total."""
    version = _number(file, edits.start, 1)
    width = 8 if version else 4
    count = _number(file, edits.start + 4, 4)
    at = [edits.start + 8 + index * (2 * width + 4) for index in range(count)]
    before = sum(_number(file, position, width) for position in at[:-1])
    last = _number(file, at[-1], width)
    _put(file, at[-1], width, max(0, min(last, wanted - before)))


def _field(file: BinaryIO, box: _Box, layout: dict[int, tuple[int, int]]) -> tuple[int, int]:
    offset, width = layout[_number(file, box.start, 1)]
    return box.start + offset, width


def _read(file: BinaryIO, position: int, length: int) -> bytes:
    file.seek(position)
    return file.read(length)


def _number(file: BinaryIO, position: int, width: int) -> int:
    return int.from_bytes(_read(file, position, width), "big")


def _put(file: BinaryIO, position: int, width: int, value: int) -> None:
    file.seek(position)
    file.write(value.to_bytes(width, "big"))
