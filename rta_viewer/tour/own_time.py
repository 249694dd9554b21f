"""How long the tour itself kept the GUI thread, with looking at the screen: not the program's fault."""

import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from rta_viewer.qt.watchdog import Spent, spent_by_this_thread

_P = ParamSpec("_P")
_T = TypeVar("_T")


class OwnTime:
    """Adds up what is spent on the GUI thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._total = Spent()
        self._since_s: float | None = None

    def seconds(self) -> float:
        """All so far by the clock, with what is going on. Any thread."""
        with self._lock:
            going_on_s = 0.0 if self._since_s is None else time.perf_counter() - self._since_s
            return self._total.wall_s + going_on_s

    def spent(self) -> Spent:
        """All that is over. GUI thread."""
        return self._total

    def counted(self, work: Callable[_P, _T]) -> Callable[_P, _T]:
        """The same function; its time is the tour's own."""

        @wraps(work)
        def run(*args: _P.args, **kwargs: _P.kwargs) -> _T:
            if self._since_s is not None:
                return work(*args, **kwargs)
            began, before = spent_by_this_thread(), self._total
            with self._lock:
                self._since_s = began.wall_s
            try:
                return work(*args, **kwargs)
            finally:
                ended = spent_by_this_thread()
                with self._lock:
                    self._total = Spent(
                        before.wall_s + ended.wall_s - began.wall_s,
                        before.cpu_s + ended.cpu_s - began.cpu_s,
                        before.starved_s + ended.starved_s - began.starved_s,
                    )
                    self._since_s = None

        return run


OWN_TIME = OwnTime()
"""One for the process: there is one GUI thread."""
