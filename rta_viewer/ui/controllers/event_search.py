"""Finds the previous or next event where the timeline has not loaded events yet."""

from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from rta_viewer.core.clock import Clock
from rta_viewer.core.model import RecordingEvent
from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import DAY_MS
from rta_viewer.errors import NotOfferedError, RtaError
from rta_viewer.qt.workers import Lane, Task
from rta_viewer.ui.controllers.events import FetchEvents
from rta_viewer.ui.timeline.events import EventBook

MAX_A_MINUTE = 30
"""Servers allow 120 event requests a minute, and the timeline itself takes up to 30."""

FARTHEST_MS = 366 * DAY_MS
_FIRST_MS = DAY_MS
_STEP_MS = 31 * DAY_MS


@dataclass(frozen=True, slots=True)
class EventFound:
    """How a search ended.

    Attributes:
        instant_ms: Where the event starts; None where none was found.
        reached_ms: How far was looked, seen from where the search began.
        told: False where the server does not tell events.
        whole: All that there is was looked at; False when the search stopped at its bound.
    """

    direction: int
    instant_ms: int | None
    reached_ms: int
    told: bool = True
    whole: bool = True


class EventSearch(QObject):
    """One search at a time, the latest wins; piece by piece: a day first, then months. GUI thread.

    What it loads goes to whoever fills the book; it goes on once that is done.

    Signals:
        found: An :class:`EventFound`.
        reached: The instant, an int in ms, up to which there is no event.
        events_loaded: ``(camera id, window, events)``.
        problem: The :class:`RtaError` that ended a search.
    """

    found = Signal(object)
    reached = Signal(object)
    events_loaded = Signal(str, object, object)
    problem = Signal(object)

    def __init__(
        self,
        fetch: FetchEvents,
        book: EventBook,
        clock: Clock,
        lane: Lane,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._book = book
        self._clock = clock
        self._lane = lane
        self._task: Task | None = None
        self._asked_at_s: deque[float] = deque(maxlen=MAX_A_MINUTE)

    @property
    def running(self) -> bool:
        """True while a search goes on."""
        return self._task is not None

    def look(
        self, camera_id: str, from_ms: int, direction: int, oldest_ms: int | None = None
    ) -> None:
        """Look for a start later (1) or earlier (-1) than an instant; nothing is older than ``oldest_ms``."""
        self.close()
        if direction > 0:
            end_ms, bound_ms = self._clock.now_ms(), from_ms + FARTHEST_MS
            limits = Span(from_ms, max(from_ms, min(end_ms, bound_ms)))
            whole = end_ms <= bound_ms
        else:
            bound_ms = max(0, from_ms - FARTHEST_MS)
            start_ms = bound_ms if oldest_ms is None else max(oldest_ms, bound_ms)
            limits = Span(min(start_ms, from_ms), from_ms)
            whole = oldest_ms is not None and oldest_ms >= bound_ms
        self._go_on(_Quest(camera_id, direction, limits, whole), _FIRST_MS)

    def close(self) -> None:
        """Drop what is under way."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _go_on(self, quest: "_Quest", size_ms: int) -> None:
        found_ms, unknown = quest.known(self._book)
        if unknown is None:
            reached_ms = quest.limits.end_ms if quest.direction > 0 else quest.limits.start_ms
            self.found.emit(EventFound(quest.direction, found_ms, reached_ms, whole=quest.whole))
            return
        reached_ms = unknown.start_ms if quest.direction > 0 else unknown.end_ms
        if not self._may_ask():
            self.found.emit(EventFound(quest.direction, None, reached_ms, whole=False))
            return
        self.reached.emit(reached_ms)
        self._ask(quest, _nearest(unknown, quest.direction, size_ms))

    def _ask(self, quest: "_Quest", piece: Span) -> None:
        fetch = self._fetch

        def succeeded(events: list[RecordingEvent]) -> None:
            if self._task is task:
                self._task = None
                self.events_loaded.emit(quest.camera_id, piece, events)
                self._go_on(quest, _STEP_MS)

        def failed(error: RtaError) -> None:
            if self._task is not task:
                return
            self._task = None
            if isinstance(error, NotOfferedError):
                self.found.emit(EventFound(quest.direction, None, piece.end_ms, told=False))
            else:
                self.problem.emit(error)

        def cancelled() -> None:
            if self._task is task:
                self._task = None

        task = self._task = self._lane.submit(
            lambda cancel: list(fetch(quest.camera_id, piece, cancel)),
            self,
            succeeded,
            failed,
            cancelled,
        )

    def _may_ask(self) -> bool:
        now_s, asked = self._clock.monotonic_s(), self._asked_at_s
        if len(asked) == MAX_A_MINUTE and now_s - asked[0] < 60:
            return False
        asked.append(now_s)
        return True


@dataclass(frozen=True, slots=True)
class _Quest:
    camera_id: str
    direction: int
    limits: Span
    whole: bool

    def known(self, book: EventBook) -> tuple[int | None, Span | None]:
        """The event that is next, if it is known, or else the nearest part of which nothing is known."""
        band, limits = book.band(self.camera_id), self.limits
        if self.direction > 0:
            found = band.next_start(limits.start_ms)
            reach = limits if found is None else Span(limits.start_ms, min(found, limits.end_ms))
            missing = band.missing(reach)
            return found, missing[0] if missing else None
        found = band.previous_start(limits.end_ms)
        reach = limits if found is None else Span(max(found, limits.start_ms), limits.end_ms)
        missing = band.missing(reach)
        return found, missing[-1] if missing else None


def _nearest(span: Span, direction: int, size_ms: int) -> Span:
    """The part of a span that is next to where the search comes from."""
    if direction > 0:
        return Span(span.start_ms, min(span.end_ms, span.start_ms + size_ms))
    return Span(max(span.start_ms, span.end_ms - size_ms), span.end_ms)
