"""What H.264 and H.265 parameter sets say: their numbers and the size of the picture.

ITU-T H.264 7.3.2.1.1 and E.1.1, ITU-T H.265 7.3.2.2 and 7.3.3.
"""

from typing import NamedTuple

from rta_viewer.media.rtp.bits import BitReader, OutOfBits, unescape

_READ_BYTES = 2048
_MAX_SIDE = 16_384
_HIGH_PROFILES = frozenset({100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135})
_EXTENDED_ASPECT = 255


class PictureSize(NamedTuple):
    """What a sequence parameter set says of the picture; ``rate`` is pictures per second, 0 unknown."""

    width: int
    height: int
    rate: float = 0.0


def h264_id(nal: bytes) -> int | None:
    """The number of an SPS or PPS, None when it cannot be read."""
    start = 4 if nal[0] & 0x1F == 7 else 1
    try:
        return BitReader(unescape(nal[start : start + 16])).unsigned()
    except OutOfBits:
        return None


def h265_id(nal: bytes) -> int | None:
    """The number of a VPS, SPS or PPS, None when it cannot be read."""
    kind = (nal[0] >> 1) & 0x3F
    reader = BitReader(unescape(nal[2:_READ_BYTES]))
    try:
        if kind == 32:
            return reader.bits(4)
        if kind == 33:
            _skip_h265_profile(reader)
        return reader.unsigned()
    except OutOfBits:
        return None


def h264_size(sps: bytes) -> PictureSize | None:
    """Width, height and rate of an H.264 SPS, None when it makes no sense."""
    try:
        return _plausible(_read_h264(BitReader(unescape(sps[1:_READ_BYTES]))))
    except OutOfBits:
        return None


def h265_size(sps: bytes) -> PictureSize | None:
    """Width and height of an H.265 SPS, None when it makes no sense."""
    try:
        return _plausible(_read_h265(BitReader(unescape(sps[2:_READ_BYTES]))))
    except OutOfBits:
        return None


def _plausible(size: PictureSize) -> PictureSize | None:
    return size if 0 < size.width <= _MAX_SIDE and 0 < size.height <= _MAX_SIDE else None


def _read_h264(reader: BitReader) -> PictureSize:
    profile = reader.bits(8)
    reader.skip(16)
    reader.unsigned()
    chroma = _h264_chroma(reader) if profile in _HIGH_PROFILES else 1
    reader.unsigned()
    _skip_h264_order_count(reader)
    reader.unsigned()
    reader.skip(1)
    width = (reader.unsigned() + 1) * 16
    map_units = reader.unsigned() + 1
    frames_only = reader.flag()
    if not frames_only:
        reader.skip(1)
    height = map_units * 16 * (1 if frames_only else 2)
    reader.skip(1)
    if reader.flag():
        step_x = 2 if chroma in {1, 2} else 1
        step_y = (2 if chroma == 1 else 1) * (1 if frames_only else 2)
        width -= step_x * (reader.unsigned() + reader.unsigned())
        height -= step_y * (reader.unsigned() + reader.unsigned())
    return PictureSize(width, height, _h264_rate(reader))


def _h264_chroma(reader: BitReader) -> int:
    chroma = reader.unsigned()
    if chroma == 3:
        reader.skip(1)
    reader.unsigned()
    reader.unsigned()
    reader.skip(1)
    if reader.flag():
        for index in range(12 if chroma == 3 else 8):
            if reader.flag():
                _skip_scaling_list(reader, 16 if index < 6 else 64)
    return chroma


def _skip_scaling_list(reader: BitReader, size: int) -> None:
    following = 8
    for _ in range(size):
        following = (following + reader.signed()) & 0xFF
        if following == 0:
            return


def _skip_h264_order_count(reader: BitReader) -> None:
    kind = reader.unsigned()
    if kind == 0:
        reader.unsigned()
    elif kind == 1:
        reader.skip(1)
        reader.signed()
        reader.signed()
        count = reader.unsigned()
        if count > 255:
            raise OutOfBits
        for _ in range(count):
            reader.signed()


def _h264_rate(reader: BitReader) -> float:
    """Pictures per second from the VUI; a missing or broken VUI is simply no information."""
    try:
        if not reader.flag():
            return 0.0
        if reader.flag() and reader.bits(8) == _EXTENDED_ASPECT:
            reader.skip(32)
        if reader.flag():
            reader.skip(1)
        if reader.flag():
            reader.skip(4)
            if reader.flag():
                reader.skip(24)
        if reader.flag():
            reader.unsigned()
            reader.unsigned()
        if not reader.flag():
            return 0.0
        units, scale = reader.bits(32), reader.bits(32)
    except OutOfBits:
        return 0.0
    return scale / (2 * units) if units else 0.0


def _skip_h265_profile(reader: BitReader) -> None:
    reader.skip(4)
    layers = reader.bits(3)
    reader.skip(1 + 88 + 8)
    present = [(reader.flag(), reader.flag()) for _ in range(layers)]
    if layers:
        reader.skip(2 * (8 - layers))
    for profile, level in present:
        reader.skip((88 if profile else 0) + (8 if level else 0))


def _read_h265(reader: BitReader) -> PictureSize:
    _skip_h265_profile(reader)
    reader.unsigned()
    chroma = reader.unsigned()
    if chroma == 3:
        reader.skip(1)
    width, height = reader.unsigned(), reader.unsigned()
    if reader.flag():
        width -= (2 if chroma in {1, 2} else 1) * (reader.unsigned() + reader.unsigned())
        height -= (2 if chroma == 1 else 1) * (reader.unsigned() + reader.unsigned())
    return PictureSize(width, height)
