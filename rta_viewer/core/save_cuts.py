"""Where one camera's range is cut into files, and how much footage is in each. Nothing is asked."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from rta_viewer.core.model import Availability, Camera, Recording
from rta_viewer.core.save_choices import GapPolicy
from rta_viewer.core.spans import Span, union

LONGEST_PART_MS = 24 * 3_600_000
"""A longer range becomes several exports: what a server makes in one piece it also loses in one piece."""

_JOINED_MS = 1_000
"""Recordings follow one another with such small gaps where a server begins a new file."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One file, before it has a name and a form.

    Attributes:
        recorded_ms: Footage in it, None when nobody knows.
        original_bytes: About how large it is as it was recorded, None when nobody knows.
        codec: Of the original pictures, upper case, empty when unknown.
    """

    span: Span
    recorded_ms: int | None
    original_bytes: float | None
    codec: str


@dataclass(frozen=True, slots=True)
class Range:
    """What is asked of every camera alike."""

    span: Span
    gaps: GapPolicy


class Cutter:
    """Cuts anew only where something else is known: a camera may have thousands of recordings. One thread."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Range, Camera, Availability | None, tuple[Cut, ...]]] = {}

    def cuts(self, asked: Range, camera: Camera, recorded: Availability | None) -> tuple[Cut, ...]:
        """As :func:`cuts_of`."""
        kept = self._kept.get(camera.camera_id)
        if kept and kept[0] == asked and kept[1] is camera and kept[2] is recorded:
            return kept[3]
        found = cuts_of(asked, camera, recorded)
        self._kept[camera.camera_id] = asked, camera, recorded, found
        return found


def cuts_of(asked: Range, camera: Camera, recorded: Availability | None) -> tuple[Cut, ...]:
    """What to ask of a camera; nothing where nothing is known to be recorded.

    Args:
        asked: Of all cameras.
        camera: Of this one.
        recorded: What it has within the range, None when nobody knows.
    """
    if recorded is None:
        return tuple(_unknown(camera, part) for part in parts_of(asked.span))
    shelf = _Shelf(recorded.recordings)
    if asked.gaps is GapPolicy.APART:
        spans = [part for one in _joined(shelf.stretches()) for part in parts_of(one)]
    else:
        # Of a mistyped year only the days between the first and the last recording are looked at.
        spans = [part for part in parts_of(asked.span, shelf.reach) if shelf.within(part)]
    return tuple(_known(camera, span, shelf.within(span)) for span in spans)


def part_count(span: Span) -> int:
    """How many pieces :func:`parts_of` makes of all of a span."""
    return -(-span.duration_ms // LONGEST_PART_MS)


def parts_of(span: Span, reach: Span | None = None) -> list[Span]:
    """The span in pieces of at most :data:`LONGEST_PART_MS` each; only those that touch ``reach``."""
    starts = range(span.start_ms, span.end_ms, LONGEST_PART_MS)
    if reach is not None:
        first = max(0, (reach.start_ms - span.start_ms) // LONGEST_PART_MS)
        behind = part_count(Span(span.start_ms, max(span.start_ms, reach.end_ms)))
        starts = starts[first:behind]
    return [Span(start, min(start + LONGEST_PART_MS, span.end_ms)) for start in starts]


class _Shelf:
    """Recordings that are found by their times. They are sorted, but may overlap."""

    def __init__(self, recordings: Sequence[Recording]) -> None:
        self._recordings = recordings
        self._starts = [each.span.start_ms for each in recordings]
        self._ends = list(accumulate((each.span.end_ms for each in recordings), max))

    @property
    def reach(self) -> Span:
        """From the first to the last recording; empty without any."""
        return Span(self._starts[0], self._ends[-1]) if self._starts else Span(0, 0)

    def stretches(self) -> list[Span]:
        return union(each.span for each in self._recordings)

    def within(self, span: Span) -> list[tuple[int, Recording]]:
        """The recordings that reach into a span, and how many milliseconds each is inside."""
        first = bisect_right(self._ends, span.start_ms)
        last = bisect_left(self._starts, span.end_ms)
        return [
            (inside.duration_ms, each)
            for each in self._recordings[first:last]
            if (inside := each.span.clip(span)) is not None
        ]


def _joined(stretches: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for one in stretches:
        if found and one.start_ms - found[-1].end_ms <= _JOINED_MS:
            found[-1] = Span(found[-1].start_ms, one.end_ms)
        else:
            found.append(one)
    return found


def _unknown(camera: Camera, span: Span) -> Cut:
    return Cut(span, None, _by_rate(camera, span.duration_ms), _codec(camera, set()))


def _known(camera: Camera, span: Span, inside: Sequence[tuple[int, Recording]]) -> Cut:
    """Bytes as the server says of its recordings, or by the bit rate."""
    recorded_ms = sum(length_ms for length_ms, _ in inside)
    codec = _codec(camera, {each.codec for _, each in inside})
    if not inside or any(each.size_bytes is None for _, each in inside):
        return Cut(span, recorded_ms, _by_rate(camera, recorded_ms), codec)
    stored = sum(
        (each.size_bytes or 0) * length_ms / each.span.duration_ms for length_ms, each in inside
    )
    return Cut(span, recorded_ms, stored, codec)


def _by_rate(camera: Camera, length_ms: int) -> float | None:
    stream = camera.main_stream
    if stream is None or not stream.bitrate_kbps:
        return None
    return length_ms * stream.bitrate_kbps / 8


def _codec(camera: Camera, said: set[str]) -> str:
    stream = camera.main_stream
    found = {each for each in said if each} or {stream.codec if stream else ""}
    return "H265" if "H265" in found else next(iter(found))
