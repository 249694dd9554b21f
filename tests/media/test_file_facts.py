import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rta_viewer.core.spans import Span
from rta_viewer.errors import MediaError
from rta_viewer.media.file_facts import read_facts, stated_times
from rta_viewer.media.probe import probe_file
from tests.helpers.coded_video import FIRST_MS, VideoKind, make_video

SHORT = VideoKind(seconds=4)
JUMPS = replace(SHORT, gap_after=50, gap_ms=20_000, gap_in_stamps=True)


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "avi", "ts"])
def test_pictures_and_length(tmp_path: Path, suffix: str) -> None:
    facts = read_facts(make_video(tmp_path / f"clip.{suffix}", SHORT))
    assert (facts.codec, facts.width, facts.height) == ("H264", 640, 360)
    assert facts.runs == ((0, pytest.approx(4000, abs=2)),)
    assert facts.stated_ms is None
    assert facts.problem == ""


def test_pictures_before_the_cut_of_an_edit_list_are_not_shown(tmp_path: Path) -> None:
    """A server that cuts to the instant without encoding again keeps the group that it cuts into."""
    whole = make_video(tmp_path / "whole.mp4", JUMPS)
    cut = tmp_path / "cut.mp4"
    command = ["ffmpeg", "-v", "error", "-nostdin", "-ss", "1.4", "-i", str(whole), "-c", "copy"]
    subprocess.run([*command, str(cut)], check=True, timeout=60)
    info, facts = probe_file(cut), read_facts(cut)
    assert facts.duration_ms == pytest.approx(info.duration_s * 1000, abs=50)
    assert [start for start, _ in facts.runs] == [
        0,
        pytest.approx(info.pauses_s[0][1] * 1000, abs=50),
    ]


@pytest.mark.parametrize("suffix", ["mp4", "mkv"])
def test_jumps_in_its_time_are_gaps(tmp_path: Path, suffix: str) -> None:
    facts = read_facts(make_video(tmp_path / f"clip.{suffix}", JUMPS))
    assert [(round(start), round(end)) for start, end in facts.runs] == [
        (0, 2000),
        (22_000, 24_000),
    ]


def test_what_the_tags_claim(tmp_path: Path) -> None:
    tags = {"creation_time": "2025-10-24T10:00:00.000000Z"}
    assert read_facts(make_video(tmp_path / "clip.mp4", SHORT, tags)).stated_ms == FIRST_MS
    said = {
        "firstPicture": "2025-10-24T10:00:00.040Z",
        "segments": [
            ["2025-10-24T10:00:00.040Z", "2025-10-24T10:00:02Z"],
            ["2025-10-24T10:01:00Z", "2025-10-24T10:01:02Z"],
        ],
    }
    first_ms, spans = stated_times({**tags, "COMMENT": json.dumps(said)})
    assert first_ms == FIRST_MS + 40
    assert spans == (
        Span(FIRST_MS + 40, FIRST_MS + 2000),
        Span(FIRST_MS + 60_000, FIRST_MS + 62_000),
    )


@pytest.mark.parametrize(
    "comment",
    [
        "",
        "a nice day",
        "{",
        "[]",
        "{}",
        '{"firstPicture": 7}',
        '{"firstPicture": "1904-01-01T00:00:00Z"}',
        '{"segments": 1}',
        '{"segments": [["2025-10-24T10:00:02Z", "2025-10-24T10:00:00Z"]]}',
        '{"segments": [["2025-10-24T10:00:02Z"]]}',
        '{"firstPicture": {"deep": ' + "[" * 5000 + "]" * 5000 + "}}",
    ],
)
def test_a_strange_comment_claims_nothing(comment: str) -> None:
    assert stated_times({"comment": comment, "date": "2025"}) == (None, ())


def test_a_cut_file_says_so_and_what_is_there_can_be_used(
    coded_video: Callable[[VideoKind], Path], tmp_path: Path
) -> None:
    whole = make_video(tmp_path / "whole.avi", SHORT).read_bytes()
    cut = tmp_path / "cut.avi"
    cut.write_bytes(whole[: len(whole) * 2 // 3])
    facts = read_facts(cut)
    assert "cut off" in facts.problem
    assert 0 < facts.duration_ms < 4000


@pytest.mark.parametrize(
    "content", [b"", b"<html>busy</html>", b"ffconcat version 1.0\nfile x.mp4\n"]
)
def test_what_is_no_video_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(content)
    with pytest.raises(MediaError):
        read_facts(path)
