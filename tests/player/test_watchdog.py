"""A player that stands still although it has pictures is noticed, started again, and given up in the end."""

import threading
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from rta_viewer.core.playback import PlaybackState
from rta_viewer.core.ports import Picture
from rta_viewer.errors import MediaError
from rta_viewer.media.file_source import FileReplaySource
from rta_viewer.media.gop_cache import GopCache
from rta_viewer.media.thinning import ALL, KEYS
from rta_viewer.player import watchdog as module
from rta_viewer.player.engine import EngineParts, StreamEngine
from rta_viewer.player.watchdog import FORGIVEN_S, FROZEN_S, MOST_RESTARTS, Restarts, Watchdog
from tests.helpers.coded_video import FIRST_MS, VideoKind
from tests.helpers.engines import EngineWatch

PLAIN = VideoKind(seconds=40)


def picture(level: int) -> Picture:
    pixels = np.full((18, 32, 4), level, np.uint8)
    return Picture(32, 18, 32 * 4, pixels.tobytes(), None)


class Session:
    """The part of a session that is watched."""

    def __init__(self) -> None:
        self.newest: Picture | None = None
        self.thinning = ALL
        self.starved = 0.0
        self.at_ms = 0.0

    def position_ms(self) -> float:
        return self.at_ms

    def due_ms(self) -> float:
        return self.at_ms

    def starved_s(self, _now_s: float) -> float:
        return self.starved


@pytest.fixture
def session() -> Session:
    return Session()


def looks(dog: Watchdog, session: Session, until_s: float, shown=None, expected=None) -> list[bool]:
    """What the dog says each half second; ``shown(turn)`` is the picture on the screen then."""
    said = []
    for turn in range(1, int(until_s * 2) + 1):
        session.at_ms = turn * 500.0
        if shown is not None:
            session.newest = shown(turn)
        said.append(dog.frozen(turn * 0.5, lambda _at_ms: expected))
    return said


def test_pictures_that_change_are_life(session):
    dog = Watchdog(session, 0.0)
    assert not any(looks(dog, session, 30, lambda turn: picture(turn % 2 * 100), picture(200)))
    assert dog.alive_ms == 30_000


def test_the_same_picture_shown_again_and_again_is_not(session):
    dog = Watchdog(session, 0.0)
    said = looks(dog, session, FROZEN_S + 2, lambda _turn: picture(50), picture(200))
    assert said.index(True) == FROZEN_S * 2
    assert dog.alive_ms == 500


def test_a_quiet_scene_stands_still_rightly(session):
    dog = Watchdog(session, 0.0)
    assert not any(looks(dog, session, 30, lambda _turn: picture(50), picture(52)))


def test_what_cannot_be_known_is_not_judged(session):
    assert not any(looks(Watchdog(session, 0.0), session, 30, lambda _turn: picture(50), None))


def test_no_picture_at_all_counts_from_the_start(session):
    assert looks(Watchdog(session, 0.0), session, FROZEN_S)[-1]


def test_without_data_there_is_nothing_to_show(session):
    session.starved = 4.0
    assert not any(looks(Watchdog(session, 0.0), session, 30))


def test_resting_is_not_standing_still(session):
    dog = Watchdog(session, 0.0)
    dog.rest(FROZEN_S)
    assert not any(looks(dog, session, FROZEN_S + 1))


def test_thinned_pictures_may_be_far_apart(session):
    session.thinning = KEYS
    said = looks(Watchdog(session, 0.0), session, 4 * FROZEN_S)
    assert said.index(True) == 3 * FROZEN_S * 2 - 1


def test_restarts_are_counted_and_forgiven():
    restarts = Restarts()
    for at_s in range(MOST_RESTARTS):
        restarts.count(at_s)
    with pytest.raises(MediaError):
        restarts.count(MOST_RESTARTS)
    restarts.count(FORGIVEN_S + MOST_RESTARTS)
    for _ in range(5):
        restarts.forget()
        restarts.count(FORGIVEN_S + MOST_RESTARTS)


class Freezing:
    """libVLC, but the first media that it plays stand still after some pictures."""

    def __init__(self, inner, *, after: int, media: int) -> None:
        self.inner = inner
        self.after = after
        self.media = media
        self.played = 0

    def play(self, request, listener) -> None:
        self.played += 1
        stands = self.played <= self.media
        self.inner.play(request, Still(listener, self.after) if stands else listener)

    def __getattr__(self, name):
        return getattr(self.inner, name)


class Still:
    """Passes some pictures on, then the last of them for ever."""

    def __init__(self, listener, after: int) -> None:
        self._listener = listener
        self._left = after
        self._last = None

    def picture_shown(self, shown: Picture) -> None:
        self._left -= 1
        if self._left >= 0:
            self._last = shown
        if self._last is not None:
            self._listener.picture_shown(self._last)

    def __getattr__(self, name):
        return getattr(self._listener, name)


@pytest.fixture
def frozen_engine(vlc, coded_video, monkeypatch) -> Iterator:
    monkeypatch.setattr(module, "FROZEN_S", 1.0)
    made: list[StreamEngine] = []

    def start(*, after: int, media: int):
        backend = Freezing(vlc.backend(), after=after, media=media)
        source = FileReplaySource(coded_video(PLAIN), FIRST_MS)
        watch = EngineWatch()
        parts = EngineParts("cam", source, lambda: backend, GopCache(), lambda: FIRST_MS + 10**8)
        made.append(StreamEngine(parts, watch))
        return made[-1], watch, backend

    yield start
    for engine in made:
        engine.close()


@pytest.mark.parametrize("after", [0, 15])
def test_a_frozen_player_is_started_again_where_it_stood_and_that_is_said(frozen_engine, after):
    engine, watch, backend = frozen_engine(after=after, media=1)
    engine.seek(FIRST_MS + 2_000, playing=True)
    watch.wait(lambda seen: any("started again" in status.note for status in seen.statuses))
    stood_ms = watch.shown[-1].read_ms
    watch.wait(lambda seen: seen.shown[-1].read_ms > stood_ms + 400)
    assert engine.status().state is PlaybackState.PLAYING
    assert backend.played == 2
    # Nothing is left out: it goes on at most half a second after what was seen.
    instants = [shown.read_ms for shown in watch.shown]
    steps = [later - earlier for earlier, later in pairwise(instants)]
    assert max(steps) <= 700


def test_a_player_that_always_freezes_is_given_up(frozen_engine):
    engine, watch, backend = frozen_engine(after=0, media=99)
    engine.seek(FIRST_MS + 2_000, playing=True)
    status = watch.wait_state(PlaybackState.FAILED)
    assert isinstance(status.error, MediaError)
    assert "several times" in status.message
    assert backend.played == MOST_RESTARTS + 1
    backend.media = 0
    engine.seek(FIRST_MS + 3_000, playing=True)
    watch.wait_state(PlaybackState.PLAYING)
    watch.wait_pictures(5)


def test_a_pause_is_not_a_standstill(frozen_engine):
    engine, watch, backend = frozen_engine(after=10, media=0)
    engine.seek(FIRST_MS + 2_000, playing=True)
    watch.wait_pictures(10)
    engine.pause()
    watch.wait_state(PlaybackState.PAUSED)
    assert not threading.Event().wait(1.4)
    engine.play()
    watch.wait_pictures(10)
    assert backend.played == 1
