"""A machine-readable instant in each picture, so that a test can ask what a screen really shows.

A strip of black and white cells at the bottom-left edge, sized in fractions of the picture: a cell is
1/80 of the width and 1/45 of the height. Three rows of 28 cells, in a dark border half a cell wide::

    W 26 bits B     the first and the last column tell where the strip is and how bright its
    B 26 bits W     black and white are; between them, row by row, most significant bit first:
    W 26 bits B     44 bits instant (ms), 8 bits camera number, 24 bits CRC, 2 bits 01

The cells are 4 pixels wide in a picture of 320, which survives coarse quantisation, blur and scaling.
The CRC (CRC-24 of RFC 9580, section 6.1.1) makes a wrong reading as good as impossible.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.uint8]
_Floats = npt.NDArray[np.float64]
_Sums = npt.NDArray[np.int32]

COLUMNS = 80
ROWS = 45
CODE_COLUMNS = 28
CODE_ROWS = 3
BORDER = 0.5
BLACK = 20
WHITE = 205
_INSTANT_BITS = 44
_CAMERA_BITS = 8
_CRC_BITS = 24
_TAIL = (0, 1)
_LEFT = np.array([1, 0, 1], dtype=np.bool_)
_MIN_CONTRAST = 24.0
_MIDDLE = 0.5
_DOUBT = 0.18
_MAX_DOUBTFUL = 5
_MIN_WIDTH, _MIN_HEIGHT = 160, 90


@dataclass(frozen=True, slots=True)
class TimeCode:
    """What a picture says of itself."""

    instant_ms: int
    camera_number: int


def strip_size(width: int, height: int) -> tuple[int, int]:
    """Pixels that the strip takes at the bottom-left corner, border included."""
    return (
        round((CODE_COLUMNS + 2 * BORDER) * width / COLUMNS),
        round((CODE_ROWS + 2 * BORDER) * height / ROWS),
    )


def draw(luma: Plane, instant_ms: int, camera_number: int) -> None:
    """Draw the code into a luma plane, in place.

    Raises:
        ValueError: The instant or the number does not fit its bits.
    """
    height, width = luma.shape
    rows, columns = _cell_of_pixel(width, height)
    cells = np.full((CODE_ROWS + 2, CODE_COLUMNS + 2), BLACK, dtype=np.uint8)
    cells[1:-1, 1:-1] = np.where(_cells(instant_ms, camera_number), WHITE, BLACK)
    luma[height - len(rows) :, : len(columns)] = cells[rows[:, None], columns]


def read(gray: npt.NDArray[np.uint8]) -> TimeCode | None:
    """The code in a grey picture that shows the video and (nearly) nothing else; None without one.

    Tolerates a crop that is off by a few pixels on each side, blur, coarse compression and a
    changed brightness range.
    """
    height, width = gray.shape
    if width < _MIN_WIDTH or height < _MIN_HEIGHT:
        return None
    area = _bottom_left(gray)
    for offsets in _search_rings():
        code = _try_all(area, width, height, offsets)
        if code is not None:
            return code
    return None


@lru_cache(maxsize=32)
def _cell_of_pixel(width: int, height: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """For each pixel row and column of the strip, the row and column of its cell."""
    wide, high = strip_size(width, height)
    across = (np.arange(wide) + 0.5) * COLUMNS / width - BORDER
    # Rows are counted from the bottom edge of the picture, where the strip is anchored.
    down = CODE_ROWS + BORDER - (high - np.arange(high) - 0.5) * ROWS / height
    columns = np.clip(np.floor(across).astype(np.intp) + 1, 0, CODE_COLUMNS + 1)
    rows = np.clip(np.floor(down).astype(np.intp) + 1, 0, CODE_ROWS + 1)
    return rows, columns


def _cells(instant_ms: int, camera_number: int) -> npt.NDArray[np.bool_]:
    if not 0 <= instant_ms < 1 << _INSTANT_BITS or not 0 <= camera_number < 1 << _CAMERA_BITS:
        msg = f"instant {instant_ms} or camera number {camera_number} does not fit the time code"
        raise ValueError(msg)
    payload = instant_ms << _CAMERA_BITS | camera_number
    word = (payload << _CRC_BITS | _crc24(payload)) << 2 | _TAIL[0] << 1 | _TAIL[1]
    bits = np.unpackbits(np.frombuffer((word << 2).to_bytes(10, "big"), dtype=np.uint8))[:78]
    cells = np.empty((CODE_ROWS, CODE_COLUMNS), dtype=np.bool_)
    cells[:, 1:-1] = bits.reshape(CODE_ROWS, CODE_COLUMNS - 2)
    cells[:, 0] = _LEFT
    cells[:, -1] = ~_LEFT
    return cells


def _decode(cells: npt.NDArray[np.bool_]) -> TimeCode | None:
    packed = np.packbits(cells[:, 1:-1].ravel()).tobytes()
    word = int.from_bytes(packed, "big") >> 2
    if word & 3 != _TAIL[0] << 1 | _TAIL[1]:
        return None
    payload, crc = word >> 2 + _CRC_BITS, word >> 2 & (1 << _CRC_BITS) - 1
    if _crc24(payload) != crc:
        return None
    return TimeCode(payload >> _CAMERA_BITS, payload & (1 << _CAMERA_BITS) - 1)


def _crc_table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        crc = byte << 16
        for _ in range(8):
            crc <<= 1
            if crc & 0x1000000:
                crc ^= 0x1864CFB
        table.append(crc)
    return tuple(table)


_CRC_TABLE = _crc_table()


def _crc24(payload: int) -> int:
    crc = 0xB704CE
    for byte in payload.to_bytes(7, "big"):
        crc = (crc << 8 & 0xFFFFFF) ^ _CRC_TABLE[crc >> 16 ^ byte]
    return crc


def _bottom_left(gray: npt.NDArray[np.uint8]) -> _Sums:
    """A summed-area table over the corner in which the strip can be."""
    height, width = gray.shape
    wide = min(width, round((CODE_COLUMNS + 6) * width / COLUMNS) + 4)
    high = min(height, round((CODE_ROWS + 5) * height / ROWS) + 4)
    table = np.zeros((high + 1, wide + 1), dtype=np.int32)
    inner = table[1:, 1:]
    np.cumsum(gray[height - high :, :wide], axis=1, dtype=np.int32, out=inner)
    np.cumsum(inner, axis=0, out=inner)
    return table


@lru_cache(maxsize=1)
def _search_rings() -> tuple[npt.NDArray[np.float64], ...]:
    """Displacements to try, likely ones first: right, up (in cells), horizontal and vertical stretch."""
    exact = [(0.0, 0.0, 1.0, 1.0)]
    near = [
        (x, y, stretch, 1.0)
        for x, y, stretch in product(
            (-0.4, -0.2, 0.0, 0.2, 0.4), (-0.4, -0.2, 0.0, 0.2, 0.4), (0.99, 1.0, 1.01)
        )
    ]
    steps = tuple(step * 0.25 for step in range(-5, 6))
    far = [
        (x, y, stretch, tall)
        for x, y, stretch, tall in product(
            steps,
            steps,
            (0.97, 0.98, 0.985, 0.99, 0.995, 1.0, 1.005, 1.01, 1.015, 1.02, 1.03),
            (0.96, 1.0, 1.04),
        )
    ]
    return tuple(np.array(ring) for ring in (exact, near, far))


def _try_all(
    table: _Sums, width: int, height: int, offsets: npt.NDArray[np.float64]
) -> TimeCode | None:
    means = _finder_means(table, width, height, offsets)
    bright = np.concatenate([means[:, :, 0][:, _LEFT], means[:, :, 1][:, ~_LEFT]], axis=1)
    dark = np.concatenate([means[:, :, 0][:, ~_LEFT], means[:, :, 1][:, _LEFT]], axis=1)
    contrast = bright.min(axis=1) - dark.max(axis=1)
    for index in np.argsort(-contrast)[:24]:
        if contrast[index] < _MIN_CONTRAST:
            return None
        code = _try_one(
            table, width, height, offsets[index : index + 1], bright[index], dark[index]
        )
        if code is not None:
            return code
    return None


def _try_one(
    table: _Sums,
    width: int,
    height: int,
    offset: npt.NDArray[np.float64],
    bright: _Floats,
    dark: _Floats,
) -> TimeCode | None:
    means = _means(table, width, height, offset, np.arange(CODE_COLUMNS))[0]
    low, high = float(dark.mean()), float(bright.mean())
    level = (means - low) / (high - low)
    cells = level > _MIDDLE
    doubtful = np.flatnonzero(np.abs(level.ravel() - _MIDDLE) < _DOUBT)
    if len(doubtful) > _MAX_DOUBTFUL:
        return None
    # A poor encoder leaves a few cells grey; the checksum tells which of the readings is right.
    for values in product((False, True), repeat=len(doubtful)):
        cells.ravel()[doubtful] = values
        code = _decode(cells)
        if code is not None:
            return code
    return None


def _finder_means(
    table: _Sums, width: int, height: int, offsets: npt.NDArray[np.float64]
) -> _Floats:
    return _means(table, width, height, offsets, np.array([0, CODE_COLUMNS - 1]))


def _means(
    table: _Sums,
    width: int,
    height: int,
    offsets: npt.NDArray[np.float64],
    columns: npt.NDArray[np.intp],
) -> _Floats:
    """Mean brightness of the middle of cells: shape (offsets, rows, columns)."""
    high, wide = table.shape[0] - 1, table.shape[1] - 1
    cell_w, cell_h = width / COLUMNS * offsets[:, 2], height / ROWS * offsets[:, 3]
    centre_x = (columns + 0.5 + BORDER) * cell_w[:, None] + offsets[:, :1] * width / COLUMNS
    from_bottom = CODE_ROWS + BORDER - 0.5 - np.arange(CODE_ROWS)
    centre_y = high - from_bottom * cell_h[:, None] + offsets[:, 1:2] * height / ROWS
    half_w, half_h = cell_w[:, None] * 0.25, cell_h[:, None] * 0.25
    left = np.clip(np.rint(centre_x - half_w), 0, wide - 1).astype(np.intp)
    right = np.clip(np.rint(centre_x + half_w).astype(np.intp), left + 1, wide)
    top = np.clip(np.rint(centre_y - half_h), 0, high - 1).astype(np.intp)
    bottom = np.clip(np.rint(centre_y + half_h).astype(np.intp), top + 1, high)
    top, bottom, left, right = (
        top[:, :, None],
        bottom[:, :, None],
        left[:, None, :],
        right[:, None, :],
    )
    total = table[bottom, right] - table[top, right] - table[bottom, left] + table[top, left]
    means: _Floats = total / ((bottom - top) * (right - left))
    return means
