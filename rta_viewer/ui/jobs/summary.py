"""All jobs in a few words: for the window's title, the tray, and notifications. No Qt."""

from collections import Counter
from collections.abc import Sequence

from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.texts import joined, tr, trn, verbatim
from rta_viewer.ui.jobs import wording
from rta_viewer.ui.jobs.groups import Group, group_of


def work_text(jobs: Sequence[Job]) -> str:
    """``42 %`` of what runs, ``2 running`` where nobody can say how far; empty when nothing runs."""
    running = [job for job in jobs if group_of(job) is Group.RUNNING]
    if not running:
        return ""
    share = share_of(running)
    if share is None:
        return trn("{n} running", "{n} running", len(running))
    return tr("{percent:.0f} %", percent=share * 100)


def share_of(running: Sequence[Job]) -> float | None:
    """How much of the bytes of all transfers is here, None while one's size is not known."""
    fetching = [job for job in running if job.state is JobState.FETCHING]
    total = sum(job.total_bytes or 0 for job in fetching)
    if not fetching or not total or any(not job.total_bytes for job in fetching):
        return None
    return min(1.0, sum(job.received_bytes for job in fetching) / total)


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
