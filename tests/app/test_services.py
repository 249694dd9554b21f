"""The list of jobs at the start: opened by its own thread, and shown while a command has it."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from rta_viewer.app.program import Program
from rta_viewer.app.services import Services
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import JobState
from rta_viewer.jobs import opening
from rta_viewer.jobs.schedule import Lane as JobLane
from rta_viewer.jobs.store import JobStore
from rta_viewer.platform.system_clock import SystemClock
from rta_viewer.ui.jobs.commands import Command
from tests.helpers.ui_world import job

pytestmark = pytest.mark.gui
Make = Callable[[], Services]


@pytest.fixture
def waiting(make: Make, qtbot: QtBot) -> Iterator[Program]:
    """Not started yet."""
    program = Program(make())
    qtbot.addWidget(program.window)
    yield program
    program.close()
    program.window.close()


def test_the_window_shows_a_commands_list_and_takes_over_when_it_ends(
    waiting: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_LOOK_EVERY_S", 0.05)
    program, panel = waiting, waiting.window.jobs
    command = JobStore(program.services.context.paths.data_dir / "jobs.sqlite3", SystemClock())
    command.add([job(1, JobState.QUEUED), job(2, JobState.QUEUED)])
    program.start()
    program.window.jobs_dock.show()
    qtbot.waitUntil(lambda: panel.model.count() == 2)
    assert panel.lent.isVisible()
    command.save(job(1, JobState.DONE), "Done")
    qtbot.waitUntil(lambda: panel.model.job("job-1") == job(1, JobState.DONE))
    panel.select("job-2")
    panel.run(Command.PAUSE)
    inbox = command.inbox
    assert inbox is not None
    qtbot.waitUntil(lambda: len(inbox.waiting()) == 1)
    assert program.background.may_close()
    command.close()
    qtbot.waitUntil(lambda: not panel.lent.isVisible())
    paused = panel.model
    qtbot.waitUntil(lambda: getattr(paused.job("job-2"), "state", None) is JobState.PAUSED)


def test_the_list_is_opened_beside_the_windows_thread(
    waiting: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[str] = set()
    connect = sqlite3.connect

    def watched(*args: Any, **more: Any) -> sqlite3.Connection:
        threads.add(threading.current_thread().name)
        return connect(*args, **more)

    monkeypatch.setattr(sqlite3, "connect", watched)
    with qtbot.waitSignal(waiting.services.hold_changed):
        waiting.start()
    assert threads
    assert threading.main_thread().name not in threads


def test_jobs_go_on_where_their_server_speaks_tls_by_now(make: Make) -> None:
    """Its http address leads to https, so nobody can sign in there as it was when they were ordered."""
    services = make()
    other = SimpleNamespace(key=("http://c", "d"))
    session = SimpleNamespace(key=("https://a", "demo"), others=(other,), close=lambda: None)
    for part in (other, session):
        part.recorder = object()
    services.session = cast("Any", session)
    assert services._recorder_for("http://a", "demo") is session.recorder
    assert services._recorder_for("https://a", "demo") is session.recorder
    assert services._recorder_for("http://a", "d") is None
    assert services._recorder_for("https://c", "d") is None
    both = SimpleNamespace(key=("http://a", "demo"), recorder=object())
    session.others = (other, both)
    assert services._recorder_for("http://a", "demo") is both.recorder
    services.close()


def test_others_take_the_place_of_workers_that_hang_at_a_drive(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One export that hangs would hold all of them up, and whoever waits for its drive is no less busy."""
    services = make()
    hangs, answers = threading.Event(), threading.Event()
    helped: list[str] = []

    def work(lane: JobLane, cancel: CancelToken) -> None:
        if lane is JobLane.EXPORTS:
            hangs.set()
            answers.wait(30)

    def give_help(lane: JobLane, cancel: CancelToken) -> None:
        helped.append(QThread.currentThread().objectName())

    monkeypatch.setattr(services.jobs, "work", work)
    monkeypatch.setattr(services.jobs, "help", give_help)
    monkeypatch.setattr(services.jobs, "wants_help", lambda lane: lane is JobLane.EXPORTS)
    services._help.setInterval(1)
    services._on_list_opened("")
    assert hangs.wait(30)
    qtbot.waitUntil(lambda: len(helped) >= 2)
    answers.set()
    services._help.stop()
    assert "jobs-exports-0" not in helped
