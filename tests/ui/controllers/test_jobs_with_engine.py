"""The list in front of the real engine, with a real store and real files; only the recorder is made up."""

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.model import SaveRequest
from rta_viewer.core.spans import Span
from rta_viewer.errors import ServerError
from rta_viewer.jobs.schedule import Lane as JobLane
from rta_viewer.jobs.schedule import Limits
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.controllers.jobs import JobsController
from rta_viewer.ui.jobs.commands import Command
from rta_viewer.ui.jobs.panel import JobsPanel
from rta_viewer.ui.theme.theme import Theme
from tests.helpers.job_desk import Desk
from tests.helpers.job_recorder import SPAN


class Bench:
    """One worker; transfers stand still in the middle until ``go_on``."""

    def __init__(self, qtbot: QtBot, theme: Theme, folder: Path) -> None:
        self._qtbot = qtbot
        self.desk = Desk(folder)
        self.desk.engine.limits = Limits(clips_at_once=1)
        self.go_on = threading.Event()
        self.desk.recorder.during_fetch = self._hold
        self.panel = JobsPanel(theme, self.desk.clock)
        qtbot.addWidget(self.panel)
        self.panel.model.set_signed_in(("http://server", "demo"))
        self.panel.show()
        self.chores, self.workers = Lane("chores"), Lane("jobs")
        self.controller = JobsController(self.desk.engine, self.panel, self.chores)
        self.problems: list[object] = []
        self.controller.problem.connect(self.problems.append)
        self.forget = self.desk.engine.subscribe(self.controller.job_changed)

    def work(self) -> None:
        work = partial(self.desk.engine.work, JobLane.CLIPS)
        self.workers.submit(work, self.panel, lambda _: None, self.problems.append)

    def choose(self, job: Job) -> None:
        self._qtbot.waitUntil(lambda: self.panel.model.job(job.job_id) is not None)
        self.panel.select(job.job_id)

    def reaches(self, job: Job, state: JobState) -> Job:
        def shown() -> bool:
            found = self.panel.model.job(job.job_id)
            return found is not None and found.state is state

        self._qtbot.waitUntil(shown)
        return self.desk.engine.job(job.job_id)

    def close(self) -> None:
        self.forget()
        self.controller.close()
        self.go_on.set()
        assert self.workers.close()
        assert self.chores.close()
        self.desk.store.close()
        assert self.problems == []

    def _hold(self, cancel: CancelToken) -> None:
        forget = cancel.on_cancel(self.go_on.set)
        self.go_on.wait(20)
        forget()
        if cancel.cancelled:
            self.go_on.clear()


@pytest.fixture
def bench(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(qtbot, theme, tmp_path)
    yield bench
    bench.close()


def test_a_transfer_is_paused_resumed_and_saved(bench: Bench) -> None:
    job = bench.desk.submit()
    bench.work()
    bench.choose(job)
    bench.reaches(job, JobState.FETCHING)
    bench.panel.run(Command.PAUSE)
    bench.reaches(job, JobState.PAUSED)
    bench.panel.run(Command.RESUME)
    bench.reaches(job, JobState.FETCHING)
    bench.go_on.set()
    done = bench.reaches(job, JobState.DONE)
    assert done.path.is_file()
    whos = [(event.state, event.who) for event in bench.desk.engine.history(job.job_id)]
    assert (JobState.PAUSED, "demo") in whos
    assert whos[-1] == (JobState.DONE, "")


def test_the_last_of_the_queue_is_brought_to_the_front(bench: Bench) -> None:
    first, second, third = (bench.desk.submit() for _ in range(3))
    bench.choose(third)
    bench.panel.run(Command.FRONT)
    bench.choose(second)
    bench.panel.run(Command.DOWN)
    order: list[str] = []
    forget = bench.desk.engine.subscribe(
        lambda job: order.append(job.job_id) if job.state is JobState.DONE else None
    )
    bench.controller._lane.submit(
        lambda _: None, bench.panel, lambda _: bench.work(), bench.problems.append
    )
    bench.go_on.set()
    for job in (first, second, third):
        bench.reaches(job, JobState.DONE)
    forget()
    assert order == [third.job_id, first.job_id, second.job_id]


def test_a_transfer_is_cancelled_and_leaves_nothing(bench: Bench) -> None:
    job = bench.desk.submit()
    bench.work()
    bench.choose(job)
    bench.reaches(job, JobState.FETCHING)
    bench.panel.run(Command.CANCEL)
    bench.reaches(job, JobState.CANCELLED)
    assert bench.desk.files() == []
    bench.panel.run(Command.REMOVE)
    bench._qtbot.waitUntil(lambda: bench.panel.model.count() == 0)
    assert bench.desk.engine.jobs() == []


def test_a_failure_is_cured_by_trying_again(bench: Bench) -> None:
    bench.desk.recorder.fail("fetch_clip", ServerError("The server is upset."))
    bench.go_on.set()
    job = bench.desk.submit()
    bench.work()
    bench.choose(job)
    assert bench.reaches(job, JobState.FAILED).reason == "The server is upset."
    bench.panel.run(Command.RETRY)
    bench.reaches(job, JobState.DONE)


def test_the_rest_of_a_short_file_is_fetched(bench: Bench) -> None:
    wide = Span(SPAN.start_ms, SPAN.start_ms + 60_000)
    bench.desk.recorder.recorded = (wide,)
    bench.go_on.set()
    short = bench.desk.submit(request=SaveRequest("camera", wide))
    bench.work()
    bench.choose(short)
    bench.reaches(short, JobState.DIFFERS)
    bench.panel.run(Command.FETCH_REST)
    bench._qtbot.waitUntil(lambda: bench.panel.model.count() == 2)
    rest = next(one for one in bench.desk.engine.jobs() if one.job_id != short.job_id)
    assert rest.span.end_ms == wide.end_ms
    assert bench.desk.recorder.requests[-1].span.start_ms >= SPAN.start_ms
