"""Works on jobs: which is next on a lane, one step of it, and what happens when that ends.

No threads of its own. Workers of any kind call :meth:`Workers.work` with a lane and a token, and stay there
until the token is set: as many as the settings allow for CLIPS, one for EXPORTS (transfers of finished
exports), one for POLLS (asking for exports and how far they are, all of them in turn, and whatever else is to
be looked at now and then). Where some hang at a drive, others are lent to the lane until they are back.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.certificate import UntrustedCertificateError
from rta_viewer.core.clock import Clock
from rta_viewer.core.drive_calls import at_drive
from rta_viewer.core.jobs import IllegalTransitionError, Job, JobKind, JobState
from rta_viewer.core.ports import Recorder
from rta_viewer.core.texts import tr
from rta_viewer.errors import Cancelled, NotFoundError, RtaError, SignInError, StorageError
from rta_viewer.evidence.files import system_path
from rta_viewer.jobs.board import Board
from rta_viewer.jobs.delivery import Work
from rta_viewer.jobs.doors import Doors
from rta_viewer.jobs.download_job import run_clip
from rta_viewer.jobs.endings import Agenda, Endings, Hold
from rta_viewer.jobs.export_job import fetch, prepare
from rta_viewer.jobs.pace import Pace
from rta_viewer.jobs.package import renew_index
from rta_viewer.jobs.room import rest_after_s
from rta_viewer.jobs.running import Claim, Running
from rta_viewer.jobs.schedule import Lane, Limits, candidates
from rta_viewer.jobs.silent_drives import SilentDrives, is_held_up
from rta_viewer.vms.errors_map import Problem, error_for
from rta_viewer.vms.part_file import storage_error
from rta_viewer.vms.rate import Sleeper

_log = logging.getLogger(__name__)

TEND_EVERY_S = 2.0
"""So often is looked at what comes from outside."""

_LONGEST_IDLE_S = 30.0
_INDEX_REST_S = 60.0
"""So long after an index could not be written it is tried again."""


class Workers:
    """Takes jobs and runs them. Any thread.

    Args:
        drives: Which workers hang.
        tend: What POLLS does besides; called often, returns at once when it is too early.
        shut_out: Told of the first job of a server that waits for the next sign-in, and why.
        limits: What the operator allows now.
    """

    def __init__(
        self,
        board: Board,
        clock: Clock,
        running: Running,
        agenda: Agenda,
        endings: Endings,
        drives: SilentDrives,
        doors: Doors,
        *,
        sleep: Sleeper,
        limits: Callable[[], Limits],
        tend: Callable[[], None],
        shut_out: Callable[[Job, RtaError], None],
    ) -> None:
        self._board = board
        self._clock = clock
        self._running = running
        self._agenda = agenda
        self._endings = endings
        self._drives = drives
        self._doors = doors
        self._sleep = sleep
        self._limits = limits
        self._tend = tend
        self._shut_out = shut_out
        self._last: dict[Lane, str] = {}
        self._behind: dict[str, tuple[float, Job]] = {}
        self._indexes_rest_until_s = float("-inf")

    def work(self, lane: Lane, cancel: CancelToken) -> None:
        """Run what is due on a lane, one after another, until ``cancel`` is set. Never raises Cancelled."""
        self._work_while(lambda: True, lane, cancel)

    def help(self, lane: Lane, cancel: CancelToken) -> None:
        """The same in the place of a worker that hangs, until that is back; not where none does."""
        if not self._drives.lend(lane):
            return
        if self._work_while(lambda: not self._drives.is_over(lane), lane, cancel):
            self._drives.leave(lane)

    def _work_while(self, is_wanted: Callable[[], bool], lane: Lane, cancel: CancelToken) -> bool:
        """True when ``cancel`` ended it."""
        forget = cancel.on_cancel(self._running.wake)
        try:
            while not cancel.cancelled:
                seen, since_s = self._running.changes, self._clock.monotonic_s()
                if not is_wanted():
                    return False
                if not self._run_safely(lane, cancel):
                    self._wait_for_work(lane, cancel, seen, since_s)
        finally:
            forget()
        return True

    def _run_safely(self, lane: Lane, cancel: CancelToken) -> bool:
        """Neither a list of jobs that cannot be written for a while nor a step too late ends the worker."""
        try:
            return self.run_next(lane, cancel)
        except (RtaError, IllegalTransitionError) as err:
            _log.warning("The %s could not go on: %s", lane.value, err)
        except Exception:  # noqa: BLE001 - the outermost line of a worker: its lane would stand still
            _log.exception("The %s stumbled over a mistake in the program", lane.value)
        cancel.wait(TEND_EVERY_S)
        return True

    def run_next(self, lane: Lane, cancel: CancelToken) -> bool:
        """Run one job, or one step of an export, if one is due; False when there was nothing to do."""
        with self._drives.watching(lane) as turn:
            if lane is Lane.POLLS:
                self._tend()
            claimed = self._claim(lane, cancel)
            if claimed is None:
                return False
            job, recorder, claim = claimed
            turn.job_id = job.job_id
            work = self._work(recorder, claim.token)
            self._guarded(job, work, lambda: self._step(lane, job, work), claim, cancel)
        return True

    def _work(self, recorder: Recorder, token: CancelToken) -> Work:
        limits = self._limits()
        return Work(
            self._board,
            recorder,
            self._clock,
            self._sleep,
            token,
            renew_expired=limits.renew_expired,
            patience=limits.patience,
        )

    def _step(self, lane: Lane, job: Job, work: Work) -> None:
        pace = self._agenda.pace(job.job_id)
        if self._endings.drive_tries.are_told(job.job_id):
            pace = replace(pace, again=True)
        if lane is Lane.POLLS:
            self._look_again(job, prepare(work, job.job_id, pace))
            return
        done = (
            run_clip(work, job.job_id, again=pace.again)
            if lane is Lane.CLIPS
            else fetch(work, job.job_id, pace)
        )
        if isinstance(done, Pace):
            self._agenda.put(job.job_id, done)
        else:
            self._endings.forget(job.job_id)

    def _look_again(self, job: Job, pace: Pace) -> None:
        """A server that is away, or wants no order now, gets none of another job meanwhile, either."""
        due_s = self._agenda.put(job.job_id, pace)
        now = self._board.get(job.job_id)
        if now.export_id and not job.export_id:
            self._agenda.release(job.server)
        elif (pace.busy or pace.silent) and not now.export_id:
            # The job itself says when, some moments before the pace was put.
            self._agenda.hold(job.server, Hold(now.next_try_s or due_s, now.reason, now.hint))

    def _guarded(
        self, job: Job, work: Work, step: Callable[[], object], claim: Claim, cancel: CancelToken
    ) -> None:
        """Run a step of a taken job, and write down how it ended, whatever happens."""
        forget = cancel.on_cancel(claim.token.cancel)
        try:
            end = self._ending(job, work, step)
            if end is not None and claim.wanted is None:
                self._endings.settle(job.job_id, end)
        finally:
            forget()
            self.let_go(job.job_id)
        self.update_package(job)

    def _ending(
        self, job: Job, work: Work, step: Callable[[], object]
    ) -> Callable[[], object] | None:
        """Run a step; what is to be written down of its end, None when it did that itself."""
        try:
            step()
            self._doors.let_in(job)
        except Cancelled:
            return partial(self._endings.interrupted, job.job_id)
        except (SignInError, UntrustedCertificateError) as err:
            return self._not_let_in(job, work, err)
        except RtaError as err:
            return partial(self._endings.failed, job.job_id, err)
        except Exception as err:  # noqa: BLE001 - the outermost line of a job: it must not stay "running" for ever
            return partial(self._endings.failed, job.job_id, _worded(job, err))
        return None

    def _not_let_in(self, job: Job, work: Work, err: RtaError) -> Callable[[], object]:
        """What is to be written down where user, password or certificate are not good any more."""
        is_current = partial(self._doors.is_current, job, work.recorder)
        try:
            if is_current() and self._doors.is_about_job(work.recorder, err, work.cancel):
                return partial(self._endings.failed, job.job_id, error_for(Problem(403), ""))
        except Cancelled:
            return partial(self._endings.interrupted, job.job_id)
        if not is_current():
            # Who was signed in when it began is not any more: it waits, as those that had not begun.
            return partial(self._endings.interrupted, job.job_id)
        shut = self._doors.shut(job, work.recorder, err) if work.patience else None
        if shut is not None:
            self._shut_out(job, err)
            return partial(self._endings.shut_out, job.job_id, shut)
        return partial(self._endings.failed, job.job_id, err)

    def let_go(self, job_id: str, done: JobState | None = None) -> None:
        """Let others have a taken job, after what the operator wanted of it meanwhile besides ``done``."""
        while (wanted := self._running.release(job_id, done)) is not None:
            self._endings.settle(job_id, partial(self._endings.obey, job_id, wanted))
            done = wanted

    def alone(self, job_id: str, do: Callable[[], object]) -> None:
        """Do something about a job while nobody else can; nothing where somebody works on it."""
        if self._running.take(job_id) is None:
            return
        try:
            do()
        finally:
            self.let_go(job_id)

    @at_drive()
    def update_package(self, job: Job) -> None:
        """The index tells how its files are; without room for it they are still there, and it comes later.

        A folder that is not there has no files.
        """
        begun_s = self._clock.monotonic_s()
        try:
            if not job.package or not self._board.get(job.job_id).finished:
                return
            if self._drives.hold_up(job):
                self._behind[job.package] = (begun_s + _INDEX_REST_S, job)
                return
            if system_path(job.folder).is_dir():
                renew_index(job.folder, lambda: self._members(job.package))
        except NotFoundError:
            return
        except (OSError, StorageError) as err:
            _log.warning("The index of a package could not be written: %s", err)
            ended_s = self._clock.monotonic_s()
            # Exports are asked for in the same thread.
            self._indexes_rest_until_s = ended_s + rest_after_s(ended_s - begun_s)
            self._behind[job.package] = (ended_s + _INDEX_REST_S, job)

    def doubt_indexes(self, jobs: Iterable[Job]) -> None:
        """Only those of these packages may be behind: none was written by this run yet."""
        self._behind = {job.package: (float("-inf"), job) for job in jobs}

    def renew_doubted(self) -> bool:
        """Write the index of one package that may be behind; False when there is none, or it is too early."""
        now_s = self._clock.monotonic_s()
        if now_s < self._indexes_rest_until_s:
            return False
        due = (job for due_s, job in list(self._behind.values()) if due_s <= now_s)
        job = next(due, None)
        if job is None:
            return False
        # Two threads may look after them.
        if self._behind.pop(job.package, None) is not None:
            self.update_package(job)
        return True

    def end_package(self, job: Job) -> None:
        """The same, when it was the last one of its package that had not ended."""
        left = (
            one for one in self._board.jobs() if one.package == job.package and not one.finished
        )
        if job.package and next(left, None) is None:
            self.update_package(job)

    def _members(self, package: str) -> list[Job]:
        return [job for job in self._board.jobs() if job.package == package]

    def _claim(self, lane: Lane, cancel: CancelToken) -> tuple[Job, Recorder, Claim] | None:
        if cancel.cancelled:
            return None
        now_s, hung = self._clock.monotonic_s(), self._drives.jobs()
        for job in self._in_turn(lane, self._candidates(lane)):
            if self._endings.is_unsettled(job.job_id):
                continue
            only_asks_server = lane is Lane.POLLS and job.export_id and not job.sha256
            if not only_asks_server and is_held_up(job, hung):
                continue
            if (self._agenda.due_s(job) or 0.0) > now_s:
                continue
            recorder = self._doors.open_for(job)
            if recorder is not None and (claim := self._running.take(job.job_id)) is not None:
                if job.state is self._board.get(job.job_id).state:
                    self._last[lane] = job.server
                    return job, recorder, claim
                self.let_go(job.job_id)
        return None

    def _in_turn(self, lane: Lane, waiting: list[Job]) -> list[Job]:
        """In their order, but how far exports are is asked in turn, however long a server takes to answer.

        One that is away takes its time to say nothing: others come before it every other time, and one worker
        for clips is left to them.
        """
        held_up = self._agenda.held_up()
        jobs = self._board.jobs() if held_up else []
        away = {job.server for job in jobs if job.job_id in held_up}
        clips = jobs if lane is Lane.CLIPS else []
        tried = {
            job.server
            for job in clips
            if job.kind is JobKind.CLIP and job.state is JobState.FETCHING
        }
        behind = away & (tried | {self._last.get(lane, "")})

        refused = self._doors.refused

        def turn(job: Job) -> tuple[bool, float]:
            is_poll = lane is Lane.POLLS and bool(job.export_id)
            is_behind = job.server in behind or job.job_id in refused
            return is_behind, (self._agenda.due_s(job) or 0.0) if is_poll else 0.0

        return sorted(waiting, key=turn)

    def _candidates(self, lane: Lane) -> list[Job]:
        hung = {job.job_id for job in self._drives.jobs()}
        now_ms = self._clock.now_ms()
        return candidates(self._board.jobs(), lane, self._limits(), now_ms, hung)

    def _wait_for_work(self, lane: Lane, cancel: CancelToken, seen: int, since_s: float) -> None:
        """Until something gets due, or something has changed since ``seen``.

        What was due at ``since_s`` already is held up by something else, whose end is a change.
        """
        now_s = self._clock.monotonic_s()
        known = (self._agenda.due_s(job) for job in self._candidates(lane))
        due = [one for one in known if one is not None and one > since_s]
        longest_s = TEND_EVERY_S if lane is Lane.POLLS else _LONGEST_IDLE_S
        wait_s = min([longest_s, *(max(0.0, one - now_s) for one in due)])
        self._running.wait(seen, wait_s, cancel)


def _worded(job: Job, err: Exception) -> RtaError:
    """What to say of an error that nobody foresaw. Called where it is caught."""
    if isinstance(err, OSError) and err.filename is not None:
        # A share that is away answers the most harmless question about a file so.
        return storage_error(err, job.path)
    _log.exception("Job %s ended by a mistake in the program", job.job_id)
    return RtaError(tr("The program made a mistake."), tr("Try again; the log has the details."))
