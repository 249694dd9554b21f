"""Footage whose pictures change their size or coding on the way: the right ones are shown, whole."""

from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.playback import PlaybackState
from rta_viewer.core.saved_file import one_stretch
from rta_viewer.core.timetext import iso_utc
from rta_viewer.demo.rtsp.server import RtspServer
from rta_viewer.media.file_sequence import FilePart, FileSequenceSource
from rta_viewer.media.gop_cache import GopCache
from rta_viewer.media.rtsp.source import RtspReplaySource
from rta_viewer.player.engine import EngineParts, StreamEngine
from rta_viewer.player.null_backend import NullBackend
from rta_viewer.player.vlc_backend import VlcLibrary
from tests.helpers.coded_video import FIRST_MS, VideoKind
from tests.helpers.engines import EngineWatch
from tests.helpers.replays import access
from tests.helpers.worlds import camera_named, recorded_span, small_world

PICTURE_MS = 40
LENGTH_S = 4
SMALL = VideoKind(seconds=LENGTH_S)
LARGE = VideoKind(seconds=LENGTH_S, width=1280, height=720, first_ms=FIRST_MS + 4_000)
ODD = VideoKind(seconds=LENGTH_S, width=426, height=240, first_ms=FIRST_MS + 4_000)
UPRIGHT = VideoKind(seconds=LENGTH_S, width=360, height=640, first_ms=FIRST_MS + 4_000)
B_FRAMES = VideoKind(seconds=LENGTH_S, b_frames=2, first_ms=FIRST_MS + 4_000)
LARGE_WITH_B_FRAMES = VideoKind(
    seconds=LENGTH_S, width=1280, height=720, b_frames=2, first_ms=FIRST_MS + 4_000
)
SMALL_H265 = VideoKind(seconds=LENGTH_S, codec="libx265")
ODD_H265 = VideoKind(
    seconds=LENGTH_S, width=426, height=240, codec="libx265", first_ms=FIRST_MS + 4_000
)
LATER = VideoKind(seconds=LENGTH_S, width=1280, height=720, first_ms=FIRST_MS + 60_000)


def size_of(kind: VideoKind) -> tuple[int, int]:
    return kind.width, kind.height


class SizeWatch(EngineWatch):
    """Notes the size of each picture too."""

    def __init__(self) -> None:
        super().__init__()
        self.sizes: list[tuple[int, int]] = []

    def picture_shown(self, picture) -> None:
        self.sizes.append((picture.width, picture.height))
        super().picture_shown(picture)


@pytest.fixture
def playing(play, coded_video) -> Callable:
    def start(*kinds: VideoKind):
        parts = [FilePart(coded_video(kind), one_stretch(kind.instant_ms(0))) for kind in kinds]
        return play(source=FileSequenceSource(parts), watch=SizeWatch())

    return start


PAIRS = [
    pytest.param(SMALL, ODD, id="smaller, of no whole blocks"),
    pytest.param(SMALL, UPRIGHT, id="turned"),
    pytest.param(SMALL, B_FRAMES, id="of the same size, reordered from now on"),
    pytest.param(SMALL, LARGE_WITH_B_FRAMES, id="larger and reordered"),
    pytest.param(SMALL_H265, ODD_H265, id="H.265"),
]


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_playing_over_the_change(playing, before, after):
    engine, watch = playing(before, after)
    engine.set_speed(2)
    engine.seek(FIRST_MS + 3_500, playing=True)
    watch.wait(lambda seen: bool(seen.shown) and seen.shown[-1].read_ms >= FIRST_MS + 4_500)
    shown = [(each.read_ms, size) for each, size in zip(watch.shown, watch.sizes, strict=False)]
    instants = [read_ms for read_ms, _ in shown]
    assert None not in instants  # every one is a whole picture with its time code
    assert instants == sorted(instants)
    for read_ms, size in shown:
        assert size == size_of(before if read_ms < FIRST_MS + 4_000 else after)
    # A busy machine drops pictures, most of all when the player makes its buffers anew; but it goes on.
    watch.wait(lambda seen: sum(size == size_of(after) for size in seen.sizes) >= 5)
    assert engine.status().state is PlaybackState.PLAYING
    assert (engine.status().width, engine.status().height) == size_of(after)
    # Where the start was not clear, the clock is mended within a second or so.
    watch.wait(lambda seen: abs((engine.position_ms() or 0) - seen.shown[-1].read_ms) <= 200)


def test_playing_over_a_gap_behind_which_it_is_larger(playing):
    engine, watch = playing(SMALL, LATER)
    engine.set_speed(4)
    engine.seek(FIRST_MS + 2_000, playing=True)
    watch.wait(lambda seen: bool(seen.shown) and seen.shown[-1].read_ms >= FIRST_MS + 61_000)
    for each, size in zip(watch.shown, watch.sizes, strict=False):
        assert size == size_of(SMALL if each.read_ms < FIRST_MS + 10_000 else LATER)
    assert any("Skipped" in status.note for status in watch.statuses)


def test_steps_seeks_and_backwards_over_the_change(playing):
    engine, watch = playing(SMALL, LARGE)
    engine.seek(FIRST_MS + 3_920, playing=False)
    expected_ms = FIRST_MS + 3_920
    watch.wait_read(expected_ms)
    for by in (1, 1, 1, -1, -1, -1, 4, -4):
        expected_ms += by * PICTURE_MS
        engine.step(by)
        watch.wait_read(expected_ms)
        wanted = SMALL if expected_ms < FIRST_MS + 4_000 else LARGE
        assert watch.sizes[-1] == size_of(wanted)
        assert (engine.status().width, engine.status().height) == size_of(wanted)
    for offset_ms in (7_000, 1_000, 4_000, 3_999):
        engine.seek(FIRST_MS + offset_ms, playing=False)
        watch.wait_read(FIRST_MS + offset_ms // PICTURE_MS * PICTURE_MS)
        assert watch.sizes[-1] == size_of(SMALL if offset_ms < 4_000 else LARGE)
    engine.set_speed(-8)
    engine.seek(FIRST_MS + 7_500, playing=True)
    watch.wait_read(FIRST_MS)
    assert watch.sizes[-1] == size_of(SMALL)


def test_another_codec_goes_on_after_a_moment(playing):
    engine, watch = playing(SMALL, ODD_H265)
    engine.seek(FIRST_MS + 3_500, playing=True)
    watch.wait(lambda seen: bool(seen.shown) and seen.shown[-1].read_ms >= FIRST_MS + 4_400)
    instants = [shown.read_ms for shown in watch.shown]
    assert instants == sorted(instants)
    assert {shown.read_ms for shown in watch.shown} >= {FIRST_MS + 4_000}
    assert engine.status().codec == "H265"
    assert PlaybackState.ENDED not in [status.state for status in watch.statuses]


@pytest.mark.parametrize("backend", ["null", "vlc"])
def test_over_rtsp_in_the_middle_of_a_recording(
    vlc: VlcLibrary, tmp_path: Path, backend: str
) -> None:
    """The whole way: server, client, cache, stills, and libVLC where there is one."""
    with closing(small_world(tmp_path)) as world, ExitStack() as stack:
        camera_id = camera_named(world, "Main entrance").camera_id
        start_ms = recorded_span(world, camera_id, 20_000).start_ms
        border_ms = round(world.change_size(camera_id, start_ms + 5_000, 416, 240))
        server = stack.enter_context(closing(RtspServer(world)))
        server.start()

        def grant(from_ms: int, until_ms: int, _speed: int, _cancel: CancelToken) -> str:
            return server.url(camera_id, f"start={iso_utc(from_ms)}&end={iso_utc(until_ms)}")

        watch = SizeWatch()
        maker = vlc.backend if backend == "vlc" else NullBackend
        source = RtspReplaySource(grant, access())
        parts = EngineParts(camera_id, source, maker, GopCache(), world.clock.now_ms)
        engine = stack.enter_context(closing(StreamEngine(parts, watch)))

        def size_at(instant_ms: int) -> tuple[int, int]:
            return (640, 360) if instant_ms < border_ms else (416, 240)

        engine.seek(border_ms - 1, playing=False)
        watch.wait_read(border_ms - 40)
        for by in (1, 1, -2, 1):
            engine.step(by)
            watch.wait(lambda seen: seen.shown[-1].said_ms == engine.position_ms())
        watch.wait_read(border_ms)
        if backend == "vlc":
            engine.seek(border_ms - 500, playing=True)
            watch.wait(lambda seen: seen.shown[-1].read_ms >= border_ms + 500)
        for each, size in zip(watch.shown, watch.sizes, strict=False):
            assert size == size_at(each.read_ms or 0)
