"""How quickly and how truly the engine plays: ``python -m tests.benchmarks.playback [--json] [--quick]``.

Loopback, one machine: the embedded server in a process of its own, the viewer's own RTSP client, engine and
libVLC in this one, without a window. See README.md for the format and docs/playback.md for what it means.
"""

import logging
import sys
import tempfile
from pathlib import Path

from rta_viewer.platform.memory import share_one_heap
from rta_viewer.platform.paths import Paths
from tests.benchmarks import report
from tests.benchmarks.playing import footage, peers
from tests.benchmarks.playing.chain import chain
from tests.benchmarks.playing.plan import FULL, QUICK, Plan
from tests.benchmarks.playing.tables import CAMERA, SPARSE_CAMERA, Tables


def measure(into: report.Report, plan: Plan, cache: Path) -> None:
    """Make the footage, start the chain, fill the report."""
    report.say("footage …")
    file = footage.encoded(cache / "files", plan.footage)
    cameras = {f"Camera {number + 1}": file for number in range(max(1, plan.tiles))}
    assert CAMERA in cameras
    if plan.sparse is not None:
        cameras[SPARSE_CAMERA] = footage.encoded(cache / "files", plan.sparse)
    for name, version in peers.versions().items():
        into.add_peer(name, version)
    with tempfile.TemporaryDirectory(prefix="rta-viewer-benchmark-") as folder:
        footage.lay_out(Path(folder), cameras)
        with chain(Path(folder), cache / "server") as running:
            Tables(into, running, plan, file).run()


def main() -> int:
    share_one_heap()  # as the program does at its door
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr)
    cache = Paths().cache_dir / "benchmarks"
    return report.run(
        "playback",
        lambda into, options: measure(into, QUICK if options.quick else FULL, cache),
    )


if __name__ == "__main__":
    raise SystemExit(main())
