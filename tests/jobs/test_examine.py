from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.examination import Examination, Point, Verdict, worst
from rta_viewer.core.jobs import JobState
from rta_viewer.core.timetext import parse_instant
from rta_viewer.errors import Cancelled
from rta_viewer.evidence.files import hash_file
from rta_viewer.evidence.receipt import Whole, read_receipt, receipt_path, write_receipt
from rta_viewer.jobs.examine import examine
from tests.helpers import ui_world
from tests.helpers.coded_fixture import coded_video
from tests.helpers.coded_video import VideoKind
from tests.helpers.saved_clips import flip_last_bit, write_clip_receipt

__all__ = ["coded_video"]

SHORT = VideoKind(seconds=4)


@pytest.fixture
def clip(coded_video: Callable[[VideoKind], Path], tmp_path: Path) -> Path:
    path = tmp_path / "clip.mp4"
    path.write_bytes(coded_video(SHORT).read_bytes())
    write_clip_receipt(path, SHORT, "Door")
    return path


def points(examination: Examination) -> dict[str, bool | None]:
    return {point.what: point.holds for point in examination.points}


def test_an_unchanged_file(clip: Path) -> None:
    found = examine(clip, [], CancelToken())
    assert found.verdict is Verdict.UNCHANGED
    assert found.sentences == ("Unchanged since it was saved.",)
    assert found.sha256 == hash_file(clip)[0]
    assert points(found) == {
        "Video": True,
        "Length": True,
        "SHA-256": True,
        "Receipt": True,
        "List of jobs": None,
        "Camera": None,
        "Server": None,
        "Asked for": None,
        "Delivered": None,
        "Saved": None,
        "Check when it was saved": True,
    }
    assert "2025-10-24 10:00:00 UTC to 2025-10-24 10:00:04 UTC" in {
        point.written for point in found.points
    }


def test_a_receipt_that_says_no_and_not_why_is_no_reason_to_be_calm(clip: Path) -> None:
    receipt = read_receipt(receipt_path(clip))
    write_receipt(replace(receipt, check_ok=False, differences=()), clip)
    found = examine(clip, [], CancelToken())
    assert found.verdict is Verdict.CAUTION
    assert found.sentences[1] == "Its receipt does not say how."


@pytest.mark.parametrize(
    ("origin", "ends"),
    [("", "UTC"), ("file", "UTC"), ("request", "its start is assumed: the file does not say it")],
)
def test_a_start_that_was_assumed_is_told_to_be(clip: Path, origin: str, ends: str) -> None:
    stamp_ms = parse_instant("2025-10-24T12:00:00Z")
    receipt = replace(read_receipt(receipt_path(clip)), start_from=origin, stamp_ms=stamp_ms)
    write_receipt(receipt, clip)
    written = {point.what: point.written for point in examine(clip, [], CancelToken()).points}
    assert written["Delivered"].endswith(ends)
    assert written["Time stamp in the file"] == "2025-10-24 12:00:00 UTC"
    write_receipt(replace(receipt, volume_of=Whole("whole.mp4", "ab" * 32, 1, 2)), clip)
    names = {point.what for point in examine(clip, [], CancelToken()).points}
    assert "Time stamp in the file" not in names


def test_one_changed_bit(clip: Path) -> None:
    flip_last_bit(clip)
    found = examine(clip, [], CancelToken())
    assert found.verdict is Verdict.BROKEN
    assert "SHA-256" in found.sentences[0]
    assert (points(found)["Length"], points(found)["SHA-256"]) == (True, False)


def test_without_a_receipt_nobody_knows(clip: Path) -> None:
    receipt_path(clip).unlink()
    found = examine(clip, [], CancelToken())
    assert found.verdict is Verdict.CAUTION
    assert "nobody knows" in found.sentences[0]
    job = ui_world.job(
        1, JobState.DONE, folder=clip.parent, file_name=clip.name, sha256=hash_file(clip)[0],
        received_bytes=clip.stat().st_size,
    )  # fmt: skip
    assert in_list(found) == Point("List of jobs", "", "Not in it", None)
    found = examine(clip, [job], CancelToken())
    assert found.verdict is Verdict.UNCHANGED
    assert in_list(found) == Point("List of jobs", job.sha256, "", None)


def in_list(examination: Examination) -> Point:
    return next(point for point in examination.points if point.what == "List of jobs")


def test_what_was_not_all_that_was_asked(clip: Path) -> None:
    beside = receipt_path(clip)
    text = beside.read_text("utf-8").replace('"ok": true', '"ok": false')
    beside.write_text(text.replace('"differences": []', '"differences": ["Half of it."]'), "utf-8")
    found = examine(clip, [], CancelToken())
    assert found.verdict is Verdict.CAUTION
    assert found.sentences[1] == "Half of it."


def test_a_cut_file_and_one_that_is_gone(clip: Path) -> None:
    clip.write_bytes(clip.read_bytes()[:-3_000])
    assert examine(clip, [], CancelToken()).verdict is Verdict.BROKEN
    clip.unlink()
    gone = examine(clip, [], CancelToken())
    assert gone.verdict is Verdict.BROKEN
    assert "cannot be read" in gone.sentences[0]


def test_a_damaged_receipt(clip: Path) -> None:
    receipt_path(clip).write_text("{", "utf-8")
    found = examine(clip, [], CancelToken())
    assert found.verdict is Verdict.BROKEN
    assert points(found)["Receipt"] is False


def test_the_worst_file_speaks_for_all(clip: Path) -> None:
    good = examine(clip, [], CancelToken())
    flip_last_bit(clip)
    assert worst([good, examine(clip, [], CancelToken()), good]) is Verdict.BROKEN
    assert worst([]) is Verdict.CAUTION


def test_it_can_be_stopped(clip: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        examine(clip, [], cancel)
