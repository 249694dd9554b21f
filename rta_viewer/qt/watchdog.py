"""Measures how long the GUI thread did not come back to its event loop, and says what it was doing."""

import logging
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Slot

_log = logging.getLogger(__name__)

LIMIT_MS = 50.0
"""Longer than this is felt: the pointer stutters, a key comes late."""

_BEAT_MS = 10
_LOOK_EVERY_S = 0.01
_MOST_LOOKS = 50
_MOST_KEPT = 20
_CLOSE_LIMIT_S = 2.0


@dataclass(frozen=True, slots=True)
class Block:
    """Once that the GUI thread was away for too long.

    Attributes:
        blocked_ms: By the wall clock, without ``starved_ms``.
        cpu_ms: What the GUI thread itself worked meanwhile; the rest it waited, for a lock, say.
        starved_ms: How long it was ready, and the system gave the processor to others.
        during: What was being done, in the words of whoever measures.
        stack: Where it was seen most often; empty when it was over before anybody looked.
    """

    blocked_ms: float
    cpu_ms: float
    starved_ms: float
    during: str
    stack: str


@dataclass(frozen=True, slots=True)
class Spent:
    """What a thread has spent so far, in seconds: by the clock, at work, and waiting for the processor."""

    wall_s: float = 0.0
    cpu_s: float = 0.0
    starved_s: float = 0.0


class Excuse(Protocol):
    """The time of whoever measures, on the GUI thread: not the program's."""

    def seconds(self) -> float:
        """By the clock, so far and only growing, with what is going on. Any thread."""

    def spent(self) -> Spent:
        """All of it that is over. GUI thread."""


class NoExcuse:
    """Everything is the program's."""

    def seconds(self) -> float:
        """Nothing."""
        return 0.0

    def spent(self) -> Spent:
        """Nothing."""
        return Spent()


def spent_by_this_thread() -> Spent:
    """What the calling thread has spent; only Linux tells how long it was kept waiting."""
    task = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
    try:
        starved_s = int(task.read_text(encoding="ascii").split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        starved_s = 0.0
    return Spent(time.perf_counter(), time.thread_time(), starved_s)


def _nobody() -> str:
    return ""


class GuiWatchdog(QObject):
    """A heart beat on the GUI thread, and a thread that looks where it is when the beat fails.

    Costs a hundred wake-ups a second: for measuring and finding mistakes, not for every run. Made,
    started and closed on the GUI thread.

    Attributes:
        longest_ms: The longest pause, as :attr:`Block.blocked_ms` counts.
        longest_with_system_ms: The same with what the system took.
        most_cpu_ms: The most work between two turns of the event loop, as :attr:`Block.cpu_ms` counts.
        most_cpu_during: What was being done then.
        blocks: The longest ones above the limit, the worst first.

    Args:
        excuse: What is not to be counted.
        during: Says what is being done; GUI thread.
        limit_ms: From here on a pause is a block.
        clock_s: Monotonic; may be called from any thread.
    """

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        excuse: Excuse | None = None,
        during: Callable[[], str] = _nobody,
        limit_ms: float = LIMIT_MS,
        clock_s: Callable[[], float] = time.perf_counter,
    ) -> None:
        super().__init__(parent)
        self._excuse = excuse or NoExcuse()
        self._during = during
        self._limit_ms = limit_ms
        self._clock_s = clock_s
        self._gui_thread = threading.get_ident()
        self._lock = threading.Lock()
        self._looks: Counter[str] = Counter()
        self._beat_s = self._excused_at_s = 0.0
        self._spent = self._excused = Spent()
        self.longest_ms = 0.0
        self.longest_with_system_ms = 0.0
        self.most_cpu_ms = 0.0
        self.most_cpu_during = ""
        self.blocks: list[Block] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._on_beat)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Measure from here on."""
        self._mark()
        self._timer.start()
        self._thread = threading.Thread(target=self._look, name="gui-watchdog", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Measure no more; what was found stays. Idempotent."""
        self._timer.stop()
        self._stop.set()
        if self._thread is not None:
            self._thread.join(_CLOSE_LIMIT_S)
            self._thread = None

    def _mark(self) -> None:
        with self._lock:
            self._beat_s = self._clock_s()
            self._spent = spent_by_this_thread()
            self._excused_at_s = self._excuse.seconds()
            self._excused = self._excuse.spent()
            self._looks.clear()

    def _away_ms(self) -> float:
        away_s = self._clock_s() - self._beat_s - (self._excuse.seconds() - self._excused_at_s)
        return max(0.0, away_s * 1000 - _BEAT_MS)

    @Slot()
    def _on_beat(self) -> None:
        with self._lock:
            with_system_ms = self._away_ms()
            spent, excused = spent_by_this_thread(), self._excuse.spent()
            seen = self._looks.most_common(1)
        cpu_s = spent.cpu_s - self._spent.cpu_s - (excused.cpu_s - self._excused.cpu_s)
        starved_s = spent.starved_s - self._spent.starved_s
        # What the system took while whoever measures was at work is excused already.
        starved_s -= excused.starved_s - self._excused.starved_s
        starved_ms, cpu_ms = max(0.0, starved_s * 1000), max(0.0, cpu_s * 1000)
        away_ms = max(0.0, with_system_ms - starved_ms)
        self.longest_ms = max(self.longest_ms, away_ms)
        self.longest_with_system_ms = max(self.longest_with_system_ms, with_system_ms)
        if cpu_ms > self.most_cpu_ms:
            self.most_cpu_ms, self.most_cpu_during = cpu_ms, self._during()
        if away_ms > self._limit_ms:
            stack = seen[0][0] if seen else ""
            self._keep(Block(away_ms, cpu_ms, starved_ms, self._during(), stack))
        self._mark()

    def _keep(self, block: Block) -> None:
        _log.warning(
            "The window stood still for %.0f ms (%.0f ms of work)\n%s",
            block.blocked_ms,
            block.cpu_ms,
            block.stack,
        )
        self.blocks.append(block)
        self.blocks.sort(key=lambda one: -one.blocked_ms)
        del self.blocks[_MOST_KEPT:]

    def _look(self) -> None:
        while not self._stop.wait(_LOOK_EVERY_S):
            with self._lock:
                if self._away_ms() < self._limit_ms / 2 or self._looks.total() >= _MOST_LOOKS:
                    continue
                # The only way to see another thread's stack.
                frame = sys._current_frames().get(self._gui_thread)  # noqa: SLF001
                if frame is not None:
                    self._looks["".join(traceback.format_stack(frame))] += 1
                del frame
