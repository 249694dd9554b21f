"""All jobs as they are now, written down before anybody is told. Any thread."""

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from rta_viewer.core.clock import Clock
from rta_viewer.core.jobs import Job, JobEvent, JobState
from rta_viewer.core.model import TransferProgress
from rta_viewer.core.texts import tr
from rta_viewer.errors import NotFoundError
from rta_viewer.jobs.store import Store

JobListener = Callable[[Job], None]
"""Told of each change, on the thread that made it; must return at once."""


class Board:
    """Holds the jobs and is the only one that changes them."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._lock = threading.Lock()
        # A lent list is read along later: this may be the window's thread.
        self._jobs = {job.job_id: job for job in (store.load() if store.outbox is None else ())}
        self._listeners: list[JobListener] = []

    def subscribe(self, listener: JobListener) -> Callable[[], None]:
        """Tell this one, too; call the result to stop that."""
        with self._lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def adopt(self, store: Store) -> None:
        """Go on with what another store holds; nobody is told."""
        found = {job.job_id: job for job in store.load()}
        with self._lock:
            self._store, self._jobs = store, found

    def show(self, jobs: Sequence[Job]) -> None:
        """Tell of jobs that another process changed; nothing is written."""
        with self._lock:
            news = [job for job in jobs if self._jobs.get(job.job_id) != job]
            self._jobs.update({job.job_id: job for job in news})
        for job in news:
            self._tell(job)

    def jobs(self) -> list[Job]:
        """All, oldest first."""
        with self._lock:
            return list(self._jobs.values())

    def get(self, job_id: str) -> Job:
        """One.

        Raises:
            NotFoundError: There is no such job.
        """
        with self._lock:
            return self._get(job_id)

    def history(self, job_id: str) -> list[JobEvent]:
        """What happened to a job, oldest first."""
        return self._store.history(job_id)

    def add(self, job: Job, why: str) -> Job:
        """A new job."""
        with self._lock:
            self._store.save(job, why, job.username)
            self._jobs[job.job_id] = job
        self._tell(job)
        return job

    def add_all(self, jobs: Sequence[Job]) -> None:
        """New jobs: all of them, or none."""
        with self._lock:
            self._store.add(jobs)
            self._jobs.update({job.job_id: job for job in jobs})
        for job in jobs:
            self._tell(job)

    def move(self, job_id: str, state: JobState, why: str, *, who: str = "", **fields: Any) -> Job:
        """One step on; a job that is in that state already only changes its fields.

        Args:
            job_id: Which.
            state: The next one.
            why: For the history; empty where that is not worth a line.
            who: The user who wanted it; empty for the program itself.
            fields: What else changes.

        Raises:
            IllegalTransitionError: The step is not allowed.
        """
        with self._lock:
            job = self._moved(self._get(job_id), state, why, who, fields)
        self._tell(job)
        return job

    def move_if(
        self,
        job_id: str,
        expected: Callable[[Job], bool],
        state: JobState,
        why: str,
        *,
        who: str = "",
        **fields: Any,
    ) -> Job | None:
        """The same for a job that is as expected at that moment; None for another one, or none any more."""
        with self._lock:
            old = self._jobs.get(job_id)
            if old is None or not expected(old):
                return None
            job = self._moved(old, state, why, who, fields)
        self._tell(job)
        return job

    def _moved(self, old: Job, state: JobState, why: str, who: str, fields: dict[str, Any]) -> Job:
        fields.setdefault("next_try_s", None)
        now_ms = self._clock.now_ms()
        job = (
            old.changed(now_ms, **fields)
            if old.state is state
            else old.moved(state, now_ms, **fields)
        )
        self._keep(job, why or None, who)
        return job

    def change(self, job_id: str, **fields: Any) -> Job:
        """Other fields in the same state, written down but not part of the history."""
        with self._lock:
            old = self._get(job_id)
            job = old
            if _differs(old, fields):
                job = old.changed(self._clock.now_ms(), **fields)
                self._keep(job, None)
        self._tell(job)
        return job

    def change_all(self, fields_of: Callable[[Job], Mapping[str, Any]]) -> None:
        """The same for many jobs, written down in one step: thousands one by one would take a minute.

        Args:
            fields_of: What is to change of a job, nothing for most. Asked while no other change is made.
        """
        now_ms = self._clock.now_ms()
        with self._lock:
            wanted = [(old, new) for old in self._jobs.values() if (new := fields_of(old))]
            news = [old.changed(now_ms, **new) for old, new in wanted if _differs(old, new)]
            written = [job for job in news if _written(job) != _written(self._get(job.job_id))]
            if written:
                self._store.update(written)
            self._jobs.update({job.job_id: job for job in news})
        for job in news:
            self._tell(job)

    def progress(self, job_id: str, progress: TransferProgress) -> None:
        """How far a transfer is: told, not written down; the part file knows it after a restart."""
        next_try_s = self._clock.monotonic_s() + progress.wait_s if progress.wait_s else None
        self._only_tell(
            job_id,
            received_bytes=progress.received_bytes,
            total_bytes=progress.total_bytes,
            reason=progress.note,
            hint="",
            next_try_s=next_try_s,
        )

    def remark(self, job_id: str, reason: str, hint: str) -> None:
        """Say why a job does not go on, without writing it down; nothing for one that is gone."""
        with suppress(NotFoundError):
            self._only_tell(job_id, reason=reason, hint=hint)

    def _only_tell(self, job_id: str, **fields: Any) -> None:
        with self._lock:
            job = self._get(job_id).changed(self._clock.now_ms(), **fields)
            self._jobs[job_id] = job
        self._tell(job)

    def delete(self, job_id: str) -> None:
        """Forget a job; nobody is told."""
        with self._lock:
            self._store.delete(job_id)
            self._jobs.pop(job_id, None)

    def _keep(self, job: Job, why: str | None, who: str = "") -> None:
        if why is not None or _written(job) != _written(self._get(job.job_id)):
            self._store.save(job, why, who)
        self._jobs[job.job_id] = job

    def _get(self, job_id: str) -> Job:
        job = self._jobs.get(job_id)
        if job is None:
            raise NotFoundError(tr("This job is not in the list any more."))
        return job

    def _tell(self, job: Job) -> None:
        """What is told last is how the job is, also where another thread changes it meanwhile."""
        told: Job | None = None
        while True:
            with self._lock:
                listeners, now = list(self._listeners), self._jobs.get(job.job_id)
            if now is None or now is told:
                return
            for listener in listeners:
                listener(now)
            told = now


def _differs(job: Job, fields: Mapping[str, Any]) -> bool:
    return any(getattr(job, name) != value for name, value in fields.items())


def _written(job: Job) -> Job:
    """What of it is kept on disk, when it changes."""
    return job.changed(0, next_try_s=None)
