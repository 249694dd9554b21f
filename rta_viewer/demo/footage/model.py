"""What every source of footage offers to the RTSP and the packaging side of the server."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rta_viewer.core.spans import Span


@dataclass(frozen=True, slots=True)
class VideoFormat:
    """How one camera's pictures are encoded. ``parameter_sets`` are NAL units without start codes."""

    codec: str
    width: int
    height: int
    parameter_sets: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class AudioFormat:
    """AAC-LC: ``config`` is the AudioSpecificConfig, one unit is 1024 samples of each channel."""

    sample_rate: int
    channels: int
    config: bytes


@dataclass(frozen=True, slots=True)
class VideoUnit:
    """One encoded picture.

    Attributes:
        instant_ms: When it was recorded (presentation time), UTC milliseconds, fractions allowed.
        decode_ms: Decode time stamp on the same scale, never later than ``instant_ms``.
        duration_ms: Until the next picture in presentation order.
        data: Annex B byte stream; key pictures carry the parameter sets in-band.
        reference: False when no other picture needs it (it can be thinned out).
        needs_previous: It is shown before the key picture of its own group and needs the group before
            (open groups): to be left out where decoding starts or footage was skipped.
    """

    instant_ms: float
    decode_ms: float
    duration_ms: float
    data: bytes
    is_key: bool
    reference: bool = True
    needs_previous: bool = False


@dataclass(frozen=True, slots=True)
class AudioUnit:
    """One raw AAC frame."""

    instant_ms: float
    duration_ms: float
    data: bytes


@dataclass(frozen=True, slots=True)
class Gop:
    """A key picture and all that need it, in decode order: closed but for ``needs_previous``."""

    start_ms: float
    end_ms: float
    units: tuple[VideoUnit, ...]


class CameraFootage(Protocol):
    """One camera's footage. Safe from several threads; calls may encode and so take a while."""

    @property
    def video(self) -> VideoFormat:
        """The format of all its pictures."""
        ...

    @property
    def audio(self) -> AudioFormat | None:
        """The format of its sound, None without."""
        ...

    def recorded(self, window: Span) -> list[Span]:
        """What exists on this camera inside the window, sorted, disjoint."""
        ...

    def gop_at(self, instant_ms: float) -> Gop | None:
        """The group that shows the instant, None in a gap."""
        ...

    def gop_from(self, instant_ms: float) -> Gop | None:
        """The group that shows the instant, or else the first one after it; None at the end of footage."""
        ...

    def gop_before(self, instant_ms: float) -> Gop | None:
        """The last group that starts before the instant; None at the beginning of footage."""
        ...

    def audio_units(self, start_ms: float, end_ms: float) -> Sequence[AudioUnit]:
        """Sound that starts inside ``[start_ms, end_ms)``; empty without sound."""
        ...
