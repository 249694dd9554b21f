"""Verifying in the window: the verdict and what it rests on, read out of the dialog."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from rta_viewer.app import verifying
from rta_viewer.app.program import Program
from rta_viewer.ui.saved_files.verify_dialog import VerifyDialog
from tests.helpers.coded_video import VideoKind
from tests.helpers.log_watch import LogWatch
from tests.helpers.saved_clips import flip_last_bit, save_clip

pytestmark = pytest.mark.gui

SHORT = VideoKind(seconds=2, width=320, height=192)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    folder.mkdir()
    for name in ("door", "yard"):
        save_clip(folder / f"{name}.mp4", SHORT, name)
    return folder


def verified(program: Program, qtbot: QtBot, *paths: Path) -> VerifyDialog:
    program.verifying.verify(paths)
    dialog = program.verifying.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: bool(dialog.heading.property("verdict")), timeout=20_000)
    return dialog


def test_an_unchanged_package_is_green(program: Program, qtbot: QtBot, package: Path) -> None:
    dialog = verified(program, qtbot, package)
    assert dialog.heading.property("verdict") == "unchanged"
    assert dialog.heading.text() == "All 2 files are unchanged since they were saved."
    assert not dialog.bar.isVisible()
    dialog.copy.click()
    assert "door.mp4: Unchanged" in QApplication.clipboard().text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert program.verifying.dialog is None


def test_the_worst_file_comes_first_and_says_why(
    program: Program, qtbot: QtBot, package: Path
) -> None:
    flip_last_bit(package / "yard.mp4")
    (package / "door.mp4").unlink()
    dialog = verified(program, qtbot, package)
    assert dialog.heading.property("verdict") == "broken"
    names = [dialog.files.item(row).text() for row in range(dialog.files.count())]
    assert sorted(names) == ["door.mp4 is missing; its receipt is there.", "yard.mp4"]
    dialog.files.setCurrentRow(names.index("yard.mp4"))
    said = [label.text() for label in dialog.details.widget().findChildren(QLabel)]
    assert any("SHA-256 is not the one that was written down" in text for text in said)
    assert "the same" in said  # its length
    dialog.reject()


def test_from_the_menu_it_asks_which_and_takes_those_that_are_open(
    program: Program, qtbot: QtBot, package: Path
) -> None:
    program.window.acts["verify_files"].trigger()
    chooser = program.window.findChild(QFileDialog, "open_files_dialog")
    assert chooser is not None
    chooser.filesSelected.emit([str(package / "door.mp4")])
    chooser.reject()
    assert program.verifying.dialog is not None
    program.files.open([package / "yard.mp4"])
    controller = program.files.controller
    qtbot.waitUntil(lambda: len(controller.cameras) == 1, timeout=20_000)
    program.window.acts["verify_files"].trigger()
    dialog = program.verifying.dialog
    qtbot.waitUntil(lambda: bool(dialog.heading.property("verdict")), timeout=20_000)
    assert dialog.heading.text() == "Unchanged since it was saved."
    assert not dialog.files.isVisible()
    dialog.reject()


def test_who_verifies_again_has_one_dialog(program: Program, qtbot: QtBot, package: Path) -> None:
    program.verifying.verify([package])
    first = program.verifying.dialog
    assert first is not None
    with qtbot.waitSignal(first.finished):
        second = verified(program, qtbot, package / "door.mp4")
    assert program.verifying.dialog is second
    assert second.heading.text() == "Unchanged since it was saved."
    second.reject()


def test_what_cannot_be_examined_at_all_leaves_no_dialog_behind(
    program: Program,
    qtbot: QtBot,
    package: Path,
    monkeypatch: pytest.MonkeyPatch,
    error_log: LogWatch,
) -> None:
    error_log.expect("Unexpected failure in background work")

    def broken(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(verifying, "examine", broken)
    program.verifying.verify([package])
    qtbot.waitUntil(lambda: program.verifying.dialog is None)
    assert "went wrong" in program.window.messages.text.text()
