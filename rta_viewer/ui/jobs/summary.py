"""All jobs in a few words: for the window's title, the tray, and notifications. No Qt."""

from collections.abc import Sequence

from rta_viewer.core.jobs import Job, JobState
from rta_viewer.ui.jobs.groups import Group, group_of


def work_text(jobs: Sequence[Job]) -> str:
    """``42 %`` of what runs, ``2 running`` where nobody can say how far; empty when nothing runs."""
    running = [job for job in jobs if group_of(job) is Group.RUNNING]
    if not running:
        return ""
    share = share_of(running)
    return f"{len(running)} running" if share is None else f"{share:.0%}".replace("%", " %")


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
            return "Saved", f"{job.file_name} is in {job.folder}", False
        title = "Saved, but differs" if job.state is JobState.DIFFERS else "Not saved"
        return title, f"{job.camera_name}: {job.reason}".strip(), True
    title = f"{_files(len(good))} saved" if good else "Not saved"
    trouble = f"{_files(len(bad))} failed or differ from what was asked." if bad else ""
    return title, trouble or f"The last one is {jobs[-1].file_name}", bool(bad)


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count:,} files"
