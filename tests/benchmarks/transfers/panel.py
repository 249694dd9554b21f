"""Thousands of jobs in a real store: how long the list takes to open, and to show what has changed.

Opening is everything between the click and the picture: opening the store, reading its jobs, filling the
rows, painting.
An update is what the GUI thread does for one delivery of news: eight transfers that got on, a job that
ended and one that began, with the rows sorted and painted again.
"""

import os
import tempfile
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, qVersion
from PySide6.QtWidgets import QApplication

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.spans import Span
from rta_viewer.jobs.board import Board
from rta_viewer.jobs.store import JobStore
from rta_viewer.qt.gc import GuiGarbageCollector
from rta_viewer.ui.jobs.panel import JobsPanel
from rta_viewer.ui.theme import theme as themes
from rta_viewer.ui.theme.theme import DARK_THEME
from tests.benchmarks import report
from tests.helpers.ui_world import MINUTE_MS, NOW_MS, job

_OPENINGS = 9
_RUNNING = 8
_WAITING = 400
_ENDED = (JobState.DONE, JobState.DONE, JobState.FAILED, JobState.DIFFERS, JobState.CANCELLED)


def measure_panel(into: report.Report, count: int, updates: int) -> None:
    app = QApplication.instance() or QApplication(["jobs"])
    assert isinstance(app, QApplication)
    themes.apply(app, DARK_THEME)
    into.add_peer("Qt", qVersion())
    # As in the window: nobody looks for garbage while the list is made.
    with tempfile.TemporaryDirectory() as folder, ExitStack() as closes:
        collector = GuiGarbageCollector()
        closes.callback(collector.stop)
        collector.start()
        path, clock = Path(folder) / "jobs.db", ManualClock(NOW_MS)
        _fill(path, clock, count)
        opened = [_open(path, clock)[0] for _ in range(_OPENINGS)]
        into.add("panel_open_ms", report.p50(opened), "ms", at_most=300)
        _, panel, jobs = _open(path, clock)
        taken = _update(panel, jobs, clock, updates)
        into.add("panel_update_ms", report.p95(taken), "ms", at_most=5)
        into.add("panel_update_p50_ms", report.p50(taken), "ms")
        into.add("panel_search_ms", report.p95(_search(panel)), "ms")
        panel.close()
        panel.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _fill(path: Path, clock: ManualClock, count: int) -> None:
    store = JobStore(path, clock)
    # One transaction: thousands of flushed ones measure the disk.
    store._connection.execute("BEGIN")
    for number in range(count):
        store._connection.execute(*_insert(_job(number)))
    store._connection.execute("COMMIT")
    store.close()


def _insert(one: Job) -> tuple[str, dict[str, object]]:
    from rta_viewer.jobs.rows import job_row
    from rta_viewer.jobs.store import _UPSERT

    return _UPSERT, job_row(one)


def _job(number: int) -> Job:
    if number < _RUNNING:
        state = JobState.FETCHING
    elif number < _RUNNING + _WAITING:
        state = JobState.QUEUED
    else:
        state = _ENDED[number % len(_ENDED)]
    start_ms = NOW_MS - number * 7 * MINUTE_MS
    return job(
        number,
        state,
        kind=JobKind.EXPORT if number % 3 else JobKind.CLIP,
        camera_name=f"Camera {number % 300}",
        span=Span(start_ms, start_ms + 5 * MINUTE_MS),
        total_bytes=1_000_000_000,
        received_bytes=1_000_000,
        updated_ms=NOW_MS - number * 1000,
        reason="The server closed the connection." if state is JobState.FAILED else "",
    )


def _open(path: Path, clock: ManualClock) -> tuple[float, JobsPanel, list[Job]]:
    began_s = time.perf_counter()
    # The store reads its jobs when it is opened, to see whether they make sense.
    store = JobStore(path, clock)
    board = Board(store, clock)
    panel = JobsPanel(DARK_THEME, clock)
    themes.dress(panel, DARK_THEME)
    panel.resize(380, 800)
    jobs = board.jobs()
    panel.model.set_jobs(jobs)
    panel.show()
    panel.grab()
    took_ms = (time.perf_counter() - began_s) * 1000
    store.close()
    return took_ms, panel, jobs


def _update(panel: JobsPanel, jobs: list[Job], clock: ManualClock, updates: int) -> list[float]:
    running, rest = jobs[:_RUNNING], jobs[_RUNNING:]
    taken: list[float] = []
    for number in range(updates):
        clock.advance(0.2)
        grown = [replace(one, received_bytes=one.received_bytes + 1_000_000) for one in running]
        ended = replace(grown[0], state=JobState.DONE, updated_ms=clock.now_ms())
        begun = replace(rest[number % _WAITING], state=JobState.FETCHING)
        running = [*grown[1:], begun]
        began_s = time.perf_counter()
        panel.model.update_jobs([*grown[1:], ended, begun])
        QCoreApplication.sendPostedEvents()
        panel.view.viewport().repaint()
        taken.append((time.perf_counter() - began_s) * 1000)
    return taken


def _search(panel: JobsPanel) -> list[float]:
    taken = []
    for word in ("camera 29", "2025-10-1", "export clip 77", "zzz"):
        for end in range(1, len(word) + 1):
            began_s = time.perf_counter()
            panel.filters.search.setText(word[:end])
            panel.grab()
            taken.append((time.perf_counter() - began_s) * 1000)
    panel.filters.search.clear()
    return taken
