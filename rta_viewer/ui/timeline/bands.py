"""What is known about the recordings of the cameras, piece by piece as the answers arrive. No Qt."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rta_viewer.core.spans import Span, gaps, subtract, union
from rta_viewer.core.timescale import TimeScale
from rta_viewer.ui.timeline.segments import FOOTAGE, LOOKS, Answer, Look, Segment, joined

_RANK = {look: rank for rank, look in enumerate(Look)}


@dataclass(frozen=True, slots=True)
class Run:
    """Pixels ``[x, end_x)`` of one look."""

    x: int
    end_x: int
    look: Look


_Column = tuple[int, NDArray[np.int64], NDArray[np.int64]]


class Band:
    """One camera's segments: sorted, disjoint, with holes where nothing was asked yet."""

    def __init__(self) -> None:
        self._segments: list[Segment] = []
        self._starts: list[int] = []
        self._known: list[Span] = []
        self._arrays: list[_Column] | None = None

    def merge(self, answer: Answer) -> None:
        """Replace what was known inside the answer's window."""
        window = answer.window
        if not answer.segments:
            return
        self._known = union([*self._known, window])
        first = bisect_right(self._starts, window.start_ms)
        if first and self._segments[first - 1].end_ms > window.start_ms:
            first -= 1
        last = bisect_left(self._starts, window.end_ms)
        replaced = self._segments[first:last]
        before: list[Segment] = []
        after: list[Segment] = []
        if replaced and replaced[0].start_ms < window.start_ms:
            before.append(replaced[0]._replace(end_ms=window.start_ms))
        if replaced and replaced[-1].end_ms > window.end_ms:
            after.append(replaced[-1]._replace(start_ms=window.end_ms))
        # One more on each side, so that a recording which was cut at a window's edge becomes whole again.
        if not before and first:
            first -= 1
            before.append(self._segments[first])
        if not after and last < len(self._segments):
            after.append(self._segments[last])
            last += 1
        fresh = list(answer.segments)
        fresh[-1:] = joined([fresh[-1], *after])
        fresh[:1] = joined([*before, fresh[0]])
        self._segments[first:last] = fresh
        self._starts[first:last] = [segment.start_ms for segment in fresh]
        self._arrays = None

    def forget(self, look: Look) -> None:
        """Drop every segment of one look, so that it counts as not loaded again."""
        forgotten = [Span(s.start_ms, s.end_ms) for s in self._segments if s.look is look]
        if not forgotten:
            return
        self._known = subtract(self._known, forgotten)
        self._segments = [segment for segment in self._segments if segment.look is not look]
        self._starts = [segment.start_ms for segment in self._segments]
        self._arrays = None

    def segments(self, span: Span) -> Iterator[Segment]:
        """Those that touch ``span``, ascending. O(log n) to the first."""
        index = max(0, bisect_right(self._starts, span.start_ms) - 1)
        while index < len(self._segments) and self._segments[index].start_ms < span.end_ms:
            if self._segments[index].end_ms > span.start_ms:
                yield self._segments[index]
            index += 1

    def at(self, instant_ms: int) -> Segment | None:
        """The segment that contains the instant; None where nothing was loaded."""
        return next(self.segments(Span(instant_ms, instant_ms + 1)), None)

    def gap_near(self, instant_ms: float, within_ms: float) -> Segment | None:
        """The gap that contains the instant, or the nearest one not farther away than that."""
        around = Span(max(0, round(instant_ms - within_ms)), round(instant_ms + within_ms) + 1)
        return min(
            (segment for segment in self.segments(around) if segment.look is Look.GAP),
            key=lambda gap: max(gap.start_ms - instant_ms, instant_ms - gap.end_ms, 0),
            default=None,
        )

    def missing(self, span: Span) -> list[Span]:
        """The parts of ``span`` of which nothing is known."""
        return gaps(self._known, span)

    def footage(self, span: Span) -> int:
        """Milliseconds of known footage inside ``span``."""
        return sum(
            min(s.end_ms, span.end_ms) - max(s.start_ms, span.start_ms)
            for s in self.segments(span)
            if s.look in FOOTAGE
        )

    def next_recording(self, instant_ms: int) -> int | None:
        """The first start of footage later than the instant, as far as is known."""
        for index in range(bisect_right(self._starts, instant_ms), len(self._segments)):
            if self._begins_recording(index):
                return self._segments[index].start_ms
        return None

    def previous_recording(self, instant_ms: int) -> int | None:
        """The last start of footage earlier than the instant, as far as is known."""
        for index in range(bisect_left(self._starts, instant_ms) - 1, -1, -1):
            if self._begins_recording(index):
                return self._segments[index].start_ms
        return None

    def looks(self, scale: TimeScale, width: int) -> NDArray[np.uint8]:
        """For each of ``width`` pixels the index in ``LOOKS`` of the most telling look that touches it."""
        found = np.full(width, _RANK[Look.NOT_LOADED], np.uint8)
        start_ms, px_a_ms = scale.start_ms, width / scale.window_ms
        for rank, starts, ends in self._columns():
            first = ends.searchsorted(math.floor(start_ms), side="right")
            last = starts.searchsorted(math.ceil(scale.end_ms), side="left")
            if first >= last:
                continue
            left = ((starts[first:last] - start_ms) * px_a_ms).astype(np.intp)
            right = np.ceil((ends[first:last] - start_ms) * px_a_ms).astype(np.intp)
            # Not clip(): it looks up the limits of the type each time, which takes longer than the work.
            np.minimum(np.maximum(left, 0, out=left), width - 1, out=left)
            np.minimum(np.maximum(right, left + 1, out=right), width, out=right)
            # One more segment from each left edge on, one less from each right edge on.
            open_ = np.bincount(left, minlength=width + 1)
            open_ -= np.bincount(right, minlength=width + 1)
            np.putmask(found, open_[:width].cumsum() > 0, rank)
        return found

    def runs(self, scale: TimeScale) -> list[Run]:
        """The same as stretches of pixels."""
        looks = self.looks(scale, scale.width_px)
        changes = (np.flatnonzero(np.diff(looks)) + 1).tolist()
        edges = [0, *changes, scale.width_px]
        return [Run(x, end_x, LOOKS[looks[x]]) for x, end_x in pairwise(edges)]

    def _columns(self) -> list[_Column]:
        """Starts and ends of each look, the most telling look last: it is painted over the others."""
        if self._arrays is None:
            by_rank: dict[int, list[Segment]] = {}
            for segment in self._segments:
                by_rank.setdefault(_RANK[segment.look], []).append(segment)
            self._arrays = [
                (
                    rank,
                    np.array([segment.start_ms for segment in by_rank[rank]], np.int64),
                    np.array([segment.end_ms for segment in by_rank[rank]], np.int64),
                )
                for rank in sorted(by_rank, reverse=True)
            ]
        return self._arrays

    def _begins_recording(self, index: int) -> bool:
        segment = self._segments[index]
        if segment.look not in FOOTAGE:
            return False
        before = self._segments[index - 1] if index else None
        return before is None or before.look not in FOOTAGE or before.end_ms < segment.start_ms


class BandBook:
    """The bands of all cameras. GUI thread; the timeline draws from it, the loader asks what is missing."""

    def __init__(self) -> None:
        self._bands: dict[str, Band] = {}

    def band(self, camera_id: str) -> Band:
        """The camera's band, empty when nothing is known."""
        return self._bands.setdefault(camera_id, Band())

    def merge(self, answer: Answer) -> None:
        """Take in one answer."""
        self.band(answer.camera_id).merge(answer)

    def clear(self) -> None:
        """Forget everything (another server)."""
        self._bands.clear()
