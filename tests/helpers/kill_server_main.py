"""A recording server in a process of its own for the kill test: real protocol, quick small files, slow lines.

Prints one JSON line when ready. Answers each line on standard input with one that says how often each export
was ordered, by its watermark, and which requests came since ``forget``:

``hold before``, ``hold begun``
    The next order of an export is answered late, and begun after that, or before.
``forget``
    The requests so far.
``calm``
    No more slow lines.

Ends with standard input.
"""

import json
import random
import sys
import tempfile
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
_HELD_S = 1.0


class Packager:
    """A small video, made unlike any other by padding that depends on the order."""

    def __call__(
        self,
        world: World,
        camera_id: str,
        span: Span,
        target: Path,
        *,
        watermark: str | None,
        progress: Callable[[float], None],
        cancel: CancelToken,
        **_order: object,
    ) -> None:
        if watermark is not None:
            for step in range(5):
                cancel.wait(0.05)
                progress(step / 5)
        mark = f"{camera_id} {span} {watermark}"
        camera = world.camera(camera_id)
        assert camera
        padding = random.Random(mark).randbytes(_PADDING_BYTES)  # noqa: S311 - test data
        box = (len(padding) + 8).to_bytes(4, "big") + b"free" + padding
        target.write_bytes(video(CLIP_MS // 1000, camera.width, camera.height) + box)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="rta-viewer-kill-server-") as folder:
        world = small_world(Path(folder))
        camera = camera_named(world, sys.argv[1])
        span = recorded_span(world, camera.camera_id, 600_000)
        options = RestOptions(rate_limits=NO_LIMITS)
        cache = Path(folder) / "site"
        with DemoSite(world, cache_dir=cache, options=options, packager=Packager()) as site:
            for path in ("/download", "/file"):
                site.faults.drip(BYTES_PER_S, path=path, count=10**9)
            _say({"rest": site.rest_url, "camera": camera.camera_id, "start_ms": span.start_ms})
            for line in sys.stdin:
                _obey(site, line.strip())
                _say(_stats(site))


def _obey(site: DemoSite, word: str) -> None:
    if word == "calm":
        site.faults.clear()
    elif word == "forget":
        site.log.clear()
    elif word.startswith("hold "):
        site.faults.hold_order(_HELD_S, begun=word == "hold begun")


def _stats(site: DemoSite) -> dict[str, object]:
    orders = site.log.entries("/recordings/export", method="POST")
    return {
        "exports": Counter(request.watermark for request in site.exports.requests()),
        "requests": site.log.count(),
        "unanswered_orders": sum(not order.status for order in orders),
    }


def _say(document: object) -> None:
    sys.stdout.write(json.dumps(document) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
