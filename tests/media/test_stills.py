"""Pictures that are near each other are not decoded twice, and are always the right ones."""

import random

import pytest

from rta_viewer.core.access_unit import AccessUnit, Codec, MediaFormat
from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import Cancelled, MediaError
from rta_viewer.media import frames
from rta_viewer.media.file_source import FileReplaySource
from rta_viewer.media.stills import StillDecoder
from tests.helpers.coded_video import FIRST_MS, VideoKind, shown_instant

PLAIN = VideoKind(seconds=4)
KINDS = {
    "h264": PLAIN,
    "b-frames": VideoKind(seconds=4, b_frames=2),
    "h265": VideoKind(seconds=4, codec="libx265"),
}
PICTURE_BYTES = 640 * 360 * 3 // 2


@pytest.fixture
def groups(coded_video):
    def read(kind: VideoKind) -> list[list[AccessUnit]]:
        found: list[list[AccessUnit]] = []
        stream = FileReplaySource(coded_video(kind), FIRST_MS).open(
            FIRST_MS, FIRST_MS + 10_000, speed=1.0, key_frames_only=False, cancel=CancelToken()
        )
        for unit in stream.units():
            if unit.is_key:
                found.append([])
            found[-1].append(unit)
        stream.close()
        return found

    return read


@pytest.fixture
def fed(monkeypatch):
    """Counts what goes into decoders."""
    counted: list[float] = []
    original = frames.GroupDecoder.feed

    def feed(self, unit):
        counted.append(unit.instant_ms)
        return original(self, unit)

    monkeypatch.setattr(frames.GroupDecoder, "feed", feed)
    return counted


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("limit_bytes", [1, 5 * PICTURE_BYTES, 10**9])
def test_whatever_the_order_the_asked_picture_comes(groups, name, limit_bytes):
    first, second = groups(KINDS[name])[:2]
    stills = StillDecoder(limit_bytes)
    chance = random.Random(5)  # noqa: S311 - reproducible, not secret
    for _ in range(25):
        number = chance.randrange(100)
        group = first if number < 50 else second
        # Groups arrive bit by bit, in objects of their own each time.
        part = [_copy(unit) for unit in group[: chance.randrange(1, 51)]]
        asked_ms = FIRST_MS + number * 40 + chance.choice((0, 13))
        expected_ms = max((u.instant_ms for u in part if u.instant_ms <= asked_ms), default=None)
        picture = stills.picture_at(part, asked_ms)
        if expected_ms is None:
            assert picture is None
        else:
            assert picture.instant_ms == expected_ms
            assert shown_instant(picture) == round(expected_ms)


def test_steps_forward_decode_one_picture_each(groups, fed):
    group = groups(PLAIN)[0]
    stills = StillDecoder()
    stills.picture_at(group[:12], FIRST_MS + 400)
    before = len(fed)
    for number in range(11, 50):
        stills.picture_at(group, FIRST_MS + number * 40)
    assert len(fed) - before == 39


def test_steps_back_decode_nothing_while_the_pictures_are_remembered(groups, fed):
    group = groups(PLAIN)[0]
    stills = StillDecoder(20 * 2 * PICTURE_BYTES)
    stills.picture_at(group, FIRST_MS + 1_600)
    before = len(fed)
    for number in range(39, 25, -1):
        assert stills.work(group, FIRST_MS + number * 40) == 0
        stills.picture_at(group, FIRST_MS + number * 40)
    assert len(fed) == before


def test_the_work_is_foretold(groups, fed):
    group = groups(PLAIN)[0]
    stills = StillDecoder()
    for number in (20, 24, 24, 3, 49):
        before = len(fed)
        foretold = stills.work(group, FIRST_MS + number * 40)
        stills.picture_at(group, FIRST_MS + number * 40)
        assert len(fed) - before == foretold
    assert stills.work(group, FIRST_MS - 1) == 0


def test_little_is_remembered_and_nothing_after_forgetting(groups):
    group = groups(PLAIN)[0]
    stills = StillDecoder(3 * PICTURE_BYTES)
    stills.picture_at(group, FIRST_MS + 1_960)
    assert 0 < stills.size_bytes <= 3 * PICTURE_BYTES
    stills.forget()
    assert stills.size_bytes == 0
    assert shown_instant(stills.picture_at(group, FIRST_MS + 80)) == FIRST_MS + 80


def test_it_knows_what_decoding_takes_also_when_a_picture_took_nothing(groups):
    group = groups(PLAIN)[0]
    stills = StillDecoder()
    assert stills.decode_ms == 0
    stills.picture_at(group, FIRST_MS + 400)
    measured_ms = stills.decode_ms
    assert 0 < measured_ms < 1_000
    stills.picture_at(group, FIRST_MS + 360)
    assert stills.decode_ms == measured_ms


def test_a_cancelled_search_goes_on_where_it_was(groups, fed):
    group = groups(PLAIN)[0]
    stills = StillDecoder()
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        stills.picture_at(group, FIRST_MS + 400, token)
    stills.picture_at(group, FIRST_MS + 400)
    assert len(fed) == 11


def test_garbage_is_a_media_error_and_the_next_group_decodes(groups):
    good = groups(PLAIN)[0]
    bad = AccessUnit(MediaFormat(Codec.H264), FIRST_MS - 2_000, b"\0\0\0\1\x65nothing", True)
    stills = StillDecoder()
    with pytest.raises(MediaError):
        stills.picture_at([bad], FIRST_MS)
    assert shown_instant(stills.picture_at(good, FIRST_MS + 40)) == FIRST_MS + 40


@pytest.mark.parametrize("name", KINDS)
def test_parameter_sets_are_the_same_in_all_key_pictures_of_a_stream(groups, name):
    first, second = groups(KINDS[name])[:2]
    sets = frames.parameter_sets(first[0])
    assert sets
    assert len(sets) < 200
    assert frames.parameter_sets(second[0]) == sets


def test_parameter_sets_of_different_streams_differ(groups):
    sets = {frames.parameter_sets(groups(kind)[0][0]) for kind in KINDS.values()}
    assert len(sets) == 3


def test_parameter_sets_come_from_the_description_where_there_are_none_in_band():
    described = MediaFormat(Codec.H264, parameter_sets=(b"\x67a", b"\x68b"))
    for data in (b"", b"\0\0\0\1", b"\0\0\1\x65slice", b"\0\0\1\x06sei\0\0\1\x65slice"):
        unit = AccessUnit(described, FIRST_MS, data, True)
        assert frames.parameter_sets(unit) == b"\x67a\0\0\1\x68b"
    assert frames.parameter_sets(AccessUnit(MediaFormat(Codec.MJPEG), 0, b"\xff\xd8", True)) == b""


def _copy(unit: AccessUnit) -> AccessUnit:
    data = bytes(bytearray(unit.data))
    return AccessUnit(unit.format, unit.instant_ms, data, unit.is_key, time_source=unit.time_source)
