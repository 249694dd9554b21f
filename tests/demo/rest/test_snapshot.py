import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import av
import pytest

from rta_viewer.core.spans import Span
from rta_viewer.demo.footage.model import AudioUnit, Gop, VideoFormat, VideoUnit
from rta_viewer.demo.rest.snapshot import jpeg_at
from rta_viewer.demo.world import World
from rta_viewer.errors import MediaError
from tests.helpers.timecode import read_frame
from tests.helpers.worlds import NOW_MS, camera_named, small_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = small_world(tmp_path)
    yield world
    world.close()


def _shown_ms(jpeg: bytes | None) -> int:
    assert jpeg is not None
    with av.open(io.BytesIO(jpeg), format="jpeg_pipe") as container:
        code = read_frame(next(container.decode(video=0)))
    assert code is not None
    return code.instant_ms


@pytest.mark.parametrize("name", ["Main entrance", "Ticket hall"])
@pytest.mark.parametrize("into_ms", [0, 39, 40, 1000, 1999])
def test_the_last_picture_at_or_before_the_instant_is_shown(
    world: World, name: str, into_ms: int
) -> None:
    camera = camera_named(world, name)
    step_ms = round(1000 / camera.fps)
    start = NOW_MS - 20_000
    shown = _shown_ms(jpeg_at(world.footage(camera.camera_id), start + into_ms))
    assert shown == start + into_ms // step_ms * step_ms


def test_in_a_gap_it_is_the_last_picture_before_the_gap(world: World) -> None:
    camera = camera_named(world, "Main entrance")
    world.add_gap(camera.camera_id, Span(NOW_MS - 10_000, NOW_MS), "network_error")
    shown = _shown_ms(jpeg_at(world.footage(camera.camera_id), NOW_MS))
    assert shown == NOW_MS - 10_000 - round(1000 / camera.fps)


def test_before_all_footage_there_is_nothing(world: World) -> None:
    assert jpeg_at(world.footage(camera_named(world, "Main entrance").camera_id), 0) is None


class _Broken:
    """Footage whose one picture is noise."""

    video = VideoFormat("H264", 640, 360, ())
    audio = None

    def recorded(self, window: Span) -> list[Span]:
        return [window]

    def gop_at(self, instant_ms: float) -> Gop | None:
        unit = VideoUnit(0.0, 0.0, 40.0, b"\x00\x00\x00\x01\x65" + b"\xff" * 100, True)
        return Gop(0.0, 40.0, (unit,))

    gop_from = gop_before = gop_at

    def audio_units(self, start_ms: float, end_ms: float) -> Sequence[AudioUnit]:
        return ()


def test_pictures_that_cannot_be_decoded_are_a_media_error() -> None:
    with pytest.raises(MediaError):
        jpeg_at(_Broken(), 10.0)
