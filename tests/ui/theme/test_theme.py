import re

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from rta_viewer.ui.theme.palette import (
    DARK,
    LIGHT,
    SHAPE_PAIRS,
    TEXT_PAIRS,
    Colours,
    colour_names,
    contrast,
)
from rta_viewer.ui.theme.sheet import SHEET
from rta_viewer.ui.theme.theme import DARK_THEME, LIGHT_THEME, Theme, dress

palettes = pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@palettes
def test_text_can_be_read(colours: Colours) -> None:
    weak = {
        (text, ground): round(ratio, 2)
        for text, ground in TEXT_PAIRS
        if (ratio := contrast(getattr(colours, text), getattr(colours, ground))) < 4.5
    }
    assert weak == {}


@palettes
def test_shapes_can_be_seen(colours: Colours) -> None:
    weak = {
        shape: round(ratio, 2)
        for shape, ground in SHAPE_PAIRS
        if (ratio := contrast(getattr(colours, shape), getattr(colours, ground))) < 3
    }
    assert weak == {}


@palettes
def test_every_colour_is_written_in_full(colours: Colours) -> None:
    assert all(re.fullmatch("#[0-9a-f]{6}", getattr(colours, name)) for name in colour_names())


@pytest.mark.parametrize("theme", [DARK_THEME, LIGHT_THEME], ids=["dark", "light"])
def test_the_sheet_is_filled_in(qtbot: QtBot, theme: Theme) -> None:
    assert "$" not in theme.style_sheet()
    assert theme.font().pixelSize() == 13


RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
INK = re.compile(
    r"(?<![-\w])(color|background|selection-color|selection-background-color):\s*\$(\w+)"
)


def painted_pairs() -> set[tuple[str, str]]:
    """(text, ground) of every rule of the style sheet that sets both."""
    pairs = set()
    # The sheet's own placeholders of sizes have braces, too.
    for selector, body in RULE.findall(re.sub(r"\$\{\w+\}", "0", SHEET)):
        inks = dict(INK.findall(body))
        if ":disabled" in selector:
            continue
        for text, ground in (
            ("color", "background"),
            ("selection-color", "selection-background-color"),
        ):
            if text in inks and ground in inks:
                pairs.add((inks[text], inks[ground]))
    return pairs


def test_the_sheet_is_understood() -> None:
    assert {("text", "window"), ("on_accent", "accent"), ("text", "field")} <= painted_pairs()


@palettes
def test_every_rule_of_the_sheet_can_be_read(colours: Colours) -> None:
    weak = {
        pair: round(ratio, 2)
        for pair in painted_pairs()
        if (ratio := contrast(getattr(colours, pair[0]), getattr(colours, pair[1]))) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("theme", [DARK_THEME, LIGHT_THEME], ids=["dark", "light"])
def test_a_hint_in_an_empty_field_can_be_read(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dress(window, theme)
    edit = QLineEdit(window)
    edit.setPlaceholderText("Find a camera")
    edit.ensurePolished()
    ink = edit.palette().color(QPalette.ColorRole.PlaceholderText)
    assert ink.alpha() == 255
    assert contrast(ink.name(), theme.colours.field) >= 4.5
