"""One line on the terminal that says how far a transfer is: bytes, rate, time left."""

import os
import threading
from collections.abc import Callable
from typing import TextIO

from rta_viewer.core.clock import Clock
from rta_viewer.core.model import TransferProgress
from rta_viewer.core.timetext import format_duration

_EVERY_S = 0.2
_SMOOTHING = 0.3
_WIDEST = 78


class ProgressLine:
    """Rewrites one line. Does nothing where nobody looks, or where the terminal has gone. Any thread.

    Args:
        terminal: None where standard error is no terminal.
        clock: Measures the rate.
    """

    def __init__(self, terminal: TextIO | None, clock: Clock) -> None:
        self._terminal = terminal
        self._clock = clock
        self._lock = threading.Lock()
        self._last_s: float | None = None
        self._last_bytes = 0
        self._rate: float | None = None
        self._dirty = False

    def update(self, progress: TransferProgress) -> None:
        """Show it, at most a few times a second."""
        self.update_by(lambda: progress)

    def update_by(self, find_out: Callable[[], TransferProgress]) -> None:
        """The same for what takes long to find out: it is asked for only when it is going to be shown."""
        with self._lock:
            now_s = self._clock.monotonic_s()
            is_early = self._last_s is not None and now_s - self._last_s < _EVERY_S
            if is_early or self._terminal is None:
                return
            progress = find_out()
            self._measure(progress.received_bytes, now_s)
            self._show(describe(progress, self._rate))

    def finish(self) -> None:
        """Wipe the line, so that what follows starts at its beginning."""
        with self._lock:
            if self._dirty:
                self._show("")
                self._dirty = False

    def _measure(self, received_bytes: int, now_s: float) -> None:
        if self._last_s is not None and received_bytes >= self._last_bytes:
            rate = (received_bytes - self._last_bytes) / (now_s - self._last_s)
            self._rate = (
                rate if self._rate is None else self._rate + _SMOOTHING * (rate - self._rate)
            )
        self._last_s, self._last_bytes = now_s, received_bytes

    def _show(self, text: str) -> None:
        if self._terminal is None:
            return
        width = _width(self._terminal)
        try:
            self._terminal.write(f"\r{text[:width].ljust(width)}\r")
            self._terminal.flush()
        except OSError:
            # Its window was closed: that is no reason to stop what it told about.
            self._terminal = None
        else:
            self._dirty = True


def _width(terminal: TextIO) -> int:
    """What fits into one row, now: a longer text would begin another one each time."""
    try:
        columns = os.get_terminal_size(terminal.fileno()).columns
    except OSError:
        columns = 0
    return min(columns - 1, _WIDEST) if columns > 1 else _WIDEST


def describe(progress: TransferProgress, rate: float | None) -> str:
    """The line's text; ``rate`` in bytes per second, None while unknown."""
    parts = [size_text(progress.received_bytes)]
    if progress.total_bytes:
        share = min(100, 100 * progress.received_bytes // progress.total_bytes)
        parts = [f"{share} %", f"{parts[0]} of {size_text(progress.total_bytes)}"]
    if rate is not None:
        parts.append(f"{size_text(rate)}/s")
        if rate and progress.total_bytes:
            left_s = max(0, progress.total_bytes - progress.received_bytes) / rate
            parts.append(f"{format_duration(left_s * 1000)} left")
    if progress.note:
        parts.append(progress.note)
    return "  ".join(parts)


def size_text(size_bytes: float) -> str:
    """``640 B``, ``1.5 MB``: decimal units, as the operator's file manager and the server count."""
    size = float(size_bytes)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            break
        size /= 1000
    return f"{size:.0f} {unit}" if unit == "B" or size >= 100 else f"{size:.1f} {unit}"
