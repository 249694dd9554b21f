"""The program's work behind the window, with a window of its own and a tray that only writes down."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rta_viewer.app.background import Background, open_progress
from rta_viewer.core.jobs import Job, JobState, PauseCause
from rta_viewer.errors import RefusedError
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.controllers.jobs import JobsController
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.theme.theme import DARK_THEME
from rta_viewer.ui.times import local_zone
from rta_viewer.ui.tray import Tray
from tests.helpers.ui_world import RunningClock, job
from tests.ui.controllers.test_jobs import ORDER, Engine

RAISES = pytest.mark.qt_log_ignore("This plugin does not support")
"""The offscreen platform has no window manager that could bring a window to the front."""


class PaperTray(Tray):
    """A tray that is always there."""

    def __init__(self, *, available: bool = True) -> None:
        super().__init__(QIcon())
        self.there = available
        self.visible = False
        self.told: list[tuple[str, str, bool]] = []
        self.tip = ""

    @property
    def available(self) -> bool:
        return self.there

    def set_visible(self, visible: bool) -> None:
        self.visible = visible

    def set_tool_tip(self, text: str) -> None:
        self.tip = text

    def notify(self, title: str, text: str, *, warning: bool = False) -> None:
        self.visible = True
        self.told.append((title, text, warning))


class PaperTaskbar:
    def __init__(self) -> None:
        self.shown: list[float | str | None] = []
        self.windows: list[int] = []

    def show(self, window_id: int, share: float | None) -> None:
        self.shown.append(share)
        self.windows.append(window_id)

    def clear(self, window_id: int) -> None:
        self.shown.append("clear")
        self.windows.append(window_id)

    def close(self) -> None:
        self.shown.append("closed")


class Stage:
    def __init__(self, qtbot: QtBot, lane: Lane, *, tray: bool = True) -> None:
        self.engine = Engine()
        self.window = MainWindow(DARK_THEME, RunningClock(), local_zone())
        qtbot.addWidget(self.window)
        self.jobs = JobsController(self.engine, self.window.jobs, lane)
        self.engine.listener = self.jobs.job_changed
        self.tray = PaperTray(available=tray)
        self.paused = 0
        self.taskbar = PaperTaskbar()
        self.background = Background(
            self.window, self.jobs, self.tray, self.pause, progress=self.taskbar
        )
        self.window.jobs.model.set_signed_in(("http://127.0.0.1", "demo"))
        self.closed = 0
        self.window.closing.connect(self._on_closing)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitActive(self.window)

    def pause(self) -> None:
        self.paused += 1

    def put(self, *jobs: Job) -> None:
        self.window.jobs.model.update_jobs(jobs)

    def _on_closing(self) -> None:
        self.closed += 1

    def close(self) -> None:
        self.background.close()
        self.jobs.close()


@pytest.fixture
def quits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(QApplication, "quit", lambda *_: found.append("quit"))
    return found


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    lane = Lane("test")
    yield lane
    assert lane.close()


@pytest.fixture
def stage(qtbot: QtBot, lane: Lane, quits: list[str]) -> Iterator[Stage]:
    stage = Stage(qtbot, lane)
    yield stage
    stage.close()
    QApplication.setQuitOnLastWindowClosed(True)


def test_the_taskbar_shows_how_far_all_transfers_are(stage: Stage) -> None:
    half = replace(job(1), state=JobState.FETCHING, received_bytes=500, total_bytes=1_000)
    stage.put(half)
    assert stage.taskbar.shown[-1] == 0.5
    assert stage.taskbar.windows[-1] == int(stage.window.winId())
    stage.put(replace(half, total_bytes=None), job(2, JobState.QUEUED))
    stage.background._on_progress()
    assert stage.taskbar.shown[-1] is None
    stage.put(replace(half, state=JobState.DONE))
    assert stage.taskbar.shown[-1] == "clear"
    stage.background.close()
    assert stage.taskbar.shown[-1] == "closed"


def test_nobody_is_asked_when_nothing_goes_on(stage: Stage) -> None:
    elsewhere = job(3, JobState.QUEUED, server="http://other")
    stage.put(job(1, JobState.DONE), job(2, JobState.PAUSED), elsewhere)
    assert stage.window.close()
    assert stage.closed == 1


def test_closing_asks_while_files_are_on_their_way(stage: Stage) -> None:
    stage.put(job(1), job(2, JobState.QUEUED))
    assert not stage.window.close()
    assert not stage.window.close()
    question = stage.background.question
    assert question is not None
    assert question.isVisible()
    assert question.text() == "2 files are on the way or in the queue."
    question.reject()
    assert stage.background.question is None
    assert stage.window.isVisible()
    assert stage.closed == 0


def test_closing_says_that_jobs_without_a_list_are_forgotten(stage: Stage) -> None:
    stage.background._forgets = lambda: True
    stage.put(job(1))
    assert not stage.window.close()
    question = stage.background.question
    assert question is not None
    assert "is forgotten" in question.informativeText()
    assert question.stop.text() == "Stop"
    question.reject()


@pytest.mark.parametrize("folder", ["", "full"])
def test_closing_asks_while_an_order_is_not_in_the_list_yet(
    qtbot: QtBot, stage: Stage, lane: Lane, folder: str
) -> None:
    looked = threading.Event()
    lane.submit(lambda cancel: looked.wait(10), stage.window, print, print)
    stage.jobs.submit(replace(ORDER, folder=Path(folder)), stage.engine.submit)
    assert not stage.window.close()
    question = stage.background.question
    assert question is not None
    assert question.text() == "1 file is on the way or in the queue."
    question.reject()
    looked.set()
    qtbot.waitUntil(lambda: stage.jobs.ordering == 0)
    assert stage.background.running == (0 if folder else 1)


@RAISES
def test_work_goes_on_in_the_tray_and_the_window_comes_back(stage: Stage, quits: list[str]) -> None:
    stage.put(job(1, received_bytes=1, total_bytes=2))
    stage.window.close()
    question = stage.background.question
    assert question is not None
    assert question.keep.text() == "Keep working in the tray"
    question.keep.click()
    assert not stage.window.isVisible()
    assert stage.tray.visible
    assert stage.tray.tip == "RTA Viewer: 50 %"
    assert not QApplication.quitOnLastWindowClosed()
    assert stage.paused == 1
    assert stage.taskbar.windows[-1] == 0
    stage.put(job(1, JobState.DONE))
    assert stage.taskbar.shown[-1] == "clear"
    assert stage.tray.visible
    stage.tray.show_requested.emit()
    assert stage.window.isVisible()
    assert not stage.tray.visible
    assert QApplication.quitOnLastWindowClosed()
    assert (quits, stage.closed) == ([], 0)


@RAISES
def test_a_panel_that_floats_goes_to_the_tray_with_the_window(stage: Stage) -> None:
    dock = stage.window.jobs_dock
    dock.setFloating(True)
    dock.show()
    stage.put(job(1))
    stage.window.close()
    assert stage.background.question is not None
    stage.background.question.keep.click()
    assert not dock.isVisible()
    stage.background.show_window()
    assert dock.isVisible()
    assert dock.isFloating()


def test_stop_ends_the_program(stage: Stage, quits: list[str]) -> None:
    stage.put(job(1))
    stage.window.close()
    question = stage.background.question
    assert question is not None
    question.stop.click()
    assert stage.closed == 1
    assert quits == ["quit"]


def test_the_trays_quit_asks_nobody(stage: Stage, quits: list[str]) -> None:
    stage.put(job(1))
    stage.window.close()
    assert stage.background.question is not None
    stage.background.question.keep.click()
    stage.tray.quit_requested.emit()
    assert stage.closed == 1
    assert quits == ["quit"]


@RAISES
@pytest.mark.parametrize("lost", ["copy", "jobs"])
def test_the_trays_quit_asks_where_something_would_not_go_on_next_time(
    stage: Stage, quits: list[str], lost: str
) -> None:
    stage.put(job(1))
    stage.background._copying = lambda: lost == "copy"
    stage.background._forgets = lambda: lost == "jobs"
    stage.window.close()
    assert stage.background.question is not None
    stage.background.question.keep.click()
    stage.tray.quit_requested.emit()
    assert (quits, stage.closed) == ([], 0)
    assert stage.window.isVisible()
    question = stage.background.question
    assert question is not None
    assert ("copied" if lost == "copy" else "forgotten") in question.text() + (
        question.informativeText()
    )
    question.stop.click()
    assert (quits, stage.closed) == (["quit"], 1)


@RAISES
def test_without_a_tray_the_window_is_minimised(qtbot: QtBot, quits: list[str]) -> None:
    lane = Lane("test")
    stage = Stage(qtbot, lane, tray=False)
    stage.put(job(1))
    stage.window.close()
    question = stage.background.question
    assert question is not None
    assert question.keep.text() == "Keep working minimised"
    question.keep.click()
    assert stage.window.isMinimized()
    assert stage.closed == 0
    stage.background.show_window()
    assert not stage.window.isMinimized()
    stage.close()
    assert lane.close()


@RAISES
def test_a_minimised_window_that_asks_is_as_large_as_before(stage: Stage) -> None:
    stage.put(job(1))
    stage.window.showMaximized()
    stage.window.showMinimized()
    assert not stage.window.close()
    assert stage.background.question is not None
    assert not stage.window.isMinimized()
    assert stage.window.isMaximized()
    stage.background.question.reject()


def test_a_copy_to_a_drive_is_asked_about_too(qtbot: QtBot, quits: list[str]) -> None:
    lane = Lane("test")
    stage = Stage(qtbot, lane)
    busy = [True]
    stage.background._copying = lambda: busy[0]
    assert not stage.window.close()
    question = stage.background.question
    assert question is not None
    assert question.text().startswith("Files are being copied")
    assert question.informativeText() == ""
    assert question.stop.text() == "Stop copying"
    question.reject()
    busy[0] = False
    assert stage.window.close()
    stage.close()
    assert lane.close()


def test_the_title_begins_with_how_far_it_is(stage: Stage) -> None:
    stage.window.show_server("Gate (demo)")
    stage.put(job(1, received_bytes=1, total_bytes=4))
    assert stage.window.windowTitle() == "25 % \N{EN DASH} Gate (demo) \N{EN DASH} RTA Viewer"
    stage.put(job(1, JobState.DONE))
    assert stage.window.windowTitle() == "Gate (demo) \N{EN DASH} RTA Viewer"


def test_the_title_counts_what_waits_and_what_an_order_has_behind_it(stage: Stage) -> None:
    half = job(1, received_bytes=1, total_bytes=2, package="order")
    stage.put(half, job(2, JobState.DONE, package="order"))
    assert stage.window.windowTitle().startswith("75 %")
    assert stage.taskbar.shown[-1] == 0.75
    waiting = [job(number, JobState.QUEUED, package="order") for number in (3, 4)]
    stage.put(*waiting)
    stage.background._on_progress()
    assert stage.window.windowTitle().startswith("37 %")


def test_files_that_are_ready_together_are_one_notification(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.background._together.setInterval(50)
    monkeypatch.setattr(stage.window, "isActiveWindow", lambda: False)
    stage.put(*(job(number) for number in (1, 2, 3, 4)))
    for number in (1, 2, 3):
        stage.engine.put(job(number, JobState.DONE))
    stage.engine.put(job(4, JobState.CANCELLED))
    qtbot.waitUntil(lambda: bool(stage.tray.told))
    assert [title for title, _, _ in stage.tray.told] == ["3 files saved"]


def test_an_order_is_one_notification_when_all_of_it_is_there(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.background._together.setInterval(1)
    monkeypatch.setattr(stage.window, "isActiveWindow", lambda: False)
    stage.put(*(job(number, package="order") for number in (1, 2, 3)))
    failed = {"state": JobState.FAILED, "reason": "No answer.", "package": "order"}
    for number, ends in ((1, {"state": JobState.DONE, "package": "order"}), (2, failed)):
        with qtbot.waitSignal(stage.background._together.timeout):
            stage.engine.put(replace(job(number), **ends))
    assert stage.tray.told == [("Not saved", "Car park north: No answer.", True)]
    with qtbot.waitSignal(stage.background._together.timeout):
        stage.engine.put(job(3, JobState.DONE, package="order"))
    title, text, wrong = stage.tray.told[-1]
    assert (len(stage.tray.told), title, wrong) == (2, "2 files saved", True)
    assert text.startswith("2 of 3 files of this order saved as asked")


def test_a_full_drive_is_told_while_nobody_looks_and_closing_asks(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.background._together.setInterval(1)
    monkeypatch.setattr(stage.window, "isActiveWindow", lambda: False)
    held = {
        "state": JobState.PAUSED,
        "pause_cause": PauseCause.STORAGE,
        "reason": "The disk is full.",
    }
    stage.put(job(1), job(2))
    with qtbot.waitSignal(stage.background._together.timeout):
        stage.engine.put(replace(job(1), **held))
    assert stage.tray.told == [("1 file is held up", "Reception: The disk is full.", True)]
    assert stage.background.running == 2
    with qtbot.waitSignal(stage.background._together.timeout):
        stage.engine.put(replace(job(2), **held))
        stage.jobs.jobs_held.connect(lambda _jobs: stage.put(job(2)))
    assert len(stage.tray.told) == 1, "it has gone on meanwhile"


def test_who_has_to_sign_in_again_is_told_where_nobody_looks_at_the_window(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = RefusedError("The server does not accept them.", "Sign in again.")
    stage.background.tell_shut_out(job(1), refused)
    assert stage.tray.told == []
    monkeypatch.setattr(stage.window, "isActiveWindow", lambda: False)
    stage.background.tell_shut_out(job(1), refused)
    title, text, wrong = stage.tray.told[0]
    assert title == "Files wait until somebody signs in again"
    assert text.endswith("The server does not accept them. Sign in again.")
    assert wrong


def test_a_full_drive_is_told_though_files_for_another_one_keep_coming_in(stage: Stage) -> None:
    background, soon = stage.background, stage.background._together
    soon.setInterval(60_000)
    held = job(1, JobState.PAUSED, pause_cause=PauseCause.STORAGE)
    background._on_jobs_held([held])
    first = soon.timerId()
    background._on_jobs_finished([job(2, JobState.DONE)])
    assert soon.timerId() == first, "it is not put off"


def test_who_looks_at_the_window_is_not_notified(qtbot: QtBot, stage: Stage) -> None:
    stage.background._together.setInterval(1)
    stage.put(job(1))
    with qtbot.waitSignal(stage.background._together.timeout):
        stage.engine.put(job(1, JobState.DONE))
    assert stage.tray.told == []


def test_the_end_of_the_session_is_not_held_up_by_a_question(
    stage: Stage, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.put(job(1))
    monkeypatch.setattr(QApplication, "isSavingSession", lambda _self: True)
    assert stage.window.close()
    assert stage.background.question is None


def test_the_icon_counts_what_runs_where_the_desktop_knows_the_program(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    badges: list[int] = []
    monkeypatch.setattr(
        QGuiApplication, "setBadgeNumber", lambda _self, number: badges.append(number)
    )
    stage.put(job(1))
    assert badges == []
    monkeypatch.setattr(QGuiApplication, "desktopFileName", lambda: "rta-viewer")
    stage.put(job(2), job(3, JobState.QUEUED))
    stage.background._on_progress()
    stage.put(job(1, JobState.DONE), job(2, JobState.DONE))
    assert badges == [2, 0]


def test_a_desktop_without_a_place_for_progress_is_no_trouble(qapp: QApplication) -> None:
    assert open_progress() is None


def test_a_desktop_without_a_tray_is_no_trouble(qtbot: QtBot) -> None:
    tray = Tray(QIcon())
    assert not tray.available
    tray.notify("a", "b")
    tray.set_visible(True)
    tray.set_tool_tip("c")
    tray.close()
