import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from rta_viewer.core.servers import KnownServer, ServerEntry
from rta_viewer.ui.sign_in.edit_dialog import EditServerDialog
from tests.helpers.server_desk import FINGERPRINT

ENTRY = ServerEntry("https://gate", "anna", name="Gate", max_bytes_per_s=3_000_000)


def opened(qtbot: QtBot, server: KnownServer) -> EditServerDialog:
    dialog = EditServerDialog(server)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_what_is_not_touched_stays(qtbot: QtBot) -> None:
    assert opened(qtbot, KnownServer(ENTRY)).entry() == ENTRY


def test_everything_can_be_changed(qtbot: QtBot) -> None:
    dialog = opened(qtbot, KnownServer(ENTRY))
    dialog.stream_host.setText(" Relay.example ")
    dialog.trusted_hosts.setText("files.example, 10.0.0.7:8080,")
    dialog.pins.setPlainText(f"{FINGERPRINT.replace(':', '').lower()}\n\n")
    dialog.allow_basic.click()
    dialog.rate.setCurrentIndex(dialog.rate.findData(1_000_000))
    dialog.share.setCurrentIndex(dialog.share.findData(50))
    with qtbot.waitSignal(dialog.save_requested) as caught:
        QTest.keyClick(dialog.username, Qt.Key.Key_Return)
    (entry,) = caught.args
    assert entry == ServerEntry(
        "https://gate",
        "anna",
        name="Gate",
        stream_host="relay.example",
        trusted_hosts=("files.example", "10.0.0.7:8080"),
        pins=(FINGERPRINT,),
        allow_basic=True,
        max_bytes_per_s=1_000_000,
        requests_percent=50,
    )


def test_enter_on_cancel_changes_nothing(qtbot: QtBot) -> None:
    dialog = opened(qtbot, KnownServer(ENTRY))
    dialog.cancel.setFocus()
    with qtbot.assertNotEmitted(dialog.save_requested):
        QTest.keyClick(dialog.cancel, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_not_verifying_is_off_and_warned_of(qtbot: QtBot) -> None:
    dialog = opened(qtbot, KnownServer(ENTRY))
    assert not dialog.insecure.isChecked()
    assert not dialog.warning.isVisible()
    dialog.insecure.click()
    assert dialog.warning.isVisible()
    assert not dialog.entry().verify_tls


@pytest.mark.parametrize(
    ("field", "text"), [("pins", "AB:CD"), ("stream_host", "https://x"), ("trusted_hosts", "a b")]
)
def test_what_makes_no_sense_is_said(qtbot: QtBot, field: str, text: str) -> None:
    dialog = opened(qtbot, KnownServer(ENTRY))
    saved: list[object] = []
    dialog.save_requested.connect(saved.append)
    if field == "pins":
        dialog.pins.setPlainText(text)
    else:
        getattr(dialog, field).setText(text)
    dialog.ok.click()
    assert dialog.error.isVisible()
    assert saved == []


def test_what_the_administrator_set_is_shown_and_locked(qtbot: QtBot) -> None:
    entry = ServerEntry("https://gate", "anna", pins=(FINGERPRINT,), stream_host="relay")
    dialog = opened(qtbot, KnownServer(entry, fixed=True))
    assert dialog.fixed_note.isVisible()
    assert dialog.pins.toPlainText() == FINGERPRINT
    assert dialog.stream_host.text() == "relay"
    locked = (dialog.address, dialog.stream_host, dialog.trusted_hosts, dialog.pins)
    choices = (dialog.insecure, dialog.allow_basic, dialog.rate, dialog.share)
    assert all(field.isReadOnly() for field in locked)
    assert not any(choice.isEnabled() for choice in choices)
    assert not dialog.username.isReadOnly()


def test_another_address_is_another_server(qtbot: QtBot) -> None:
    known = ServerEntry("http://gate", "anna", name="Gate", plain_http_accepted=True)
    dialog = opened(qtbot, KnownServer(known))
    dialog.address.setText("http://other")
    assert dialog.entry() == ServerEntry("http://other", "anna")
