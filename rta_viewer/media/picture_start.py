"""Can the bytes of a picture be what they should? Asked of every picture of a file, so it has to be quick."""

from collections.abc import Iterator

from av.video.codeccontext import VideoCodecContext

_LENGTH_SIZE_AT = {"h264": 4, "hevc": 21}
_FIRST_BYTES = 16
_START_CODES = (b"\0\0\1", b"\0\0\0\1")
_MARKS = {"h264": b"\0\0\1", "hevc": b"\0\0\1", "mjpeg": b"\xff\xd8"}
_IN_UNITS = frozenset({"h264", "hevc"})
_STRIDE_BYTES = 512
_HOLE = bytes(7)
"""Any hole of 4 KiB, the least that drives and file systems lose, holds so many bytes of each stride."""

_HOLE_BYTES = bytes((len(_HOLE) - 1) * _STRIDE_BYTES + 1)


def unit_length_bytes(codec: VideoCodecContext) -> int:
    """How many bytes tell the length of a NAL unit; 0 where start codes separate them, and for other codecs.

    ISO/IEC 14496-15, 5.3.3.1 and 8.3.3.1: ``lengthSizeMinusOne`` in the description of the stream.
    """
    at, description = _LENGTH_SIZE_AT.get(codec.name), codec.extradata or b""
    # Before the standard was finished, writers of H.265 said version 0.
    is_early = codec.name == "hevc" and description[:1] == b"\0" and description[1:2] != b"\0"
    if at is None or len(description) <= at or not (description[0] == 1 or is_early):
        return 0
    return (description[at] & 3) + 1


def first_mark(codec: VideoCodecContext) -> bytes:
    """What is among the first bytes of a picture whose length is not told; empty for other codecs.

    ITU-T H.264 and H.265, annex B; ITU-T T.81, B.1.1.3.
    """
    return _MARKS.get(codec.name, b"")


def has_units(codec: VideoCodecContext) -> bool:
    """Whether pictures are NAL units: no run of zeros may be in these (ITU-T H.264, 7.4.1.1)."""
    return codec.name in _IN_UNITS


def has_hole(data: memoryview, length_bytes: int) -> bool:
    """Whether zeros stand where a unit has none; behind each they may be (ITU-T H.264 and H.265, annex B).

    Args:
        data: What is stored of a picture.
        length_bytes: See :func:`unit_length_bytes`.
    """
    if _HOLE not in bytes(data[::_STRIDE_BYTES]).rstrip(b"\0"):
        return False
    return any(_HOLE_BYTES in unit.rstrip(b"\0") for unit in _units(bytes(data), length_bytes))


def _units(data: bytes, length_bytes: int) -> Iterator[bytes]:
    """The NAL units of a picture, each with the zeros behind it."""
    if not length_bytes or data.startswith(_START_CODES[-1]):
        yield from data.split(_START_CODES[0])
        return
    at = 0
    while at < len(data):
        body = at + length_bytes
        size = int.from_bytes(data[at:body], "big")
        if not 0 < size <= len(data) - body:
            # That is no length: a hole may have swallowed it, unless nothing but padding follows.
            yield _HOLE_BYTES + data[body:]
            return
        at = body + size
        yield data[body:at]


def can_be_picture(data: memoryview, length_bytes: int, mark: bytes = b"") -> bool:
    """False for zeros and, where the first bytes tell more, for noise.

    Args:
        data: What is stored of a picture.
        length_bytes: See :func:`unit_length_bytes`.
        mark: See :func:`first_mark`.
    """
    start = bytes(data[:_FIRST_BYTES])
    if not length_bytes:
        return mark in start if any(start) else _leads_to_unit(data, mark)
    # Some writers describe lengths and use start codes, which players notice.
    if start.startswith(_START_CODES):
        return True
    length = int.from_bytes(start[:length_bytes], "big")
    return 0 < length <= data.nbytes - length_bytes


def _leads_to_unit(data: memoryview, mark: bytes) -> bool:
    """Whether the zeros at the beginning are those that may stand before a start code."""
    return mark == _START_CODES[0] and bytes(data).lstrip(b"\0").startswith(b"\1")
