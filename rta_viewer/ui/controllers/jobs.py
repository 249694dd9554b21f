"""Keeps the list of saved files up to date and passes on what the operator wants done about them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from rta_viewer.core.jobs import Job, JobEvent
from rta_viewer.core.save_order import SaveOrder
from rta_viewer.errors import RtaError
from rta_viewer.qt.mailbox import Mailbox
from rta_viewer.qt.workers import Lane, Work
from rta_viewer.ui.jobs.commands import Command, Wish
from rta_viewer.ui.jobs.panel import JobsPanel

_EVERY_MS = 200
_PORTION = 100


Submit = Callable[[SaveOrder], Job]
"""Starts a job. Called on a worker thread."""


class JobEngineLike(Protocol):
    """What the list needs of the job engine. Called on a worker thread; may touch the disk."""

    def jobs(self) -> Sequence[Job]:
        """All jobs there are."""
        ...

    def cancel(self, job_id: str) -> object:
        """Stop one."""
        ...

    def retry(self, job_id: str) -> object:
        """Start one again."""
        ...

    def pause(self, job_id: str) -> object:
        """Hold one."""
        ...

    def resume(self, job_id: str) -> object:
        """Go on with one."""
        ...

    def go_on_in(self, job_id: str, folder: Path) -> object:
        """Go on with one in another folder."""
        ...

    def move_before(self, job_id: str, before: str | None) -> object:
        """Change the order of what waits."""
        ...

    def fetch_rest(self, job_id: str) -> object:
        """Ask for what a delivered file lacks."""
        ...

    def forget(self, job_id: str) -> object:
        """Take a finished one off the list."""
        ...

    def history(self, job_id: str) -> Sequence[JobEvent]:
        """What happened to one, oldest first."""
        ...


class JobsController(QObject):
    """Shows what the engine tells, a few times a second at most, and hands wishes on to it.

    Signals:
        jobs_finished: Those that were under way, and are no more: a list. Not what had ended before.
        jobs_held: Those that have just stopped for want of room, or of their drive: a list. Once for each
            time that more of a file had come.
        problem: Something that was asked for did not work: an :class:`RtaError`.
        show_requested, copy_requested: Jobs to show on the timeline, to copy to a drive: a tuple.
        folder_requested: Jobs for which another folder is to be chosen: a tuple.
        history_loaded: ``(job, events)`` for the details that were asked for.

    Args:
        lane: For the engine's answers and for wishes, in their order.
        orders: For new jobs: their drives are looked at, and a share may hang. ``lane`` where None.
    """

    jobs_finished = Signal(object)
    jobs_held = Signal(object)
    problem = Signal(object)
    show_requested = Signal(object)
    copy_requested = Signal(object)
    folder_requested = Signal(object)
    history_loaded = Signal(object, object)

    def __init__(
        self,
        engine: JobEngineLike,
        panel: JobsPanel,
        lane: Lane,
        parent: QObject | None = None,
        *,
        orders: Lane | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._panel = panel
        self._lane = lane
        self._orders = orders or lane
        self._select = ""
        self._ordering = 0
        self._listed = False
        self._told_meanwhile: dict[str, Job] | None = None
        # With when each was made: the rest of a file is the same job again when it is asked for again.
        self._removed: dict[str, int] = {}
        self._held_at_bytes: dict[str, int] = {}
        self._loading: set[str] = set()
        self._mail = Mailbox(_EVERY_MS, self)
        self._mail.arrived.connect(self._on_mail)
        panel.wished.connect(self._on_wished)

    def job_changed(self, job: Job) -> None:
        """A job is new, or another than before. Any thread; returns at once."""
        self._mail.put(job.job_id, job)

    def submit(self, order: SaveOrder, submit: Submit) -> None:
        """Start a job; it becomes the chosen one of the list."""
        self._ordering += 1
        self._orders.submit(
            lambda _: submit(order), self, self._on_submitted, self._on_refused, must_run=True
        )

    @property
    def ordering(self) -> int:
        """Orders that were given and are not in the list yet: their drive is being looked at, say."""
        return self._ordering

    def close(self) -> None:
        """Look no more."""
        self._mail.close()

    @Slot()
    def refresh(self) -> None:
        """Read all jobs; what changes from now on is told."""
        engine, self._told_meanwhile = self._engine, {}
        self._lane.submit(lambda _: engine.jobs(), self, self._on_jobs, self._on_failed)

    def _on_jobs(self, jobs: Sequence[Job]) -> None:
        model = self._panel.model
        # What was told while the list was being read is newer than the list, or not in it yet.
        known = [(job, model.job(job.job_id)) for job in jobs]
        newest = [old if old and old.updated_ms > job.updated_ms else job for job, old in known]
        told, self._told_meanwhile = self._told_meanwhile or {}, None
        found = {**told, **{job.job_id: job for job in newest}}
        model.set_jobs(job for job in found.values() if not self._is_removed(job))
        self._listed = True
        self._choose()

    @Slot(object)
    def _on_mail(self, letters: list[Job]) -> None:
        model = self._panel.model
        # What was told just before a job was removed may arrive after it.
        jobs = [job for job in letters if not self._is_removed(job)]
        ended = [job for job in jobs if job.finished and self._was_going_on(job.job_id)]
        held = [job for job in jobs if job.waits_for_drive and self._is_news(job)]
        model.update_jobs(jobs)
        if self._told_meanwhile is not None:
            self._told_meanwhile.update({job.job_id: job for job in jobs})
        self._choose()
        for job in ended:
            self._held_at_bytes.pop(job.job_id, None)
        if ended:
            self.jobs_finished.emit(ended)
        if held:
            self.jobs_held.emit(held)

    def _is_removed(self, job: Job) -> bool:
        return self._removed.get(job.job_id) == job.created_ms

    def _was_going_on(self, job_id: str) -> bool:
        known = self._panel.model.job(job_id)
        # A list that another process works on is told job by job before it is read as a whole.
        return self._listed if known is None else not known.finished

    def _is_news(self, job: Job) -> bool:
        known, before = self._panel.model.job(job.job_id), self._held_at_bytes.get(job.job_id, -1)
        was_held = not self._listed if known is None else known.waits_for_drive
        # Where the drive was only believed to have room it stops again and again.
        if was_held or job.received_bytes <= before:
            return False
        self._held_at_bytes[job.job_id] = job.received_bytes
        return True

    def _choose(self) -> None:
        if self._select and self._panel.model.job(self._select) is not None:
            self._panel.select(self._select)
            self._select = ""

    def _on_submitted(self, job: Job) -> None:
        self._ordering -= 1
        self._select = job.job_id
        if self._panel.model.job(job.job_id) is None:
            self._panel.model.update_jobs([job])
        self._choose()

    def _on_refused(self, error: RtaError) -> None:
        self._ordering -= 1
        self._on_failed(error)

    def _on_done(self, result: object) -> None:
        """The engine tells what has changed."""

    def _on_failed(self, error: RtaError) -> None:
        self.problem.emit(error)

    @Slot(object)
    def _on_wished(self, wish: Wish) -> None:
        command, jobs = wish.command, wish.jobs
        engine = self._engine
        orders: dict[Command, Callable[[str], object]] = {
            Command.PAUSE: engine.pause,
            Command.RESUME: engine.resume,
            Command.CANCEL: engine.cancel,
            Command.RETRY: engine.retry,
            Command.FETCH_REST: engine.fetch_rest,
        }
        if command in orders:
            self._order(orders[command], jobs)
        elif command in {Command.UP, Command.DOWN, Command.FRONT}:
            self._move(command, jobs[0])
        elif command is Command.REMOVE:
            self._remove(jobs)
        elif command is Command.DETAILS:
            self._load_history(jobs[0])
        elif command is Command.COPY_PATH:
            QGuiApplication.clipboard().setText("\n".join(str(job.path) for job in jobs))
        elif command is Command.SHOW:
            self.show_requested.emit(jobs)
        elif command is Command.COPY_TO:
            self.copy_requested.emit(jobs)
        elif command is Command.ELSEWHERE:
            self.folder_requested.emit(jobs)

    def go_on_in(self, jobs: Sequence[Job], folder: Path) -> None:
        """Go on with jobs in another folder. Its drive is looked at, and the one before it, too."""
        engine = self._engine

        def work(_: object) -> _Outcome:
            return _each(lambda job_id: engine.go_on_in(job_id, folder), jobs)

        self._orders.submit(work, self, self._on_ordered, self._on_failed, must_run=True)

    def _order(self, order: Callable[[str], object], jobs: Sequence[Job]) -> None:
        self._wish(lambda _: _each(order, jobs), self._on_ordered)

    def _wish(self, work: Work, done: Callable[[Any], None]) -> None:
        """What was wanted is done also when the program is closed right after it."""
        self._lane.submit(work, self, done, self._on_failed, must_run=True)

    def _on_ordered(self, outcome: "_Outcome") -> None:
        """The engine tells what has changed."""
        if outcome.error is not None:
            self.problem.emit(outcome.error)

    def _on_removed(self, outcome: "_Outcome") -> None:
        model = self._panel.model
        known = filter(None, map(model.job, outcome.job_ids))
        self._removed.update({job.job_id: job.created_ms for job in known})
        model.remove_jobs(outcome.job_ids)
        self._on_ordered(outcome)

    def _move(self, command: Command, job: Job) -> None:
        """Among those that wait; the places of what runs do not count."""
        queue = [other.job_id for other in self._panel.model.queue()]
        place = queue.index(job.job_id) if job.job_id in queue else 0
        wanted = {Command.UP: place - 1, Command.DOWN: place + 1, Command.FRONT: 0}[command]
        if wanted < 0 or wanted >= len(queue) or wanted == place:
            return
        rest = [other for other in queue if other != job.job_id]
        before = rest[wanted] if wanted < len(rest) else None
        engine = self._engine
        self._wish(lambda _: engine.move_before(job.job_id, before), self._on_done)

    def _remove(self, jobs: Sequence[Job]) -> None:
        """In portions: of thousands each is a write to the disk, and the engine does not tell."""
        forget = self._engine.forget
        for first in range(0, len(jobs), _PORTION):
            some = jobs[first : first + _PORTION]
            self._wish(partial(lambda some, _: _each(forget, some), some), self._on_removed)

    def _load_history(self, job: Job) -> None:
        if job.job_id in self._loading:
            # Asked for again before the details were there to keep the keys to themselves.
            return
        engine = self._engine
        self._loading.add(job.job_id)

        def loaded(events: Sequence[JobEvent]) -> None:
            self._loading.discard(job.job_id)
            self.history_loaded.emit(job, events)

        def failed(error: RtaError) -> None:
            self._loading.discard(job.job_id)
            self._on_failed(error)

        self._lane.submit(lambda _: engine.history(job.job_id), self, loaded, failed)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Of one wish for several jobs: those with which it worked, and what went wrong first."""

    job_ids: Sequence[str]
    error: RtaError | None


def _each(order: Callable[[str], object], jobs: Sequence[Job]) -> _Outcome:
    """Do it with each, also where it does not work with another one. Worker thread."""
    done: list[str] = []
    failure: RtaError | None = None
    for job in jobs:
        try:
            order(job.job_id)
        except RtaError as err:
            failure = failure or err
        else:
            done.append(job.job_id)
    return _Outcome(done, failure)
