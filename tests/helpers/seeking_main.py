"""``python -m tests.helpers.seeking_main FILE``: seeks often in a process of its own and tells what stays.

One JSON object: resident MiB more after the second lot of seeks than after the first, and by name of
their type the objects of players that are still there, engines closed both times.
"""

import collections
import gc
import json
import random
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

from rta_viewer.media.file_source import FileReplaySource
from rta_viewer.media.gop_cache import GopCache
from rta_viewer.platform.memory import share_one_heap
from rta_viewer.player.engine import EngineParts, StreamEngine
from rta_viewer.player.vlc_backend import VlcLibrary
from tests.benchmarks.playing.processes import holdings
from tests.helpers.coded_video import FIRST_MS
from tests.helpers.engines import EngineWatch

ENGINES = 2
SEEKS = (6, 24)
"""On each engine, before the first look and before the second."""

LENGTH_MS = 3_000
KEPT_TYPES = {"MediaPlayer", "EventManager", "PlaySession", "KeyWatch", "Located", "GroupDecoder"}
KEPT_TYPES |= {"_Run", "VoutBuffers", "PicturePool", "GatewayStream", "FeedMuxer", "StreamEngine"}


def seek_often(library: VlcLibrary, path: Path, seeks: int) -> None:
    """On several engines, one after the other; every other seek waits until libVLC shows pictures."""
    chance = random.Random(seeks)  # noqa: S311 - reproducible, not secret
    for _ in range(ENGINES):
        watch, cache = EngineWatch(), GopCache()
        source = FileReplaySource(path, FIRST_MS)
        parts = EngineParts("cam", source, library.backend, cache, lambda: FIRST_MS + 10**8)
        with closing(StreamEngine(parts, watch)) as engine:
            for number in range(seeks):
                at_ms = chance.randrange(LENGTH_MS) // 40 * 40 + FIRST_MS
                watch.forget()
                engine.seek(at_ms, playing=True)
                watch.wait(partial(_has_shown, at_ms))
                if number % 2:
                    watch.wait(_moves)
            cache.forget()
    library.flush(20)


def _has_shown(at_ms: int, watch: EngineWatch) -> bool:
    return any(one.read_ms == at_ms for one in watch.shown)


def _moves(watch: EngineWatch) -> bool:
    """LibVLC's pictures say nothing of their time."""
    return any(one.said_ms is None for one in watch.shown)


def main() -> int:
    share_one_heap()
    path = Path(sys.argv[1])
    with closing(VlcLibrary()) as library:
        seek_often(library, path, SEEKS[0])
        before = holdings()
        seek_often(library, path, SEEKS[1])
        after = holdings()
    kinds = collections.Counter(type(each).__name__ for each in gc.get_objects())
    left = {
        "mib": (after.rss_mib or 0) - (before.rss_mib or 0),
        "threads": after.threads - before.threads,
        "files": after.files - before.files,
        "objects": {name: count for name, count in kinds.items() if name in KEPT_TYPES},
    }
    json.dump(left, sys.stdout)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
