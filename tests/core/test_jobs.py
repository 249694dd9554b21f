from pathlib import Path

import pytest

from rta_viewer.core.jobs import (
    FINISHED,
    RETRYABLE,
    TRANSITIONS,
    IllegalTransitionError,
    Job,
    JobKind,
    JobState,
)
from rta_viewer.core.model import Watermark
from rta_viewer.core.spans import Span


def job(state: JobState = JobState.QUEUED, watermark: str = "") -> Job:
    return Job(
        job_id="1",
        kind=JobKind.CLIP,
        server="http://s",
        username="u",
        camera_id="c",
        camera_name="Gate",
        span=Span(0, 1000),
        folder=Path("folder"),
        file_name="a.mp4",
        state=state,
        watermark_text=watermark,
    )


def test_the_whole_way_of_an_export() -> None:
    current = job()
    for state in (
        JobState.ASKING,
        JobState.PREPARING,
        JobState.READY,
        JobState.FETCHING,
        JobState.CHECKING,
        JobState.DONE,
    ):
        current = current.moved(state, 5)
    assert current.finished
    assert current.updated_ms == 5


@pytest.mark.parametrize("state", list(JobState))
def test_every_state_has_its_moves(state: JobState) -> None:
    allowed = TRANSITIONS[state]
    for target in JobState:
        if target in allowed:
            assert job(state).moved(target, 1).state is target
        else:
            with pytest.raises(IllegalTransitionError):
                job(state).moved(target, 1)


def test_unfinished_work_can_always_fail_stop_or_wait_again() -> None:
    for state in set(JobState) - FINISHED:
        assert {JobState.FAILED, JobState.CANCELLED} <= TRANSITIONS[state]
        assert state is JobState.QUEUED or JobState.QUEUED in TRANSITIONS[state]


def test_a_pause_ends_in_the_queue() -> None:
    for state in set(JobState) - FINISHED - {JobState.PAUSED}:
        assert JobState.PAUSED in TRANSITIONS[state]
    assert TRANSITIONS[JobState.PAUSED] == {JobState.QUEUED, JobState.FAILED, JobState.CANCELLED}


def test_done_is_for_ever_and_the_other_ends_can_be_tried_again() -> None:
    assert TRANSITIONS[JobState.DONE] == frozenset()
    assert FINISHED - {JobState.DONE} == RETRYABLE
    for state in RETRYABLE:
        assert TRANSITIONS[state] == {JobState.QUEUED}


def test_done_only_follows_the_check() -> None:
    before = {state for state in JobState if JobState.DONE in TRANSITIONS[state]}
    assert before == {JobState.CHECKING}


def test_the_request_holds_what_was_asked() -> None:
    assert job().request.watermark is None
    request = job(watermark="{timestamp}").request
    assert request.watermark == Watermark("{timestamp}")
    assert (request.camera_id, request.span) == ("c", Span(0, 1000))
    assert job().path == Path("folder/a.mp4")


def test_other_fields_change_without_a_move() -> None:
    changed = job(JobState.FETCHING).changed(9, received_bytes=3)
    assert (changed.state, changed.received_bytes, changed.updated_ms) == (JobState.FETCHING, 3, 9)
