"""Turns a server's answer about recordings into what the timeline draws. No Qt, any thread.

A month of motion recordings is thousands of stretches, and sorting them out takes longer than a frame: the
thread that fetched the answer does it, and the GUI thread only puts the result in its place.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from rta_viewer.core.model import Availability, AvailabilityState, Gap, Recording, RecordingKind
from rta_viewer.core.spans import Span


class Look(StrEnum):
    """How a stretch of time is drawn, most telling first: the first wins where many share one pixel."""

    RECORDED = "recorded"
    MOTION = "motion"
    NO_ANSWER = "no_answer"
    NOT_ALLOWED = "not_allowed"
    UNKNOWN = "unknown"
    GAP = "gap"
    NOT_LOADED = "not_loaded"


LOOKS = tuple(Look)
FOOTAGE = frozenset({Look.RECORDED, Look.MOTION})
_STATE_LOOKS = {
    AvailabilityState.NOT_OFFERED: Look.UNKNOWN,
    AvailabilityState.NOT_ALLOWED: Look.NOT_ALLOWED,
    AvailabilityState.NO_ANSWER: Look.NO_ANSWER,
}


class Segment(NamedTuple):
    """A stretch ``[start_ms, end_ms)`` of one look. ``reason`` is the server's word for a gap."""

    start_ms: int
    end_ms: int
    look: Look
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of ``window``: its segments fill it, ascending, without holes."""

    camera_id: str
    window: Span
    segments: tuple[Segment, ...]


def answer_of(availability: Availability) -> Answer:
    """Sort out what a server said. O(n log n), also where it contradicts itself."""
    window = availability.window
    look = _STATE_LOOKS.get(availability.state)
    if window.is_empty:
        segments: Iterable[Segment] = ()
    elif look is not None:
        segments = (Segment(window.start_ms, window.end_ms, look),)
    else:
        recorded = list(_recorded(availability.recordings, window))
        segments = joined(_filled(recorded, list(_explained(availability.gaps)), window))
    return Answer(availability.camera_id, window, tuple(segments))


def joined(segments: Iterable[Segment]) -> list[Segment]:
    """Neighbours that touch and look alike become one."""
    found: list[Segment] = []
    for segment in segments:
        if found:
            last = found[-1]
            if last[1] == segment[0] and last[2] is segment[2] and last[3] == segment[3]:
                found[-1] = Segment(last[0], segment[1], last[2], last[3])
                continue
        found.append(segment)
    return found


def _recorded(recordings: Sequence[Recording], window: Span) -> Iterator[Segment]:
    """The recordings inside the window, disjoint: where two overlap, the earlier one counts."""
    free_from = window.start_ms
    for recording in sorted(recordings, key=_start_of):
        start = max(recording.span.start_ms, free_from)
        end = min(recording.span.end_ms, window.end_ms)
        if start < end:
            motion = recording.kind is RecordingKind.MOTION
            yield Segment(start, end, Look.MOTION if motion else Look.RECORDED)
            free_from = end


def _explained(gaps: Sequence[Gap]) -> Iterator[Segment]:
    """The gaps that the server named, disjoint."""
    free_from: int | None = None
    for gap in sorted(gaps, key=_start_of):
        start = gap.span.start_ms if free_from is None else max(gap.span.start_ms, free_from)
        if start < gap.span.end_ms:
            yield Segment(start, gap.span.end_ms, Look.GAP, gap.reason)
            free_from = gap.span.end_ms


def _start_of(piece: Recording | Gap) -> tuple[int, int]:
    return piece.span.start_ms, piece.span.end_ms


def _filled(recorded: list[Segment], named: list[Segment], window: Span) -> Iterator[Segment]:
    """The recordings, and between them gaps: with their reason where the server gave one."""
    first = 0
    cursor = window.start_ms
    for segment in (*recorded, Segment(window.end_ms, window.end_ms, Look.GAP)):
        until = segment.start_ms
        while first < len(named) and named[first].end_ms <= cursor:
            first += 1
        at = first
        while at < len(named) and named[at].start_ms < until:
            gap = named[at]
            start, end = max(gap.start_ms, cursor), min(gap.end_ms, until)
            if start > cursor:
                yield Segment(cursor, start, Look.GAP)
            if start < end:
                yield Segment(start, end, Look.GAP, gap.reason)
                cursor = end
            at += 1
        if cursor < until:
            yield Segment(cursor, until, Look.GAP)
        if segment.start_ms < segment.end_ms:
            yield segment
        cursor = segment.end_ms
