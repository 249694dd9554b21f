"""All jobs in a few words: for the window's title, the tray, and notifications. No Qt."""

from collections import Counter
from collections.abc import Sequence
from math import floor

from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.texts import joined, tr, trn, verbatim
from rta_viewer.ui.jobs import wording
from rta_viewer.ui.jobs.groups import Group, group_of

_NEARLY = 0.99
"""The most that is told of what has not ended: there is always something left to check or to rename."""


def work_text(jobs: Sequence[Job]) -> str:
    """``42 %``, or ``2 running`` where nobody can say how far; empty when nothing runs.

    Args:
        jobs: See :func:`share_of`.
    """
    running = sum(group_of(job) is Group.RUNNING for job in jobs)
    if not running:
        return ""
    share = share_of(jobs)
    if share is None:
        return trn("{n} running", "{n} running", running)
    # Down to a whole one; without the hair that 0.29 lacks as a float.
    return tr("{percent:.0f} %", percent=floor(share * 100 + 1e-6))


def share_of(jobs: Sequence[Job]) -> float | None:
    """How much of these is over, each counting the same; None while that of one cannot be told.

    Args:
        jobs: What goes on, what waits, and what has ended of the same orders.
    """
    shares = [_share(job) for job in jobs]
    known = [share for share in shares if share is not None]
    if not known or len(known) < len(shares):
        return None
    mean = sum(known) / len(known)
    return mean if all(job.finished for job in jobs) else min(_NEARLY, mean)


def _share(job: Job) -> float | None:
    """For an export one half is the server's preparing, the other one the transfer."""
    if job.finished:
        return 1.0
    prepared = 0.5 if job.kind is JobKind.EXPORT else 0.0
    match job.state:
        case JobState.PREPARING:
            share = wording.progress(job)
            return None if share is None else share * prepared
        case JobState.READY:
            return prepared
        case JobState.CHECKING:
            return 1.0
    if job.total_bytes and job.received_bytes:
        # Also of one that was interrupted: it goes on where it was.
        return prepared + (1 - prepared) * min(1.0, job.received_bytes / job.total_bytes)
    if job.state is JobState.FETCHING:
        return prepared if job.total_bytes else None
    return 0.0


def notification(
    orders: Sequence[Sequence[Job]], others: Sequence[Job]
) -> tuple[str, str, bool] | None:
    """As :func:`finished_text`, about orders that are over and other files; None where there are none."""
    told = [job for order in orders for job in order if job.state is not JobState.CANCELLED]
    if len(orders) == 1 and len(told) > 1 and not others:
        return finished_text(told)[0], *order_text(orders[0])
    told += others
    return finished_text(told) if told else None


def finished_text(jobs: Sequence[Job]) -> tuple[str, str, bool]:
    """Title, text, and whether something went wrong, for a notification about these."""
    if len(jobs) == 1:
        return _one(jobs[0])
    found = Counter(job.state for job in jobs)
    title = tr("Not saved")
    if found[JobState.DONE]:
        title = trn("{n} file saved", "{n:,} files saved", found[JobState.DONE])
    elif found[JobState.DIFFERS]:
        title = wording.plain_state_word(JobState.DIFFERS)
    wrong = _went_wrong(found)
    return title, joined(wrong) or _last(jobs[-1]), bool(wrong)


def held_text(jobs: Sequence[Job]) -> tuple[str, str]:
    """Title and text of a notification about these, which wait for room or for their drive."""
    title = trn("{n} file is held up", "{n:,} files are held up", len(jobs))
    last = jobs[-1]
    return title, f"{last.camera_name}: {last.reason} {last.hint}".strip()


def order_text(jobs: Sequence[Job]) -> tuple[str, bool]:
    """What became of all files of an order, and whether something went wrong."""
    found, folder = Counter(job.state for job in jobs), jobs[0].folder
    done, wrong = found[JobState.DONE], _went_wrong(found)
    if done == len(jobs):
        return tr("All files of this order are in {folder}", folder=folder), False
    said = tr(
        "{done:,} of {total:,} files of this order saved as asked, in {folder}.",
        done=done,
        total=len(jobs),
        folder=folder,
    )
    cancelled = found[JobState.CANCELLED]
    if cancelled:
        dropped = trn("{n} file was cancelled.", "{n:,} files were cancelled.", cancelled)
        return joined([said, *wrong, dropped]), bool(wrong)
    return joined([said, *wrong]), bool(wrong)


def _one(job: Job) -> tuple[str, str, bool]:
    if job.state is JobState.DONE:
        name, folder = verbatim(job.file_name), verbatim(str(job.folder))
        text = tr("{file_name} is in {folder}", file_name=name, folder=folder)
        return wording.plain_state_word(JobState.DONE), text, False
    differs = job.state is JobState.DIFFERS
    title = wording.plain_state_word(JobState.DIFFERS) if differs else tr("Not saved")
    return title, f"{job.camera_name}: {job.reason}".strip(), True


def _went_wrong(found: Counter[JobState]) -> list[str]:
    """A sentence for each way."""
    differing, failed = found[JobState.DIFFERS], found[JobState.FAILED]
    said = []
    if differing:
        said.append(
            trn(
                "{n} file is saved, but differs from what was asked.",
                "{n:,} files are saved, but differ from what was asked.",
                differing,
            )
        )
    if failed:
        said.append(trn("{n} file failed.", "{n:,} files failed.", failed))
    return said


def _last(job: Job) -> str:
    return tr("The last one is {file_name}", file_name=verbatim(job.file_name))
