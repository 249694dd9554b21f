"""Where faults are tried: the embedded server, one good file, and an engine that saves it."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import Clock, ManualClock
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.model import ExportState, SaveRequest
from rta_viewer.core.ports import Recorder
from rta_viewer.core.spans import Span
from rta_viewer.demo.site import DemoSite
from rta_viewer.demo.world import World
from rta_viewer.jobs.engine import JobEngine
from rta_viewer.jobs.schedule import Lane, Limits
from rta_viewer.jobs.store import JobStore
from rta_viewer.platform.system_clock import SystemClock
from rta_viewer.vms.rate import Sleeper
from tests.helpers.job_orders import run_alone, submit
from tests.helpers.job_recorder import video
from tests.helpers.recorders import Naps, signed_in_recorder
from tests.helpers.site import running_site
from tests.helpers.worlds import camera_named, recorded_span

HOUR_MS = 3_600_000
BODY = video(3, 640, 360)
BODY += (300_008).to_bytes(4, "big") + b"free" + random.Random(1).randbytes(300_000)  # noqa: S311
TENTH = len(BODY) // 10


@dataclass
class Shelf:
    """A packager with one good file; ``body`` is what it delivers."""

    body: bytes = BODY
    made: int = 0
    files: list[Path] = field(default_factory=list)

    def __call__(
        self,
        world: World,
        camera_id: str,
        span: Span,
        target: Path,
        *,
        progress: Callable[[float], None],
        **_order: object,
    ) -> None:
        self.made += 1
        self.files.append(target)
        progress(0.5)
        target.write_bytes(self.body)


class _WallOf(SystemClock):
    """The wall clock of another one, and seconds that pass by themselves."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now_ms(self) -> int:
        return self._clock.now_ms()


class Ground:
    """A site, an engine that is signed in to it, and a folder; ``naps`` are the waits of both."""

    def __init__(
        self,
        folder: Path,
        site: DemoSite,
        recorder: Recorder,
        shelf: Shelf,
        naps: Naps,
        clock: ManualClock,
    ) -> None:
        self.site = site
        self.shelf = shelf
        self.folder = folder / "saved"
        self.naps = naps
        self.clock = clock
        self.path = folder / "jobs.db"
        self.recorder = recorder
        self.store = JobStore(self.path, self.clock)
        self.engine = self._engine()
        camera = camera_named(site.world, "Main entrance").camera_id
        start_ms = recorded_span(site.world, camera, 10_000).start_ms
        self.request = SaveRequest(camera, Span(start_ms, start_ms + 3_000))

    def _engine(self) -> JobEngine:
        return JobEngine(self.store, lambda *_: self.recorder, self.clock, sleep=self.naps)

    def reopen(self) -> None:
        """As the list is on the disk by now; what was closed may be closed again."""
        self.store.close()
        self.store = JobStore(self.path, self.clock)
        self.engine = self._engine()

    def restart(self) -> None:
        """As after the end of the program."""
        self.reopen()
        self.engine.resume_unfinished()

    @contextmanager
    def waiting_by(self, nap: Sleeper, **more: Any) -> Iterator[None]:
        """Transfers wait so until the end of the block; further arguments go to ``vms.connect``."""
        before = self.recorder
        try:
            arguments = {"clock": _WallOf(self.clock), "sleep": nap, **more}
            with signed_in_recorder(self.site.rest_url, **arguments) as self.recorder:
                yield
        finally:
            self.recorder = before

    def submit(self, kind: JobKind = JobKind.CLIP) -> Job:
        return submit(
            self.engine,
            self.request,
            server=self.site.rest_url,
            folder=self.folder,
            file_name="gate.mp4",
            kind=kind,
        )

    def run(self, job: Job) -> Job:
        return run_alone(self.engine, self.clock, job, self.naps)

    def save(self, kind: JobKind = JobKind.CLIP) -> Job:
        return self.run(self.submit(kind))

    def step(self, lane: Lane) -> bool:
        """What a worker of the lane does next; False when nothing is due."""
        return self.engine.run_next(lane, CancelToken())

    def do_what_is_due(self) -> None:
        """As all workers do it together at this instant."""
        while self.step(Lane.CLIPS) or self.step(Lane.EXPORTS) or self.step(Lane.POLLS):
            pass

    def work_off(self, job: Job, most_s: int = 900) -> Job:
        """Do what is due, a second of the clock after another, until the job is finished."""
        for _ in range(most_s):
            self.do_what_is_due()
            job = self.engine.job(job.job_id)
            if job.finished or not self._server_is_ready_for(job):
                break
            self.clock.advance(1)
        return job

    def _server_is_ready_for(self, job: Job) -> bool:
        """The server works in real time, whatever the clock of the engine says."""
        if job.state is not JobState.PREPARING:
            return True
        return self.site.exports.wait_for(
            job.export_id, ExportState.COMPLETED, ExportState.FAILED, timeout_s=10
        )

    def step_until_cut(self, job: Job) -> None:
        """Half of the file arrives; then the server is away for a moment, and the job waits for it."""
        self.engine.limits = Limits(patience=30)
        self.site.faults.cut_body(5 * TENTH, path="/file" if job.export_id else "/download")

        def go_away(seconds: float, cancel: CancelToken) -> None:
            self.site.faults.fail_next(1, 502, path="/recordings/")

        with self.waiting_by(go_away):
            while not self.engine.job(job.job_id).waits_for_server:
                assert self.step(Lane.EXPORTS if job.export_id else Lane.CLIPS)
        assert self.site.faults.armed == 0
        assert self.engine.job(job.job_id).received_bytes == 5 * TENTH

    @property
    def orders(self) -> int:
        """How many exports the server was asked to make."""
        return self.site.log.count("/recordings/export", method="POST")

    def statuses(self, path: str, *, method: str = "GET") -> list[int]:
        """What the server answered to requests whose path ends so, oldest first."""
        entries = self.site.log.entries(path, method=method)
        return [entry.status for entry in entries if entry.path.endswith(path)]

    def is_whole(self, job: Job) -> bool:
        return job.state is JobState.DONE and job.path.read_bytes() == self.shelf.body


@contextmanager
def fault_ground(folder: Path, *, verify_tls: bool = True, **more: Any) -> Iterator[Ground]:
    """Everything started; further arguments go to the site."""
    shelf, naps = Shelf(), Naps()
    with running_site(folder, packager=shelf, **more) as site:
        clock = ManualClock(site.world.clock.now_ms())
        with signed_in_recorder(
            site.rest_url, clock=_WallOf(clock), sleep=naps, verify_tls=verify_tls
        ) as recorder:
            made = Ground(folder, site, recorder, shelf, naps, clock)
            try:
                yield made
            finally:
                made.store.close()


def ready_export(ground: Ground) -> tuple[Job, str]:
    """One that waits to be fetched, and its id on the server."""
    job = ground.submit(JobKind.EXPORT)
    assert ground.step(Lane.POLLS)
    known = ground.engine.job(job.job_id).export_id
    assert ground.site.exports.wait_for(known, ExportState.COMPLETED)
    ground.clock.advance(10)
    assert ground.step(Lane.POLLS)
    job = ground.engine.job(job.job_id)
    assert job.state is JobState.READY
    return job, known
