"""When a generated camera recorded, as a pure function of absolute time.

A restarted server must show the same footage as before, so nothing here draws random numbers or
looks at a clock: whether something moved is a hash of the camera and the instant.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rta_viewer.core.model import RecordingKind
from rta_viewer.core.spans import Span, clip, subtract, union

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
MOTION_SLOT_MS = 240_000
_MASK = (1 << 64) - 1


def mix(*values: int) -> int:
    """A well spread 64-bit number for a few integers (splitmix64); the same on every machine."""
    state = 0x9E3779B97F4A7C15
    for value in values:
        state = (state ^ (value & _MASK)) + 0x9E3779B97F4A7C15 & _MASK
        state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB & _MASK
        state ^= state >> 31
    return state


@dataclass(frozen=True, slots=True)
class Incident:
    """A hole in the footage that comes back: at ``k * period_ms + offset_ms``, for each whole k."""

    reason: str
    period_ms: int
    offset_ms: int
    duration_ms: int

    def within(self, window: Span) -> Iterator[Span]:
        """Its occurrences that touch the window."""
        turn = (window.start_ms - self.offset_ms - self.duration_ms) // self.period_ms
        while (start := turn * self.period_ms + self.offset_ms) < window.end_ms:
            if start + self.duration_ms > window.start_ms:
                yield Span(start, start + self.duration_ms)
            turn += 1


@dataclass(frozen=True, slots=True)
class Planned:
    """A stretch that was recorded, before retention and the present are taken into account."""

    span: Span
    kind: RecordingKind


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something that the server noticed at this camera."""

    kind: str
    span: Span
    severity: str
    description: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """The habits of one camera.

    Attributes:
        seed: Tells the cameras' hashes apart.
        incidents: Holes, the first that covers an instant gives the reason.
        stopped_ms: No footage from this instant on, for ``stopped_reason``.
    """

    seed: int
    kind: RecordingKind
    incidents: tuple[Incident, ...] = ()
    stopped_ms: int | None = None
    stopped_reason: str = ""
    has_audio: bool = False

    def planned(self, window: Span) -> list[Planned]:
        """What is recorded inside the window: cut at hours, or one for each motion."""
        holes = union(span for span, _ in self.reasons(window))
        is_motion = self.kind is RecordingKind.MOTION
        pieces = self._motions(window) if is_motion else _hours(window)
        return [
            Planned(part, self.kind)
            for piece in pieces
            for part in _without(clip([piece], window), holes)
        ]

    def reasons(self, window: Span) -> list[tuple[Span, str]]:
        """Why there is nothing, most telling first; spans may overlap and reach out of the window."""
        found = [(span, item.reason) for item in self.incidents for span in item.within(window)]
        if self.stopped_ms is not None and self.stopped_ms < window.end_ms:
            stop = Span(self.stopped_ms, max(window.end_ms, self.stopped_ms))
            found.insert(0, (stop, self.stopped_reason))
        return found

    @property
    def quiet_reason(self) -> str:
        """The reason for an instant without footage that no incident covers."""
        if self.kind is RecordingKind.MOTION:
            return "motion_recording_no_motion"
        return "no_recording"

    def occurrences(self, window: Span) -> list[Occurrence]:
        """What was noticed and starts inside the window, sorted by start."""
        found = [
            Occurrence("motion", motion, _motion_severity(motion), "Motion in the picture")
            for motion in self._motions(window)
        ]
        found += _rare(self.seed, window, "tampering", 6 * HOUR_MS, 4)
        if self.has_audio:
            found += _rare(self.seed, window, "audio", HOUR_MS // 2, 3)
        inside = [item for item in found if window.contains(item.span.start_ms)]
        return sorted(inside, key=lambda item: item.span.start_ms)

    def _motions(self, window: Span) -> list[Span]:
        first = window.start_ms // DAY_MS
        last = (window.end_ms - 1) // DAY_MS
        return [
            motion
            for day in range(first, last + 1)
            for motion in _motions_of_day(self.seed, day)
            if motion.overlaps(window)
        ]


def _without(parts: list[Span], holes: list[Span]) -> list[Span]:
    """The parts without the holes; most parts meet none, and asking first is much quicker."""
    if not parts:
        return parts
    first = bisect_right(holes, parts[0].start_ms, key=lambda hole: hole.end_ms)
    last = bisect_left(holes, parts[-1].end_ms, key=lambda hole: hole.start_ms)
    return subtract(parts, holes[first:last]) if first < last else parts


def _hours(window: Span) -> list[Span]:
    first = window.start_ms // HOUR_MS
    last = (window.end_ms - 1) // HOUR_MS
    return [Span(hour * HOUR_MS, (hour + 1) * HOUR_MS) for hour in range(first, last + 1)]


@lru_cache(maxsize=512)
def _motions_of_day(seed: int, day: int) -> tuple[Span, ...]:
    """Up to one motion of 20 to 180 s in each slot of four minutes, fewer at night."""
    found = []
    for slot in range(DAY_MS // MOTION_SLOT_MS):
        roll = mix(seed, day, slot)
        hour = slot * MOTION_SLOT_MS // HOUR_MS
        chance = 62 if 6 <= hour < 19 else 24
        if roll % 100 >= chance:
            continue
        length_s = 20 + (roll >> 8) % 161
        offset_s = (roll >> 24) % (MOTION_SLOT_MS // 1000 - length_s - 8)
        start = day * DAY_MS + slot * MOTION_SLOT_MS + offset_s * 1000
        found.append(Span(start, start + length_s * 1000))
    return tuple(found)


def _motion_severity(motion: Span) -> str:
    return "medium" if motion.duration_ms > 120_000 else "low"


_RARE = {
    "tampering": (12_000, "high", "The picture was covered or moved"),
    "audio": (4_000, "medium", "Sound above the set level"),
}


def _rare(seed: int, window: Span, kind: str, slot_ms: int, one_in: int) -> list[Occurrence]:
    duration_ms, severity, text = _RARE[kind]
    found = []
    for slot in range(window.start_ms // slot_ms - 1, window.end_ms // slot_ms + 1):
        roll = mix(seed, slot, len(kind))
        if roll % one_in == 0:
            start = slot * slot_ms + (roll >> 8) % (slot_ms - duration_ms) // 1000 * 1000
            found.append(Occurrence(kind, Span(start, start + duration_ms), severity, text))
    return found
