"""How fast time runs backwards. No Qt.

Backwards only key pictures are shown, so the position moves in steps of seconds: measured between two looks
at the clock it would be nothing now and far too much a moment later.
"""

from collections import deque

_WINDOW_S = 8.0


class SpeedMeter:
    """Measures from step to step of the position, over the last seconds."""

    def __init__(self) -> None:
        self._steps: deque[tuple[float, float]] = deque()

    def reset(self) -> None:
        """Somebody jumped, stopped, or chose another speed."""
        self._steps.clear()

    def note(self, position_ms: float | None, now_s: float) -> None:
        """The picture on the screen has this instant."""
        if position_ms is None:
            self.reset()
            return
        if self._steps:
            before_ms = self._steps[-1][1]
            if position_ms == before_ms:
                return
            if position_ms > before_ms:
                self.reset()
        self._steps.append((now_s, position_ms))
        while len(self._steps) > 2 and now_s - self._steps[0][0] > _WINDOW_S:
            self._steps.popleft()

    @property
    def speed(self) -> float | None:
        """Media seconds per second, negative; None before there were two steps."""
        if len(self._steps) < 2:
            return None
        (first_s, first_ms), (last_s, last_ms) = self._steps[0], self._steps[-1]
        return (last_ms - first_ms) / 1000 / max(last_s - first_s, 0.001)
