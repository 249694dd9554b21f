"""The real chain: the embedded server in a process of its own, REST sign-in, RTSP, engine, libVLC."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import Recorder
from rta_viewer.core.secret import Secret
from rta_viewer.core.spans import Span
from rta_viewer.media.gop_cache import CachedGop, GopCache, GopCollector
from rta_viewer.media.rtsp.memory import Memories
from rta_viewer.media.rtsp.source import GrantUrl, RtspReplaySource
from rta_viewer.platform.system_clock import SystemClock
from rta_viewer.player.engine import EngineParts, StreamEngine
from rta_viewer.player.vlc_backend import VlcLibrary
from rta_viewer.vms import connect
from tests.benchmarks.playing.screen import Screen

_START_LIMIT_S = 60.0
_STOP_LIMIT_S = 10.0
_MARGIN_MS = 60_000


@dataclass
class Rig:
    """One tile: an engine, what it displays, and the cache that it uses."""

    camera_id: str
    engine: StreamEngine
    screen: Screen
    cache: GopCache


@dataclass
class Chain:
    """Everything between the footage and the pictures.

    Attributes:
        cameras: Ids by name.
        server_pid: Of the embedded server.
    """

    recorder: Recorder
    library: VlcLibrary
    cameras: dict[str, str]
    server_pid: int
    memories: Memories = field(default_factory=Memories)

    def grant(self, camera_id: str) -> GrantUrl:
        """Asks the server's REST side for a playback URL, as the window does."""

        def url(start_ms: int, end_ms: int, speed: int, cancel: CancelToken) -> str:
            span = Span(start_ms, end_ms)
            return self.recorder.playback(
                camera_id, span, speed=speed, skip_gaps=True, cancel=cancel
            ).url

        return url

    def source(self, camera: str, memories: Memories | None = None) -> RtspReplaySource:
        """A source without a connection."""
        return RtspReplaySource(
            self.grant(self.cameras[camera]),
            self.recorder.stream_access(),
            memories=memories or self.memories,
            sound=False,
        )

    @contextmanager
    def rig(self, camera: str, memories: Memories | None = None) -> Iterator[Rig]:
        """A tile of its own, with an empty cache."""
        screen, cache = Screen(), GopCache()
        camera_id = self.cameras[camera]
        source = self.source(camera, memories)
        parts = EngineParts(camera_id, source, self.library.backend, cache, SystemClock().now_ms)
        engine = StreamEngine(parts, screen)
        with closing(engine):
            yield Rig(camera_id, engine, screen, cache)
            # As at a sign-out: what the cache held is free before the engine gives freed memory back.
            cache.forget()

    def fill(self, rig: Rig, camera: str, span: Span) -> None:
        """Put the whole groups of pictures of the span into a tile's cache."""
        for gop in self._read(camera, span):
            rig.cache.put(rig.camera_id, gop)

    def _read(self, camera: str, span: Span) -> list[CachedGop]:
        cache = GopCache()
        collector = GopCollector(cache, camera)
        cancel = CancelToken()
        with closing(self.source(camera)) as source:
            stream = source.open(
                span.start_ms,
                span.end_ms + _MARGIN_MS,
                speed=1.0,
                key_frames_only=False,
                cancel=cancel,
            )
            for unit in stream.units():
                collector.add(unit)
                if unit.is_key and unit.instant_ms >= span.end_ms:
                    break
            collector.end(complete=True)
            stream.close()
        return cache.all_of(camera)


@contextmanager
def chain(recordings: Path, cache: Path) -> Iterator[Chain]:
    """Start the server over a folder of recordings, sign in, load libVLC."""
    with ExitStack() as closes:
        process, address = closes.enter_context(_server(recordings, cache))
        recorder = connect(address, "demo", Secret("demo"), clock=SystemClock())
        closes.enter_context(closing(recorder))
        cancel = CancelToken()
        recorder.sign_in(cancel)
        pages = list(recorder.cameras(cancel))
        cameras = {camera.name: camera.camera_id for page in pages for camera in page}
        library = closes.enter_context(closing(VlcLibrary()))
        yield Chain(recorder, library, cameras, process.pid)


@contextmanager
def _server(recordings: Path, cache: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    words = ["demo", "--server-only", "--recordings", str(recordings), "--cache", str(cache)]
    words += ["--port", "0", "--rtsp-port", "0", "--exit-with-stdin"]
    process = subprocess.Popen(
        [sys.executable, "-m", "rta_viewer", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdin, process.stdout:
        try:
            yield process, json.loads(_first_line(process.stdout.readline))["rest"]
        finally:
            process.stdin.close()
            try:
                process.wait(_STOP_LIMIT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _first_line(readline: Callable[[], bytes]) -> bytes:
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    thread = threading.Thread(target=lambda: lines.put(readline()), daemon=True)
    thread.start()
    line = lines.get(timeout=_START_LIMIT_S)
    thread.join()
    return line
