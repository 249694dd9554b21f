import io

import av
import pytest

from rta_viewer.core.access_unit import Codec, MediaFormat
from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import MediaError
from rta_viewer.media import frames
from rta_viewer.media.feed_mux import FeedMuxer, carrier_of
from rta_viewer.media.file_source import FileReplaySource
from tests.helpers.coded_video import FIRST_MS, VideoKind

KINDS = {
    "h264": VideoKind(seconds=4),
    "b-frames": VideoKind(seconds=4, b_frames=3),
    "h265": VideoKind(seconds=4, codec="libx265"),
    "h265 b-frames": VideoKind(seconds=4, codec="libx265", b_frames=3),
    "mjpeg": VideoKind(seconds=4, codec="mjpeg"),
}


@pytest.mark.parametrize("name", KINDS)
def test_pictures_keep_their_media_times_on_the_way(coded_video, name):
    source = FileReplaySource(coded_video(KINDS[name]), FIRST_MS)
    stream = source.open(
        FIRST_MS, FIRST_MS + 60_000, speed=1, key_frames_only=False, cancel=CancelToken()
    )
    units = list(stream.units())
    stream.close()
    written = io.BytesIO()
    muxer = FeedMuxer(written.write, units[0].format, reorder_depth=frames.reorder_depth(units[0]))
    for unit in units:
        muxer.add(unit, unit.instant_ms - FIRST_MS)
    muxer.close()
    written.seek(0)
    with av.open(written, format=carrier_of(units[0].format).muxer) as container:
        times = [frame.time for frame in container.decode(video=0)]
    assert len(times) == 100
    assert [round((time - times[0]) * 1000) for time in times] == list(range(0, 4_000, 40))


def test_sound_alone_has_no_place_in_it():
    with pytest.raises(MediaError):
        FeedMuxer(lambda _data: None, MediaFormat(Codec.PCMU))
