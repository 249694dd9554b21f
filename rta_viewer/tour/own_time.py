"""How long the tour itself kept the GUI thread, with looking at the screen: not the program's fault."""

import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


class OwnTime:
    """Adds up; may be read from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._total_s = 0.0
        self._since_s: float | None = None

    def seconds(self) -> float:
        """All so far, with what is going on."""
        with self._lock:
            going_on_s = 0.0 if self._since_s is None else time.perf_counter() - self._since_s
            return self._total_s + going_on_s

    def counted(self, work: Callable[_P, _T]) -> Callable[_P, _T]:
        """The same function; its time is the tour's own."""

        @wraps(work)
        def run(*args: _P.args, **kwargs: _P.kwargs) -> _T:
            if self._since_s is not None:
                return work(*args, **kwargs)
            with self._lock:
                self._since_s = time.perf_counter()
            try:
                return work(*args, **kwargs)
            finally:
                with self._lock:
                    self._total_s += time.perf_counter() - self._since_s
                    self._since_s = None

        return run


OWN_TIME = OwnTime()
"""One for the process: there is one GUI thread."""
