from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from rta_viewer.core.servers import KnownServer, ServerEntry
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.controllers.server_list import ServerListController
from rta_viewer.ui.sign_in.dialog import SignInDialog
from tests.helpers.server_desk import FakeDesk

GATE = ServerEntry("https://gate", "anna", name="Gate")


class Use:
    def __init__(self, qtbot: QtBot, lane: Lane) -> None:
        self.desk = FakeDesk(KnownServer(GATE), KnownServer(ServerEntry("https://two"), fixed=True))
        self.desk.passwords = {("https://gate", "anna"): "hush"}
        self.dialog = SignInDialog()
        qtbot.addWidget(self.dialog)
        self.dialog.set_servers(self.desk.servers())
        self.dialog.open()
        self.lists = ServerListController(self.dialog, self.desk, lane, self.dialog)
        self.lists.told.connect(self.dialog.servers.show_note)
        self.panel = self.dialog.servers
        self.panel.list.setCurrentRow(0)

    def answer(self, name: str) -> None:
        question = self.lists.question
        assert question is not None
        button = question.findChild(QPushButton, name)
        assert button is not None
        button.click()


@pytest.fixture
def use(qtbot: QtBot, lane: Lane) -> Iterator[Use]:
    made = Use(qtbot, lane)
    yield made
    made.dialog.close()


def test_forgetting_deletes_server_and_password(qtbot: QtBot, use: Use) -> None:
    use.panel.forget.click()
    with qtbot.waitSignals([use.lists.list_changed, use.lists.forgotten]):
        use.answer("forget_server")
    qtbot.waitUntil(lambda: use.desk.passwords == {})
    assert [one.entry.address for one in use.desk.servers()] == ["https://two"]
    assert use.dialog.server_edit.text() == ""


def test_of_the_administrators_server_only_the_user_is_forgotten(qtbot: QtBot, use: Use) -> None:
    use.panel.list.setCurrentRow(1)
    use.dialog.username.setText("anna")
    use.panel.forget.click()
    use.answer("forget_server")
    assert use.dialog.server_edit.text() == "https://two"
    assert use.dialog.username.text() == ""


def test_a_list_that_may_not_be_added_is_said(qtbot: QtBot, use: Use, tmp_path: Path) -> None:
    use.desk.may_add_servers = False
    use.desk.lists[tmp_path / "list.json"] = [ServerEntry("https://three")]
    use.panel.import_action.trigger()
    assert use.lists.chooser is not None
    use.lists.chooser.fileSelected.emit(str(tmp_path / "list.json"))
    qtbot.waitUntil(use.dialog.error.isVisible)
    assert "administrator" in use.dialog.error.summary.text()
    use.lists.chooser.close()


def test_only_the_password_can_be_forgotten(qtbot: QtBot, use: Use) -> None:
    use.panel.forget.click()
    use.answer("forget_password")
    qtbot.waitUntil(lambda: use.desk.passwords == {})
    assert len(use.desk.servers()) == 2
    assert "deleted" in use.panel.note.text()


def test_settings_are_kept_or_refused(qtbot: QtBot, use: Use) -> None:
    use.panel.edit.click()
    editor = use.lists.editor
    assert editor is not None
    editor.address.setText("https://forbidden")
    editor.ok.click()
    assert editor.error.isVisible()
    editor.address.setText("https://gate")
    editor.stream_host.setText("relay")
    with qtbot.waitSignal(use.lists.list_changed):
        editor.ok.click()
    assert use.desk.servers()[0].entry.stream_host == "relay"
    assert use.desk.passwords != {}


def test_a_password_is_not_taken_to_another_server(qtbot: QtBot, use: Use) -> None:
    use.panel.edit.click()
    editor = use.lists.editor
    assert editor is not None
    editor.address.setText("https://other")
    editor.ok.click()
    qtbot.waitUntil(lambda: use.desk.passwords == {})


def test_lists_come_and_go(qtbot: QtBot, use: Use, tmp_path: Path) -> None:
    use.panel.export_action.trigger()
    assert use.lists.chooser is not None
    use.lists.chooser.fileSelected.emit(str(tmp_path / "list.json"))
    qtbot.waitUntil(lambda: "2 servers were written" in use.panel.note.text())
    use.lists.chooser.close()
    use.panel.import_action.trigger()
    with qtbot.waitSignal(use.lists.list_changed):
        use.lists.chooser.fileSelected.emit(str(tmp_path / "list.json"))
    assert "2 servers were added" in use.panel.note.text()
    use.lists.chooser.fileSelected.emit(str(tmp_path / "nothing.json"))
    qtbot.waitUntil(use.dialog.error.isVisible)
    use.lists.chooser.close()
