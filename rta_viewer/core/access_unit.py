"""Compressed pictures and sound on their way through the program.

An *access unit* (ITU-T H.264 3.1) is what decodes to one picture. H.264 and H.265 travel as Annex B
byte streams (start codes ``00 00 00 01``), MJPEG as whole JPEG files, AAC as raw frames without ADTS.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Codec(StrEnum):
    """Codecs that the program can carry."""

    H264 = "H264"
    H265 = "H265"
    MJPEG = "MJPEG"
    AAC = "AAC"
    PCMU = "PCMU"
    PCMA = "PCMA"

    @property
    def is_video(self) -> bool:
        """True for pictures, False for sound."""
        return self in {Codec.H264, Codec.H265, Codec.MJPEG}


@dataclass(frozen=True, slots=True)
class MediaFormat:
    """How to decode the access units of one stream.

    Attributes:
        parameter_sets: H.264 SPS, PPS or H.265 VPS, SPS, PPS, as NAL units without start codes.
        extra: AAC AudioSpecificConfig.
        clock_rate: RTP clock in Hz (90000 for video).
    """

    codec: Codec
    clock_rate: int = 90_000
    width: int = 0
    height: int = 0
    parameter_sets: tuple[bytes, ...] = ()
    channels: int = 0
    extra: bytes = b""


class TimeSource(StrEnum):
    """Where an access unit's instant came from, best first."""

    ONVIF_EXTENSION = "onvif"
    RTP_INFO = "rtp_info"
    ASKED_START = "asked_start"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class AccessUnit:
    """One compressed picture, or one block of sound.

    Attributes:
        instant_ms: UTC instant at which it was recorded (presentation), milliseconds, may have a fraction.
        data: See the module's docstring.
        is_key: Decoding can start here.
        discontinuity: The unit does not follow the one before (gap, recording border, seek, lost data).
        last_of_recording: The server marked it as the last before a gap (ONVIF E bit).
    """

    format: MediaFormat = field(repr=False)
    instant_ms: float
    data: bytes = field(repr=False)
    is_key: bool
    discontinuity: bool = False
    last_of_recording: bool = False
    time_source: TimeSource = TimeSource.ASKED_START
