"""Runs jobs: decides which is next, guards each step, remembers what an operator wants stopped.

No threads of its own. Workers of any kind call :meth:`JobEngine.work` with a lane and a token, and stay there
until the token is set: two for CLIPS, one for EXPORTS (transfers of finished exports), one for POLLS (asking
for exports and how far they are, all of them in turn).
"""

import logging
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, tzinfo
from enum import Enum
from pathlib import Path

from rta_viewer.core import route
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import Clock
from rta_viewer.core.filenames import clean_name, default_name
from rta_viewer.core.jobs import FINISHED, Job, JobEvent, JobKind, JobState
from rta_viewer.core.model import SaveRequest
from rta_viewer.core.ports import Recorder
from rta_viewer.errors import Cancelled, RtaError, UsageError
from rta_viewer.jobs.board import Board, JobListener
from rta_viewer.jobs.delivery import Work, part_of
from rta_viewer.jobs.download_job import run_clip
from rta_viewer.jobs.export_job import Pace, fetch, prepare, run_export
from rta_viewer.jobs.placing import discard
from rta_viewer.jobs.store import Store
from rta_viewer.vms.rate import Sleeper, sleep_for

_log = logging.getLogger(__name__)

RecorderFinder = Callable[[str, str], Recorder | None]
"""``(server, username)`` to the recorder that is signed in there, None while nobody is; returns at once."""

_LONGEST_IDLE_S = 30.0


class Lane(Enum):
    """Kinds of work that go on beside one another."""

    CLIPS = "clips"
    POLLS = "polls"
    EXPORTS = "exports"


_WAITING: dict[Lane, tuple[JobKind, frozenset[JobState]]] = {
    Lane.CLIPS: (JobKind.CLIP, frozenset({JobState.QUEUED})),
    Lane.POLLS: (
        JobKind.EXPORT,
        frozenset({JobState.QUEUED, JobState.ASKING, JobState.PREPARING}),
    ),
    Lane.EXPORTS: (JobKind.EXPORT, frozenset({JobState.READY})),
}


@dataclass(slots=True)
class _Running:
    token: CancelToken
    by_operator: bool = False


class JobEngine:
    """All jobs of the program. Every method may be called from any thread."""

    def __init__(
        self,
        store: Store,
        recorder_for: RecorderFinder,
        clock: Clock,
        *,
        sleep: Sleeper = sleep_for,
    ) -> None:
        self._board = Board(store, clock)
        self._recorder_for = recorder_for
        self._clock = clock
        self._sleep = sleep
        self._changed = threading.Condition()
        self._running: dict[str, _Running] = {}
        self._paces: dict[str, tuple[float, Pace]] = {}
        self._changes = 0

    def subscribe(self, listener: JobListener) -> Callable[[], None]:
        """Be told of each change, on the thread that made it; the result stops that."""
        return self._board.subscribe(listener)

    def jobs(self) -> list[Job]:
        """All jobs, oldest first."""
        return self._board.jobs()

    def job(self, job_id: str) -> Job:
        """One job; raises NotFoundError."""
        return self._board.get(job_id)

    def history(self, job_id: str) -> list[JobEvent]:
        """What happened to a job, oldest first."""
        return self._board.history(job_id)

    def submit(
        self,
        request: SaveRequest,
        *,
        server: str,
        username: str,
        camera_name: str,
        folder: Path,
        file_name: str | None = None,
        kind: JobKind | None = None,
        zone: tzinfo = UTC,
        estimated_bytes: int | None = None,
    ) -> Job:
        """Add a job. Touches neither server nor folder.

        Args:
            request: What is wanted.
            server: As ``ServerInfo.address``.
            username: Who is signed in there.
            camera_name: For people, and for the name of the file.
            folder: Where the file is to be.
            file_name: Cleaned before use; None makes one of camera and time.
            kind: The operator's own choice; None decides by :mod:`rta_viewer.core.route`.
            zone: Wall clock of the made-up name.
            estimated_bytes: Expected size, for the decision.

        Raises:
            UsageError: The span is empty.
        """
        if request.span.is_empty:
            raise UsageError("The end is not after the start.", "Choose a longer range.")
        chosen = route.overrule(request, kind) if kind else route.choose(request, estimated_bytes)
        name = file_name or default_name(camera_name, request.span, zone, request.container)
        now_ms = self._clock.now_ms()
        job = Job(
            job_id=uuid.uuid4().hex,
            kind=chosen.kind,
            server=server,
            username=username,
            camera_id=request.camera_id,
            camera_name=camera_name,
            span=request.span,
            folder=folder,
            file_name=_with_extension(clean_name(name), request.container),
            container=request.container,
            quality=request.quality,
            include_audio=request.include_audio,
            watermark_text=request.watermark.text if request.watermark else "",
            why_kind=chosen.reason,
            created_ms=now_ms,
            updated_ms=now_ms,
        )
        job = self._board.add(job, chosen.reason)
        self.wake()
        return job

    def cancel(self, job_id: str) -> None:
        """Stop it for good and delete what is unfinished. Nothing happens to a finished one."""
        with self._changed:
            running = self._running.get(job_id)
            if running is not None:
                running.by_operator = True
            else:
                self._running[job_id] = _Running(CancelToken())
        if running is not None:
            running.token.cancel()
            return
        try:
            job = self._board.get(job_id)
            if not job.finished:
                self._end_cancelled(job)
        finally:
            self._release(job_id)

    def retry(self, job_id: str) -> Job:
        """Start a finished, unsuccessful job again; after a failure what was fetched is used.

        Raises:
            IllegalTransitionError: It is not finished, or it is done.
        """
        job = self._board.get(job_id)
        fresh = {"reason": "", "hint": ""}
        if job.state is JobState.DIFFERS:
            fresh |= {"sha256": "", "export_id": ""}
        job = self._board.move(job_id, JobState.QUEUED, "Tried again", **fresh)
        self.wake()
        return job

    def forget(self, job_id: str) -> None:
        """Take a finished job off the list; its file stays, an unfinished part goes."""
        job = self._board.get(job_id)
        if not job.finished:
            raise UsageError("A job that is under way cannot be removed.", "Cancel it first.")
        discard(part_of(job))
        self._board.delete(job_id)

    def resume_unfinished(self) -> list[Job]:
        """Queue again what the last run of the program left; call once, before the workers start."""
        found = []
        for job in self._board.jobs():
            if job.state in FINISHED or job.state is JobState.QUEUED:
                continue
            found.append(
                self._board.move(job.job_id, JobState.QUEUED, "The program was started again")
            )
        self.wake()
        return found

    def wake(self) -> None:
        """Look again for work: somebody has signed in, say."""
        with self._changed:
            self._changes += 1
            self._changed.notify_all()

    def work(self, lane: Lane, cancel: CancelToken) -> None:
        """Run what is due on a lane, one after another, until ``cancel`` is set. Never raises Cancelled."""
        forget = cancel.on_cancel(self.wake)
        try:
            while not cancel.cancelled:
                seen, since_s = self._changes, self._clock.monotonic_s()
                if not self.run_next(lane, cancel):
                    self._wait_for_work(lane, cancel, seen, since_s)
        finally:
            forget()

    def run_next(self, lane: Lane, cancel: CancelToken) -> bool:
        """Run one job, or one step of an export, if one is due; False when there was nothing to do."""
        claimed = self._claim(lane, cancel)
        if claimed is None:
            return False
        job, recorder = claimed
        self._guarded(job, lambda token: self._step(lane, job, self._work(recorder, token)), cancel)
        return True

    def run_job(self, job_id: str, cancel: CancelToken) -> Job:
        """Run one waiting job to its end in this thread; one that runs elsewhere is left alone.

        A job whose server nobody is signed in to stays as it is.
        """
        job = self._board.get(job_id)
        recorder = self._recorder_for(job.server, job.username)
        if job.finished or recorder is None or not self._take(job_id):
            return job
        self._guarded(job, lambda token: _run_all(job, self._work(recorder, token)), cancel)
        return self._board.get(job_id)

    def _work(self, recorder: Recorder, token: CancelToken) -> Work:
        return Work(self._board, recorder, self._clock, self._sleep, token)

    def _step(self, lane: Lane, job: Job, work: Work) -> None:
        if lane is Lane.CLIPS:
            run_clip(work, job.job_id)
        elif lane is Lane.EXPORTS:
            self._paces.pop(job.job_id, None)
            fetch(work, job.job_id)
        else:
            _, pace = self._paces.get(job.job_id, (0.0, Pace()))
            pace = prepare(work, job.job_id, pace)
            self._paces[job.job_id] = (self._clock.monotonic_s() + pace.wait_s, pace)

    def _guarded(
        self, job: Job, step: Callable[[CancelToken], object], cancel: CancelToken
    ) -> None:
        """Run a step of a taken job, and write down how it ended, whatever happens."""
        running = self._running[job.job_id]
        forget = cancel.on_cancel(running.token.cancel)
        try:
            step(running.token)
        except Cancelled:
            self._after_cancel(job.job_id, by_operator=running.by_operator)
        except RtaError as err:
            self._fail(job.job_id, err.summary, err.hint)
        except Exception:  # noqa: BLE001 - the outermost line of a job: it must not stay "running" for ever
            _log.exception("Job %s ended by a mistake in the program", job.job_id)
            self._fail(
                job.job_id, "The program made a mistake.", "Try again; the log has the details."
            )
        finally:
            forget()
            self._release(job.job_id)

    def _after_cancel(self, job_id: str, *, by_operator: bool) -> None:
        job = self._board.get(job_id)
        if by_operator:
            self._end_cancelled(job)
        elif job.state is not JobState.QUEUED:
            self._board.move(
                job_id, JobState.QUEUED, "Interrupted; goes on later", reason="", hint=""
            )

    def _end_cancelled(self, job: Job) -> None:
        discard(part_of(job))
        self._paces.pop(job.job_id, None)
        self._board.move(
            job.job_id,
            JobState.CANCELLED,
            "Cancelled",
            reason="",
            hint="",
            export_id="",
            sha256="",
            received_bytes=0,
            total_bytes=None,
            server_progress=None,
        )

    def _fail(self, job_id: str, reason: str, hint: str) -> None:
        self._paces.pop(job_id, None)
        self._board.move(job_id, JobState.FAILED, reason, reason=reason, hint=hint)

    def _claim(self, lane: Lane, cancel: CancelToken) -> tuple[Job, Recorder] | None:
        if cancel.cancelled:
            return None
        now_s = self._clock.monotonic_s()
        for job in self._candidates(lane):
            due_s, _ = self._paces.get(job.job_id, (0.0, None))
            if due_s > now_s:
                continue
            recorder = self._recorder_for(job.server, job.username)
            if recorder is not None and self._take(job.job_id):
                if job.state is self._board.get(job.job_id).state:
                    return job, recorder
                self._release(job.job_id)
        return None

    def _candidates(self, lane: Lane) -> list[Job]:
        kind, states = _WAITING[lane]
        return [job for job in self._board.jobs() if job.kind is kind and job.state in states]

    def _take(self, job_id: str) -> bool:
        with self._changed:
            if job_id in self._running:
                return False
            self._running[job_id] = _Running(CancelToken())
            return True

    def _release(self, job_id: str) -> None:
        with self._changed:
            self._running.pop(job_id, None)
            self._changes += 1
            self._changed.notify_all()

    def _wait_for_work(self, lane: Lane, cancel: CancelToken, seen: int, since_s: float) -> None:
        """Until something gets due, or something has changed since ``seen``.

        What was due at ``since_s`` already is held up by something else, whose end is a change.
        """
        now_s = self._clock.monotonic_s()
        paces = (self._paces.get(job.job_id) for job in self._candidates(lane))
        due = [pace[0] for pace in paces if pace is not None and pace[0] > since_s]
        wait_s = min([_LONGEST_IDLE_S, *(max(0.0, one - now_s) for one in due)])
        with self._changed:
            self._changed.wait_for(lambda: self._changes != seen or cancel.cancelled, wait_s)


def _run_all(job: Job, work: Work) -> None:
    if job.kind is JobKind.CLIP:
        run_clip(work, job.job_id)
    else:
        run_export(work, job.job_id)


def _with_extension(name: str, container: str) -> str:
    ending = f".{container}"
    return name if name.lower().endswith(ending.lower()) else clean_name(f"{name}{ending}")
