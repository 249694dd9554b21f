import pytest

from rta_viewer.core.access_unit import AccessUnit, Codec, MediaFormat
from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import Cancelled, MediaError
from rta_viewer.media import frames
from rta_viewer.media.file_source import FileReplaySource
from tests.helpers.coded_video import FIRST_MS, VideoKind, shown_instant

PLAIN = VideoKind(seconds=4)
KINDS = {
    "h264": PLAIN,
    "b-frames": VideoKind(seconds=4, b_frames=2),
    "h265": VideoKind(seconds=4, codec="libx265"),
}


def first_gop(path):
    source = FileReplaySource(path, FIRST_MS)
    stream = source.open(
        FIRST_MS, FIRST_MS + 10_000, speed=1.0, key_frames_only=False, cancel=CancelToken()
    )
    units = []
    for unit in stream.units():
        if unit.is_key and units:
            break
        units.append(unit)
    stream.close()
    return units


@pytest.mark.parametrize("name", KINDS)
def test_the_last_picture_at_or_before_the_instant_is_decoded(coded_video, name):
    units = first_gop(coded_video(KINDS[name]))
    assert len(units) == 50
    for asked, expected in ((0, 0), (39, 0), (40, 40), (41, 40), (999, 960), (1_960, 1_960)):
        picture = frames.picture_at(units, FIRST_MS + asked)
        assert picture is not None
        assert shown_instant(picture) == FIRST_MS + expected
        assert picture.instant_ms == pytest.approx(FIRST_MS + expected, abs=0.5)
        assert (picture.width, picture.height) == (640, 360)


def test_nothing_before_the_first_picture(coded_video):
    assert frames.picture_at(first_gop(coded_video(PLAIN)), FIRST_MS - 1) is None
    assert frames.picture_at([], FIRST_MS) is None


def test_the_pictures_between_two_instants(coded_video):
    units = first_gop(coded_video(KINDS["b-frames"]))
    found = [instant for instant, _ in frames.decode_between(units, FIRST_MS + 100, FIRST_MS + 240)]
    assert [round(instant - FIRST_MS) for instant in found] == [120, 160, 200, 240]


def test_reorder_depth_is_known_from_the_key_picture(coded_video):
    assert frames.reorder_depth(first_gop(coded_video(PLAIN))[0]) == 0
    assert frames.reorder_depth(first_gop(coded_video(KINDS["b-frames"]))[0]) >= 1


def test_garbage_is_a_media_error():
    unit = AccessUnit(MediaFormat(Codec.H264), 0.0, b"\x00\x00\x00\x01\x65" + b"\xff" * 400, True)
    with pytest.raises(MediaError):
        frames.picture_at([unit], 0.0)


def test_sound_is_not_a_picture():
    unit = AccessUnit(MediaFormat(Codec.AAC), 0.0, b"abc", True)
    with pytest.raises(MediaError, match="AAC"):
        frames.picture_at([unit], 0.0)


def test_decoding_can_be_cancelled(coded_video):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        frames.picture_at(first_gop(coded_video(PLAIN)), FIRST_MS + 500, cancel)
