"""RTP packets with the ONVIF replay extension, RTCP reports, and their frames on the RTSP connection.

RFC 3550; RFC 2326, 10.12; ONVIF Streaming Specification, "RTP header extension" of replay.
"""

import struct
from dataclasses import dataclass

_NTP_UNIX_OFFSET_S = 2_208_988_800
_ONVIF_PROFILE = 0xABAC
_SENDER_REPORT, _RECEIVER_REPORT, _DESCRIPTION, _GOODBYE = 200, 201, 202, 203
_CNAME = b"rta-demo-recorder"


@dataclass(frozen=True, slots=True)
class ReplayMark:
    """What the extension says of an access unit.

    Attributes:
        instant_ms: When it was recorded.
        clean: C, decoding can start here.
        section_end: E, the last before a gap.
        discontinuity: D, it does not follow the one that was sent before.
        terminal: T, the last of all.
        cseq: Of the PLAY that it belongs to; its lowest byte is sent.
    """

    instant_ms: float
    clean: bool
    section_end: bool
    discontinuity: bool
    terminal: bool
    cseq: int

    def to_bytes(self) -> bytes:
        """Profile, length and three words."""
        bits = (
            self.clean << 7 | self.section_end << 6 | self.discontinuity << 5 | self.terminal << 4
        )
        return struct.pack(
            ">HHQBBH", _ONVIF_PROFILE, 3, ntp_time(self.instant_ms), bits, self.cseq & 0xFF, 0
        )


def ntp_time(instant_ms: float) -> int:
    """An instant as a 64-bit NTP time stamp."""
    seconds, rest_ms = divmod(instant_ms, 1000)
    fraction = min(round(rest_ms * (1 << 32) / 1000), 0xFFFF_FFFF)
    return ((int(seconds) + _NTP_UNIX_OFFSET_S) & 0xFFFF_FFFF) << 32 | fraction


@dataclass(frozen=True, slots=True)
class RtpHead:
    """The fixed header's fields."""

    payload_type: int
    sequence: int
    timestamp: int
    ssrc: int
    marker: bool


def rtp_packet(head: RtpHead, payload: bytes, extension: bytes = b"") -> bytes:
    """One packet; ``extension`` includes its own header."""
    return (
        struct.pack(
            ">BBHII",
            0x90 if extension else 0x80,
            head.marker << 7 | head.payload_type,
            head.sequence & 0xFFFF,
            head.timestamp & 0xFFFF_FFFF,
            head.ssrc,
        )
        + extension
        + payload
    )


def interleaved(channel: int, packet: bytes) -> bytes:
    """The packet as it travels on the RTSP connection."""
    return struct.pack(">BBH", 0x24, channel, len(packet)) + packet


@dataclass(frozen=True, slots=True)
class SenderReport:
    """The figures of a report; ``wall_ms`` is the time of sending, not of recording."""

    ssrc: int
    wall_ms: float
    timestamp: int
    packets: int
    octets: int

    def to_bytes(self) -> bytes:
        """A compound packet: report and description."""
        report = struct.pack(
            ">BBHIQIII",
            0x80,
            _SENDER_REPORT,
            6,
            self.ssrc,
            ntp_time(self.wall_ms),
            self.timestamp & 0xFFFF_FFFF,
            self.packets & 0xFFFF_FFFF,
            self.octets & 0xFFFF_FFFF,
        )
        return report + _description(self.ssrc)


def goodbye(report: SenderReport) -> bytes:
    """The end of a stream: report, description and BYE."""
    return report.to_bytes() + struct.pack(">BBHI", 0x81, _GOODBYE, 1, report.ssrc)


def _description(ssrc: int) -> bytes:
    items = b"\x01" + bytes([len(_CNAME)]) + _CNAME + b"\x00"
    items += b"\x00" * (-len(items) % 4)
    return struct.pack(">BBHI", 0x81, _DESCRIPTION, 1 + len(items) // 4, ssrc) + items


def is_rtcp(packet: bytes) -> bool:
    """True when a client's frame looks like RTCP; such a frame keeps the session alive."""
    return len(packet) >= 8 and packet[0] >> 6 == 2 and 200 <= packet[1] <= 207
