from collections.abc import Sequence

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rta_viewer.ui.wrapped import WrappedLabel


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def label_of(window: QWidget, text: str, width: int) -> WrappedLabel:
    label = WrappedLabel("label", window, "quiet")
    label.setText(text)
    label.resize(QSize(width, label.heightForWidth(width)))
    return label


def columns(rows: Sequence[Sequence[bool]]) -> list[int]:
    """Those with ink in any row."""
    return [x for x, column in enumerate(zip(*rows, strict=True)) if any(column)]


def drawn(label: WrappedLabel) -> list[list[bool]]:
    """The pixels of each row, and whether they are not ground."""
    palette = label.palette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor("white"))
    palette.setColor(QPalette.ColorRole.Window, QColor("black"))
    label.setPalette(palette)
    label.setAutoFillBackground(True)
    image = label.grab().toImage()
    return [
        [image.pixelColor(x, y).lightness() > 99 for x in range(image.width())]
        for y in range(image.height())
    ]


def ink(label: WrappedLabel) -> list[int]:
    """How many pixels of each row are not ground."""
    return [sum(row) for row in drawn(label)]


def test_a_word_that_is_longer_than_a_line_is_broken(window: QWidget) -> None:
    one = label_of(window, "A", 100)
    word = label_of(window, "A" * 100, 100)
    assert word.height() >= 5 * one.height()
    rows = ink(word)
    assert sum(rows) > 90 * sum(ink(one))
    assert any(rows[-one.height() :])


def test_other_words_stay_whole_and_lines_are_kept(window: QWidget) -> None:
    height = label_of(window, "A", 200).height()
    assert label_of(window, "one\ntwo\nthree", 200).height() >= 3 * height - 3
    assert label_of(window, "one two three", 200).height() == height
    assert label_of(window, "", 200).height() <= height


def test_a_text_begins_where_the_window_is_read_from(window: QWidget) -> None:
    """At the side of its icon, whatever language it is in."""
    for text in ("No room.", "\u0644\u0627 \u0645\u0643\u0627\u0646"):
        label = label_of(window, text, 400)
        assert max(columns(drawn(label))) < 200
        label.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        assert min(columns(drawn(label))) > 200
