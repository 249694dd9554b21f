"""Every statement is checked by the picture: each carries the instant at which it was taken."""

import gc
import threading
import time
from fractions import Fraction
from functools import partial
from itertools import chain, pairwise

import pytest

from rta_viewer.core.playback import PlaybackState
from rta_viewer.errors import NoFootageError
from rta_viewer.media.file_source import FileReplaySource
from rta_viewer.player.session import PlaySession
from tests.helpers.coded_video import FIRST_MS, VideoKind

small = partial(VideoKind, width=320, height=180)
PLAIN = small(seconds=40)
B_FRAMES = small(seconds=12, b_frames=2)
LONG_GOP = small(seconds=24, gop_pictures=250)
H265 = small(seconds=12, codec="libx265")

OPEN_GROUPS = small(seconds=6, b_frames=3, open_groups=True)
OPEN_GROUPS_H265 = small(seconds=6, codec="libx265", b_frames=3, open_groups=True)
FRACTIONS = small(seconds=3, gop_pictures=15, b_frames=2, fps=Fraction(30_000, 1001))
BORDERS = [B_FRAMES, OPEN_GROUPS, OPEN_GROUPS_H265, FRACTIONS]

PICTURE_MS = 40


@pytest.mark.parametrize("kind", [PLAIN, B_FRAMES, LONG_GOP, H265], ids=lambda kind: kind.codec)
@pytest.mark.parametrize("offset_ms", [0, 1_960, 2_000, 3_333, 9_999])
def test_a_paused_seek_shows_the_last_picture_at_or_before(play, coded_video, kind, offset_ms):
    engine, watch = play(coded_video(kind))
    engine.seek(FIRST_MS + offset_ms, playing=False)
    watch.wait_state(PlaybackState.PAUSED)
    expected = FIRST_MS + offset_ms // PICTURE_MS * PICTURE_MS
    watch.wait_read(expected)
    assert engine.position_ms() == pytest.approx(expected, abs=1)


@pytest.mark.parametrize("kind", [PLAIN, B_FRAMES, LONG_GOP, H265], ids=lambda kind: kind.codec)
def test_a_playing_seek_begins_with_the_asked_picture(play, coded_video, kind):
    engine, watch = play(coded_video(kind))
    engine.seek(FIRST_MS + 3_333, playing=True)
    watch.wait_pictures(15)
    instants = [shown.read_ms - FIRST_MS for shown in watch.shown]
    assert instants[0] == 3_320
    # Nothing of what precedes the asked picture in its group is seen.
    assert min(instants) == 3_320
    assert instants[-1] > 3_320


@pytest.mark.parametrize("speed", [1, 2, 4, 8])
def test_the_position_is_the_picture_on_the_screen(play, coded_video, speed):
    engine, watch = play(coded_video(PLAIN))
    engine.set_speed(speed)
    engine.seek(FIRST_MS + 3_333, playing=True)
    watch.wait(
        lambda watch: bool(watch.statuses) and watch.statuses[-1].speed_effective is not None
    )
    errors = []
    for _ in range(10):
        watch.wait_pictures(1)
        errors.append(abs(engine.position_ms() - watch.shown[-1].read_ms))
    # On a busy machine a picture is on the screen a little after its time, and 8x makes that 8 times as much.
    assert sorted(errors)[5] <= 100 + 30 * (speed - 1)


def plays_at(engine, watch, from_ms, speed):
    """Media seconds a second. A machine that does other things at that moment gets another chance."""
    for _ in range(5):
        first = watch.shown[-1]
        watch.wait(lambda watch, first=first: watch.shown[-1].at_s - first.at_s > 1.5)
        last = watch.shown[-1]
        if (last.read_ms - first.read_ms) / 1000 / (last.at_s - first.at_s) == speed:
            return True
        engine.seek(from_ms, playing=True)
        watch.wait_pictures(20)
    return False


@pytest.mark.parametrize("speed", [1, 2, 4, 8])
def test_the_speed_is_the_asked_one(play, coded_video, speed):
    engine, watch = play(coded_video(PLAIN))
    engine.set_speed(speed)
    engine.seek(FIRST_MS, playing=True)
    watch.wait_pictures(20)
    assert plays_at(engine, watch, FIRST_MS, pytest.approx(speed, rel=0.05))


@pytest.mark.parametrize("speed", [1, 4])
def test_motion_jpeg_plays_too(play, coded_video, speed):
    engine, watch = play(coded_video(small(seconds=20, codec="mjpeg")))
    engine.set_speed(speed)
    engine.seek(FIRST_MS + 3_333, playing=True)
    watch.wait_pictures(30)
    assert watch.shown[0].read_ms == FIRST_MS + 3_320
    assert plays_at(engine, watch, FIRST_MS, pytest.approx(speed, rel=0.06))
    engine.step(-1)
    watch.wait_state(PlaybackState.PAUSED)
    watch.wait(lambda watch: watch.shown[-1].read_ms == round(engine.position_ms() or 0))


@pytest.mark.parametrize("speed", [0.25, 0.5])
def test_slow_motion(play, coded_video, speed):
    engine, watch = play(coded_video(PLAIN))
    engine.set_speed(speed)
    engine.seek(FIRST_MS + 3_000, playing=True)
    watch.wait_pictures(10)
    assert plays_at(engine, watch, FIRST_MS + 3_000, pytest.approx(speed, rel=0.12))


def test_trimming_changes_the_speed_a_little_and_not_the_chosen_one(play, coded_video):
    engine, watch = play(coded_video(PLAIN))
    engine.set_speed(2)
    engine.seek(FIRST_MS + 3_000, playing=True)
    watch.wait_pictures(20)
    engine.trim(1.2)
    watch.wait_pictures(10)
    first, said = watch.shown[-1], engine.position_ms()
    watch.wait(lambda watch: watch.shown[-1].at_s - first.at_s > 1.5)
    last = watch.shown[-1]
    measured = (last.read_ms - first.read_ms) / 1000 / (last.at_s - first.at_s)
    assert measured == pytest.approx(2.4, rel=0.06)
    assert engine.status().speed_asked == 2
    assert engine.position_ms() - said == pytest.approx(last.read_ms - first.read_ms, abs=200)


def longest_pause_s(watch):
    pairs = pairwise([shown for shown in watch.shown if shown.said_ms is None])
    return max((later.at_s - earlier.at_s for earlier, later in pairs), default=0)


def test_waiting_holds_the_picture_for_a_moment(play, coded_video):
    engine, watch = play(coded_video(PLAIN))
    engine.seek(FIRST_MS + 3_000, playing=True)
    watch.wait_pictures(20)
    engine.wait(0.8)
    watch.wait(lambda watch: longest_pause_s(watch) >= 0.6)
    watch.wait_pictures(5)
    assert engine.status().state is PlaybackState.PLAYING
    watch.wait_pictures(10)
    assert engine.position_ms() == pytest.approx(watch.shown[-1].read_ms, abs=150)


@pytest.mark.parametrize("speed", [-4, -8])
def test_backwards_by_key_pictures_at_the_asked_speed(play, coded_video, speed):
    engine, watch = play(coded_video(PLAIN))
    engine.set_speed(speed)
    engine.seek(FIRST_MS + 30_333, playing=True)
    watch.wait(lambda watch: bool(watch.shown) and watch.shown[-1].read_ms <= FIRST_MS + 12_000)
    instants = [shown.read_ms - FIRST_MS for shown in watch.shown]
    assert instants[:3] == [30_320, 30_000, 28_000]
    assert instants[1:] == list(range(30_000, instants[-1] - 1, -2_000))
    first, last = watch.shown[2], watch.shown[-1]
    measured = (last.read_ms - first.read_ms) / 1000 / (last.at_s - first.at_s)
    assert measured == pytest.approx(speed, rel=0.1)
    assert engine.position_ms() == pytest.approx(watch.shown[-1].read_ms, abs=2_001)


def test_backwards_can_be_paused_turned_round_and_reaches_the_beginning(play, coded_video):
    engine, watch = play(coded_video(PLAIN))
    engine.seek(FIRST_MS + 20_000, playing=True)
    watch.wait_pictures(5)
    engine.set_speed(-8)
    watch.wait(lambda watch: watch.shown[-1].read_ms <= FIRST_MS + 14_000)
    engine.pause()
    watch.wait_state(PlaybackState.PAUSED)
    held_ms = watch.shown[-1].read_ms
    assert engine.position_ms() == pytest.approx(held_ms, abs=1)
    engine.set_speed(1)
    watch.forget()
    engine.play()
    watch.wait_pictures(5)
    assert held_ms <= watch.shown[0].read_ms <= watch.shown[-1].read_ms <= held_ms + 2_000
    engine.set_speed(-8)
    status = watch.wait_state(PlaybackState.ENDED)
    assert "Beginning" in status.message
    assert watch.shown[-1].read_ms == FIRST_MS


def test_a_pause_holds_exactly_and_playing_goes_on_from_there(play, coded_video):
    engine, watch = play(coded_video(PLAIN))
    engine.seek(FIRST_MS + 1_000, playing=True)
    watch.wait_pictures(20)
    engine.pause()
    watch.wait_state(PlaybackState.PAUSED)
    watch.wait(lambda watch: watch.shown[-1].said_ms is not None)
    held = watch.shown[-1]
    assert engine.position_ms() == pytest.approx(held.read_ms, abs=1)
    watch.forget()
    engine.play()
    watch.wait_pictures(5)
    assert abs(watch.shown[0].read_ms - held.read_ms) <= 5 * PICTURE_MS


def test_steps_are_single_pictures_forward_and_back_over_group_borders(play, coded_video):
    engine, watch = play(coded_video(B_FRAMES))
    engine.seek(FIRST_MS + 1_920, playing=False)
    watch.wait_read(FIRST_MS + 1_920)
    expected = 1_920
    for pictures in (1, 1, 1, -1, -1, -1, -1, 3, -40, 100):
        expected += pictures * PICTURE_MS
        engine.step(pictures)
        watch.wait_read(FIRST_MS + expected)
        assert engine.position_ms() == pytest.approx(FIRST_MS + expected, abs=1)


@pytest.mark.parametrize("kind", BORDERS, ids=lambda kind: f"{kind.codec} {float(kind.fps):.2f}")
def test_each_step_over_a_group_border_is_one_picture(play, coded_video, kind):
    engine, watch = play(coded_video(kind))
    number = kind.gop_pictures - 6
    engine.seek(kind.instant_ms(number) + 1, playing=False)
    watch.wait_read(kind.instant_ms(number))
    for by in [1] * 12 + [-1] * 12:
        number += by
        engine.step(by)
        watch.wait_read(kind.instant_ms(number))


@pytest.mark.parametrize("kind", BORDERS, ids=lambda kind: f"{kind.codec} {float(kind.fps):.2f}")
def test_seeks_to_neighbouring_pictures_over_a_group_border(play, coded_video, kind):
    engine, watch = play(coded_video(kind))
    for number in [*range(2 * kind.gop_pictures - 8, 2 * kind.gop_pictures + 8), 3, 4, 5, 6, 7]:
        engine.seek(kind.instant_ms(number) + 1, playing=False)
        watch.wait_read(kind.instant_ms(number))


def test_steps_stop_at_the_first_and_at_the_last_picture(play, coded_video):
    engine, watch = play(coded_video(B_FRAMES))
    engine.seek(FIRST_MS + 80, playing=False)
    watch.wait_read(FIRST_MS + 80)
    engine.step(-9)
    watch.wait_read(FIRST_MS)
    engine.seek(FIRST_MS + 11_900, playing=False)
    watch.wait_read(FIRST_MS + 11_880)
    engine.step(9)
    watch.wait_read(FIRST_MS + 11_960)


def test_dragging_shows_pictures_and_the_latest_wins(play, coded_video):
    engine, watch = play(coded_video(PLAIN))
    for offset_ms in range(0, 20_000, 130):
        engine.scrub(FIRST_MS + offset_ms)
    engine.scrub(FIRST_MS + 20_010)
    watch.wait_read(FIRST_MS + 20_000)
    engine.seek(FIRST_MS + 20_010, playing=True)
    watch.wait_state(PlaybackState.PLAYING)
    watch.wait_pictures(10)
    assert watch.shown[-1].read_ms > FIRST_MS + 20_000


class Held(FileReplaySource):
    """Each request waits until it may go on."""

    def __init__(self, path):
        super().__init__(path, FIRST_MS)
        self.asked = []
        self.entered, self.goes_on = threading.Event(), threading.Event()

    def open(self, start_ms, end_ms, **options):
        self.asked.append(start_ms - FIRST_MS)
        self.entered.set()
        assert self.goes_on.wait(20)
        return super().open(start_ms, end_ms, **options)


def test_while_dragging_one_request_is_under_way_and_only_the_latest_place_follows(
    play, coded_video
):
    source = Held(coded_video(PLAIN))
    engine, watch = play(source=source)
    engine.scrub(FIRST_MS + 1_000)
    assert source.entered.wait(20)
    for offset_ms in range(3_000, 30_000, 1_000):
        engine.scrub(FIRST_MS + offset_ms)
    assert source.asked == [1_000]
    source.goes_on.set()
    watch.wait_read(FIRST_MS + 29_000)
    assert source.asked == [1_000, 29_000]


def test_a_picture_that_stands_in_for_the_asked_one_is_marked(play, coded_video):
    engine, watch = play(coded_video(PLAIN))
    engine.scrub(FIRST_MS + 3_333)
    watch.wait_read(FIRST_MS + 3_320)
    assert [shown.read_ms - FIRST_MS for shown in watch.shown] == [2_000, 3_320]
    previews = [status.preview for status in watch.statuses if status.width]
    assert previews[0]
    assert not engine.status().preview


def test_what_was_played_before_is_let_go_without_a_search_for_cycles(play, coded_video):
    def sessions():
        return sum(isinstance(each, PlaySession) for each in gc.get_objects())

    gc.collect()
    before = sessions()
    engine, watch = play(coded_video(PLAIN))
    gc.disable()
    try:
        for number in range(6):
            engine.seek(FIRST_MS + number * 3_000, playing=True)
            watch.wait_read(FIRST_MS + number * 3_000)
            watch.wait_pictures(3)
        deadline_s = time.monotonic() + 10
        # The one that plays and the one before.
        while sessions() - before > 2 and time.monotonic() < deadline_s:
            watch.wait_pictures(1)
        assert sessions() - before <= 2
    finally:
        gc.enable()


def test_a_burst_of_seeks_ends_at_the_last_one(play, coded_video):
    engine, watch = play(coded_video(PLAIN))
    for offset_ms in range(0, 30_000, 500):
        engine.seek(FIRST_MS + offset_ms, playing=True)
    engine.seek(FIRST_MS + 12_345, playing=False)
    watch.wait_state(PlaybackState.PAUSED)
    watch.wait_read(FIRST_MS + 12_320)


def test_the_end_of_the_footage_is_said(play, coded_video):
    engine, watch = play(coded_video(PLAIN))
    engine.set_speed(8)
    engine.seek(FIRST_MS + 36_000, playing=True)
    status = watch.wait_state(PlaybackState.ENDED)
    assert status.message
    assert watch.shown[-1].read_ms == FIRST_MS + 39_960


def test_no_footage_is_said_and_the_next_seek_works(play, coded_video):
    engine, watch = play(coded_video(PLAIN))
    engine.seek(FIRST_MS + 3_600_000, playing=True)
    status = watch.wait_state(PlaybackState.NO_FOOTAGE)
    assert isinstance(status.error, NoFootageError)
    engine.seek(FIRST_MS + 1_000, playing=False)
    watch.wait_state(PlaybackState.PAUSED)
    watch.wait_read(FIRST_MS + 1_000)


def test_a_paused_seek_before_the_first_recording_names_where_it_starts(play, coded_video):
    engine, watch = play(coded_video(PLAIN))
    engine.seek(FIRST_MS - 60_000, playing=False)
    status = watch.wait_state(PlaybackState.NO_FOOTAGE)
    assert "2025-10-24 10:00:00" in status.hint


def test_playing_on_from_a_time_without_footage_goes_to_the_next_recording(play, coded_video):
    engine, watch = play(coded_video(PLAIN))
    engine.seek(FIRST_MS - 60_000, playing=False)
    watch.wait_state(PlaybackState.NO_FOOTAGE)
    engine.play()
    watch.wait_state(PlaybackState.PLAYING)
    assert watch.shown[0].read_ms == FIRST_MS


class TwoRecordings:
    """The same file twice: once where it belongs and once a while later."""

    def __init__(self, path, later_ms):
        self._later_ms = later_ms
        self._first = FileReplaySource(path, FIRST_MS)
        self._second = FileReplaySource(path, FIRST_MS + later_ms)

    def open(self, start_ms, end_ms, **options):
        second = self._second.open(max(start_ms, FIRST_MS + self._later_ms), end_ms, **options)
        try:
            first = self._first.open(start_ms, end_ms, **options)
        except NoFootageError:
            return second
        first.units = partial(chain, first.units(), second.units())
        return first

    def close(self):
        self._first.close()
        self._second.close()


SHORT = small(seconds=6)
GAP_MS = 20_000


def test_a_gap_is_skipped_without_a_stop_and_that_is_said(play, coded_video):
    engine, watch = play(source=TwoRecordings(coded_video(SHORT), GAP_MS))
    engine.set_speed(4)
    engine.seek(FIRST_MS + 3_000, playing=True)
    # The second recording carries the codes of the first: time is what the engine says.
    watch.wait(lambda _: (engine.position_ms() or 0) >= FIRST_MS + GAP_MS + 1_000)
    assert any("Skipped 0:00:14" in status.note for status in watch.statuses)
    states = [status.state for status in watch.statuses]
    assert PlaybackState.GAP not in states
    assert engine.position_ms() - GAP_MS == pytest.approx(watch.shown[-1].read_ms, abs=200)


def test_a_gap_can_be_waited_through_in_its_own_time(play, coded_video):
    engine, watch = play(source=TwoRecordings(coded_video(SHORT), GAP_MS))
    engine.set_skip_gaps(False)
    engine.set_speed(8)
    engine.seek(FIRST_MS + 3_000, playing=True)
    status = watch.wait_state(PlaybackState.GAP)
    began_s = time.monotonic()
    assert "10:00:20" in status.hint
    assert watch.shown[-1].read_ms == FIRST_MS + 5_960
    watch.wait_state(PlaybackState.PLAYING)
    assert time.monotonic() - began_s == pytest.approx(14.04 / 8, abs=0.6)
    watch.wait_read(FIRST_MS)


def test_a_gap_that_is_waited_through_can_be_paused(play, coded_video):
    engine, watch = play(source=TwoRecordings(coded_video(SHORT), GAP_MS))
    engine.set_skip_gaps(False)
    engine.seek(FIRST_MS + 10_000, playing=True)
    watch.wait_state(PlaybackState.GAP)
    engine.pause()
    watch.wait_state(PlaybackState.NO_FOOTAGE)
    held_ms = engine.position_ms()
    assert FIRST_MS + 10_000 <= held_ms < FIRST_MS + GAP_MS
    engine.set_skip_gaps(True)
    engine.play()
    watch.wait_state(PlaybackState.PLAYING)
    assert watch.shown[0].said_ms == pytest.approx(FIRST_MS + GAP_MS, abs=1)


class Paced:
    """A source that sends each picture no sooner than it is to be shown."""

    def __init__(self, path):
        self._inner = FileReplaySource(path, FIRST_MS)
        self._closed = threading.Event()

    def open(self, start_ms, end_ms, *, speed, **options):
        stream = self._inner.open(start_ms, end_ms, speed=speed, **options)
        return PacedStream(stream, speed, self._closed)

    def close(self):
        self._closed.set()
        self._inner.close()


class PacedStream:
    def __init__(self, stream, speed, closed):
        self._stream = stream
        self._closed = closed
        self.delivered_speed = speed
        self.formats = stream.formats
        self.lost_units = 0
        self.close = stream.close

    def units(self):
        began_s = time.monotonic()
        for number, unit in enumerate(self._stream.units()):
            due_s = began_s + number * PICTURE_MS / 1000 / self.delivered_speed
            self._closed.wait(max(0.0, due_s - time.monotonic()))
            yield unit


@pytest.mark.parametrize("speed", [1, 4])
@pytest.mark.parametrize("after_key", [0, 2, 20])
def test_a_server_that_paces_its_pictures_is_played(play, coded_video, speed, after_key):
    engine, watch = play(source=Paced(coded_video(B_FRAMES)))
    engine.set_speed(speed)
    asked_ms = FIRST_MS + 4_000 + after_key * PICTURE_MS
    engine.seek(asked_ms, playing=True)
    watch.wait(lambda watch: bool(watch.shown) and watch.shown[-1].read_ms > asked_ms + 800 * speed)
    assert len(watch.shown) > 10


def test_closing_while_a_stream_is_being_opened(play, coded_video):
    entered = threading.Event()

    class Silent:
        def open(self, start_ms, end_ms, *, speed, key_frames_only, cancel):
            entered.set()
            cancel.wait(30)
            cancel.raise_if_cancelled()

        def close(self):
            pass

    engine, _watch = play(source=Silent())
    engine.seek(FIRST_MS, playing=True)
    assert entered.wait(5)
    began = time.monotonic()
    engine.close()
    assert time.monotonic() - began < 5
