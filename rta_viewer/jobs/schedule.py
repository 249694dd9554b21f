"""Which job is next: order, limits, and what must be fetched before its link expires. No state."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from rta_viewer.core.jobs import Job, JobKind, JobState

URGENT_MS = 2 * 3_600_000
"""A link that expires within this time is fetched before everything else."""


class Lane(Enum):
    """Kinds of work that go on beside one another."""

    CLIPS = "clips"
    POLLS = "polls"
    EXPORTS = "exports"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the operator allows.

    Attributes:
        clips_at_once: Downloads at the same time; the number of workers bounds it, too.
        exports_at_once: Exports that one server prepares for us at the same time.
        renew_expired: Ask again by itself for an export whose link has expired.
        patience: Attempts in a row to go on with a transfer while its server is away; 0 to fail at once, also
            where waiting is for somebody to sign in again.
    """

    clips_at_once: int = 2
    exports_at_once: int = 10
    renew_expired: bool = False
    patience: int = 0


_WAITING: Mapping[Lane, tuple[JobKind, frozenset[JobState]]] = {
    Lane.CLIPS: (JobKind.CLIP, frozenset({JobState.QUEUED})),
    Lane.POLLS: (
        JobKind.EXPORT,
        frozenset({JobState.QUEUED, JobState.ASKING, JobState.PREPARING}),
    ),
    Lane.EXPORTS: (JobKind.EXPORT, frozenset({JobState.READY})),
}
_AT_THE_SERVER = frozenset({JobState.ASKING, JobState.PREPARING})
_UNDER_WAY = frozenset({JobState.FETCHING, JobState.CHECKING})


def queue_order(job: Job) -> tuple[int, int]:
    """The operator's order, then the order of arrival."""
    return job.rank, job.created_ms


def candidates(
    jobs: Iterable[Job],
    lane: Lane,
    limits: Limits,
    now_ms: int,
    hung: Collection[str] = (),
) -> list[Job]:
    """The jobs that a lane may go on with, the next one first.

    Args:
        jobs: All jobs.
        lane: Whose.
        limits: Jobs beyond them are left out.
        now_ms: Wall clock: only changes what is urgent, so a jump of it does no harm.
        hung: Ids of jobs that wait for a drive that does not answer, and count for nothing.
    """
    known = list(jobs)
    kind, states = _WAITING[lane]
    waiting = sorted(
        (job for job in known if job.kind is kind and job.state in states), key=queue_order
    )
    if lane is Lane.CLIPS:
        clips = (job for job in known if job.kind is JobKind.CLIP and job.job_id not in hung)
        running = sum(job.state in _UNDER_WAY for job in clips)
        return waiting if running < limits.clips_at_once else []
    if lane is Lane.EXPORTS:
        return sorted(waiting, key=lambda job: _expiry(job, now_ms))
    asked = Counter(job.server for job in waiting if job.export_id or job.state in _AT_THE_SERVER)
    return [
        job
        for job in waiting
        if job.export_id
        or job.sha256
        or job.state in _AT_THE_SERVER
        or asked[job.server] < limits.exports_at_once
    ]


def _expiry(job: Job, now_ms: int) -> float:
    """Sorts what is urgent by its end, and leaves the rest in its order."""
    if job.expires_at_ms is None or job.expires_at_ms - now_ms > URGENT_MS:
        return float("inf")
    return job.expires_at_ms


def ranks_before(jobs: Iterable[Job], job_id: str, before: str | None) -> dict[str, int]:
    """The ranks that bring one unfinished job before another one, or to the end; as few as possible."""
    ordered = sorted((job for job in jobs if not job.finished), key=queue_order)
    rest = [job for job in ordered if job.job_id != job_id]
    if not rest or len(rest) == len(ordered):
        return {}
    place = next((at for at, job in enumerate(rest) if job.job_id == before), len(rest))
    ahead, behind = rest[:place], rest[place:]
    if not ahead:
        return {job_id: behind[0].rank - 1}
    if not behind:
        return {job_id: ahead[-1].rank + 1}
    low, high = ahead[-1].rank, behind[0].rank
    if high - low > 1:
        return {job_id: low + 1}
    # No room between the two: the shorter side steps aside.
    if len(ahead) <= len(behind):
        return {job.job_id: job.rank - 2 for job in ahead} | {job_id: high - 1}
    return {job.job_id: job.rank + 2 for job in behind} | {job_id: low + 1}
