import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from rta_viewer.core.jobs import Job, JobEvent, JobState, PauseCause
from rta_viewer.core.save_choices import SaveChoices
from rta_viewer.core.save_order import SaveOrder
from rta_viewer.core.spans import Span
from rta_viewer.errors import StorageError, UsageError
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.controllers.jobs import JobsController
from rta_viewer.ui.jobs.commands import Command
from rta_viewer.ui.jobs.panel import JobsPanel
from rta_viewer.ui.theme.theme import Theme
from tests.helpers.ui_world import NOW_MS, RunningClock, cameras, job

CAMERA = cameras(1)[0]
MOVED = {"folder": Path("stick"), "state": JobState.QUEUED}
ORDER = SaveOrder((CAMERA,), Span(NOW_MS, NOW_MS + 1000), Path("clips"), SaveChoices(), UTC)


class Engine:
    """Remembers what it was told; tells each change, as the real one does."""

    def __init__(self) -> None:
        self.all: dict[str, Job] = {}
        self.done: list[tuple[str, ...]] = []
        self.listener: Callable[[Job], None] = lambda job: None

    def put(self, job: Job) -> Job:
        self.all[job.job_id] = job
        self.listener(job)
        return job

    def jobs(self) -> Sequence[Job]:
        return list(self.all.values())

    def submit(self, order: SaveOrder) -> Job:
        if order.folder == Path("full"):
            raise StorageError("The disk is full.")
        return self.put(job(1, JobState.QUEUED))

    def cancel(self, job_id: str) -> Job:
        return self._do("cancel", job_id, JobState.CANCELLED)

    def retry(self, job_id: str) -> Job:
        return self._do("retry", job_id, JobState.QUEUED)

    def pause(self, job_id: str) -> Job:
        return self._do("pause", job_id, JobState.PAUSED)

    def resume(self, job_id: str) -> Job:
        return self._do("resume", job_id, JobState.QUEUED)

    def go_on_in(self, job_id: str, folder: Path) -> Job:
        if folder == Path("full"):
            raise UsageError("You may not write into this folder.")
        self.done.append(("elsewhere", job_id, str(folder)))
        return self.put(replace(self.all[job_id], folder=folder, state=JobState.QUEUED))

    def fetch_rest(self, job_id: str) -> Job:
        self.done.append(("rest", job_id))
        return self.put(job(9, JobState.QUEUED))

    def move_before(self, job_id: str, before: str | None) -> None:
        self.done.append(("move", job_id, str(before)))

    def forget(self, job_id: str) -> None:
        if not self.all[job_id].finished:
            raise UsageError("A job that is under way cannot be removed.")
        del self.all[job_id]

    def history(self, job_id: str) -> Sequence[JobEvent]:
        return [JobEvent(NOW_MS, JobState.QUEUED, "Short.", "demo")]

    def _do(self, what: str, job_id: str, state: JobState) -> Job:
        self.done.append((what, job_id))
        return self.put(replace(self.all[job_id], state=state))


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> JobsPanel:
    panel = JobsPanel(theme, RunningClock())
    qtbot.addWidget(panel)
    panel.show()
    return panel


@pytest.fixture
def controller(
    qtbot: QtBot, engine: Engine, panel: JobsPanel, lane: Lane
) -> Iterator[JobsController]:
    controller = JobsController(engine, panel, lane)
    engine.listener = controller.job_changed
    yield controller
    controller.close()


def test_a_new_job_is_listed_chosen_and_followed_to_its_end(
    qtbot: QtBot, controller: JobsController, engine: Engine, panel: JobsPanel
) -> None:
    engine.all["job-7"] = job(7, JobState.DONE)
    controller.refresh()
    qtbot.waitUntil(lambda: panel.model.count() == 1)
    controller.submit(ORDER, engine.submit)
    qtbot.waitUntil(lambda: panel.current_job == job(1, JobState.QUEUED))
    with qtbot.waitSignal(controller.jobs_finished) as caught:
        engine.put(job(1, JobState.DONE))
    assert caught.args == [[job(1, JobState.DONE)]]
    assert panel.current_job == job(1, JobState.DONE)


def test_what_was_finished_before_is_not_told_again(
    qtbot: QtBot, controller: JobsController, engine: Engine, panel: JobsPanel
) -> None:
    told: list[Job] = []
    controller.jobs_finished.connect(told.extend)
    engine.all["job-1"] = job(1, JobState.DONE)
    controller.refresh()
    qtbot.waitUntil(lambda: panel.model.count() == 1)
    engine.put(replace(engine.all["job-1"], hint="x"))
    engine.put(job(2, JobState.DONE))
    qtbot.waitUntil(lambda: panel.model.count() == 2)
    assert told == [job(2, JobState.DONE)]


def test_what_stops_again_and_again_for_want_of_room_is_told_when_more_had_come(
    qtbot: QtBot, controller: JobsController, engine: Engine, panel: JobsPanel
) -> None:
    told: list[int] = []
    controller.jobs_held.connect(lambda jobs: told.extend(one.received_bytes for one in jobs))
    engine.put(job(1))
    for received in (5, 5, 9, 0):
        held = replace(job(1), received_bytes=received)
        for each in (held, replace(held, state=JobState.PAUSED, pause_cause=PauseCause.STORAGE)):
            engine.put(each)
            qtbot.waitUntil(lambda each=each: panel.model.job("job-1") == each)
        if received == 9:
            engine.put(job(1, JobState.CANCELLED))
            qtbot.waitUntil(lambda: panel.model.job("job-1").finished)
    assert told == [5, 9, 0]


def test_what_a_command_had_finished_before_the_window_came_is_not_told(
    qtbot: QtBot, controller: JobsController, engine: Engine, panel: JobsPanel
) -> None:
    told: list[Job] = []
    controller.jobs_finished.connect(told.extend)
    engine.put(job(1, JobState.DONE))
    engine.put(job(2))
    qtbot.waitUntil(lambda: panel.model.count() == 2)
    engine.put(job(2, JobState.DONE))
    qtbot.waitUntil(lambda: told == [job(2, JobState.DONE)])
    with qtbot.waitSignal(panel.model.change_ended):
        controller.refresh()
    engine.put(job(3, JobState.FAILED))
    qtbot.waitUntil(lambda: len(told) == 2)


ORDERS = [
    (Command.CANCEL, JobState.FETCHING, [("cancel", "job-1")]),
    (Command.RETRY, JobState.FAILED, [("retry", "job-1")]),
    (Command.PAUSE, JobState.FETCHING, [("pause", "job-1")]),
    (Command.RESUME, JobState.PAUSED, [("resume", "job-1")]),
]


@pytest.mark.parametrize(("command", "state", "done"), ORDERS)
def test_wishes_reach_the_engine_and_come_back(
    qtbot: QtBot,
    controller: JobsController,
    engine: Engine,
    panel: JobsPanel,
    command: Command,
    state: JobState,
    done: list[tuple[str, ...]],
) -> None:
    engine.put(job(1, state))
    qtbot.waitUntil(lambda: panel.model.count() == 1)
    panel.run(command)
    qtbot.waitUntil(lambda: panel.current_job == engine.all["job-1"])
    qtbot.waitUntil(lambda: engine.done == done)


def test_the_rest_of_a_short_file_is_asked_for(
    qtbot: QtBot, controller: JobsController, engine: Engine, panel: JobsPanel
) -> None:
    engine.put(job(1, JobState.DIFFERS, missing=Span(0, 1000)))
    qtbot.waitUntil(lambda: panel.model.count() == 1)
    panel.run(Command.FETCH_REST)
    qtbot.waitUntil(lambda: panel.model.count() == 2)
    assert engine.done == [("rest", "job-1")]


@pytest.mark.parametrize(
    ("which", "command", "moved"),
    [
        ("job-3", Command.UP, ("move", "job-3", "job-2")),
        ("job-2", Command.UP, ("move", "job-2", "job-1")),
        ("job-1", Command.DOWN, ("move", "job-1", "job-3")),
        ("job-2", Command.DOWN, ("move", "job-2", "None")),
        ("job-3", Command.FRONT, ("move", "job-3", "job-1")),
    ],
)
def test_order_counts_among_those_that_wait(
    qtbot: QtBot,
    controller: JobsController,
    engine: Engine,
    panel: JobsPanel,
    which: str,
    command: Command,
    moved: tuple[str, ...],
) -> None:
    panel.model.set_jobs([job(0), *(job(number, JobState.QUEUED) for number in (1, 2, 3))])
    panel.select(which)
    panel.run(command)
    qtbot.waitUntil(lambda: engine.done == [moved])


def test_the_first_cannot_go_further_up(
    qtbot: QtBot, controller: JobsController, engine: Engine, panel: JobsPanel, lane: Lane
) -> None:
    panel.model.set_jobs([job(number, JobState.QUEUED) for number in (1, 2)])
    panel.select("job-1")
    panel.run(Command.UP)
    panel.select("job-2")
    panel.run(Command.DOWN)
    qtbot.waitUntil(lambda: lane.in_flight == 0)
    assert engine.done == []


def test_finished_ones_can_be_taken_off_the_list(
    qtbot: QtBot, controller: JobsController, engine: Engine, panel: JobsPanel
) -> None:
    engine.put(job(1, JobState.DONE))
    engine.put(job(2, JobState.FAILED))
    qtbot.waitUntil(lambda: panel.model.count() == 2)
    panel.view.selectAll()
    panel.run(Command.REMOVE)
    qtbot.waitUntil(lambda: panel.model.count() == 0)
    assert engine.all == {}


def test_what_was_told_just_before_a_removal_brings_nothing_back(
    qtbot: QtBot, controller: JobsController, engine: Engine, panel: JobsPanel
) -> None:
    engine.put(job(1, JobState.DONE))
    qtbot.waitUntil(lambda: panel.model.count() == 1)
    panel.run(Command.REMOVE)
    # Told before, and delivered at the mailbox's own pace.
    controller.job_changed(job(1, JobState.DONE, hint="x"))
    controller.job_changed(job(2))
    qtbot.waitUntil(lambda: [*panel.model._jobs] == ["job-2"])


def test_a_removed_job_that_is_asked_for_again_is_in_the_list_again(
    qtbot: QtBot, controller: JobsController, engine: Engine, panel: JobsPanel
) -> None:
    engine.put(job(1, JobState.DONE))
    qtbot.waitUntil(lambda: panel.model.count() == 1)
    panel.run(Command.REMOVE)
    qtbot.waitUntil(lambda: panel.model.count() == 0)
    engine.put(job(1, JobState.QUEUED, created_ms=NOW_MS + 60_000))
    qtbot.waitUntil(lambda: panel.model.count() == 1)


def test_what_is_told_while_the_list_is_read_stays_in_it(
    qtbot: QtBot,
    controller: JobsController,
    engine: Engine,
    panel: JobsPanel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = threading.Event()
    monkeypatch.setattr(engine, "jobs", lambda: [job(1)] if told.wait(10) else [])
    controller.refresh()
    controller.job_changed(job(2))
    qtbot.waitUntil(lambda: panel.model.count() == 1)
    with qtbot.waitSignal(panel.model.modelReset):
        told.set()
    assert sorted(panel.model._jobs) == ["job-1", "job-2"]


def test_what_was_wanted_is_done_though_the_program_is_closed(
    engine: Engine, panel: JobsPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    lane, go_on = Lane("one"), threading.Event()
    controller = JobsController(engine, panel, lane)
    monkeypatch.setattr(engine, "history", lambda _: go_on.wait(10))
    panel.model.set_jobs([job(1)])
    engine.all["job-1"] = job(1)
    panel.run(Command.DETAILS)
    panel.run(Command.PAUSE)
    controller.submit(ORDER, engine.submit)
    controller.close()
    lane.stop()
    go_on.set()
    assert lane.close()
    assert engine.done == [("pause", "job-1")]
    assert engine.all["job-1"].state is JobState.QUEUED


def test_one_that_cannot_be_removed_does_not_keep_the_others_in_the_list(
    qtbot: QtBot, controller: JobsController, engine: Engine, panel: JobsPanel
) -> None:
    jobs = [job(number, JobState.DONE) for number in (1, 2, 3)]
    panel.model.set_jobs(jobs)
    # The second one goes on again by now; nobody has told the list.
    engine.all = {one.job_id: one for one in (jobs[0], job(2), jobs[2])}
    panel.view.selectAll()
    with qtbot.waitSignal(controller.problem) as caught:
        panel.run(Command.REMOVE)
    assert "under way" in caught.args[0].summary
    assert list(engine.all) == ["job-2"]
    assert panel.model.job("job-2") is not None
    assert panel.model.count() == 1


def test_one_that_cannot_be_tried_again_does_not_stop_the_others(
    qtbot: QtBot,
    controller: JobsController,
    engine: Engine,
    panel: JobsPanel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    retry = engine.retry

    def refuse_the_second(job_id: str) -> Job:
        if job_id == "job-2":
            raise UsageError("Only what has ended can be tried again.")
        return retry(job_id)

    monkeypatch.setattr(engine, "retry", refuse_the_second)
    for number in (1, 2, 3):
        engine.put(job(number, JobState.FAILED, updated_ms=-number))
    qtbot.waitUntil(lambda: panel.model.count() == 3)
    panel.view.selectAll()
    with qtbot.waitSignal(controller.problem):
        panel.run(Command.RETRY)
    assert engine.done == [("retry", "job-1"), ("retry", "job-3")]


def test_paths_are_copied(
    qtbot: QtBot, controller: JobsController, engine: Engine, panel: JobsPanel
) -> None:
    panel.model.set_jobs([job(1, JobState.DONE), job(2, JobState.DONE)])
    panel.view.selectAll()
    panel.run(Command.COPY_PATH)
    text = QGuiApplication.clipboard().text()
    assert sorted(text.splitlines()) == [
        str(Path("clips/clip 1.mp4")),
        str(Path("clips/clip 2.mp4")),
    ]


def test_history_is_read_for_the_details(
    qtbot: QtBot, controller: JobsController, engine: Engine, panel: JobsPanel
) -> None:
    panel.model.set_jobs([job(1)])
    with qtbot.waitSignal(controller.history_loaded) as caught:
        panel.run(Command.DETAILS)
    assert caught.args == [job(1), engine.history("job-1")]


def test_of_thousands_that_are_removed_the_first_go_at_once(
    qtbot: QtBot,
    controller: JobsController,
    engine: Engine,
    panel: JobsPanel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ended = [job(number, JobState.CANCELLED) for number in range(250)]
    engine.all = {one.job_id: one for one in ended}
    panel.model.set_jobs(ended)
    go_on, forget, calls = threading.Event(), engine.forget, iter(range(250))
    monkeypatch.setattr(
        engine, "forget", lambda key: (next(calls) < 150 or go_on.wait(10)) and forget(key)
    )
    panel.view.selectAll()
    panel.run(Command.REMOVE)
    qtbot.waitUntil(lambda: panel.model.count() == 150)
    go_on.set()
    qtbot.waitUntil(lambda: panel.model.count() == 0)


def test_details_that_are_asked_for_again_before_they_are_there_come_once(
    qtbot: QtBot, controller: JobsController, panel: JobsPanel, lane: Lane
) -> None:
    shown: list[Job] = []
    controller.history_loaded.connect(lambda job, _events: shown.append(job))
    panel.model.set_jobs([job(1)])
    for times in (1, 2):
        panel.run(Command.DETAILS)
        panel.run(Command.DETAILS)
        after: list[object] = []
        lane.submit(lambda _: None, panel, after.append, print)
        qtbot.waitUntil(lambda after=after: bool(after))
        assert len(shown) == times


def test_details_of_another_file_come_though_those_of_the_first_take_long(
    qtbot: QtBot, controller: JobsController, panel: JobsPanel
) -> None:
    shown: list[str] = []
    controller.history_loaded.connect(lambda job, _events: shown.append(job.job_id))
    panel.model.set_jobs([job(1), job(2)])
    for number in (1, 2):
        panel.select(f"job-{number}")
        panel.run(Command.DETAILS)
    # Two threads read them: either may be there first.
    qtbot.waitUntil(lambda: sorted(shown) == ["job-1", "job-2"])


def test_what_others_do_is_passed_on(
    qtbot: QtBot, controller: JobsController, panel: JobsPanel
) -> None:
    panel.model.set_jobs([job(1, JobState.DONE)])
    for command, signal in (
        (Command.SHOW, controller.show_requested),
        (Command.COPY_TO, controller.copy_requested),
    ):
        with qtbot.waitSignal(signal) as caught:
            panel.run(command)
        assert caught.args == [(job(1, JobState.DONE),)]


def test_what_cannot_be_started_is_told(
    qtbot: QtBot, controller: JobsController, engine: Engine
) -> None:
    full = replace(ORDER, folder=Path("full"))
    with qtbot.waitSignal(controller.problem) as caught:
        controller.submit(full, engine.submit)
    assert caught.args[0].summary == "The disk is full."


def test_what_was_told_while_the_list_was_read_is_newer(
    qtbot: QtBot, controller: JobsController, engine: Engine, panel: JobsPanel
) -> None:
    controller.job_changed(job(1, JobState.DONE, updated_ms=9))
    qtbot.waitUntil(lambda: panel.model.count() == 1)
    engine.all["job-1"] = job(1, JobState.FETCHING, updated_ms=5)
    engine.all["job-2"] = job(2)
    controller.refresh()
    qtbot.waitUntil(lambda: panel.model.count() == 2)
    assert panel.model.job("job-1") == job(1, JobState.DONE, updated_ms=9)


def test_an_order_whose_drive_hangs_holds_up_no_wish(
    qtbot: QtBot, engine: Engine, panel: JobsPanel
) -> None:
    answers = threading.Event()

    def submit(order: SaveOrder) -> Job:
        answers.wait(10)
        return engine.submit(order)

    wishes, orders = Lane("wishes"), Lane("orders")
    controller = JobsController(engine, panel, wishes, orders=orders)
    engine.listener = controller.job_changed
    panel.model.set_jobs([job(2)])
    controller.submit(ORDER, submit)
    with qtbot.waitSignal(controller.history_loaded):
        panel.run(Command.DETAILS)
    assert controller.ordering == 1
    answers.set()
    qtbot.waitUntil(lambda: controller.ordering == 0)
    controller.close()
    assert wishes.close()
    assert orders.close()


def test_another_folder_is_asked_for_and_gone_on_in(
    qtbot: QtBot, controller: JobsController, engine: Engine, panel: JobsPanel
) -> None:
    jobs = (job(1, JobState.FAILED), job(2, JobState.FAILED))
    engine.all = {one.job_id: one for one in jobs}
    panel.model.set_jobs(jobs)
    panel.view.selectAll()
    with qtbot.waitSignal(controller.folder_requested) as caught:
        panel.run(Command.ELSEWHERE)
    assert set(caught.args[0]) == set(jobs)
    controller.go_on_in(jobs, Path("stick"))
    qtbot.waitUntil(lambda: panel.model.job("job-2") == replace(jobs[1], **MOVED))
    assert engine.done == [("elsewhere", one.job_id, "stick") for one in jobs]
    with qtbot.waitSignal(controller.problem) as refused:
        controller.go_on_in(jobs, Path("full"))
    assert refused.args[0].summary == "You may not write into this folder."


def test_a_drive_that_hangs_while_another_folder_is_chosen_holds_up_no_wish(
    qtbot: QtBot, engine: Engine, panel: JobsPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()
    monkeypatch.setattr(engine, "go_on_in", lambda job_id, folder: answers.wait(20))
    wishes, orders = Lane("wishes"), Lane("orders")
    controller = JobsController(engine, panel, wishes, orders=orders)
    panel.model.set_jobs([job(2)])
    controller.go_on_in([job(2)], Path("share"))
    with qtbot.waitSignal(controller.history_loaded):
        panel.run(Command.DETAILS)
    answers.set()
    controller.close()
    assert wishes.close()
    assert orders.close()
