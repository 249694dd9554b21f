"""Rooms: always lit, so their lamps are painted in."""

from rta_viewer.demo.footage.backdrops_outside import Lamp
from rta_viewer.demo.footage.canvas import Canvas, Colour, Eye
from rta_viewer.demo.world_schedule import mix

_BOX_COLOURS: tuple[Colour, ...] = (
    (0.66, 0.52, 0.35),
    (0.58, 0.45, 0.30),
    (0.72, 0.60, 0.43),
    (0.32, 0.42, 0.52),
    (0.50, 0.52, 0.50),
)


def corridor(canvas: Canvas, eye: Eye) -> list[Lamp]:
    """A long corridor with doors on both sides and a row of ceiling lights."""
    _box(
        canvas,
        eye,
        (-1.9, 1.9),
        2.9,
        30.0,
        ((0.42, 0.44, 0.46), (0.76, 0.76, 0.73), (0.80, 0.80, 0.79)),
    )
    for side in (-1.9, 1.9):
        eye.side(canvas, side, (0, 0.12), (0.8, 30), (0.30, 0.33, 0.36))
        eye.side(canvas, side, (0.9, 1.0), (0.8, 30), (0.36, 0.47, 0.53))
        for number in range(6):
            z = 4.5 + number * 4.2 + (1.6 if side > 0 else 0.0)
            _door(canvas, eye, side, z)
    for number in range(8):
        z = 2.2 + number * 3.6
        eye.ground(canvas, (-0.55, 0.55), (z, z + 1.3), (1.0, 1.0, 0.97), y=2.89)
        shine = eye.project((0, 0, z + 0.6))
        size = eye.units_per_metre(z)
        canvas.ellipse(shine, (0.9 * size, 0.35 * size), (0.75, 0.76, 0.76), 0.35, 1.0)
    eye.facing(canvas, (-0.95, 0.95), (0, 2.2), 29.9, (0.30, 0.36, 0.40))
    eye.facing(canvas, (-0.35, 0.35), (2.35, 2.62), 29.9, (0.15, 0.62, 0.34))
    return []


def hall(canvas: Canvas, eye: Eye) -> list[Lamp]:
    """A hall with pillars, a counter and machines along the wall, a polished floor."""
    _box(
        canvas,
        eye,
        (-11, 11),
        5.2,
        22.0,
        ((0.55, 0.54, 0.52), (0.74, 0.72, 0.68), (0.70, 0.71, 0.72)),
    )
    for number in range(-11, 12, 2):
        eye.ground(canvas, (number - 0.02, number + 0.02), (1, 22), (0.47, 0.46, 0.45), 0.6)
    for row in range(2, 22, 2):
        eye.ground(canvas, (-11, 11), (row, row + 0.04), (0.47, 0.46, 0.45), 0.6)
    eye.facing(canvas, (-8.5, 8.5), (0.0, 3.2), 21.9, (0.30, 0.37, 0.43))
    for x in range(-8, 8, 2):
        eye.facing(canvas, (x + 0.1, x + 1.9), (0.1, 3.1), 21.8, (0.62, 0.72, 0.78))
        eye.facing(canvas, (x + 0.1, x + 1.9), (1.4, 3.1), 21.7, (0.74, 0.82, 0.87))
    for x in range(-9, 10, 3):
        eye.ground(canvas, (x - 0.5, x + 0.5), (4, 21), (1.0, 0.99, 0.95), 0.75, y=5.15)
    for z in (18.0, 12.0):
        for side in (-7.0, 7.0):
            _pillar(canvas, eye, side, z)
    for number in range(5):
        near = 16.0 - number * 2.2
        eye.side(canvas, 8.2, (0, 1.9), (near, near + 1.2), (0.22, 0.27, 0.36))
        eye.side(canvas, 8.18, (1.0, 1.6), (near + 0.25, near + 0.95), (0.42, 0.74, 0.86))
    eye.facing(canvas, (-9.0, -4.0), (0, 1.15), 13.6, (0.46, 0.34, 0.24))
    eye.ground(canvas, (-9.2, -3.8), (13.4, 14.6), (0.83, 0.81, 0.77), y=1.2)
    eye.facing(canvas, (-9.2, -3.8), (1.08, 1.2), 13.4, (0.66, 0.64, 0.60))
    return []


def aisle(canvas: Canvas, eye: Eye) -> list[Lamp]:
    """Between two racks full of boxes."""
    _box(
        canvas,
        eye,
        (-3.4, 3.4),
        7.5,
        34.0,
        ((0.46, 0.465, 0.47), (0.40, 0.42, 0.44), (0.52, 0.54, 0.55)),
    )
    for x in (-1.75, 1.65):
        eye.ground(canvas, (x, x + 0.1), (1, 34), (0.88, 0.74, 0.18), 0.9)
    for side in (-2.2, 2.2):
        _rack(canvas, eye, side)
    for number in range(7):
        z = 3.0 + number * 4.6
        eye.ground(canvas, (-0.25, 0.25), (z, z + 2.4), (1.0, 1.0, 0.96), y=7.3)
        size = eye.units_per_metre(z + 1)
        canvas.ellipse(
            eye.project((0, 0, z + 1)), (1.5 * size, 0.5 * size), (0.72, 0.72, 0.70), 0.35, 1.0
        )
    eye.facing(canvas, (-2.2, 2.2), (0, 4.4), 33.8, (0.62, 0.66, 0.68))
    return []


def stairs(canvas: Canvas, eye: Eye) -> list[Lamp]:
    """A landing before a flight of stairs."""
    _box(
        canvas,
        eye,
        (-3.2, 3.2),
        4.6,
        13.0,
        ((0.50, 0.49, 0.47), (0.72, 0.71, 0.67), (0.78, 0.78, 0.76)),
    )
    for step in range(11):
        z, y = 6.0 + step * 0.42, step * 0.2
        eye.facing(canvas, (-1.9, 3.2), (y, y + 0.2), z, (0.47, 0.46, 0.45))
        eye.ground(canvas, (-1.9, 3.2), (z, z + 0.42), (0.66, 0.65, 0.62), y=y + 0.2)
        eye.facing(canvas, (-1.9, 3.2), (y + 0.16, y + 0.2), z - 0.01, (0.85, 0.74, 0.25))
    eye.side(canvas, 3.19, (2.2, 4.3), (10.6, 12.4), (0.20, 0.22, 0.25))
    rail_low, rail_high = (-1.9, 0.95, 5.8), (-1.9, 3.2, 10.6)
    canvas.line(eye.project(rail_low), eye.project(rail_high), 0.13, (0.24, 0.26, 0.29))
    for step in range(0, 12, 2):
        z, y = 6.0 + step * 0.42, step * 0.2
        canvas.line(
            eye.project((-1.9, y, z)), eye.project((-1.9, y + 1.0, z)), 0.07, (0.30, 0.32, 0.35)
        )
    eye.side(canvas, -3.2, (0, 2.2), (7.2, 8.8), (0.36, 0.44, 0.48))
    eye.side(canvas, -3.19, (2.35, 2.6), (7.7, 8.3), (0.15, 0.62, 0.34))
    for z in (3.0, 7.5):
        eye.ground(canvas, (-0.8, 0.8), (z, z + 1.4), (1.0, 1.0, 0.96), y=4.55)
        canvas.ellipse(eye.project((0, 0, z + 0.5)), (3.0, 0.9), (0.74, 0.73, 0.70), 0.30, 1.0)
    return []


def canteen(canvas: Canvas, eye: Eye) -> list[Lamp]:
    """Tables in rows, a serving counter at the back, tall windows on the left."""
    _box(
        canvas,
        eye,
        (-8, 8),
        3.6,
        16.0,
        ((0.57, 0.50, 0.42), (0.80, 0.77, 0.70), (0.84, 0.83, 0.80)),
    )
    for z in (3.0, 6.2, 9.4, 12.6):
        eye.side(canvas, -7.98, (0.9, 3.0), (z, z + 2.2), (0.80, 0.88, 0.93))
    eye.facing(canvas, (-2.0, 7.6), (0, 1.1), 14.2, (0.36, 0.40, 0.42))
    eye.ground(canvas, (-2.0, 7.6), (14.0, 15.0), (0.78, 0.79, 0.80), y=1.1)
    eye.facing(canvas, (-1.6, 7.2), (2.1, 3.1), 15.9, (0.20, 0.24, 0.24))
    for x in (-1.2, 1.7, 4.6):
        eye.facing(canvas, (x, x + 2.4), (2.25, 2.95), 15.85, (0.55, 0.58, 0.52))
    for z in (11.0, 8.4, 5.8):
        for x in (-5.4, -1.8, 1.8, 5.4):
            _table(canvas, eye, x, z)
    for z in (3.5, 7.5, 11.5):
        for x in (-3.6, 0.0, 3.6):
            eye.ground(canvas, (x - 0.4, x + 0.4), (z, z + 1.2), (1.0, 0.98, 0.90), y=3.55)
    return []


def _box(
    canvas: Canvas,
    eye: Eye,
    x: tuple[float, float],
    high: float,
    depth: float,
    colours: tuple[Colour, Colour, Colour],
) -> None:
    """Floor, walls and ceiling, darker towards the far end."""
    floor, wall, ceiling = colours
    canvas.rgb[:] = wall
    slices = 24
    for number in range(slices, 0, -1):
        near = depth * ((number - 1) / slices) ** 2 + 0.3
        far = depth * (number / slices) ** 2 + 0.3
        light = 1.0 - 0.42 * number / slices
        eye.ground(canvas, x, (near, far), _dim(floor, light))
        eye.ground(canvas, x, (near, far), _dim(ceiling, light), y=high)
        eye.side(canvas, x[0], (0, high), (near, far), _dim(wall, light * 0.94))
        eye.side(canvas, x[1], (0, high), (near, far), _dim(wall, light * 0.98))
    eye.facing(canvas, x, (0, high), depth + 0.3, _dim(wall, 0.62))


def _dim(colour: Colour, light: float) -> Colour:
    return colour[0] * light, colour[1] * light, colour[2] * light


def _door(canvas: Canvas, eye: Eye, x: float, z: float) -> None:
    inner = x * 0.995
    eye.side(canvas, inner, (0, 2.15), (z - 0.08, z + 1.08), (0.52, 0.54, 0.55))
    eye.side(canvas, x * 0.99, (0, 2.07), (z, z + 1.0), (0.50, 0.40, 0.30))
    eye.side(canvas, x * 0.985, (1.4, 1.9), (z + 0.62, z + 0.8), (0.60, 0.70, 0.75))
    eye.side(canvas, x * 0.985, (1.0, 1.06), (z + 0.1, z + 0.22), (0.80, 0.80, 0.80))


def _pillar(canvas: Canvas, eye: Eye, x: float, z: float) -> None:
    eye.ground(canvas, (x - 0.6, x + 0.6), (z - 2.4, z), (0.78, 0.77, 0.74), 0.25)
    eye.facing(canvas, (x - 0.45, x + 0.45), (0, 5.2), z, (0.82, 0.80, 0.76))
    eye.facing(canvas, (x - 0.45, x - 0.15), (0, 5.2), z - 0.01, (0.66, 0.65, 0.62))
    eye.facing(canvas, (x - 0.47, x + 0.47), (0, 0.25), z - 0.02, (0.34, 0.34, 0.34))


def _rack(canvas: Canvas, eye: Eye, x: float) -> None:
    for bay in range(10, -1, -1):
        z = 1.6 + bay * 3.0
        light = 1.0 - 0.045 * bay
        for shelf in range(4):
            y = 0.15 + shelf * 1.75
            eye.side(canvas, x * 1.02, (y, y + 1.7), (z, z + 3.0), _dim((0.10, 0.11, 0.12), light))
            _boxes(canvas, eye, x, y, z, light)
            eye.side(
                canvas, x * 0.995, (y - 0.14, y), (z, z + 3.0), _dim((0.84, 0.42, 0.12), light)
            )
        eye.side(canvas, x * 0.99, (0, 7.2), (z, z + 0.14), _dim((0.17, 0.30, 0.48), light))


def _boxes(canvas: Canvas, eye: Eye, x: float, y: float, z: float, light: float) -> None:
    for slot in range(3):
        roll = mix(round(x * 10), round(y * 10), round(z * 10), slot)
        if roll % 10 == 0:
            continue
        high = 0.7 + (roll >> 8) % 70 / 100
        near = z + 0.22 + slot * 0.92
        colour = _dim(_BOX_COLOURS[(roll >> 16) % len(_BOX_COLOURS)], light)
        eye.side(canvas, x, (y, y + high), (near, near + 0.82), colour)
        eye.side(
            canvas,
            x * 0.999,
            (y + high * 0.4, y + high * 0.55),
            (near + 0.25, near + 0.55),
            _dim((0.86, 0.85, 0.80), light),
        )


def _table(canvas: Canvas, eye: Eye, x: float, z: float) -> None:
    eye.ground(canvas, (x - 1.0, x + 1.0), (z - 0.1, z + 1.1), (0.26, 0.22, 0.18), 0.35)
    for chair in (-0.55, 0.55):
        eye.facing(
            canvas, (x + chair - 0.22, x + chair + 0.22), (0.45, 0.95), z + 1.3, (0.26, 0.36, 0.38)
        )
    for leg in (-0.8, 0.74):
        eye.facing(canvas, (x + leg, x + leg + 0.06), (0, 0.72), z + 0.2, (0.30, 0.30, 0.31))
    eye.ground(canvas, (x - 0.9, x + 0.9), (z, z + 0.95), (0.84, 0.79, 0.70), y=0.75)
    eye.facing(canvas, (x - 0.9, x + 0.9), (0.70, 0.75), z, (0.62, 0.57, 0.49))
    for chair in (-0.5, 0.5):
        eye.facing(
            canvas, (x + chair - 0.22, x + chair + 0.22), (0.42, 0.48), z - 0.35, (0.30, 0.42, 0.44)
        )
        eye.facing(
            canvas, (x + chair - 0.22, x + chair + 0.22), (0.48, 0.90), z - 0.5, (0.24, 0.34, 0.36)
        )
