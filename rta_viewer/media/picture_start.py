"""Can the bytes of a picture be what they should? Asked of every picture of a file, so it has to be quick."""

from av.video.codeccontext import VideoCodecContext

_LENGTH_SIZE_AT = {"h264": 4, "hevc": 21}
_FIRST_BYTES = 16
_START_CODES = (b"\0\0\1", b"\0\0\0\1")
_MARKS = {"h264": b"\0\0\1", "hevc": b"\0\0\1", "mjpeg": b"\xff\xd8"}
_IN_UNITS = frozenset({"h264", "hevc"})
_STRIDE_BYTES = 512
_HOLE = bytes(7)
"""Any hole of 4 KiB, the least that drives and file systems lose, holds so many bytes of each stride."""


def unit_length_bytes(codec: VideoCodecContext) -> int:
    """How many bytes tell the length of a NAL unit; 0 where start codes separate them, and for other codecs.

    ISO/IEC 14496-15, 5.3.3.1 and 8.3.3.1: ``lengthSizeMinusOne`` in the description of the stream.
    """
    at, description = _LENGTH_SIZE_AT.get(codec.name), codec.extradata or b""
    if at is None or len(description) <= at or description[0] != 1:
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


def has_hole(data: memoryview) -> bool:
    """Whether zeros stand where a unit has none; behind the last one they may be."""
    return _HOLE in bytes(data[::_STRIDE_BYTES]).rstrip(b"\0")


def can_be_picture(data: memoryview, length_bytes: int, mark: bytes = b"") -> bool:
    """False for zeros and, where the first bytes tell more, for noise.

    Args:
        data: What is stored of a picture.
        length_bytes: See :func:`unit_length_bytes`.
        mark: See :func:`first_mark`.
    """
    start = bytes(data[:_FIRST_BYTES])
    if not length_bytes:
        return any(start) and mark in start
    # Some writers describe lengths and use start codes, which players notice.
    if start.startswith(_START_CODES):
        return True
    length = int.from_bytes(start[:length_bytes], "big")
    return 0 < length <= data.nbytes - length_bytes
