import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from rta_viewer.app.program import Program
from rta_viewer.core.jobs import JobState
from rta_viewer.errors import RefusedError
from rta_viewer.jobs.opening import Hold
from rta_viewer.platform.settings import SettingsStore
from rta_viewer.ui.jobs.commands import Command
from tests.helpers.ui_world import job


def test_the_rate_limit_holds_at_once_and_next_time(qtbot: QtBot, program: Program) -> None:
    panel, services = program.window.jobs, program.services
    menu = panel.findChild(QMenu, "jobs_limit_menu")
    assert isinstance(menu, QMenu)
    next(one for one in menu.actions() if one.text() == "500 kB/s").trigger()
    assert panel.limit.text() == "500 kB/s"
    assert services.settings.max_bytes_per_s == 500_000
    path = services.context.paths.settings_file
    qtbot.waitUntil(lambda: SettingsStore(path).load().settings.max_bytes_per_s == 500_000)
    next(one for one in menu.actions() if one.text() == "No limit").trigger()
    assert services.settings.max_bytes_per_s == 0


def test_expired_exports_may_be_created_again_by_themselves(qtbot: QtBot, program: Program) -> None:
    services, action = program.services, program.window.jobs.limit.renewal
    assert not services.jobs.limits.renew_expired
    action.trigger()
    assert services.jobs.limits.renew_expired
    path = services.context.paths.settings_file
    qtbot.waitUntil(lambda: SettingsStore(path).load().settings.renew_expired)
    action.trigger()
    assert not services.jobs.limits.renew_expired


def test_a_server_that_lets_jobs_in_no_more_is_told_of_from_their_thread(
    qtbot: QtBot, program: Program
) -> None:
    refused = RefusedError("Not accepted.", "Sign in again.")
    thread = threading.Thread(
        target=lambda: program.services.jobs.on_shut_out(job(1, JobState.QUEUED), refused)
    )
    thread.start()
    thread.join()
    said = program.window.messages.text
    qtbot.waitUntil(lambda: said.text() == "Not accepted. Sign in again.")


def test_a_camera_of_another_server_is_named(program: Program) -> None:
    program.window.jobs.model.update_jobs([job(1, JobState.DONE)])
    program.window.jobs_dock.show()
    program.window.jobs.run(Command.SHOW)
    said = program.window.messages.text.text()
    assert said == "Reception is a camera of http://127.0.0.1. Sign in there to see it."


def test_a_camera_that_its_server_has_no_more_asks_nobody_to_sign_in(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.window.jobs.model.update_jobs([job(1, JobState.DONE)])
    program.window.jobs_dock.show()
    joined = SimpleNamespace(id_at=lambda _part, camera_id: camera_id)
    session = SimpleNamespace(key=("http://127.0.0.1", "demo"), others=(), joined=joined)
    with monkeypatch.context() as signed_in:
        signed_in.setattr(program.services, "session", session)
        program.window.jobs.run(Command.SHOW)
    said = program.window.messages.text.text()
    assert said == "Reception is not in the list of cameras of http://127.0.0.1."


def test_details_are_shown_with_the_history_of_the_store(qtbot: QtBot, program: Program) -> None:
    kept = program.services.jobs.add(job(1, JobState.QUEUED, why_kind="Short enough."))
    program.window.jobs_dock.show()
    panel = program.window.jobs
    qtbot.waitUntil(lambda: panel.model.count() == 1)
    panel.select(kept.job_id)
    panel.run(Command.DETAILS)
    qtbot.waitUntil(lambda: program.window.findChild(QDialog, "job_details") is not None)
    dialog = program.window.findChild(QDialog, "job_details")
    assert isinstance(dialog, QDialog)
    assert dialog.isVisible()
    dialog.close()


def test_it_is_told_while_a_command_works_on_the_list(qtbot: QtBot, program: Program) -> None:
    program.window.jobs_dock.show()
    note = program.window.jobs.lent
    for hold, seen in ((Hold.LENT, True), (Hold.OWN, False)):
        program.services.hold_changed.emit(hold)
        assert note.isVisible() is seen


def test_a_job_goes_on_in_the_folder_that_is_chosen(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    held = job(1, JobState.PAUSED, folder=tmp_path / "gone", folder_seen=True)
    program.services.jobs.add(held)
    panel = program.window.jobs
    qtbot.waitUntil(lambda: panel.model.job(held.job_id) is not None)
    program.window.jobs_dock.show()
    panel.select(held.job_id)
    panel.run(Command.ELSEWHERE)
    chooser = program.window.findChild(QFileDialog, "job_folder_chooser")
    assert chooser.fileMode() is QFileDialog.FileMode.Directory
    chooser.fileSelected.emit(str(tmp_path))
    chooser.reject()
    qtbot.waitUntil(lambda: panel.model.job(held.job_id).folder == tmp_path)
    assert program.services.jobs.job(held.job_id).state is JobState.QUEUED


def test_a_folder_that_cannot_be_used_is_told(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    held = job(1, JobState.PAUSED, folder=tmp_path / "gone")
    program.services.jobs.add(held)
    (tmp_path / "file").write_text("x")
    program.jobs.go_on_in([held], tmp_path / "file")
    message = program.window.messages.text
    qtbot.waitUntil(lambda: message.text().startswith("file is a file. Choose a folder."))
