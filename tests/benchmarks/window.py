"""How quick the window is. ``python -m tests.benchmarks.window [--json] [--quick]``.

Widgets without a screen, made-up cameras and recordings; only ``start_s`` starts the whole program, in a
process of its own, and ``gui_block_max_ms`` comes from a whole tour. ``--quick`` leaves the tour out. See
README.md for the format.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, qVersion
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from rta_viewer.core.model import (
    Availability,
    CameraGroup,
    Gap,
    Recording,
    RecordingEvent,
    RecordingKind,
)
from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import DAY_MS
from rta_viewer.ui.camera_tree.panel import CameraTreePanel
from rta_viewer.ui.theme import theme as themes
from rta_viewer.ui.theme.theme import DARK_THEME
from rta_viewer.ui.timeline.bands import BandBook
from rta_viewer.ui.timeline.canvas import TimelineCanvas
from rta_viewer.ui.timeline.scene import TimelineCamera
from rta_viewer.ui.timeline.segments import answer_of
from tests.benchmarks import report
from tests.benchmarks.timeline_requests import requests
from tests.helpers.display import screen
from tests.helpers.ui_world import NOW_MS, cameras

_MIB = 1024 * 1024


def _rss_bytes() -> float:
    """What the process holds now; the peak where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return pages * resource.getpagesize()


def _recordings(camera_id: str, window: Span, spans: int, seed: int) -> Availability:
    """So many recordings and gaps, alternating, none as long as another."""
    length = window.duration_ms // spans
    recorded: list[Recording] = []
    gaps: list[Gap] = []
    for index in range(spans // 2):
        begin = window.start_ms + 2 * index * length
        middle = begin + length // 2 + (index * 7919 + seed * 104_729) % length
        kind = RecordingKind.MOTION if (index + seed) % 3 == 0 else RecordingKind.CONTINUOUS
        recorded.append(Recording(Span(begin, middle), kind))
        reason = ("camera_offline", "motion_recording_no_motion")[index % 2]
        gaps.append(Gap(Span(middle, begin + 2 * length), reason))
    return Availability(camera_id, window, tuple(recorded), tuple(gaps))


def _events(window: Span, count: int, seed: int) -> list[RecordingEvent]:
    step = window.duration_ms / count
    kinds = ("motion", "tampering", "audio")
    return [
        RecordingEvent(
            f"e{seed}-{index}",
            kinds[index % 3],
            Span(at := round(window.start_ms + index * step), at + 5_000),
        )
        for index in range(count)
    ]


def _movements(canvas: TimelineCanvas, rounds: int) -> Iterator[str]:
    """What somebody does who looks for something: in, about, out, from the month to the minute."""
    for _ in range(rounds):
        for _ in range(24):
            canvas.zoom(1 / 1.5)
            yield "zoom"
            for _ in range(3):
                canvas.show_window(_moved(canvas.scale.span, 37))
                yield "drag"
        for _ in range(24):
            canvas.zoom(1.5)
            yield "zoom"


def _moved(span: Span, part: int) -> Span:
    by_ms = max(1, span.duration_ms // part)
    return Span(span.start_ms - by_ms, span.end_ms - by_ms)


def timeline(into: report.Report, rounds: int) -> None:
    """16 cameras, 31 days, 100,000 spans and 50,000 events at 1920 pixels."""
    window = Span(NOW_MS - 31 * DAY_MS, NOW_MS)
    canvas = TimelineCanvas(DARK_THEME, BandBook())
    canvas.set_zone(ZoneInfo("Europe/Copenhagen"))
    canvas.set_cameras([TimelineCamera(f"c{n}", f"Camera {n}") for n in range(16)])
    prepared: list[float] = []
    merged: list[float] = []
    for number in range(16):
        answer = _recordings(f"c{number}", window, 100_000 // 16, number)
        found = _events(window, 50_000 // 16, number)
        began_s = time.perf_counter()
        sorted_out = answer_of(answer)
        prepared.append((time.perf_counter() - began_s) * 1000)
        began_s = time.perf_counter()
        canvas.set_availability(sorted_out)
        canvas.set_events(f"c{number}", window, found)
        merged.append((time.perf_counter() - began_s) * 1000)
    canvas.resize(1920, canvas.sizeHint().height())
    canvas.show()
    canvas.show_window(window)
    canvas.set_now(NOW_MS)
    canvas.set_playhead(float(NOW_MS - DAY_MS))
    image = QImage(canvas.size(), QImage.Format.Format_RGB32)
    canvas.render(image)
    taken: dict[str, list[float]] = {"zoom": [], "drag": [], "play": []}
    for kind in _movements(canvas, rounds):
        began_s = time.perf_counter()
        canvas.render(image)
        taken[kind].append((time.perf_counter() - began_s) * 1000)
        canvas.set_playhead(canvas.playhead_ms)
        began_s = time.perf_counter()
        canvas.render(image)
        taken["play"].append((time.perf_counter() - began_s) * 1000)
    everything = [*taken["zoom"], *taken["drag"]]
    into.add("timeline_paint_p95_ms", report.p95(everything), "ms", at_most=8)
    into.add("timeline_paint_p50_ms", report.p50(everything), "ms")
    into.add("timeline_zoom_p95_ms", report.p95(taken["zoom"]), "ms")
    into.add("timeline_drag_p95_ms", report.p95(taken["drag"]), "ms")
    into.add("timeline_playing_p95_ms", report.p95(taken["play"]), "ms")
    into.add("timeline_prepare_p95_ms", report.p95(prepared), "ms")
    into.add("timeline_merge_p95_ms", report.p95(merged), "ms", at_most=50)
    canvas.close()
    canvas.deleteLater()


def tree(into: report.Report, count: int) -> None:
    """10,000 cameras in 200 groups, page by page; then a search, letter by letter."""
    known = cameras(count)
    groups = [
        CameraGroup(f"g{n}", f"Group {n}", camera_ids=tuple(c.camera_id for c in known[n::200]))
        for n in range(200)
    ]
    before = _rss_bytes()
    panel = CameraTreePanel(DARK_THEME)
    themes.dress(panel, DARK_THEME)
    panel.resize(300, 800)
    panel.show()
    began_s = time.perf_counter()
    panel.begin(groups)
    for first in range(0, count, 100):
        panel.add_cameras(known[first : first + 100])
    panel.finish()
    panel.grab()
    into.add("tree_load_s", time.perf_counter() - began_s, "s", at_most=1)
    keys: list[float] = []
    for word in ("camera 99", "entrance", "building 2 corridor", "zzz", "9"):
        for end in (*range(1, len(word) + 1), *range(len(word) - 1, -1, -1)):
            began_s = time.perf_counter()
            panel.search.setText(word[:end])
            panel.grab()
            keys.append((time.perf_counter() - began_s) * 1000)
    into.add("tree_key_p95_ms", report.p95(keys), "ms", at_most=50)
    into.add("tree_key_p50_ms", report.p50(keys), "ms")
    into.add("tree_memory_mb", (_rss_bytes() - before) / _MIB, "MiB", at_most=100)
    panel.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def start(into: report.Report, times: int) -> None:
    """From the command to a window that has been painted; the first start warms the disk's cache."""
    taken: list[float] = []
    worked: list[float] = []
    with tempfile.TemporaryDirectory(prefix="rta-viewer-benchmark-") as folder:
        # As it is installed: with its byte code, whatever the environment says about that.
        env = {key: value for key, value in os.environ.items() if "BYTECODE" not in key}
        env["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "bytecode")
        for _ in range(times + 1):
            command = [sys.executable, "-m", "tests.benchmarks.window_start", folder]
            done = subprocess.run(
                [*command, str(time.time())],
                check=True,
                env=env,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
            took_s, cpu_s = done.stdout.split()
            taken.append(float(took_s))
            worked.append(float(cpu_s))
    into.add("start_s", report.p50(taken[1:]), "s", at_most=1.5)
    into.add("start_cpu_s", report.p50(worked[1:]), "s")


def tiles(into: report.Report, seconds: int) -> None:
    """Nine tiles of a real window in step, their time codes read from the screen."""
    with screen() as env:
        command = [sys.executable, "-m", "tests.benchmarks.window_tiles", str(seconds)]
        done = subprocess.run(
            command, env=env, check=True, stdout=subprocess.PIPE, encoding="utf-8"
        )
    told = json.loads(done.stdout)
    if told["failure"]:
        raise RuntimeError(told["failure"])
    into.add("tiles_spread_p95_ms", told["spread_p95_ms"], "ms", at_most=100)
    into.add("tiles_read_from_screen", told["tiles_read"], "tiles", at_least=8.5)
    into.add("tiles_cpu", told["cpu_cores"], "cores")
    into.add("tiles_memory_mb", told["memory_mib"], "MiB")


def tour(into: report.Report) -> None:
    """How long the window ever stood still while the tour walked through it."""
    with tempfile.TemporaryDirectory(prefix="rta-viewer-benchmark-") as folder, screen() as env:
        walk = [sys.executable, "-m", "rta_viewer", "--profile", folder, "tour", "--out", folder]
        done = subprocess.run(walk, env=env, check=False, stdout=subprocess.PIPE, encoding="utf-8")
        told = json.loads((Path(folder) / "tour.json").read_text(encoding="utf-8"))
    figures = told["figures"]
    into.add("gui_block_max_ms", figures["gui_block_max_ms"], "ms", at_most=50)
    for name in ("gui_block_max_cpu_ms", "gui_block_with_system_max_ms", "gui_work_max_ms"):
        into.add(name, figures[name], "ms")
    report.say(f"  most work: {told['most_work']}")
    for block in told["blocks"]:
        report.say(
            f"  stood still {block['blocked_ms']:.0f} ms, {block['cpu_ms']:.0f} ms of it work,"
            f" {block['starved_ms']:.0f} ms more without a processor: {block['during']}"
        )
    if done.returncode:
        wrong = next((step for step in told["steps"] if not step["pass"]), {"name": "its end"})
        msg = f"the tour did not get beyond {wrong['name']}"
        raise RuntimeError(msg)


def measure(into: report.Report, options: report.Options) -> None:
    """All parts."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    themes.apply(app, DARK_THEME)
    into.add_peer("Qt", qVersion())
    quick = options.quick
    into.measure("Timeline", lambda: timeline(into, 1 if quick else 4))
    into.measure("Requests", lambda: requests(into, 6 if quick else 60))
    into.measure("Camera tree", lambda: tree(into, 10_000))
    into.measure("Start", lambda: start(into, 2 if quick else 5))
    into.measure("Nine tiles", lambda: tiles(into, 5 if quick else 60))
    if not quick:
        into.measure("Tour", lambda: tour(into))


def main() -> int:
    return report.run("window", measure)


if __name__ == "__main__":
    raise SystemExit(main())
