"""What moves through generated pictures: people and vehicles, painted once in each size needed."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from rta_viewer.demo.footage.canvas import (
    UNITS_HIGH,
    UNITS_WIDE,
    Canvas,
    Colour,
    Plane,
    Planes,
    Point,
)
from rta_viewer.demo.footage.lanes import Passing

GAIT_PHASES = 6
_LOOKS = 6

_COATS: tuple[Colour, ...] = (
    (0.20, 0.26, 0.38),
    (0.50, 0.16, 0.15),
    (0.23, 0.34, 0.25),
    (0.85, 0.66, 0.16),
    (0.62, 0.62, 0.64),
    (0.14, 0.15, 0.17),
)
_TROUSERS: tuple[Colour, ...] = (
    (0.12, 0.13, 0.18),
    (0.26, 0.24, 0.22),
    (0.16, 0.18, 0.24),
    (0.10, 0.11, 0.13),
    (0.30, 0.31, 0.34),
    (0.20, 0.17, 0.15),
)
_PAINTS: tuple[Colour, ...] = (
    (0.80, 0.81, 0.82),
    (0.60, 0.13, 0.12),
    (0.15, 0.29, 0.50),
    (0.20, 0.21, 0.23),
    (0.85, 0.83, 0.76),
    (0.28, 0.42, 0.34),
)


@dataclass(frozen=True, slots=True)
class Sprite:
    """A small picture with a shape.

    Attributes:
        cover: 0 to 127 for each luma pixel.
        shape: Which chroma pixels it colours.
        foot: The column and row that stand on the ground.
    """

    planes: Planes
    cover: npt.NDArray[np.int8]
    shape: npt.NDArray[np.bool_]
    foot: tuple[int, int]


# Width and height in metres of the picture around each kind, and metres of it below the ground line.
_BOXES = {
    "person": (1.5, 2.1, 0.2),
    "car": (5.2, 2.0, 0.3),
    "truck": (9.6, 3.9, 0.4),
    "tram": (26.0, 4.0, 0.4),
    "cart": (2.4, 2.6, 0.3),
}


def sprite_of(item: Passing, pixels_per_metre: float, light: float) -> Sprite:
    """The picture of somebody at a scale, in a light from 0 to 1.

    Scales and lights are rounded, so that few pictures are needed.
    """
    step = round(math.log(max(pixels_per_metre, 1.0)) / math.log(1.06))
    phase = int(item.step * GAIT_PHASES / 2) % GAIT_PHASES if item.kind == "person" else 0
    return _sprite(
        item.kind, item.look % _LOOKS, phase, item.to_the_right, item.away, step, round(light * 4)
    )


@lru_cache(maxsize=400)
def _sprite(
    kind: str, look: int, phase: int, right: bool, away: bool, step: int, light: int
) -> Sprite:
    scale = 1.06**step
    wide, high, below = _BOXES[kind]
    width, height = 2 * math.ceil(wide * scale / 2), 2 * math.ceil(high * scale / 2)
    pen = _Pen(Canvas(width, height), width / 2, height - below * scale, scale)
    if kind == "person":
        _person(pen, look, phase / GAIT_PHASES * 2 * math.pi, away=away)
    else:
        {"car": _car, "truck": _truck, "tram": _tram, "cart": _cart}[kind](pen, look)
    canvas = pen.canvas
    canvas.rgb *= light / 4
    if not right:
        canvas.rgb, canvas.alpha = canvas.rgb[:, ::-1].copy(), canvas.alpha[:, ::-1].copy()
    cover = np.rint(np.clip(canvas.alpha, 0, 1) * 127).astype(np.int8)
    shape = cover.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3)) > 76
    return Sprite(canvas.planes(), cover, shape, (width // 2, round(height - below * scale)))


def blit(picture: Planes, sprite: Sprite, x: int, y: int) -> None:
    """Draw a sprite with its foot at a pixel; what is outside of the picture is cut off."""
    left, top = x - sprite.foot[0], y - sprite.foot[1]
    height, width = sprite.cover.shape
    first_x, last_x = max(0, -left), min(width, picture.y.shape[1] - left)
    first_y, last_y = max(0, -top), min(height, picture.y.shape[0] - top)
    if first_x >= last_x or first_y >= last_y:
        return
    inner = slice(first_y, last_y), slice(first_x, last_x)
    area = picture.y[top + first_y : top + last_y, left + first_x : left + last_x]
    change = sprite.planes.y[inner].astype(np.int16)
    change -= area
    change *= sprite.cover[inner]
    change >>= 7
    change += area
    area[:] = change
    _blit_chroma(picture.cb, sprite.planes.cb, sprite.shape, left >> 1, top >> 1)
    _blit_chroma(picture.cr, sprite.planes.cr, sprite.shape, left >> 1, top >> 1)


def _blit_chroma(
    plane: Plane, source: Plane, shape: npt.NDArray[np.bool_], left: int, top: int
) -> None:
    height, width = shape.shape
    first_x, last_x = max(0, -left), min(width, plane.shape[1] - left)
    first_y, last_y = max(0, -top), min(height, plane.shape[0] - top)
    if first_x < last_x and first_y < last_y:
        inner = slice(first_y, last_y), slice(first_x, last_x)
        area = plane[top + first_y : top + last_y, left + first_x : left + last_x]
        np.copyto(area, source[inner], where=shape[inner])


@dataclass(frozen=True, slots=True)
class _Pen:
    """Paints in metres: x from the middle, y up from the ground."""

    canvas: Canvas
    middle_px: float
    ground_px: float
    scale: float

    def _at(self, x: float, y: float) -> Point:
        return (
            (self.middle_px + x * self.scale) / self.canvas.width * UNITS_WIDE,
            (self.ground_px - y * self.scale) / self.canvas.height * UNITS_HIGH,
        )

    def shape(self, points: list[Point], colour: Colour, alpha: float = 1.0) -> None:
        self.canvas.polygon([self._at(x, y) for x, y in points], colour, alpha)

    def box(self, x: Point, y: Point, colour: Colour) -> None:
        self.shape([(x[0], y[0]), (x[1], y[0]), (x[1], y[1]), (x[0], y[1])], colour)

    def disc(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        colour: Colour,
        alpha: float = 1.0,
        soft: float = 0.0,
    ) -> None:
        reach = (
            wide * self.scale / self.canvas.width * UNITS_WIDE,
            high * self.scale / self.canvas.height * UNITS_HIGH,
        )
        self.canvas.ellipse(self._at(x, y), reach, colour, alpha, soft)

    def limb(
        self, start: tuple[float, float], end: tuple[float, float], thick: float, colour: Colour
    ) -> None:
        units = thick * self.scale / self.canvas.width * UNITS_WIDE
        self.canvas.line(self._at(*start), self._at(*end), units, colour)


def _dim(colour: Colour, light: float) -> Colour:
    return colour[0] * light, colour[1] * light, colour[2] * light


def _person(pen: _Pen, look: int, gait: float, *, away: bool) -> None:
    coat, trousers = _COATS[look], _TROUSERS[look]
    skin: Colour = ((0.78, 0.58, 0.46), (0.46, 0.32, 0.24), (0.66, 0.48, 0.36))[look % 3]
    swing, lift = 0.30 * math.sin(gait), 0.02 * abs(math.cos(gait))
    pen.disc(0.05, 0.0, 0.48, 0.10, (0.02, 0.02, 0.03), 0.45, 0.8)
    for way, light in ((-1, 0.72), (1, 1.0)):
        foot = (way * swing, 0.06 + (0.07 if way * math.cos(gait) > 0.3 else 0.0))
        knee = (way * swing * 0.5 + 0.05, 0.47)
        pen.limb((0.0, 0.88 + lift), knee, 0.19, _dim(trousers, light))
        pen.limb(knee, foot, 0.15, _dim(trousers, light))
        pen.limb(foot, (foot[0] + 0.13, foot[1] - 0.02), 0.10, (0.07, 0.07, 0.08))
    pen.limb((-0.02, 1.36), (-swing * 0.85, 0.92), 0.11, _dim(coat, 0.7))
    pen.limb((0.0, 0.98 + lift), (0.02, 1.34 + lift), 0.36, coat)
    pen.limb((0.10, 1.02 + lift), (0.12, 1.32 + lift), 0.12, _dim(coat, 1.14))
    pen.limb((0.0, 1.38), (swing * 0.85, 0.94), 0.12, _dim(coat, 0.88))
    pen.limb((0.03, 1.46 + lift), (0.03, 1.56 + lift), 0.12, skin)
    pen.disc(0.04, 1.66 + lift, 0.115, 0.14, skin)
    hair: Colour = ((0.15, 0.11, 0.08), (0.05, 0.05, 0.05), (0.35, 0.27, 0.18))[look // 2 % 3]
    pen.disc(0.0 if away else -0.02, 1.71 + lift, 0.12, 0.11 if not away else 0.14, hair)


def _wheel(pen: _Pen, x: float, radius: float) -> None:
    pen.disc(x, radius, radius, radius, (0.05, 0.05, 0.06))
    pen.disc(x, radius, radius * 0.55, radius * 0.55, (0.50, 0.51, 0.53))


def _car(pen: _Pen, look: int) -> None:
    paint = _PAINTS[look]
    pen.disc(0, 0.02, 2.45, 0.24, (0.02, 0.02, 0.03), 0.5, 0.5)
    pen.shape([(-1.45, 0.85), (1.25, 0.85), (0.55, 1.42), (-1.0, 1.42)], _dim(paint, 0.9))
    pen.shape([(-1.22, 0.88), (-0.12, 0.88), (-0.12, 1.34), (-0.90, 1.34)], (0.14, 0.18, 0.22))
    pen.shape([(0.0, 0.88), (1.02, 0.88), (0.48, 1.34), (0.0, 1.34)], (0.14, 0.18, 0.22))
    pen.shape([(-2.15, 0.32), (2.15, 0.32), (2.18, 0.70), (1.30, 0.92), (-2.05, 0.92)], paint)
    pen.box((-2.1, 2.12), (0.26, 0.40), _dim(paint, 0.55))
    pen.box((2.0, 2.17), (0.58, 0.72), (1.0, 0.97, 0.80))
    pen.box((-2.13, -2.0), (0.62, 0.82), (0.75, 0.08, 0.07))
    for x in (-1.35, 1.35):
        _wheel(pen, x, 0.33)


def _truck(pen: _Pen, look: int) -> None:
    paint = _PAINTS[look]
    pen.disc(0, 0.02, 4.5, 0.32, (0.02, 0.02, 0.03), 0.5, 0.5)
    pen.box((-4.3, 2.2), (0.75, 3.3), (0.86, 0.87, 0.87))
    pen.box((-4.3, 2.2), (1.5, 2.0), paint)
    pen.box((-4.3, 2.2), (0.62, 0.80), (0.25, 0.26, 0.28))
    pen.shape([(2.35, 0.5), (4.3, 0.5), (4.3, 1.6), (3.9, 2.6), (2.35, 2.6)], paint)
    pen.shape([(3.0, 1.6), (4.15, 1.6), (3.82, 2.4), (3.0, 2.4)], (0.13, 0.17, 0.21))
    pen.box((4.15, 4.32), (0.75, 0.95), (1.0, 0.97, 0.80))
    for x in (-3.4, -2.4, 3.3):
        _wheel(pen, x, 0.48)


def _tram(pen: _Pen, look: int) -> None:
    stripe = _PAINTS[(look % 2) + 1]
    pen.disc(0, 0.05, 12.6, 0.34, (0.02, 0.02, 0.03), 0.5, 0.4)
    body: Colour = (0.84, 0.84, 0.82)
    outline = [(-12.4, 0.4), (12.4, 0.4), (12.4, 1.6), (11.7, 3.3), (-11.7, 3.3), (-12.4, 1.6)]
    pen.shape(outline, body)
    pen.box((-12.3, 12.3), (0.4, 0.95), stripe)
    pen.box((-11.4, 11.4), (3.2, 3.45), (0.42, 0.44, 0.46))
    for number in range(11):
        x = -11.3 + number * 2.07
        pen.box((x, x + 1.8), (1.45, 2.75), (0.13, 0.17, 0.20))
        pen.box((x, x + 1.8), (2.35, 2.75), (0.28, 0.34, 0.37))
    for x in (-6.9, 0.0, 6.9):
        pen.box((x - 0.75, x + 0.75), (0.5, 2.85), (0.62, 0.63, 0.62))
        pen.box((x - 0.65, x - 0.05), (0.7, 2.7), (0.15, 0.20, 0.23))
        pen.box((x + 0.05, x + 0.65), (0.7, 2.7), (0.15, 0.20, 0.23))
    pen.box((12.1, 12.4), (1.0, 1.3), (1.0, 0.97, 0.80))


def _cart(pen: _Pen, look: int) -> None:
    del look  # all fork lifts of a site look alike
    pen.disc(0, 0.02, 1.15, 0.18, (0.02, 0.02, 0.03), 0.5, 0.5)
    pen.box((0.62, 0.74), (0.1, 2.2), (0.20, 0.21, 0.22))
    pen.box((0.74, 1.15), (0.14, 0.20), (0.30, 0.31, 0.32))
    pen.box((0.72, 1.15), (0.20, 0.95), (0.70, 0.56, 0.38))
    pen.shape([(-0.95, 0.2), (0.6, 0.2), (0.6, 0.7), (0.2, 0.95), (-0.95, 1.0)], (0.88, 0.62, 0.10))
    pen.limb((-0.7, 1.0), (-0.55, 2.1), 0.08, (0.16, 0.17, 0.18))
    pen.limb((0.45, 0.8), (0.35, 2.1), 0.08, (0.16, 0.17, 0.18))
    pen.limb((-0.6, 2.12), (0.42, 2.12), 0.09, (0.16, 0.17, 0.18))
    pen.limb((-0.2, 1.0), (-0.15, 1.45), 0.30, (0.85, 0.66, 0.16))
    pen.disc(-0.12, 1.72, 0.12, 0.14, (0.66, 0.48, 0.36))
    for x in (-0.65, 0.4):
        _wheel(pen, x, 0.24)
