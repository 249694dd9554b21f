"""The program as one piece, against a real server of the loopback interface."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from rta_viewer.app.program import Program
from rta_viewer.core.secret import Secret
from rta_viewer.errors import StorageError
from rta_viewer.ui.sign_in.request import SignInRequest
from tests.helpers.site import running_site

pytestmark = pytest.mark.gui
LIMIT_MS = 60_000


def test_f5_asks_for_the_cameras_again(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    tree = program.window.tree
    with running_site(tmp_path / "server") as site:
        program.sign_in_with(SignInRequest(site.rest_url, "demo", Secret("demo")))
        qtbot.waitUntil(lambda: tree.status.text() == "14 cameras", timeout=LIMIT_MS)
        site.world.remove_camera(site.world.cameras[0].camera_id)
        QTest.keyClick(program.window, Qt.Key.Key_F5)
        qtbot.waitUntil(lambda: tree.status.text() == "13 cameras", timeout=LIMIT_MS)
        program.sign_out()


def test_nothing_can_be_reloaded_when_nobody_is_signed_in(program: Program) -> None:
    QTest.keyClick(program.window, Qt.Key.Key_F5)
    assert "Nobody is signed in" in program.window.messages.text.text()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_second_start_hides_nothing_that_was_said_meanwhile(program: Program) -> None:
    messages = program.window.messages
    messages.hide()
    program.show_again([])
    assert messages.text.text() == "The program is open already: this is its window."
    messages.show_error(StorageError("2 files failed."))
    program.show_again([])
    assert messages.text.text() == "2 files failed."
