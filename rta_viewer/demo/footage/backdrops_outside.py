"""Outdoor places, painted by day; the lamps say what lights them at night."""

from dataclasses import dataclass

from rta_viewer.demo.footage.canvas import Canvas, Colour, Eye, Point
from rta_viewer.demo.world_schedule import mix


@dataclass(frozen=True, slots=True)
class Lamp:
    """Light that falls on the scene: a soft patch on the screen."""

    centre: Point
    radius: Point
    colour: Colour = (1.0, 0.86, 0.62)
    strength: float = 0.5


_SKY = ((0.47, 0.63, 0.80), (0.80, 0.85, 0.88))
_CAR_COLOURS: tuple[Colour, ...] = (
    (0.72, 0.74, 0.76),
    (0.16, 0.18, 0.21),
    (0.52, 0.10, 0.10),
    (0.14, 0.26, 0.46),
    (0.88, 0.88, 0.86),
    (0.30, 0.34, 0.32),
)


def entrance(canvas: Canvas, eye: Eye) -> list[Lamp]:
    """A glass front with doors under a canopy, and the paved square before it."""
    canvas.gradient(0, eye.horizon + 0.4, *_SKY)
    _pavement(canvas, eye, 16.0, (0.60, 0.585, 0.56))
    eye.facing(canvas, (-22, 22), (0, 9), 16, (0.70, 0.68, 0.64))
    for column in range(-22, 22, 4):
        eye.facing(canvas, (column, column + 0.25), (0, 9), 15.95, (0.58, 0.56, 0.53))
    for row, column in ((r, c) for r in (4.4, 7.0) for c in range(-20, 21, 4)):
        eye.facing(canvas, (column + 0.7, column + 3.3), (row, row + 1.6), 15.9, (0.27, 0.36, 0.43))
        eye.facing(
            canvas, (column + 0.7, column + 3.3), (row + 1, row + 1.6), 15.88, (0.48, 0.59, 0.67)
        )
    eye.facing(canvas, (-5.2, 5.2), (0, 3.5), 15.8, (0.20, 0.27, 0.32))
    for pane in (-5.0, -2.5, 0.06, 2.56):
        eye.facing(canvas, (pane, pane + 2.36), (0.08, 2.65), 15.7, (0.55, 0.60, 0.56))
        eye.facing(canvas, (pane, pane + 2.36), (2.75, 3.4), 15.7, (0.66, 0.70, 0.68))
        eye.facing(canvas, (pane + 0.3, pane + 1.0), (0.08, 2.65), 15.68, (0.64, 0.69, 0.66))
    eye.ground(canvas, (-6.5, 6.5), (12.4, 15.9), (0.34, 0.37, 0.40), y=3.9)
    eye.facing(canvas, (-6.5, 6.5), (3.6, 4.1), 12.4, (0.24, 0.30, 0.37))
    eye.facing(canvas, (-6.5, 6.5), (3.6, 3.68), 12.38, (0.90, 0.70, 0.25))
    for x in (-6.1, 5.9):
        eye.facing(canvas, (x, x + 0.22), (0, 3.7), 12.5, (0.42, 0.45, 0.48))
    eye.ground(canvas, (-5.2, 5.2), (12.6, 15.8), (0.36, 0.35, 0.34), 0.55)
    for x in (-10.5, -8.2, 8.2, 10.5):
        _planter(canvas, eye, x, 13.2)
    for x in (-4.4, -1.5, 1.5, 4.4):
        eye.facing(canvas, (x - 0.09, x + 0.09), (0, 0.95), 8.4, (0.30, 0.32, 0.34))
        eye.facing(canvas, (x - 0.1, x + 0.1), (0.75, 0.86), 8.38, (0.93, 0.85, 0.30))
    return [
        Lamp(eye.project((0, 1.4, 14.5)), (5.2, 1.9), strength=1.25),
        Lamp(eye.project((-9.5, 0, 11)), (2.6, 1.2)),
        Lamp(eye.project((9.5, 0, 11)), (2.6, 1.2)),
        Lamp(eye.project((0, 0, 7)), (5.0, 1.3), strength=0.35),
    ]


def loading_dock(canvas: Canvas, eye: Eye) -> list[Lamp]:
    """Three roller doors in a metal wall, a concrete yard with marked bays."""
    canvas.gradient(0, eye.horizon + 0.4, *_SKY)
    _pavement(canvas, eye, 17.0, (0.52, 0.52, 0.51), step=4.0)
    eye.facing(canvas, (-24, 24), (0, 8.2), 17, (0.47, 0.53, 0.58))
    for seam in range(-48, 49):
        eye.facing(canvas, (seam * 0.5, seam * 0.5 + 0.05), (1.2, 8.2), 16.95, (0.42, 0.48, 0.53))
    eye.facing(canvas, (-24, 24), (0, 1.2), 16.9, (0.42, 0.42, 0.42))
    eye.facing(canvas, (-24, 24), (7.6, 8.2), 16.9, (0.26, 0.31, 0.36))
    for number, x in enumerate((-9.6, -1.9, 5.8)):
        _roller_door(canvas, eye, x, open_to=(3.4, 1.2, 1.2)[number])
    for x in (-11.2, -3.6, 4.1, 11.6):
        eye.ground(canvas, (x - 0.07, x + 0.07), (4.0, 16.8), (0.86, 0.74, 0.22), 0.8)
    for number in range(24):
        stripe = (0.90, 0.76, 0.15) if number % 2 else (0.12, 0.12, 0.12)
        eye.facing(canvas, (-12 + number, -11 + number), (1.02, 1.2), 16.85, stripe)
    for x, z in ((-7.9, 14.6), (-7.0, 15.2), (9.9, 15.6)):
        _pallet(canvas, eye, x, z)
    return [
        Lamp(eye.project((x, 1.0, 15)), (2.5, 2.6), (1.0, 0.93, 0.80), 0.85)
        for x in (-7.4, 0.3, 8.0)
    ]


def car_park(canvas: Canvas, eye: Eye) -> list[Lamp]:
    """Rows of marked bays, some of them taken, trees behind."""
    canvas.gradient(0, eye.horizon + 0.3, *_SKY)
    _tree_line(canvas, eye, 60.0, 21)
    eye.ground(canvas, (-90, 90), (30, 60), (0.36, 0.43, 0.27))
    eye.ground(canvas, (-90, 90), (1.2, 34), (0.335, 0.34, 0.35))
    _speckles(canvas, eye, (0.30, 0.30, 0.31), 90, 32.0)
    for z in (25.0, 10.5):
        for bay in range(-10, 11):
            x = bay * 2.7
            eye.ground(canvas, (x - 0.06, x + 0.06), (z, z + 4.9), (0.86, 0.86, 0.84), 0.8)
            if z > 20 and mix(bay, 7) % 10 < 6:
                _parked_car(canvas, eye, x + 1.35, z + 0.8, mix(bay, 3))
            elif z < 20 and abs(bay) > 3 and mix(bay, 11) % 10 < 6:
                _parked_car(canvas, eye, x + 1.35, z + 0.8, mix(bay, 5))
    for post in (-14.0, 0.0, 14.0):
        eye.facing(canvas, (post - 0.08, post + 0.08), (0, 7.0), 23.5, (0.30, 0.31, 0.33))
        eye.facing(canvas, (post - 0.9, post + 0.9), (6.9, 7.1), 23.5, (0.24, 0.25, 0.27))
    return [
        Lamp(eye.project((x, 1.0, 21.5)), (3.6, 2.0), strength=0.6) for x in (-14.0, 0.0, 14.0)
    ] + [Lamp(eye.project((0, 0, 9)), (7.0, 1.8), strength=0.3)]


def fence(canvas: Canvas, eye: Eye) -> list[Lamp]:
    """A mesh fence along a gravel path, meadow and trees beyond."""
    canvas.gradient(0, eye.horizon + 0.3, *_SKY)
    _tree_line(canvas, eye, 55.0, 5)
    eye.ground(canvas, (-120, 120), (1.2, 55), (0.40, 0.47, 0.28))
    _speckles(canvas, eye, (0.33, 0.40, 0.23), 160, 50.0)
    eye.ground(canvas, (-120, 120), (28.6, 32.0), (0.40, 0.40, 0.40))
    eye.ground(canvas, (-120, 120), (6.4, 9.2), (0.56, 0.53, 0.47))
    eye.ground(canvas, (-120, 120), (7.1, 7.4), (0.49, 0.46, 0.41), 0.6)
    eye.ground(canvas, (-120, 120), (8.3, 8.6), (0.49, 0.46, 0.41), 0.6)
    for post in range(-9, 10):
        x = post * 2.5
        eye.facing(canvas, (x - 0.06, x + 0.06), (0, 2.7), 11.0, (0.33, 0.37, 0.36))
        eye.facing(canvas, (x - 0.05, x + 0.03), (2.7, 3.1), 11.0, (0.30, 0.34, 0.33))
    for row in range(1, 27):
        eye.facing(
            canvas, (-24, 24), (row * 0.1, row * 0.1 + 0.016), 11.0, (0.30, 0.34, 0.34), 0.75
        )
    for wire in range(-190, 191):
        x = wire * 0.125
        eye.facing(canvas, (x, x + 0.014), (0.1, 2.7), 11.0, (0.30, 0.34, 0.34), 0.6)
    for height in (2.82, 2.94, 3.06):
        eye.facing(canvas, (-24, 24), (height, height + 0.02), 11.0, (0.28, 0.30, 0.31), 0.9)
    return [Lamp(eye.project((x, 0.5, 9)), (3.4, 1.7), (0.86, 0.92, 1.0), 0.7) for x in (-6.0, 5.0)]


def platform(canvas: Canvas, eye: Eye) -> list[Lamp]:
    """A tram stop: platform with a shelter, two tracks, a wall behind."""
    canvas.gradient(0, eye.horizon + 0.3, *_SKY)
    eye.facing(canvas, (-30, 30), (0, 3.4), 20, (0.62, 0.58, 0.52))
    eye.facing(canvas, (-30, 30), (3.1, 3.4), 19.95, (0.48, 0.45, 0.41))
    for joint in range(-30, 30, 3):
        eye.facing(canvas, (joint, joint + 0.06), (0, 3.1), 19.9, (0.54, 0.50, 0.45))
    eye.ground(canvas, (-60, 60), (9.0, 20), (0.42, 0.40, 0.38))
    _speckles(canvas, eye, (0.36, 0.34, 0.32), 120, 19.0, 9.5)
    for z in (11.2, 12.6, 15.6, 17.0):
        eye.ground(canvas, (-60, 60), (z, z + 0.10), (0.70, 0.69, 0.68))
    eye.ground(canvas, (-60, 60), (1.2, 9.0), (0.58, 0.57, 0.56))
    for tile in range(-24, 25):
        eye.ground(canvas, (tile - 0.012, tile + 0.012), (1.2, 8.0), (0.50, 0.49, 0.48), 0.7)
    for z in range(2, 8):
        eye.ground(canvas, (-60, 60), (z, z + 0.03), (0.50, 0.49, 0.48), 0.7)
    eye.ground(canvas, (-60, 60), (8.0, 8.4), (0.92, 0.76, 0.16))
    eye.ground(canvas, (-60, 60), (8.7, 9.0), (0.80, 0.79, 0.78))
    for x in (-4.2, 4.2):
        _shelter(canvas, eye, x)
    return [
        Lamp(eye.project((x, 1.0, 6.5)), (3.6, 2.2), (1.0, 0.92, 0.78), 0.8) for x in (-4.2, 4.2)
    ] + [Lamp(eye.project((0, 0.5, 14)), (6.0, 1.2), strength=0.3)]


def _pavement(canvas: Canvas, eye: Eye, depth: float, colour: Colour, step: float = 1.0) -> None:
    eye.ground(canvas, (-80, 80), (0.6, depth), colour)
    joint: Colour = (colour[0] * 0.84, colour[1] * 0.84, colour[2] * 0.84)
    line = step / 50
    for number in range(int(-24 / step), int(24 / step) + 1):
        x = number * step
        eye.ground(canvas, (x - line / 2, x + line / 2), (0.6, depth), joint, 0.6)
    for number in range(1, int(depth / step) + 1):
        eye.ground(canvas, (-60, 60), (number * step, number * step + line), joint, 0.6)


def _planter(canvas: Canvas, eye: Eye, x: float, z: float) -> None:
    eye.ground(canvas, (x - 0.9, x + 1.0), (z - 0.7, z), (0.2, 0.2, 0.2), 0.3)
    eye.facing(canvas, (x - 0.7, x + 0.7), (0, 0.6), z, (0.40, 0.38, 0.36))
    size = eye.units_per_metre(z)
    for number in range(14):
        roll = mix(number, round(x * 10))
        dx, dy = roll % 100 / 100 - 0.5, (roll >> 8) % 100 / 100
        centre = eye.project((x + dx * 1.2, 0.7 + dy * 0.9 * (1 - abs(dx)), z))
        shade = 0.75 + (roll >> 16) % 50 / 100
        green: Colour = (0.20 * shade, 0.36 * shade, 0.17 * shade)
        canvas.ellipse(centre, (0.26 * size, 0.26 * size), green, 0.9, 0.5)


def _roller_door(canvas: Canvas, eye: Eye, x: float, open_to: float) -> None:
    eye.facing(canvas, (x - 0.25, x + 4.05), (1.0, 5.6), 16.8, (0.16, 0.18, 0.20))
    eye.facing(canvas, (x, x + 3.8), (1.2, 5.4), 16.75, (0.10, 0.11, 0.12))
    eye.facing(canvas, (x, x + 3.8), (open_to, 5.4), 16.7, (0.78, 0.79, 0.78))
    slats = int((5.4 - open_to) / 0.3)
    for slat in range(slats):
        y = open_to + slat * 0.3
        eye.facing(canvas, (x, x + 3.8), (y, y + 0.05), 16.68, (0.64, 0.65, 0.65))
    for side in (x - 0.5, x + 3.95):
        eye.facing(canvas, (side, side + 0.35), (0, 1.6), 16.4, (0.90, 0.74, 0.14))


def _pallet(canvas: Canvas, eye: Eye, x: float, z: float) -> None:
    eye.ground(canvas, (x - 0.6, x + 0.9), (z - 0.6, z), (0.15, 0.15, 0.15), 0.35)
    eye.facing(canvas, (x - 0.6, x + 0.6), (0, 0.15), z, (0.55, 0.42, 0.26))
    eye.facing(canvas, (x - 0.55, x + 0.55), (0.15, 1.25), z, (0.70, 0.56, 0.38))
    eye.facing(canvas, (x - 0.05, x + 0.05), (0.15, 1.25), z - 0.01, (0.80, 0.70, 0.52))


def _tree_line(canvas: Canvas, eye: Eye, z: float, seed: int) -> None:
    size = eye.units_per_metre(z)
    for number in range(90):
        roll = mix(seed, number)
        x = (roll % 1000 / 1000 - 0.5) * 2 * z * 0.8
        height = 2.0 + (roll >> 12) % 100 / 100 * 5.0
        shade = 0.7 + (roll >> 24) % 60 / 100
        green: Colour = (0.23 * shade, 0.33 * shade, 0.20 * shade)
        centre = eye.project((x, height * 0.55, z))
        canvas.ellipse(centre, (height * 0.5 * size, height * 0.55 * size), green, 0.95, 0.35)


def _speckles(
    canvas: Canvas, eye: Eye, colour: Colour, count: int, depth: float, near: float = 2.5
) -> None:
    """Worn patches, so that a large flat ground does not look painted."""
    for number in range(count):
        roll = mix(count, number)
        z = near + (depth - near) * (roll % 1000 / 1000) ** 1.6
        x = ((roll >> 12) % 1000 / 1000 - 0.5) * z * 1.5
        wide = 0.4 + (roll >> 24) % 100 / 70
        size = eye.units_per_metre(z)
        flat = size * eye.height_m / z * wide * 0.7
        canvas.ellipse(eye.project((x, 0, z)), (wide * size, max(flat, 0.02)), colour, 0.35, 1.0)


def _parked_car(canvas: Canvas, eye: Eye, x: float, z: float, roll: int) -> None:
    colour = _CAR_COLOURS[roll % len(_CAR_COLOURS)]
    dark: Colour = (colour[0] * 0.6, colour[1] * 0.6, colour[2] * 0.6)
    eye.ground(canvas, (x - 1.0, x + 1.0), (z - 0.3, z + 4.2), (0.12, 0.12, 0.13), 0.5)
    eye.facing(canvas, (x - 0.62, x + 0.62), (0.7, 1.42), z + 2.6, (0.13, 0.16, 0.19))
    eye.ground(canvas, (x - 0.62, x + 0.62), (z + 1.4, z + 2.8), colour, y=1.42)
    slope = [
        (x - 0.82, 0.92, z + 0.7),
        (x + 0.82, 0.92, z + 0.7),
        (x + 0.62, 1.42, z + 1.4),
        (x - 0.62, 1.42, z + 1.4),
    ]
    eye.fill(canvas, slope, (0.20, 0.25, 0.29))
    eye.ground(canvas, (x - 0.85, x + 0.85), (z, z + 0.75), colour, y=0.92)
    eye.facing(canvas, (x - 0.88, x + 0.88), (0.28, 0.92), z, dark)
    for side in (-0.66, 0.46):
        eye.facing(canvas, (x + side, x + side + 0.22), (0.62, 0.78), z - 0.02, (0.85, 0.85, 0.80))
    eye.facing(canvas, (x - 0.28, x + 0.28), (0.40, 0.54), z - 0.02, (0.82, 0.82, 0.78))
    for side in (-0.84, 0.62):
        eye.facing(canvas, (x + side, x + side + 0.22), (0.0, 0.32), z + 0.02, (0.05, 0.05, 0.05))


def _shelter(canvas: Canvas, eye: Eye, x: float) -> None:
    eye.ground(canvas, (x - 1.8, x + 2.0), (5.8, 7.4), (0.2, 0.2, 0.2), 0.3)
    eye.facing(canvas, (x - 1.7, x + 1.7), (0.3, 2.3), 7.2, (0.66, 0.74, 0.77), 0.45)
    eye.facing(canvas, (x - 1.5, x + 1.5), (0.42, 0.52), 6.9, (0.46, 0.34, 0.24))
    for post in (-1.75, 1.65):
        eye.facing(canvas, (x + post, x + post + 0.1), (0, 2.4), 7.2, (0.28, 0.30, 0.32))
    eye.facing(canvas, (x - 2.0, x + 2.0), (2.35, 2.6), 6.2, (0.20, 0.24, 0.30))
    eye.facing(canvas, (x - 2.0, x + 2.0), (2.35, 2.42), 6.18, (0.80, 0.25, 0.20))
