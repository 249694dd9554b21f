"""How often and how long each thing is measured."""

from dataclasses import dataclass

from tests.benchmarks.playing.footage import Footage


@dataclass(frozen=True)
class Plan:
    """Counts, and seconds of wall clock for ``play_s``."""

    footage: Footage
    warm: int
    cold: int
    cached: int
    paused: int
    floor: int
    ffmpeg: int
    previews: int
    steps: int
    play_s: float
    leak_seeks: int
    sparse: Footage | None = None
    sparse_seeks: int = 0
    sparse_play_s: float = 5.0
    tiles: int = 0


FULL = Plan(
    footage=Footage(seconds=100),
    warm=80,
    cold=30,
    cached=30,
    paused=30,
    floor=30,
    ffmpeg=12,
    previews=100,
    steps=8,
    play_s=10.0,
    leak_seeks=1000,
    sparse=Footage(seconds=60, gop_pictures=250),
    sparse_seeks=30,
    tiles=4,
)

QUICK = Plan(
    footage=Footage(seconds=30),
    warm=12,
    cold=4,
    cached=3,
    paused=3,
    floor=4,
    ffmpeg=2,
    previews=15,
    steps=1,
    play_s=2.0,
    leak_seeks=24,
)
