import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rta_viewer.core.discovery import Finding, Outcome, Step
from rta_viewer.core.model import SignInMethod
from rta_viewer.core.secret import Secret
from rta_viewer.core.servers import KnownServer, ServerEntry
from rta_viewer.errors import SignInError
from rta_viewer.ui.sign_in.dialog import SignInDialog
from rta_viewer.ui.sign_in.request import SignInRequest


@pytest.fixture
def dialog(qtbot: QtBot) -> SignInDialog:
    dialog = SignInDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def fill(dialog: SignInDialog) -> None:
    QTest.keyClicks(dialog.server_edit, "https://recorder.example.com")
    QTest.keyClicks(dialog.username, "operator")
    QTest.keyClicks(dialog.password, "hush")


def test_nothing_can_be_asked_until_server_and_user_are_there(dialog: SignInDialog) -> None:
    assert not dialog.ok.isEnabled()
    fill(dialog)
    assert dialog.ok.isEnabled()


def test_enter_asks_with_what_was_typed(qtbot: QtBot, dialog: SignInDialog) -> None:
    fill(dialog)
    dialog.method.setCurrentIndex(3)
    dialog.remember.setChecked(True)
    with qtbot.waitSignal(dialog.sign_in_requested) as caught:
        QTest.keyClick(dialog.password, Qt.Key.Key_Return)
    assert caught.args == [
        SignInRequest(
            "https://recorder.example.com", "operator", Secret("hush"), SignInMethod.OPENID, True
        )
    ]
    assert "hush" not in repr(caught.args)
    assert not dialog.ok.isEnabled()
    assert not dialog.password.isEnabled()


def test_enter_presses_the_button_that_has_the_focus(qtbot: QtBot, dialog: SignInDialog) -> None:
    fill(dialog)
    dialog.cancel.setFocus()
    with qtbot.assertNotEmitted(dialog.sign_in_requested):
        QTest.keyClick(dialog.cancel, Qt.Key.Key_Return)
    assert not dialog.isVisible()


@pytest.mark.parametrize("name", ["password", "check", "ok"])
def test_a_second_enter_while_signing_in_presses_nothing(
    name: str, qtbot: QtBot, dialog: SignInDialog
) -> None:
    fill(dialog)
    getattr(dialog, name).setFocus()
    with qtbot.waitSignal(dialog.sign_in_requested):
        QTest.keyClick(getattr(dialog, name), Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(dialog.files_wanted):
        QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.password.hasFocus()


def test_a_refusal_is_said_in_words_and_may_be_mended(qtbot: QtBot, dialog: SignInDialog) -> None:
    fill(dialog)
    dialog.ok.click()
    dialog.show_error(SignInError("Wrong user or password.", "Check both, mind the case."))
    assert dialog.error.isVisible()
    assert dialog.error.summary.text() == "Wrong user or password."
    assert dialog.error.hint.text() == "Check both, mind the case."
    assert dialog.ok.isEnabled()
    QTest.keyClicks(dialog.password, "x")
    assert not dialog.error.isVisible()


def test_words_of_a_server_are_not_markup(dialog: SignInDialog) -> None:
    dialog.show_error(SignInError("<b>bold</b>", "<img src=x>"))
    assert dialog.error.summary.textFormat() == Qt.TextFormat.PlainText
    assert dialog.error.hint.textFormat() == Qt.TextFormat.PlainText


def test_cancel_stops_a_try_first_and_closes_second(qtbot: QtBot, dialog: SignInDialog) -> None:
    fill(dialog)
    dialog.ok.click()
    with qtbot.waitSignal(dialog.sign_in_cancelled):
        dialog.cancel.click()
    assert dialog.isVisible()
    assert dialog.ok.isEnabled()
    dialog.cancel.click()
    assert not dialog.isVisible()
    assert dialog.password.text() == ""


def test_known_servers_are_offered(dialog: SignInDialog) -> None:
    entries = ServerEntry("https://one", name="Gate"), ServerEntry("https://two", "anna")
    dialog.set_servers([KnownServer(entry) for entry in entries])
    assert dialog.servers.list.count() == 2
    assert dialog.heading.text() == "Add a server"
    QTest.keyClicks(dialog.server_edit, "https://one")
    assert dialog.heading.text() == "Sign in to Gate"
    assert dialog.servers.current == KnownServer(entries[0])
    dialog.servers.add.click()
    assert dialog.heading.text() == "Add a server"
    assert dialog.server_edit.text() == ""


def test_values_can_be_filled_in(dialog: SignInDialog) -> None:
    request = SignInRequest("http://a", "b", Secret("c"), SignInMethod.TOKEN)
    dialog.fill_in(request)
    assert dialog.request() == request


@pytest.mark.parametrize(
    ("server", "username", "shared", "focused"),
    [
        ("http://a", "anna", "", "sign_in_password"),
        ("http://a", "", "", "sign_in_user"),
        ("", "", "", "sign_in_server_edit"),
        ("http://a", "anna", "hush", "sign_in_ok"),
    ],
)
def test_the_cursor_stands_where_something_is_missing(
    qtbot: QtBot, server: str, username: str, shared: str, focused: str
) -> None:
    dialog = SignInDialog()
    qtbot.addWidget(dialog)
    dialog.fill_in(SignInRequest(server, username, Secret(shared)))
    dialog.open()
    focus = dialog.focusWidget()
    assert focus.objectName() == focused


@pytest.mark.parametrize("known", [(), (KnownServer(ServerEntry("https://gate", "anna")),)])
def test_what_is_found_out_never_lies_under_the_buttons(
    dialog: SignInDialog, known: tuple[KnownServer, ...]
) -> None:
    dialog.set_servers(known)
    fill(dialog)
    dialog.check.click()
    for step in Step:
        dialog.show_finding(Finding(step, Outcome.GOOD, "It is as it should be."))
    dialog.show_ready()
    QApplication.sendPostedEvents()
    assert dialog.steps.geometry().bottom() < dialog.ok.geometry().top()
