"""Runs jobs: decides which is next, guards each step, remembers what an operator wants stopped.

No threads of its own. Workers of any kind call :meth:`JobEngine.work` with a lane and a token, and stay there
until the token is set: two for CLIPS, one for EXPORTS (transfers of finished exports), one for POLLS (asking
for exports and how far they are, all of them in turn, and whatever else is to be looked at now and then).
"""

import logging
import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path

from rta_viewer.core import route
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import Clock
from rta_viewer.core.filenames import clean_name, default_name
from rta_viewer.core.jobs import (
    FINISHED,
    IllegalTransitionError,
    Job,
    JobEvent,
    JobKind,
    JobState,
    PauseCause,
)
from rta_viewer.core.model import SaveRequest
from rta_viewer.core.ports import Recorder
from rta_viewer.errors import Cancelled, NotFoundError, RtaError, StorageError, UsageError
from rta_viewer.jobs.board import Board, JobListener
from rta_viewer.jobs.delivery import Work, part_of
from rta_viewer.jobs.download_job import run_clip
from rta_viewer.jobs.export_job import Pace, fetch, prepare, run_export
from rta_viewer.jobs.inbox import Do, Order
from rta_viewer.jobs.package import write_index
from rta_viewer.jobs.patience import Patience
from rta_viewer.jobs.placing import discard
from rta_viewer.jobs.rest import rest_of
from rta_viewer.jobs.room import LOOK_EVERY_S, RoomWatch, is_lost_target
from rta_viewer.jobs.schedule import Lane, Limits, candidates, ranks_before
from rta_viewer.jobs.store import Store, StoreError, job_from_row
from rta_viewer.vms.rate import Sleeper, sleep_for

__all__ = ["JobEngine", "Lane", "Limits", "RecorderFinder"]

_log = logging.getLogger(__name__)

RecorderFinder = Callable[[str, str], Recorder | None]
"""``(server, username)`` to the recorder that is signed in there, None while nobody is; returns at once."""

_LONGEST_IDLE_S = 30.0
_INBOX_EVERY_S = 2.0
_STORE_REST_S = 5.0
_INDEX_DOUBTED_MS = 2 * 86_400_000
"""Indexes of packages that changed so lately are written again at the start: the last one may be missing."""

_ASKED_WHEN_KILLED = (
    "Interrupted while the server was asked for the export. The server may have begun one: "
    "it is asked again, and may make it twice"
)


@dataclass(slots=True)
class _Running:
    token: CancelToken
    wanted: JobState | None = None


class JobEngine:
    """All jobs of the program. Every method may be called from any thread.

    Attributes:
        limits: What the operator allows; may be replaced at any time.
    """

    def __init__(
        self,
        store: Store,
        recorder_for: RecorderFinder,
        clock: Clock,
        *,
        sleep: Sleeper = sleep_for,
        limits: Limits | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._store = store
        self._room = RoomWatch(clock)
        self._patience = Patience()
        self._tended_s = float("-inf")
        self._unsettled: dict[str, Callable[[], object]] = {}
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
        package: str = "",
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
            package: The same for all files that belong together in ``folder``.

        Raises:
            UsageError: The span is empty.
        """
        if request.span.is_empty:
            raise UsageError("The end is not after the start.", "Choose a longer range.")
        chosen = (
            route.overrule(request, kind, estimated_bytes)
            if kind
            else route.choose(request, estimated_bytes)
        )
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
            package=package,
        )
        return self.add(job)

    def add(self, job: Job) -> Job:
        """Add a job that was made elsewhere; one of the same id is not added again."""
        return self.add_all([job])[0]

    def add_all(self, jobs: Sequence[Job]) -> list[Job]:
        """Add several in one step: after a kill all of them are in the list, or none."""
        known = {job.job_id for job in self._board.jobs()}
        self._board.add_all([job for job in jobs if job.job_id not in known])
        self.wake()
        return [self._board.get(job.job_id) for job in jobs]

    def cancel(self, job_id: str) -> None:
        """Stop it for good and delete what is unfinished. Nothing happens to a finished one."""
        self._stop(job_id, JobState.CANCELLED)

    def pause(self, job_id: str) -> None:
        """Hold it until :meth:`resume`; what was fetched stays. Nothing happens to a finished one."""
        self._stop(job_id, JobState.PAUSED)

    def resume(self, job_id: str) -> Job:
        """Go on with a paused job; its folder is made again when it is not there.

        Raises:
            IllegalTransitionError: It is finished.
        """
        job = self._board.get(job_id)
        if job.state is JobState.PAUSED:
            job = self._board.move(
                job_id,
                JobState.QUEUED,
                "Resumed",
                who=job.username,
                pause_cause=PauseCause.NONE,
                folder_seen=False,
                reason="",
                hint="",
            )
            self._room.forget(job_id)
            self.wake()
        return job

    def move_before(self, job_id: str, before: str | None) -> None:
        """Change the order of what waits: ``job_id`` comes before the other one, or last."""
        for other, rank in ranks_before(self._board.jobs(), job_id, before).items():
            self._board.change(other, rank=rank)
        self.wake()

    def _stop(self, job_id: str, wanted: JobState) -> None:
        with self._changed:
            running = self._running.get(job_id)
            if running is not None:
                if running.wanted is not JobState.CANCELLED:
                    running.wanted = wanted
            else:
                self._running[job_id] = _Running(CancelToken())
        if running is not None:
            running.token.cancel()
            return
        try:
            job = self._board.get(job_id)
            if not job.finished:
                self._end(job, wanted)
        finally:
            self._release(job_id)

    def retry(self, job_id: str) -> Job:
        """Start a finished, unsuccessful job again; after a failure what was fetched is used.

        One that waits for its server tries at once.

        Raises:
            IllegalTransitionError: It is under way, or it is done.
        """
        job = self._board.get(job_id)
        if job.waits_for_server:
            self._paces.pop(job_id, None)
            self.wake()
            return job
        fresh: dict[str, object] = {
            "reason": "",
            "hint": "",
            "failure": "",
            "renewals": 0,
            "folder_seen": False,
        }
        if job.state is JobState.DIFFERS:
            fresh |= {"sha256": "", "export_id": "", "missing": None}
        job = self._board.move(job_id, JobState.QUEUED, "Tried again", who=job.username, **fresh)
        self.wake()
        return job

    def fetch_rest(self, job_id: str) -> Job:
        """Add a job for what a delivered file lacks; raises UsageError when that is nothing."""
        return self.add(rest_of(self._board.get(job_id), self._clock.now_ms()))

    def forget(self, job_id: str) -> None:
        """Take a finished job off the list; its file stays, an unfinished part goes."""
        job = self._board.get(job_id)
        if not job.finished:
            raise UsageError("A job that is under way cannot be removed.", "Cancel it first.")
        discard(part_of(job))
        self._board.delete(job_id)

    def resume_unfinished(self) -> list[Job]:
        """Queue again what the last run of the program left; call once, before the workers start.

        What is paused stays so.
        """
        found = []
        for job in self._board.jobs():
            if job.state in FINISHED or job.state in {JobState.QUEUED, JobState.PAUSED}:
                continue
            unanswered = _is_unanswered(job)
            why = _ASKED_WHEN_KILLED if unanswered else "The program was started again"
            found.append(self._board.move(job.job_id, JobState.QUEUED, why))
        fresh_ms = self._clock.now_ms() - _INDEX_DOUBTED_MS
        recent = [job for job in self._board.jobs() if job.package and job.updated_ms > fresh_ms]
        for job in {job.package: job for job in recent if job.finished}.values():
            if job.folder.is_dir():
                self._update_package(job)
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
                if not self._run_safely(lane, cancel):
                    self._wait_for_work(lane, cancel, seen, since_s)
        finally:
            forget()

    def _run_safely(self, lane: Lane, cancel: CancelToken) -> bool:
        """A list of jobs that cannot be written for a while must not end the worker."""
        try:
            return self.run_next(lane, cancel)
        except RtaError as err:
            _log.warning("The %s could not go on: %s", lane.value, err)
            cancel.wait(_INBOX_EVERY_S)
            return True

    def tend(self) -> None:
        """Look at what comes from outside: orders of commands, room on drives. Cheap; done on POLLS."""
        now_s = self._clock.monotonic_s()
        if now_s - self._tended_s < _INBOX_EVERY_S:
            return
        self._tended_s = now_s
        for job_id, settle in list(self._unsettled.items()):
            settle()
            self._unsettled.pop(job_id, None)
        if self._store.inbox is not None:
            for order in self._store.inbox.waiting():
                self._carry_out(order)
        for job in self._room.ready(self._board.jobs()):
            self._board.move(
                job.job_id,
                JobState.QUEUED,
                "There is room again",
                pause_cause=PauseCause.NONE,
                reason="",
                hint="",
            )
            self.wake()

    def _carry_out(self, order: Order) -> None:
        commands: dict[Do, Callable[[str], object]] = {
            Do.PAUSE: self.pause,
            Do.RESUME: self.resume,
            Do.CANCEL: self.cancel,
            Do.RETRY: self.retry,
        }
        try:
            if order.do is Do.ADD:
                job = job_from_row(order.row)
                if job is not None:
                    self.add(job)
            else:
                commands[order.do](order.job_id)
        except (IllegalTransitionError, NotFoundError) as err:
            _log.info("An order came too late: %s", err)
        order.done()

    def run_next(self, lane: Lane, cancel: CancelToken) -> bool:
        """Run one job, or one step of an export, if one is due; False when there was nothing to do."""
        if lane is Lane.POLLS:
            self.tend()
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
        rests = job.finished or job.state is JobState.PAUSED
        if rests or recorder is None or not self._take(job_id):
            return job
        self._guarded(job, lambda token: _run_all(job, self._work(recorder, token)), cancel)
        return self._board.get(job_id)

    def _work(self, recorder: Recorder, token: CancelToken) -> Work:
        renew = self.limits.renew_expired
        return Work(self._board, recorder, self._clock, self._sleep, token, renew)

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
            self._settle(job.job_id, lambda: self._after_cancel(job.job_id, running.wanted))
        except RtaError as err:
            failure = err
            self._settle(job.job_id, lambda: self._after_error(job.job_id, failure))
        except Exception:  # noqa: BLE001 - the outermost line of a job: it must not stay "running" for ever
            _log.exception("Job %s ended by a mistake in the program", job.job_id)
            mistake = RtaError("The program made a mistake.", "Try again; the log has the details.")
            self._settle(job.job_id, lambda: self._fail(job.job_id, mistake))
        finally:
            forget()
            self._release(job.job_id)
        self._update_package(job)

    def _update_package(self, job: Job) -> None:
        """The index tells how its files are; without room for it they are still there."""
        if not job.package or not self._board.get(job.job_id).finished:
            return
        members = [other for other in self._board.jobs() if other.package == job.package]
        try:
            write_index(job.folder, members)
        except StorageError as err:
            _log.warning("The index of a package could not be written: %s", err)

    def _settle(self, job_id: str, end: Callable[[], object]) -> None:
        """Write down how a step ended; when the list cannot be written now, as soon as it can."""
        try:
            end()
        except StorageError as err:
            _log.warning("Not written down yet: %s", err)
            self._unsettled[job_id] = end

    def _after_cancel(self, job_id: str, wanted: JobState | None) -> None:
        job = self._board.get(job_id)
        if wanted is not None:
            self._end(job, wanted)
        elif job.state is not JobState.QUEUED:
            why = _ASKED_WHEN_KILLED if _is_unanswered(job) else "Interrupted; goes on later"
            self._board.move(job_id, JobState.QUEUED, why, reason="", hint="")

    def _after_error(self, job_id: str, err: RtaError) -> None:
        if isinstance(err, StoreError):
            self._paces[job_id] = (self._clock.monotonic_s() + _STORE_REST_S, Pace())
            self._after_cancel(job_id, None)
            return
        wait_s = self._patience.wait_s(self._board.get(job_id), err, self.limits.patience)
        if wait_s is not None:
            self._wait_for_server(job_id, err, wait_s)
            return
        if not is_lost_target(err):
            self._fail(job_id, err)
            return
        self._room.note_pause(job_id)
        self._board.move(
            job_id,
            JobState.PAUSED,
            err.summary,
            pause_cause=PauseCause.STORAGE,
            reason=err.summary,
            hint="It goes on by itself when there is room, or when the drive is back.",
        )

    def _wait_for_server(self, job_id: str, err: RtaError, wait_s: float) -> None:
        next_s = self._clock.monotonic_s() + wait_s
        self._paces[job_id] = (next_s, Pace(wait_s))
        self._board.move(
            job_id,
            JobState.QUEUED,
            err.summary,
            reason=err.summary,
            hint="It is tried again by itself.",
            next_try_s=next_s,
        )

    def _end(self, job: Job, wanted: JobState) -> None:
        """As the operator wants it."""
        self._paces.pop(job.job_id, None)
        self._patience.forget(job.job_id)
        if wanted is JobState.CANCELLED:
            self._end_cancelled(job)
        elif job.state is not JobState.PAUSED or job.pause_cause is not PauseCause.OPERATOR:
            self._board.move(
                job.job_id,
                JobState.PAUSED,
                _ASKED_WHEN_KILLED if _is_unanswered(job) else "Paused",
                who=job.username,
                pause_cause=PauseCause.OPERATOR,
                reason="",
                hint="",
            )

    def _end_cancelled(self, job: Job) -> None:
        discard(part_of(job))
        self._board.move(
            job.job_id,
            JobState.CANCELLED,
            "Cancelled",
            who=job.username,
            pause_cause=PauseCause.NONE,
            reason="",
            hint="",
            export_id="",
            sha256="",
            received_bytes=0,
            total_bytes=None,
            server_progress=None,
        )

    def _fail(self, job_id: str, err: RtaError) -> None:
        self._paces.pop(job_id, None)
        self._board.move(
            job_id,
            JobState.FAILED,
            err.summary,
            reason=err.summary,
            hint=err.hint,
            failure=err.kind,
        )

    def _claim(self, lane: Lane, cancel: CancelToken) -> tuple[Job, Recorder] | None:
        if cancel.cancelled:
            return None
        now_s = self._clock.monotonic_s()
        for job in self._candidates(lane):
            if job.job_id in self._unsettled:
                continue
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
        return candidates(self._board.jobs(), lane, self.limits, self._clock.now_ms())

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
        longest_s = _LONGEST_IDLE_S
        if lane is Lane.POLLS:
            longest_s = LOOK_EVERY_S if self._store.inbox is None else _INBOX_EVERY_S
        wait_s = min([longest_s, *(max(0.0, one - now_s) for one in due)])
        with self._changed:
            self._changed.wait_for(lambda: self._changes != seen or cancel.cancelled, wait_s)


def _is_unanswered(job: Job) -> bool:
    """The server was asked for an export, and nobody knows whether it heard."""
    return job.state is JobState.ASKING and not job.export_id


def _run_all(job: Job, work: Work) -> None:
    if job.kind is JobKind.CLIP:
        run_clip(work, job.job_id)
    else:
        run_export(work, job.job_id)


def _with_extension(name: str, container: str) -> str:
    ending = f".{container}"
    return name if name.lower().endswith(ending.lower()) else clean_name(f"{name}{ending}")
