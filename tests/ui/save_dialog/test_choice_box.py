from PySide6.QtWidgets import QStyleOptionComboBox, QWidget
from pytestqt.qtbot import QtBot

from rta_viewer.ui.save_dialog.choice_box import ChoiceBox

LONG = "MP4 (plays everywhere)"


def shown(box: ChoiceBox) -> str:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    return option.currentText


def test_a_text_without_room_ends_in_dots_and_stands_in_the_tip(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    box = ChoiceBox("box", [LONG, "MKV"], window)
    box.resize(120, 28)
    assert shown(box).startswith("MP4")
    assert shown(box).endswith("…")
    assert (box.toolTip(), box.currentText()) == (LONG, LONG)
    box.setCurrentIndex(1)
    assert (shown(box), box.toolTip()) == ("MKV", "MKV")
    box.setCurrentIndex(0)
    box.resize(400, 28)
    assert shown(box) == LONG
