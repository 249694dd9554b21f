"""Waiting for a server that went away. It blocks nobody: the operator's wishes are fulfilled meanwhile."""

import time
from collections.abc import Callable

BACK_OFF_S = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Before the first attempt, the second, …; the last for all further ones."""


class Reconnect:
    """When to try again, and where to go on. One thread.

    Args:
        position_ms: Instant that was last on the screen.
        attempts: How often it was tried before.
        now_s: Monotonic seconds.
    """

    def __init__(
        self, position_ms: float, attempts: int, now_s: Callable[[], float] = time.monotonic
    ) -> None:
        self.position_ms = position_ms
        self._now_s = now_s
        self._due_s = now_s() + BACK_OFF_S[min(attempts, len(BACK_OFF_S) - 1)]

    def left_s(self) -> float:
        """Wall-clock seconds until the next attempt."""
        return max(0.0, self._due_s - self._now_s())
