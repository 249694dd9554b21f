"""The reviewer, offline: two files of two cameras play in step in the real window, with no server."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.e2e.conftest import Play
from tests.helpers.coded_video import FIRST_MS, VideoKind
from tests.helpers.saved_clips import flip_last_bit, save_clip

pytestmark = pytest.mark.e2e

PICTURE_MS = 40
DOOR = VideoKind(seconds=14, width=320, height=192)
YARD = replace(DOOR, first_ms=FIRST_MS + 4_000, camera_number=9)


def test_two_files_of_two_cameras_play_in_step(play: Play, tmp_path: Path) -> None:
    door = save_clip(tmp_path / "door.mp4", DOOR, "Door")
    yard = save_clip(tmp_path / "yard.mkv", YARD, "Yard")
    flip_last_bit(yard)
    at_ms = FIRST_MS + 10_000
    given = {"both_ms": YARD.first_ms, "at_ms": at_ms, "step_ms": PICTURE_MS}
    saw = play("saved_files", str(door), str(yard), **given)

    assert not saw["asked_to_sign_in"]
    assert saw["server"] == "Not signed in"
    assert saw["names"] == ["Door (file)", "Yard (file)"]
    assert "unchanged, time from its receipt" in saw["notes"][0]
    assert "not to be relied on" in saw["notes"][1]
    cameras = [DOOR.camera_number, YARD.camera_number]
    for shown in (saw["playing"], saw["stopped"], saw["stepped"]):
        assert [camera for _, camera in shown] == cameras
    one_ms, other_ms = (instant_ms for instant_ms, _ in saw["playing"])
    # A reading of the screen shows each tile at most a refresh and a picture apart, once they are in step.
    assert abs(one_ms - other_ms) <= 10 * PICTURE_MS
    assert all("10:00:10" in said for said in saw["said"])
