import numpy as np
import pytest

from rta_viewer.demo.footage.lettering import glyph_mask, line_height, text_mask

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:-+_/()'#&?"


@pytest.mark.parametrize("cap", [8.0, 14.4, 43.2])
def test_all_letters_are_visible_and_differ(cap: float) -> None:
    masks = {letter: glyph_mask(letter, cap) for letter in LETTERS}
    assert min(mask.max() for mask in masks.values()) > 120
    assert len({(mask.shape, mask.tobytes()) for mask in masks.values()}) == len(LETTERS)
    assert {mask.shape[0] for mask in masks.values()} == {line_height(cap)}


def test_no_letter_is_cut_off_at_its_edges() -> None:
    for letter in LETTERS:
        mask = glyph_mask(letter, 30.0)
        edges = np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]])
        assert edges.max() < 128, letter


def test_digits_are_equally_wide() -> None:
    assert len({glyph_mask(digit, 20.0).shape for digit in "0123456789"}) == 1


def test_letters_that_are_not_in_the_font() -> None:
    assert np.array_equal(text_mask("Zürich", 20.0), text_mask("Zurich", 20.0))
    assert np.array_equal(text_mask("☃", 20.0), text_mask("?", 20.0))
    assert text_mask("", 20.0).shape == (line_height(20.0), 0)
