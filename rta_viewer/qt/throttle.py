"""Fewer calls while somebody drags: the first at once, then the latest at a steady pace."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

_NOTHING = object()


class Throttle(QObject):
    """Lets a value through at most once an interval; of those that came meanwhile, the latest.

    Args:
        interval_ms: The shortest time between two values.
    """

    fired = Signal(object)

    def __init__(self, interval_ms: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: object = _NOTHING
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self._on_timeout)

    def submit(self, value: object) -> None:
        """Pass the value on now, or at the end of the running interval unless a later one replaces it."""
        if self._timer.isActive():
            self._waiting = value
        else:
            self._timer.start()
            self.fired.emit(value)

    def flush(self) -> None:
        """Pass on at once what is waiting."""
        self._timer.stop()
        self._on_timeout()

    def cancel(self) -> None:
        """Forget what is waiting; the next value passes at once."""
        self._timer.stop()
        self._waiting = _NOTHING

    @Slot()
    def _on_timeout(self) -> None:
        if self._waiting is _NOTHING:
            return
        value, self._waiting = self._waiting, _NOTHING
        self._timer.start()
        self.fired.emit(value)
