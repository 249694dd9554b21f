import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.model import ExportState
from rta_viewer.demo.exports import AT_ONCE, LIFETIME_MS, Estimate, ExportJobs, ExportView
from rta_viewer.demo.package_store import PackageRequest
from rta_viewer.demo.world import World
from rta_viewer.errors import BusyError, MediaError
from tests.helpers.log_watch import LogWatch
from tests.helpers.packagers import FakePackager
from tests.helpers.worlds import camera_named, recorded_span, small_world


class Bench:
    """Exports of a small world by a fake packager."""

    def __init__(self, tmp_path: Path, max_bytes: int = 10**9) -> None:
        self.world: World = small_world(tmp_path)
        self.folder = tmp_path / "exports"
        self.folder.mkdir()
        self.packager = FakePackager(1000)
        self.jobs = ExportJobs(
            self.world,
            self.packager,
            self.folder,
            estimator=lambda _: Estimate(8.0, 4321),
            max_bytes=max_bytes,
        )
        self.jobs.start()

    @property
    def clock(self) -> ManualClock:
        clock = self.world.clock
        assert isinstance(clock, ManualClock)
        return clock

    def order(self, back_ms: int = 0) -> PackageRequest:
        camera_id = camera_named(self.world, "Main entrance").camera_id
        return PackageRequest(
            camera_id, recorded_span(self.world, camera_id, 10_000, back_ms=back_ms)
        )

    def create(self) -> str:
        return self.jobs.create(self.order()).export_id

    def completed(self) -> str:
        export_id = self.create()
        assert self.jobs.wait_for(export_id, ExportState.COMPLETED)
        return export_id

    def view(self, export_id: str) -> ExportView:
        view = self.jobs.view(export_id)
        assert view is not None
        return view


@pytest.fixture
def make_bench(tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    made: list[Bench] = []

    def make(**more: int) -> Bench:
        made.append(Bench(tmp_path, **more))
        return made[-1]

    yield make
    for bench in made:
        bench.jobs.close()
        bench.world.close()


@pytest.fixture
def bench(make_bench: Callable[..., Bench]) -> Bench:
    return make_bench()


def test_a_whole_life_from_queued_to_expired(bench: Bench) -> None:
    bench.jobs.hold()
    export_id = bench.create()
    queued = bench.view(export_id)
    assert (queued.state, queued.progress_percent, queued.time_left_s) == (
        ExportState.QUEUED,
        0,
        8.0,
    )
    assert queued.created_ms == bench.clock.now_ms()

    bench.jobs.release()
    assert bench.jobs.wait_for(export_id, ExportState.COMPLETED)
    done = bench.view(export_id)
    assert done.progress_percent == 100
    assert done.time_left_s is None
    assert done.expires_ms == bench.clock.now_ms() + LIFETIME_MS
    assert done.file is not None
    assert done.file.path.stat().st_size == done.file.size_bytes == 1000

    bench.clock.advance(24 * 3600 - 1)
    assert bench.view(export_id).state is ExportState.COMPLETED
    bench.clock.advance(1)
    expired = bench.view(export_id)
    assert expired.state is ExportState.EXPIRED
    assert expired.file is None
    assert list(bench.folder.iterdir()) == []


def test_progress_and_the_time_left_are_seen_while_it_runs(bench: Bench) -> None:
    bench.jobs.hold(at_percent=50)
    export_id = bench.create()
    assert bench.packager.entered.acquire(timeout=10)
    assert bench.jobs.wait_for(export_id, ExportState.PROCESSING)
    bench.clock.advance(6)
    _wait_for_progress(bench, export_id)
    view = bench.view(export_id)
    assert view.state is ExportState.PROCESSING
    assert view.progress_percent == 50
    assert view.time_left_s == pytest.approx(6)
    bench.jobs.release()
    assert bench.jobs.wait_for(export_id, ExportState.COMPLETED)


def test_the_eleventh_is_refused_until_one_is_done(bench: Bench) -> None:
    bench.jobs.hold()
    first = [bench.create() for _ in range(AT_ONCE)]
    with pytest.raises(BusyError) as refused:
        bench.create()
    assert refused.value.retry_after_s == 8.0
    bench.jobs.release()
    assert bench.jobs.wait_for(first[0], ExportState.COMPLETED)
    bench.create()


def test_no_more_than_two_run_at_once(bench: Bench) -> None:
    bench.packager.gate.clear()
    ids = [bench.create() for _ in range(4)]
    for _ in range(2):
        assert bench.packager.entered.acquire(timeout=10)
    assert not bench.packager.entered.acquire(timeout=0.3)
    states = [bench.view(export_id).state for export_id in ids]
    assert states.count(ExportState.PROCESSING) == 2
    assert states.count(ExportState.QUEUED) == 2
    bench.packager.gate.set()
    for export_id in ids:
        assert bench.jobs.wait_for(export_id, ExportState.COMPLETED)


def test_a_failure_says_why_and_leaves_no_file(bench: Bench, error_log: LogWatch) -> None:
    bench.packager.failure = MediaError("The footage is damaged.", "Ask the administrator.")
    first = bench.create()
    assert bench.jobs.wait_for(first, ExportState.FAILED)
    assert "damaged" in bench.view(first).error

    error_log.expect("export .* failed")
    bench.packager.failure = ZeroDivisionError("nobody expected it")
    second = bench.create()
    assert bench.jobs.wait_for(second, ExportState.FAILED)
    assert bench.view(second).error == "Internal error."

    bench.packager.failure = None
    bench.completed()
    assert len(list(bench.folder.iterdir())) == 1


def test_faults_on_order(bench: Bench) -> None:
    bench.jobs.fail_next(1, "Disk full.")
    failed = bench.create()
    assert bench.jobs.wait_for(failed, ExportState.FAILED)
    assert bench.view(failed).error == "Disk full."

    bench.packager.gate.clear()
    running = bench.create()
    assert bench.packager.entered.acquire(timeout=10)
    bench.jobs.fail(running, "Recorder lost.")
    assert bench.view(running).state is ExportState.FAILED
    bench.packager.gate.set()

    expired = bench.completed()
    bench.jobs.expire(expired)
    assert bench.view(expired).state is ExportState.EXPIRED

    forgotten = bench.completed()
    bench.jobs.forget(forgotten)
    assert bench.jobs.view(forgotten) is None
    bench.jobs.close()
    assert list(bench.folder.iterdir()) == []


def test_a_completed_export_can_go_back_in_progress(bench: Bench) -> None:
    first = bench.completed()
    bench.jobs.hold(at_percent=50)
    bench.jobs.begin_again(first)
    assert bench.jobs.wait_for(first, ExportState.PROCESSING)
    assert bench.view(first).file is bench.view(first).expires_ms is None
    bench.jobs.release()
    assert bench.jobs.wait_for(first, ExportState.COMPLETED)
    assert bench.jobs.requests() == [bench.order()]
    assert len(list(bench.folder.iterdir())) == 1


def test_forgetting_one_that_runs_stops_it_and_leaves_no_file(bench: Bench) -> None:
    bench.packager.gate.clear()
    running = bench.create()
    assert bench.packager.entered.acquire(timeout=10)
    bench.jobs.forget(running)
    bench.packager.gate.set()
    bench.completed()
    bench.jobs.close()
    assert len(list(bench.folder.iterdir())) == 1


def test_the_oldest_file_expires_early_when_the_disk_bound_is_reached(
    make_bench: Callable[..., Bench],
) -> None:
    bench = make_bench(max_bytes=2500)
    ids = [bench.completed() for _ in range(3)]
    assert [bench.view(export_id).state for export_id in ids] == [
        ExportState.EXPIRED,
        ExportState.COMPLETED,
        ExportState.COMPLETED,
    ]
    assert len(list(bench.folder.iterdir())) == 2


def test_closing_ends_what_runs_and_what_waits(bench: Bench) -> None:
    bench.packager.gate.clear()
    for _ in range(4):
        bench.create()
    assert bench.packager.entered.acquire(timeout=10)
    bench.jobs.close()
    assert not any(thread.name.startswith("demo-export") for thread in threading.enumerate())
    assert list(bench.folder.iterdir()) == []


def _wait_for_progress(bench: Bench, export_id: str) -> None:
    """The fake packager reports 50 percent right after it begins; the hold keeps it there."""
    with bench.jobs._changed:
        assert bench.jobs._changed.wait_for(
            lambda: bench.jobs._jobs[export_id].progress >= 50, timeout=10
        )
