"""Loads what the servers noticed, for the window that is shown: quietly, after everything else."""

from collections import deque
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import Clock
from rta_viewer.core.model import RecordingEvent
from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import DAY_MS
from rta_viewer.errors import NotOfferedError, RtaError
from rta_viewer.qt.workers import Lane, Task
from rta_viewer.ui.timeline.events import EventBook

FetchEvents = Callable[[str, Span, CancelToken], Sequence[RecordingEvent]]

MAX_A_MINUTE = 30
"""Servers allow 120 event requests a minute; marks on the timeline are the least of what needs them."""

_SETTLE_MS = 400
_LONGEST_MS = 31 * DAY_MS
_MARGIN = 0.25
_FRESH_MS = 30_000
_RETRY_MS = 30_000


class EventsController(QObject):
    """Keeps an :class:`EventBook` filled. One request at a time, once the window stands still.

    Signals:
        events_loaded: ``(camera id, window, events)``.
    """

    events_loaded = Signal(str, object, object)

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
        self._cameras: tuple[str, ...] = ()
        self._window: Span | None = None
        self._task: Task | None = None
        self._generation = 0
        self._offered = True
        self._asked_at_s: deque[float] = deque(maxlen=MAX_A_MINUTE)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.timeout.connect(self._on_settled)

    def set_cameras(self, camera_ids: Sequence[str]) -> None:
        """Load these, the first of them first."""
        self._cameras = tuple(dict.fromkeys(camera_ids))
        self._begin_soon()

    @Slot(object)
    def set_window(self, window: Span) -> None:
        """This much is visible now."""
        self._window = window
        self._begin_soon()

    def close(self) -> None:
        """Ask for nothing any more and drop what is still to come; ready for another server."""
        self._generation += 1
        self._settle.stop()
        self._cameras = ()
        self._offered = True
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _begin_soon(self) -> None:
        # While time runs the window creeps along: the first wish is not put off by the later ones.
        if self._offered and self._task is None and not self._settle.isActive():
            self._settle.start(_SETTLE_MS)

    def _wish(self) -> tuple[str, Span] | None:
        window = self._window
        if window is None:
            return None
        margin = min(round(window.duration_ms * _MARGIN), _LONGEST_MS)
        now_ms = self._clock.now_ms()
        seen = window.clip(Span(0, now_ms))
        wanted = Span(max(0, window.start_ms - margin), window.end_ms + margin).clip(
            Span(0, now_ms)
        )
        if seen is None or wanted is None:
            return None
        for camera_id in self._cameras:
            band = self._book.band(camera_id)
            if any(part.start_ms < now_ms - _FRESH_MS for part in band.missing(seen)):
                missing = band.missing(wanted)
                start_ms = missing[0].start_ms
                return camera_id, Span(start_ms, min(missing[-1].end_ms, start_ms + _LONGEST_MS))
        return None

    @Slot()
    def _on_settled(self) -> None:
        wish = self._wish()
        if wish is None or self._task is not None:
            return
        now_s = self._clock.monotonic_s()
        if len(self._asked_at_s) == MAX_A_MINUTE and now_s - self._asked_at_s[0] < 60:
            self._settle.start(_RETRY_MS)
            return
        self._asked_at_s.append(now_s)
        self._ask(*wish)

    def _ask(self, camera_id: str, span: Span) -> None:
        generation, fetch = self._generation, self._fetch

        def succeeded(events: Sequence[RecordingEvent]) -> None:
            if generation == self._generation:
                self._task = None
                self.events_loaded.emit(camera_id, span, events)
                self._settle.start(0)

        def failed(error: RtaError) -> None:
            if generation == self._generation:
                self._task = None
                self._offered = not isinstance(error, NotOfferedError)
                if self._offered:
                    self._settle.start(_RETRY_MS)

        def cancelled() -> None:
            if generation == self._generation:
                self._task = None

        self._task = self._lane.submit(
            lambda cancel: fetch(camera_id, span, cancel), self, succeeded, failed, cancelled
        )
