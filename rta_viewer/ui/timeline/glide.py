"""Lets the timeline run on after a flick, slower and slower, until something stops it."""

import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

_LOOK_BACK_S = 0.1
_STILL_S = 0.06
"""A pointer that rested so long before it was let go has put the timeline down."""

_LEAST_PX_S = 250.0
_MOST_PX_S = 6_000.0
_STOP_PX_S = 25.0
_HALF_LIFE_S = 0.18
_INTERVAL_MS = 16


class Glide(QObject):
    """Measures how fast the pointer moves, and goes on at that speed. GUI thread.

    Signals:
        moved: By so many pixels since the last time.

    Args:
        now_s: Monotonic seconds.
    """

    moved = Signal(float)

    def __init__(
        self, now_s: Callable[[], float] = time.monotonic, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._now_s = now_s
        self._track: deque[tuple[float, float]] = deque(maxlen=64)
        self._speed_px_s = 0.0
        self._at_s = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(self.advance)

    @property
    def running(self) -> bool:
        """True while it moves by itself."""
        return self._timer.isActive()

    def begin(self, x: float) -> None:
        """The pointer takes hold here; whatever still ran stops."""
        self.stop()
        self._track.clear()
        self.note(x)

    def note(self, x: float) -> None:
        """The pointer is here now."""
        self._track.append((self._now_s(), x))

    def let_go(self) -> None:
        """Run on, if the pointer was quick."""
        now_s = self._now_s()
        recent = [(at_s, x) for at_s, x in self._track if now_s - at_s <= _LOOK_BACK_S]
        self._track.clear()
        if len(recent) < 2 or now_s - recent[-1][0] > _STILL_S:
            return
        (first_s, first_x), (last_s, last_x) = recent[0], recent[-1]
        if last_s <= first_s:
            return
        speed = (last_x - first_x) / (last_s - first_s)
        if abs(speed) < _LEAST_PX_S:
            return
        self._speed_px_s = max(-_MOST_PX_S, min(_MOST_PX_S, speed))
        self._at_s = now_s
        self._timer.start()

    def stop(self) -> None:
        """Stand still. Idempotent."""
        self._timer.stop()

    @Slot()
    def advance(self) -> None:
        """One step; also after a long pause it runs no farther than it would have."""
        now_s = self._now_s()
        passed_s, self._at_s = now_s - self._at_s, now_s
        before = self._speed_px_s
        self._speed_px_s = before * 0.5 ** (passed_s / _HALF_LIFE_S)
        if abs(self._speed_px_s) < _STOP_PX_S:
            self.stop()
        self.moved.emit((before + self._speed_px_s) / 2 * min(passed_s, _HALF_LIFE_S))
