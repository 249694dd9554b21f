"""Leaving out pictures when decoding all of them is too much: those that no other picture needs first."""

from dataclasses import dataclass

from rta_viewer.core.access_unit import AccessUnit, Codec

_START_CODE = b"\x00\x00\x01"
_H265_FIRST_ABOVE_LEADING = 16


@dataclass(frozen=True, slots=True)
class Thinning:
    """What is still decoded.

    Attributes:
        references_only: Without the pictures that no other picture needs.
        share: Of each group of pictures, from its key picture on; 0 leaves only that.
    """

    references_only: bool = False
    share: float = 1.0


ALL = Thinning()
REFERENCES = Thinning(references_only=True)
KEYS = Thinning(references_only=True, share=0.0)

LADDER = (ALL, REFERENCES, Thinning(True, 0.7), Thinning(True, 0.4), KEYS)
"""From all pictures to the fewest."""


def passes(unit: AccessUnit, thinning: Thinning, elapsed: float = 0.0) -> bool:
    """True when the unit is to be decoded.

    Args:
        unit: A video unit.
        thinning: What is wanted.
        elapsed: Share of its group of pictures that lies before it; 0 where that is unknown.
    """
    if unit.is_key or thinning == ALL:
        return True
    if elapsed >= thinning.share:
        return False
    return not thinning.references_only or is_reference(unit)


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
