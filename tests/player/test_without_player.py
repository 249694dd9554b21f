"""Where libVLC is missing, or gives nothing: what is decoded here is shown all the same."""

from contextlib import closing

import pytest

from rta_viewer.core.playback import PlaybackState
from rta_viewer.errors import MediaError
from rta_viewer.media.file_source import FileReplaySource
from rta_viewer.media.gop_cache import GopCache
from rta_viewer.player.engine import EngineParts, StreamEngine
from rta_viewer.player.null_backend import NullBackend
from tests.helpers.coded_video import FIRST_MS, VideoKind
from tests.helpers.engines import EngineWatch


def missing():
    raise MediaError("libVLC could not be loaded.", "Install it.")


@pytest.fixture(params=["missing", "null", "vlc"])
def tile(request, vlc, coded_video):
    factory = {"missing": missing, "null": NullBackend, "vlc": vlc.backend}[request.param]
    source = FileReplaySource(coded_video(VideoKind(seconds=6)), FIRST_MS)
    watch = EngineWatch()
    parts = EngineParts("cam", source, factory, GopCache(), lambda: FIRST_MS + 10**8)
    with closing(StreamEngine(parts, watch)) as engine:
        yield request.param, engine, watch


def test_stills_steps_and_dragging_need_no_player(tile):
    _kind, engine, watch = tile
    engine.seek(FIRST_MS + 3_333, playing=False)
    watch.wait_state(PlaybackState.PAUSED)
    watch.wait_read(FIRST_MS + 3_320)
    engine.step(-1)
    watch.wait_read(FIRST_MS + 3_280)
    assert engine.position_ms() == pytest.approx(FIRST_MS + 3_280, abs=1)
    engine.scrub(FIRST_MS + 1_000)
    watch.wait_read(FIRST_MS + 1_000)


def test_playing_begins_with_the_asked_picture_or_says_why_not(tile):
    kind, engine, watch = tile
    engine.seek(FIRST_MS + 2_520, playing=True)
    watch.wait(lambda seen: any(one.read_ms == FIRST_MS + 2_520 for one in seen.shown))
    if kind == "missing":
        status = watch.wait_state(PlaybackState.FAILED)
        assert (status.message, status.hint) == ("libVLC could not be loaded.", "Install it.")
    else:
        watch.wait_state(PlaybackState.PLAYING)
    engine.pause()
    engine.seek(FIRST_MS + 4_000, playing=False)
    watch.wait_read(FIRST_MS + 4_000)
