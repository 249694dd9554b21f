import threading

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import ServerError, SignInError
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.controllers.sign_in import SignInController
from rta_viewer.ui.sign_in.dialog import SignInDialog, SignInRequest


class Gate:
    def __init__(self) -> None:
        self.tried: list[SignInRequest] = []
        self.let = threading.Event()
        self.let.set()

    def __call__(self, request: SignInRequest, cancel: CancelToken) -> str:
        self.tried.append(request)
        while not self.let.wait(0.01):
            cancel.raise_if_cancelled()
        if request.server == "http://html":
            raise ServerError("This is not a recording server.", "Check the address.")
        if request.password.reveal() != "right":
            raise SignInError("Wrong user or password.", "Check both.")
        return "session"


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def dialog(qtbot: QtBot) -> SignInDialog:
    dialog = SignInDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    QTest.keyClicks(dialog.server_edit, "http://recorder")
    QTest.keyClicks(dialog.username, "operator")
    return dialog


def test_the_right_password_closes_the_dialog(
    qtbot: QtBot, gate: Gate, dialog: SignInDialog, lane: Lane
) -> None:
    controller = SignInController(dialog, gate, lane)
    QTest.keyClicks(dialog.password, "right")
    with qtbot.waitSignal(controller.signed_in) as caught:
        dialog.ok.click()
    assert caught.args == ["session"]
    assert not dialog.isVisible()
    assert dialog.password.text() == ""


def test_a_wrong_one_is_said_and_the_next_try_works(
    qtbot: QtBot, gate: Gate, dialog: SignInDialog, lane: Lane
) -> None:
    controller = SignInController(dialog, gate, lane)
    QTest.keyClicks(dialog.password, "wrong")
    dialog.ok.click()
    qtbot.waitUntil(dialog.error.isVisible)
    assert dialog.error.summary.text() == "Wrong user or password."
    QTest.keyClicks(dialog.password, "right")
    with qtbot.waitSignal(controller.signed_in):
        dialog.ok.click()


def test_an_answer_that_is_not_one_of_ours_is_said(
    qtbot: QtBot, gate: Gate, dialog: SignInDialog, lane: Lane
) -> None:
    controller = SignInController(dialog, gate, lane)
    dialog.server_edit.setText("http://html")
    dialog.ok.click()
    qtbot.waitUntil(dialog.error.isVisible)
    assert "not a recording server" in dialog.error.summary.text()
    controller.stop()


def test_cancelling_a_try_leaves_the_dialog_ready(
    qtbot: QtBot, gate: Gate, dialog: SignInDialog, lane: Lane
) -> None:
    controller = SignInController(dialog, gate, lane)
    signed: list[object] = []
    controller.signed_in.connect(signed.append)
    gate.let.clear()
    QTest.keyClicks(dialog.password, "right")
    dialog.ok.click()
    qtbot.waitUntil(lambda: len(gate.tried) == 1)
    dialog.cancel.click()
    qtbot.waitUntil(lambda: lane.in_flight == 0)
    assert dialog.isVisible()
    assert dialog.ok.isEnabled()
    assert signed == []
