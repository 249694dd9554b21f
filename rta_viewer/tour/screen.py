"""What a person would see: grabs the screen, and reads the time code out of a tile's picture."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QWidget

from rta_viewer.demo import timecode
from rta_viewer.tour.own_time import OWN_TIME
from rta_viewer.ui.tiles.tile import Tile


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a tile: when, and the instant that its picture carries (None: not readable)."""

    at_s: float
    instant_ms: int | None


def grab(window: QWidget) -> QPixmap:
    """The window with everything in front of it, as it is on the screen."""
    if QGuiApplication.platformName() in {"offscreen", "wayland"}:
        # These platforms do not let a program look at the screen.
        return window.grab()
    area = QRect(window.mapToGlobal(QPoint(0, 0)), window.size())
    origin = window.screen().geometry().topLeft()
    place = area.translated(-origin)
    return window.screen().grabWindow(0, place.x(), place.y(), place.width(), place.height())


@OWN_TIME.counted
def save(window: QWidget, path: Path) -> None:
    """Write what is seen as PNG."""
    if not grab(window).save(str(path), "PNG"):
        msg = f"{path} could not be written"
        raise OSError(msg)


def look(tile: Tile) -> Look:
    """Read the tile's picture from the screen."""
    return looks([tile])[0]


@OWN_TIME.counted
def looks(tiles: Sequence[Tile]) -> list[Look]:
    """Read several tiles of one window from one picture of the screen."""
    began_s = time.monotonic()
    pixmap = grab(tiles[0].window()) if tiles else QPixmap()
    at_s = (began_s + time.monotonic()) / 2
    return [Look(at_s, _read_tile(pixmap, tile)) for tile in tiles]


def _read_tile(pixmap: QPixmap, tile: Tile) -> int | None:
    rect = tile.picture_rect()
    if rect.isEmpty():
        return None
    place = QRect(tile.mapTo(tile.window(), rect.topLeft()), rect.size())
    ratio = pixmap.devicePixelRatio()
    area = QRect(
        round(place.x() * ratio),
        round(place.y() * ratio),
        round(place.width() * ratio),
        round(place.height() * ratio),
    )
    return _read(pixmap.toImage().copy(area))


def _read(image: QImage) -> int | None:
    gray = image.convertToFormat(QImage.Format.Format_Grayscale8)
    stride = gray.bytesPerLine()
    pixels = np.frombuffer(gray.constBits(), np.uint8)[: stride * gray.height()]
    rows = pixels.reshape(gray.height(), stride)[:, : gray.width()]
    code = timecode.read(np.ascontiguousarray(rows))
    return code.instant_ms if code is not None else None
