"""The places that generated cameras look at: what stands still, by day and by night."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rta_viewer.demo.footage import backdrops_inside as inside
from rta_viewer.demo.footage import backdrops_outside as outside
from rta_viewer.demo.footage.backdrops_outside import Lamp
from rta_viewer.demo.footage.canvas import Canvas, Eye, Planes, Point3
from rta_viewer.demo.footage.lanes import Lane

_NIGHT = (0.15, 0.18, 0.26)


@dataclass(frozen=True, slots=True)
class Place:
    """One kind of place.

    Attributes:
        paint: Paints it by day; the lamps light it at night, rooms have none and are always lit.
        lanes: Where something moves.
    """

    eye: Eye
    paint: Callable[[Canvas, Eye], list[Lamp]]
    lanes: tuple[Lane, ...]

    @property
    def is_outside(self) -> bool:
        """It gets dark at night."""
        return self.paint.__module__ == outside.__name__


@dataclass(frozen=True, slots=True)
class Backdrop:
    """A painted place; ``night`` is None for rooms."""

    day: Planes
    night: Planes | None


def paint(place: Place, width: int, height: int, seed: int) -> Backdrop:
    """Paint a place; takes a good part of a second for a large picture."""
    canvas = Canvas(width, height)
    lamps = place.paint(canvas, place.eye)
    night = None
    if lamps:
        dark = canvas.lit(_NIGHT)
        light = Canvas(width, height)
        for lamp in lamps:
            light.glow(lamp.centre, lamp.radius, lamp.colour, lamp.strength)
        dark.rgb += canvas.rgb * np.minimum(light.rgb, 1.1)
        dark.finish(seed, grain=0.008)
        night = dark.planes()
    canvas.finish(seed)
    return Backdrop(canvas.planes(), night)


def _people(*ways: tuple[Point3, ...], every_s: float = 14.0) -> tuple[Lane, ...]:
    return tuple(
        Lane("person", points, 1.25 + 0.1 * number, every_s + 3.7 * number)
        for number, points in enumerate(ways)
    )


def _across(kind: str, far_m: float, depth_m: float, speed: float, every_s: float) -> Lane:
    """A vehicle that crosses the picture."""
    return Lane(kind, ((-far_m, 0, depth_m), (far_m, 0, depth_m)), speed, every_s)


PLACES: dict[str, Place] = {
    "entrance": Place(
        Eye(3.6, 2.9),
        outside.entrance,
        _people(
            ((-13, 0, 10.5), (13, 0, 10.5)),
            ((-9.0, 0, 7.0), (9.0, 0, 7.6)),
            ((0.6, 0, 15.4), (-3.5, 0, 4.2)),
            ((-1.2, 0, 15.4), (5.0, 0, 4.6)),
        ),
    ),
    "dock": Place(
        Eye(4.2, 2.6),
        outside.loading_dock,
        (
            *_people(((-12, 0, 13.0), (12, 0, 13.4)), ((-8, 0, 8.0), (9, 0, 10.0))),
            _across("truck", 19.0, 10.4, 2.6, 48.0),
        ),
    ),
    "car_park": Place(
        Eye(5.2, 2.0),
        outside.car_park,
        (
            _across("car", 24.0, 18.4, 5.2, 17.0),
            _across("car", 27.0, 21.4, 4.4, 29.0),
            *_people(((-11, 0, 9.2), (11, 0, 9.8)), ((-16, 0, 16.4), (15, 0, 16.8)), every_s=21.0),
        ),
    ),
    "fence": Place(
        Eye(3.4, 2.7, focal=11.0),
        outside.fence,
        (
            *_people(((-10, 0, 7.8), (10, 0, 7.8)), ((-14, 0, 13.5), (13, 0, 14.5)), every_s=16.0),
            _across("car", 28.0, 30.0, 9.0, 24.0),
        ),
    ),
    "platform": Place(
        Eye(3.8, 2.4, focal=9.0),
        outside.platform,
        (
            _across("tram", 46.0, 11.8, 7.5, 31.0),
            *_people(((-9, 0, 7.6), (9, 0, 7.6)), ((-8, 0, 6.0), (8, 0, 6.6)), every_s=13.0),
        ),
    ),
    "corridor": Place(
        Eye(2.5, 3.2, focal=11.0),
        inside.corridor,
        _people(
            ((0.6, 0, 28), (0.5, 0, 9.0), (1.75, 0, 6.6)),
            ((-1.75, 0, 9.2), (-0.7, 0, 11.0), (-0.4, 0, 28)),
            ((-1.75, 0, 5.0), (0.0, 0, 7.0), (1.75, 0, 10.8)),
            every_s=19.0,
        ),
    ),
    "hall": Place(
        Eye(3.5, 2.8, focal=11.0),
        inside.hall,
        _people(
            ((-10, 0, 10.5), (10, 0, 10.0)),
            ((1.5, 0, 20.5), (-2.0, 0, 3.9)),
            ((-2.5, 0, 20.5), (6.5, 0, 8.0)),
            ((-7, 0, 7.0), (7, 0, 6.6)),
        ),
    ),
    "aisle": Place(
        Eye(3.4, 3.0, focal=11.0),
        inside.aisle,
        (
            *_people(
                ((0.9, 0, 32), (0.8, 0, 9.0), (-0.8, 0, 9.0), (-0.9, 0, 32)),
                ((-0.4, 0, 32), (1.2, 0, 15.0), (1.2, 0, 14.0), (-0.4, 0, 32)),
                every_s=27.0,
            ),
            _across("cart", 2.6, 33.0, 0.8, 16.0),
        ),
    ),
    "stairs": Place(
        Eye(2.9, 3.1, focal=10.0),
        inside.stairs,
        _people(
            ((0.2, 0, 2.3), (0.6, 0, 5.9), (0.9, 2.2, 10.4), (3.1, 2.2, 11.2)),
            ((-3.1, 0, 7.9), (-2.4, 0, 5.0), (0.4, 0, 2.3)),
        ),
    ),
    "canteen": Place(
        Eye(3.0, 2.6, focal=10.0),
        inside.canteen,
        _people(
            ((-9.5, 0, 13.0), (9.5, 0, 13.0)),
            ((-8.5, 0, 7.8), (8.5, 0, 7.6)),
            ((0.0, 0, 13.4), (0.1, 0, 2.2)),
        ),
    ),
}
