"""What can be done about jobs, and with which of them. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from rta_viewer.core.jobs import MOVABLE, RETRYABLE, Job, JobKind, JobState
from rta_viewer.core.texts import tr

_FILE = frozenset({JobState.DONE, JobState.DIFFERS})


class Command(Enum):
    """One thing to do."""

    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    RETRY = "retry"
    ELSEWHERE = "elsewhere"
    FETCH_REST = "fetch_rest"
    FRONT = "front"
    UP = "up"
    DOWN = "down"
    OPEN_FILE = "open_file"
    OPEN_FOLDER = "open_folder"
    COPY_PATH = "copy_path"
    COPY_TO = "copy_to"
    SHOW = "show"
    DETAILS = "details"
    REMOVE = "remove"


SINGLE = frozenset(
    {
        Command.UP,
        Command.DOWN,
        Command.FRONT,
        Command.OPEN_FILE,
        Command.OPEN_FOLDER,
        Command.SHOW,
        Command.DETAILS,
    }
)
"""Those that speak of one job only."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants done with which jobs."""

    command: Command
    jobs: tuple[Job, ...]


def fits(command: Command, job: Job) -> bool:
    """Whether it makes sense for this job."""
    match command:
        case Command.PAUSE:
            # What was stopped for want of room goes on by itself, unless it is paused.
            return not job.finished and (job.state is not JobState.PAUSED or job.waits_for_drive)
        case Command.RESUME:
            return job.state is JobState.PAUSED
        case Command.CANCEL:
            return not job.finished
        case Command.RETRY:
            return job.state in RETRYABLE or job.waits_for_server
        case Command.ELSEWHERE:
            return job.state in MOVABLE
        case Command.FETCH_REST:
            return job.state is JobState.DIFFERS and job.missing is not None
        case Command.UP | Command.DOWN | Command.FRONT:
            return job.state in {JobState.QUEUED, JobState.PAUSED}
        case Command.OPEN_FILE | Command.COPY_TO:
            return job.state in _FILE
        case Command.REMOVE:
            return job.finished
        case _:
            return True


def possible_with(jobs: Sequence[Job]) -> frozenset[Command]:
    """What can be done with the chosen jobs, or some of them."""
    # One for all that `fits` cannot tell apart: thousands may be chosen.
    unlike = {
        (job.state, job.pause_cause, job.next_try_s is None, job.missing is None): job
        for job in jobs
    }
    found = {one for one in Command if any(fits(one, job) for job in unlike.values())}
    return frozenset(found if len(jobs) == 1 else found - SINGLE)


def chosen_for(command: Command, jobs: Sequence[Job]) -> tuple[Job, ...]:
    """Those of the chosen jobs that the command can be done with; none when it cannot be offered."""
    if command in SINGLE and len(jobs) != 1:
        return ()
    return tuple(job for job in jobs if fits(command, job))


def retry_word(job: Job | None) -> str:
    """What trying again means for this job."""
    if job is not None and job.waits_for_server:
        return tr("Try now")
    # The server has made it once, and has it no more.
    made_before = job is not None and job.kind is JobKind.EXPORT and bool(job.server_state)
    if job is not None and made_before and not job.export_id:
        return tr("Create again")
    return tr("Try again")
