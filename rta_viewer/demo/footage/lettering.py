"""Small letters for pictures: a stroke font, drawn smoothly at any size, without a font file.

Glyphs are strokes on a grid: x to the right from 0, y up from the base line, capitals 10 high. ``;``
separates strokes; ``~`` marks a smooth stroke, ``@`` a smooth closed one.
"""

import unicodedata
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.uint8]
Points = npt.NDArray[np.floating]

CAP_UNITS = 10.0
_ABOVE_UNITS = 1.7
_BELOW_UNITS = 3.7
_SPACING_UNITS = 2.4
_PEN_UNITS = 0.62
_DIGIT_WIDTH = 6.0

_GLYPHS = {
    " ": "",
    "0": "@0,5 0,0 3,0 6,0 6,5 6,10 3,10 0,10",
    "1": "1,8 3.5,10 3.5,0",
    "2": "~.2,7.6 .4,10 3,10 5.8,10 5.8,7.4 5.8,5.8 4,4 0,0;0,0 6,0",
    "3": "~.2,8.4 .8,10 3,10 5.7,10 5.7,7.7 5.7,5.4 2.4,5.4;~2.4,5.4 6,5.4 6,2.8 6,0 3,0 .4,0 0,1.9",
    "4": "4.6,0 4.6,10 0,3 6.2,3",
    "5": "5.4,10 1,10 .6,5.4;~.6,5.4 1.5,6.4 3,6.4 6,6.4 6,3.2 6,0 2.8,0 .8,0 0,1.7",
    "6": "~5.3,9 4.6,10 3.2,10 0,10 0,3.4;@0,3.2 0,0 3,0 6,0 6,3.2 6,6.3 3,6.3 0,6.3",
    "7": "0,10 6,10 2,0",
    "8": "@3,10 5.6,10 5.6,7.8 5.6,5.4 3,5.4 .4,5.4 .4,7.8 .4,10;"
    "@3,5.4 6,5.4 6,2.7 6,0 3,0 0,0 0,2.7 0,5.4",
    "9": "~.7,1 1.4,0 2.8,0 6,0 6,6.6;@6,6.8 6,10 3,10 0,10 0,6.8 0,3.7 3,3.7 6,3.7",
    "A": "0,0 3.2,10 6.4,0;1.1,3.2 5.3,3.2",
    "B": "0,0 0,10;~0,10 5.6,10 5.6,7.7 5.6,5.3 3,5.3;0,5.3 3,5.3;~3,5.3 6.2,5.3 6.2,2.7 6.2,0 0,0",
    "C": "~6.2,8 5.4,10 3.3,10 0,10 0,5 0,0 3.3,0 5.4,0 6.2,2",
    "D": "0,0 0,10;~0,10 2,10 6.4,10 6.4,5 6.4,0 2,0 0,0",
    "E": "5.6,10 0,10 0,0 5.6,0;0,5.2 4.8,5.2",
    "F": "5.6,10 0,10 0,0;0,5.2 4.8,5.2",
    "G": "~6.2,8 5.4,10 3.3,10 0,10 0,5 0,0 3.3,0 6.3,0 6.3,4.4;3.6,4.6 6.3,4.6",
    "H": "0,0 0,10;6.2,0 6.2,10;0,5.2 6.2,5.2",
    "I": "1,0 1,10",
    "J": "~4,10 4,3 4,0 2,0 0,0 0,2.4",
    "K": "0,0 0,10;6,10 0,4.4;2.2,6.4 6.2,0",
    "L": "0,10 0,0 5.2,0",
    "M": "0,0 0,10 3.6,3.6 7.2,10 7.2,0",
    "N": "0,0 0,10 6.2,0 6.2,10",
    "O": "@0,5 0,0 3.5,0 7,0 7,5 7,10 3.5,10 0,10",
    "P": "0,0 0,10;~0,10 6,10 6,7.3 6,4.5 0,4.5",
    "Q": "@0,5 0,0 3.5,0 7,0 7,5 7,10 3.5,10 0,10;4.4,2.4 7,-.6",
    "R": "0,0 0,10;~0,10 6,10 6,7.4 6,4.7 0,4.7;3,4.7 6.2,0",
    "S": "~5.8,8.2 5.2,10 3,10 .3,10 .3,7.6 .3,5.7 3,5.2 6,4.6 6,2.4 6,0 3,0 .6,0 0,1.9",
    "T": "0,10 6.4,10;3.2,10 3.2,0",
    "U": "~0,10 0,3.4 0,0 3.1,0 6.2,0 6.2,3.4 6.2,10",
    "V": "0,10 3.1,0 6.2,10",
    "W": "0,10 2.2,0 4.4,9 6.6,0 8.8,10",
    "X": "0,0 6,10;0,10 6,0",
    "Y": "0,10 3.1,4.8 6.2,10;3.1,4.8 3.1,0",
    "Z": "0,10 6,10 0,0 6,0",
    "a": "@0,3.4 0,0 2.6,0 5,0 5,3.4 5,6.9 2.6,6.9 0,6.9;5,6.9 5,0",
    "b": "@0,3.4 0,0 2.5,0 5.1,0 5.1,3.4 5.1,6.9 2.5,6.9 0,6.9;0,10 0,0",
    "c": "~4.7,5.6 4.2,6.9 2.6,6.9 0,6.9 0,3.4 0,0 2.6,0 4.2,0 4.7,1.3",
    "d": "@0,3.4 0,0 2.6,0 5.1,0 5.1,3.4 5.1,6.9 2.6,6.9 0,6.9;5.1,10 5.1,0",
    "e": "~.1,3.6 5,3.6 5,6.9 2.6,6.9 0,6.9 0,3.4 0,0 2.7,0 4.3,0 4.8,1.3",
    "f": "~4,9.6 3.6,10 2.9,10 1.5,10 1.5,8;1.5,8.4 1.5,0;0,6.6 3.6,6.6",
    "g": "@0,3.5 0,.2 2.6,.2 5,.2 5,3.5 5,6.9 2.6,6.9 0,6.9;~5,6.9 5,0 5,-2.9 2.5,-2.9 .8,-2.9 .3,-2",
    "h": "0,0 0,10;~0,4 .3,6.9 2.7,6.9 4.8,6.9 4.8,4.2 4.8,0",
    "i": "1,0 1,6.8;1,9.2 1,9.4",
    "j": "~2,6.8 2,-1 2,-2.9 0,-2.9;2,9.2 2,9.4",
    "k": "0,0 0,10;4.6,6.8 0,2.8;1.8,4.4 4.9,0",
    "l": "~1,10 1,2 1,0 2.6,0",
    "m": "0,0 0,6.8;~0,4 .2,6.9 2.1,6.9 3.8,6.9 3.8,4.2 3.8,0;~3.8,4 4,6.9 5.9,6.9 7.6,6.9 7.6,4.2 7.6,0",
    "n": "0,0 0,6.8;~0,4 .3,6.9 2.7,6.9 4.8,6.9 4.8,4.2 4.8,0",
    "o": "@0,3.4 0,0 2.6,0 5.2,0 5.2,3.4 5.2,6.9 2.6,6.9 0,6.9",
    "p": "@0,3.4 0,0 2.5,0 5.1,0 5.1,3.4 5.1,6.9 2.5,6.9 0,6.9;0,6.8 0,-2.9",
    "q": "@0,3.4 0,0 2.6,0 5.1,0 5.1,3.4 5.1,6.9 2.6,6.9 0,6.9;5.1,6.8 5.1,-2.9",
    "r": "0,0 0,6.8;~0,3.8 .2,6.9 2.2,6.9 2.9,6.9 3.2,6.7",
    "s": "~4.3,5.7 3.8,6.9 2.3,6.9 .2,6.9 .2,5.2 .2,3.9 2.3,3.5 4.6,3.1 4.6,1.7 4.6,0 2.3,0 .5,0 0,1.3",
    "t": "~1.6,9 1.6,2 1.6,0 3,0 3.6,0 3.9,.2;0,6.7 3.8,6.7",
    "u": "~0,6.8 0,2.7 0,0 2.2,0 4.6,0 4.8,2.8;4.8,6.8 4.8,0",
    "v": "0,6.8 2.5,0 5,6.8",
    "w": "0,6.8 1.8,0 3.7,6.2 5.6,0 7.4,6.8",
    "x": "0,0 4.7,6.8;0,6.8 4.7,0",
    "y": "0,6.8 2.6,.2;~5.2,6.8 2.4,-.6 1.6,-2.9 0,-2.8",
    "z": "0,6.8 4.6,6.8 0,0 4.6,0",
    ".": "1,.2 1,.3",
    ",": "1.3,.4 .5,-1.6",
    ":": "1,1.4 1,1.6;1,6.2 1,6.4",
    "-": "0,4.4 3.6,4.4",
    "+": "0,4.6 5.2,4.6;2.6,2 2.6,7.2",
    "_": "0,-1 5,-1",
    "/": "0,-1 4,10.6",
    "(": "~2.4,10.6 0,9 0,4.4 0,0 2.4,-1.8",
    ")": "~0,10.6 2.4,9 2.4,4.4 2.4,0 0,-1.8",
    "'": "1,10 1,8",
    "#": "1.6,0 2.4,10;4.6,0 5.4,10;0,3.2 6.4,3.2;.6,6.8 7,6.8",
    "&": "~6.6,0 1.4,6.6 1,10 3,10 5,10 4.8,6.8 0,5.8 0,2.6 0,0 2.8,0 5.6,0 6.2,4.6",
    "?": "~.2,8 .6,10 2.8,10 5.4,10 5.4,7.8 5.4,6 2.8,5 2.8,2.8;2.8,.2 2.8,.3",
}
_ROUNDS = 3


def text_mask(text: str, cap_px: float) -> Mask:
    """Coverage, 0 to 255, of a line of text whose capitals are ``cap_px`` high.

    Rows reach from a little above the capitals to below the base line; see :func:`line_height`.
    """
    glyphs = [glyph_mask(letter, cap_px) for letter in _plain(text)]
    if not glyphs:
        return np.zeros((line_height(cap_px), 0), dtype=np.uint8)
    return np.concatenate(glyphs, axis=1)


def line_height(cap_px: float) -> int:
    """Rows of a :func:`text_mask`."""
    return int(np.ceil((CAP_UNITS + _ABOVE_UNITS + _BELOW_UNITS) * cap_px / CAP_UNITS))


@lru_cache(maxsize=2048)
def glyph_mask(letter: str, cap_px: float) -> Mask:
    """Coverage of one letter with its share of the space between letters. Digits are equally wide."""
    strokes = _strokes(letter)
    widest = max((float(stroke[:, 0].max()) for stroke in strokes), default=3.0)
    width = _DIGIT_WIDTH if letter.isdigit() else widest
    unit = cap_px / CAP_UNITS
    columns = round((width + _SPACING_UNITS) * unit)
    x = (np.arange(columns) + 0.5) / unit - _SPACING_UNITS / 2
    y = CAP_UNITS + _ABOVE_UNITS - (np.arange(line_height(cap_px)) + 0.5) / unit
    distance = np.full((len(y), columns), 1e9)
    for stroke in strokes:
        for start, end in pairwise(stroke):
            np.minimum(distance, _distance(x[None, :], y[:, None], start, end), out=distance)
    coverage = np.clip((_PEN_UNITS - distance) * unit + 0.5, 0, 1)
    mask = np.rint(coverage * 255).astype(np.uint8)
    mask.flags.writeable = False
    return mask


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text)
    kept = (letter for letter in letters if not unicodedata.combining(letter))
    return "".join(letter if letter in _GLYPHS else "?" for letter in kept)


def _strokes(letter: str) -> list[Points]:
    found = []
    for stroke in filter(None, _GLYPHS.get(letter, _GLYPHS["?"]).split(";")):
        points = np.array(
            [[float(value) for value in point.split(",")] for point in stroke.lstrip("~@").split()]
        )
        if stroke[0] == "@":
            points = _smooth_closed(points)
        elif stroke[0] == "~":
            points = _smooth_open(points)
        found.append(points)
    return found


def _smooth_closed(points: Points) -> Points:
    """Chaikin's corner cutting."""
    for _ in range(_ROUNDS):
        following = np.roll(points, -1, axis=0)
        points = np.stack(
            [0.75 * points + 0.25 * following, 0.25 * points + 0.75 * following], axis=1
        ).reshape(-1, 2)
    return np.concatenate([points, points[:1]])


def _smooth_open(points: Points) -> Points:
    for _ in range(_ROUNDS):
        here, following = points[:-1], points[1:]
        inner = np.stack(
            [0.75 * here + 0.25 * following, 0.25 * here + 0.75 * following], axis=1
        ).reshape(-1, 2)
        points = np.concatenate([points[:1], inner[1:-1], points[-1:]])
    return points


def _distance(
    x: Points,
    y: Points,
    start: Points,
    end: Points,
) -> Points:
    """Distance of each point to a piece of a stroke."""
    across, up = end - start
    length = across * across + up * up
    along = ((x - start[0]) * across + (y - start[1]) * up) / length if length else 0.0 * x * y
    along = np.clip(along, 0, 1)
    found: Points = np.hypot(x - start[0] - along * across, y - start[1] - along * up)
    return found
