from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rta_viewer.media.file_source import FileReplaySource
from rta_viewer.media.gop_cache import GopCache
from rta_viewer.player.engine import EngineParts, StreamEngine
from rta_viewer.player.vlc_backend import VlcLibrary
from tests.helpers.coded_fixture import coded_video
from tests.helpers.coded_video import FIRST_MS
from tests.helpers.engines import EngineWatch

__all__ = ["coded_video", "play", "vlc"]


@pytest.fixture(scope="session")
def vlc() -> Iterator[VlcLibrary]:
    library = VlcLibrary()
    yield library
    library.close()


@pytest.fixture
def play(vlc: VlcLibrary) -> Iterator[Callable[..., tuple[StreamEngine, EngineWatch]]]:
    """Starts engines over a file or any source; closes them."""
    engines: list[StreamEngine] = []

    def start(
        path: Path | None = None,
        *,
        source: object = None,
        end_ms: int = FIRST_MS + 10**8,
        watch: EngineWatch | None = None,
    ):
        watch = watch or EngineWatch()
        footage = source or FileReplaySource(path, FIRST_MS)
        parts = EngineParts("cam", footage, vlc.backend, GopCache(), lambda: end_ms)
        engine = StreamEngine(parts, watch)
        engines.append(engine)
        return engine, watch

    yield start
    for engine in engines:
        engine.close()
