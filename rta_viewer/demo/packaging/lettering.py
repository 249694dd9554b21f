"""A small bitmap font, so that text can be burned in without a font file on the server's machine.

Letters are five pixels wide and seven high, drawn in cells of six by eight. What is not printable ASCII is
shown without its accents, or as a question mark.
"""

import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]

CELL_WIDTH = 6
CELL_HEIGHT = 8
_GLYPH_WIDTH = 5
_GLYPH_HEIGHT = 7
_FIRST, _LAST = " ", "~"

# Seven rows a letter from the space to the tilde, each row one digit in base 32, top row first.
_ROWS = (
    "00000004444404aa00000aavavaa4fke5u4op248j3cik8lid44000002488842842224804lel40044v440"
    "0000c48000v00000000cc01248g0ehjlphe4c4444eeh168gvv2421he26aiv22vgu11he68guhhev124888"
    "ehhehheehhf12c0cc0cc00cc0c48248g84200v0v008421248eh12404ehnlngeehhvhhhuhhuhhuehggghe"
    "sihhhisvgguggvvggugggehgnhhfhhhvhhhe44444e72222ichikokihggggggvhrllhhhhpljhhhehhhhhe"
    "uhhugggehhhliduhhukihfgge11uv444444hhhhhhehhhhha4hhhllrhhha4ahhhha4444v1248gve88888e"
    "0g84210e22222e4ah0000000000v840000000e1fhfgguhhhu00ehghe11fhhhf00ehvge698s8880fhhf1e"
    "gguhhhh40c444e20622icggikokic44444e00qllll00uhhhh00ehhhe00uhugg00fhf1100mpggg00fge1u"
    "88s889600hhhjd00hhha400hllla00ha4ah00hhf1e00v248v244844244444448442448009m000"
)


def plain(text: str) -> str:
    """The text as far as the font has it, on one line."""
    letters = []
    for char in unicodedata.normalize("NFKD", text):
        if unicodedata.combining(char):
            continue
        if char.isspace():
            letters.append(" ")
        elif unicodedata.category(char) not in {"Cc", "Cf"}:
            letters.append(char if _FIRST <= char <= _LAST else "?")
    return "".join(letters)


def line_mask(text: str, scale: int) -> Mask:
    """Which pixels of a box of ``len(text) * 6`` by 8 cells, times ``scale``, belong to the letters.

    Args:
        text: Printable ASCII, see :func:`plain`; at least one letter.
        scale: Pixels to a dot.
    """
    line = np.concatenate([_glyph(char) for char in text], axis=1)
    return line.repeat(scale, axis=0).repeat(scale, axis=1)


@cache
def _glyph(char: str) -> Mask:
    start = (ord(char) - ord(_FIRST)) * _GLYPH_HEIGHT
    cell = np.zeros((CELL_HEIGHT, CELL_WIDTH), dtype=np.bool_)
    for row, digit in enumerate(_ROWS[start : start + _GLYPH_HEIGHT]):
        bits = int(digit, 32)
        for column in range(_GLYPH_WIDTH):
            cell[row, column] = bits >> (_GLYPH_WIDTH - 1 - column) & 1
    return cell
