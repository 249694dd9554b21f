import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rta_viewer.ui.keys.dialog import KeyDialog, KeyRow
from rta_viewer.ui.keys.keymap import KeyMap
from rta_viewer.ui.theme.theme import DARK_THEME, dress

DEFAULTS = {"play": ("Space", "K"), "snapshot": ("Ctrl+S",), "enlarge": ()}
ROWS = [
    KeyRow("play", "Playback", "Play / pause"),
    KeyRow("snapshot", "File", "Snapshot"),
    KeyRow("enlarge", "File", "Enlarge the tile"),
]


@pytest.fixture
def dialog(qtbot: QtBot) -> KeyDialog:
    dialog = KeyDialog(ROWS, KeyMap(DEFAULTS))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def shown(dialog: KeyDialog) -> dict[str, str]:
    return {item.text(0): item.text(1) for item in dialog._items() if not item.isHidden()}


def choose(dialog: KeyDialog, text: str) -> None:
    dialog.list.setCurrentItem(next(one for one in dialog._items() if one.text(0) == text))


def press(dialog: KeyDialog, key: Qt.Key) -> None:
    dialog.edit.setFocus()
    QTest.keyClick(dialog.edit, key, Qt.KeyboardModifier.ControlModifier)


def test_a_key_that_is_taken_is_warned_about_first(qtbot: QtBot, dialog: KeyDialog) -> None:
    choose(dialog, "Enlarge the tile")
    press(dialog, Qt.Key.Key_S)
    assert "Ctrl+S is the key for \u201cSnapshot\u201d. It will not be any more." in (
        dialog.warning.text()
    )
    assert dialog.warning.property("role") == "warning"
    assert shown(dialog)["Snapshot"] == "Ctrl+S"
    dialog.use.click()
    assert shown(dialog) == {
        "Play / pause": "Space   K",
        "Snapshot": "",
        "Enlarge the tile": "Ctrl+S",
    }
    with qtbot.waitSignal(dialog.keys_chosen) as caught:
        dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
    assert caught.args[0].own == {"enlarge": ("Ctrl+S",), "snapshot": ()}


def test_keys_are_added_removed_and_reset(dialog: KeyDialog) -> None:
    choose(dialog, "Play / pause")
    press(dialog, Qt.Key.Key_P)
    assert "is free" in dialog.warning.text()
    dialog.add.click()
    assert shown(dialog)["Play / pause"] == "Space   K   Ctrl+P"
    dialog.remove.click()
    assert shown(dialog)["Play / pause"] == ""
    dialog.reset.click()
    assert shown(dialog)["Play / pause"] == "Space   K"
    choose(dialog, "Enlarge the tile")
    press(dialog, Qt.Key.Key_E)
    dialog.use.click()
    dialog.findChild(QPushButton, "key_reset_all").click()
    assert shown(dialog)["Enlarge the tile"] == ""


def test_enter_presses_the_button_that_has_the_focus_and_is_ok_elsewhere(
    qtbot: QtBot, dialog: KeyDialog
) -> None:
    choose(dialog, "Play / pause")
    dialog.remove.setFocus()
    with qtbot.assertNotEmitted(dialog.keys_chosen):
        QTest.keyClick(dialog.remove, Qt.Key.Key_Return)
    assert shown(dialog)["Play / pause"] == ""
    dialog.filter.setFocus()
    with qtbot.waitSignal(dialog.keys_chosen):
        QTest.keyClick(dialog.filter, Qt.Key.Key_Return)


@pytest.mark.parametrize(("name", "wanted"), [("use", "Ctrl+P"), ("add", "Space   K   Ctrl+P")])
def test_a_key_that_was_given_by_enter_stays_after_a_second_enter(
    name: str, wanted: str, dialog: KeyDialog
) -> None:
    choose(dialog, "Play / pause")
    press(dialog, Qt.Key.Key_P)
    button = getattr(dialog, name)
    button.setFocus()
    for _ in range(2):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert shown(dialog)["Play / pause"] == wanted


def test_the_main_button_looks_like_one(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    dress(owner, DARK_THEME)
    ok = KeyDialog(ROWS, KeyMap(DEFAULTS), owner).findChild(QDialogButtonBox).buttons()[0]
    assert ok.grab().toImage().pixelColor(6, ok.height() // 2).name() == DARK_THEME.colours.accent


def test_keys_that_cannot_be_used_are_refused(dialog: KeyDialog) -> None:
    choose(dialog, "Play / pause")
    dialog.edit.setKeySequence(QKeySequence("Return"))
    assert "needed to move about" in dialog.warning.text()
    assert not dialog.use.isEnabled()
    dialog.edit.setKeySequence(QKeySequence("K"))
    assert "does this already" in dialog.warning.text()
    assert not dialog.use.isEnabled()


def test_an_action_is_found_by_its_words_or_its_key(dialog: KeyDialog) -> None:
    dialog.filter.setText("ctrl+s")
    assert list(shown(dialog)) == ["Snapshot"]
    assert dialog.chosen.text() == "Snapshot"
    dialog.filter.setText("tile enlarge")
    assert list(shown(dialog)) == ["Enlarge the tile"]
