import pytest

from rta_viewer.core.jobs import JobKind, JobState
from rta_viewer.ui.jobs.summary import finished_text, order_text, share_of, work_text
from tests.helpers.ui_world import job

EXPORT = JobKind.EXPORT


def test_the_work_in_a_few_words() -> None:
    half = job(1, received_bytes=50, total_bytes=100)
    assert work_text([]) == ""
    assert work_text([job(1, JobState.QUEUED), job(2, JobState.PAUSED)]) == ""
    assert work_text([half]) == "50 %"
    assert work_text([half, job(3, JobState.QUEUED)]) == "25 %"
    assert work_text([half, job(3)]) == "2 running"
    assert work_text([job(3, JobState.PREPARING, kind=EXPORT)]) == "1 running"
    assert work_text([half, job(3), job(4, JobState.DONE)]) == "2 running"


def test_what_the_server_still_prepares_is_work_too() -> None:
    nearly = job(1, received_bytes=999, total_bytes=1000)
    prepared = job(2, JobState.PREPARING, kind=EXPORT, server_progress=10.0)
    assert share_of([nearly, prepared]) == pytest.approx((0.999 + 0.05) / 2)
    assert work_text([nearly, prepared]) == "52 %"
    phases = (
        (job(2, JobState.ASKING, kind=EXPORT), 0.0),
        (prepared, 0.05),
        (job(2, JobState.PREPARING, kind=EXPORT, server_progress=140.0), 0.5),
        (job(2, JobState.READY, kind=EXPORT), 0.5),
        (job(2, kind=EXPORT, total_bytes=100), 0.5),
        (job(2, kind=EXPORT, received_bytes=50, total_bytes=100), 0.75),
        (job(2, JobState.QUEUED, received_bytes=50, total_bytes=100), 0.5),
    )
    for one, share in phases:
        assert share_of([one]) == pytest.approx(share)


def test_what_has_not_ended_is_never_whole() -> None:
    nearly = job(1, received_bytes=9999, total_bytes=10_000)
    checked = job(2, JobState.CHECKING, received_bytes=300, total_bytes=300)
    for jobs in ([nearly], [checked], [nearly, checked], [checked] * 9 + [nearly]):
        assert work_text(jobs) == "99 %"
        share = share_of(jobs)
        assert share is not None
        assert share < 1
    assert work_text([job(1, received_bytes=29, total_bytes=100)]) == "29 %"


def test_files_of_an_order_that_have_ended_count_as_ended() -> None:
    half = job(1, received_bytes=50, total_bytes=100)
    over = [job(2, JobState.DONE), job(3, JobState.FAILED), job(4, JobState.CANCELLED)]
    assert share_of([half, *over]) == pytest.approx(3.5 / 4)


def test_a_notification_tells_the_truth_about_all() -> None:
    good, bad = job(1, JobState.DONE), job(2, JobState.FAILED, reason="No answer.")
    short = job(3, JobState.DIFFERS, reason="Short.")
    assert finished_text([good])[::2] == ("Saved", False)
    assert "clip 1.mp4" in finished_text([good])[1]
    assert finished_text([bad]) == ("Not saved", "Car park north: No answer.", True)
    assert finished_text([short])[0] == "Saved, but differs"
    title, text, wrong = finished_text([good, good, bad, short])
    assert (title, wrong) == ("2 files saved", True)
    assert text == "1 file is saved, but differs from what was asked. 1 file failed."
    assert finished_text([good, good])[0] == "2 files saved"
    assert finished_text([short, short]) == (
        "Saved, but differs",
        "2 files are saved, but differ from what was asked.",
        True,
    )
    assert finished_text([short, bad, bad])[0] == "Saved, but differs"
    assert finished_text([bad, bad]) == ("Not saved", "2 files failed.", True)


def test_an_order_is_told_with_all_its_files() -> None:
    good, bad = job(1, JobState.DONE), job(2, JobState.FAILED, reason="No answer.")
    short, gone = job(3, JobState.DIFFERS), job(4, JobState.CANCELLED)
    assert order_text([good, good]) == ("All files of this order are in clips", False)
    assert order_text([good, bad, bad]) == (
        "1 of 3 files of this order saved as asked, in clips. 2 files failed.",
        True,
    )
    text, wrong = order_text([good, short, gone])
    assert wrong
    assert text.endswith(" 1 file is saved, but differs from what was asked. 1 file was cancelled.")
    assert order_text([good, gone])[1] is False


def test_a_percent_is_told_when_all_of_it_is_over() -> None:
    for received, said in ((379, "37 %"), (290, "29 %"), (1_000, "99 %")):
        assert work_text([job(1, received_bytes=received, total_bytes=1_000)]) == said
