"""What a clock is. The real one lives in ``platform``; this room reads none."""

from typing import Protocol


class Clock(Protocol):
    """Two readings that must not be mixed."""

    def now_ms(self) -> int:
        """Wall clock: milliseconds since 1970-01-01 UTC. May jump."""
        ...

    def monotonic_s(self) -> float:
        """Seconds since an arbitrary start. Never jumps, never runs backwards."""
        ...


class ManualClock:
    """A clock that moves only when told, for simulated worlds and for tests."""

    def __init__(self, now_ms: int, monotonic_s: float = 0.0) -> None:
        self._now_ms = now_ms
        self._monotonic_s = monotonic_s

    def now_ms(self) -> int:
        """The instant that was set, plus what was advanced since."""
        return self._now_ms

    def monotonic_s(self) -> float:
        """The seconds that were advanced since the start."""
        return self._monotonic_s

    def advance(self, seconds: float) -> None:
        """Let both readings run on."""
        self._now_ms += round(seconds * 1000)
        self._monotonic_s += seconds

    def jump(self, now_ms: int) -> None:
        """Set the wall clock, as an operator or a time server would; the monotonic reading stays."""
        self._now_ms = now_ms
