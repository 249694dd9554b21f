"""All jobs in a few words: for the window's title, the tray, and notifications. No Qt."""

from collections.abc import Sequence

from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.texts import tr, trn, verbatim
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
    bad = [job for job in jobs if job.state in {JobState.FAILED, JobState.DIFFERS}]
    good = [job for job in jobs if job.state is JobState.DONE]
    if len(jobs) == 1:
        job = jobs[0]
        if job.state is JobState.DONE:
            name, folder = verbatim(job.file_name), verbatim(str(job.folder))
            return _saved(), tr("{file_name} is in {folder}", file_name=name, folder=folder), False
        title = _saved(differs=True) if job.state is JobState.DIFFERS else tr("Not saved")
        return title, f"{job.camera_name}: {job.reason}".strip(), True
    title = trn("{n} file saved", "{n:,} files saved", len(good)) if good else tr("Not saved")
    return title, _trouble(len(bad)) or _last(jobs[-1]), bool(bad)


def _saved(*, differs: bool = False) -> str:
    return wording.plain_state_word(JobState.DIFFERS if differs else JobState.DONE)


def _trouble(count: int) -> str:
    if not count:
        return ""
    return trn(
        "{n} file failed or differs from what was asked.",
        "{n:,} files failed or differ from what was asked.",
        count,
    )


def _last(job: Job) -> str:
    return tr("The last one is {file_name}", file_name=verbatim(job.file_name))
