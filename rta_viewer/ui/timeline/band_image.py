"""Draws a band as one picture: the look of every pixel column, gathered from a small tile for each look.

Thousands of rectangles a repaint would take longer than a frame; the gathering costs the same however many
recordings there are.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.timeline.looks import paint_looks
from rta_viewer.ui.timeline.segments import LOOKS

_TILE_PX = 8
"""Brush patterns repeat after so many pixels."""

_LEAST_APART_PX = 12
"""Where events stand closer than this on the average, each is one line without an edge."""

_MARK_SHARE = 0.34
"""How much of a band's height the mark of an event takes."""


def paint_band(
    painter: QPainter,
    row: QRect,
    looks: NDArray[np.uint8],
    events: NDArray[np.intp],
    theme: Theme,
) -> None:
    """Fill ``row``; transparent where nothing is drawn.

    Args:
        painter: Its device says how many device pixels a pixel has.
        row: Where, in device-independent pixels.
        looks: The index in ``LOOKS`` of each column of device pixels.
        events: Columns in which something begins.
        theme: The colours.
    """
    ratio = painter.device().devicePixelRatio()
    tiles = _tiles(row.height(), theme, ratio)
    period = tiles.shape[1] // len(LOOKS)
    columns = looks.astype(np.intp)
    columns *= period
    columns += _within_pattern(len(looks), period)
    pixels = np.take(tiles, columns, axis=1)
    if len(events):
        _mark(pixels, events, theme, ratio)
    rows, width = pixels.shape
    image = QImage(pixels.data, width, rows, width * 4, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    painter.drawImage(row.topLeft(), image)


def _mark(pixels: NDArray[np.uint32], events: NDArray[np.intp], theme: Theme, ratio: float) -> None:
    """A flag at the top of the band for each event, with an edge where there is room for one."""
    rows, width = pixels.shape
    tall = max(3, round(rows * _MARK_SHARE))
    half = max(1, round(ratio))
    ink = theme.colour("event").rgba()
    if len(events) > width // _LEAST_APART_PX:
        pixels[:tall, events] = ink
        return
    for reach, height, colour in (
        (2 * half, tall + half, theme.colour("band_ground").rgba()),
        (half, tall, ink),
    ):
        at = (events[:, np.newaxis] + np.arange(-reach, reach + 1)).ravel()
        pixels[:height, at[(at >= 0) & (at < width)]] = colour


@lru_cache(maxsize=8)
def _within_pattern(width: int, period: int) -> NDArray[np.intp]:
    """Which column of a pattern each column of a band has; counted once, all bands have it alike."""
    columns = np.arange(width, dtype=np.intp) % period
    columns.flags.writeable = False
    return columns


@lru_cache(maxsize=32)
def _tiles(height: int, theme: Theme, ratio: float) -> NDArray[np.uint32]:
    """A piece of each look, as wide as its pattern, side by side: ``[row, look * width + column]``."""
    rows, columns = round(height * ratio), max(1, round(_TILE_PX * ratio))
    tiles = np.empty((rows, len(LOOKS) * columns), np.uint32)
    for index, look in enumerate(LOOKS):
        image = QImage(columns, rows, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.scale(ratio, ratio)
        paint_looks(painter, QRect(0, 0, 4 * _TILE_PX, height), [(0, 4 * _TILE_PX, look)], theme)
        painter.end()
        raw = np.frombuffer(image.constBits(), np.uint32).reshape(rows, image.bytesPerLine() // 4)
        tiles[:, index * columns : (index + 1) * columns] = raw[:, :columns]
    return tiles
