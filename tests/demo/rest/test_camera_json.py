"""What the server says of its footage is about what its footage is."""

from pathlib import Path

import pytest

from rta_viewer.demo.cameras import DemoCamera, demo_cameras
from rta_viewer.demo.packaging import estimate
from rta_viewer.demo.rest.camera_json import size_bytes
from tests.helpers.worlds import recorded_span, small_world

_RECORDING = [each for each in demo_cameras() if each.recording_enabled and not each.offline]


@pytest.mark.parametrize("camera", _RECORDING, ids=lambda camera: camera.name)
def test_the_size_that_is_told_is_near_the_real_one(camera: DemoCamera, tmp_path: Path) -> None:
    world = small_world(tmp_path)
    span = recorded_span(world, camera.camera_id, 4000)
    _, real = estimate(world, camera.camera_id, span)
    assert real / 1.7 < size_bytes(camera, span.duration_ms) < real * 1.7
