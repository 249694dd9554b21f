"""Drives that do not answer: tells of the jobs that hang there, whose place others may take. Any thread."""

import logging
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from rta_viewer.core.clock import Clock
from rta_viewer.core.drive_calls import CANCELS, LATE_S, PAUSES, SILENT, DriveCalls, counted
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.texts import tr
from rta_viewer.errors import NotFoundError, StorageError
from rta_viewer.jobs.board import Board
from rta_viewer.jobs.room import drive_name
from rta_viewer.jobs.running import Running
from rta_viewer.jobs.schedule import Lane

MOST_LENT = 4
"""Workers that one lane gets in the place of those that hang."""

_ASLEEP_S = 300.0
"""Nobody looked for so long: the computer slept, and on some systems the clock went on meanwhile."""

_log = logging.getLogger(__name__)
_WORDS: Mapping[JobState | None, str] = {JobState.CANCELLED: CANCELS, JobState.PAUSED: PAUSES}


@dataclass(eq=False, slots=True)
class Turn:
    """What one worker does now.

    Attributes:
        job_id: Of the job that it has taken; empty before.
        is_told: The history tells that it hung.
    """

    lane: Lane
    calls: DriveCalls
    job_id: str = ""
    is_told: bool = False


class SilentDrives:
    """Knows what all workers do, and which of them hang."""

    def __init__(self, board: Board, clock: Clock, running: Running) -> None:
        self._board = board
        self._clock = clock
        self._running = running
        self._lock = threading.Lock()
        # Whoever is told of a job may want something of another one.
        self._telling = threading.RLock()
        self._turns: list[Turn] = []
        self._lent = Counter[Lane]()
        self._said: dict[str, tuple[str, str]] = {}
        self._looked_s = clock.monotonic_s()
        self._awake_s = float("-inf")

    @contextmanager
    def watching(self, lane: Lane) -> Iterator[Turn]:
        """This thread does something for a lane until the end of the block."""
        turn = Turn(lane, DriveCalls(self._clock))
        with self._lock:
            self._turns.append(turn)
        try:
            with counted(turn.calls):
                yield turn
        finally:
            with self._lock:
                self._turns.remove(turn)

    def jobs(self) -> list[Job]:
        """Those that hang now."""
        with self._lock:
            ids = [turn.job_id for turn in self._turns if turn.job_id and turn.calls.is_late]
        found = []
        for job_id in ids:
            with suppress(NotFoundError):
                found.append(self._board.get(job_id))
        return found

    def hold_up(self, job: Job) -> bool:
        """Another job hangs at its drive."""
        return is_held_up(job, self.jobs())

    def wants_help(self, lane: Lane) -> bool:
        """Fewer workers were lent to a lane than hang there."""
        with self._lock:
            return self._lent[lane] < self._most_lent(lane)

    def lend(self, lane: Lane) -> bool:
        """The worker that asks is one more from now on; False where none is wanted."""
        with self._lock:
            is_wanted = self._lent[lane] < self._most_lent(lane)
            self._lent[lane] += is_wanted
        return is_wanted

    def is_over(self, lane: Lane) -> bool:
        """The lent worker that asks is one too many by now, and is not counted any more."""
        with self._lock:
            is_over = self._lent[lane] > self._most_lent(lane)
            self._lent[lane] -= is_over
        return is_over

    def leave(self, lane: Lane) -> None:
        """A lent worker goes for another reason."""
        with self._lock:
            self._lent[lane] -= 1

    def _most_lent(self, lane: Lane) -> int:
        hung = sum(turn.lane is lane and turn.calls.is_late for turn in self._turns)
        return min(MOST_LENT, hung)

    def tell(self) -> None:
        """Say which jobs hang, and what is wanted of them; take that back of those that get on again."""
        with self._telling:
            is_awake = self._is_awake()
            with self._lock:
                turns = [turn for turn in self._turns if turn.job_id and turn.calls.is_late]
            try:
                for turn in (one for one in turns if is_awake or one.is_told):
                    with suppress(NotFoundError):
                        self._say(turn)
                self._take_back({turn.job_id for turn in turns})
            except StorageError as err:
                _log.warning("That a drive does not answer could not be written down: %s", err)

    def _is_awake(self) -> bool:
        """Long enough for a drive to have answered since."""
        now_s, looked_s = self._clock.monotonic_s(), self._looked_s
        self._looked_s = now_s
        if now_s - looked_s > _ASLEEP_S:
            self._awake_s = now_s
        return now_s - self._awake_s >= LATE_S

    def _say(self, turn: Turn) -> None:
        """Once in the history for each step of a job."""
        job, wanted = self._board.get(turn.job_id), self._running.wanted(turn.job_id)
        reason = tr(_WORDS.get(wanted, SILENT))
        if job.finished or job.reason == reason:
            return
        before = self._said.get(job.job_id, (job.reason, job.hint))
        said = self._board.move_if(
            job.job_id,
            lambda now: now.state is job.state and turn.calls.is_late,
            job.state,
            "" if turn.is_told else tr(SILENT),
            reason=reason,
            hint=tr("See to the drive or the network share; it goes on by itself then."),
        )
        if said is not None:
            turn.is_told = True
            self._said[job.job_id] = before

    def _take_back(self, hung: set[str]) -> None:
        over = {job_id: said for job_id, said in list(self._said.items()) if job_id not in hung}
        if not over:
            return

        def fields_of(job: Job) -> dict[str, str]:
            if job.job_id not in over or not job.drive_is_silent:
                return {}
            reason, hint = over[job.job_id]
            return {"reason": reason, "hint": hint}

        self._board.change_all(fields_of)
        for job_id in over:
            self._said.pop(job_id, None)
        # What was held up by them may go on, and who took their place may go.
        self._running.wake()


def is_held_up(job: Job, hung: Iterable[Job]) -> bool:
    """Whether one of those that hang does so at the drive of a job, as far as is known without asking it."""
    return any(_is_same_drive(job, other) for other in hung if other.job_id != job.job_id)


def _is_same_drive(job: Job, other: Job) -> bool:
    """The root of a system with one tree says nothing."""
    name = drive_name(job)
    return job.folder == other.folder or (name == drive_name(other) and name != job.folder.root)
