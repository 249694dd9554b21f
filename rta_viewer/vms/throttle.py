"""Leaving some of the line to others: all transfers together stay under a rate that the operator chose."""

import threading

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import Clock
from rta_viewer.vms.rate import Sleeper, sleep_for

_PIECE_S = 0.25
_LEAST_PIECE_BYTES = 4096
_LEAST_WAIT_S = 0.001


class Throttle:
    """One for all transfers of the program. Any thread.

    Args:
        clock: Its monotonic reading.
        bytes_per_s: The limit, 0 for none.
        sleep: How to wait.
        within: A wider limit that the same bytes count for, too.
    """

    def __init__(
        self,
        clock: Clock,
        bytes_per_s: int = 0,
        sleep: Sleeper = sleep_for,
        within: "Throttle | None" = None,
    ) -> None:
        self._within = within
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._bytes_per_s = bytes_per_s
        self._paid_until_s = clock.monotonic_s()

    def set_rate(self, bytes_per_s: int) -> None:
        """Another limit from now on, 0 for none."""
        with self._lock:
            self._bytes_per_s = bytes_per_s
            self._paid_until_s = self._clock.monotonic_s()

    def spent(self, count_bytes: int, cancel: CancelToken) -> None:
        """So much has arrived: return when more may.

        Raises:
            Cancelled: The token was set while waiting.
        """
        due_s = self.book(count_bytes)
        while (wait_s := self.left_s(due_s)) > _LEAST_WAIT_S:
            # In steps: the limit may be another one meanwhile.
            self._sleep(min(wait_s, _PIECE_S), cancel)

    def piece_bytes(self, most_bytes: int) -> int:
        """How much to take at once: what a quarter of a second brings, so that each wait is short."""
        if self._within is not None:
            most_bytes = self._within.piece_bytes(most_bytes)
        with self._lock:
            if self._bytes_per_s <= 0:
                return most_bytes
            return min(most_bytes, self._own_piece_bytes())

    def _own_piece_bytes(self) -> int:
        return max(_LEAST_PIECE_BYTES, int(self._bytes_per_s * _PIECE_S))

    def book(self, count_bytes: int) -> tuple[float, ...]:
        """Count so many bytes; since when they are within this limit and the wider ones, monotonic."""
        wider_s = self._within.book(count_bytes) if self._within is not None else ()
        with self._lock:
            due_s = self._clock.monotonic_s()
            if self._bytes_per_s > 0:
                # A larger piece was asked for before the limit was set: nobody makes up for that.
                counted = min(count_bytes, self._own_piece_bytes())
                due_s = max(due_s, self._paid_until_s) + counted / self._bytes_per_s
                self._paid_until_s = due_s
            return (due_s, *wider_s)

    def left_s(self, due_s: tuple[float, ...]) -> float:
        """Seconds until what was booked is due; what was booked under an earlier limit is due already."""
        wider_s = self._within.left_s(due_s[1:]) if self._within is not None else 0.0
        with self._lock:
            return max(wider_s, min(due_s[0], self._paid_until_s) - self._clock.monotonic_s())
