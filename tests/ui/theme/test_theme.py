import re

import pytest
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
from rta_viewer.ui.theme.theme import DARK_THEME, LIGHT_THEME, Theme

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
