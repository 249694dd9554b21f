from dataclasses import replace
from itertools import combinations

import pytest

from rta_viewer.core.jobs import JobKind, JobState, PauseCause
from rta_viewer.core.spans import Span
from rta_viewer.ui.jobs.commands import Command, chosen_for, fits, possible_with, retry_word
from tests.helpers.ui_world import NOW_MS, job

ALWAYS = {Command.OPEN_FOLDER, Command.COPY_PATH, Command.SHOW, Command.DETAILS}
WAITING = {Command.CANCEL, Command.UP, Command.DOWN, Command.FRONT}
SAVED = {Command.OPEN_FILE, Command.COPY_TO, Command.REMOVE}


@pytest.mark.parametrize(
    ("state", "more"),
    [
        (JobState.QUEUED, {Command.PAUSE, Command.ELSEWHERE, *WAITING}),
        (JobState.PAUSED, {Command.RESUME, Command.PAUSE, Command.ELSEWHERE, *WAITING}),
        (JobState.FETCHING, {Command.PAUSE, Command.CANCEL}),
        (JobState.FAILED, {Command.RETRY, Command.ELSEWHERE, Command.REMOVE}),
        (JobState.CANCELLED, {Command.RETRY, Command.ELSEWHERE, Command.REMOVE}),
        (JobState.DONE, SAVED),
        (JobState.DIFFERS, {Command.RETRY, *SAVED}),
    ],
)
def test_only_what_makes_sense_can_be_done(state: JobState, more: set[Command]) -> None:
    one = job(1, state, pause_cause=PauseCause.STORAGE if state is JobState.PAUSED else "")
    assert {command for command in Command if fits(command, one)} == ALWAYS | more


def test_a_pause_for_want_of_room_can_be_made_the_operators_own() -> None:
    full = job(1, JobState.PAUSED, pause_cause=PauseCause.STORAGE)
    held = job(1, JobState.PAUSED, pause_cause=PauseCause.OPERATOR)
    assert fits(Command.PAUSE, full)
    assert fits(Command.RESUME, full)
    assert not fits(Command.PAUSE, held)
    assert fits(Command.RESUME, held)


def test_the_rest_can_be_fetched_where_something_is_known_to_be_missing() -> None:
    short = job(1, JobState.DIFFERS, missing=Span(NOW_MS - 5000, NOW_MS))
    assert fits(Command.FETCH_REST, short)
    assert not fits(Command.FETCH_REST, job(1, JobState.DIFFERS))


def test_several_at_once_where_that_makes_sense() -> None:
    jobs = [job(1), job(2, JobState.DONE), job(3, JobState.QUEUED)]
    assert [one.job_id for one in chosen_for(Command.PAUSE, jobs)] == ["job-1", "job-3"]
    assert chosen_for(Command.OPEN_FILE, jobs) == ()
    assert chosen_for(Command.OPEN_FILE, jobs[1:2]) == (jobs[1],)
    assert chosen_for(Command.PAUSE, []) == ()


def test_what_is_possible_with_several_is_what_can_be_done_with_some() -> None:
    jobs = [
        job(1),
        job(2, JobState.PAUSED, pause_cause=PauseCause.OPERATOR),
        job(3, JobState.PAUSED, pause_cause=PauseCause.STORAGE),
        job(4, JobState.QUEUED, next_try_s=60.0),
        job(5, JobState.QUEUED),
        job(6, JobState.DIFFERS),
        job(7, JobState.DIFFERS, missing=Span(NOW_MS - 5000, NOW_MS)),
        job(8, JobState.DONE),
    ]
    for size in range(len(jobs) + 1):
        for chosen in combinations(jobs, size):
            wanted = {command for command in Command if chosen_for(command, chosen)}
            assert possible_with(chosen) == wanted


def test_an_expired_export_is_created_again() -> None:
    expired = job(1, JobState.FAILED, kind=JobKind.EXPORT, server_state="expired")
    assert retry_word(expired) == "Create again"
    assert retry_word(replace(expired, export_id="e1")) == "Try again"
    assert retry_word(replace(expired, server_state="")) == "Try again"
    assert retry_word(replace(expired, kind=JobKind.CLIP)) == "Try again"
    assert retry_word(None) == "Try again"


def test_a_job_that_waits_for_its_server_can_try_now() -> None:
    waiting = job(1, JobState.QUEUED, next_try_s=60.0)
    assert fits(Command.RETRY, waiting)
    assert retry_word(waiting) == "Try now"
    assert not fits(Command.RETRY, job(1, JobState.QUEUED))
    assert not fits(Command.RETRY, job(1, JobState.FETCHING, next_try_s=60.0))
