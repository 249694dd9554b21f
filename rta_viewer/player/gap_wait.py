"""Waiting through a gap in real time: time runs on, there is no picture, and then there is one again."""

import time
from collections.abc import Callable


class GapWait:
    """Where the playhead is inside a gap. Any thread.

    Args:
        from_ms: Instant of the last picture before the gap.
        until_ms: Instant of the first picture after it.
        speed: Positive; media seconds per second.
        now_s: Monotonic seconds.
    """

    def __init__(
        self,
        from_ms: float,
        until_ms: float,
        speed: float,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.until_ms = until_ms
        self._from_ms = from_ms
        self._speed = speed
        self._now_s = now_s
        self._began_s = now_s()

    def position_ms(self) -> float:
        """Never past the end of the gap."""
        passed_ms = (self._now_s() - self._began_s) * 1000 * self._speed
        return min(self.until_ms, self._from_ms + passed_ms)

    def left_s(self) -> float:
        """Wall-clock seconds until the next picture."""
        return max(0.0, (self.until_ms - self.position_ms()) / 1000 / self._speed)
