"""One stream of a session, and how far it has come."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from rta_viewer.demo.footage.model import VideoUnit


@dataclass(frozen=True, slots=True)
class Track:
    """What SETUP agreed on.

    Attributes:
        number: 0 pictures, 1 sound.
        codec: ``H264``, ``H265`` or ``AAC``.
        url: As the client wrote it in SETUP; ``RTP-Info`` repeats it.
        base_timestamp: RTP time stamp of the session's beginning; low, so that wrapping is rare.
    """

    number: int
    codec: str
    payload_type: int
    clock_rate: int
    rtp_channel: int
    rtcp_channel: int
    url: str
    ssrc: int = field(default_factory=lambda: secrets.randbits(32))
    base_timestamp: int = field(default_factory=lambda: secrets.randbits(30))

    @property
    def is_video(self) -> bool:
        """Pictures, not sound."""
        return self.number == 0

    def timestamp(self, rtp_ms: float) -> int:
        """RTP time stamp of a point of the session's RTP time."""
        return (self.base_timestamp + round(rtp_ms * self.clock_rate / 1000)) & 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class TrackCount:
    """Figures for sequence numbers and reports."""

    next_sequence: int = field(default_factory=lambda: secrets.randbits(15))
    packets: int = 0
    octets: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a session has come; a new value after each unit.

    Attributes:
        counts: By track number.
        rtp_ms: Where RTP time goes on when the next PLAY begins.
        last: The last picture of the current PLAY.
        play_packets: RTP packets of the current PLAY.
    """

    counts: Mapping[int, TrackCount]
    rtp_ms: float = 0.0
    last: VideoUnit | None = None
    play_packets: int = 0
