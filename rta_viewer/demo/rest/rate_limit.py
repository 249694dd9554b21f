"""Requests a minute, per kind of endpoint (a sliding window)."""

import math
import threading
from collections import deque
from email.utils import formatdate
from http import HTTPStatus
from typing import Literal

from rta_viewer.core.clock import Clock
from rta_viewer.demo.rest.messages import ApiError

_WINDOW_S = 60.0


class RateLimiter:
    """Counts requests by bucket. Safe from several threads."""

    def __init__(self, clock: Clock, form: Literal["seconds", "date"]) -> None:
        self._clock = clock
        self._form = form
        self._lock = threading.Lock()
        self._times: dict[str, deque[float]] = {}

    def admit(self, bucket: str, limit: int) -> None:
        """Count one request.

        Args:
            bucket: What is counted together.
            limit: Requests within a minute, 0 for no limit.

        Raises:
            ApiError: 429 with ``Retry-After``; the refused request does not count.
        """
        if limit <= 0:
            return
        now_s = self._clock.monotonic_s()
        with self._lock:
            times = self._times.setdefault(bucket, deque())
            while times and times[0] <= now_s - _WINDOW_S:
                times.popleft()
            if len(times) < limit:
                times.append(now_s)
                return
            wait_s = times[0] + _WINDOW_S - now_s
        raise self.refusal(wait_s, f"At most {limit} requests a minute. Try again later.")

    def refusal(self, wait_s: float, message: str) -> ApiError:
        """A 429 whose ``Retry-After`` has the chosen form (RFC 9110 10.2.3)."""
        seconds = max(1, math.ceil(wait_s))
        value = str(seconds)
        if self._form == "date":
            value = formatdate(math.ceil(self._clock.now_ms() / 1000) + seconds, usegmt=True)
        return ApiError(
            HTTPStatus.TOO_MANY_REQUESTS,
            "RATE_LIMIT_EXCEEDED",
            message,
            (("Retry-After", value),),
        )
