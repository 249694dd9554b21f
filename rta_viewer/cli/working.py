"""Working jobs off in a command: a line of progress for all of them, and Ctrl+C that ends none."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rta_viewer.cli import job_list
from rta_viewer.cli.command import Context
from rta_viewer.cli.progress import ProgressLine
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.model import TransferProgress
from rta_viewer.core.texts import english

if TYPE_CHECKING:
    from rta_viewer.jobs.engine import JobEngine


def work_until_all_rest(
    context: Context, engine: "JobEngine", is_ours: Callable[[Job], bool]
) -> None:
    """Work until nothing goes on with our jobs until somebody does something.

    Args:
        context: Where the terminal is.
        engine: Works on all jobs that it can.
        is_ours: Whether a job is waited for and told of; asked on any thread.

    Raises:
        Cancelled: Ctrl+C.
    """
    from rta_viewer.jobs.crew import run_until

    line = ProgressLine(context.output.progress_stream, context.clock)

    def ours() -> list[Job]:
        return [job for job in engine.jobs() if is_ours(job)]

    forget = engine.subscribe(lambda changed: line.update_by(lambda: progress_of(ours(), changed)))
    said = False

    def all_rest(_jobs: object) -> bool:
        nonlocal said
        silent = next((job for job in ours() if job.drive_is_silent), None)
        if silent is not None and not said:
            said = True
            line.finish()
            context.output.note(f"{silent.folder}: {english(silent.reason)} {english(silent.hint)}")
        return all(map(job_list.rests, ours()))

    try:
        with job_list.staying_in_the_list():
            run_until(engine, all_rest, context.cancel)
    finally:
        forget()
        line.finish()


def progress_of(jobs: Sequence[Job], changed: Job) -> TransferProgress:
    """All files as one transfer; with why nothing comes, or how far the server is with the last one."""
    totals = [job.total_bytes for job in jobs]
    total = None if None in totals else sum(size or 0 for size in totals)
    note = f"{sum(job.finished for job in jobs)} of {len(jobs)} done"
    waiting = next((job for job in jobs if job.waits_for_server or job.drive_is_silent), None)
    if waiting is not None:
        note += f"  {english(waiting.reason)}"
    elif changed in jobs and changed.state is JobState.PREPARING and changed.server_progress:
        note += f", server {changed.server_progress:.0f} %"
    return TransferProgress(sum(job.received_bytes for job in jobs), total, note)
