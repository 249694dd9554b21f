"""Half-open spans of UTC time in integer milliseconds, and the arithmetic on lists of them.

A list of spans is *normal* when it is sorted, disjoint and without empty or touching members. Every
function here takes any iterable and returns a normal list.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """``[start_ms, end_ms)`` in milliseconds since 1970-01-01 UTC.

    Raises:
        ValueError: ``end_ms`` lies before ``start_ms``.
    """

    start_ms: int
    end_ms: int

    def __post_init__(self) -> None:
        if self.end_ms < self.start_ms:
            msg = f"span ends ({self.end_ms}) before it starts ({self.start_ms})"
            raise ValueError(msg)

    @property
    def duration_ms(self) -> int:
        """Length in milliseconds."""
        return self.end_ms - self.start_ms

    @property
    def is_empty(self) -> bool:
        """True when no instant lies inside."""
        return self.end_ms == self.start_ms

    def contains(self, instant_ms: int) -> bool:
        """True when the instant lies inside; the end does not."""
        return self.start_ms <= instant_ms < self.end_ms

    def overlaps(self, other: "Span") -> bool:
        """True when at least one instant lies in both."""
        return self.start_ms < other.end_ms and other.start_ms < self.end_ms

    def clip(self, window: "Span") -> "Span | None":
        """The part inside ``window``, or None when nothing is."""
        start = max(self.start_ms, window.start_ms)
        end = min(self.end_ms, window.end_ms)
        return Span(start, end) if start < end else None


def union(spans: Iterable[Span]) -> list[Span]:
    """All instants that lie in at least one span, as a normal list."""
    merged: list[Span] = []
    for span in sorted(spans):
        if span.is_empty:
            continue
        if merged and span.start_ms <= merged[-1].end_ms:
            if span.end_ms > merged[-1].end_ms:
                merged[-1] = Span(merged[-1].start_ms, span.end_ms)
        else:
            merged.append(span)
    return merged


def clip(spans: Iterable[Span], window: Span) -> list[Span]:
    """The parts of the spans that lie inside ``window``, as a normal list."""
    return union(part for span in spans if (part := span.clip(window)) is not None)


def gaps(spans: Iterable[Span], window: Span) -> list[Span]:
    """What of ``window`` no span covers, as a normal list."""
    found: list[Span] = []
    cursor = window.start_ms
    for span in clip(spans, window):
        if span.start_ms > cursor:
            found.append(Span(cursor, span.start_ms))
        cursor = span.end_ms
    if cursor < window.end_ms:
        found.append(Span(cursor, window.end_ms))
    return found


def subtract(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    """The instants of ``spans`` that lie in no hole, as a normal list. O(n log n) in both together."""
    closed = union(holes)
    found: list[Span] = []
    first = 0
    for span in union(spans):
        cursor = span.start_ms
        while first < len(closed) and closed[first].end_ms <= cursor:
            first += 1
        while first < len(closed) and closed[first].start_ms < span.end_ms:
            if closed[first].start_ms > cursor:
                found.append(Span(cursor, closed[first].start_ms))
            cursor = closed[first].end_ms
            if cursor > span.end_ms:
                break
            first += 1
        if cursor < span.end_ms:
            found.append(Span(cursor, span.end_ms))
    return found


def total_ms(spans: Iterable[Span]) -> int:
    """How many milliseconds at least one span covers."""
    return sum(span.duration_ms for span in union(spans))


def find(spans: Sequence[Span], instant_ms: int) -> Span | None:
    """The member of a *normal* list that contains the instant, or None. O(log n)."""
    index = bisect_right(spans, instant_ms, key=lambda span: span.start_ms) - 1
    if index >= 0 and spans[index].contains(instant_ms):
        return spans[index]
    return None


def next_start(spans: Sequence[Span], instant_ms: int) -> int | None:
    """The first start later than the instant in a *normal* list, or None."""
    index = bisect_right(spans, instant_ms, key=lambda span: span.start_ms)
    return spans[index].start_ms if index < len(spans) else None


def previous_start(spans: Sequence[Span], instant_ms: int) -> int | None:
    """The last start earlier than the instant in a *normal* list, or None."""
    index = bisect_right(spans, instant_ms - 1, key=lambda span: span.start_ms) - 1
    return spans[index].start_ms if index >= 0 else None
