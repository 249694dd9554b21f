"""Dialogs keep their size on a screen of another scale. In a process and on screens of their own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from rta_viewer.qt.dialogs import resize_within_screen
from tests.helpers.display import two_screens

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform != "linux", reason="needs a virtual desktop of two screens"),
]


def size_of_a_dialog(way: str) -> list[int]:
    with two_screens() as env:
        done = subprocess.run(
            [sys.executable, "-m", "tests.helpers.second_screen_main", way],
            cwd=ROOT,
            env=env,
            check=True,
            stdout=subprocess.PIPE,
            timeout=120,
        )
    return list(json.loads(done.stdout))


def test_a_dialog_keeps_the_size_that_it_wants() -> None:
    assert size_of_a_dialog("open_over") == [1040, 700]


def test_qt_alone_still_loses_it() -> None:
    # When this fails, rta_viewer/qt/dialogs.py has become unnecessary.
    assert size_of_a_dialog("open") == [520, 350]


def test_a_dialog_is_no_larger_than_its_screen(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    room = dialog.screen().availableSize()
    resize_within_screen(dialog, 300, 200)
    assert dialog.size().toTuple() == (300, 200)
    resize_within_screen(dialog, 300, room.height())
    # Its title needs room, too.
    assert dialog.width() == 300
    assert dialog.height() <= room.height() - 40
