"""Does seeking leave anything behind?"""

import random
import time
from dataclasses import dataclass

from rta_viewer.media.rtsp.memory import Memories
from tests.benchmarks.playing import processes
from tests.benchmarks.playing.chain import Chain
from tests.benchmarks.playing.footage import Footage
from tests.benchmarks.playing.seeks import places, seek

_SETTLED_S = 3.0
"""The player gives memory back two seconds after the last tile was closed."""

_ENGINES = 4
"""The seeks are shared out: closing engines must leave nothing behind either."""


@dataclass(frozen=True)
class LeftBehind:
    """Afterwards, compared with before."""

    seeks: int
    threads: int
    files: int
    rss_growth_pct: float | None
    wrong: int


def left_behind(chain: Chain, camera: str, footage: Footage, seeks: int) -> LeftBehind:
    """Seek a tenth as often first, so that what is made only once is there; then measure."""
    _seek_often(chain, camera, footage, max(4, seeks // 10), seed=1)
    before = processes.holdings()
    wrong = _seek_often(chain, camera, footage, seeks, seed=2)
    after = processes.holdings()
    growth = None
    if before.rss_mib is not None and after.rss_mib is not None:
        growth = max(0.0, (after.rss_mib / before.rss_mib - 1) * 100)
    return LeftBehind(
        seeks, after.threads - before.threads, after.files - before.files, growth, wrong
    )


def _seek_often(chain: Chain, camera: str, footage: Footage, count: int, seed: int) -> int:
    """Playing and paused, waiting for libVLC or clicking on before it came; returns wrong pictures."""
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    wrong = 0
    instants = places(footage, count, seed)
    for number in range(_ENGINES):
        with chain.rig(camera, Memories()) as rig:
            for instant_ms in instants[number::_ENGINES]:
                playing, moving = chance.random() < 0.8, chance.random() < 0.3
                wrong += seek(rig, instant_ms, playing=playing, moving=moving).wrong
    chain.library.flush(10)
    time.sleep(_SETTLED_S)
    return wrong
