"""Gets the totals of a calendar's month: from what the timeline knows, otherwise by one request."""

from collections import deque
from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import Clock
from rta_viewer.core.day_totals import day_totals
from rta_viewer.core.spans import Span
from rta_viewer.errors import RtaError
from rta_viewer.qt.workers import Lane, Task
from rta_viewer.ui.calendar.month import Month
from rta_viewer.ui.controllers.availability import Fetch
from rta_viewer.ui.timeline.bands import BandBook
from rta_viewer.ui.timeline.segments import FOOTAGE, Answer, Look, Segment, answer_of

MAX_A_MINUTE = 25
"""Servers allow 100 timeline requests a minute, and the timeline itself takes up to 60."""

_SETTLE_MS = 120
_FRESH_MS = 60_000
"""The last minute of recordings is not worth a request."""

_UNKNOWN = frozenset({Look.NO_ANSWER, Look.NOT_ALLOWED, Look.UNKNOWN})


class CalendarController(QObject):
    """One request at a time, for the month that is shown; turning the page drops the one before.

    Whoever leafs quickly is only asked about where it ends, and never too often: the timeline asks, too.

    Signals:
        month_loaded: A :class:`Month` with totals, or with the reason why there are none.
        answer_loaded: What the timeline can use of it: an :class:`Answer`.
    """

    month_loaded = Signal(object)
    answer_loaded = Signal(object)

    def __init__(
        self,
        fetch: Fetch,
        book: BandBook,
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
        self._wanted: Month | None = None
        self._asked_at_s: deque[float] = deque(maxlen=MAX_A_MINUTE)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.timeout.connect(self._on_settled)

    @Slot(object)
    def load(self, month: Month) -> None:
        """Find out about a month."""
        self.close()
        self._wanted = month
        self._settle.start(_SETTLE_MS)

    @Slot()
    def _on_settled(self) -> None:
        month = self._wanted
        if month is None:
            return
        window = Span(month.days[0].span.start_ms, month.days[-1].span.end_ms)
        past = window.clip(Span(0, max(1, self._clock.now_ms())))
        if past is None:
            self.month_loaded.emit(replace(month, look=Look.RECORDED))
            return
        band = self._book.band(month.camera_id)
        known = list(band.segments(past))
        complete = all(gap.duration_ms <= _FRESH_MS for gap in band.missing(past))
        answered = all(segment.look is not Look.NO_ANSWER for segment in known)
        if complete and answered:
            self._ask(month, past, known)
        elif (wait_s := self._wait_s()) > 0:
            self._settle.start(round(wait_s * 1000) + 1)
        else:
            self._asked_at_s.append(self._clock.monotonic_s())
            self._ask(month, past, None)

    def _wait_s(self) -> float:
        if len(self._asked_at_s) < MAX_A_MINUTE:
            return 0.0
        return self._asked_at_s[0] + 60 - self._clock.monotonic_s()

    def close(self) -> None:
        """Drop what is under way."""
        self._settle.stop()
        self._wanted = None
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _ask(self, month: Month, past: Span, known: list[Segment] | None) -> None:
        fetch = self._fetch

        def work(cancel: CancelToken) -> tuple[Month, Answer | None]:
            if known is not None:
                return _summed_up(month, known), None
            answer = answer_of(fetch(month.camera_id, past, cancel))
            return _summed_up(month, answer.segments), answer

        def succeeded(result: tuple[Month, Answer | None]) -> None:
            if self._task is task:
                self._task = None
                loaded, answer = result
                if answer is not None:
                    self.answer_loaded.emit(answer)
                self.month_loaded.emit(loaded)

        def failed(_error: RtaError) -> None:
            if self._task is task:
                self._task = None
                self.month_loaded.emit(replace(month, look=Look.NO_ANSWER))

        task = self._task = self._lane.submit(work, self, succeeded, failed)


def _summed_up(month: Month, segments: Iterable[Segment]) -> Month:
    footage: list[Span] = []
    for segment in segments:
        if segment.look in FOOTAGE:
            footage.append(Span(segment.start_ms, segment.end_ms))
        elif segment.look in _UNKNOWN:
            return replace(month, look=segment.look)
    totals = tuple(day_totals(month.days, footage))
    return replace(month, days=totals, look=Look.RECORDED)
