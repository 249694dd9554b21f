"""Sign in, open a camera, find the moment, play, mark, save: in the real window, on a screen."""

import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import requests

from rta_viewer.core.timetext import parse_instant
from rta_viewer.evidence.verify import verify
from tests.e2e.conftest import Play
from tests.e2e.moments import CAMERA, NUMBER
from tests.helpers.site import iso
from tests.helpers.timecode import read_file

pytestmark = pytest.mark.e2e

PICTURE_MS = 40
KEY_FRAMES_MS = 2_000
MINUTE_MS = 60_000


def latest_gap(server: str) -> tuple[int, int, str]:
    """The last gap of the camera that is older than what the timeline shows at first."""
    now_ms = int(time.time() * 1000)
    with requests.Session() as session:
        session.auth, session.trust_env = ("demo", "demo"), False
        api = f"{server}/api/rest/v1"
        cameras = session.get(f"{api}/cameras", timeout=20).json()["cameras"]
        camera_id = next(each["id"] for each in cameras if each["name"] == CAMERA)
        window = {"startTime": iso(now_ms - 600 * MINUTE_MS), "endTime": iso(now_ms)}
        url = f"{api}/recordings/{camera_id}/timeline"
        gaps = session.get(url, params=window, timeout=20).json()["gaps"]
    found = [
        (parse_instant(gap["startTime"]), parse_instant(gap["endTime"]), gap["reason"])
        for gap in gaps
    ]
    return [gap for gap in found if gap[1] < now_ms - 150 * MINUTE_MS][-1]


def test_from_the_sign_in_dialog_to_a_saved_clip(
    demo_server: str, play: Play, tmp_path: Path
) -> None:
    gap_start_ms, gap_end_ms, reason = latest_gap(demo_server)
    at_ms = gap_start_ms - 4 * MINUTE_MS + 17
    given = {
        "at_ms": at_ms,
        "seek_ms": at_ms + 61_333,
        "click_ms": at_ms + 30_000,
        "gap_start_ms": gap_start_ms,
        "gap_end_ms": gap_end_ms,
        "in_ms": at_ms + 100_000,
        "out_ms": at_ms + 110_000,
        "clips": str(tmp_path / "clips" / "of today"),
    }
    saw = play("first_chain", server=demo_server, camera=CAMERA, **given)

    playing = saw["playing"]
    assert (playing["name"], playing["camera_number"]) == (CAMERA, NUMBER)
    assert playing["first_ms"] <= at_ms + playing["waited_ms"] + PICTURE_MS
    assert playing["later_ms"] > playing["first_ms"]
    assert given["seek_ms"] - PICTURE_MS < saw["paused"]["shown_ms"] <= given["seek_ms"]
    assert saw["paused"]["said"].endswith("UTC")
    assert_timeline(saw["timeline"], reason)
    # Neither 2x nor 8x; how exactly is a matter of the machine, and of the benchmarks.
    assert saw["speed"]["seen"] == pytest.approx(saw["speed"]["asked"], rel=0.1)
    assert saw["speed"]["looks"] > 10
    assert_saved(saw["saved"], given)

    again = play("second_start")
    assert (again["server"], again["username"], again["password"]) == (demo_server, "demo", "")
    assert again["focus"] == "sign_in_password"
    assert again["job"] == ["done", saw["saved"]["path"]]


def assert_timeline(saw: dict[str, Any], reason: str) -> None:
    assert saw["gap_words"].endswith(f"No footage: {reason.replace('_', ' ')}")
    assert saw["recorded_inks"] > 0.8
    assert saw["gap_inks"] == 0
    assert "Nothing was recorded" in saw["in_gap"]
    assert saw["asked_ms"] - PICTURE_MS < saw["shown_ms"] <= saw["asked_ms"]
    assert saw["again_ms"] == saw["shown_ms"]


def assert_saved(saw: dict[str, Any], given: dict[str, Any]) -> None:
    assert saw["state"] == "done"
    assert saw["covered"].endswith("all of it was recorded.")
    assert saw["opened"] == [given["clips"]]
    path = Path(saw["path"])
    assert path.parent == Path(given["clips"])
    assert CAMERA in path.name
    codes = [code for _, code in read_file(path)]
    assert all(code is not None and code.camera_number == NUMBER for code in codes)
    instants = [code.instant_ms for code in codes if code is not None]
    mark_in_ms, mark_out_ms = saw["marks"]
    assert mark_in_ms - KEY_FRAMES_MS < instants[0] <= mark_in_ms
    assert mark_out_ms - PICTURE_MS <= instants[-1] <= mark_out_ms + PICTURE_MS
    assert {later - earlier for earlier, later in pairwise(instants)} == {PICTURE_MS}
    verified = verify(path)
    assert verified.ok, verified.problems
    assert verified.receipt is not None
    asked = verified.receipt.asked
    assert (asked.start_ms, asked.end_ms) == (mark_in_ms, mark_out_ms)
    assert verified.receipt.check_ok
    verified.file.write_bytes(path.read_bytes()[:-1] + b"x")  # type: ignore[union-attr]
    assert not verify(path).ok
