"""From RTP time stamps to UTC instants, by the best source that a server offers.

1. The ONVIF replay extension, for each access unit.
2. ``Range`` and ``RTP-Info`` of the PLAY answer, counted on with the factor of :mod:`.pace`.
3. The instant that was asked for, taken for the first access unit.
"""

from dataclasses import dataclass
from typing import NamedTuple

from rta_viewer.core.access_unit import TimeSource
from rta_viewer.media.rtp.replay_header import ReplayHeader

_BELIEVABLE_START_MS = 120_000
_LATE_MS = 1_000
_REORDERED_MS = 5_000
_GAP_MS = 15_000
_USUAL_STEP_MS = 40.0
_MAX_STEP_MS = 2_000.0


class Stamp(NamedTuple):
    """When an access unit was recorded; ``discontinuity``: it does not follow the one before."""

    instant_ms: float
    discontinuity: bool
    source: TimeSource


@dataclass(frozen=True, slots=True)
class Anchor:
    """A point at which RTP time and wall clock are known to meet.

    Attributes:
        timestamp: RTP time stamp; None for that of the first access unit.
        end_ms: No footage later than this was asked for.
        exact: The server named another start than asked, so it knows where its data begin.
        play_time_ms: The start as play time, None when it was named by wall clock.
    """

    instant_ms: float
    end_ms: float
    timestamp: int | None = None
    source: TimeSource = TimeSource.ASKED_START
    exact: bool = False
    play_time_ms: float | None = None

    def believes(self, offset_ms: float) -> bool:
        """False when the first unit cannot be that far from the announced start: ``rtptime`` is wrong.

        Units before the start are normal (the key frame), units behind it too when the start lies in a gap.
        But a server that moved the start knows better, and one known server gives the ``rtptime`` of play
        time 0 whatever the range says.
        """
        if abs(offset_ms) > _BELIEVABLE_START_MS:
            return False
        if offset_ms <= _LATE_MS:
            return True
        of_zero = self.play_time_ms is not None and abs(offset_ms - self.play_time_ms) < _LATE_MS
        return not (self.exact or of_zero)


class Unwrapper:
    """32-bit RTP time stamps as numbers that do not wrap around (RFC 3550 section 5.1)."""

    def __init__(self) -> None:
        self._last = 0
        self._started = False

    def extend(self, timestamp: int) -> int:
        """The time stamp, continued from the one before."""
        if not self._started:
            self._started = True
            self._last = timestamp
        else:
            self._last += signed32(timestamp - self._last)
        return self._last


def signed32(difference: int) -> int:
    """A difference of 32-bit numbers as the shorter way round."""
    return ((difference + 0x80000000) & 0xFFFFFFFF) - 0x80000000


class TrackClock:
    """Stamps one track's access units. Not thread-safe."""

    def __init__(self, clock_rate: int, anchor: Anchor) -> None:
        self._ms_per_tick = 1000.0 / clock_rate
        self._anchor = anchor
        self._source = anchor.source
        self._base: tuple[int, float] | None = None
        self._newest_ticks = 0
        self._newest_ms = 0.0
        self._step_ms = _USUAL_STEP_MS
        self._header_factor = 1.0
        self._by_headers = False

    def stamp(self, ticks: int, factor: float, header: ReplayHeader | None) -> Stamp:
        """The instant of an access unit.

        Args:
            ticks: RTP time stamp, unwrapped.
            factor: Media seconds per RTP second.
            header: The unit's replay extension, if it has one.
        """
        if header is not None:
            return self._by_header(ticks, header)
        if self._by_headers:
            factor = self._header_factor
        if self._base is None:
            self._start(ticks, factor)
        return self._by_count(ticks, self._ms_per_tick * factor)

    def _start(self, ticks: int, factor: float) -> None:
        """Hang the first unit on the anchor, unless the server's ``rtptime`` cannot be true."""
        anchor = self._anchor
        instant_ms = anchor.instant_ms
        if anchor.timestamp is not None:
            offset_ms = signed32(ticks - anchor.timestamp) * self._ms_per_tick * factor
            if anchor.believes(offset_ms):
                instant_ms += offset_ms
        self._base = (ticks, instant_ms)
        self._newest_ticks, self._newest_ms = ticks, instant_ms

    def _by_count(self, ticks: int, ms_per_tick: float) -> Stamp:
        base_ticks, base_ms = self._base or (ticks, self._anchor.instant_ms)
        instant_ms = base_ms + (ticks - base_ticks) * ms_per_tick
        step_ms = (ticks - self._newest_ticks) * ms_per_tick
        discontinuity = step_ms > _GAP_MS or step_ms < -_REORDERED_MS
        if discontinuity and (step_ms < 0 or instant_ms > self._anchor.end_ms):
            instant_ms = self._newest_ms + self._step_ms
            self._base = (ticks, instant_ms)
            self._newest_ticks = ticks
            self._newest_ms = instant_ms
        elif step_ms > 0:
            self._step_ms = step_ms if step_ms <= _MAX_STEP_MS else self._step_ms
            self._newest_ticks = ticks
            self._newest_ms = instant_ms
        return Stamp(instant_ms, discontinuity, self._source)

    def _by_header(self, ticks: int, header: ReplayHeader) -> Stamp:
        instant_ms = header.instant_ms
        jumped = False
        if self._by_headers and self._base is not None:
            base_ticks, base_ms = self._base
            step_ms = instant_ms - self._newest_ms
            jumped = step_ms > _GAP_MS or step_ms < -_REORDERED_MS
            rtp_ms = (ticks - base_ticks) * self._ms_per_tick
            if not jumped and rtp_ms > 0:
                self._header_factor = min(max((instant_ms - base_ms) / rtp_ms, 0.05), 64.0)
        if not self._by_headers or jumped or ticks >= self._newest_ticks:
            self._base = (ticks, instant_ms)
            self._newest_ticks, self._newest_ms = ticks, instant_ms
        self._by_headers = True
        self._source = TimeSource.ONVIF_EXTENSION
        return Stamp(instant_ms, jumped or header.discontinuity, TimeSource.ONVIF_EXTENSION)
