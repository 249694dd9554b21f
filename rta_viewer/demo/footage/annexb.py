"""Annex B byte streams: splitting into NAL units and asking what they are.

ITU-T H.264 (annex B, table 7-1) and H.265 (annex B, table 7-1).
"""

from collections.abc import Iterable, Iterator

START_CODE = b"\x00\x00\x00\x01"
_SHORT = b"\x00\x00\x01"

_H264_PARAMETER_SETS = frozenset({7, 8})
_H265_PARAMETER_SETS = frozenset({32, 33, 34})
_H264_SLICES = frozenset({1, 2, 3, 4, 5})
_H265_FIRST_IRAP = 16
_H265_LAST_SLICE = 31
_H265_RADL = frozenset({6, 7})
_DELIMITERS = {"H264": 9, "H265": 35}
_H264_DROPPED = frozenset({6, 9})
_H265_DROPPED = frozenset({35, 39, 40})


def nal_units(stream: bytes) -> Iterator[bytes]:
    """The NAL units between the start codes, without them."""
    start = stream.find(_SHORT)
    while start >= 0:
        start += 3
        end = stream.find(_SHORT, start)
        # Zero bytes before a start code belong to it; a NAL unit never ends in one.
        unit = stream[start : end if end >= 0 else len(stream)].rstrip(b"\x00")
        if unit:
            yield unit
        start = end


def joined(units: Iterable[bytes]) -> bytes:
    """NAL units as a byte stream."""
    return b"".join(START_CODE + unit for unit in units)


def nal_type(codec: str, unit: bytes) -> int:
    """``nal_unit_type``."""
    return unit[0] >> 1 & 0x3F if codec == "H265" else unit[0] & 0x1F


def is_parameter_set(codec: str, unit: bytes) -> bool:
    """SPS, PPS, or VPS."""
    wanted = _H265_PARAMETER_SETS if codec == "H265" else _H264_PARAMETER_SETS
    return nal_type(codec, unit) in wanted


def is_dispensable(codec: str, unit: bytes) -> bool:
    """Supplemental information and delimiters: no picture needs them."""
    return nal_type(codec, unit) in (_H265_DROPPED if codec == "H265" else _H264_DROPPED)


def is_delimiter(codec: str, unit: bytes) -> bool:
    """An access unit delimiter, which must come first or not at all."""
    return nal_type(codec, unit) == _DELIMITERS.get(codec)


def is_reference(codec: str, units: Iterable[bytes]) -> bool:
    """False when no other picture is predicted from the one in these NAL units."""
    for unit in units:
        kind = nal_type(codec, unit)
        if codec == "H265":
            # Table 7-1: below the random access pictures, even types are sub-layer non-reference.
            if kind <= _H265_LAST_SLICE:
                return kind >= _H265_FIRST_IRAP or kind % 2 == 1
        elif kind in _H264_SLICES:
            return unit[0] & 0x60 != 0
    return True


def is_decodable_leading(codec: str, units: Iterable[bytes]) -> bool:
    """True for H.265 pictures shown before their key picture that do not need the group before."""
    return codec == "H265" and any(nal_type(codec, unit) in _H265_RADL for unit in units)
