from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rta_viewer.media.file_source import FileReplaySource
from rta_viewer.media.gop_cache import GopCache
from rta_viewer.player.engine import EngineParts, StreamEngine
from rta_viewer.player.vlc_backend import VlcLibrary
from tests.helpers.coded_video import FIRST_MS, VideoKind, make_video
from tests.helpers.engines import EngineWatch


@pytest.fixture(scope="session")
def coded_video(tmp_path_factory: pytest.TempPathFactory) -> Callable[[VideoKind], Path]:
    """Makes each kind of video once a session."""
    made: dict[VideoKind, Path] = {}
    folder = tmp_path_factory.mktemp("coded")

    def get(kind: VideoKind) -> Path:
        if kind not in made:
            made[kind] = make_video(folder / f"{len(made)}.mp4", kind)
        return made[kind]

    return get


@pytest.fixture(scope="session")
def vlc() -> Iterator[VlcLibrary]:
    library = VlcLibrary()
    yield library
    library.close()


@pytest.fixture
def play(vlc: VlcLibrary) -> Iterator[Callable[..., tuple[StreamEngine, EngineWatch]]]:
    """Starts engines over a file or any source; closes them."""
    engines: list[StreamEngine] = []

    def start(path: Path | None = None, *, source: object = None, end_ms: int = FIRST_MS + 10**8):
        watch = EngineWatch()
        footage = source or FileReplaySource(path, FIRST_MS)
        parts = EngineParts("cam", footage, vlc.backend, GopCache(), lambda: end_ms)
        engine = StreamEngine(parts, watch)
        engines.append(engine)
        return engine, watch

    yield start
    for engine in engines:
        engine.close()
