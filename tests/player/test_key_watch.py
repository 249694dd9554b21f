"""Key pictures are told from all others by looking, and prove the clock."""

from dataclasses import replace
from itertools import pairwise

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.media.file_source import FileReplaySource
from rta_viewer.media.frames import decode_between, to_picture
from rta_viewer.media.gop_cache import GopCache
from rta_viewer.player import session as module
from rta_viewer.player.key_watch import MOST_KEYS, KeyWatch
from rta_viewer.player.locate import Locator, Window, still_of
from rta_viewer.player.null_backend import NullBackend
from rta_viewer.player.session import PlaySession, Start
from tests.helpers.coded_video import FIRST_MS, VideoKind

PLAIN = VideoKind(seconds=12)
KINDS = [PLAIN, VideoKind(seconds=12, codec="libx265"), VideoKind(seconds=12, b_frames=2)]


def units_of(path):
    with_units = FileReplaySource(path, FIRST_MS).open(
        FIRST_MS, FIRST_MS + 60_000, speed=1.0, key_frames_only=False, cancel=CancelToken()
    )
    try:
        return [unit for unit in with_units.units() if unit.format.codec.is_video]
    finally:
        with_units.close()


def pictures_of(units, from_ms, to_ms):
    """``(instant, picture)`` of all pictures in between, in the order in which they are shown."""
    starts = [number for number, unit in enumerate(units) if unit.is_key] + [len(units)]
    for start, end in pairwise(starts):
        for instant_ms, frame in decode_between(units[start:end], from_ms, to_ms):
            yield instant_ms, to_picture(frame, None)


@pytest.fixture(params=KINDS, ids=["h264", "h265", "b-frames"])
def units(request, coded_video):
    return units_of(coded_video(request.param))


def test_each_key_picture_is_recognised_once_and_no_other_picture_is(units):
    watch = KeyWatch()
    for unit in units:
        if unit.is_key:
            watch.offer(unit, unit.instant_ms - FIRST_MS, 1.0)
    found = {}
    for instant_ms, picture in pictures_of(units, FIRST_MS + 1_800, FIRST_MS + 6_200):
        due_ms = instant_ms - FIRST_MS
        seen_ms = watch.recognise(picture, due_ms, due_ms / 1000)
        again_ms = watch.recognise(picture, due_ms, due_ms / 1000)
        assert again_ms is None  # the player shows it again: no news
        if seen_ms is not None:
            found[round(instant_ms - FIRST_MS)] = round(seen_ms)
    assert found == {2_000: 2_000, 4_000: 4_000, 6_000: 6_000}


def recognised(watch, units, from_ms, to_ms, clock_is_ahead_ms=0.0):
    """The media times that were recognised while the clock was wrong by so much."""
    found = []
    for instant_ms, picture in pictures_of(units, FIRST_MS + from_ms, FIRST_MS + to_ms):
        media_ms = instant_ms - FIRST_MS
        due_ms = media_ms + clock_is_ahead_ms
        if (seen_ms := watch.recognise(picture, due_ms, media_ms / 1000)) is not None:
            assert round(seen_ms) == round(media_ms)
            found.append(round(seen_ms))
    return found


def test_only_pictures_near_to_where_one_is_due_are_looked_at_closely(coded_video, monkeypatch):
    watch, units, looked_ms = KeyWatch(), units_of(coded_video(PLAIN)), []
    for unit in units:
        if unit.is_key:
            watch.offer(unit, unit.instant_ms - FIRST_MS, 1.0)
    assert recognised(watch, units, 1_900, 2_100) == [2_000]
    expected = watch._expected

    def noted(keys, due_ms, now_s):
        if found := expected(keys, due_ms, now_s):
            looked_ms.append(due_ms)
        return found

    monkeypatch.setattr(watch, "_expected", noted)
    assert recognised(watch, units, 2_100, 8_200) == [4_000, 6_000, 8_000]
    off_ms = [abs(due_ms - round(due_ms, -3)) for due_ms in looked_ms]
    assert max(off_ms) <= 250
    assert len(looked_ms) < 6_100 / 40 / 3


def test_a_clock_that_stands_still_with_the_player_is_no_witness(coded_video):
    watch, units = KeyWatch(), units_of(coded_video(PLAIN))
    for unit in units:
        if unit.is_key:
            watch.offer(unit, unit.instant_ms - FIRST_MS, 1.0)
    assert recognised(watch, units, 1_900, 2_100) == [2_000]
    found = []
    for instant_ms, picture in pictures_of(units, FIRST_MS + 2_100, FIRST_MS + 6_100):
        seen_ms = watch.recognise(picture, 2_300.0, (instant_ms - FIRST_MS) / 1000)
        found += [] if seen_ms is None else [round(seen_ms)]
    assert found == [6_000]


@pytest.mark.parametrize("ahead_ms", [-700.0, 700.0])
def test_a_clock_that_has_gone_wrong_is_found_out_at_the_next_key_picture_but_one(
    coded_video, ahead_ms
):
    watch, units = KeyWatch(), units_of(coded_video(PLAIN))
    for unit in units:
        if unit.is_key:
            watch.offer(unit, unit.instant_ms - FIRST_MS, 1.0)
    assert recognised(watch, units, 1_900, 2_100) == [2_000]
    assert recognised(watch, units, 2_500, 6_100, ahead_ms) in ([4_000, 6_000], [6_000])


def test_key_pictures_in_quick_succession_are_not_all_decoded(coded_video):
    unit = units_of(coded_video(PLAIN))[0]
    watch = KeyWatch()
    for number in range(100):
        watch.offer(unit, number * 40.0, 1.0)
    assert len(watch._keys) == 20
    assert watch.interval_ms == 200.0
    for number in range(100):
        watch.offer(unit, 10_000 + number * 2_000.0, 1.0)
    assert len(watch._keys) == MOST_KEYS


def test_pictures_that_look_the_same_prove_nothing(coded_video):
    units = units_of(coded_video(PLAIN))
    watch = KeyWatch()
    watch.offer(units[0], 0.0, 1.0)
    watch.offer(units[0], 2_000.0, 1.0)
    (_instant, picture), *_rest = pictures_of(units, FIRST_MS, FIRST_MS + 10)
    assert watch.recognise(picture, 2_000.0, 2.0) is None


def test_damaged_key_pictures_are_tried_a_few_times_only(coded_video):
    unit = units_of(coded_video(PLAIN))[0]
    damaged = replace(unit, data=b"\0\0\0\1\x65" + b"\xff" * 400)
    watch = KeyWatch()
    for number in range(20):
        watch.offer(damaged, number * 2_000.0, 1.0)
    assert not watch._keys


class Owner:
    def session_picture(self, session, picture): ...

    def session_noted(self, session, note): ...

    def session_fed(self, session, error): ...

    def session_ended(self, session, error): ...


class Playing:
    """A session from 3 s on whose player shows what it is told to show, when it is told to."""

    def __init__(self, path, monkeypatch, rate):
        # Nobody plays what is fed here, so nobody sets the pace.
        monkeypatch.setattr(module, "LEAD_S", float("inf"))
        self.now_s = 100.0
        self.units = units_of(path)
        locator = Locator("cam", FileReplaySource(path, FIRST_MS), GopCache())
        located = locator.open(Window(FIRST_MS + 3_000, FIRST_MS + 60_000), CancelToken())
        still = still_of(located, CancelToken())
        start = Start(located, still, rate, 1.0)
        self.session = PlaySession(start, NullBackend(), Owner(), lambda: self.now_s)
        self.session._feed(len)
        self.show(3_000)

    def show(self, offset_ms):
        (_instant, picture), *_rest = pictures_of(
            self.units, FIRST_MS + offset_ms - 1, FIRST_MS + offset_ms + 1
        )
        self.session.picture_shown(picture)

    def position(self):
        return round(self.session.position_ms() - FIRST_MS)


@pytest.fixture
def playing(coded_video, monkeypatch):
    made = []

    def make(rate):
        made.append(Playing(coded_video(PLAIN), monkeypatch, rate))
        return made[-1]

    yield make
    for each in made:
        each.session.close()


def test_a_key_picture_on_the_screen_mends_the_clock(playing):
    run = playing(1.0)
    run.session.hold()  # from here on nothing is counted
    run.session.resume()
    run.now_s += 2.5
    assert run.position() == 5_500  # by the clock alone
    run.show(4_000)
    assert run.position() == 4_000
    run.now_s += 0.03
    assert run.position() == 4_030


def test_the_position_stands_with_the_screen(playing):
    run = playing(8.0)
    run.show(4_000)
    run.now_s += 1.0  # eight seconds should have passed
    assert run.position() == 4_039  # the next picture has not come
    run.show(4_040)
    run.now_s += 0.001
    assert run.position() == 4_048


def test_the_pictures_after_a_proof_are_counted(playing):
    run = playing(1.0)
    for offset_ms in (3_040, 3_080, 3_120):
        run.now_s += 0.3  # late, each of them
        run.show(offset_ms)
        assert run.position() == offset_ms
    run.now_s += 0.3
    run.show(3_120)  # once more, for want of another
    run.now_s += 0.02
    run.show(3_160)
    assert run.position() == 3_160
    run.show(6_000)
    run.show(6_040)
    assert run.position() == 6_040


def test_what_is_shown_while_it_stands_is_not_counted(playing):
    run = playing(1.0)
    run.session.hold()
    run.show(3_040)
    run.session.resume()
    run.now_s += 0.05
    run.show(3_080)
    assert run.position() == 3_050  # by the clock alone
    run.show(4_000)
    run.show(4_040)
    assert run.position() == 4_040
