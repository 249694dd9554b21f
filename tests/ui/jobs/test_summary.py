from rta_viewer.core.jobs import JobState
from rta_viewer.ui.jobs.summary import finished_text, work_text
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
    assert text == "2 files failed or differ from what was asked."
    assert finished_text([good, good])[0] == "2 files saved"
