from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.examination import Examination, Point, Verdict, worst
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.spans import Span
from rta_viewer.core.timetext import parse_instant
from rta_viewer.errors import Cancelled
from rta_viewer.evidence.files import hash_file
from rta_viewer.evidence.receipt import Receipt, Whole, read_receipt, receipt_path, write_receipt
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


def job_of(clip: Path, **fields: object) -> Job:
    """The record of the job that wrote the receipt beside a file."""
    receipt = read_receipt(receipt_path(clip))
    values: dict[str, object] = {
        "folder": clip.parent, "file_name": clip.name, "sha256": receipt.sha256,
        "received_bytes": receipt.size_bytes, "span": receipt.asked,
        "camera_id": receipt.camera_id, "camera_name": receipt.camera_name,
    }  # fmt: skip
    return ui_world.job(1, JobState.DONE, **{**values, **fields})


@pytest.mark.parametrize("first", [0, 1])
def test_the_job_of_an_earlier_file_that_had_the_same_name_says_nothing(
    clip: Path, first: int
) -> None:
    """That one was deleted by hand, and saved again in another quality."""
    jobs = [job_of(clip, sha256="00" * 32, updated_ms=1), job_of(clip, updated_ms=2)]
    found = examine(clip, [jobs[first], jobs[1 - first]], CancelToken())
    assert found.verdict is Verdict.UNCHANGED
    receipt_path(clip).unlink()
    found = examine(clip, [jobs[first], jobs[1 - first]], CancelToken())
    assert found.verdict is Verdict.UNCHANGED


@pytest.mark.parametrize(
    "changed",
    [
        lambda receipt: replace(receipt, asked=Span(0, receipt.asked.end_ms)),
        lambda receipt: replace(receipt, camera_id="other"),
        lambda receipt: replace(receipt, camera_name="other"),
    ],
    ids=["asked", "camera", "its name"],
)
def test_a_receipt_whose_words_were_changed_is_not_the_one_that_was_written(
    clip: Path, changed: Callable[[Receipt], Receipt]
) -> None:
    job = job_of(clip)
    receipt = read_receipt(receipt_path(clip))
    write_receipt(changed(receipt), clip)
    found = examine(clip, [job], CancelToken())
    assert found.sentences == ("The receipt beside it is not the one that this computer wrote.",)
    assert in_list(found).holds is False


def test_a_file_under_another_name_is_unchanged_and_says_what_it_was_called(clip: Path) -> None:
    receipt_path(clip).rename(receipt_path(clip.with_name("Yard.mp4")))
    found = examine(clip.rename(clip.with_name("Yard.mp4")), [], CancelToken())
    assert found.verdict is Verdict.UNCHANGED
    assert found.sentences[1:] == ("It was saved as clip.mp4.",)


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
