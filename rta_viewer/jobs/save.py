"""Saving one file at once, in this thread, without a list of jobs: for commands and scripts."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rta_viewer.core import route
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import Clock
from rta_viewer.core.filenames import clean_name
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.model import SaveRequest, TransferProgress
from rta_viewer.core.ports import ProgressListener, Recorder
from rta_viewer.core.texts import tr
from rta_viewer.errors import DeliveryError, UsageError
from rta_viewer.jobs.board import Board
from rta_viewer.jobs.delivery import Delivered, Work, part_of, prepare_folder
from rta_viewer.jobs.download_job import run_clip
from rta_viewer.jobs.export_job import run_export
from rta_viewer.jobs.store import NoStore
from rta_viewer.jobs.store_lock import alone_at
from rta_viewer.platform.system_clock import SystemClock
from rta_viewer.vms.rate import Sleeper, sleep_for


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file that was delivered.

    Attributes:
        start_ms: Of the pictures, as far as it can be told, else as asked.
        check: ``ok``, or what differs from what was asked.
    """

    path: Path
    size_bytes: int
    sha256: str
    start_ms: int
    end_ms: int
    duration_s: float
    check: str


class DifferentFileError(DeliveryError):
    """The file was kept, but is not what was asked; ``saved`` says where it is and what differs."""

    def __init__(self, saved: SavedFile) -> None:
        super().__init__(saved.check, tr("The file was kept: {path}.", path=saved.path))
        self.saved = saved


def save_now(
    recorder: Recorder,
    request: SaveRequest,
    target: Path,
    *,
    cancel: CancelToken,
    progress: ProgressListener,
    kind: JobKind | None = None,
    server: str = "",
    camera_name: str = "",
    clock: Clock | None = None,
    sleep: Sleeper = sleep_for,
) -> SavedFile:
    """Download or export, whichever the rules say, and check what came.

    A call that was interrupted is taken up again by the same call; an export is ordered anew by it.

    Args:
        recorder: Signed in.
        request: What is wanted.
        target: The file; a name that is taken gets a number instead of being overwritten.
        cancel: Ends it soon, keeping what was fetched.
        progress: Called from this thread, at most about ten times a second.
        kind: Overrules the rules.
        server: For the receipt.
        camera_name: For the receipt.
        clock: This computer's unless given.
        sleep: How to wait.

    Raises:
        DifferentFileError: It was delivered and kept, but is not what was asked.
        PartInUseError: The same call is under way in another process.
        RtaError: Any other of the tree.
    """
    if request.span.is_empty:
        raise UsageError(tr("The end is not after the start."), tr("Choose a longer range."))
    used_clock = clock or SystemClock()
    board = Board(NoStore(), used_clock)
    job = _job(request, target, kind, server, camera_name, used_clock.now_ms())
    board.add(job, job.why_kind)
    board.subscribe(_reporter(progress))
    work = Work(board, recorder, used_clock, sleep, cancel)
    run = run_clip if job.kind is JobKind.CLIP else run_export
    prepare_folder(work, job.job_id)
    # The same call finds the same unfinished file, also while another one is at it.
    with alone_at(part_of(job)):
        delivered = run(work, job.job_id)
    saved = _saved(delivered)
    if not delivered.report.ok:
        raise DifferentFileError(saved)
    return saved


def _job(
    request: SaveRequest,
    target: Path,
    kind: JobKind | None,
    server: str,
    camera_name: str,
    now_ms: int,
) -> Job:
    chosen = route.overrule(request, kind) if kind else route.choose(request)
    key = hashlib.sha256(
        f"{server}\n{request}\n{target.name}".encode("utf-8", "surrogatepass")
    ).hexdigest()
    return Job(
        job_id=key,
        kind=chosen.kind,
        server=server,
        username="",
        camera_id=request.camera_id,
        camera_name=camera_name,
        span=request.span,
        folder=target.parent,
        file_name=clean_name(target.name),
        container=request.container,
        quality=request.quality,
        include_audio=request.include_audio,
        watermark_text=request.watermark.text if request.watermark else "",
        why_kind=chosen.reason,
        created_ms=now_ms,
        updated_ms=now_ms,
    )


def _reporter(progress: ProgressListener) -> Callable[[Job], None]:
    def report(job: Job) -> None:
        note = job.reason
        if job.state in {JobState.ASKING, JobState.PREPARING}:
            note = job.reason or _preparing(job.server_progress)
        elif job.state is JobState.CHECKING:
            note = tr("Checking the file.")
        if not job.finished:
            progress(TransferProgress(job.received_bytes, job.total_bytes, note))

    return report


def _preparing(percent: float | None) -> str:
    if percent is None:
        return tr("The server is preparing the file.")
    return tr("The server is preparing the file. {percent:.0f} %", percent=percent)


def _saved(delivered: Delivered) -> SavedFile:
    job, report = delivered.job, delivered.report
    shown = report.delivered or job.span
    return SavedFile(
        path=job.path,
        size_bytes=job.received_bytes,
        sha256=job.sha256,
        start_ms=shown.start_ms,
        end_ms=shown.end_ms,
        duration_s=report.delivered_ms / 1000,
        check="ok" if report.ok else " ".join(report.differences),
    )
