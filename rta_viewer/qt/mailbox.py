"""Carries what worker threads say to the GUI thread: the latest of each thing, at a steady pace."""

import threading
from collections.abc import Hashable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot


class Mailbox(QObject):
    """Keeps the latest letter for each key and delivers all of them at once. Lives in the GUI thread.

    Signals:
        arrived: A list of letters, in the order in which their keys first came.

    Args:
        interval_ms: The shortest time between two deliveries; the first one comes at once.
    """

    arrived = Signal(object)
    _woken = Signal()

    def __init__(self, interval_ms: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._letters: dict[Hashable, object] = {}
        self._waking = False
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self._on_timeout)
        self._woken.connect(self._on_woken, Qt.ConnectionType.QueuedConnection)

    def put(self, key: Hashable, letter: object) -> None:
        """Any thread; returns at once."""
        # Emitted under the lock: after close() nobody emits on an object that is about to go.
        with self._lock:
            if self._closed:
                return
            self._letters[key] = letter
            if not self._waking:
                self._waking = True
                self._woken.emit()

    def close(self) -> None:
        """Deliver nothing any more. GUI thread."""
        with self._lock:
            self._closed = True
            self._letters.clear()
        self._timer.stop()

    @Slot()
    def _on_woken(self) -> None:
        if not self._timer.isActive():
            self._deliver()

    @Slot()
    def _on_timeout(self) -> None:
        self._deliver()

    def _deliver(self) -> None:
        with self._lock:
            letters, self._letters = list(self._letters.values()), {}
            self._waking = False
            if self._closed or not letters:
                return
        self._timer.start()
        self.arrived.emit(letters)
