"""A server that goes away and comes back: playing goes on where it was, unless it was paused meanwhile."""

import threading

import pytest

from rta_viewer.core.playback import PlaybackState
from rta_viewer.errors import NetworkError
from rta_viewer.media.file_source import FileReplaySource
from rta_viewer.player.reconnect import BACK_OFF_S, Reconnect
from tests.helpers.coded_video import FIRST_MS, VideoKind

PLAIN = VideoKind(seconds=40)
LONG_GOP = VideoKind(seconds=24, gop_pictures=250)
PICTURE_MS = 40


def test_each_attempt_waits_longer_up_to_a_limit():
    now_s = [100.0]
    waits = []
    for attempt in range(7):
        reconnect = Reconnect(5.0, attempt, lambda: now_s[0])
        waits.append(reconnect.left_s())
        now_s[0] += waits[-1] + 1
        assert reconnect.left_s() == 0
    assert waits == pytest.approx([*BACK_OFF_S, 8.0, 8.0])


class Breaking:
    """A source whose first stream is cut after some units; later ones are whole."""

    def __init__(self, path, after, when=None):
        self._inner = FileReplaySource(path, FIRST_MS)
        self._after = after
        self._when = when
        self.opened = []

    def open(self, start_ms, end_ms, **options):
        self.opened.append(start_ms)
        stream = self._inner.open(start_ms, end_ms, **options)
        if len(self.opened) == 1:
            original = stream.units

            def cut():
                for number, unit in enumerate(original()):
                    if number == self._after:
                        assert self._when is None or self._when.wait(20)
                        raise NetworkError("The connection was cut.")
                    yield unit

            stream.units = cut
        return stream

    def close(self):
        self._inner.close()


def test_a_cut_connection_is_opened_again_where_the_picture_was(play, coded_video):
    source = Breaking(coded_video(PLAIN), after=60)
    engine, watch = play(source=source)
    engine.set_speed(2)
    engine.seek(FIRST_MS + 2_000, playing=True)
    watch.wait_state(PlaybackState.RECONNECTING)
    watch.wait_state(PlaybackState.PLAYING)
    watch.wait_pictures(10)
    assert len(source.opened) == 2
    assert FIRST_MS + 2_000 <= source.opened[1] <= FIRST_MS + 6_000
    assert watch.shown[-1].read_ms >= source.opened[1]


class Gone:
    """A stream that is cut, and then a server that answers nobody until it is back."""

    def __init__(self, path, after, *, hangs):
        self._whole = FileReplaySource(path, FIRST_MS)
        self._breaking = Breaking(path, after)
        self._hangs = hangs
        self.back = threading.Event()
        self.asked = threading.Semaphore(0)
        self.opened = 0
        self.away_before_ms = float("inf")

    def open(self, start_ms, end_ms, *, cancel, **options):
        self.opened += 1
        if self.opened == 1:
            return self._breaking.open(start_ms, end_ms, cancel=cancel, **options)
        if self.back.is_set() or start_ms >= self.away_before_ms:
            return self._whole.open(start_ms, end_ms, cancel=cancel, **options)
        self.asked.release()
        if self._hangs:
            cancel.wait(30)
            cancel.raise_if_cancelled()
        raise NetworkError("Nobody answers.")

    def close(self):
        self._whole.close()


@pytest.mark.parametrize("hangs", [False, True])
def test_a_pause_while_the_server_is_away_is_honoured_at_once(play, coded_video, hangs):
    source = Gone(coded_video(PLAIN), after=60, hangs=hangs)
    engine, watch = play(source=source)
    engine.set_speed(2)
    engine.seek(FIRST_MS + 2_000, playing=True)
    watch.wait_state(PlaybackState.RECONNECTING)
    assert source.asked.acquire(timeout=5)
    engine.pause()
    status = watch.wait_state(PlaybackState.PAUSED)
    assert not status.message
    held_ms = engine.position_ms()
    opened = source.opened
    source.back.set()
    # Longer than the back-off would have taken: it stays paused, and asks the server nothing.
    assert not source.asked.acquire(timeout=1.2)
    assert (engine.status().state, source.opened) == (PlaybackState.PAUSED, opened)
    watch.forget()
    engine.play()
    watch.wait_state(PlaybackState.PLAYING)
    watch.wait_pictures(5)
    assert 0 <= watch.shown[0].read_ms - held_ms <= PICTURE_MS


def test_a_speed_chosen_while_the_server_is_away_holds_when_it_is_back(play, coded_video):
    source = Gone(coded_video(PLAIN), after=60, hangs=True)
    engine, watch = play(source=source)
    engine.set_speed(2)
    engine.seek(FIRST_MS + 2_000, playing=True)
    watch.wait_state(PlaybackState.RECONNECTING)
    assert source.asked.acquire(timeout=5)
    source.back.set()
    engine.set_speed(4)
    assert watch.wait_state(PlaybackState.PLAYING).speed_asked == 4


def test_a_stream_that_breaks_while_it_is_paused_stays_paused(play, coded_video):
    breaks = threading.Event()
    source = Breaking(coded_video(LONG_GOP), 75, breaks)
    engine, watch = play(source=source)
    engine.seek(FIRST_MS + 1_000, playing=True)
    watch.wait_pictures(5)
    engine.pause()
    watch.wait_state(PlaybackState.PAUSED)
    watch.wait(lambda seen: seen.shown[-1].said_ms is not None)
    held_ms = engine.position_ms()
    breaks.set()
    # Steps come after the news of the break.
    engine.step(1)
    watch.wait_read(held_ms + PICTURE_MS)
    assert PlaybackState.RECONNECTING not in [status.state for status in watch.statuses]
    assert watch.statuses[-1].state is PlaybackState.PAUSED
    engine.play()
    watch.wait_pictures(5)
    assert watch.statuses[-1].state is PlaybackState.PLAYING


def test_backwards_goes_on_when_the_server_is_back(play, coded_video):
    source = Gone(coded_video(PLAIN), after=0, hangs=False)
    source.opened = 1
    source.away_before_ms = FIRST_MS + 20_000
    engine, watch = play(source=source)
    engine.set_speed(-8)
    engine.seek(FIRST_MS + 39_000, playing=True)
    watch.wait_state(PlaybackState.RECONNECTING)
    lost_ms = watch.shown[-1].read_ms
    assert FIRST_MS + 20_000 <= lost_ms < FIRST_MS + 39_000
    source.back.set()
    watch.wait(lambda seen: seen.shown[-1].read_ms < lost_ms - 4_000)
    assert watch.statuses[-1].state is PlaybackState.PLAYING
