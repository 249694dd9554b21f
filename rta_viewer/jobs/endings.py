"""How a step of a job ends: goes on later, waits for a server or a drive, paused, cancelled, failed.

Any thread; one at a time for each job.
"""

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from rta_viewer.core.clock import Clock
from rta_viewer.core.jobs import (
    MOVABLE,
    IllegalTransitionError,
    Job,
    JobKind,
    JobState,
    PauseCause,
)
from rta_viewer.core.texts import mark, tr
from rta_viewer.errors import NotFoundError, RtaError, StorageError
from rta_viewer.jobs.board import Board
from rta_viewer.jobs.delivery import part_of
from rta_viewer.jobs.doors import Doors, Shut
from rta_viewer.jobs.elsewhere import bring, take_back
from rta_viewer.jobs.pace import Pace
from rta_viewer.jobs.patience import DriveTries, Patience
from rta_viewer.jobs.placing import withdraw
from rta_viewer.jobs.room import RoomWatch, is_lost_target
from rta_viewer.jobs.store import NotKeepableError, StoreError

_log = logging.getLogger(__name__)

_STORE_REST_S = 5.0
WAITING = frozenset({JobState.QUEUED, JobState.PREPARING, JobState.READY})
"""What nobody goes on with while its server lets nobody in."""

ASKED_WHEN_KILLED = mark(
    "Interrupted while the server was asked for the export. The server may have begun one: "
    "it is asked again, and may make it twice"
)
_CANCELLED_WHEN_ASKED = mark(
    "Cancelled while the server was asked for the export, which it may have begun"
)

AFRESH: Mapping[str, Any] = {
    "reason": "",
    "hint": "",
    "failure": "",
    "renewals": 0,
    "folder_seen": False,
    "volume_count": 0,
    "volume_base": "",
}
"""What is not known any more of a job that starts again."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A server wants no order before that instant of the monotonic clock; what it said, for all who wait."""

    due_s: float
    reason: str
    hint: str


class Agenda:
    """When each job is due again, and how far apart its questions are. Lives in memory only."""

    def __init__(self, clock: Clock, doors: Doors) -> None:
        self._clock = clock
        self._doors = doors
        self._due: dict[str, tuple[float, Pace]] = {}
        self._held: dict[str, Hold] = {}

    def put(self, job_id: str, pace: Pace) -> float:
        """Due when the pace says; returns that instant of the monotonic clock."""
        due_s = self._clock.monotonic_s() + pace.wait_s
        self._due[job_id] = (due_s, pace)
        return due_s

    def pace(self, job_id: str) -> Pace:
        """What was put last."""
        return self._due.get(job_id, (0.0, Pace()))[1]

    def held_up(self) -> set[str]:
        """The jobs whose last step could not be done."""
        return {job_id for job_id, (_, pace) in list(self._due.items()) if pace.is_held_up}

    def hold(self, server: str, hold: Hold) -> None:
        """Order no export of this server before that instant."""
        self._held[server] = hold

    def held(self, job: Job) -> Hold | None:
        """What keeps it from being ordered, or kept it until lately; None where its server takes orders."""
        return self._held.get(job.server) if _is_to_be_ordered(job) else None

    def release(self, server: str) -> None:
        """It takes orders again."""
        self._held.pop(server, None)

    def due_s(self, job: Job) -> float | None:
        """None when it may be done at any time."""
        found = self._due.get(job.job_id)
        # All exports are looked at for each poll, and rarely does a server take no orders.
        hold = self.held(job) if self._held else None
        if hold is None:
            return None if found is None else found[0]
        return hold.due_s if found is None else max(found[0], hold.due_s)

    def forget(self, job_id: str) -> None:
        """It may be done at once."""
        self._due.pop(job_id, None)

    def hurry(self, job: Job) -> None:
        """The same, and whatever its server said: somebody does not want to wait."""
        self.forget(job.job_id)
        self._doors.knock(job)
        if _is_to_be_ordered(job):
            self.release(job.server)


def _is_to_be_ordered(job: Job) -> bool:
    return job.kind is JobKind.EXPORT and not job.export_id and not job.sha256


class Endings:
    """Writes down how steps end; what cannot be written now is written later.

    Attributes:
        room: Which paused jobs wait for a drive.
        drive_tries: Which of them go on again and again in vain.
        leaving: Jobs that were ordered to another folder before the program began, each with who comes along;
            not to be begun until that is done.
    """

    def __init__(
        self,
        board: Board,
        clock: Clock,
        agenda: Agenda,
        doors: Doors,
        patience: Callable[[], int],
    ) -> None:
        self.room = RoomWatch(clock)
        self.drive_tries = DriveTries()
        self.leaving: dict[str, set[str]] = {}
        self._board = board
        self._clock = clock
        self._agenda = agenda
        self._doors = doors
        self._most = patience
        self._patience = Patience()
        self._unsettled: dict[str, Callable[[], object]] = {}
        self._told_held: set[str] = set()

    def is_unsettled(self, job_id: str) -> bool:
        """Its last step has ended, and that is not written down yet; or it is to go on elsewhere first."""
        if any(job_id in together for together in list(self.leaving.values())):
            return True
        return job_id in self._unsettled

    def settle(self, job_id: str, end: Callable[[], object]) -> None:
        """Write down how a step ended; when the list cannot be written now, as soon as it can."""
        try:
            self._write(job_id, end)
        except NotKeepableError as err:
            # It may be the words for what happened that nobody can write.
            self._write(job_id, partial(self.fail, job_id, err))
        except StorageError as err:
            _log.warning("Not written down yet: %s", err)
            self._unsettled[job_id] = end
            self._board.remark(job_id, err.summary, err.hint)

    def settle_all(self, alone: Callable[[str, Callable[[], object]], None]) -> None:
        """Try again what could not be written; raises StorageError.

        Args:
            alone: Does something about a job while nobody else can, if that is possible now.
        """
        for job_id in list(self._unsettled):
            alone(job_id, partial(self._settle_again, job_id))

    def _settle_again(self, job_id: str) -> None:
        """Unless the operator has decided otherwise meanwhile."""
        end = self._unsettled.get(job_id)
        if end is not None:
            self._write(job_id, end)

    def _write(self, job_id: str, end: Callable[[], object]) -> None:
        try:
            end()
        except (IllegalTransitionError, NotFoundError) as err:
            _log.warning("The end of a step does not matter any more: %s", err)
        self._unsettled.pop(job_id, None)

    def tell_held(self) -> None:
        """What waits because of what its server said to another job says why, and how long."""
        told: set[str] = set()
        now_s = self._clock.monotonic_s()
        self._board.change_all(partial(self._said_of_wait, now_s, told))
        self._told_held = told

    def _said_of_wait(self, now_s: float, told: set[str], job: Job) -> Mapping[str, Any]:
        """What is to be said of a job otherwise; jobs that wait with another one are noted in ``told``."""
        shut = self._doors.why_shut(job) if job.state in WAITING else None
        if shut is not None:
            told.add(job.job_id)
            return {"reason": shut.reason, "hint": shut.hint, "next_try_s": None}
        if job.state is not JobState.QUEUED:
            was_told = job.state in WAITING and job.job_id in self._told_held
            return {"reason": "", "hint": ""} if was_told else {}
        hold = self._agenda.held(job)
        if hold is not None and hold.due_s > max(now_s, job.next_try_s or 0.0):
            told.add(job.job_id)
            return {"reason": hold.reason, "hint": hold.hint, "next_try_s": hold.due_s}
        if job.job_id not in self._told_held:
            return {}
        if hold is not None:
            told.add(job.job_id)
            return {}
        due_s = self._agenda.due_s(job)
        if due_s is not None and due_s > now_s:
            return {"next_try_s": due_s}
        return {"reason": "", "hint": "", "next_try_s": None}

    def interrupted(self, job_id: str) -> None:
        """It was stopped, not because of the job: by the end of the program, say."""
        job = self._board.get(job_id)
        if job.state is not JobState.QUEUED:
            why = tr(ASKED_WHEN_KILLED) if is_unanswered(job) else tr("Interrupted; goes on later")
            self._board.move(job_id, JobState.QUEUED, why, reason="", hint="")

    def shut_out(self, job_id: str, shut: Shut) -> None:
        """Its server does not let in who is signed in there: it waits, as those that had not begun."""
        self._forget_waits(job_id)
        self._told_held.add(job_id)
        self._board.move(job_id, JobState.QUEUED, shut.reason, reason=shut.reason, hint=shut.hint)

    def failed(self, job_id: str, err: RtaError) -> None:
        """Something went wrong: it waits, or it failed."""
        if isinstance(err, StoreError):
            self._agenda.put(job_id, replace(self._agenda.pace(job_id), wait_s=_STORE_REST_S))
            if self._board.get(job_id).state is JobState.QUEUED:
                self._board.remark(job_id, err.summary, err.hint)
            self.interrupted(job_id)
            return
        wait_s = self._patience.wait_s(self._board.get(job_id), err, self._most())
        if wait_s is not None:
            self._wait_for_server(job_id, err, wait_s)
        elif is_lost_target(err):
            self._wait_for_target(job_id, err)
        else:
            self.fail(job_id, err)

    def _wait_for_target(self, job_id: str, err: RtaError) -> None:
        self._forget_waits(job_id)
        self.room.note_pause(job_id)
        is_told = self.drive_tries.is_told(self._board.get(job_id), err.summary)
        paused = self._board.move(
            job_id,
            JobState.PAUSED,
            "" if is_told else err.summary,
            pause_cause=PauseCause.STORAGE,
            reason=err.summary,
            hint=tr("It goes on by itself when there is room, or when the drive is back."),
        )
        self.drive_tries.note(paused, err.summary)

    def _wait_for_server(self, job_id: str, err: RtaError, wait_s: float) -> None:
        """One line of the history, however often it is tried."""
        is_told = self._agenda.pace(job_id).again
        self._board.move(
            job_id,
            JobState.QUEUED,
            "" if is_told else err.summary,
            reason=err.summary,
            hint=tr("It is tried again by itself."),
            next_try_s=self._agenda.put(job_id, Pace(wait_s, silent=1, again=True)),
        )

    def forget(self, job_id: str) -> None:
        """Nothing is waited for any more: it is over, or begins anew."""
        self._forget_waits(job_id)
        self.drive_tries.forget(job_id)

    def _forget_waits(self, job_id: str) -> None:
        self._agenda.forget(job_id)
        self._patience.forget(job_id)

    def fail(self, job_id: str, err: RtaError) -> None:
        """It is over, and this is why."""
        self.forget(job_id)
        self._board.move(
            job_id,
            JobState.FAILED,
            err.summary,
            reason=err.summary,
            hint=err.hint,
            failure=err.kind,
        )

    def obey(self, job_id: str, wanted: JobState, *, hangs: bool = False) -> None:
        """As the operator wants it: CANCELLED, PAUSED, or QUEUED again. Nothing happens to a finished one.

        Args:
            job_id: Which.
            wanted: What.
            hangs: Its drive does not answer, and is not asked.
        """
        job = self._board.get(job_id)
        if job.finished:
            return
        self.forget(job_id)
        if wanted is JobState.CANCELLED:
            self._cancel(job, hangs=hangs)
        elif wanted is JobState.QUEUED:
            if self.resume(job) is None:
                self.interrupted(job_id)
        elif job.state is not JobState.PAUSED or job.pause_cause is not PauseCause.OPERATOR:
            self._board.move(
                job.job_id,
                JobState.PAUSED,
                tr(ASKED_WHEN_KILLED) if is_unanswered(job) else tr("Paused", "a job"),
                who=job.username,
                pause_cause=PauseCause.OPERATOR,
                reason="",
                hint="",
            )
        self._unsettled.pop(job_id, None)

    def resume(self, job: Job) -> Job | None:
        """Queue a paused one again, to be done at once; None when it is not paused any more.

        Who was told that its drive is gone, and goes on, wants it on another one.
        """
        resumed = self._board.move_if(
            job.job_id,
            lambda now: now.state is JobState.PAUSED,
            JobState.QUEUED,
            tr("Resumed"),
            who=job.username,
            pause_cause=PauseCause.NONE,
            folder_seen=False,
            mount_point="" if job.waits_for_drive else job.mount_point,
            reason="",
            hint="",
        )
        if resumed is not None:
            self.room.forget(job.job_id)
            self.drive_tries.forget(job.job_id)
            self._agenda.hurry(resumed)
        return resumed

    def go_on_in(
        self, job_id: str, folder: Path, package: str, *, held: bool, hangs: bool = False
    ) -> None:
        """Queue a job that nobody works on for another folder; nothing happens to one that has ended well.

        Args:
            job_id: Which.
            folder: The other one; not that which it has.
            package: What its package is called there.
            held: What the operator has paused stays so.
            hangs: Its drive does not answer, and is not asked.
        """
        job = self._board.get(job_id)
        if job.state not in MOVABLE:
            return
        there = replace(job, folder=folder)
        is_reachable = not hangs and self.room.is_reachable(job)
        came, said = bring(job, there, is_reachable=is_reachable)
        stays = held and job.pause_cause is PauseCause.OPERATOR
        moved: dict[str, Any] = {"folder": folder, "package": package, "mount_point": ""}
        if not came:
            moved |= {"sha256": "", "received_bytes": 0}
        try:
            self._board.move(
                job_id,
                job.state if stays else JobState.QUEUED,
                said,
                who=job.username,
                pause_cause=job.pause_cause if stays else PauseCause.NONE,
                **AFRESH,
                **moved,
            )
        except StorageError:
            if came and is_reachable:
                take_back(job, there)
            raise
        self._unsettled.pop(job_id, None)
        self.room.forget(job_id)
        self.forget(job_id)
        self._agenda.hurry(job)

    def _cancel(self, job: Job, *, hangs: bool) -> None:
        placed_bytes = job.received_bytes if job.sha256 else None
        # On a share that is away it stays.
        if not (hangs or self.room.hangs(job)):
            with suppress(OSError):
                withdraw(part_of(job), job.path, placed_bytes=placed_bytes)
        self._board.move(
            job.job_id,
            JobState.CANCELLED,
            tr(_CANCELLED_WHEN_ASKED) if is_unanswered(job) else tr("Cancelled", "a job"),
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


def is_unanswered(job: Job) -> bool:
    """The server was asked for an export, and nobody knows whether it heard."""
    return job.state is JobState.ASKING and not job.export_id
