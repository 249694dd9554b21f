"""Steps by whole pictures over the borders of recordings, in files and from a server."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.saved_file import one_stretch
from rta_viewer.core.spans import Span
from rta_viewer.core.timetext import iso_utc
from rta_viewer.demo.rtsp.options import RtspOptions
from rta_viewer.demo.rtsp.server import RtspServer
from rta_viewer.demo.world import World
from rta_viewer.media.file_sequence import FilePart, FileSequenceSource
from rta_viewer.media.gop_cache import GopCache
from rta_viewer.media.rtsp.source import RtspReplaySource
from rta_viewer.player.engine import EngineParts, StreamEngine
from rta_viewer.player.locate import Locator, Window
from rta_viewer.player.stepping import step_from
from rta_viewer.player.vlc_backend import VlcLibrary
from tests.helpers.coded_video import FIRST_MS, VideoKind, shown_instant
from tests.helpers.engines import EngineWatch
from tests.helpers.replays import access
from tests.helpers.worlds import camera_named, recorded_span, small_world

PICTURE_MS = 40
LENGTH_MS = 3_000
GAP_MS = 600_000


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = small_world(tmp_path_factory.mktemp("world"))
    yield made
    made.close()


def stepped(locator: Locator, at_ms: float, end_ms: int, pictures: int) -> float:
    """Where a step leads; what is shown there carries that instant."""
    window = Window(round(at_ms), end_ms, speed=8.0)
    picture = step_from(locator, window, pictures, CancelToken())
    assert picture.instant_ms is not None
    assert shown_instant(picture) == round(picture.instant_ms)
    return picture.instant_ms


@pytest.mark.parametrize("later_ms", [LENGTH_MS, LENGTH_MS + GAP_MS], ids=["touching", "gap"])
@pytest.mark.parametrize("b_frames", [0, 2])
def test_from_file_to_file(coded_video, later_ms: int, b_frames: int) -> None:
    kinds = [
        VideoKind(seconds=LENGTH_MS / 1000, b_frames=b_frames, first_ms=FIRST_MS + at)
        for at in (0, later_ms)
    ]
    parts = [FilePart(coded_video(kind), one_stretch(kind.first_ms)) for kind in kinds]
    locator = Locator("cam", FileSequenceSource(parts), GopCache())
    last_ms, first_ms = FIRST_MS + LENGTH_MS - PICTURE_MS, FIRST_MS + later_ms
    end_ms = FIRST_MS + 10**8
    assert stepped(locator, last_ms, end_ms, 1) == pytest.approx(first_ms, abs=1)
    assert stepped(locator, first_ms, end_ms, -1) == pytest.approx(last_ms, abs=1)
    over_ms = stepped(locator, last_ms - 3 * PICTURE_MS, end_ms, 7)
    assert over_ms == pytest.approx(first_ms + 3 * PICTURE_MS, abs=1)
    back_ms = stepped(locator, over_ms, end_ms, -7)
    assert back_ms == pytest.approx(last_ms - 3 * PICTURE_MS, abs=1)


class Bench:
    """A server whose camera has a gap of ten minutes, and a source on it."""

    def __init__(self, world: World, stack: ExitStack, **options: object) -> None:
        self.camera_id = camera_named(world, "Main entrance").camera_id
        self.server = stack.enter_context(
            closing(RtspServer(world, options=RtspOptions(**options)))  # type: ignore[arg-type]
        )
        self.server.start()
        self.source = RtspReplaySource(self._grant, access())
        stack.callback(self.source.close)

    def _grant(self, start_ms: int, end_ms: int, _speed: int, _cancel: CancelToken) -> str:
        return self.server.url(self.camera_id, f"start={iso_utc(start_ms)}&end={iso_utc(end_ms)}")


@pytest.fixture(scope="module")
def gap(world: World) -> Span:
    camera_id = camera_named(world, "Main entrance").camera_id
    after_ms = recorded_span(world, camera_id, 60_000).start_ms
    found = Span(after_ms - GAP_MS, after_ms)
    world.add_gap(camera_id, found, "no_recording")
    return found


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"onvif_replay": False, "clock_range": False},
        {"onvif_replay": False, "jump_at_gaps": True},
    ],
)
def test_over_a_gap_of_a_server(world: World, gap: Span, options: dict[str, object]) -> None:
    with ExitStack() as stack:
        bench = Bench(world, stack, **options)
        locator = Locator(bench.camera_id, bench.source, GopCache())
        end_ms = world.clock.now_ms()
        last_ms = gap.start_ms - PICTURE_MS
        assert stepped(locator, last_ms, end_ms, 1) == pytest.approx(gap.end_ms, abs=1)
        assert stepped(locator, gap.end_ms, end_ms, -1) == pytest.approx(last_ms, abs=1)
        assert stepped(locator, last_ms, end_ms, 5) == pytest.approx(gap.end_ms + 160, abs=1)


@pytest.mark.parametrize("options", [{}, {"onvif_replay": False, "jump_at_gaps": True}])
def test_playing_over_a_gap_of_a_server_tells_the_right_time(
    world: World, gap: Span, vlc: VlcLibrary, tmp_path: Path, options: dict[str, object]
) -> None:
    with ExitStack() as stack:
        bench = Bench(world, stack, **options)
        watch = EngineWatch()
        parts = EngineParts(
            bench.camera_id, bench.source, vlc.backend, GopCache(), world.clock.now_ms
        )
        engine = stack.enter_context(closing(StreamEngine(parts, watch)))
        engine.set_speed(2)
        engine.seek(gap.start_ms - 1_000, playing=True)
        watch.wait(lambda seen: bool(seen.shown) and seen.shown[-1].read_ms >= gap.end_ms + 600)
        assert any("Skipped 0:10:00" in status.note for status in watch.statuses)
        watch.wait(lambda seen: abs((engine.position_ms() or 0) - seen.shown[-1].read_ms) <= 100)
        instants = [shown.read_ms or 0 for shown in watch.shown]
        assert instants == sorted(instants)
