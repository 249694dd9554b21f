import hashlib
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

import pytest

from rta_viewer.cli.download import container_of, target_of
from rta_viewer.core.model import Camera, SaveRequest, Watermark
from rta_viewer.core.spans import Span
from rta_viewer.core.timetext import iso_utc, parse_instant
from rta_viewer.errors import UsageError
from rta_viewer.platform.user import user_name
from tests.cli.conftest import site_commands
from tests.helpers.job_recorder import video
from tests.helpers.shelf_recorder import ShelfRecorder
from tests.helpers.site import running_site
from tests.helpers.timecode import read_file
from tests.helpers.worlds import camera_named, recorded_span

START_MS = parse_instant("2025-10-24T10:00Z")
SPAN = Span(START_MS, START_MS + 60_000)


def test_the_format_is_that_of_the_name(tmp_path: Path) -> None:
    assert container_of("a.MKV", None) == "mkv"
    assert container_of("a", None) == "mp4"
    assert container_of("a", "avi") == "avi"
    assert container_of(str(tmp_path), "avi") == "avi"
    for output, asked in (("a.mp4", "mkv"), ("a.exe", None), ("a.exe", "mp4")):
        with pytest.raises(UsageError):
            container_of(output, asked)


def test_a_folder_gets_a_name_of_camera_and_time(tmp_path: Path) -> None:
    assert target_of(str(tmp_path), "A/B: door", SPAN, UTC, "mp4") == (
        tmp_path / "A-B- door 2025-10-24 10-00-00+0000 to 10-01-00+0000.mp4"
    )
    new = f"{tmp_path / 'new'}/"
    assert target_of(new, "Door", SPAN, None, "mkv").parent == tmp_path / "new"
    assert target_of(str(tmp_path / "x"), "Door", SPAN, None, "mkv") == tmp_path / "x.mkv"


def test_times_and_names_are_checked_before_anybody_is_asked(ask: Callable) -> None:
    asked = ["download", "door", "--from", "2025-10-24T10:00Z", "--to", "2025-10-24T10:01Z"]
    assert ask(*asked)[0] == 2
    assert ask(*asked, "--output", "a.exe")[0] == 2
    assert ask(*asked, "--output", "a.mp4", "--to", "2025-10-24T09:00Z")[0] == 2
    for odd in (["a.mp4", "--watermark", "caf\udce9"], ["\udcff.mp4"]):
        code, answer = ask(*asked, "--output", *odd)
        assert code == 2
        assert "not UTF-8" in answer["error"]["message"]


DOOR = ["download", "door", "--from", "2025-10-24T10:00Z", "--to", "2025-10-24T10:01Z"]


@pytest.fixture
def shelf(recorder: ShelfRecorder) -> ShelfRecorder:
    recorder.cameras_ = [Camera("1", "Door")]
    return recorder


def test_what_is_no_video_is_kept_and_no_success(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path
) -> None:
    code, answer = ask(*DOOR, "--output", str(tmp_path / "door.mp4"))
    assert code == 6
    assert "not a video" in answer["check"]
    assert Path(answer["path"]).read_bytes() == shelf.body


@pytest.mark.parametrize(
    ("choices", "way"),
    [
        (["--as", "download"], "clip"),
        (["--as", "export"], "export"),
        (["--no-audio"], "export"),
        (["--quality", "low", "--watermark", "{timestamp}"], "export"),
    ],
)
def test_what_is_chosen_is_asked_of_the_server(
    ask: Callable,
    shelf: ShelfRecorder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    choices: list[str],
    way: str,
) -> None:
    ways: list[str] = []
    for name, kind in (("fetch_clip", "clip"), ("create_export", "export")):
        monkeypatch.setattr(shelf, name, told(ways, kind, getattr(shelf, name)))
    shelf.body = video(60)
    assert ask(*DOOR, "--output", f"{tmp_path}/", *choices)[0] == 0
    (request,) = (asked for asked in shelf.asked if isinstance(asked, SaveRequest))
    is_encoded = "--quality" in choices
    assert ways == [way]
    assert request == SaveRequest(
        "1",
        SPAN,
        quality="low" if is_encoded else "",
        include_audio="--no-audio" not in choices,
        watermark=Watermark("{timestamp}") if is_encoded else None,
    )


def test_a_watermark_is_filled_as_in_exports(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path
) -> None:
    shelf.body = video(60)
    text = "{camera}, {operator}, {timestamp}"
    assert ask(*DOOR, "--output", f"{tmp_path}/", "--watermark", text)[0] == 0
    (request,) = (asked for asked in shelf.asked if isinstance(asked, SaveRequest))
    assert request.watermark == Watermark(f"Door, {user_name()}, {{timestamp}}")


def test_a_watermark_that_no_server_takes_is_refused(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path
) -> None:
    code, answer = ask(*DOOR, "--output", f"{tmp_path}/", "--watermark", "x" * 201)
    assert (code, answer["error"]["kind"]) == (2, "usage")
    assert not [asked for asked in shelf.asked if isinstance(asked, SaveRequest)]


def told(ways: list[str], kind: str, do: Callable) -> Callable:
    def do_it(*args: object, **more: object) -> object:
        ways.append(kind)
        return do(*args, **more)

    return do_it


def test_a_clip_of_a_real_server_is_what_was_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "clips" / "entrance.mp4"
    with running_site(tmp_path) as site:
        ask = site_commands(site, tmp_path, monkeypatch, capsys)
        camera = camera_named(site.world, "Main entrance")
        span = recorded_span(site.world, camera.camera_id, 20_000)
        times = ["--from", iso_utc(span.start_ms), "--to", iso_utc(span.start_ms + 10_000)]
        asked = ["download", camera.camera_id, *times, "--output", str(output)]
        code, answer = ask(*asked)
        again_code, again = ask(*asked)
        nothing = ["--from", "2025-01-01T00:00Z", "--to", "2025-01-01T00:01Z"]
        gap_code, gap = ask("download", "main entrance", *nothing, "--output", str(output))
        refused_code, _refused = ask(*asked, typed="wrong")
    assert code == 0, answer
    assert answer["path"] == str(output)
    assert answer["check"] == "ok"
    assert answer["sha256"] == hashlib.sha256(output.read_bytes()).hexdigest()
    assert answer["size_bytes"] == output.stat().st_size
    assert 10 <= answer["duration_s"] < 13
    codes = [code.instant_ms for _at, code in read_file(output) if code is not None]
    assert min(codes) <= span.start_ms
    assert max(codes) >= span.start_ms + 10_000 - 100
    assert again_code == 0
    assert again["path"] != answer["path"]
    assert gap_code == 4, gap
    assert refused_code == 3
