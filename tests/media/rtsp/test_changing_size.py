"""Streams whose parameter sets change on the way: every unit says how to decode it, and decodes so."""

from collections.abc import Callable, Iterator

import pytest

from rta_viewer.core.access_unit import AccessUnit
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.spans import Span
from rta_viewer.core.timetext import iso_utc
from rta_viewer.demo.rtsp.options import ParameterSets, RtspOptions
from rta_viewer.demo.rtsp.server import RtspServer
from rta_viewer.demo.world import World
from rta_viewer.media.gop_cache import GopCache, GopCollector
from rta_viewer.media.rtsp.source import RtspReplaySource
from rta_viewer.media.stills import StillDecoder
from tests.helpers.coded_video import shown_instant
from tests.helpers.replays import access
from tests.helpers.worlds import camera_named, recorded_span, small_world

BEFORE, AFTER = (640, 360), (416, 240)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = small_world(tmp_path_factory.mktemp("world"))
    yield made
    made.close()


@pytest.fixture(scope="module", params=["Main entrance", "Ticket hall"])
def changed(request: pytest.FixtureRequest, world: World) -> tuple[str, Span, float]:
    """A camera (H.264, H.265), twenty seconds of its footage, and where the size changes in them."""
    camera_id = camera_named(world, request.param).camera_id
    span = recorded_span(world, camera_id, 20_000)
    return camera_id, span, world.change_size(camera_id, span.start_ms + 9_000, *AFTER)


MakeSource = Callable[..., RtspReplaySource]


@pytest.fixture
def source_of(world: World) -> Iterator[MakeSource]:
    closing: list[Callable[[], None]] = []

    def make(camera_id: str, **options: object) -> RtspReplaySource:
        server = RtspServer(world, options=RtspOptions(**options))  # type: ignore[arg-type]
        server.start()

        def grant(start_ms: int, end_ms: int, _speed: int, _cancel: CancelToken) -> str:
            return server.url(camera_id, f"start={iso_utc(start_ms)}&end={iso_utc(end_ms)}")

        source = RtspReplaySource(grant, access())
        closing.extend([server.close, source.close])
        return source

    yield make
    for close in reversed(closing):
        close()


def read_span(source: RtspReplaySource, start_ms: int, end_ms: int) -> list[AccessUnit]:
    stream = source.open(start_ms, end_ms, speed=8, key_frames_only=False, cancel=CancelToken())
    units = [unit for unit in stream.units() if unit.format.codec.is_video]
    assert stream.lost_units == 0
    stream.close()
    return units


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"onvif_replay": False},
        {"parameter_sets": ParameterSets.IN_BAND},
        {"packet_bytes": 200},
    ],
)
def test_each_unit_carries_its_size_and_each_picture_decodes(
    source_of: MakeSource, changed: tuple[str, Span, float], options: dict[str, object]
) -> None:
    camera_id, _, border_ms = changed
    source = source_of(camera_id, **options)
    units = read_span(source, round(border_ms) - 4_000, round(border_ms) + 4_000)
    assert units[-1].instant_ms > border_ms + 3_000
    for unit in units:
        size = BEFORE if unit.instant_ms < border_ms else AFTER
        assert (unit.format.width, unit.format.height) == size
    # As stepping and dragging do it: groups in the cache, one decoder for all of them.
    cache, stills = GopCache(), StillDecoder()
    collector = GopCollector(cache, "cam")
    for unit in units:
        collector.add(unit)
    collector.end(complete=True)
    for at_ms in (border_ms - 1, border_ms, border_ms - 2_000, border_ms + 3_000, border_ms + 1):
        gop = cache.find("cam", at_ms)
        assert gop is not None
        picture = stills.picture_at(gop.units, at_ms)
        assert picture is not None
        assert (picture.width, picture.height) == (BEFORE if at_ms < border_ms else AFTER)
        assert shown_instant(picture) == round(picture.instant_ms or 0)
        assert at_ms - 100 < (picture.instant_ms or 0) <= at_ms


def test_a_start_behind_the_change_does_not_believe_the_description(
    source_of: MakeSource, changed: tuple[str, Span, float]
) -> None:
    """The description still names the old size; what comes in-band counts."""
    camera_id, _, border_ms = changed
    source = source_of(camera_id)
    for start_ms in (round(border_ms) + 2_000, round(border_ms) - 2_000, round(border_ms) + 4_000):
        unit = read_span(source, start_ms, start_ms + 500)[0]
        size = BEFORE if start_ms < border_ms else AFTER
        assert (unit.format.width, unit.format.height) == size
