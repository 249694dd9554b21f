"""How long a drive has not answered whoever works with it: a mark around the calls that ask it.

Not by a look from beside: a dying stick answers that from memory while ``fsync`` hangs, and a slow server, a
rate limit or a pause between calls leaves no mark.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from rta_viewer.core.clock import Clock
from rta_viewer.core.texts import english, mark

LATE_S = 60.0
"""A call that has not come back by then hangs."""

SILENT = mark("The drive does not answer.")
CANCELS = mark("The drive does not answer. This is cancelled when it does.")
PAUSES = mark("The drive does not answer. This is paused when it does.")

_LEAST_BYTES_PER_S = 1_000_000
_SAID = frozenset({SILENT, CANCELS, PAUSES})
_here = threading.local()


def tells_of_silence(reason: str) -> bool:
    """Whether that, in any language, is what is said of a drive that does not answer."""
    return english(reason) in _SAID


class DriveCalls:
    """The calls of one worker, made on its thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._allowed_s: list[float] = []
        self._late_from_s = float("inf")

    @property
    def is_late(self) -> bool:
        """A call is under way, and nothing has come back for too long. Any thread."""
        return self._clock.monotonic_s() >= self._late_from_s

    def begin(self, size_bytes: int) -> None:
        """A call begins, be it within another one."""
        self._allowed_s.append(LATE_S + size_bytes / _LEAST_BYTES_PER_S)
        self.came_back()

    def end(self) -> None:
        """The call that began last is over."""
        self._allowed_s.pop()
        self.came_back()

    def came_back(self) -> None:
        """The drive has answered."""
        allowed_s = self._allowed_s[-1] if self._allowed_s else float("inf")
        self._late_from_s = self._clock.monotonic_s() + allowed_s


@contextmanager
def counted(calls: DriveCalls) -> Iterator[None]:
    """What this thread asks of drives until the end of the block is noted there."""
    before = getattr(_here, "calls", None)
    _here.calls = calls
    try:
        yield
    finally:
        _here.calls = before


@contextmanager
def at_drive(size_bytes: int = 0) -> Iterator[None]:
    """What is done until the end of the block asks a drive; also for whole functions.

    Args:
        size_bytes: What has to be written until the call comes back, where that is much.
    """
    calls: DriveCalls | None = getattr(_here, "calls", None)
    if calls is None:
        yield
        return
    calls.begin(size_bytes)
    try:
        yield
    finally:
        calls.end()


def came_back() -> None:
    """Whoever works at a drive for long says so between calls."""
    calls: DriveCalls | None = getattr(_here, "calls", None)
    if calls is not None:
        calls.came_back()
