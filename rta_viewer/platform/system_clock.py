"""The real clock behind :class:`rta_viewer.core.clock.Clock`."""

import time


class SystemClock:
    """Reads this computer's clocks. Any thread."""

    def now_ms(self) -> int:
        """Wall clock: milliseconds since 1970-01-01 UTC."""
        return time.time_ns() // 1_000_000

    def monotonic_s(self) -> float:
        """Seconds since an arbitrary start; never jumps."""
        return time.monotonic()
