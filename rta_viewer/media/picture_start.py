"""Can the bytes of a picture be what they should? Asked of every picture of a file, so it has to be quick."""

from av.video.codeccontext import VideoCodecContext

_LENGTH_SIZE_AT = {"h264": 4, "hevc": 21}
_FIRST_BYTES = 16
_START_CODES = (b"\0\0\1", b"\0\0\0\1")


def unit_length_bytes(codec: VideoCodecContext) -> int:
    """How many bytes tell the length of a NAL unit; 0 where start codes separate them, and for other codecs.

    ISO/IEC 14496-15, 5.3.3.1 and 8.3.3.1: ``lengthSizeMinusOne`` in the description of the stream.
    """
    at, description = _LENGTH_SIZE_AT.get(codec.name), codec.extradata or b""
    if at is None or len(description) <= at or description[0] != 1:
        return 0
    return (description[at] & 3) + 1


def can_be_picture(data: memoryview, length_bytes: int) -> bool:
    """False for zeros and, where the length of the first NAL unit says how long it is, for noise.

    Args:
        data: What is stored of a picture.
        length_bytes: See :func:`unit_length_bytes`.
    """
    start = bytes(data[:_FIRST_BYTES])
    if not length_bytes:
        return any(start)
    # Some writers describe lengths and use start codes, which players notice.
    if start.startswith(_START_CODES):
        return True
    length = int.from_bytes(start[:length_bytes], "big")
    return 0 < length <= data.nbytes - length_bytes
