"""A recording server in a process of its own for the kill test: real protocol, quick small files, slow lines.

Prints one JSON line when ready. Answers each line on standard input with one: ``stats`` (how often each
export was made, by its watermark), ``calm`` (no more slow lines). Ends with standard input.
"""

import json
import random
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.spans import Span
from rta_viewer.demo.rest.options import NO_LIMITS, RestOptions
from rta_viewer.demo.site import DemoSite
from rta_viewer.demo.world import World
from tests.helpers.job_recorder import video
from tests.helpers.worlds import camera_named, recorded_span, small_world

CLIP_MS = 3_000
BYTES_PER_S = 150_000.0
_PADDING_BYTES = 90_000


class Packager:
    """A small video, made unlike any other by padding that depends on the order."""

    def __init__(self) -> None:
        self.exports: Counter[str] = Counter()
        self._lock = threading.Lock()

    def __call__(
        self,
        world: World,
        camera_id: str,
        span: Span,
        target: Path,
        *,
        container: str,
        quality: str,
        include_audio: bool,
        watermark: str | None,
        progress: Callable[[float], None],
        cancel: CancelToken,
    ) -> None:
        if watermark is not None:
            with self._lock:
                self.exports[watermark] += 1
            for step in range(5):
                cancel.wait(0.05)
                progress(step / 5)
        mark = f"{camera_id} {span} {watermark}"
        padding = random.Random(mark).randbytes(_PADDING_BYTES)  # noqa: S311 - test data
        box = (len(padding) + 8).to_bytes(4, "big") + b"free" + padding
        target.write_bytes(video(CLIP_MS // 1000) + box)


def main() -> None:
    packager = Packager()
    with tempfile.TemporaryDirectory(prefix="rta-viewer-kill-server-") as folder:
        world = small_world(Path(folder))
        camera = camera_named(world, sys.argv[1])
        span = recorded_span(world, camera.camera_id, 600_000)
        options = RestOptions(rate_limits=NO_LIMITS)
        site = DemoSite(world, cache_dir=Path(folder) / "site", options=options, packager=packager)
        with site:
            for path in ("/download", "/file"):
                site.faults.drip(BYTES_PER_S, path=path, count=10**9)
            _say({"rest": site.rest_url, "camera": camera.camera_id, "start_ms": span.start_ms})
            for line in sys.stdin:
                if line.strip() == "calm":
                    site.faults.clear()
                _say({"exports": packager.exports, "requests": site.log.count()})
                site.log.clear()


def _say(document: object) -> None:
    sys.stdout.write(json.dumps(document) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
