"""Cancelling long work: one token, handed down, looked at often."""

import threading
from collections.abc import Callable

from rta_viewer.core.drive_calls import came_back
from rta_viewer.errors import Cancelled


class CancelToken:
    """Tells running work to stop. Safe from any thread; cannot be taken back."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._callbacks: list[Callable[[], None]] = []

    def cancel(self) -> None:
        """Ask the work to stop. Idempotent."""
        with self._lock:
            self._event.set()
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    @property
    def cancelled(self) -> bool:
        """True once :meth:`cancel` was called."""
        return self._event.is_set()

    def raise_if_cancelled(self) -> None:
        """Raise :class:`~rta_viewer.errors.Cancelled` once cancelled."""
        # Long work at a drive looks here between its calls.
        came_back()
        if self._event.is_set():
            raise Cancelled

    def wait(self, timeout_s: float) -> bool:
        """Sleep until cancelled or until the time is up; True when cancelled."""
        return self._event.wait(timeout_s)

    def on_cancel(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Have a blocked call woken: ``callback`` runs once, on the thread that cancels.

        It must return at once and raise nothing. A token that is cancelled already calls back at once.

        Returns:
            Forgets the callback again; harmless when it has run. A call that began before may still
            be under way.
        """
        with self._lock:
            if not self._event.is_set():
                self._callbacks.append(callback)
                return lambda: self._forget(callback)
        callback()
        return lambda: None

    def _forget(self, callback: Callable[[], None]) -> None:
        with self._lock:
            if callback in self._callbacks:
                self._callbacks.remove(callback)
