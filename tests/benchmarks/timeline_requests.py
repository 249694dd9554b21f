"""How much a server is asked while somebody drags and zooms like mad: real controllers, a slow recorder."""

import random
import threading
import time
from collections.abc import Sequence

from PySide6.QtCore import QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import Availability, RecordingEvent
from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import DAY_MS
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.controllers.availability import AvailabilityController
from rta_viewer.ui.controllers.events import EventsController
from rta_viewer.ui.theme.theme import DARK_THEME
from rta_viewer.ui.timeline.bands import BandBook
from rta_viewer.ui.timeline.canvas import TimelineCanvas
from rta_viewer.ui.timeline.scene import TimelineCamera
from tests.benchmarks import report
from tests.helpers.ui_world import NOW_MS, RunningClock, availability

_CAMERAS = 16
_ANSWER_S = 0.12
_MOVE_MS = 16
_LEFT = Qt.MouseButton.LeftButton


class SlowServer:
    """Counts what it is asked, by kind."""

    def __init__(self) -> None:
        self.timeline = 0
        self.events = 0
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()

    def availability(self, camera_id: str, window: Span, cancel: CancelToken) -> Availability:
        self.timeline += 1
        self._take_time(cancel)
        return availability(camera_id, window, int(camera_id[1:]))

    def recorded_events(
        self, camera_id: str, window: Span, cancel: CancelToken
    ) -> Sequence[RecordingEvent]:
        self.events += 1
        self._take_time(cancel)
        return []

    def _take_time(self, cancel: CancelToken) -> None:
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            cancel.wait(_ANSWER_S)
            cancel.raise_if_cancelled()
        finally:
            with self._lock:
                self._at_once -= 1


class Madman:
    """Drags the ruler, turns the wheel, and jumps over years, 60 times a second."""

    def __init__(self, canvas: TimelineCanvas) -> None:
        self._canvas = canvas
        self._chance = random.Random(4)  # noqa: S311 - reproducible, not secret
        self._held = False
        self.took_ms: list[float] = []

    def act(self) -> None:
        """One movement, up to the end of what it sets off on the GUI thread."""
        began_s = time.perf_counter()
        self._act()
        self.took_ms.append((time.perf_counter() - began_s) * 1000)

    def _act(self) -> None:
        canvas, chance = self._canvas, self._chance
        at = canvas.ruler_point(canvas.instant_at(chance.randrange(200, canvas.width() - 10)))
        what = chance.random()
        if self._held:
            QTest.mouseMove(canvas, at)
            if what < 0.1:
                QTest.mouseRelease(canvas, _LEFT, pos=at)
                self._held = False
        elif what < 0.5:
            QTest.mousePress(canvas, _LEFT, pos=at)
            self._held = True
        elif what < 0.98:
            _wheel(canvas, at.toPointF(), chance.choice((-240, -120, 120, 240)))
        else:
            length = chance.choice((60_000, 3_600_000, DAY_MS, 31 * DAY_MS))
            end = NOW_MS - chance.randrange(200 * DAY_MS)
            canvas.show_window(Span(end - length, end))


def _wheel(canvas: TimelineCanvas, at: QPointF, delta: int) -> None:
    event = QWheelEvent(
        at,
        canvas.mapToGlobal(at),
        QPointF().toPoint(),
        QPointF(0, delta).toPoint(),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def requests(into: report.Report, seconds: float) -> None:
    """16 cameras; what is asked in ``seconds`` of it, and how much at once."""
    server, clock = SlowServer(), RunningClock()
    lane = Lane("requests", workers=2)
    canvas = TimelineCanvas(DARK_THEME, BandBook())
    known = AvailabilityController(server.availability, canvas.book, clock, lane)
    events = EventsController(server.recorded_events, canvas.events, clock, lane)
    for controller in (known, events):
        canvas.window_changed.connect(controller.set_window)
        controller.set_cameras([f"c{number}" for number in range(_CAMERAS)])
    known.availability_loaded.connect(canvas.set_availability)
    events.events_loaded.connect(canvas.set_events)
    canvas.set_cameras([TimelineCamera(f"c{n}", f"Camera {n}") for n in range(_CAMERAS)])
    canvas.resize(1920, canvas.sizeHint().height())
    canvas.show()
    canvas.show_window(Span(NOW_MS - DAY_MS, NOW_MS))
    loop, mad, moves = QEventLoop(), Madman(canvas), QTimer()
    moves.timeout.connect(mad.act)
    moves.start(_MOVE_MS)
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
    moves.stop()
    known.close()
    events.close()
    lane.close()
    into.add("timeline_act_p95_ms", report.p95(mad.took_ms), "ms", at_most=50)
    into.add("timeline_act_max_ms", max(mad.took_ms), "ms")
    into.add("timeline_requests_60s", server.timeline, "requests", at_most=99)
    into.add("timeline_event_requests_60s", server.events, "requests", at_most=119)
    into.add("timeline_requests_in_flight_max", server.most_at_once, "requests", at_most=2)
    canvas.close()
    canvas.deleteLater()
