"""What the servers noticed, camera by camera, ready to be drawn: sorted, and counted per pixel by numpy."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from rta_viewer.core.model import RecordingEvent
from rta_viewer.core.spans import Span, gaps, union
from rta_viewer.core.timescale import TimeScale


class EventBand:
    """One camera's events by their start, and the spans of which they are known."""

    def __init__(self) -> None:
        self._events: list[RecordingEvent] = []
        self._starts: list[int] = []
        self._known: list[Span] = []
        self._array: NDArray[np.int64] = np.empty(0, np.int64)

    def merge(self, window: Span, events: Iterable[RecordingEvent]) -> None:
        """Replace what was known inside ``window``."""
        first = bisect_left(self._starts, window.start_ms)
        last = bisect_left(self._starts, window.end_ms)
        inside = (event for event in events if window.contains(event.span.start_ms))
        self._events[first:last] = sorted(inside, key=lambda event: event.span.start_ms)
        self._starts = [event.span.start_ms for event in self._events]
        self._array = np.array(self._starts, np.int64)
        self._known = union([*self._known, window])

    def missing(self, span: Span) -> list[Span]:
        """The parts of ``span`` of which nothing is known."""
        return gaps(self._known, span)

    def pixels(self, scale: TimeScale, width: int) -> NDArray[np.intp]:
        """The x of all events in sight, each once, for a scale drawn ``width`` pixels wide."""
        first = bisect_left(self._starts, scale.start_ms)
        last = bisect_left(self._starts, scale.end_ms)
        x = (self._array[first:last] - scale.start_ms) * (width / scale.window_ms)
        touched = np.zeros(width + 1, np.bool_)
        touched[x.astype(np.intp)] = True
        return np.flatnonzero(touched[:width])

    def around(self, instant_ms: float, within_ms: float) -> RecordingEvent | None:
        """The event whose start is nearest, not farther away than that; or one that lasts."""
        first = bisect_left(self._starts, instant_ms - within_ms)
        last = bisect_right(self._starts, instant_ms + within_ms)
        near = self._events[first:last]
        if near:
            return min(near, key=lambda event: abs(event.span.start_ms - instant_ms))
        before = self._events[first - 1] if first else None
        return before if before is not None and before.span.contains(round(instant_ms)) else None

    def next_start(self, instant_ms: int) -> int | None:
        """The first start later than the instant, as far as is known."""
        index = bisect_right(self._starts, instant_ms)
        return self._starts[index] if index < len(self._starts) else None

    def previous_start(self, instant_ms: int) -> int | None:
        """The last start earlier than the instant, as far as is known."""
        index = bisect_left(self._starts, instant_ms)
        return self._starts[index - 1] if index else None


class EventBook:
    """The events of all cameras. GUI thread."""

    def __init__(self) -> None:
        self._bands: dict[str, EventBand] = {}

    def band(self, camera_id: str) -> EventBand:
        """The camera's events, empty when nothing is known."""
        return self._bands.setdefault(camera_id, EventBand())

    def clear(self) -> None:
        """Forget everything (another server)."""
        self._bands.clear()
