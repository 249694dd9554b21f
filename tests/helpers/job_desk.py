"""A job engine over a real store and folder, and a recorder in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.model import SaveRequest
from rta_viewer.core.save_medium import VOLUME_BYTES, Medium
from rta_viewer.core.spans import Span
from rta_viewer.jobs.engine import JobEngine, Lane
from rta_viewer.jobs.store import JobStore
from tests.helpers.job_orders import run_alone, submit
from tests.helpers.job_recorder import SPAN, JobRecorder, video
from tests.helpers.recorders import Naps

REQUEST = SaveRequest("camera", SPAN)
MINUTE = Span(SPAN.start_ms, SPAN.start_ms + 60_000)


class Desk:
    """An engine over a real store and folder, and a recorder in memory."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        self.folder = folder / "saved"
        self.recorder = JobRecorder()
        self.signed_in = True
        self.naps = Naps()
        self.told: list[tuple[str, JobState]] = []
        self.open()

    def open(self) -> None:
        """Start the program."""
        self.clock = ManualClock(1_761_300_000_000)
        self.store = JobStore(self.root / "jobs.db", self.clock)
        self.engine = JobEngine(self.store, self._find, self.clock, sleep=self.naps)
        self.engine.subscribe(lambda job: self.told.append((job.job_id, job.state)))

    def restart(self) -> None:
        """The program was killed, and starts again."""
        self.store.close()
        self.open()
        self.engine.resume_unfinished()

    def submit(self, kind: JobKind = JobKind.CLIP, request: SaveRequest = REQUEST) -> Job:
        return submit(self.engine, request, folder=self.folder, file_name="gate.mp4", kind=kind)

    def run(self, job: Job, token: CancelToken | None = None) -> Job:
        return run_alone(self.engine, self.clock, job, self.naps, token)

    def step(self, job: Job, token: CancelToken | None = None) -> Job:
        """Only the next step, however it ends."""
        lane = Lane.CLIPS if job.kind is JobKind.CLIP else Lane.POLLS
        assert self.engine.run_next(lane, token or CancelToken())
        return self.engine.job(job.job_id)

    def turn(self, times: int = 1) -> None:
        """Each lane in turn, often enough for an export from order to file."""
        for _ in range(times):
            for lane in Lane:
                self.engine.run_next(lane, CancelToken())
            self.clock.advance(60)

    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir()) if self.folder.exists() else []

    def states(self, job: Job) -> list[JobState]:
        return [event.state for event in self.engine.history(job.job_id)]

    def _find(self, server: str, username: str) -> JobRecorder | None:
        assert (server, username) == ("http://server", "demo")
        return self.recorder if self.signed_in else None


@contextmanager
def volume_desk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A minute of video, and a DVD that holds so little that it becomes several volumes."""
    monkeypatch.setitem(VOLUME_BYTES, Medium.DVD, 50_000)
    monkeypatch.setattr("rta_viewer.jobs.volume_plan.FILE_COST_BYTES", 8_000)
    desk = Desk(folder)
    desk.recorder.body = video(60)
    desk.recorder.recorded = (MINUTE,)
    yield desk
    desk.store.close()
