"""The list of jobs while another process owns it: read along, with orders left for the owner."""

from collections.abc import Sequence
from pathlib import Path

from rta_viewer.core.jobs import Job, JobEvent
from rta_viewer.core.texts import tr
from rta_viewer.jobs.inbox import Inbox
from rta_viewer.jobs.store import StoreError, inbox_of, read_history, read_jobs


class LentStore:
    """Implements :class:`~rta_viewer.jobs.store.Store`; nothing is written. Any thread.

    Attributes:
        outbox: Where orders are left for the owner, also for the next one when this one has just ended.
    """

    inbox: Inbox | None = None

    def __init__(self, path: Path) -> None:
        self._path = path
        self.outbox: Inbox | None = inbox_of(path)
        self._stamp: object = None
        self._known: list[Job] = []

    def load(self) -> list[Job]:
        """As it is now; raises StorageError when it cannot be read."""
        stamp = [_stamp_of(self._path.with_name(self._path.name + end)) for end in ("", "-wal")]
        if stamp != self._stamp:
            self._known, self._stamp = read_jobs(self._path), stamp
        return list(self._known)

    def save(self, job: Job, why: str | None, who: str = "") -> None:
        raise _not_ours()

    def add(self, jobs: Sequence[Job]) -> None:
        raise _not_ours()

    def update(self, jobs: Sequence[Job]) -> None:
        raise _not_ours()

    def history(self, job_id: str) -> list[JobEvent]:
        """What the owner wrote down; raises StorageError."""
        return read_history(self._path, job_id)

    def delete(self, job_id: str) -> None:
        raise _not_ours()


def _not_ours() -> StoreError:
    return StoreError(
        tr("Another command of this program works on this list."),
        tr("Try again when it has ended."),
    )


def _stamp_of(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
