"""A clip: one request, one file. Each step is written down before it is taken."""

from rta_viewer.core.jobs import JobState
from rta_viewer.core.model import TransferProgress
from rta_viewer.core.texts import tr
from rta_viewer.jobs.delivery import (
    Delivered,
    Work,
    already_fetched,
    already_placed,
    conclude_placed,
    deliver,
    part_of,
    prepare_folder,
)


def run_clip(work: Work, job_id: str, *, again: bool = False) -> Delivered:
    """Fetch, check, place. Goes on where a killed run stopped.

    Args:
        work: What it needs.
        job_id: Which.
        again: The server was away, or the drive full, and is only tried again: the history has that already.

    Raises:
        RtaError: As :meth:`rta_viewer.core.ports.Recorder.fetch_clip`, and StorageError.
        Cancelled: The part is kept.
    """
    job = work.board.get(job_id)
    if already_placed(job, work.cancel):
        return conclude_placed(work, job_id, again=again)
    fetched = already_fetched(work, job_id)
    is_told = again and fetched is not None
    if fetched is None:
        prepare_folder(work, job_id)
        why = "" if again else tr("Fetching")
        work.board.move(job_id, JobState.FETCHING, why, reason="", hint="", sha256="")
        fetched = work.recorder.fetch_clip(
            job.request,
            part_of(job),
            cancel=work.cancel,
            progress=lambda progress: _report(work, job_id, progress),
        )
    return deliver(work, job_id, fetched, None, again=is_told)


def _report(work: Work, job_id: str, progress: TransferProgress) -> None:
    work.board.progress(job_id, progress)
