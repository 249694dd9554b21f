"""Which of the key pictures did libVLC just show? The playback clock's regular proof.

libVLC says nothing about the time of a picture, and shows pictures late when the machine is busy.
Key pictures are decoded here too (one alone costs little); when libVLC shows one of them, it is known for
certain which media time is on the screen.
"""

import logging
import threading
from collections import deque
from dataclasses import dataclass

import numpy as np

from rta_viewer.core.access_unit import AccessUnit
from rta_viewer.core.ports import Picture
from rta_viewer.errors import MediaError
from rta_viewer.media.frames import GroupDecoder
from rta_viewer.player.grid import (
    SAME_SAMPLES,
    Grid,
    luma_of_frame,
    luma_of_picture,
    moved_samples,
    same_pixels,
)

_log = logging.getLogger(__name__)

LEAST_WALL_MS = 200.0
"""Cameras that send key pictures more often (Motion JPEG: nothing else) are looked at less often."""

MOST_KEYS = 24

COARSE = 4
"""Each so many samples are compared first: nearly every picture is none of the key pictures."""

COARSE_MOVED = 2
"""More samples that differ on the coarse grid, and it is another picture."""

_REACH_SHARE = 0.125
_LEAST_REACH_MS = 100.0
"""As long as each key picture comes when the clock expects it, only pictures this near to one are compared
with it: a share of the time between two, and at least so much media time."""

_OVERDUE = 1.5
"""After so many times the time between two, none has come when it was due, whatever the clock says."""

_FAILURES = 3
"""So many key pictures that do not decode, and no more are tried."""


@dataclass(frozen=True, slots=True)
class _Key:
    media_ms: float
    luma: Grid
    coarse: Grid


class KeyWatch:
    """Knows the latest key pictures. :meth:`offer` on the feed's thread, :meth:`recognise` on libVLC's.

    Attributes:
        interval_ms: Media time between the last two key pictures, None before there were two.
        repeats: The picture that was looked at last is equal to the one before, to the last bit.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keys: deque[_Key] = deque(maxlen=MOST_KEYS)
        self._decoder: GroupDecoder | None = None
        self._failures = 0
        self._closed = False
        self._last_ms = float("-inf")
        self._before: tuple[Grid, Picture] | None = None
        self._rate = 1.0
        self._trusted_until_s = float("-inf")
        self.repeats = False
        self.interval_ms: float | None = None

    def offer(self, unit: AccessUnit, media_ms: float, rate: float) -> bool:
        """A key picture is about to be handed to the player.

        Args:
            unit: The key picture.
            media_ms: When the player shall show it.
            rate: Media seconds in a second of wall-clock time.

        Returns:
            Whether it looks like the key picture before it: a scene in which nothing moves.
        """
        is_soon = media_ms - self._last_ms < LEAST_WALL_MS * rate
        if is_soon or self._closed or self._failures >= _FAILURES:
            return False
        if self._last_ms >= 0:
            self.interval_ms = media_ms - self._last_ms
        self._last_ms, self._rate = media_ms, rate
        luma = self._decoded(unit)
        if luma is None:
            return False
        key = _Key(media_ms, luma, luma[::COARSE, ::COARSE])
        with self._lock:
            before = self._keys[-1] if self._keys else None
            self._keys.append(key)
        return before is not None and moved_samples(luma, before.luma) <= SAME_SAMPLES

    def close(self) -> None:
        """Let go of decoder and pictures. Any thread; nothing is recognised afterwards."""
        self._closed = True
        self._before = None
        with self._lock:
            self._keys.clear()
        self._decoder = None

    def _decoded(self, unit: AccessUnit) -> Grid | None:
        try:
            decoder = self._decoder
            if decoder is None or decoder.media_format != unit.format:
                decoder = self._decoder = GroupDecoder(unit.format, unit.instant_ms)
            else:
                decoder.restart(unit.instant_ms)
            decoded = decoder.feed(unit) or decoder.drain()
        except MediaError as err:
            self._failures += 1
            _log.debug("a key picture does not decode: %s", err)
            return None
        return luma_of_frame(decoded[0]) if decoded else None

    def recognise(self, picture: Picture, due_ms: float, now_s: float) -> float | None:
        """The media time of the key picture that this is; None when it is none, or was said already.

        Args:
            picture: What was shown.
            due_ms: The media time that the clock expects on the screen.
            now_s: Monotonic seconds.
        """
        coarse = luma_of_picture(picture, COARSE)
        before, self._before = self._before, (coarse, picture)
        self.repeats = (
            before is not None
            and np.array_equal(coarse, before[0])
            and same_pixels(picture, before[1])
        )
        if self.repeats:
            return None
        with self._lock:
            keys = list(self._keys)
        if not any(_look_alike(coarse, key) for key in self._expected(keys, due_ms, now_s)):
            return None
        luma = luma_of_picture(picture)
        # Where nothing moves several key pictures look the same, and what follows one looks like it.
        alike = [
            key
            for key in keys
            if _look_alike(coarse, key) and moved_samples(luma, key.luma) <= SAME_SAMPLES
        ]
        if len(alike) != 1:
            return None
        found_ms = alike[0].media_ms
        self._trust(now_s, off_ms=abs(found_ms - due_ms))
        return found_ms

    def _trust(self, now_s: float, off_ms: float) -> None:
        """A key picture came, so far from when it was due."""
        for_s = _OVERDUE * (self.interval_ms or 0.0) / 1000 / self._rate
        self._trusted_until_s = now_s + for_s if off_ms <= self._reach_ms else float("-inf")

    @property
    def _reach_ms(self) -> float:
        return max(_LEAST_REACH_MS, (self.interval_ms or 0.0) * _REACH_SHARE)

    def _expected(self, keys: list[_Key], due_ms: float, now_s: float) -> list[_Key]:
        """Those that may be on the screen: the near ones while each comes when it is due, otherwise all.

        The clock alone is no witness: while the player stands still, so does the clock.
        """
        if now_s > self._trusted_until_s or self._rate > 1.0:
            # Played faster, pictures are left out on a busy machine, and nothing comes when it is due.
            return keys
        return [key for key in keys if abs(key.media_ms - due_ms) <= self._reach_ms]


def _look_alike(coarse: Grid, key: _Key) -> bool:
    return moved_samples(coarse, key.coarse) <= COARSE_MOVED
