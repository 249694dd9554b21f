"""The engine with libVLC on GStreamer's RTSP server, which seeks by npt and knows nothing of dates."""

import math
from collections.abc import Iterator
from itertools import dropwhile
from pathlib import Path

import pytest

from rta_viewer.core.playback import PlaybackState
from rta_viewer.media.gop_cache import GopCache
from rta_viewer.media.rtsp.source import RtspReplaySource
from rta_viewer.player.engine import EngineParts, StreamEngine
from rta_viewer.player.vlc_backend import VlcLibrary
from tests.helpers.coded_video import FIRST_MS, VideoKind, make_video
from tests.helpers.engines import EngineWatch
from tests.helpers.gst_rtsp_server import available, gst_rtsp_server
from tests.helpers.replays import access, granting

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.peer,
    pytest.mark.skipif(not available(), reason="GStreamer's RTSP server is not installed"),
]

PICTURE_MS = 40
KINDS = {
    "h264": VideoKind(seconds=14, gop_pictures=25, b_frames=2),
    "h265": VideoKind(seconds=22, gop_pictures=25, width=426, height=240, codec="libx265"),
}

Playing = tuple[StreamEngine, EngineWatch]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("foreign")
    files: dict[str, tuple[Path, str]] = {
        f"/{codec}": (make_video(folder / f"{codec}.mp4", kind), codec)
        for codec, kind in KINDS.items()
    }
    with gst_rtsp_server(files, digest=("demo", "demo")) as port_:
        yield port_


@pytest.fixture(scope="module")
def vlc() -> Iterator[VlcLibrary]:
    library = VlcLibrary()
    yield library
    library.close()


@pytest.fixture(params=KINDS)
def playing(request: pytest.FixtureRequest, port: int, vlc: VlcLibrary) -> Iterator[Playing]:
    url = f"rtsp://127.0.0.1:{port}/{request.param}?start=2025-10-24T10:00:00Z"
    source = RtspReplaySource(granting(url), access())
    watch = EngineWatch()
    parts = EngineParts("camera", source, vlc.backend, GopCache(), lambda: FIRST_MS + 3_600_000)
    engine = StreamEngine(parts, watch)
    yield engine, watch
    engine.close()


def test_paused_seeks_show_the_asked_picture(playing: Playing) -> None:
    engine, watch = playing
    for offset_ms in (7_313, 1_950, 40):
        engine.seek(FIRST_MS + offset_ms, playing=False)
        expected_ms = FIRST_MS + offset_ms // PICTURE_MS * PICTURE_MS
        watch.wait_read(expected_ms)
        watch.wait_state(PlaybackState.PAUSED)
        assert engine.position_ms() == pytest.approx(expected_ms, abs=PICTURE_MS / 2)


def read_before(watch: EngineWatch, old_ms: float) -> list[int]:
    """What the pictures carry, from the first one on that was taken before that."""
    read = (picture.read_ms or 0 for picture in watch.shown)
    return list(dropwhile(lambda at_ms: at_ms >= old_ms, read))


@pytest.mark.parametrize(("playing", "speed"), [("h264", 1.0), ("h265", 4.0)], indirect=["playing"])
def test_it_plays_from_the_asked_picture_and_tells_its_time(playing: Playing, speed: float) -> None:
    engine, watch = playing
    engine.set_speed(speed)
    for offset_ms in (9_100, 2_333):
        old_ms = (watch.shown[-1].read_ms or 0) if watch.shown else math.inf
        watch.forget()
        engine.seek(FIRST_MS + offset_ms, playing=True)
        # What was playing goes on until the seek has begun.
        watch.wait(lambda seen, old_ms=old_ms: len(read_before(seen, old_ms)) >= 25)
        shown = read_before(watch, old_ms)
        assert shown[0] == FIRST_MS + offset_ms // PICTURE_MS * PICTURE_MS
        assert shown == sorted(shown)
        assert shown[-1] > shown[0]
    first = watch.shown[-1]
    watch.wait(lambda seen: seen.shown[-1].at_s - first.at_s > 2)
    last = watch.shown[-1]
    passed_ms = (last.read_ms or 0) - (first.read_ms or 0)
    # The other server paces what it sends, and not to the millisecond; but 4 is neither 2 nor 8.
    assert passed_ms / 1000 / (last.at_s - first.at_s) == pytest.approx(speed, rel=0.2)
    errors_ms = []
    for _ in range(10):
        watch.wait_pictures(1)
        errors_ms.append(abs((engine.position_ms() or 0) - (watch.shown[-1].read_ms or 0)))
    assert sorted(errors_ms)[5] <= 100
