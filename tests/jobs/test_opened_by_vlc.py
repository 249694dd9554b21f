"""Delivered files, opened by VLC's own program: it shows the pictures that were asked for."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pytest

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.model import SaveRequest, Watermark
from rta_viewer.core.save_medium import VOLUME_BYTES, Medium
from rta_viewer.demo.site import DemoSite
from rta_viewer.jobs.engine import JobEngine
from rta_viewer.jobs.store import JobStore
from tests.helpers.job_orders import run_alone, submit
from tests.helpers.recorders import Naps, signed_in_recorder
from tests.helpers.site import running_site
from tests.helpers.vlc_program import pictures_in_vlc
from tests.helpers.worlds import camera_named, recorded_span

NEAR_MS = 200
"""VLC may show neither the last picture or two of an MKV or AVI nor, on a busy computer, the first."""


@dataclass
class Manager:
    """Saves from the embedded server."""

    site: DemoSite
    engine: JobEngine
    clock: ManualClock
    folder: Path

    def order(self, camera: str, container: str, kind: JobKind, text: str, seconds: int) -> Job:
        camera_id = camera_named(self.site.world, camera).camera_id
        request = SaveRequest(
            camera_id,
            recorded_span(self.site.world, camera_id, seconds * 1000),
            container=container,
            watermark=Watermark(text) if text else None,
        )
        return submit(
            self.engine,
            request,
            server=self.site.rest_url,
            folder=self.folder,
            file_name=f"{camera}.{container}",
            kind=kind,
        )

    def save(self, job: Job) -> Job:
        return run_alone(self.engine, self.clock, job, Naps())


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Manager]:
    with (
        running_site(tmp_path / "server") as site,
        signed_in_recorder(site.rest_url) as recorder,
    ):
        clock = ManualClock(site.world.clock.now_ms())
        store = JobStore(tmp_path / "jobs.db", clock)
        engine = JobEngine(store, lambda *_: recorder, clock)
        yield Manager(site, engine, clock, tmp_path / "saved")
        store.close()


@pytest.mark.parametrize(
    ("camera", "container", "kind", "text"),
    [
        ("Main entrance", "mp4", JobKind.CLIP, ""),
        ("Ticket hall", "mkv", JobKind.CLIP, ""),
        ("Reception desk", "avi", JobKind.CLIP, ""),
        ("Stairwell east", "mp4", JobKind.EXPORT, "{camera} {timestamp}"),
    ],
    ids=["mp4", "mkv-h265", "avi", "export-watermark"],
)
def test_vlc_shows_what_was_asked_for(
    manager: Manager, camera: str, container: str, kind: JobKind, text: str
) -> None:
    job = manager.save(manager.order(camera, container, kind, text, seconds=4))
    assert job.state is JobState.DONE
    shown = _instants_ms(job.path)
    assert job.span.start_ms <= shown[0] <= job.span.start_ms + NEAR_MS
    assert job.span.end_ms - NEAR_MS <= shown[-1] < job.span.end_ms
    _are_in_order(shown)


def test_vlc_shows_each_volume_by_itself(manager: Manager, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(VOLUME_BYTES, Medium.DVD, 100_000)
    monkeypatch.setattr("rta_viewer.jobs.volume_plan.FILE_COST_BYTES", 8_000)
    order = manager.order("Main entrance", "mp4", JobKind.CLIP, "", seconds=8)
    manager.engine.cancel(order.job_id)
    job = manager.save(
        manager.engine.add(
            replace(order, job_id="volumes", medium=Medium.DVD, file_name="large.mp4")
        )
    )
    assert job.state is JobState.DONE
    assert job.volume_count >= 2
    with ThreadPoolExecutor(2) as both:
        shown = list(both.map(_instants_ms, job.volumes))
    assert shown[0][0] <= job.span.start_ms + NEAR_MS
    assert shown[-1][-1] >= job.span.end_ms - NEAR_MS
    for one, following in pairwise(shown):
        assert 0 < following[0] - one[-1] <= 2 * NEAR_MS
    _are_in_order([instant_ms for one in shown for instant_ms in one])


def _instants_ms(path: Path) -> list[int]:
    codes = pictures_in_vlc(path)
    assert codes
    assert all(codes)
    return [code.instant_ms for code in codes if code is not None]


def _are_in_order(instants_ms: list[int]) -> None:
    steps = [after - before for before, after in pairwise(instants_ms)]
    # Now and then VLC shows one for longer.
    assert min(steps) >= 0
    assert max(steps) <= 2 * NEAR_MS
