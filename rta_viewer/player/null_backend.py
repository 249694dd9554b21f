"""A backend that shows nothing: for tests, and where libVLC is missing so that stills still work."""

import threading
from urllib.parse import urlsplit

from rta_viewer.core.ports import BackendListener, MediaRequest


class NullBackend:
    """Implements :class:`~rta_viewer.core.ports.PlayerBackend`; remembers what it was told.

    Attributes:
        requests: Every medium it was asked to play, oldest first.
        paused: Whether it is held.
        rate: The last rate set.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.requests: list[MediaRequest] = []
        self.listener: BackendListener | None = None
        self.paused = False
        self.rate = 1.0
        self.closed = False

    def play(self, request: MediaRequest, listener: BackendListener) -> None:
        """Take note; the medium at the locator is never opened."""
        urlsplit(request.locator)
        with self._lock:
            self.requests.append(request)
            self.listener = listener
            self.paused = request.paused
            self.rate = request.rate

    def set_paused(self, paused: bool) -> None:
        """Take note."""
        self.paused = paused

    def set_rate(self, rate: float) -> None:
        """Take note."""
        self.rate = rate

    def stop(self) -> None:
        """Forget the medium."""
        with self._lock:
            self.listener = None

    def close(self) -> None:
        """Forget the medium for good."""
        self.stop()
        self.closed = True
