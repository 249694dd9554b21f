from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from rta_viewer.app.program import Program
from rta_viewer.app.reports import Reports


def test_a_crash_of_the_last_run_is_offered_as_a_file(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    log_dir = program.services.context.paths.log_dir
    (log_dir / "rta-viewer-crash-previous.log").write_text(
        "Fatal Python error: Segmentation fault\n", encoding="utf-8"
    )
    messages = program.window.messages
    program.reports.look()
    button = program.window.findChild(QToolButton, "message_offer")
    qtbot.waitUntil(button.isVisible)
    assert "ended unexpectedly" in messages.text.text()
    button.click()
    dialog = program.window.findChild(QFileDialog, "report_dialog")
    target = tmp_path / "report.txt"
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    qtbot.waitUntil(lambda: messages.text.text() == f"The report was saved as {target}.")
    assert "Segmentation fault" in target.read_text(encoding="utf-8")
    assert not button.isVisible()


def test_nothing_is_offered_after_a_good_run(program: Program, qtbot: QtBot) -> None:
    reports = program.window.findChild(Reports)
    assert reports is program.reports
    qtbot.waitUntil(lambda: program.services.chores.in_flight == 0)
    assert not program.window.messages.isVisible()
