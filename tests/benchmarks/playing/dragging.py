"""Previews while the operator drags, and steps by single pictures."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from rta_viewer.core.spans import Span
from tests.benchmarks.playing.chain import Chain, Rig
from tests.benchmarks.playing.footage import PICTURE_MS, Footage, picture_at
from tests.benchmarks.playing.screen import Shown
from tests.benchmarks.playing.seeks import seek

STEPS = (*([1] * 10), *([-1] * 20))
"""Forward, back to where it began, and on over the border of the group at times."""


@dataclass
class Waits:
    """How long pictures took, and how many were not what they were said to be.

    Attributes:
        first_ms: To the first new picture.
        exact_ms: To the picture of exactly the asked instant.
        forward_ms: As ``first_ms``, of steps forward.
        back_ms: Of steps back.
    """

    first_ms: list[float] = field(default_factory=list)
    exact_ms: list[float] = field(default_factory=list)
    forward_ms: list[float] = field(default_factory=list)
    back_ms: list[float] = field(default_factory=list)
    wrong: int = 0


def previews(
    chain: Chain, camera: str, footage: Footage, instants: Sequence[int], *, from_cache: bool
) -> Waits:
    """Drag to random places. The first picture may be the key picture before the asked one."""
    waits = Waits()
    with chain.rig(camera) as rig:
        seek(rig, instants[0], playing=False)
        if from_cache:
            chain.fill(rig, camera, Span(min(instants), max(instants) + 1))
        for instant_ms in instants[1:]:
            if not from_cache:
                rig.cache.forget()
            _preview(rig, instant_ms, footage, waits)
    return waits


def _preview(rig: Rig, instant_ms: int, footage: Footage, waits: Waits) -> None:
    expected_ms = picture_at(instant_ms)
    earliest_ms = expected_ms - footage.gop_pictures * PICTURE_MS

    def is_near(shown: Shown) -> bool:
        return shown.code_ms is not None and earliest_ms < shown.code_ms <= expected_ms

    rig.screen.forget()
    began_s = time.monotonic()
    rig.engine.scrub(instant_ms)
    first = rig.screen.wait_for(is_near)
    exact = rig.screen.wait_for(lambda shown: shown.code_ms == expected_ms)
    waits.first_ms.append((first.at_s - began_s) * 1000)
    waits.exact_ms.append((exact.at_s - began_s) * 1000)
    shown = rig.screen.shown()
    waits.wrong += sum(not is_near(each) or not is_honest(each) for each in shown)


def is_honest(shown: Shown) -> bool:
    """What the engine says of a picture is what the picture says of itself."""
    said_ms, code_ms = shown.said_ms, shown.code_ms
    return said_ms is not None and code_ms is not None and abs(said_ms - code_ms) < PICTURE_MS / 2


def steps(chain: Chain, camera: str, instants: Sequence[int]) -> Waits:
    """Stop somewhere and step; the first steps fetch what is missing of the group."""
    waits = Waits()
    with chain.rig(camera) as rig:
        for instant_ms in instants:
            rig.cache.forget()
            seek(rig, instant_ms, playing=False)
            at_ms = picture_at(instant_ms)
            for pictures in STEPS:
                at_ms += pictures * PICTURE_MS
                _step(rig, pictures, at_ms, waits)
    return waits


def _step(rig: Rig, pictures: int, expected_ms: int, waits: Waits) -> None:
    rig.screen.forget()
    began_s = time.monotonic()
    rig.engine.step(pictures)
    found = rig.screen.wait_for(lambda shown: shown.code_ms == expected_ms)
    took_ms = (found.at_s - began_s) * 1000
    waits.first_ms.append(took_ms)
    (waits.forward_ms if pictures > 0 else waits.back_ms).append(took_ms)
    waits.wrong += len(rig.screen.shown()) - 1
