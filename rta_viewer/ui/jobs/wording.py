"""What the list says about a job. No Qt."""

from datetime import UTC, tzinfo

from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.texts import alone, left_to_right, mark, plain, tr, verbatim
from rta_viewer.ui import times

STATE_WORDS = {
    JobState.QUEUED: mark("In the queue", "state of a job"),
    JobState.ASKING: mark("Asking the server", "state of a job"),
    JobState.PREPARING: mark("Server is preparing", "state of a job"),
    JobState.READY: mark("Ready to fetch", "state of a job"),
    JobState.FETCHING: mark("Downloading", "state of a job"),
    JobState.CHECKING: mark("Checking the file", "state of a job"),
    JobState.PAUSED: mark("Paused", "state of a job"),
    JobState.DONE: mark("Saved", "state of a job"),
    JobState.DIFFERS: mark("Saved, but differs", "state of a job"),
    JobState.FAILED: mark("Failed", "state of a job"),
    JobState.CANCELLED: mark("Cancelled", "state of a job"),
}

STATE_ICONS = {
    JobState.QUEUED: ("clock", "text_quiet"),
    JobState.ASKING: ("server", "accent_hover"),
    JobState.PREPARING: ("server", "accent_hover"),
    JobState.PAUSED: ("pause", "warning"),
    JobState.DONE: ("done", "success"),
    JobState.DIFFERS: ("warning", "warning"),
    JobState.FAILED: ("warning", "danger"),
    JobState.CANCELLED: ("cancel", "text_quiet"),
}
"""Icon and colour; the others have the download arrow in the accent colour."""

_NEEDS_SIGN_IN = frozenset({JobState.QUEUED, JobState.ASKING, JobState.PREPARING, JobState.READY})
"""What does not go on before somebody is signed in to the server."""

_SOON_MS = 2 * 3_600_000
_WAITING = ("clock", "warning")


def waits_for_server(job: Job) -> bool:
    """The server did not answer; it is asked again at :attr:`Job.next_try_s`."""
    return job.next_try_s is not None and not job.finished and job.state is not JobState.PAUSED


def plain_state_word(state: JobState) -> str:
    """What a state is called."""
    return tr(STATE_WORDS[state], "state of a job")


def kind_word(kind: JobKind) -> str:
    """``Clip`` or ``Export``."""
    return tr("Clip") if kind is JobKind.CLIP else tr("Export", "a file")


def kind_text(job: Job) -> str:
    """What it is and why."""
    return f"{kind_word(job.kind)}. {job.why_kind}".strip()


def state_word(job: Job, *, signed_in: bool = True) -> str:
    """Where it is, in a few words; ``signed_in`` to the server that it comes from."""
    if not signed_in and job.state in _NEEDS_SIGN_IN:
        return tr("Waiting for sign-in")
    if waits_for_server(job):
        return tr("Waiting for the server")
    if job.state is JobState.PREPARING and job.server_progress is not None:
        return tr("Server is preparing {percent:.0f} %", percent=job.server_progress)
    is_told = bool(job.reason) and not job.drive_is_silent
    if job.state is JobState.FETCHING and not job.received_bytes and is_told:
        return plain_state_word(JobState.PREPARING)
    return plain_state_word(job.state)


def state_icon(job: Job) -> tuple[str, str]:
    """Icon and the name of its colour."""
    if waits_for_server(job):
        return _WAITING
    if job.state is JobState.FETCHING and is_servers_progress(job):
        return STATE_ICONS[JobState.PREPARING]
    return STATE_ICONS.get(job.state, ("save", "accent_hover"))


def progress(job: Job) -> float | None:
    """0 to 1, None while nobody can say."""
    if job.state in {JobState.DONE, JobState.DIFFERS, JobState.CHECKING}:
        return 1.0
    if job.state is JobState.PREPARING:
        if job.server_progress is None:
            return None
        return min(1.0, max(0.0, job.server_progress / 100))
    if job.total_bytes and job.received_bytes:
        return min(1.0, job.received_bytes / job.total_bytes)
    return None


def is_servers_progress(job: Job) -> bool:
    """True while the bar speaks of the server's work and not of bytes that arrive."""
    if job.state is JobState.FETCHING:
        return not job.received_bytes
    return job.state in {JobState.ASKING, JobState.PREPARING}


def size_text(job: Job) -> str:
    """``12.3 MB of 40.0 MB``, ``12.3 MB``, or nothing."""
    if not job.received_bytes:
        if job.total_bytes and not job.finished:
            return times.format_bytes(job.total_bytes)
        return ""
    received = times.format_bytes(job.received_bytes)
    if job.total_bytes and job.total_bytes > job.received_bytes and not job.finished:
        return tr(
            "{received} of {total}", received=received, total=times.format_bytes(job.total_bytes)
        )
    return received


def duration_text(seconds: float) -> str:
    """Whole seconds at the least: what counts down must not flicker."""
    if seconds >= 10:
        return times.format_duration(seconds * 1000)
    return tr("{seconds} s", seconds=max(0, round(seconds)))


def time_left_s(job: Job, rate: float | None) -> float | None:
    """Seconds until everything is here, by the measured rate in bytes a second."""
    if not rate or job.total_bytes is None or job.state is not JobState.FETCHING:
        return None
    return max(0.0, (job.total_bytes - job.received_bytes) / rate)


def expiry_text(job: Job, now_ms: int) -> str:
    """``expires in 3 h 12 min``; empty where nothing does, or nothing is to be fetched any more."""
    if job.expires_at_ms is None or job.finished or job.state is JobState.CHECKING:
        return ""
    left_ms = job.expires_at_ms - now_ms
    if left_ms <= 0:
        return tr("has expired")
    return tr("expires in {time}", time=duration_text(left_ms / 1000))


def expires_soon(job: Job, now_ms: int, rate: float | None = None) -> bool:
    """So soon that somebody should look, or before the transfer could end."""
    if job.expires_at_ms is None:
        return False
    left_ms = job.expires_at_ms - now_ms
    needed_s = time_left_s(job, rate)
    return left_ms < _SOON_MS or (needed_s is not None and left_ms < needed_s * 1000)


def missing_text(job: Job, zone: tzinfo) -> str:
    """What was asked for and recorded, but is not in the file."""
    if job.missing is None or job.state is not JobState.DIFFERS:
        return ""
    missing = times.format_span(job.missing.start_ms, job.missing.end_ms, zone)
    return tr("Missing: {span}", span=left_to_right(missing))


def progress_line(
    job: Job,
    rate: float | None,
    now_s: float = 0.0,
    *,
    signed_in: bool = True,
    zone: tzinfo = UTC,
) -> str:
    """Bytes, rate and time left, as far as they are known; else why it waits or ended badly."""
    if not signed_in and job.state in _NEEDS_SIGN_IN:
        return _sign_in_line(job)
    if waits_for_server(job):
        return _waiting_line(job, now_s)
    runs = job.state in {JobState.FETCHING, JobState.CHECKING} and not job.drive_is_silent
    if job.reason and job.state is not JobState.DONE and not runs:
        # It may be the server's, in its own language.
        return missing_text(job, zone) or alone(times.in_zone(job.reason, zone))
    parts = [size_text(job)]
    if job.state is JobState.FETCHING and rate:
        parts.append(times.format_rate(rate))
        left = time_left_s(job, rate)
        if left is not None:
            parts.append(tr("{time} left", time=duration_text(left)))
    else:
        parts.append(verbatim(job.file_name))
    return "  \N{MIDDLE DOT}  ".join(part for part in parts if part)


def ends_in_name(line: str, job: Job) -> bool:
    """Whether a line ends in the file's name: its end tells files of one camera apart."""
    return plain(line).endswith(plain(job.file_name))


def _sign_in_line(job: Job) -> str:
    server = verbatim(job.server)
    if job.username:
        return tr("Goes on when {user} signs in to {server}", user=job.username, server=server)
    return tr("Goes on when somebody signs in to {server}", server=server)


def _waiting_line(job: Job, now_s: float) -> str:
    left_s = (job.next_try_s or 0.0) - now_s
    text = tr("Trying again now")
    if left_s >= 1:
        text = tr("Next try in {time}", time=duration_text(left_s))
    size = size_text(job)
    return f"{text}  \N{MIDDLE DOT}  {size}" if size else text
