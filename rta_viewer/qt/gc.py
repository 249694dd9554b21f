"""Cyclic garbage collection on the GUI thread only.

Python collects on whichever thread happens to allocate; a cycle that holds a widget would then be
destroyed on a worker thread, which Qt does not survive.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_INTERVAL_MS = 1_000


class GuiGarbageCollector(QObject):
    """Turns the automatic collection off and runs it from a timer of the GUI thread instead."""

    def __init__(self, parent: QObject | None = None, interval_ms: int = _INTERVAL_MS) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(self)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        """From here on, only the timer collects."""
        gc.disable()
        self._timer.start()

    def settle(self) -> None:
        """What is there now stays until the program ends: never look through it again.

        Modules, classes and the window are some 300,000 objects. To look through them with every full
        collection would stop the pictures that play.
        """
        gc.freeze()

    def stop(self) -> None:
        """Give it back to Python. Idempotent."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    @Slot()
    def _on_timeout(self) -> None:
        for generation in reversed(range(3)):
            threshold = self._thresholds[generation]
            if threshold and gc.get_count()[generation] > threshold:
                gc.collect(generation)
                return
