from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from rta_viewer.ui.details_box import DetailsBox


def test_much_to_say_scrolls_and_the_button_stays_on_the_screen(qtbot: QtBot) -> None:
    heights = []
    for text in ("No answer.", "\n".join(["Camera: no answer."] * 500), "word" * 5_000):
        box = DetailsBox(text)
        qtbot.addWidget(box)
        box.show()
        heights.append(box.height())
        close = box.findChild(QPushButton, "details_close")
        assert box.focusWidget() is close
        assert box.rect().contains(close.geometry())
        assert box.width() < 700
    assert heights[0] < heights[1] == heights[2] < 600
    close.click()
    assert not box.isVisible()
