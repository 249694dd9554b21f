"""Files that the embedded server really makes, through the probe and the check: the sum must be right."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.core.model import Availability, Recording, SaveRequest, Watermark
from rta_viewer.core.spans import Span
from rta_viewer.demo.world import World
from rta_viewer.jobs.delivery_check import DeliveryReport, check_delivery
from rta_viewer.media.probe import probe_file
from tests.helpers.packages import save
from tests.helpers.worlds import camera_named, recorded_span, small_world


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = small_world(tmp_path_factory.mktemp("delivery"))
    yield world
    world.close()


def _availability(world: World, camera_id: str, span: Span) -> Availability:
    camera = world.camera(camera_id)
    assert camera
    recordings = tuple(
        Recording(item.span, has_audio=item.has_audio, codec=camera.codec)
        for item in world.sequences(camera_id, span)
    )
    return Availability(camera_id, span, recordings)


def _deliver(
    world: World, request: SaveRequest, path: Path, *, served: Span | None = None
) -> DeliveryReport:
    """Let the server package ``served`` (what was asked unless told otherwise) and check it."""
    save(
        world,
        request.camera_id,
        served or request.span,
        path,
        quality=request.quality,
        include_audio=request.include_audio,
        watermark=request.watermark.text if request.watermark else None,
    )
    return check_delivery(
        request,
        probe_file(path),
        _availability(world, request.camera_id, request.span),
        path.stat().st_size,
    )


@pytest.mark.parametrize(
    ("name", "container"),
    [
        ("Reception desk", "mp4"),
        ("Reception desk", "mkv"),
        ("Reception desk", "avi"),
        ("Ticket hall", "mp4"),
        ("Stairwell east", "mp4"),
        ("Canteen", "avi"),
    ],
)
def test_what_the_server_packages_is_what_was_asked(
    world: World, tmp_path: Path, name: str, container: str
) -> None:
    camera_id = camera_named(world, name).camera_id
    span = recorded_span(world, camera_id, 20_000)
    asked = Span(span.start_ms + 8400, span.start_ms + 14_000)
    report = _deliver(world, SaveRequest(camera_id, asked, container), tmp_path / f"a.{container}")
    assert report.ok, report.differences
    assert report.delivered is not None
    assert 0 <= asked.start_ms - report.delivered.start_ms <= 10_500
    assert report.delivered.end_ms == asked.end_ms


@pytest.mark.parametrize("change", ["quality", "watermark"])
def test_reencoded_files_too(world: World, tmp_path: Path, change: str) -> None:
    camera_id = camera_named(world, "Ticket hall").camera_id
    span = recorded_span(world, camera_id, 4000)
    request = SaveRequest(
        camera_id,
        span,
        quality="low" if change == "quality" else "",
        watermark=Watermark("RTA {timestamp}") if change == "watermark" else None,
    )
    report = _deliver(world, request, tmp_path / "a.mp4")
    assert report.ok, report.differences
    assert report.delivered == span


def test_a_gap_is_not_a_loss(world: World, tmp_path: Path) -> None:
    camera_id = camera_named(world, "Main entrance").camera_id
    span = recorded_span(world, camera_id, 60_000, back_ms=7_200_000)
    hole = Span(span.start_ms + 10_000, span.start_ms + 45_000)
    world.add_gap(camera_id, hole, "manual_deletion")
    report = _deliver(world, SaveRequest(camera_id, span), tmp_path / "a.mp4")
    assert report.ok, report.differences
    assert (report.expected_ms, report.delivered_ms) == (25_000, 25_000)


def test_a_server_that_stops_early_is_found_out(world: World, tmp_path: Path) -> None:
    camera_id = camera_named(world, "Main entrance").camera_id
    span = recorded_span(world, camera_id, 30_000)
    served = Span(span.start_ms, span.start_ms + 20_000)
    report = _deliver(world, SaveRequest(camera_id, span), tmp_path / "a.mp4", served=served)
    assert not report.ok
    assert report.delivered == served


def test_a_server_that_starts_late_is_found_out(world: World, tmp_path: Path) -> None:
    camera_id = camera_named(world, "Main entrance").camera_id
    span = recorded_span(world, camera_id, 30_000)
    served = Span(span.start_ms + 10_000, span.end_ms)
    report = _deliver(world, SaveRequest(camera_id, span), tmp_path / "a.mp4", served=served)
    assert not report.ok
    assert report.delivered == served


def test_missing_sound_is_found_out(world: World, tmp_path: Path) -> None:
    camera_id = camera_named(world, "Reception desk").camera_id
    span = recorded_span(world, camera_id, 4000)
    save(world, camera_id, span, tmp_path / "a.mp4", include_audio=False)
    report = check_delivery(
        SaveRequest(camera_id, span),
        probe_file(tmp_path / "a.mp4"),
        _availability(world, camera_id, span),
        None,
    )
    assert report.differences == ("The file has no sound, although the camera recorded sound.",)
