"""Whoever works with the keyboard has to see where it is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from rta_viewer.ui.controls import CheckBox
from rta_viewer.ui.theme.theme import DARK_THEME, LIGHT_THEME, Theme, dress


def _button(kind: type[QAbstractButton], role: str, parent: QWidget) -> QAbstractButton:
    button = kind(parent)
    button.setText("Save")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if role == "checked":
        button.setCheckable(True)
        button.setChecked(True)
    else:
        button.setProperty("role", role)
    return button


@pytest.mark.parametrize("theme", [DARK_THEME, LIGHT_THEME], ids=["dark", "light"])
@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (QPushButton, ""),
        (QPushButton, "primary"),
        (QPushButton, "flat"),
        (QPushButton, "checked"),
        (QToolButton, "flat"),
        (QToolButton, "checked"),
        (CheckBox, ""),
        (CheckBox, "checked"),
    ],
)
def test_a_control_looks_different_with_the_focus(
    kind: type[QAbstractButton], role: str, theme: Theme, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dress(window, theme)
    box = QVBoxLayout(window)
    control, other = _button(kind, role, window), QPushButton("Other", window)
    box.addWidget(control)
    box.addWidget(other)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()

    def picture() -> QImage:
        return control.grab().toImage()

    other.setFocus()
    without = picture()
    control.setFocus()
    assert control.hasFocus()
    assert picture() != without
