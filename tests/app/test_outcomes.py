"""How files ended, as the window's line of messages tells it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from rta_viewer.app.outcomes import Outcomes
from rta_viewer.core.jobs import Job, JobState, PauseCause
from rta_viewer.errors import NetworkError, RefusedError
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.controllers.jobs import JobsController
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.theme.theme import DARK_THEME
from rta_viewer.ui.times import local_zone
from tests.helpers.ui_world import RunningClock, job
from tests.ui.controllers.test_jobs import Engine

FAILED = {"state": JobState.FAILED, "reason": "Not allowed."}


class Stage:
    def __init__(self, qtbot: QtBot, lane: Lane) -> None:
        self.engine, self._qtbot = Engine(), qtbot
        self.window = MainWindow(DARK_THEME, RunningClock(), local_zone())
        qtbot.addWidget(self.window)
        self.jobs = JobsController(self.engine, self.window.jobs, lane)
        self.engine.listener = self.jobs.job_changed
        self.outcomes = Outcomes(self.window, self.jobs)

    def begin(self, *jobs: Job) -> None:
        self.window.jobs.model.update_jobs(jobs)

    def end(self, *jobs: Job) -> None:
        """They end at the same time."""
        ended: list[Job] = []
        self.jobs.jobs_finished.connect(ended.extend)
        for each in jobs:
            self.engine.put(each)
        self._qtbot.waitUntil(lambda: len(ended) == len(jobs))

    @property
    def told(self) -> tuple[str, str]:
        messages = self.window.messages
        if messages.isHidden():
            return "", ""
        return str(messages.property("level")), messages.text.text()


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    lane = Lane("test")
    stage = Stage(qtbot, lane)
    yield stage
    stage.jobs.close()
    assert lane.close()


def order(count: int = 3) -> list[Job]:
    return [job(number, package="order") for number in range(count)]


def ended(job: Job, **fields: object) -> Job:
    return replace(job, **{"state": JobState.DONE, **fields})  # type: ignore[arg-type]


def test_an_order_of_which_some_failed_is_no_success(stage: Stage) -> None:
    first, second, third = order()
    stage.begin(first, second, third)
    stage.end(ended(first, **FAILED))
    assert stage.told == ("danger", "Main entrance: Not allowed.")
    stage.end(ended(second, **FAILED))
    stage.end(ended(third))
    level, text = stage.told
    assert level == "danger"
    assert text.startswith("1 of 3 files of this order saved as asked, in clips. 2 files failed.")
    assert '"Failed"' in text
    with_details: list[str] = []
    stage.window.messages.details_requested.connect(with_details.append)
    stage.window.messages._show.click()
    assert "Reception: Not allowed." in with_details[0]


def test_an_order_is_told_as_a_whole_whichever_of_its_files_is_the_last(stage: Stage) -> None:
    first, second, third = order()
    stage.begin(first, second, third)
    stage.end(ended(first), ended(second), ended(third, **FAILED))
    assert stage.told[1].startswith("2 of 3 files of this order saved as asked")


def test_a_file_that_differs_is_no_success_either(stage: Stage) -> None:
    first, second = order(2)
    stage.begin(first, second)
    stage.end(ended(first, state=JobState.DIFFERS), ended(second))
    assert stage.told[0] == "danger"


def test_an_order_of_which_all_are_there_after_another_try(stage: Stage) -> None:
    first, second = order(2)
    stage.begin(first, second)
    stage.end(ended(first), ended(second, **FAILED))
    stage.begin(second)
    stage.end(ended(second))
    assert stage.told == ("notice", "All files of this order are in clips")


def test_what_was_cancelled_is_told_with_the_rest_and_not_alone(stage: Stage) -> None:
    first, second = order(2)
    stage.begin(first, second)
    stage.end(*(ended(each, state=JobState.CANCELLED) for each in (first, second)))
    assert stage.told == ("", "")
    stage.begin(first, second)
    stage.end(ended(first))
    assert stage.told == ("", "")
    stage.end(ended(second, state=JobState.CANCELLED))
    assert stage.told == (
        "notice",
        "1 of 2 files of this order saved as asked, in clips. 1 file was cancelled.",
    )


def test_good_news_takes_the_place_of_bad_news_about_the_same_file_only(stage: Stage) -> None:
    first, second = job(1), job(2)
    stage.begin(first, second)
    stage.end(ended(first, **FAILED))
    stage.end(ended(second))
    assert stage.told == ("danger", "Reception: Not allowed.")
    stage.begin(first)
    stage.end(ended(first))
    assert stage.told == ("notice", "Saved clip 1.mp4 in clips")
    stage.window.messages.show_error(NetworkError("No answer."))
    stage.begin(second)
    stage.end(ended(second))
    assert stage.told == ("danger", "No answer.")


def test_a_full_drive_is_told_until_the_file_is_there(qtbot: QtBot, stage: Stage) -> None:
    held = {
        "state": JobState.PAUSED,
        "pause_cause": PauseCause.STORAGE,
        "reason": "The disk is full.",
    }
    stage.begin(job(1))
    with qtbot.waitSignal(stage.jobs.jobs_held):
        stage.engine.put(replace(job(1), **held))
    assert stage.told == ("danger", "Reception: The disk is full.")
    stage.end(ended(job(1)))
    assert stage.told == ("notice", "Saved clip 1.mp4 in clips")


def test_good_news_is_told_when_bad_news_about_something_else_is_over(stage: Stage) -> None:
    messages, away = stage.window.messages, NetworkError("No answer.")
    messages.show_error(away)
    stage.begin(job(1))
    stage.end(job(1, JobState.DONE))
    assert messages.text.text() == "No answer."
    messages.take_back(NetworkError("No answer."))
    assert messages.text.text() == "No answer.", "that was another one"
    messages.take_back(away)
    assert messages.text.text().startswith("Saved")
    messages.hide()
    messages.take_back(away)
    assert messages.isHidden()
    other = NetworkError("Away.")
    messages.show_error(other)
    messages.take_back(other)
    assert messages.isHidden(), "nothing was held back because of that one"


def test_who_has_to_sign_in_again_is_offered_it_until_the_file_is_there(stage: Stage) -> None:
    stage.begin(job(1))
    stage.outcomes.tell_shut_out(job(1), RefusedError("Not accepted.", "Sign in again."))
    messages = stage.window.messages
    assert messages.text.text() == "Not accepted. Sign in again."
    assert not messages._sign_in.isHidden()
    stage.end(job(1, JobState.DONE))
    assert messages.text.text().startswith("Saved")


def test_an_order_that_ends_at_once_is_told_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [job(number, package="order") for number in range(300)]
    stage.begin(*files)
    told: list[str] = []
    monkeypatch.setattr(stage.window.messages, "show_notice", told.append)
    stage.jobs._on_mail([ended(each) for each in files])
    assert told == ["All files of this order are in clips"]
