import itertools
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.spans import Span
from rta_viewer.demo.world import World, recordings_world
from tests.helpers.packages import save
from tests.helpers.worlds import NOW_MS, camera_named, recorded_span, small_world

FILES_START_MS = NOW_MS - 7_200_000  # 2025-10-24T08:00:00Z, the name of the made files


@pytest.fixture(scope="package")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Shared, so that footage is encoded once. Tests do not change it."""
    world = small_world(tmp_path_factory.mktemp("packaging"))
    yield world
    world.close()


@pytest.fixture(scope="package")
def source(world: World, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """Seven seconds of footage with time codes for other encoders to work on, and its first instant."""
    camera = camera_named(world, "Main entrance")
    span = recorded_span(world, camera.camera_id, 7000)
    path = tmp_path_factory.mktemp("source") / "source.mp4"
    save(world, camera.camera_id, span, path)
    return path, span.start_ms


ENCODERS = {
    "b-frames": [
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-bf",
        "3",
        "-g",
        "50",
        "-keyint_min",
        "50",
    ],
    "open h265": [
        "-c:v",
        "libx265",
        "-preset",
        "ultrafast",
        "-x265-params",
        "bframes=3:keyint=50:log-level=none",
    ],
    "ntsc": [
        "-vf",
        "fps=30000/1001",
        "-s",
        "854x480",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-bf",
        "0",
        "-g",
        "60",
    ],
}


@pytest.fixture(scope="package")
def files_world(
    source: tuple[Path, int], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """A world of files that FFmpeg's program encoded; cameras are named as in ``ENCODERS``."""
    folder = tmp_path_factory.mktemp("recordings")
    for name, options in ENCODERS.items():
        target = folder / name / "2025-10-24T08-00-00Z.mp4"
        target.parent.mkdir()
        subprocess.run(
            ["ffmpeg", "-v", "error", "-i", str(source[0]), *options, str(target)],
            check=True,
            timeout=60,
        )
    cache = tmp_path_factory.mktemp("files-cache")
    world = recordings_world(folder, ManualClock(NOW_MS), cache)
    yield world
    world.close()


@pytest.fixture
def gap_span(world: World) -> tuple[str, Span, Span]:
    """A camera, a span with a gap inside, and the gap (both on whole seconds)."""
    camera = camera_named(world, "Car park north")
    end = world.clock.now_ms()
    recorded = world.footage(camera.camera_id).recorded(Span(end - 86_400_000, end))
    for before, after in itertools.pairwise(recorded):
        if before.duration_ms > 5000 and after.duration_ms > 5000:
            asked = Span(before.end_ms - 1400, after.start_ms + 2000)
            return camera.camera_id, asked, Span(before.end_ms, after.start_ms)
    raise AssertionError("no gap")
