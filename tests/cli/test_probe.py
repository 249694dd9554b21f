from collections.abc import Callable
from pathlib import Path

import av
import pytest

from rta_viewer.core.timetext import iso_utc, parse_instant
from tests.cli.conftest import site_commands
from tests.helpers.site import running_site
from tests.helpers.timecode import read_frame
from tests.helpers.worlds import camera_named, recorded_span


@pytest.mark.parametrize(
    "change", [["--speed", "3"], ["--seconds", "0"], ["--seconds", "nan"], ["--snapshot", "a.gif"]]
)
def test_what_cannot_be_measured_is_a_usage_error(ask: Callable, change: list[str]) -> None:
    code, answer = ask("probe", "door", "--at", "2025-10-24T10:00Z", *change)
    assert code == 2
    assert answer["error"]["kind"] == "usage"


def test_it_plays_the_asked_instant_of_a_real_server(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shot = tmp_path / "shot.png"
    with running_site(tmp_path) as site:
        ask = site_commands(site, tmp_path, monkeypatch, capsys)
        camera = camera_named(site.world, "Main entrance")
        span = recorded_span(site.world, camera.camera_id, 60_000)
        at_ms = span.start_ms + 12_345
        asked = ["probe", "main entrance", "--at", iso_utc(at_ms), "--seconds", "1"]
        code, answer = ask(*asked, "--speed", "2", "--snapshot", str(shot))
        missing_code, missing = ask("probe", "main entrance", "--at", "2025-01-01T00:00Z")
    assert code == 0, answer
    assert set(answer) == {
        "first_picture_ms",
        "first_picture_at",
        "speed_asked",
        "speed_effective",
        "codec",
        "width",
        "height",
        "key_frame_distance_s",
        "lost",
    }
    shown_ms = parse_instant(answer["first_picture_at"])
    assert at_ms - 100 < shown_ms <= at_ms
    assert (answer["speed_asked"], answer["lost"]) == (2.0, 0)
    assert answer["codec"] == "H264"
    with av.open(str(shot)) as container:
        code_in_picture = read_frame(next(container.decode(video=0)))
    assert code_in_picture is not None
    assert abs(code_in_picture.instant_ms - shown_ms) <= 1
    assert missing_code == 4
    assert missing["error"]["kind"] == "no_footage"
