"""Which recorded picture was shown? Found by looking, near where it is presumed."""

import av
import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import Picture
from rta_viewer.errors import Cancelled
from rta_viewer.media import frames
from rta_viewer.media.file_source import FileReplaySource
from rta_viewer.media.gop_cache import GopCache, GopCollector
from rta_viewer.player.calibrate import Observation, true_instant
from rta_viewer.player.grid import luma_of_frame, luma_of_picture, moved_samples
from tests.helpers.coded_video import FIRST_MS, VideoKind, make_video

LONG = VideoKind(seconds=40, width=320, height=180)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A cache that holds forty seconds."""
    path = make_video(tmp_path_factory.mktemp("long") / "long.mp4", LONG)
    cache = GopCache()
    collector = GopCollector(cache, "cam")
    stream = FileReplaySource(path, FIRST_MS).open(
        FIRST_MS, FIRST_MS + 10**6, speed=1.0, key_frames_only=False, cancel=CancelToken()
    )
    for unit in stream.units():
        collector.add(unit)
    collector.end(complete=True)
    stream.close()
    return cache


def shown(cache, offset_ms, presumed_offset_ms, *, reach_ms=500.0):
    gop = cache.find("cam", FIRST_MS + offset_ms)
    picture = frames.picture_at(gop.units, FIRST_MS + offset_ms)
    return Observation(picture, 0.0, FIRST_MS + presumed_offset_ms, reach_ms)


def offset(cache, observation, cancel=None):
    found = true_instant(observation, cache, "cam", cancel or CancelToken())
    return None if found is None else round(found - FIRST_MS)


@pytest.mark.parametrize("presumed", [8_500, 8_840, 9_300])
def test_a_picture_near_the_presumed_one_is_found(recorded, presumed):
    assert offset(recorded, shown(recorded, 8_840, presumed)) == 8_840


def test_out_of_reach_the_most_alike_is_not_taken_for_it(recorded):
    assert offset(recorded, shown(recorded, 15_640, 8_000)) is None
    assert offset(recorded, shown(recorded, 15_640, 12_000, reach_ms=4_000.0)) == 15_640


def test_a_picture_that_was_not_recorded_is_not_mistaken_for_another(recorded):
    grey = Picture(320, 180, 320 * 4, bytes([90]) * (320 * 4 * 180), None)
    observation = Observation(grey, 0.0, FIRST_MS + 8_000, 500.0)
    assert offset(recorded, observation) is None


def test_nothing_in_the_cache_says_nothing(recorded):
    observation = shown(recorded, 8_000, 8_000)
    assert true_instant(observation, GopCache(), "cam", CancelToken()) is None


def test_the_search_can_be_interrupted(recorded):
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        offset(recorded, shown(recorded, 8_000, 8_000), token)


@pytest.mark.parametrize("kind", [LONG, VideoKind(seconds=1, codec="mjpeg", width=320, height=180)])
def test_brightness_is_the_same_before_and_after_conversion(tmp_path, kind):
    with av.open(str(make_video(tmp_path / "video.mkv", kind))) as container:
        frame = next(container.decode(video=0))
    shown_picture = frames.to_picture(frame, None)
    assert moved_samples(luma_of_frame(frame), luma_of_picture(shown_picture)) <= 2
