from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.model import SaveRequest
from rta_viewer.core.route import Route
from rta_viewer.core.spans import Span
from rta_viewer.errors import StorageError
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.controllers.jobs import JobsController
from rta_viewer.ui.jobs.panel import JobsPanel
from rta_viewer.ui.save_dialog.order import SaveOrder
from rta_viewer.ui.theme.theme import Theme
from tests.helpers.ui_world import NOW_MS, RunningClock, cameras, job

CAMERA = cameras(1)[0]
ORDER = SaveOrder(
    CAMERA,
    SaveRequest(CAMERA.camera_id, Span(NOW_MS, NOW_MS + 1000)),
    Path("clips"),
    "a.mp4",
    Route(JobKind.CLIP, "Short."),
)


class Engine:
    def __init__(self) -> None:
        self.all: dict[str, Job] = {}
        self.done: list[tuple[str, str]] = []

    def jobs(self) -> Sequence[Job]:
        return list(self.all.values())

    def submit(self, order: SaveOrder) -> Job:
        if order.file_name == "full.mp4":
            raise StorageError("The disk is full.")
        self.all["job-1"] = job(1, JobState.QUEUED)
        return self.all["job-1"]

    def cancel(self, job_id: str) -> None:
        self.done.append(("cancel", job_id))
        self.all[job_id] = job(1, JobState.CANCELLED)

    def retry(self, job_id: str) -> Job:
        self.done.append(("retry", job_id))
        self.all[job_id] = job(1, JobState.QUEUED)
        return self.all[job_id]


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
    controller = JobsController(engine, engine.submit, panel, lane)
    yield controller
    controller.close()


def test_a_new_job_is_listed_chosen_and_followed_to_its_end(
    qtbot: QtBot, controller: JobsController, engine: Engine, panel: JobsPanel
) -> None:
    controller.submit(ORDER)
    qtbot.waitUntil(lambda: panel.current_job is not None)
    assert panel.current_job == job(1, JobState.QUEUED)
    with qtbot.waitSignal(controller.job_finished) as caught:
        engine.all["job-1"] = job(1, JobState.DONE)
    assert caught.args == [job(1, JobState.DONE)]
    assert panel.model.job_at(0) == job(1, JobState.DONE)


def test_cancel_and_retry_reach_the_engine(
    qtbot: QtBot, controller: JobsController, engine: Engine, panel: JobsPanel
) -> None:
    controller.submit(ORDER)
    qtbot.waitUntil(lambda: panel.current_job is not None)
    panel.findChild(QToolButton, "job_cancel").click()
    qtbot.waitUntil(lambda: panel.model.job_at(0) == job(1, JobState.CANCELLED))
    panel.select("job-1")
    panel.findChild(QToolButton, "job_retry").click()
    qtbot.waitUntil(lambda: panel.model.job_at(0) == job(1, JobState.QUEUED))
    assert engine.done == [("cancel", "job-1"), ("retry", "job-1")]


def test_what_cannot_be_started_is_told(qtbot: QtBot, controller: JobsController) -> None:
    full = SaveOrder(CAMERA, ORDER.request, ORDER.folder, "full.mp4", ORDER.route)
    with qtbot.waitSignal(controller.problem) as caught:
        controller.submit(full)
    assert caught.args[0].summary == "The disk is full."


def test_a_word_from_another_thread_is_enough_to_look(
    qtbot: QtBot, controller: JobsController, engine: Engine, panel: JobsPanel
) -> None:
    import threading

    engine.all["job-1"] = job(1)
    thread = threading.Thread(target=controller.notify)
    thread.start()
    thread.join(10)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
