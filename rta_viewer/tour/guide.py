"""Runs the tour's script inside the event loop: a generator that says what it waits for."""

import logging
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from rta_viewer.errors import RtaError

_log = logging.getLogger(__name__)

_TURN_MS = 5


@dataclass(frozen=True, slots=True)
class Until:
    """Go on when ``condition()`` is true; after ``limit_s`` the script gets a TimeoutError."""

    condition: Callable[[], object]
    what: str
    limit_s: float = 20.0


@dataclass(frozen=True, slots=True)
class Pause:
    """Go on after a while: time that the operator would watch."""

    seconds: float


Script = Generator[Until | Pause, None, None]


class Guide(QObject):
    """Steps a script from a timer, so that the window works as always meanwhile.

    Signals:
        finished: The script came to its end, or failed; see :attr:`failure`.
    """

    finished = Signal()

    def __init__(self, script: Script) -> None:
        super().__init__()
        self._script = script
        self._waiting: Until | Pause | None = None
        self._since_s = 0.0
        self.failure = ""
        self._timer = QTimer(self)
        self._timer.setInterval(_TURN_MS)
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        """Begin."""
        self._timer.start()

    @Slot()
    def _on_timeout(self) -> None:
        waited_s = time.monotonic() - self._since_s
        match self._waiting:
            case Pause(seconds) if waited_s < seconds:
                return
            case Until(condition, what, limit_s) if not condition():
                if waited_s > limit_s:
                    self._advance(TimeoutError(f"{what} did not happen within {limit_s:.0f} s"))
                return
        self._advance(None)

    def _advance(self, error: TimeoutError | None) -> None:
        try:
            self._waiting = self._script.throw(error) if error else next(self._script)
            self._since_s = time.monotonic()
        except StopIteration:
            self._end("")
        except (RtaError, TimeoutError, OSError, RuntimeError) as err:
            self._end(str(err))
        except Exception as err:  # noqa: BLE001 - a timer's outermost line
            _log.exception("the tour's script failed")
            self._end(f"{type(err).__name__}: {err}")

    def _end(self, failure: str) -> None:
        self._timer.stop()
        self.failure = failure
        self.finished.emit()
