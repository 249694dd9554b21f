import pytest

from rta_viewer.core.jobs import JobKind, JobState
from rta_viewer.core.saved_spans import SavedState, saved_spans
from rta_viewer.core.spans import Span
from tests.helpers.ui_world import NOW_MS, job

SERVER = "http://127.0.0.1"


def test_stretches_are_told_by_camera_in_the_order_of_time() -> None:
    early, late = Span(NOW_MS, NOW_MS + 1000), Span(NOW_MS + 500, NOW_MS + 2000)
    found = saved_spans(
        [
            job(1, JobState.DONE, span=late, kind=JobKind.EXPORT, updated_ms=7),
            job(2, JobState.FETCHING, span=early),
            job(3, JobState.DONE, camera_id="other", span=early),
        ],
        SERVER,
    )
    assert sorted(found) == ["cam-00000", "other"]
    first, second = found["cam-00000"]
    assert (first.span, first.state, first.who) == (early, SavedState.COMING, "demo")
    assert (second.span, second.state, second.kind) == (late, SavedState.SAVED, JobKind.EXPORT)
    assert (second.at_ms, second.file_name, second.job_id) == (7, "clip 1.mp4", "job-1")


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        (JobState.QUEUED, SavedState.COMING),
        (JobState.PAUSED, SavedState.COMING),
        (JobState.CHECKING, SavedState.COMING),
        (JobState.DIFFERS, SavedState.DIFFERS),
        (JobState.FAILED, None),
        (JobState.CANCELLED, None),
    ],
)
def test_only_what_is_here_or_comes_counts(state: JobState, shown: SavedState | None) -> None:
    found = saved_spans([job(1, state)], SERVER)
    assert [one.state for spans in found.values() for one in spans] == ([shown] if shown else [])


def test_another_server_has_other_cameras() -> None:
    assert saved_spans([job(1, JobState.DONE)], "https://elsewhere") == {}
