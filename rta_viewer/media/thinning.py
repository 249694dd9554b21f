"""Leaving out pictures that no other picture needs, when decoding all of them is too much."""

from enum import IntEnum

from rta_viewer.core.access_unit import AccessUnit, Codec

_START_CODE = b"\x00\x00\x01"
_H265_FIRST_ABOVE_LEADING = 16


class Thinning(IntEnum):
    """What is still decoded."""

    ALL = 0
    REFERENCE = 1
    KEY = 2


def passes(unit: AccessUnit, thinning: Thinning) -> bool:
    """True when the unit is to be decoded."""
    if thinning is Thinning.ALL or unit.is_key:
        return True
    return thinning is Thinning.REFERENCE and is_reference(unit)


def is_reference(unit: AccessUnit) -> bool:
    """False when no other picture is predicted from this one; True where that cannot be told.

    H.264: ``nal_ref_idc`` (ITU-T H.264 7.4.1). H.265: sub-layer non-reference types (ITU-T H.265 7.4.2.2).
    """
    data = unit.data
    at = data.find(_START_CODE)
    while 0 <= at < len(data) - 3:
        header = data[at + 3]
        if unit.format.codec is Codec.H264 and header & 0x1F in (1, 2, 5):
            return header & 0x60 != 0
        if unit.format.codec is Codec.H265 and (kind := header >> 1 & 0x3F) < 32:
            return kind >= _H265_FIRST_ABOVE_LEADING or kind % 2 == 1
        at = data.find(_START_CODE, at + 3)
    return True
