"""The RTP header extension of ONVIF replay (ONVIF Streaming Specification, "RTP header extension").

Three words under profile 0xABAC: a 64-bit NTP time stamp (UTC of recording), the bits C, E, D and T, the
low byte of the PLAY request's CSeq, padding. Senders put it on the first packet of an access unit at least.
"""

import struct
from typing import NamedTuple

from rta_viewer.media.rtp.packet import RtpPacket

PROFILE = 0xABAC

_LAYOUT = struct.Struct(">IIBB")
_NTP_TO_UNIX_S = 2_208_988_800
_NTP_ERA_S = 1 << 32


class ReplayHeader(NamedTuple):
    """What a replaying server says about one access unit.

    Attributes:
        instant_ms: UTC instant of recording, milliseconds with a fraction.
        clean_point: C: decoding can start here.
        section_end: E: the last access unit before a gap or at the end of the footage.
        discontinuity: D: does not follow the access unit before.
        terminal: T: nothing follows.
        cseq: Low byte of the CSeq of the PLAY request that this belongs to.
    """

    instant_ms: float
    clean_point: bool
    section_end: bool
    discontinuity: bool
    terminal: bool
    cseq: int


def replay_header(packet: RtpPacket) -> ReplayHeader | None:
    """The packet's replay extension, None when it has none or one without a time."""
    extension = packet.extension
    if extension is None or packet.extension_profile != PROFILE or len(extension) < 12:
        return None
    seconds, fraction, bits, cseq = _LAYOUT.unpack_from(extension)
    if seconds == 0 and fraction == 0:
        return None
    if seconds < _NTP_TO_UNIX_S:
        seconds += _NTP_ERA_S
    instant_ms = (seconds - _NTP_TO_UNIX_S) * 1000 + fraction * 1000 / _NTP_ERA_S
    return ReplayHeader(
        instant_ms,
        bool(bits & 0x80),
        bool(bits & 0x40),
        bool(bits & 0x20),
        bool(bits & 0x10),
        cseq,
    )
