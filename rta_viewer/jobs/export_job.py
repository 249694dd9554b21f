"""An export: the server works in the background, we ask now and then, and fetch what it made.

Split into steps that each take a moment (:func:`ask`, :func:`poll`) or as long as the file is large
(:func:`fetch`), so that one poller serves all exports. Between steps nothing is kept but the job itself.
"""

from dataclasses import replace
from typing import Any

from rta_viewer.core.certificate import UntrustedCertificateError
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
    may_be_here,
    part_of,
    prepare_folder,
)
from rta_viewer.jobs.pace import (
    BEGUN,
    Pace,
    after_answer,
    after_completion,
    after_refusal,
    after_relapse,
    after_silence,
)
from rta_viewer.jobs.patience import is_away
from rta_viewer.vms.errors_map import TemporaryServerError, UnclearAnswerError

MAX_SILENT = 30
"""Polls in a row without an answer before the job fails: about half an hour."""

MAX_RENEWALS = 3
"""How often we ask again by ourselves for an export that the server has no more before it was here."""

_ENDED = frozenset({ExportState.COMPLETED, ExportState.FAILED, ExportState.EXPIRED})
_AGAIN = mark("It is asked again by itself.")
_ENDLESS = mark("It is asked again by itself, for as long as it takes.")
_EXPIRED = mark("The export has expired on the server; it is asked for again")
_FORGOTTEN = mark("The server forgot the export.")


def prepare(work: Work, job_id: str, pace: Pace) -> Pace:
    """The next step towards READY, whichever it is.

    Raises:
        RtaError: The export cannot succeed any more.
    """
    job = work.board.get(job_id)
    if may_be_here(job):
        # Whether it is still what it was takes as long as it is large: that is seen when it is delivered.
        why = "" if pace.again else tr("The file was fetched already")
        work.board.move(job_id, JobState.READY, why)
        return Pace()
    if job.sha256:
        # It may be on a drive that is away: what is known of it is only forgotten where it would be.
        prepare_folder(work, job_id)
        job = work.board.change(job_id, sha256="")
    return poll(work, job, pace) if job.export_id else ask(work, job, pace)


def ask(work: Work, job: Job, pace: Pace) -> Pace:
    """Have the server begin. Written down before, so that a kill can at worst lead to a second one."""
    prepare_folder(work, job.job_id)
    why = "" if pace.again else tr("Asking the server for the export")
    work.board.move(job.job_id, JobState.ASKING, why)
    try:
        status = _create(work, job)
    except BusyError as err:
        return _put_off(work, job.job_id, err, after_refusal(pace, err), tr(_ENDLESS))
    except NetworkError as err:
        if not err.nothing_sent or not is_away(err) or pace.silent >= work.patience:
            raise
        return _put_off(work, job.job_id, err, after_silence(pace, err), tr(_AGAIN))
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
    return BEGUN


def _put_off(work: Work, job_id: str, err: RtaError, pace: Pace, hint: str) -> Pace:
    """The server is asked later; that is one line of the history, however often."""
    work.board.move(
        job_id,
        JobState.QUEUED,
        "" if pace.again else err.summary,
        reason=err.summary,
        hint=hint,
        next_try_s=work.clock.monotonic_s() + pace.wait_s,
    )
    return replace(pace, again=True)


def _create(work: Work, job: Job) -> ExportStatus:
    try:
        return work.recorder.create_export(job.request, work.cancel)
    except (NetworkError, TemporaryServerError, UnclearAnswerError) as err:
        if isinstance(err, NetworkError) and err.nothing_sent:
            raise
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
        why = "" if pace.again else tr("Asking how far the export is")
        job = work.board.move(job.job_id, JobState.PREPARING, why)
    try:
        status = work.recorder.export_status(job.export_id, work.cancel)
    except NotFoundError:
        if _may_renew(work, job):
            return _renew(work, job, tr(_FORGOTTEN))
        work.board.change(job.job_id, export_id="")
        raise
    except BusyError as err:
        return _tell_wait(work, job.job_id, err, after_refusal(pace, err), tr(_ENDLESS))
    except UntrustedCertificateError:
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
        why = "" if pace.again else tr("The server has finished")
        work.board.move(job.job_id, JobState.READY, why, **fields)
        return after_completion(pace)
    work.board.change(job.job_id, **fields)
    return after_answer(pace, status)


def fetch(work: Work, job_id: str, pace: Pace) -> Delivered | Pace:
    """Fetch, check, place; or when to go on, where the server has to work first.

    Raises:
        RtaError: As :meth:`rta_viewer.core.ports.Recorder.fetch_export`, and StorageError.
        Cancelled: The part is kept.
    """
    job = work.board.get(job_id)
    if already_placed(job, work.cancel):
        work.board.move(job_id, JobState.FETCHING, "" if pace.again else tr("Going on"))
        return conclude_placed(work, job_id, again=pace.again)
    fetched = already_fetched(work, job_id)
    prepare_folder(work, job_id)
    why = "" if pace.again else tr("Fetching")
    sha256 = "" if fetched is None else fetched.sha256
    work.board.move(job_id, JobState.FETCHING, why, reason="", hint="", sha256=sha256)
    if fetched is not None:
        return deliver(work, job_id, fetched, job.total_bytes, again=pace.again)
    try:
        found = _fetch_now(work, job, pace)
    except NotFoundError:
        if _may_renew(work, job):
            return _renew(work, job, tr(_EXPIRED))
        work.board.change(job_id, export_id="")
        raise
    if isinstance(found, Pace):
        return found
    return deliver(work, job_id, *found)


def _fetch_now(work: Work, job: Job, pace: Pace) -> tuple[Fetched, int | None] | Pace:
    """The file and the size that the server says; its link may be another by now, and is asked for."""
    try:
        status = work.recorder.export_status(job.export_id, work.cancel)
    except BusyError as err:
        return _put_off(work, job.job_id, err, after_refusal(pace, err), tr(_ENDLESS))
    except UntrustedCertificateError:
        raise
    except (NetworkError, ServerError) as err:
        return _put_off(work, job.job_id, err, after_silence(pace, err), tr(_AGAIN))
    fetched = _transfer(work, job, status)
    if fetched is None:
        return _back_at_work(work, job.job_id, pace)
    return fetched, status.size_bytes


def _transfer(work: Work, job: Job, status: ExportStatus) -> Fetched | None:
    """None when the server works on it once more, although it was complete."""
    if status.state not in _ENDED:
        return None
    if status.state is not ExportState.COMPLETED:
        raise _refused(work, job, status)
    try:
        return work.recorder.fetch_export(
            status,
            part_of(job),
            cancel=work.cancel,
            progress=lambda progress: work.board.progress(job.job_id, progress),
        )
    except NotFoundError:
        # The file is away meanwhile; the export is not.
        if work.recorder.export_status(job.export_id, work.cancel).state not in _ENDED:
            return None
        raise


def _back_at_work(work: Work, job_id: str, pace: Pace) -> Pace:
    why = "" if pace.again else tr("The server works on the export once more")
    work.board.move(job_id, JobState.QUEUED, "")
    work.board.move(job_id, JobState.PREPARING, why, server_progress=None, reason="", hint="")
    return after_relapse()


def run_export(work: Work, job_id: str) -> Delivered:
    """All steps after one another, in one thread."""
    pace = Pace()
    while True:
        while work.board.get(job_id).state is not JobState.READY:
            pace = prepare(work, job_id, pace)
            work.sleep(pace.wait_s, work.cancel)
        done = fetch(work, job_id, pace)
        if isinstance(done, Delivered):
            return done
        pace = done
        work.sleep(pace.wait_s, work.cancel)


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
    return BEGUN


def _silent(work: Work, job: Job, pace: Pace, err: RtaError) -> Pace:
    """The export goes on without us."""
    if pace.silent + 1 >= MAX_SILENT:
        raise err
    return _tell_wait(work, job.job_id, err, after_silence(pace, err), tr(_AGAIN))


def _tell_wait(work: Work, job_id: str, err: RtaError, pace: Pace, hint: str) -> Pace:
    next_try_s = work.clock.monotonic_s() + pace.wait_s
    work.board.change(job_id, reason=err.summary, hint=hint, next_try_s=next_try_s)
    return pace


def _refused(work: Work, job: Job, status: ExportStatus) -> RtaError:
    """The server's own end of the story; trying again means asking for a new export."""
    work.board.change(job.job_id, export_id="", server_state=status.state_text)
    if status.state is ExportState.EXPIRED:
        return NotFoundError(tr("The export has expired on the server."), tr("Ask for it again."))
    said = tr("The server could not make the export.")
    if status.error:
        said = tr("The server could not make the export: {said}", said=status.error)
    return ServerError(said, tr("Try again, or a shorter range."))
