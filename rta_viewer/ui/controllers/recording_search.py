"""Finds the previous or next recording where the timeline has not loaded it yet."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import Clock
from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import DAY_MS
from rta_viewer.errors import RtaError
from rta_viewer.qt.workers import Lane, Task
from rta_viewer.ui.controllers.availability import Fetch
from rta_viewer.ui.timeline.bands import Band
from rta_viewer.ui.timeline.segments import Answer, Look, answer_of

MAX_A_MINUTE = 20
"""Servers allow 100 timeline requests a minute, and the timeline itself takes up to 60."""

_FIRST_MS = DAY_MS
_STEP_MS = 31 * DAY_MS
_FARTHEST_MS = 366 * DAY_MS


@dataclass(frozen=True, slots=True)
class Found:
    """How a search ended.

    Attributes:
        instant_ms: Where the recording starts; None where none was found.
        searched: What was looked at; None where there was nothing to look at.
        told: False where the server does not say what was recorded, or may not.
    """

    direction: int
    instant_ms: int | None
    searched: Span | None
    told: bool = True


class RecordingSearch(QObject):
    """One search at a time, the latest wins: a day first, then months, up to a year. GUI thread.

    Signals:
        found: A :class:`Found`.
        answer_loaded: An :class:`Answer` that the timeline can use.
        problem: The :class:`RtaError` that ended a search.
    """

    found = Signal(object)
    answer_loaded = Signal(object)
    problem = Signal(object)

    def __init__(
        self, fetch: Fetch, clock: Clock, lane: Lane, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._clock = clock
        self._lane = lane
        self._task: Task | None = None
        self._asked_at_s: deque[float] = deque(maxlen=MAX_A_MINUTE)

    def look(self, camera_id: str, from_ms: int, direction: int) -> None:
        """Look for a start later (1) or earlier (-1) than an instant."""
        self.close()
        now_ms = self._clock.now_ms()

        def work(cancel: CancelToken) -> tuple[Found, list[Answer]]:
            return self._search(camera_id, _windows(from_ms, direction, now_ms), direction, cancel)

        def succeeded(result: tuple[Found, list[Answer]]) -> None:
            if self._task is task:
                self._task = None
                for answer in result[1]:
                    self.answer_loaded.emit(answer)
                self.found.emit(result[0])

        def failed(error: RtaError) -> None:
            if self._task is task:
                self._task = None
                self.problem.emit(error)

        task = self._task = self._lane.submit(work, self, succeeded, failed)

    def close(self) -> None:
        """Drop what is under way."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _search(
        self, camera_id: str, windows: Iterable[Span], direction: int, cancel: CancelToken
    ) -> tuple[Found, list[Answer]]:
        """Worker threads."""
        band, answers = Band(), list[Answer]()
        searched: Span | None = None
        start_ms: int | None = None
        for window in windows:
            cancel.raise_if_cancelled()
            if start_ms is not None or not self._may_ask():
                break
            answer = answer_of(self._fetch(camera_id, window, cancel))
            band.merge(answer)
            answers.append(answer)
            searched = window if searched is None else _around(searched, window)
            if not _told(answer):
                return Found(direction, None, searched, told=False), answers
            start_ms = _start_in(band, direction, searched)
        return Found(direction, start_ms, searched), answers

    def _may_ask(self) -> bool:
        """Worker threads, one at a time: a search that was dropped asks no more."""
        now_s, asked = self._clock.monotonic_s(), self._asked_at_s
        if len(asked) == MAX_A_MINUTE and now_s - asked[0] < 60:
            return False
        asked.append(now_s)
        return True


def known_start(band: Band, from_ms: int, direction: int) -> int | None:
    """The start that is certain from what is loaded: nothing between is unknown, and it is no mere edge."""
    found = band.next_recording(from_ms) if direction > 0 else band.previous_recording(from_ms)
    if found is None or band.at(found - 1) is None:
        return None
    between = Span(min(found, from_ms), max(found, from_ms))
    known = not band.missing(between)
    certain = all(segment.look is not Look.NO_ANSWER for segment in band.segments(between))
    return found if known and certain else None


def _windows(from_ms: int, direction: int, now_ms: int) -> Iterator[Span]:
    """Adjoining pieces, away from the instant."""
    at_ms, size_ms = from_ms, _FIRST_MS
    last_ms = min(from_ms + _FARTHEST_MS, now_ms) if direction > 0 else from_ms - _FARTHEST_MS
    while at_ms < last_ms if direction > 0 else at_ms > max(0, last_ms):
        if direction > 0:
            following_ms = min(at_ms + size_ms, last_ms)
            yield Span(at_ms, following_ms)
        else:
            following_ms = max(at_ms - size_ms, last_ms, 0)
            yield Span(following_ms, at_ms)
        at_ms, size_ms = following_ms, _STEP_MS


def _told(answer: Answer) -> bool:
    return all(segment.look not in {Look.UNKNOWN, Look.NOT_ALLOWED} for segment in answer.segments)


def _around(one: Span, other: Span) -> Span:
    return Span(min(one.start_ms, other.start_ms), max(one.end_ms, other.end_ms))


def _start_in(band: Band, direction: int, searched: Span) -> int | None:
    if direction > 0:
        return band.next_recording(searched.start_ms)
    found = band.previous_recording(searched.end_ms)
    # A recording that reaches to the edge may have begun before it.
    return None if found == searched.start_ms else found
