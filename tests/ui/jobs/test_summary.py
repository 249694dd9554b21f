from rta_viewer.core.jobs import JobState
from rta_viewer.ui.jobs.summary import finished_text, order_text, work_text
from tests.helpers.ui_world import job


def test_the_work_in_a_few_words() -> None:
    half = job(1, received_bytes=50, total_bytes=100)
    whole = job(2, received_bytes=300, total_bytes=300)
    assert work_text([]) == ""
    assert work_text([job(1, JobState.QUEUED), job(2, JobState.PAUSED)]) == ""
    assert work_text([half, job(3, JobState.QUEUED)]) == "50 %"
    assert work_text([half, whole]) == "88 %"
    assert work_text([half, job(3)]) == "2 running"
    assert work_text([job(3, JobState.PREPARING)]) == "1 running"


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
