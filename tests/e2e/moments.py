"""Moments of the demo world's first camera at which the same is to be seen whenever the tests run."""

import time

CAMERA, NUMBER = "Main entrance", 1

_MINUTE_MS = 60_000
_PERIOD_MS = 180 * _MINUTE_MS


def steady_ms() -> int:
    """In the past hours, with footage from 20 minutes before until 20 minutes after.

    The camera's network fails once in each three hours, 101 minutes after their start.
    """
    latest_ms = int(time.time() * 1000) - 25 * _MINUTE_MS
    return (latest_ms - 40 * _MINUTE_MS) // _PERIOD_MS * _PERIOD_MS + 40 * _MINUTE_MS
