"""Stands where the window would: takes each picture the engine displays, reads its time code, notes when."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rta_viewer.core.playback import PlaybackState, PlaybackStatus
from rta_viewer.core.ports import Picture
from rta_viewer.demo import timecode

LIMIT_S = 15.0
_READ_WIDTH = 480


class MissedError(Exception):
    """What was waited for did not come."""


@dataclass(frozen=True)
class Shown:
    """One displayed picture.

    Attributes:
        at_s: When, by the monotonic clock.
        code_ms: What it says of itself; None when that cannot be read.
        said_ms: What the engine says of it; None while playing.
    """

    at_s: float
    code_ms: int | None
    said_ms: float | None


def code_of(picture: Picture) -> int | None:
    """The time code. Reads every n-th pixel only: it must not cost what it is there to measure."""
    pixels = np.frombuffer(picture.data, np.uint8)[: picture.stride * picture.height]
    green = pixels.reshape(picture.height, picture.stride)[:, 1 : picture.width * 4 : 4]
    step = max(1, picture.width // _READ_WIDTH)
    code = timecode.read(green[::step, ::step])
    return code.instant_ms if code else None


class Screen:
    """Implements ``PlaybackListener`` and, for bare libVLC, ``BackendListener``."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._shown: list[Shown] = []
        self.status = PlaybackStatus()

    def picture_shown(self, picture: Picture) -> None:
        at_s = time.monotonic()
        code_ms = code_of(picture)
        with self._changed:
            self._shown.append(Shown(at_s, code_ms, picture.instant_ms))
            self._changed.notify_all()

    def status_changed(self, status: PlaybackStatus) -> None:
        with self._changed:
            self.status = status
            self._changed.notify_all()

    def media_ended(self) -> None:
        """Nothing to do: who waits for a picture has a time limit."""

    def media_failed(self) -> None:
        """As above."""

    def last(self) -> Shown | None:
        """What is displayed now."""
        with self._changed:
            return self._shown[-1] if self._shown else None

    def forget(self) -> None:
        """Drop what was displayed so far."""
        with self._changed:
            self._shown.clear()

    def shown(self) -> list[Shown]:
        """Everything since :meth:`forget`."""
        with self._changed:
            return list(self._shown)

    def wait_for(self, wanted: Callable[[Shown], bool], limit_s: float = LIMIT_S) -> Shown:
        """The first picture since :meth:`forget` that is wanted.

        Raises:
            MissedError: None came in time.
        """
        seen = 0
        deadline_s = time.monotonic() + limit_s
        with self._changed:
            while True:
                for shown in self._shown[seen:]:
                    if wanted(shown):
                        return shown
                seen = len(self._shown)
                left_s = deadline_s - time.monotonic()
                if left_s <= 0:
                    raise MissedError(f"no such picture; {seen} others, {self.status}")
                self._changed.wait(left_s)

    def wait_state(self, state: PlaybackState, limit_s: float = LIMIT_S) -> None:
        """Until the engine is in that state."""
        with self._changed:
            if not self._changed.wait_for(lambda: self.status.state == state, limit_s):
                raise MissedError(f"never {state}: {self.status}")
