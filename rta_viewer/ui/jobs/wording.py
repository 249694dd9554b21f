"""What the list says about a job. No Qt."""

from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.ui import times

STATE_WORDS = {
    JobState.QUEUED: "Waiting",
    JobState.ASKING: "Asking the server",
    JobState.PREPARING: "Server is preparing",
    JobState.READY: "Ready to fetch",
    JobState.FETCHING: "Downloading",
    JobState.CHECKING: "Checking the file",
    JobState.PAUSED: "Paused",
    JobState.DONE: "Saved",
    JobState.DIFFERS: "Saved, but differs",
    JobState.FAILED: "Failed",
    JobState.CANCELLED: "Cancelled",
}

STATE_ICONS = {
    JobState.DONE: ("save", "success"),
    JobState.DIFFERS: ("warning", "warning"),
    JobState.FAILED: ("warning", "danger"),
    JobState.CANCELLED: ("cancel", "text_quiet"),
}
"""Icon and colour; those that are under way have the download arrow in the accent colour."""

KIND_WORDS = {JobKind.CLIP: "Clip", JobKind.EXPORT: "Export"}


def progress(job: Job) -> float | None:
    """0 to 1, None while nobody can say."""
    if job.state in {JobState.DONE, JobState.DIFFERS, JobState.CHECKING}:
        return 1.0
    if job.state is JobState.FETCHING and job.total_bytes:
        return min(1.0, job.received_bytes / job.total_bytes)
    if job.state is JobState.PREPARING and job.server_progress is not None:
        return min(1.0, max(0.0, job.server_progress / 100))
    return None


def size_text(job: Job) -> str:
    """``12.3 MB of 40.0 MB``, ``12.3 MB``, or nothing."""
    if not job.received_bytes:
        return ""
    received = times.format_bytes(job.received_bytes)
    if job.total_bytes and job.total_bytes > job.received_bytes and not job.finished:
        return f"{received} of {times.format_bytes(job.total_bytes)}"
    return received


def time_left_s(job: Job, rate: float | None) -> float | None:
    """Seconds until everything is here, by the measured rate in bytes a second."""
    if not rate or job.total_bytes is None or job.state is not JobState.FETCHING:
        return None
    return max(0.0, (job.total_bytes - job.received_bytes) / rate)


def progress_line(job: Job, rate: float | None) -> str:
    """Bytes, rate and time left, as far as they are known; the reason where it ended badly."""
    if job.reason and job.state not in {JobState.DONE, JobState.FETCHING, JobState.CHECKING}:
        return job.reason
    parts = [size_text(job)]
    if job.state is JobState.FETCHING and rate:
        parts.append(f"{times.format_bytes(rate)}/s")
        left = time_left_s(job, rate)
        if left is not None:
            parts.append(f"{times.format_duration(left * 1000)} left")
    return "   ".join(part for part in parts if part)
