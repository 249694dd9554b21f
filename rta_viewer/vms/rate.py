"""Staying under a server's limits by itself, and waiting as long as it asks.

A token bucket of size *b* that refills *r* tokens a minute lets at most *b + r* requests through in any
minute; both together stay at 90 % of what the contract allows.
"""

import threading
from collections.abc import Callable
from enum import Enum

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import Clock

Sleeper = Callable[[float, CancelToken], None]
"""Waits so many seconds, or raises Cancelled."""

_USABLE = 0.9
_BURST = 0.2


def sleep_for(seconds: float, cancel: CancelToken) -> None:
    """Wait, in real time.

    Raises:
        Cancelled: The token was set meanwhile.
    """
    if seconds > 0:
        cancel.wait(seconds)
    cancel.raise_if_cancelled()


class Lane(Enum):
    """Groups of endpoints that the contract limits together; the value is requests a minute."""

    CAMERA_LIST = "camera list", 60
    CAMERA = "one camera", 300
    TIMELINE = "timeline", 100
    EVENTS = "events", 120
    OTHER = "other", 600

    @property
    def per_minute(self) -> int:
        """What the contract allows."""
        return self.value[1]


class _Bucket:
    def __init__(self, per_minute: float, now_s: float) -> None:
        self._size = per_minute * _USABLE * _BURST
        self._per_s = per_minute * _USABLE * (1 - _BURST) / 60
        self._tokens = self._size
        self._at_s = now_s

    def take(self, now_s: float) -> float:
        """Take one, if need be one of the future: seconds until it is there."""
        self._tokens = min(self._size, self._tokens + (now_s - self._at_s) * self._per_s) - 1
        self._at_s = now_s
        return max(0.0, -self._tokens / self._per_s)

    def give_back(self) -> None:
        self._tokens += 1


class RateLimiter:
    """One for each server. Safe from several threads; waits are fair in the order of asking.

    Args:
        clock: Its monotonic reading.
        sleep: How to wait.
        share: How much of what the contract allows is used, above 0 and up to 1.
    """

    def __init__(self, clock: Clock, sleep: Sleeper = sleep_for, share: float = 1.0) -> None:
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        now_s = clock.monotonic_s()
        self._buckets = {lane: _Bucket(lane.per_minute * share, now_s) for lane in Lane}
        self._held_until_s: dict[Lane, float] = {}

    def admit(self, lane: Lane, cancel: CancelToken) -> None:
        """Return when a request may go out.

        Raises:
            Cancelled: The token was set while waiting.
        """
        with self._lock:
            now_s = self._clock.monotonic_s()
            bucket = self._buckets[lane]
            wait_s = max(bucket.take(now_s), self._held_until_s.get(lane, now_s) - now_s)
        if wait_s <= 0:
            return
        try:
            self._sleep(wait_s, cancel)
        except BaseException:
            with self._lock:
                bucket.give_back()
            raise

    def hold(self, lane: Lane, seconds: float) -> None:
        """Nobody asks on this lane for a while: the server said so."""
        with self._lock:
            until_s = self._clock.monotonic_s() + seconds
            self._held_until_s[lane] = max(until_s, self._held_until_s.get(lane, until_s))
