"""Loads what was recorded: only what is visible and a margin, never twice, the newest wish first."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import Clock
from rta_viewer.core.model import Availability, AvailabilityState
from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import DAY_MS, MINUTE_MS
from rta_viewer.errors import BusyError, RefusedError, RtaError
from rta_viewer.qt.throttle import Throttle
from rta_viewer.qt.workers import Lane, Task
from rta_viewer.ui.timeline.bands import BandBook
from rta_viewer.ui.timeline.segments import Answer, Look, answer_of

Fetch = Callable[[str, Span, CancelToken], Availability]

MAX_IN_FLIGHT = 2
MAX_A_MINUTE = 60
"""Servers allow 100 timeline requests a minute; somebody else may use the same account."""

_LONGEST_MS = 31 * DAY_MS
_MARGIN = 0.5
_THROTTLE_MS = 150
_RETRY_MS = 10_000
_TAIL_EVERY_MS = 20_000
_TAIL_MS = 3 * MINUTE_MS
_FRESH_MS = 15_000
"""What happened less than this ago is left to the timer: the window may creep along with "now"."""

_FRESH_A_CAMERA_MS = 2_000


@dataclass(frozen=True, slots=True)
class _Wish:
    camera_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Loaded:
    state: AvailabilityState
    answer: Answer


class AvailabilityController(QObject):
    """Keeps the :class:`BandBook` filled for the cameras and the window that are shown.

    One request a camera at a time, so that answers about one camera arrive in the order they were asked
    for; answers of a server that was left are dropped by their generation.

    Signals:
        availability_loaded: An :class:`Answer`, to be merged by the timeline.
        problem: The first :class:`RtaError` after things went well.
        recovered: Things go well again after a problem, which is the argument.
        not_offered: This server does not say what was recorded.
    """

    availability_loaded = Signal(object)
    problem = Signal(object)
    recovered = Signal(object)
    not_offered = Signal()

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
        self._cameras: tuple[str, ...] = ()
        self._window: Span | None = None
        self._generation = 0
        self._flying: dict[str, tuple[_Wish, Task]] = {}
        self._asked_at_s: deque[float] = deque()
        self._problem: RtaError | None = None
        self._said_not_offered = False
        self._tails: set[str] = set()
        self._throttle = Throttle(_THROTTLE_MS, self)
        self._throttle.fired.connect(self._on_due)
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self._on_retry)
        self._tail = QTimer(self)
        self._tail.setInterval(_TAIL_EVERY_MS)
        self._tail.timeout.connect(self._on_tail)

    @property
    def in_flight(self) -> int:
        """Requests that are under way."""
        return len(self._flying)

    def set_cameras(self, camera_ids: Sequence[str]) -> None:
        """Load these, the first of them first."""
        self._cameras = tuple(dict.fromkeys(camera_ids))
        self._tail.start()
        self._throttle.submit(None)

    @Slot(object)
    def set_window(self, window: Span) -> None:
        """This much is visible now; called as often as somebody drags."""
        self._window = window
        self._throttle.submit(None)

    def close(self) -> None:
        """Ask for nothing any more and drop what is still to come; ready for another server."""
        self._generation += 1
        self._problem = None
        self._said_not_offered = False
        self._throttle.cancel()
        self._retry.stop()
        self._tail.stop()
        self._cameras = ()
        self._tails.clear()
        for _, task in self._flying.values():
            task.cancel()
        self._flying.clear()

    def _wanted(self) -> Span | None:
        """The visible window with its margin, as far as it has happened."""
        if self._window is None:
            return None
        margin = min(round(self._window.duration_ms * _MARGIN), _LONGEST_MS)
        end_ms = min(self._window.end_ms + margin, self._clock.now_ms())
        start_ms = max(0, self._window.start_ms - margin)
        return Span(start_ms, end_ms) if start_ms < end_ms else None

    def _next_wish(self, camera_id: str) -> _Wish | None:
        wanted, window = self._wanted(), self._window
        if wanted is None or window is None:
            return None
        around = self._missing(camera_id, wanted)
        missing = [part for span in around if (part := span.clip(window)) is not None]
        if not missing:
            # What is visible is there: fill the margin only when little of it is left.
            missing = [part for part in around if _matters(part, window)]
        if not missing:
            return None
        start_ms = min(part.start_ms for part in around if part.end_ms >= missing[0].start_ms)
        end_ms = max(part.end_ms for part in around if part.start_ms <= missing[-1].end_ms)
        return _Wish(camera_id, Span(start_ms, min(end_ms, start_ms + _LONGEST_MS)))

    def _missing(self, camera_id: str, span: Span) -> list[Span]:
        """What is not known of a span, but for the last seconds, of which there is always more."""
        wait_ms = max(_FRESH_MS, len(self._cameras) * _FRESH_A_CAMERA_MS)
        fresh_ms = self._clock.now_ms() - wait_ms
        return [
            part for part in self._book.band(camera_id).missing(span) if part.start_ms < fresh_ms
        ]

    def _tail_wish(self, camera_id: str) -> _Wish | None:
        """The growing end of a camera's recordings, once after each tick of its timer."""
        if camera_id not in self._tails or self._said_not_offered:
            return None
        now_ms = self._clock.now_ms()
        return _Wish(camera_id, Span(now_ms - _TAIL_MS, now_ms))

    @Slot(object)
    def _on_due(self, _: object) -> None:
        self._drop_unwanted()
        for camera_id in self._cameras:
            if len(self._flying) >= MAX_IN_FLIGHT:
                return
            if camera_id in self._flying:
                continue
            wish = self._next_wish(camera_id) or self._tail_wish(camera_id)
            if wish is not None:
                if self._said_not_offered:
                    self._tell_unknown(wish)
                    continue
                if not self._may_ask():
                    return
                self._ask(wish)

    def _tell_unknown(self, wish: _Wish) -> None:
        self._tell(wish, AvailabilityState.NOT_OFFERED)

    def _tell(self, wish: _Wish, state: AvailabilityState) -> None:
        availability = Availability(wish.camera_id, wish.span, state=state)
        self.availability_loaded.emit(answer_of(availability))

    def _drop_unwanted(self) -> None:
        wanted = self._wanted()
        for wish, task in self._flying.values():
            seen = wanted is not None and wish.span.overlaps(wanted)
            if wish.camera_id not in self._cameras or not seen:
                task.cancel()

    def _may_ask(self) -> bool:
        now_s = self._clock.monotonic_s()
        while self._asked_at_s and now_s - self._asked_at_s[0] > 60:
            self._asked_at_s.popleft()
        if len(self._asked_at_s) < MAX_A_MINUTE:
            return True
        self._retry_in(round((60 - (now_s - self._asked_at_s[0])) * 1000) + 50)
        return False

    def _ask(self, wish: _Wish) -> None:
        self._asked_at_s.append(self._clock.monotonic_s())
        if wish.span.end_ms >= self._clock.now_ms():
            self._tails.discard(wish.camera_id)
        generation, fetch = self._generation, self._fetch

        def work(cancel: CancelToken) -> _Loaded:
            availability = fetch(wish.camera_id, wish.span, cancel)
            return _Loaded(availability.state, answer_of(availability))

        def succeeded(loaded: _Loaded) -> None:
            if generation == self._generation:
                self._take(wish, loaded)

        def failed(error: RtaError) -> None:
            if generation == self._generation:
                self._take_failure(wish, error)

        def cancelled() -> None:
            if generation == self._generation:
                self._flying.pop(wish.camera_id, None)
                self._throttle.submit(None)

        task = self._lane.submit(work, self, succeeded, failed, cancelled)
        self._flying[wish.camera_id] = (wish, task)

    def _take(self, wish: _Wish, loaded: _Loaded) -> None:
        self._flying.pop(wish.camera_id, None)
        problem, self._problem = self._problem, None
        self.availability_loaded.emit(loaded.answer)
        if problem is not None:
            self.recovered.emit(problem)
        if loaded.state is AvailabilityState.NO_ANSWER:
            self._retry_in(_RETRY_MS)
        if loaded.state is AvailabilityState.NOT_OFFERED and not self._said_not_offered:
            self._said_not_offered = True
            self.not_offered.emit()
        self._throttle.submit(None)

    def _take_failure(self, wish: _Wish, error: RtaError) -> None:
        self._flying.pop(wish.camera_id, None)
        self._tell(wish, AvailabilityState.NO_ANSWER)
        if self._problem is None:
            self._problem = error
            self.problem.emit(error)
        if isinstance(error, RefusedError):
            # Each try with a wrong password counts: accounts get locked that way.
            return
        wait_s = error.retry_after_s if isinstance(error, BusyError) else None
        self._retry_in(max(_RETRY_MS, round((wait_s or 0) * 1000)))
        self._throttle.submit(None)

    def _retry_in(self, wait_ms: int) -> None:
        if not self._retry.isActive():
            self._retry.start(wait_ms)

    @Slot()
    def _on_retry(self) -> None:
        for camera_id in self._cameras:
            self._book.band(camera_id).forget(Look.NO_ANSWER)
        self._throttle.submit(None)

    @Slot()
    def _on_tail(self) -> None:
        """Recordings grow: ask again for the last minutes while they are in sight."""
        now_ms = self._clock.now_ms()
        if self._said_not_offered or self._window is None:
            return
        if self._window.end_ms < now_ms - _TAIL_MS:
            return
        self._tails = set(self._cameras)
        self._throttle.submit(None)


def _matters(part: Span, window: Span) -> bool:
    """True when a missing part of the margin is near enough to come into sight soon."""
    near = round(window.duration_ms * _MARGIN / 2)
    return part.overlaps(Span(max(0, window.start_ms - near), window.end_ms + near))
