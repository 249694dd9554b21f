from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from rta_viewer.ui.theme import theme as themes
from rta_viewer.ui.tiles.overlay import TileOverlay
from rta_viewer.ui.tiles.wording import Notice

FAILED = Notice("warning", "Nothing answers.", can_retry=True)


def test_a_retry_that_works_does_not_send_the_next_keys_into_a_text_field(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field, overlay = QLineEdit(window), TileOverlay(themes.DARK_THEME, window)
    box = QVBoxLayout(window)
    box.addWidget(field)
    box.addWidget(overlay)
    window.show()
    overlay.show_notice(FAILED)
    QTest.mouseClick(overlay.retry, Qt.MouseButton.LeftButton)
    assert window.focusWidget() is not overlay.retry
    overlay.retry.setFocus(Qt.FocusReason.TabFocusReason)
    overlay.show_notice(None)
    assert window.focusWidget() is not field
