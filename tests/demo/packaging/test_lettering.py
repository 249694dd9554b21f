import numpy as np
import pytest

from rta_viewer.demo.packaging.lettering import line_mask, plain

LETTERS = "".join(map(chr, range(33, 127)))


def test_every_letter_looks_different() -> None:
    looks = {line_mask(letter, 1).tobytes() for letter in LETTERS}
    assert len(looks) == len(LETTERS)
    assert not line_mask(" ", 1).any()


def test_an_l_looks_like_an_l() -> None:
    assert ["".join(".#"[dot] for dot in row) for row in line_mask("L", 1).astype(int)] == [
        "#.....",
        "#.....",
        "#.....",
        "#.....",
        "#.....",
        "#.....",
        "#####.",
        "......",
    ]


@pytest.mark.parametrize("scale", [1, 2, 5])
def test_scaling_repeats_dots(scale: int) -> None:
    big = line_mask("Ag", scale)
    assert big.shape == (8 * scale, 12 * scale)
    assert np.array_equal(big[::scale, ::scale], line_mask("Ag", 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Café\u0301", "Cafe"), ("a\tb\nc", "a b c"), ("a\u202eb\x00", "ab"), ("東A", "?A")],
)
def test_text_is_reduced_to_what_the_font_has(text: str, expected: str) -> None:
    assert plain(text) == expected
