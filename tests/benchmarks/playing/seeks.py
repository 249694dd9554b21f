"""From the click to the first right picture, and whether any wrong one was displayed on the way."""

import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from rta_viewer.core.playback import PlaybackState
from rta_viewer.core.spans import Span
from rta_viewer.media.rtsp.memory import Memories
from tests.benchmarks.playing.chain import Chain, Rig
from tests.benchmarks.playing.footage import FIRST_MS, PICTURE_MS, Footage, picture_at
from tests.benchmarks.playing.screen import MissedError, Shown

_TAIL_MS = 4_000
"""No seek goes nearer to the end of the footage: there must be something left to play."""

_PAUSED_ROUNDS = 3
_GOES_ON_MS = 1_000


@dataclass(frozen=True)
class Sought:
    """One seek.

    Attributes:
        first_ms: To the asked picture on the screen.
        moving_ms: To the first picture from libVLC after it; None when that was not waited for.
        wrong: Pictures that had no business on the screen.
    """

    first_ms: float
    moving_ms: float | None
    wrong: int


def places(footage: Footage, count: int, seed: int) -> list[int]:
    """Random instants all over the footage, whole milliseconds, the same in every run."""
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    return [chance.randrange(FIRST_MS, footage.end_ms - _TAIL_MS) for _ in range(count)]


def seek(rig: Rig, instant_ms: int, *, playing: bool = True, moving: bool = True) -> Sought:
    """Click, and wait for the asked picture, and with ``moving`` until playing is under way.

    Raises:
        MissedError: It never came.
    """
    screen, expected_ms = rig.screen, picture_at(instant_ms)
    before = screen.last()
    screen.forget()
    clicked_s = time.monotonic()
    rig.engine.seek(instant_ms, playing=playing)
    first = screen.wait_for(lambda shown: shown.code_ms == expected_ms)
    moved = None
    if playing and moving:
        moved = screen.wait_for(
            lambda shown: shown.at_s > first.at_s and shown.code_ms not in {None, expected_ms}
        )
    return Sought(
        first_ms=(first.at_s - clicked_s) * 1000,
        moving_ms=None if moved is None else (moved.at_s - clicked_s) * 1000,
        wrong=wrong_pictures(screen.shown(), expected_ms, before and before.code_ms),
    )


def wrong_pictures(shown: Sequence[Shown], expected_ms: int, before_ms: int | None) -> int:
    """How many pictures after a click had no business on the screen.

    What was playing goes on until the engine takes the click: such pictures follow the one that was displayed
    before. Then comes the asked one, and from there on nothing may run backwards.
    """
    wrong, last_ms, arrived = 0, before_ms, False
    for code_ms in (picture.code_ms for picture in shown):
        if code_ms == expected_ms and not arrived:
            arrived, last_ms = True, code_ms
        elif _follows(code_ms, last_ms, math.inf if arrived else _GOES_ON_MS):
            last_ms = code_ms
        else:
            wrong += 1
    return wrong


def _follows(code_ms: int | None, last_ms: int | None, most_ms: float) -> bool:
    return code_ms is not None and last_ms is not None and 0 <= code_ms - last_ms <= most_ms


@dataclass(frozen=True)
class Series:
    """Many seeks of one kind."""

    sought: list[Sought]

    @property
    def first_ms(self) -> list[float]:
        return [each.first_ms for each in self.sought]

    @property
    def moving_ms(self) -> list[float]:
        return [each.moving_ms for each in self.sought if each.moving_ms is not None]

    @property
    def wrong(self) -> int:
        return sum(each.wrong for each in self.sought)


def warm(chain: Chain, camera: str, instants: Sequence[int]) -> Series:
    """On an engine that plays: the connection is there, the pictures are not (the cache is emptied)."""
    with chain.rig(camera) as rig:
        seek(rig, instants[0])
        found = []
        for instant_ms in instants:
            rig.cache.forget()
            found.append(seek(rig, instant_ms))
        return Series(found)


def cached(chain: Chain, camera: str, instants: Sequence[int]) -> Series:
    """On an engine that plays, to pictures that were received lately."""
    with chain.rig(camera) as rig:
        chain.fill(rig, camera, Span(min(instants), max(instants) + 1))
        seek(rig, instants[0])
        return Series([seek(rig, instant_ms) for instant_ms in instants])


def cold(chain: Chain, camera: str, instants: Sequence[int]) -> Series:
    """A new engine each time: nothing known about the server, no connection, nothing cached."""
    found = []
    for instant_ms in instants:
        with chain.rig(camera, Memories()) as rig:
            found.append(seek(rig, instant_ms))
    return Series(found)


@dataclass(frozen=True)
class Paused:
    """Seeks of a paused tile, and pauses while it plays."""

    series: Series
    worst_pictures: float


def paused(chain: Chain, camera: str, instants: Sequence[int]) -> Paused:
    """Where does the engine say it stands when nothing moves? In pictures off the one on the screen."""
    worst, found = 0.0, []
    with chain.rig(camera) as rig:
        for instant_ms in instants:
            rig.cache.forget()
            found.append(seek(rig, instant_ms, playing=False))
            rig.screen.wait_state(PlaybackState.PAUSED)
            worst = max(worst, _pictures_off(rig))
        for instant_ms in instants[:_PAUSED_ROUNDS]:
            seek(rig, instant_ms)
            rig.engine.pause()
            rig.screen.wait_state(PlaybackState.PAUSED)
            rig.screen.wait_for(lambda shown: shown.said_ms is not None)
            worst = max(worst, _pictures_off(rig))
    return Paused(Series(found), worst)


def _pictures_off(rig: Rig) -> float:
    shown, position_ms = rig.screen.last(), rig.engine.position_ms()
    if shown is None or shown.code_ms is None or position_ms is None:
        raise MissedError("paused, and nothing on the screen")
    return abs(position_ms - shown.code_ms) / PICTURE_MS
