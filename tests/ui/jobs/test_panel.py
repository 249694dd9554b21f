from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.jobs import JobState
from rta_viewer.ui.jobs import wording
from rta_viewer.ui.jobs.model import Column, JobsModel
from rta_viewer.ui.jobs.panel import JobsPanel
from rta_viewer.ui.jobs.rate import RateMeter
from rta_viewer.ui.theme.theme import Theme
from tests.helpers.ui_world import NOW_MS, job


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW_MS)


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, clock: ManualClock) -> JobsPanel:
    panel = JobsPanel(theme, clock)
    qtbot.addWidget(panel)
    panel.resize(320, 500)
    panel.show()
    return panel


def text(model: JobsModel, row: int, column: Column) -> str:
    return str(model.index(row, column).data())


def test_the_table_says_how_far_how_fast_and_how_long(panel: JobsPanel, clock: ManualClock) -> None:
    model = panel.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    moving = job(1, total_bytes=40_000_000, received_bytes=10_000_000)
    model.set_jobs([moving])
    clock.advance(2)
    model.update_job(replace(moving, received_bytes=20_000_000))
    assert text(model, 0, Column.CAMERA) == "Reception"
    assert text(model, 0, Column.RANGE) == "2025-10-24 09:00:00 \N{EN DASH} 09:05:00"
    assert text(model, 0, Column.STATE) == "Downloading"
    assert text(model, 0, Column.PROGRESS) == "50%"
    assert text(model, 0, Column.SIZE) == "20.0 MB of 40.0 MB"
    assert text(model, 0, Column.RATE) == "5.0 MB/s"
    assert text(model, 0, Column.LEFT) == "4.0 s"
    assert model.unfinished == 1


def test_the_newest_job_is_on_top_and_chosen(panel: JobsPanel) -> None:
    panel.model.set_jobs([job(1), job(2)])
    assert panel.model.job_at(0).job_id == "job-2"  # type: ignore[union-attr]
    panel.model.update_job(job(3))
    assert panel.current_job == job(3)


@pytest.mark.parametrize(
    ("state", "enabled"),
    [
        (JobState.FETCHING, {"job_cancel", "job_open_folder"}),
        (JobState.FAILED, {"job_retry", "job_open_folder"}),
        (JobState.DONE, {"job_open_file", "job_open_folder"}),
        (JobState.DIFFERS, {"job_retry", "job_open_file", "job_open_folder"}),
    ],
)
def test_only_what_makes_sense_can_be_done(
    panel: JobsPanel, state: JobState, enabled: set[str]
) -> None:
    panel.model.set_jobs([job(1, state)])
    panel.select("job-1")
    names = ("job_cancel", "job_retry", "job_open_folder", "job_open_file")
    assert {name for name in names if panel.findChild(QToolButton, name).isEnabled()} == enabled


def test_the_buttons_speak_of_the_chosen_job(qtbot: QtBot, panel: JobsPanel) -> None:
    panel.model.set_jobs([job(1, JobState.DIFFERS), job(2)])
    panel.select("job-1")
    for name, signal, args in (
        ("job_retry", panel.retry_requested, ["job-1"]),
        ("job_open_folder", panel.folder_open_requested, [Path("clips")]),
        ("job_open_file", panel.file_open_requested, [Path("clips/clip 1.mp4")]),
    ):
        with qtbot.waitSignal(signal) as caught:
            panel.findChild(QToolButton, name).click()
        assert caught.args == args
    panel.select("job-2")
    with qtbot.waitSignal(panel.cancel_requested) as caught:
        panel.findChild(QToolButton, "job_cancel").click()
    assert caught.args == ["job-2"]


def test_every_state_is_drawn(panel: JobsPanel) -> None:
    panel.model.set_jobs([job(number, state) for number, state in enumerate(JobState)])
    assert not panel.view.grab().isNull()
    assert set(wording.STATE_WORDS) == set(JobState)
    spoken = panel.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert wording.STATE_WORDS[JobState.CANCELLED] in spoken


def test_a_failure_says_why_instead_of_how_far() -> None:
    failed = job(1, JobState.FAILED, reason="The disk is full.", received_bytes=5)
    assert wording.progress_line(failed, None) == "The disk is full."
    assert wording.progress(job(1, JobState.PREPARING, server_progress=140.0)) == 1.0
    assert wording.progress(job(1, JobState.FETCHING)) is None


def test_a_rate_needs_time_and_starts_over_with_the_transfer() -> None:
    meter = RateMeter()
    meter.add(0.0, 0)
    assert meter.rate is None
    meter.add(0.1, 100)
    assert meter.rate is None
    meter.add(2.0, 2000)
    assert meter.rate == 1000
    meter.add(3.0, 50)
    assert meter.rate is None
    for second in range(4, 30):
        meter.add(float(second), second * 10)
    assert meter.rate == pytest.approx(10)
