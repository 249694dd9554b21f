"""Playing on: is it the asked speed, is every picture displayed, does the playhead tell the truth?"""

import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from tests.benchmarks.playing import processes
from tests.benchmarks.playing.chain import Chain, Rig
from tests.benchmarks.playing.footage import FIRST_MS, PICTURE_MS
from tests.benchmarks.playing.report_values import difference
from tests.benchmarks.playing.screen import MissedError, Shown
from tests.benchmarks.playing.seeks import seek

_SAMPLE_S = 0.02
_START_MS = 500
_START_LIMIT_S = 4.0
_FEW_PICTURES = 3


@dataclass
class Run:
    """One tile that played for a while.

    Attributes:
        speed: Seconds of recording in a second, by the codes of the displayed pictures.
        said: What the engine said of its speed at the end.
        seconds: From the first picture that libVLC displayed to the end.
        pictures: Different ones displayed.
        lost: Of the footage between the first and the last, never displayed.
        wrong: Displayed out of order, or unreadable.
        playhead_ms: How far the position was from the picture on the screen, at each look.
    """

    speed: float
    said: float | None
    seconds: float
    pictures: int
    lost: int
    wrong: int
    playhead_ms: list[float] = field(default_factory=list)


@dataclass
class Load:
    """What a run cost; None where the system does not tell."""

    own_cpu_s: float | None
    server_cpu_s: float | None
    rss_mib: float | None


def play(
    chain: Chain, cameras: Sequence[str], speed: float, seconds: float
) -> tuple[list[Run], Load]:
    """Play on one tile or several at once and watch."""
    with ExitStack() as closes:
        rigs = [closes.enter_context(chain.rig(camera)) for camera in cameras]
        for rig in rigs:
            rig.engine.set_speed(speed)
            seek(rig, FIRST_MS + _START_MS, moving=False)
        for rig in rigs:
            # Where nothing ever moves, the figures say so.
            with suppress(MissedError):
                rig.screen.wait_for(lambda shown: shown.said_ms is None, _START_LIMIT_S)
        own, server = processes.usage(), processes.usage(chain.server_pid)
        playheads = _watch(rigs, seconds)
        end_s = time.monotonic()
        runs = [_evaluate(rig, end_s, errors) for rig, errors in zip(rigs, playheads, strict=True)]
        own_after, server_after = processes.usage(), processes.usage(chain.server_pid)
        load = Load(
            difference(own_after.cpu_s, own.cpu_s),
            difference(server_after.cpu_s, server.cpu_s),
            own_after.rss_mib,
        )
    return runs, load


def _watch(rigs: Sequence[Rig], seconds: float) -> list[list[float]]:
    """Look at each tile's picture and position in turns."""
    errors: list[list[float]] = [[] for _ in rigs]
    end_s = time.monotonic() + seconds
    while time.monotonic() < end_s:
        for rig, found in zip(rigs, errors, strict=True):
            shown, position_ms = rig.screen.last(), rig.engine.position_ms()
            if shown is not None and shown.code_ms is not None and position_ms is not None:
                found.append(abs(position_ms - shown.code_ms))
        time.sleep(_SAMPLE_S)
    return errors


def _evaluate(rig: Rig, end_s: float, playhead_ms: list[float]) -> Run:
    shown = rig.screen.shown()
    codes = [each.code_ms for each in shown if each.code_ms is not None]
    if not codes:
        raise MissedError(f"nothing was displayed: {rig.engine.status()}")
    in_order = sorted(set(codes))
    expected = (in_order[-1] - in_order[0]) // PICTURE_MS + 1
    backwards = sum(later < earlier for earlier, later in pairwise(codes))
    moving = _moving(shown)
    return Run(
        speed=_slope(moving),
        said=rig.engine.status().speed_effective,
        seconds=end_s - (moving[0] if moving else shown[0]).at_s,
        pictures=len(in_order),
        lost=expected - len(in_order),
        wrong=backwards + len(shown) - len(codes),
        playhead_ms=playhead_ms,
    )


def _moving(shown: Sequence[Shown]) -> list[Shown]:
    """What libVLC displayed: the first picture stands until libVLC has caught up."""
    return [each for each in shown if each.said_ms is None and each.code_ms is not None]


def _slope(shown: Sequence[Shown]) -> float:
    """By least squares over all pictures, so that no single late one decides; 0 when nothing moved."""
    if len(shown) < _FEW_PICTURES:
        return 0.0
    at_s = np.array([each.at_s for each in shown])
    code_s = np.array([(each.code_ms or 0) - FIRST_MS for each in shown]) / 1000
    return float(np.polyfit(at_s - at_s[0], code_s, 1)[0])
