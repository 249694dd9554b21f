"""An export: the server works in the background, we ask now and then, and fetch what it made.

Split into steps that each take a moment (:func:`ask`, :func:`poll`) or as long as the file is large
(:func:`fetch`), so that one poller serves all exports. Between steps nothing is kept but the job itself.
"""

from dataclasses import dataclass
from typing import Any

from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.model import ExportState, ExportStatus, Fetched
from rta_viewer.core.texts import mark, tr
from rta_viewer.errors import BusyError, NetworkError, NotFoundError, RtaError, ServerError
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
from rta_viewer.vms.errors_map import TemporaryServerError

MAX_SILENT = 30
"""Polls in a row without an answer before the job fails: about half an hour."""

MAX_RENEWALS = 3
"""How often we ask again by ourselves for an export that the server has no more before it was here."""

_FIRST_POLL_S = 1.0
_SLOWER = 1.3
_BELIEVED_POLLS = 8
_LONGEST_POLL_S = 15.0
_LONGEST_STEERED_S = 60.0
_BUSY_POLL_S = 20.0
_LONGEST_BUSY_S = 300.0
_LONGEST_SILENCE_S = 60.0
_EXPIRED = mark("The export has expired on the server; it is asked for again")
_FORGOTTEN = mark("The server forgot the export.")


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to wait until the next step, and what went wrong in a row before it. Lives in memory only.

    Attributes:
        wait_s: Seconds until the next step is due.
        polls: Answers since the export was asked for.
        silent: Polls without an answer in a row.
    """

    wait_s: float = 0.0
    polls: int = 0
    silent: int = 0


def prepare(work: Work, job_id: str, pace: Pace) -> Pace:
    """The next step towards READY, whichever it is.

    Raises:
        RtaError: The export cannot succeed any more.
    """
    job = work.board.get(job_id)
    if job.sha256:
        if already_placed(job, work.cancel) or already_fetched(work, job_id):
            work.board.move(job_id, JobState.READY, tr("The file was fetched already"))
            return Pace()
        job = work.board.change(job_id, sha256="")
    try:
        return poll(work, job, pace) if job.export_id else ask(work, job)
    except BusyError as err:
        wait_s = min(_LONGEST_BUSY_S, err.retry_after_s or _BUSY_POLL_S)
        _tell_wait(work, job_id, err, wait_s)
        return Pace(wait_s, pace.polls)


def ask(work: Work, job: Job) -> Pace:
    """Have the server begin. Written down before, so that a kill can at worst lead to a second one."""
    prepare_folder(work, job.job_id)
    work.board.move(job.job_id, JobState.ASKING, tr("Asking the server for the export"))
    status = _create(work, job)
    work.board.move(
        job.job_id,
        JobState.PREPARING,
        tr("The server calls it {name}", name=status.export_id),
        export_id=status.export_id,
        server_state=status.state_text,
        server_progress=status.progress_percent,
        reason="",
        hint="",
    )
    return Pace(_FIRST_POLL_S)


def _create(work: Work, job: Job) -> ExportStatus:
    try:
        return work.recorder.create_export(job.request, work.cancel)
    except BusyError as err:
        work.board.move(job.job_id, JobState.QUEUED, err.summary)
        raise
    except (NetworkError, TemporaryServerError) as err:
        # Whether the order arrived nobody knows: the history must say so before there is a second one.
        unknown = NetworkError if isinstance(err, NetworkError) else TemporaryServerError
        raise unknown(
            tr(
                "{summary} Whether the server has begun the export is not known.",
                summary=err.summary,
            ),
            tr("Try again; the server may make it twice then."),
        ) from err


def poll(work: Work, job: Job, pace: Pace) -> Pace:
    """Ask how far it is."""
    if job.state is not JobState.PREPARING:
        job = work.board.move(job.job_id, JobState.PREPARING, tr("Asking how far the export is"))
    try:
        status = work.recorder.export_status(job.export_id, work.cancel)
    except NotFoundError:
        if _may_renew(work, job):
            return _renew(work, job, tr(_FORGOTTEN))
        work.board.change(job.job_id, export_id="")
        raise
    except BusyError:
        raise
    except (NetworkError, ServerError) as err:
        return _silent(work, job, pace, err)
    if status.state is ExportState.EXPIRED and _may_renew(work, job):
        return _renew(work, job, tr(_EXPIRED))
    if status.state in {ExportState.FAILED, ExportState.EXPIRED}:
        raise _refused(work, job, status)
    fields: dict[str, Any] = {
        "server_state": status.state_text,
        "server_progress": status.progress_percent,
        "total_bytes": status.size_bytes,
        "expires_at_ms": status.expires_at_ms,
        "reason": "",
        "hint": "",
        "next_try_s": None,
    }
    if status.state is ExportState.COMPLETED:
        work.board.move(job.job_id, JobState.READY, tr("The server has finished"), **fields)
        return Pace()
    work.board.change(job.job_id, **fields)
    return Pace(_poll_wait_s(status, pace.polls), pace.polls + 1)


def fetch(work: Work, job_id: str) -> Delivered | None:
    """Fetch, check, place; None when the link has expired and the export is asked for again.

    Raises:
        RtaError: As :meth:`rta_viewer.core.ports.Recorder.fetch_export`, and StorageError.
        Cancelled: The part is kept.
    """
    job = work.board.get(job_id)
    if already_placed(job, work.cancel):
        work.board.move(job_id, JobState.FETCHING, tr("Going on"))
        return conclude_placed(work, job_id)
    fetched = already_fetched(work, job_id)
    server_size = job.total_bytes
    prepare_folder(work, job_id)
    work.board.move(job_id, JobState.FETCHING, tr("Fetching"), reason="", hint="")
    if fetched is None:
        try:
            server_size, fetched = _transfer(work, job)
        except NotFoundError:
            if _may_renew(work, job):
                _renew(work, job, tr(_EXPIRED))
                return None
            work.board.change(job_id, export_id="")
            raise
    return deliver(work, job_id, fetched, server_size)


def _transfer(work: Work, job: Job) -> tuple[int | None, Fetched]:
    status = work.recorder.export_status(job.export_id, work.cancel)
    if status.state is not ExportState.COMPLETED:
        raise _refused(work, job, status)
    fetched = work.recorder.fetch_export(
        status,
        part_of(job),
        cancel=work.cancel,
        progress=lambda progress: work.board.progress(job.job_id, progress),
    )
    return status.size_bytes, fetched


def run_export(work: Work, job_id: str) -> Delivered:
    """All steps after one another, in one thread."""
    pace = Pace()
    while True:
        while work.board.get(job_id).state is not JobState.READY:
            pace = prepare(work, job_id, pace)
            work.sleep(pace.wait_s, work.cancel)
        delivered = fetch(work, job_id)
        if delivered is not None:
            return delivered


def _poll_wait_s(status: ExportStatus, polls: int) -> float:
    """Often at first, for short exports; then as the server's own estimate suggests.

    An estimate that stays short for ever is believed less and less.
    """
    if status.time_left_s is None or status.time_left_s <= 0:
        return min(_LONGEST_POLL_S, _FIRST_POLL_S * _SLOWER**polls)
    patience_s = min(_LONGEST_POLL_S, _SLOWER ** (polls - _BELIEVED_POLLS))
    return max(_FIRST_POLL_S, patience_s, min(_LONGEST_STEERED_S, status.time_left_s / 2))


def _may_renew(work: Work, job: Job) -> bool:
    return work.renew_expired and work.board.get(job.job_id).renewals < MAX_RENEWALS


def _renew(work: Work, job: Job, why: str) -> Pace:
    """The server has it no more, and makes the file again."""
    work.board.move(
        job.job_id,
        JobState.QUEUED,
        why,
        export_id="",
        sha256="",
        expires_at_ms=None,
        server_progress=None,
        renewals=work.board.get(job.job_id).renewals + 1,
    )
    return Pace(_FIRST_POLL_S)


def _silent(work: Work, job: Job, pace: Pace, err: RtaError) -> Pace:
    """The export goes on without us; whoever has waited for hours can wait for a network to come back."""
    silent = pace.silent + 1
    if silent >= MAX_SILENT:
        raise err
    wait_s = min(_LONGEST_SILENCE_S, 2.0**silent)
    _tell_wait(work, job.job_id, err, wait_s)
    return Pace(wait_s, pace.polls, silent)


def _tell_wait(work: Work, job_id: str, err: RtaError, wait_s: float) -> None:
    work.board.change(
        job_id,
        reason=err.summary,
        hint=tr("It is asked again by itself."),
        next_try_s=work.clock.monotonic_s() + wait_s,
    )


def _refused(work: Work, job: Job, status: ExportStatus) -> RtaError:
    """The server's own end of the story; trying again means asking for a new export."""
    work.board.change(job.job_id, export_id="", server_state=status.state_text)
    if status.state is ExportState.EXPIRED:
        return NotFoundError(tr("The export has expired on the server."), tr("Ask for it again."))
    said = tr("The server could not make the export.")
    if status.error:
        said = tr("The server could not make the export: {said}", said=status.error)
    return ServerError(said, tr("Try again, or a shorter range."))
