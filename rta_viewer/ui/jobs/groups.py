"""What the list sorts and filters by. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from rta_viewer.core.jobs import Job, JobState
from rta_viewer.ui.jobs.search_text import fits


class Group(IntEnum):
    """How far a job is, as the operator tells them apart."""

    RUNNING = 0
    QUEUE = 1
    DONE = 2
    FAILED = 3
    CANCELLED = 4


_GROUPS = {
    JobState.QUEUED: Group.QUEUE,
    JobState.PAUSED: Group.QUEUE,
    JobState.ASKING: Group.RUNNING,
    JobState.PREPARING: Group.RUNNING,
    JobState.READY: Group.RUNNING,
    JobState.FETCHING: Group.RUNNING,
    JobState.CHECKING: Group.RUNNING,
    JobState.DONE: Group.DONE,
    JobState.DIFFERS: Group.FAILED,
    JobState.FAILED: Group.FAILED,
    JobState.CANCELLED: Group.CANCELLED,
}

Key = tuple[int, int, int, int, str]


def group_of(job: Job) -> Group:
    """Where it belongs. A file that is not what was asked stands with the failed ones."""
    return _GROUPS[job.state]


def sort_key(job: Job, arrival: int = 0) -> Key:
    """What runs, then what waits, each in its order; then what has ended, the latest first.

    ``arrival`` is its place among all jobs: those of one order are made in the same millisecond.
    """
    group = group_of(job)
    if group in {Group.RUNNING, Group.QUEUE}:
        return group, job.rank, job.created_ms, arrival, job.job_id
    return Group.DONE, -job.updated_ms, -job.created_ms, -arrival, job.job_id


@dataclass(frozen=True, slots=True)
class Filter:
    """What is to be seen.

    Attributes:
        group: None for all.
        words: All of them must occur, see :func:`~rta_viewer.ui.jobs.search_text.words_of`.
    """

    group: Group | None = None
    words: tuple[str, ...] = ()

    def passes(self, job: Job, text_of: Callable[[Job], str]) -> bool:
        """Whether the job is seen; its text is asked for only where there are words."""
        if self.group is not None and group_of(job) is not self.group:
            return False
        return not self.words or fits(text_of(job), self.words)
