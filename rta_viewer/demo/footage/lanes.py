"""Who moves where, as a pure function of time."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rta_viewer.demo.footage.canvas import Point3
from rta_viewer.demo.world_schedule import mix

_STEP_M = 0.7


@dataclass(frozen=True, slots=True)
class Lane:
    """A way on which somebody passes now and then, in one direction or the other.

    Attributes:
        kind: ``person``, ``car``, ``truck`` or ``tram``.
        points: Where it begins, bends and ends, in metres; out of sight or at a door, at best.
        speed: Metres a second.
        every_s: One pass may begin in each such stretch of time; longer than a pass takes.
        chance: Percent of those in which one does.
    """

    kind: str
    points: tuple[Point3, ...]
    speed: float
    every_s: float
    chance: int = 80

    @property
    def length_m(self) -> float:
        """From the start to the end."""
        return sum(math.dist(here, there) for here, there in pairwise(self.points))

    def at(self, way_m: float) -> tuple[Point3, Point3]:
        """The point after so many metres, and the direction there."""
        for here, there in pairwise(self.points):
            length = math.dist(here, there)
            if way_m <= length:
                break
            way_m -= length
        share = min(way_m / length, 1.0)
        ahead = (there[0] - here[0], there[1] - here[1], there[2] - here[2])
        return (
            here[0] + ahead[0] * share,
            here[1] + ahead[1] * share,
            here[2] + ahead[2] * share,
        ), ahead


@dataclass(frozen=True, slots=True)
class Passing:
    """Somebody at an instant.

    Attributes:
        look: Any number; equal numbers look equal.
        step: Steps (or wheel turns) made so far, for the gait.
        to_the_right: Moves towards larger x; ``away``: towards larger z.
    """

    kind: str
    at: Point3
    look: int
    step: float
    to_the_right: bool
    away: bool


def passing(lanes: tuple[Lane, ...], seed: int, instant_ms: int) -> list[Passing]:
    """All that move at an instant, the farthest first."""
    found = [
        item
        for number, lane in enumerate(lanes)
        for item in _on_lane(lane, mix(seed, number), instant_ms)
    ]
    return sorted(found, key=lambda item: -item.at[2])


def _on_lane(lane: Lane, seed: int, instant_ms: int) -> Iterator[Passing]:
    turn_ms = round(lane.every_s * 1000)
    travel_ms = lane.length_m / lane.speed * 1000
    now_turn = instant_ms // turn_ms
    for turn in range(now_turn - int(travel_ms // turn_ms) - 1, now_turn + 1):
        roll = mix(seed, turn)
        since_ms = instant_ms - turn * turn_ms - (roll >> 8) % (turn_ms // 3)
        if roll % 100 >= lane.chance or not 0 <= since_ms < travel_ms:
            continue
        backwards = roll >> 40 & 1 == 1
        way_m = since_ms / 1000 * lane.speed
        at, ahead = lane.at(lane.length_m - way_m if backwards else way_m)
        yield Passing(
            lane.kind,
            at,
            roll >> 44,
            way_m / _STEP_M,
            (ahead[0] > 0) != backwards,
            (ahead[2] > 0) != backwards,
        )
