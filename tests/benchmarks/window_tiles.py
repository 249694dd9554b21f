"""Nine tiles of the real window in step, at 1x: how far apart are their pictures, and what does that cost?

``python -m tests.benchmarks.window_tiles SECONDS`` needs a screen and prints one JSON object. The embedded
server runs in a process of its own; nine cameras show the same footage, 640x360 at 25 pictures a second.
"""

import json
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from rta_viewer.app import demo_request, make_application
from rta_viewer.app.demo_process import DemoOptions, DemoProcess
from rta_viewer.app.program import Program
from rta_viewer.app.services import Services
from rta_viewer.cli.command import Context
from rta_viewer.cli.output import Output
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.playback import PlaybackState
from rta_viewer.platform.memory import share_one_heap
from rta_viewer.platform.paths import Paths
from rta_viewer.platform.system_clock import SystemClock
from rta_viewer.qt.gc import GuiGarbageCollector
from rta_viewer.tour import screen
from rta_viewer.tour.guide import Guide, Pause, Script, Until
from tests.benchmarks import report
from tests.benchmarks.playing import footage
from tests.benchmarks.playing.processes import usage

TILES = 9
_SETTLE_S = 5.0
_LOOK_EVERY_S = 0.5
_FILE_SECONDS = 120
_SIZE = (1920, 1080)


@dataclass
class Seen:
    """What was seen of the tiles."""

    spreads_ms: list[float] = field(default_factory=list)
    counted: int = 0
    looks: int = 0
    cpu_cores: float = 0.0
    memory_mib: float = 0.0
    failure: str = ""

    def document(self) -> dict[str, float | str]:
        return {
            "spread_p95_ms": report.p95(self.spreads_ms),
            "tiles_read": self.counted / max(1, self.looks),
            "cpu_cores": self.cpu_cores,
            "memory_mib": self.memory_mib,
            "failure": self.failure,
        }


def _script(program: Program, address: str, seconds: float, seen: Seen) -> Script:
    window = program.window
    before = usage()
    program.sign_in_with(demo_request(address))
    yield Until(lambda: len(window.tree.model.cameras()) >= TILES, "the cameras", 60)
    window.acts[f"layout_{TILES}"].trigger()
    for camera in window.tree.model.cameras()[:TILES]:
        program.open_camera(camera.camera_id)
    program.playback.seek(footage.FIRST_MS + 2_000)
    tiles = [tile for tile in window.grid.tiles if tile.camera is not None]
    playing = PlaybackState.PLAYING
    yield Until(lambda: all(tile.status.state is playing for tile in tiles), "nine tiles", 60)
    yield Pause(_SETTLE_S)
    first, began_s = usage(), time.monotonic()
    while time.monotonic() - began_s < seconds:
        codes = [look.instant_ms for look in screen.looks(tiles)]
        read = [code for code in codes if code is not None]
        seen.looks += 1
        seen.counted += len(read)
        if len(read) > 1:
            seen.spreads_ms.append(max(read) - min(read))
        yield Pause(_LOOK_EVERY_S)
    last = usage()
    seen.cpu_cores = ((last.cpu_s or 0) - (first.cpu_s or 0)) / (time.monotonic() - began_s)
    seen.memory_mib = (last.rss_mib or 0) - (before.rss_mib or 0)


def measure(seconds: float) -> Seen:
    """Play in a window on the screen."""
    cache = Paths().cache_dir / "benchmarks"
    file = footage.encoded(cache / "files", footage.Footage(_FILE_SECONDS, 50, 640, 360))
    seen = Seen()
    with tempfile.TemporaryDirectory(prefix="rta-viewer-benchmark-") as folder:
        recordings, profile = Path(folder) / "recordings", Paths(Path(folder) / "profile")
        footage.lay_out(recordings, {f"Camera {number + 1}": file for number in range(TILES)})
        profile.create()
        server = DemoProcess(
            DemoOptions(profile.config_dir.parent, recordings, cache=cache / "server")
        )
        try:
            cancel = CancelToken()
            address = server.wait_until_ready(cancel)
            app = make_application()
            collector = GuiGarbageCollector()
            collector.start()
            program = Program(Services(Context(profile, cancel, SystemClock(), Output())))
            program.window.resize(*_SIZE)
            program.start()
            collector.settle()
            guide = Guide(_script(program, address, seconds, seen))
            guide.finished.connect(program.quit)
            guide.start()
            app.exec()
            program.close()
            collector.stop()
            seen.failure = guide.failure
        finally:
            server.close()
    return seen


def main() -> int:
    share_one_heap()  # as the program does at its door
    seen = measure(float(sys.argv[1]))
    sys.stdout.write(json.dumps(seen.document()) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
