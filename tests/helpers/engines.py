"""Watching a playback engine: what it shows and says, with waiting instead of sleeping."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from rta_viewer.core.playback import PlaybackState, PlaybackStatus
from rta_viewer.core.ports import Picture
from tests.helpers.coded_video import shown_instant

LIMIT_S = 60.0


@dataclass
class Shown:
    """One picture as it reached the screen: when, what it says of itself, what the engine said of it."""

    at_s: float
    read_ms: int | None
    said_ms: float | None


@dataclass
class EngineWatch:
    """A listener that reads every picture."""

    shown: list[Shown] = field(default_factory=list)
    statuses: list[PlaybackStatus] = field(default_factory=list)
    _condition: threading.Condition = field(default_factory=threading.Condition)

    def picture_shown(self, picture: Picture) -> None:
        read_ms = shown_instant(picture)
        with self._condition:
            self.shown.append(Shown(time.monotonic(), read_ms, picture.instant_ms))
            self._condition.notify_all()

    def status_changed(self, status: PlaybackStatus) -> None:
        with self._condition:
            self.statuses.append(status)
            self._condition.notify_all()

    def wait(self, condition: Callable[["EngineWatch"], bool], limit_s: float = LIMIT_S) -> None:
        """Until the condition holds; fails the test when it does not in time."""
        with self._condition:
            if not self._condition.wait_for(lambda: condition(self), limit_s):
                last = self.statuses[-1] if self.statuses else None
                msg = f"it did not happen; shown {self.shown[-3:]}, status {last}"
                raise AssertionError(msg)

    def wait_state(self, state: PlaybackState) -> PlaybackStatus:
        self.wait(lambda watch: bool(watch.statuses) and watch.statuses[-1].state == state)
        return self.statuses[-1]

    def wait_read(self, instant_ms: int) -> None:
        """Until the picture on the screen carries this instant."""
        self.wait(lambda watch: bool(watch.shown) and watch.shown[-1].read_ms == instant_ms)

    def wait_pictures(self, count: int) -> None:
        """Until so many more pictures were shown."""
        target = len(self.shown) + count
        self.wait(lambda watch: len(watch.shown) >= target)

    def forget(self) -> None:
        with self._condition:
            self.shown.clear()
            self.statuses.clear()
