"""Painting with numpy: smooth shapes in a picture of light, and a simple eye that looks along a room.

Colours are red, green, blue from 0 to 1. Screen coordinates are 16 wide and 9 high whatever the
number of pixels, so that a scene is described once for all sizes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Plane = npt.NDArray[np.uint8]
Colour = tuple[float, float, float]
Point = tuple[float, float]
Point3 = tuple[float, float, float]

UNITS_WIDE = 16.0
UNITS_HIGH = 9.0


@dataclass(frozen=True, slots=True)
class Planes:
    """A picture as 4:2:0 planes of 8 bits, limited range."""

    y: Plane
    cb: Plane
    cr: Plane


class Canvas:
    """A picture being painted. ``alpha`` follows along for pictures with a shape of their own."""

    def __init__(self, width: int, height: int, colour: Colour = (0.0, 0.0, 0.0)) -> None:
        self.width, self.height = width, height
        self.rgb: Floats = np.empty((height, width, 3), dtype=np.float32)
        self.rgb[:] = colour
        self.alpha: Floats = np.zeros((height, width), dtype=np.float32)
        self.scale_x, self.scale_y = width / UNITS_WIDE, height / UNITS_HIGH

    def gradient(self, top: float, bottom: float, above: Colour, below: Colour) -> None:
        """Fill the rows between two heights, blending from one colour to the other."""
        first, last = self._row(top), self._row(bottom)
        if last <= first:
            return
        share = np.linspace(0, 1, last - first, dtype=np.float32)[:, None, None]
        self.rgb[first:last] = _array(above) * (1 - share) + _array(below) * share

    def polygon(
        self, points: Sequence[Point], colour: Colour, alpha: float = 1.0, soft_px: float = 1.0
    ) -> None:
        """Fill a convex shape; its edge is ``soft_px`` wide."""
        pixels = np.array(points, dtype=np.float64) * (self.scale_x, self.scale_y)
        box = self._box(pixels.min(axis=0) - soft_px, pixels.max(axis=0) + soft_px)
        if box is None:
            return
        x, y = self._grid(box)
        following = np.roll(pixels, -1, axis=0)
        area = float(np.sum(pixels[:, 0] * following[:, 1] - following[:, 0] * pixels[:, 1]))
        inside = np.full((box[1] - box[0], box[3] - box[2]), np.inf, dtype=np.float32)
        for (x0, y0), (x1, y1) in zip(pixels, following, strict=True):
            length = float(np.hypot(x1 - x0, y1 - y0))
            if length > 0:
                side = ((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)) / length
                np.minimum(inside, side if area > 0 else -side, out=inside)
        self._blend(box, np.clip(inside / soft_px + 0.5, 0, 1) * alpha, colour)

    def ellipse(
        self, centre: Point, radius: Point, colour: Colour, alpha: float = 1.0, soft: float = 0.0
    ) -> None:
        """Fill an ellipse; ``soft`` from 0 (sharp) to 1 (fades from its middle)."""
        middle = np.array(centre) * (self.scale_x, self.scale_y)
        reach = np.array(radius) * (self.scale_x, self.scale_y)
        box = self._box(middle - reach - 1, middle + reach + 1)
        if box is None:
            return
        x, y = self._grid(box)
        away = np.sqrt(((x - middle[0]) / reach[0]) ** 2 + ((y - middle[1]) / reach[1]) ** 2)
        edge = max(soft, 1.0 / float(reach.min()))
        self._blend(box, np.clip((1 - away) / edge + (0.0 if soft else 0.5), 0, 1) * alpha, colour)

    def line(
        self, start: Point, end: Point, thick: float, colour: Colour, alpha: float = 1.0
    ) -> None:
        """A straight stroke with round ends, ``thick`` in units."""
        p = np.array(start) * (self.scale_x, self.scale_y)
        q = np.array(end) * (self.scale_x, self.scale_y)
        radius = thick * self.scale_x / 2
        box = self._box(np.minimum(p, q) - radius - 1, np.maximum(p, q) + radius + 1)
        if box is None:
            return
        x, y = self._grid(box)
        across, down = q - p
        length = float(across * across + down * down) or 1.0
        along = np.clip(((x - p[0]) * across + (y - p[1]) * down) / length, 0, 1)
        away = np.hypot(x - p[0] - along * across, y - p[1] - along * down)
        self._blend(box, np.clip(radius - away + 0.5, 0, 1) * alpha, colour)

    def glow(self, centre: Point, radius: Point, colour: Colour, strength: float = 1.0) -> None:
        """Add light that falls off smoothly, without covering what is there."""
        x, y = self._grid((0, self.height, 0, self.width))
        away = ((x / self.scale_x - centre[0]) / radius[0]) ** 2 + (
            (y / self.scale_y - centre[1]) / radius[1]
        ) ** 2
        self.rgb += (np.exp(-away) * strength)[:, :, None] * _array(colour)

    def lit(self, factor: Colour) -> "Canvas":
        """A copy in other light."""
        copy = Canvas(self.width, self.height)
        copy.rgb = self.rgb * _array(factor)
        copy.alpha = self.alpha.copy()
        return copy

    def finish(self, seed: int, grain: float = 0.006, vignette: float = 0.35) -> None:
        """What a lens and a sensor add: darker corners and a little grain."""
        x, y = self._grid((0, self.height, 0, self.width))
        away = (x / self.width - 0.5) ** 2 + (y / self.height - 0.5) ** 2
        self.rgb *= (1 - vignette * away * 1.6)[:, :, None]
        noise = np.random.default_rng(seed).standard_normal((self.height, self.width, 1))
        self.rgb += (noise * grain).astype(np.float32)

    def planes(self) -> Planes:
        """The picture as 4:2:0, ITU-R BT.601."""
        rgb = np.clip(self.rgb, 0, 1)
        red, green, blue = rgb[:, :, 0], rgb[:, :, 1], rgb[:, :, 2]
        y = 0.299 * red + 0.587 * green + 0.114 * blue
        luma = np.rint(16 + 219 * y).astype(np.uint8)
        cb = _halved(128 + 224 * 0.564 * (blue - y))
        cr = _halved(128 + 224 * 0.713 * (red - y))
        return Planes(luma, cb, cr)

    def _row(self, units: float) -> int:
        return int(np.clip(round(units * self.scale_y), 0, self.height))

    def _box(
        self, low: npt.NDArray[np.float64], high: npt.NDArray[np.float64]
    ) -> tuple[int, int, int, int] | None:
        left, right = max(0, int(low[0])), min(self.width, int(np.ceil(high[0])) + 1)
        top, bottom = max(0, int(low[1])), min(self.height, int(np.ceil(high[1])) + 1)
        return (top, bottom, left, right) if top < bottom and left < right else None

    def _grid(self, box: tuple[int, int, int, int]) -> tuple[Floats, Floats]:
        top, bottom, left, right = box
        x = np.arange(left, right, dtype=np.float32)[None, :] + 0.5
        y = np.arange(top, bottom, dtype=np.float32)[:, None] + 0.5
        return x, y

    def _blend(self, box: tuple[int, int, int, int], cover: Floats, colour: Colour) -> None:
        top, bottom, left, right = box
        area = self.rgb[top:bottom, left:right]
        area += (_array(colour) - area) * cover[:, :, None].astype(np.float32)
        shape = self.alpha[top:bottom, left:right]
        np.add(shape, (1 - shape) * cover, out=shape)


@dataclass(frozen=True, slots=True)
class Eye:
    """A camera at height ``height_m`` that looks along z with a straight horizon.

    World coordinates in metres: x right, y up, z away from the camera.
    """

    height_m: float
    horizon: float
    focal: float = 12.0
    x_m: float = 0.0

    def project(self, point: Point3) -> Point:
        """Where a point of the world is on the screen."""
        x, y, z = point
        depth = max(z, 0.05)
        return (
            UNITS_WIDE / 2 + self.focal * (x - self.x_m) / depth,
            self.horizon + self.focal * (self.height_m - y) / depth,
        )

    def units_per_metre(self, z_m: float) -> float:
        """How large a metre is at this depth."""
        return self.focal / max(z_m, 0.05)

    def fill(
        self,
        canvas: Canvas,
        points: Sequence[Point3],
        colour: Colour,
        alpha: float = 1.0,
    ) -> None:
        """Paint a flat convex shape of the world."""
        canvas.polygon([self.project(point) for point in points], colour, alpha)

    def ground(
        self, canvas: Canvas, x: Point, z: Point, colour: Colour, alpha: float = 1.0, y: float = 0.0
    ) -> None:
        """Paint a rectangle that lies flat."""
        corners = [(x[0], y, z[0]), (x[1], y, z[0]), (x[1], y, z[1]), (x[0], y, z[1])]
        self.fill(canvas, corners, colour, alpha)

    def facing(
        self, canvas: Canvas, x: Point, y: Point, z: float, colour: Colour, alpha: float = 1.0
    ) -> None:
        """Paint a rectangle that faces the camera."""
        corners = [(x[0], y[0], z), (x[1], y[0], z), (x[1], y[1], z), (x[0], y[1], z)]
        self.fill(canvas, corners, colour, alpha)

    def side(
        self, canvas: Canvas, x: float, y: Point, z: Point, colour: Colour, alpha: float = 1.0
    ) -> None:
        """Paint a rectangle that stands along the line of sight."""
        corners = [(x, y[0], z[0]), (x, y[0], z[1]), (x, y[1], z[1]), (x, y[1], z[0])]
        self.fill(canvas, corners, colour, alpha)


def _array(colour: Colour) -> Floats:
    return np.array(colour, dtype=np.float32)


def _halved(plane: Floats) -> Plane:
    """Every second column and row, averaged; odd sides repeat their last one."""
    height, width = plane.shape
    padded = np.pad(plane, ((0, height % 2), (0, width % 2)), mode="edge")
    mean = padded.reshape(padded.shape[0] // 2, 2, padded.shape[1] // 2, 2).mean(axis=(1, 3))
    halved: Plane = np.rint(mean).astype(np.uint8)
    return halved
