"""All jobs, and what may be wanted of them; the work itself is done by :mod:`rta_viewer.jobs.workers`.

While another process owns the list, this one reads it along, and hands on what is wanted.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import Clock
from rta_viewer.core.drive_calls import at_drive
from rta_viewer.core.jobs import (
    FINISHED,
    MOVABLE,
    RETRYABLE,
    IllegalTransitionError,
    Job,
    JobEvent,
    JobState,
    PauseCause,
)
from rta_viewer.core.texts import tr
from rta_viewer.errors import NotFoundError, RtaError, StorageError, UsageError
from rta_viewer.jobs.board import Board, JobListener
from rta_viewer.jobs.delivery import part_of
from rta_viewer.jobs.doors import Doors, RecorderFinder
from rta_viewer.jobs.elsewhere import companions, home_in
from rta_viewer.jobs.endings import (
    AFRESH,
    ASKED_WHEN_KILLED,
    WAITING,
    Agenda,
    Endings,
    is_unanswered,
)
from rta_viewer.jobs.inbox import Do, Order, order_to_add
from rta_viewer.jobs.placing import discard, withdraw
from rta_viewer.jobs.plan import in_final_folders
from rta_viewer.jobs.rest import rest_of
from rta_viewer.jobs.rows import job_of_order, require_keepable
from rta_viewer.jobs.running import Running
from rta_viewer.jobs.schedule import Lane, Limits, ranks_before
from rta_viewer.jobs.silent_drives import SilentDrives
from rta_viewer.jobs.store import NoStore, NotKeepableError, Store
from rta_viewer.jobs.workers import TEND_EVERY_S, Workers
from rta_viewer.platform.drives import look_at
from rta_viewer.vms.rate import Sleeper, sleep_for

__all__ = ["JobEngine", "Lane", "Limits", "NotRetryableError", "RecorderFinder"]

_log = logging.getLogger(__name__)

_INDEX_DOUBTED_MS = 2 * 86_400_000
"""Indexes of packages that changed so lately are written again after the start: the last may be missing."""


class NotRetryableError(UsageError, IllegalTransitionError):
    """Somebody wants to try again what goes on, or what is done."""


class NotMovableError(UsageError, IllegalTransitionError):
    """Somebody wants another folder for what goes on, or is done; or one that cannot be used."""


class JobEngine:
    """All jobs of the program. Every method may be called from any thread.

    Attributes:
        limits: What the operator allows; may be replaced at any time.
        on_shut_out: Told of the first job of a server whose jobs wait until somebody signs in again, and why.
            Any thread.
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
        self.on_shut_out: Callable[[Job, RtaError], object] = lambda _job, _err: None
        self._store = store
        self._clock = clock
        # Whoever is told of a new job may add another one.
        self._adding = threading.RLock()
        # Not the same: a drive that hangs while something is moved keeps nobody from adding.
        self._moving = threading.RLock()
        self._at_orders = threading.Lock()
        self._carrying_out = set[Path | None]()
        self._tended_s = float("-inf")
        self._board = Board(store, clock)
        self._running = Running()
        self._doors = Doors(recorder_for)
        self._agenda = Agenda(clock, self._doors)
        self._endings = Endings(
            self._board, clock, self._agenda, self._doors, lambda: self.limits.patience
        )
        self._drives = SilentDrives(self._board, clock, self._running)
        self._workers = Workers(
            self._board,
            clock,
            self._running,
            self._agenda,
            self._endings,
            self._drives,
            self._doors,
            sleep=sleep,
            limits=lambda: self.limits,
            tend=self._look_after,
            shut_out=self._tell_shut_out,
        )

    def _tell_shut_out(self, job: Job, err: RtaError) -> None:
        """Whoever is to be told now: that may have changed since the workers were made."""
        self.on_shut_out(job, err)

    @property
    def forgets(self) -> bool:
        """No list keeps what is not finished when the program ends."""
        return isinstance(self._store, NoStore)

    def adopt(self, store: Store) -> None:
        """Go on with another store, in which this process may write: nobody is told, ask for all jobs.

        Raises:
            StorageError: It cannot be read; all stays as it was.
        """
        # Not while jobs are being handed on: the list would not have them, and yet they would be known.
        with self._adding:
            self._board.adopt(store)
            self._store = store
        self._tended_s = float("-inf")

    def read_along(self) -> None:
        """Look how the jobs of another process are now, and tell of those that have changed.

        Raises:
            StorageError: They cannot be read.
        """
        self._board.show(self._store.load())

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

    def add(self, job: Job) -> Job:
        """Add a job; one of the same id is not added again. Asks no server and makes no folder."""
        return self.add_all([job])[0]

    def add_all(self, jobs: Sequence[Job]) -> list[Job]:
        """Add several in one step: after a kill all of them are in the list, or none.

        A package whose folder another one has by now gets a folder of its own. Where another process owns the
        list, they are shown at once, and it is asked to add them.

        Raises:
            UsageError: One of them cannot be written down.
            StorageError: The list, or the order, cannot be written now.
        """
        with self._adding:
            known = {job.job_id: job for job in self._board.jobs()}
            new = [job for job in jobs if job.job_id not in known]
            outbox = self._store.outbox
            if outbox is None:
                require_keepable(new)
                self._board.add_all(in_final_folders(new, list(known.values())))
            else:
                if new:
                    outbox.put(order_to_add(new))
                self._board.show(new)
        self.wake()
        return [self._board.get(job.job_id) for job in jobs]

    def cancel(self, job_id: str) -> None:
        """Stop it for good and delete what is unfinished. Nothing happens to a finished one."""
        if not self._handed_on(Do.CANCEL, job_id):
            self._stop(job_id, JobState.CANCELLED)

    def pause(self, job_id: str) -> None:
        """Hold it until :meth:`resume`; what was fetched stays. Nothing happens to a finished one."""
        if not self._handed_on(Do.PAUSE, job_id):
            self._stop(job_id, JobState.PAUSED)

    def resume(self, job_id: str) -> Job:
        """Go on with a paused job, and make its folder again when it is gone; nothing happens to others.

        One that is about to be paused is not.
        """
        job = self._board.get(job_id)
        if self._running.take_back_pause(job_id):
            self._drives.tell()
            return job
        if job.state is not JobState.PAUSED or self._handed_on(Do.RESUME, job_id):
            return job
        if self._endings.resume(job) is not None:
            self.wake()
        return self._board.get(job_id)

    def move_before(self, job_id: str, before: str | None) -> None:
        """Change the order of what waits: ``job_id`` comes before the other one, or last.

        Raises:
            UsageError: Another process owns the list.
        """
        self._require_own()
        ranks = ranks_before(self._board.jobs(), job_id, before)
        self._board.change_all(
            lambda job: {"rank": ranks[job.job_id]} if job.job_id in ranks else {}
        )
        self.wake()

    def _stop(self, job_id: str, wanted: JobState) -> None:
        if wanted is JobState.CANCELLED and self._endings.leaving.pop(job_id, set()):
            for order in self._orders():
                if order.job_id == job_id and order.do is Do.GO_ON_IN:
                    order.done()
        if self._running.take_or_stop(job_id, wanted) is None:
            self._drives.tell()
            return
        try:
            hangs = self._drives.hold_up(self._board.get(job_id))
            self._endings.obey(job_id, wanted, hangs=hangs)
        finally:
            self._workers.let_go(job_id, wanted)
        self._workers.end_package(self._board.get(job_id))

    def retry(self, job_id: str) -> Job:
        """Start a finished, unsuccessful job again; after a failure what was fetched is used.

        One that waits for its server, or for a sign-in there, tries at once.

        Raises:
            NotRetryableError: It is under way, paused, or done.
        """
        job = self._board.get(job_id)
        if self._handed_on(Do.RETRY, job_id):
            return job
        is_shut_out = job.state in WAITING and self._doors.why_shut(job) is not None
        if job.waits_for_server or is_shut_out:
            self._agenda.hurry(job)
            self.wake()
            return job
        fresh = dict(AFRESH)
        if job.state is JobState.DIFFERS:
            fresh |= {"sha256": "", "export_id": "", "missing": None}
        again = self._board.move_if(
            job_id,
            lambda now: now.state in RETRYABLE and now.state is job.state,
            JobState.QUEUED,
            tr("Tried again"),
            who=job.username,
            **fresh,
        )
        if again is None:
            raise NotRetryableError(tr("Only what has ended without success can be tried again."))
        self._agenda.hurry(again)
        self.wake()
        return again

    def go_on_in(self, job_id: str, folder: Path) -> Job:
        """Fetch what waits, or has failed or was cancelled, into another folder; asks drives.

        What waits of its package comes along, into a folder of its own. What was fetched is used where it is
        on the same drive, and fetched again elsewhere.

        Raises:
            NotMovableError: It is under way or done, or the folder cannot be used.
            StorageError: The list cannot be written: all stays as it was.
        """
        return self._go_on_in(job_id, folder)

    def _go_on_in(self, job_id: str, folder: Path, package: str = "") -> Job:
        """The same; ``package`` is given where a run that was killed has decided on both."""
        before = self._board.get(job_id)
        with at_drive():
            look = look_at(folder)
        if look.problem:
            raise NotMovableError(look.problem)
        job = self._board.get(job_id)
        if job.state not in MOVABLE or _was_stopped(before, job):
            raise _not_movable()
        if self._handed_on(Do.GO_ON_IN, job_id, str(folder)):
            return job
        with self._moving:
            with self._adding, at_drive():
                job, known = self._board.get(job_id), self._board.jobs()
                jobs = companions(job, known)
                if package:
                    home = folder
                else:
                    home, package = home_in(folder, jobs, known)
            if home == job.folder:
                return self.retry(job_id) if job.state in RETRYABLE else self.resume(job_id)
            with self._remembered(job_id, home, package):
                # The one that was asked for is the last: after a kill those that are left come along with it.
                for one in [*jobs[1:], job]:
                    self._move(one, home, package, held=one is not job)
        self.wake()
        moved = self._board.get(job_id)
        if moved.folder != home:
            # Somebody began to work on it meanwhile.
            raise _not_movable()
        return moved

    @contextmanager
    def _remembered(self, job_id: str, home: Path, package: str) -> Iterator[None]:
        """As an order to ourselves: a kill between a file and its row is gone on from at the next start."""
        inbox = self._store.inbox
        order = Order(Do.GO_ON_IN, job_id, folder=str(home), package=package)
        if inbox is not None:
            with self._at_orders:
                order = replace(order, file=inbox.put(order))
                self._carrying_out |= {order.file} - {None}
        try:
            yield
        except Exception:
            order.done()
            raise
        else:
            order.done()
        finally:
            with self._at_orders:
                self._carrying_out -= {order.file}

    def _move(self, job: Job, home: Path, package: str, *, held: bool) -> None:
        hangs = self._drives.hold_up(job)
        go_on = partial(self._endings.go_on_in, job.job_id, home, package, held=held, hangs=hangs)
        with at_drive():
            self._workers.alone(job.job_id, go_on)

    def fetch_rest(self, job_id: str) -> Job:
        """Add a job for what a delivered file lacks; where there is one, it is tried again if it ended badly.

        Raises:
            UsageError: Nothing is known to be missing.
        """
        rest = self.add(rest_of(self._board.get(job_id), self._clock.now_ms()))
        if rest.state in RETRYABLE:
            # Two may ask at once.
            with suppress(NotRetryableError):
                return self.retry(rest.job_id)
        return self._board.get(rest.job_id)

    def forget(self, job_id: str) -> None:
        """Take a finished job off the list; its file stays, an unfinished part goes.

        Raises:
            UsageError: It is under way, or another process owns the list.
        """
        self._require_own()
        job = self._board.get(job_id)
        if not job.finished:
            raise UsageError(
                tr("A job that is under way cannot be removed."), tr("Cancel it first.")
            )
        if job.state in {JobState.DONE, JobState.DIFFERS}:
            discard(part_of(job))
        else:
            withdraw(part_of(job), job.path)
        self._board.delete(job_id)

    def _handed_on(self, do: Do, job_id: str, folder: str = "") -> bool:
        """Ask the process that owns the list; False when it is this one."""
        outbox = self._store.outbox
        if outbox is not None:
            outbox.put(Order(do, job_id, folder=folder))
        return outbox is not None

    def _require_own(self) -> None:
        if self._store.outbox is not None:
            raise UsageError(
                tr("Another command of this program works on this list."),
                tr("Try again when it has ended."),
            )

    def resume_unfinished(self) -> list[Job]:
        """Queue again what the last run of the program left; call once, before the workers start.

        What is paused stays so.
        """
        leaving = {order.job_id for order in self._orders() if order.do is Do.GO_ON_IN}
        known = self._board.jobs()
        for job in (one for one in known if one.job_id in leaving):
            # What was fetched may be there already.
            self._endings.leaving[job.job_id] = {one.job_id for one in companions(job, known)}
        # Nobody remembers how long a job was to wait for its server: it does not.
        said = {"reason": "", "hint": ""}
        self._board.change_all(lambda job: said if job.state is JobState.QUEUED else {})
        found = []
        for job in self._board.jobs():
            if job.state in FINISHED or job.state in {JobState.QUEUED, JobState.PAUSED}:
                continue
            why = (
                tr(ASKED_WHEN_KILLED) if is_unanswered(job) else tr("The program was started again")
            )
            found.append(self._board.move(job.job_id, JobState.QUEUED, why, **said))
        fresh_ms = self._clock.now_ms() - _INDEX_DOUBTED_MS
        recent = [job for job in self._board.jobs() if job.package and job.updated_ms > fresh_ms]
        self._workers.doubt_indexes(job for job in recent if job.finished)
        self.wake()
        return found

    def wake(self) -> None:
        """Look again for work: somebody has signed in, say."""
        self._running.wake()

    def _look_after(self) -> None:
        """The same as :meth:`tend`, and one index: the others wait, as it may be on a share that is away."""
        self.tend()
        self.renew_doubted()

    def renew_doubted(self) -> bool:
        """Write the index of one package that may be behind: since a kill, or because its drive was full.

        False when there is none, or it is too early.
        """
        return self._workers.renew_doubted()

    def _orders(self) -> list[Order]:
        return [] if self._store.inbox is None else self._store.inbox.waiting()

    def tend(self, *, is_alone: bool = False) -> None:
        """Look at what comes from outside: orders of commands, room on drives. Cheap; done on POLLS.

        Args:
            is_alone: Nobody would help where a drive does not answer: it is not asked for the sake of orders.
        """
        now_s = self._clock.monotonic_s()
        if now_s - self._tended_s < TEND_EVERY_S:
            return
        self._tended_s = now_s
        self._drives.tell()
        self._endings.settle_all(self._workers.alone)
        later = set[str]()
        for order in self._orders():
            if is_alone and (order.do is Do.GO_ON_IN or order.job_id in later):
                later.add(order.job_id)
                continue
            self._carry_out_alone(order)
        for job in self._endings.room.ready(self._board.jobs()):
            self._workers.alone(job.job_id, partial(self._go_on, job.job_id))
        self._endings.tell_held()

    def _go_on(self, job_id: str) -> None:
        """Unless something else was wanted of it while its drive was looked at."""
        is_told = self._endings.drive_tries.are_told(job_id)
        self._board.move_if(
            job_id,
            lambda job: job.waits_for_drive,
            JobState.QUEUED,
            "" if is_told else tr("There is room again"),
            pause_cause=PauseCause.NONE,
            reason="",
            hint="",
        )

    def _carry_out_alone(self, order: Order) -> None:
        """Unless another worker is at it, be it that it hangs there at a drive."""
        with self._at_orders:
            if order.file is None or order.file in self._carrying_out:
                return
            self._carrying_out.add(order.file)
        try:
            # Carried out meanwhile, it would be for a second time.
            if order.waits:
                self._carry_out(order)
        finally:
            with self._at_orders:
                self._carrying_out.discard(order.file)

    def _carry_out(self, order: Order) -> None:
        """Once; raises StorageError while the list cannot be written, and the order stays."""
        commands: dict[Do, Callable[[str], object]] = {
            Do.PAUSE: self.pause,
            Do.RESUME: self.resume,
            Do.CANCEL: self.cancel,
            Do.RETRY: self.retry,
        }
        try:
            if order.do is Do.ADD:
                self.add_all(list(filter(None, map(job_of_order, order.rows))))
            elif order.do is Do.GO_ON_IN:
                self._go_on_in(order.job_id, Path(order.folder), order.package)
            else:
                commands[order.do](order.job_id)
        except (IllegalTransitionError, NotFoundError) as err:
            _log.info("An order came too late: %s", err)
        except NotKeepableError as err:
            # At no other time, either.
            _log.warning("An order cannot be written down and is dropped: %s", err)
        except StorageError:
            raise
        except Exception:  # noqa: BLE001 - it comes from outside, and would end whoever looks after all jobs
            _log.exception("An order cannot be carried out and is dropped")
        order.done()
        if order.do is Do.GO_ON_IN and self._endings.leaving.pop(order.job_id, set()):
            self.wake()

    def work(self, lane: Lane, cancel: CancelToken) -> None:
        """Run what is due on a lane, one after another, until ``cancel`` is set. Never raises Cancelled."""
        self._workers.work(lane, cancel)

    def wants_help(self, lane: Lane) -> bool:
        """Whether workers of a lane wait for drives that do not answer, and another one may :meth:`help`."""
        return self._drives.wants_help(lane)

    def help(self, lane: Lane, cancel: CancelToken) -> None:
        """The same as :meth:`work` in the place of a worker that hangs, until that is back."""
        self._workers.help(lane, cancel)

    def run_next(self, lane: Lane, cancel: CancelToken) -> bool:
        """Run one job, or one step of an export, if one is due; False when there was nothing to do."""
        return self._workers.run_next(lane, cancel)


def _was_stopped(before: Job, now: Job) -> bool:
    """Somebody cancelled or paused it while a drive was asked."""
    by_operator = now.pause_cause is PauseCause.OPERATOR or now.state is JobState.CANCELLED
    return by_operator and (now.state, now.pause_cause) != (before.state, before.pause_cause)


def _not_movable() -> NotMovableError:
    return NotMovableError(
        tr("Only what waits, or has ended without a file, can go on in another folder."),
        tr("Pause it first."),
    )
