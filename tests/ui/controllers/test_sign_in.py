import threading
from typing import Any

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from rta_viewer.core.servers import KnownServer, ServerEntry
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.controllers.sign_in import SignInController
from rta_viewer.ui.sign_in.dialog import SignInDialog
from tests.helpers.server_desk import FINGERPRINT, OTHER, FakeDesk


@pytest.fixture
def gate() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def dialog(qtbot: QtBot) -> SignInDialog:
    dialog = SignInDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    QTest.keyClicks(dialog.server_edit, "http://recorder")
    QTest.keyClicks(dialog.username, "operator")
    return dialog


def test_the_right_password_closes_the_dialog(
    qtbot: QtBot, gate: FakeDesk, dialog: SignInDialog, lane: Lane
) -> None:
    controller = SignInController(dialog, gate, lane)
    QTest.keyClicks(dialog.password, "right")
    with qtbot.waitSignal(controller.signed_in) as caught:
        dialog.ok.click()
    assert caught.args == ["session"]
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert dialog.password.text() == ""


def test_a_wrong_one_is_said_and_the_next_try_works(
    qtbot: QtBot, gate: FakeDesk, dialog: SignInDialog, lane: Lane
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
    qtbot: QtBot, gate: FakeDesk, dialog: SignInDialog, lane: Lane
) -> None:
    controller = SignInController(dialog, gate, lane)
    dialog.server_edit.setText("http://html")
    dialog.ok.click()
    qtbot.waitUntil(dialog.error.isVisible)
    assert "not a recording server" in dialog.error.summary.text()
    controller.stop()


def test_cancelling_a_try_leaves_the_dialog_ready(
    qtbot: QtBot, gate: FakeDesk, dialog: SignInDialog, lane: Lane
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


def test_what_is_worth_knowing_is_shown_before_going_in(
    qtbot: QtBot, gate: FakeDesk, dialog: SignInDialog, lane: Lane
) -> None:
    controller = SignInController(dialog, gate, lane)
    dialog.server_edit.setText("http://notes")
    QTest.keyClicks(dialog.password, "right")
    dialog.ok.click()
    qtbot.waitUntil(lambda: dialog.ok.text() == "Go on")
    assert dialog.steps.isVisible()
    assert dialog.isVisible()
    with qtbot.waitSignal(controller.signed_in) as caught:
        dialog.ok.click()
    assert caught.args == ["session"]
    assert gate.discarded == []


def test_a_look_at_a_server_stays_until_somebody_goes_on(
    qtbot: QtBot, gate: FakeDesk, dialog: SignInDialog, lane: Lane
) -> None:
    controller = SignInController(dialog, gate, lane)
    QTest.keyClicks(dialog.password, "right")
    dialog.check.click()
    qtbot.waitUntil(lambda: dialog.ok.text() == "Go on")
    assert gate.tried[0].look
    QTest.keyClicks(dialog.username, "2")
    assert dialog.ok.text() == "Sign in"
    assert not dialog.steps.isVisible()
    qtbot.waitUntil(lambda: gate.discarded == ["session"])
    controller.stop()


def test_a_session_that_nobody_wants_is_ended(
    qtbot: QtBot, gate: FakeDesk, dialog: SignInDialog, lane: Lane
) -> None:
    SignInController(dialog, gate, lane, dialog)
    QTest.keyClicks(dialog.password, "right")
    dialog.check.click()
    qtbot.waitUntil(lambda: dialog.ok.text() == "Go on")
    dialog.cancel.click()
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: gate.discarded == ["session"])


def test_a_session_that_comes_a_moment_too_late_is_ended(
    qtbot: QtBot, gate: FakeDesk, dialog: SignInDialog, lane: Lane
) -> None:
    controller = SignInController(dialog, gate, lane, dialog)
    arrived: list[object] = []
    controller.signed_in.connect(arrived.append)
    done = threading.Event()
    connect = gate.connect

    def connected(*args: Any) -> str:
        try:
            return connect(*args)
        finally:
            done.set()

    gate.connect = connected  # type: ignore[method-assign]
    QTest.keyClicks(dialog.password, "right")
    dialog.ok.click()
    # Its outcome waits for this thread by now, or will in a moment.
    assert done.wait(20)
    dialog.cancel.click()
    qtbot.waitUntil(lambda: gate.discarded == ["session"])
    assert arrived == []


def test_an_unknown_certificate_is_compared_and_pinned(
    qtbot: QtBot, gate: FakeDesk, dialog: SignInDialog, lane: Lane
) -> None:
    controller = SignInController(dialog, gate, lane)
    dialog.server_edit.setText("https://unknown")
    QTest.keyClicks(dialog.password, "right")
    dialog.ok.click()
    qtbot.waitUntil(dialog.certificate.isVisible)
    shown = dialog.certificate.values
    assert shown["shown"].text().replace("\n", ":") == FINGERPRINT
    assert shown["subject"].text() == "CN=gate, O=Gate Süd"
    assert "2025-10-24 to 2026-10-24" in shown["validity"].text()
    assert not dialog.certificate.pin.isEnabled()
    dialog.certificate.compared.click()
    with qtbot.waitSignal(controller.signed_in):
        dialog.certificate.pin.click()
    assert gate.pinned == [("https://unknown", FINGERPRINT)]


def test_a_pin_that_is_forbidden_is_said(
    qtbot: QtBot, gate: FakeDesk, dialog: SignInDialog, lane: Lane
) -> None:
    SignInController(dialog, gate, lane, dialog)
    dialog.server_edit.setText("https://unknown.site")
    dialog.ok.click()
    qtbot.waitUntil(dialog.certificate.isVisible)
    dialog.certificate.compared.click()
    dialog.certificate.pin.click()
    assert "administrator" in dialog.error.summary.text()


def test_a_changed_certificate_is_refused_with_both_shown(
    qtbot: QtBot, gate: FakeDesk, dialog: SignInDialog, lane: Lane
) -> None:
    SignInController(dialog, gate, lane, dialog)
    dialog.server_edit.setText("https://changed")
    dialog.ok.click()
    qtbot.waitUntil(dialog.certificate.isVisible)
    shown = dialog.certificate.values
    assert shown["pinned"].text().replace("\n", ":") == OTHER
    assert shown["shown"].text().replace("\n", ":") == FINGERPRINT
    assert not dialog.certificate.pin.isVisible()
    assert "has changed" in dialog.error.summary.text()


def test_plain_http_is_asked_before_anything_is_sent(
    qtbot: QtBot, gate: FakeDesk, dialog: SignInDialog, lane: Lane
) -> None:
    controller = SignInController(dialog, gate, lane)
    dialog.server_edit.setText("http://plain")
    QTest.keyClicks(dialog.password, "right")
    dialog.ok.click()
    qtbot.waitUntil(lambda: dialog.ok.text() == "Send it all the same")
    assert "anybody in between can read the password" in dialog.error.summary.text()
    with qtbot.waitSignal(controller.signed_in):
        dialog.ok.click()
    assert [request.accept_plain for request in gate.tried] == [False, True]


def test_a_chosen_server_gets_its_saved_password(
    qtbot: QtBot, gate: FakeDesk, dialog: SignInDialog, lane: Lane
) -> None:
    gate.known = [
        KnownServer(ServerEntry("https://one", "anna", name="Gate")),
        KnownServer(ServerEntry("https://two", "bert"), fixed=True),
    ]
    gate.passwords = {("https://two", "bert"): "right"}
    controller = SignInController(dialog, gate, lane)
    dialog.servers.list.setCurrentRow(1)
    assert (dialog.server_edit.text(), dialog.username.text()) == ("https://two", "bert")
    assert dialog.server_edit.isReadOnly()
    qtbot.waitUntil(lambda: dialog.password.text() == "right")
    assert dialog.remember.isChecked()
    with qtbot.waitSignal(controller.signed_in):
        dialog.servers.list.itemActivated.emit(dialog.servers.list.item(1))


def test_a_locked_keyring_is_said_and_the_password_can_be_typed(
    qtbot: QtBot, gate: FakeDesk, dialog: SignInDialog, lane: Lane
) -> None:
    gate.known = [KnownServer(ServerEntry("https://one", "anna"))]
    gate.locked = True
    controller = SignInController(dialog, gate, lane)
    dialog.servers.list.setCurrentRow(0)
    qtbot.waitUntil(dialog.error.isVisible)
    assert "locked" in dialog.error.summary.text()
    QTest.keyClicks(dialog.password, "right")
    with qtbot.waitSignal(controller.signed_in):
        dialog.ok.click()


def test_where_no_server_may_be_added_nothing_offers_it_and_the_reason_is_there(
    gate: FakeDesk, qtbot: QtBot, lane: Lane
) -> None:
    gate.may_add_servers = False
    gate.known = [KnownServer(ServerEntry("https://gate", "anna"), fixed=True)]
    dialog = SignInDialog()
    qtbot.addWidget(dialog)
    SignInController(dialog, gate, lane, dialog)
    assert dialog.heading.text() == "Choose a server"
    panel = dialog.servers
    for control in (panel.add, panel.import_action):
        assert not control.isEnabled()
        assert "administrator" in control.toolTip()
    assert panel.more.menu().toolTipsVisible()
    assert dialog.server_edit.isReadOnly()
    gate.may_add_servers = True
    SignInController(dialog, gate, lane, dialog)
    assert panel.add.isEnabled()
    assert panel.import_action.isEnabled()
    assert panel.add.toolTip() == ""
    assert not dialog.server_edit.isReadOnly()


def test_passwords_that_may_not_be_kept_are_not_offered_to_be(
    gate: FakeDesk, dialog: SignInDialog, lane: Lane
) -> None:
    gate.may_save_passwords = False
    SignInController(dialog, gate, lane, dialog)
    dialog.remember.setChecked(True)
    assert not dialog.remember.isVisible()
    assert not dialog.request().remember
