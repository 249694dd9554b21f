"""Gaps: how they are told, and waiting through one in real time until there is a picture again."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from rta_viewer.core.ports import Picture
from rta_viewer.core.texts import tr
from rta_viewer.errors import NoFootageError

NO_PICTURE_BEFORE_MS = 1_000
"""When the first picture lies further after the asked instant, nothing was recorded at that instant."""


def begins_late(still: Picture, instant_ms: int) -> bool:
    """True when nothing was recorded at the instant, and the picture is the first one after it."""
    return still.instant_ms is not None and still.instant_ms > instant_ms + NO_PICTURE_BEFORE_MS


def clock_text(instant_ms: float) -> str:
    """An instant as the operator reads it in a remark."""
    return f"{datetime.fromtimestamp(instant_ms / 1000, UTC):%Y-%m-%d %H:%M:%S} UTC"


def no_footage(instant_ms: float, next_ms: float | None) -> NoFootageError:
    """Nothing was recorded at the instant; footage begins again at ``next_ms``."""
    hint = tr("The next recording starts at {time}.", time=clock_text(next_ms)) if next_ms else ""
    return NoFootageError(tr("Nothing was recorded at {time}.", time=clock_text(instant_ms)), hint)


class GapWait:
    """Where the playhead is inside a gap. Any thread.

    Args:
        from_ms: Instant of the last picture before the gap.
        until_ms: Instant of the first picture after it.
        speed: Positive; media seconds per second.
        now_s: Monotonic seconds.
    """

    def __init__(
        self,
        from_ms: float,
        until_ms: float,
        speed: float,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.until_ms = until_ms
        self._from_ms = from_ms
        self._speed = speed
        self._now_s = now_s
        self._began_s = now_s()

    def position_ms(self) -> float:
        """Never past the end of the gap."""
        passed_ms = (self._now_s() - self._began_s) * 1000 * self._speed
        return min(self.until_ms, self._from_ms + passed_ms)

    def left_s(self) -> float:
        """Wall-clock seconds until the next picture."""
        return max(0.0, (self.until_ms - self.position_ms()) / 1000 / self._speed)
