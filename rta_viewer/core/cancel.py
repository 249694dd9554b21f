"""Cancelling long work: one token, handed down, looked at often."""

import threading

from rta_viewer.errors import Cancelled


class CancelToken:
    """Tells running work to stop. Safe from any thread; cannot be taken back."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop. Idempotent."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """True once :meth:`cancel` was called."""
        return self._event.is_set()

    def raise_if_cancelled(self) -> None:
        """Raise :class:`~rta_viewer.errors.Cancelled` once cancelled."""
        if self._event.is_set():
            raise Cancelled

    def wait(self, timeout_s: float) -> bool:
        """Sleep until cancelled or until the time is up; True when cancelled."""
        return self._event.wait(timeout_s)
