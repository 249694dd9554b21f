"""Reminds the server that we are still there, also while nobody reads (a paused player)."""

import threading
from collections.abc import Callable


class KeepAlive:
    """Calls ``beat`` each ``interval_s`` seconds on its own thread. ``beat`` must not block.

    A timer of its own, because a stream that is not read has no thread that could look at a clock.
    """

    def __init__(self, interval_s: float, beat: Callable[[], None]) -> None:
        self._interval_s = interval_s
        self._beat = beat
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rtsp-keep-alive", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End it and wait until it ended. Idempotent."""
        self._stop.set()
        if threading.current_thread() is not self._thread:
            self._thread.join(2.0)

    def _run(self) -> None:
        while not self._stop.wait(self._interval_s):
            self._beat()
