"""The last steps of every file: look inside, compare with what was asked, name it, write the receipt."""

from dataclasses import dataclass
from pathlib import Path

from rta_viewer import __version__
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import Clock
from rta_viewer.core.drive_calls import at_drive
from rta_viewer.core.filenames import part_path
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.model import Availability, Fetched
from rta_viewer.core.ports import Recorder
from rta_viewer.core.save_medium import VOLUME_BYTES
from rta_viewer.core.texts import english, joined, tr, trn
from rta_viewer.errors import (
    Cancelled,
    MediaError,
    RefusedError,
    RtaError,
    SignInError,
    StorageError,
    TargetLostError,
)
from rta_viewer.evidence.files import hash_file, system_path
from rta_viewer.evidence.receipt import (
    START_BY_FILE,
    START_BY_REQUEST,
    Receipt,
    write_receipt,
)
from rta_viewer.jobs.board import Board
from rta_viewer.jobs.cutting import cut_into_volumes
from rta_viewer.jobs.delivery_check import DeliveryReport, check_delivery
from rta_viewer.jobs.doors import lets_in
from rta_viewer.jobs.placing import discard, make_folder, place
from rta_viewer.jobs.room import is_lost_target, what_is_gone
from rta_viewer.media.probe import MediaFileInfo, probe_file
from rta_viewer.platform.drives import mount_point
from rta_viewer.platform.files import make_names_last
from rta_viewer.vms.rate import Sleeper


@dataclass(frozen=True, slots=True)
class Work:
    """What a running job needs. Belongs to one thread while it runs.

    Attributes:
        renew_expired: Ask again by itself for an export whose link has expired.
        patience: Attempts in a row to order an export while its server is away; 0 to fail at once.
    """

    board: Board
    recorder: Recorder
    clock: Clock
    sleep: Sleeper
    cancel: CancelToken
    renew_expired: bool = False
    patience: int = 0


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file under its final name, and what the check found; ``info`` is None when it cannot be read."""

    job: Job
    info: MediaFileInfo | None
    report: DeliveryReport


def part_of(job: Job) -> Path:
    """The unfinished file of a job. ``file_name`` may become another when it is placed: the id keeps it."""
    return system_path(part_path(job.folder, "download", job.job_id))


@at_drive()
def may_be_here(job: Job) -> bool:
    """False when what was fetched is here no more. Reads nothing: what is here may be something else."""
    return bool(job.sha256) and (part_of(job).exists() or system_path(job.path).is_file())


@at_drive()
def already_fetched(work: Work, job_id: str) -> Fetched | None:
    """The part of a job that was killed after its transfer was complete, None when there is none.

    One that was changed since is thrown away: its note says that nothing of it is missing.
    """
    job = work.board.get(job_id)
    part = part_of(job)
    if not job.sha256 or not part.exists():
        return None
    sha256, size_bytes = hash_file(part, cancel=work.cancel)
    if sha256 == job.sha256:
        return Fetched(size_bytes, sha256)
    discard(part)
    changed = tr("The unfinished file on the drive was changed.")
    again = tr("{why} It is fetched again from its start.", why=changed)
    work.board.move(job_id, job.state, again, sha256="", received_bytes=0)
    return None


@at_drive()
def already_placed(job: Job, cancel: CancelToken) -> bool:
    """True when a job was killed after its file got its final name."""
    if not job.sha256 or part_of(job).exists() or not system_path(job.path).is_file():
        return False
    return hash_file(job.path, cancel=cancel)[0] == job.sha256


def prepare_folder(work: Work, job_id: str) -> None:
    """The folder that the file is to go to.

    It is made once. One that was there and is not any more was on a drive that is gone: made again, it
    would be on another one. So would be what is put where a drive was mounted and is not any more.

    Raises:
        TargetLostError: It is gone.
        StorageError: It is not there and cannot be made.
    """
    job = work.board.get(job_id)
    if gone := what_is_gone(job):
        raise TargetLostError(gone, tr("Connect its drive."))
    try:
        # To last before it is written down that it was there.
        make_folder(job.folder)
    except OSError as err:
        raise StorageError(
            tr(
                "The folder {folder} cannot be used: {reason}.",
                folder=job.folder,
                reason=err.strerror or err,
            ),
            tr("Choose another folder."),
        ) from err
    with at_drive():
        mounted_at = mount_point(job.folder)
    if mounted_at and mounted_at != job.mount_point:
        _tell_others(work, job.folder, mounted_at)
    work.board.change(job_id, folder_seen=True, mount_point=mounted_at)


def _tell_others(work: Work, folder: Path, mounted_at: str) -> None:
    """What waits for the same drive was ordered while it was there, and is not to begin where it is not."""

    def fields_of(other: Job) -> dict[str, str]:
        is_on_it = other.folder == folder or other.folder.is_relative_to(mounted_at)
        waits = not other.finished and not other.mount_point
        return {"mount_point": mounted_at} if waits and is_on_it else {}

    work.board.change_all(fields_of)


def deliver(
    work: Work,
    job_id: str,
    fetched: Fetched,
    server_size: int | None,
    *,
    again: bool = False,
) -> Delivered:
    """Check the fetched part, place it, write its receipt, finish the job.

    Args:
        work: What it needs.
        job_id: Which.
        fetched: What came.
        server_size: Bytes, as the server says; None where it does not.
        again: The history tells of its arrival already.

    Raises:
        StorageError: It cannot be placed.
        Cancelled: While looking inside.
    """
    if fetched.remark:
        work.board.move(job_id, work.board.get(job_id).state, fetched.remark)
    job = work.board.move(
        job_id,
        JobState.CHECKING,
        "" if again else tr("{size_bytes:,} bytes arrived", size_bytes=fetched.size_bytes),
        sha256=fetched.sha256,
        received_bytes=fetched.size_bytes,
        total_bytes=fetched.size_bytes,
        reason="",
        hint="",
    )
    part = part_of(job)
    info, report = inspect(work, job, part, server_size)

    def announce(name: str) -> None:
        work.board.change(job_id, file_name=name)

    place(part, job.folder, job.file_name, announce)
    # A receipt that a power cut leaves alone would keep the name from its file.
    make_names_last(job.folder)
    return conclude(work, job_id, fetched.size_bytes, info, report)


def conclude_placed(work: Work, job_id: str, *, again: bool = False) -> Delivered:
    """The same for a file that has its name already."""
    why = "" if again else tr("The file was there already")
    job = work.board.move(job_id, JobState.CHECKING, why)
    discard(part_of(job))
    path = system_path(job.path)
    info, report = inspect(work, job, path, None)
    with at_drive():
        size_bytes = path.stat().st_size
    return conclude(work, job_id, size_bytes, info, report)


def conclude(
    work: Work, job_id: str, size_bytes: int, info: MediaFileInfo | None, report: DeliveryReport
) -> Delivered:
    """Receipt, volumes, final state."""
    job = work.board.get(job_id)
    receipt = _receipt(job, size_bytes, info, report, work.clock.now_ms())
    write_receipt(receipt, job.path)
    notes = [*report.notes]
    if info is not None:
        notes += _cut_into_volumes(work, job, receipt)
    make_names_last(job.folder)
    differences = joined(report.differences)
    job = work.board.move(
        job_id,
        JobState.DONE if report.ok else JobState.DIFFERS,
        differences or tr("Delivered as asked"),
        received_bytes=size_bytes,
        total_bytes=size_bytes,
        reason=differences or joined(notes),
        hint=""
        if report.ok
        else tr("The file was kept. Compare it with the timeline, or try again."),
        missing=report.missing,
    )
    return Delivered(job, info, report)


def _cut_into_volumes(work: Work, job: Job, receipt: Receipt) -> list[str]:
    """Also as volumes, where it does not fit; a sentence when that was not possible.

    The file itself is here and whole: whatever goes wrong with its volumes does not make it worse.
    """
    limit = VOLUME_BYTES.get(job.medium)
    if limit is None:
        return []
    cutting = tr("Cutting it into volumes")
    work.board.change(job.job_id, reason=cutting, volume_count=0, volume_base="")
    try:
        volumes = cut_into_volumes(job.path, receipt, limit, work.cancel)
    except (MediaError, StorageError) as err:
        if is_lost_target(err):
            raise
        return [tr("It was not cut into volumes: {summary}", summary=err.summary)]
    count, base = len(volumes.all), volumes.base
    other = base if base != job.file_name else ""
    work.board.change(job.job_id, volume_count=count, volume_base=other)
    if not count:
        return []
    said = [trn("It was also cut into {n} volume.", "It was also cut into {n} volumes.", count)]
    if Path(base).suffix != job.path.suffix:
        said.append(tr("They are MKV files: cut as AVI, their sound would lose its times."))
    return said


def inspect(
    work: Work, job: Job, path: Path, server_size: int | None
) -> tuple[MediaFileInfo | None, DeliveryReport]:
    """What is in the file, and how it differs from what was asked."""
    try:
        info = probe_file(path, cancel=work.cancel)
    except MediaError as err:
        return None, DeliveryReport(
            ok=False, differences=(err.summary,), delivered=None, expected_ms=0, delivered_ms=0
        )
    known = _availability(work, job)
    # What the file says of its making is by the server's clock, as is what there can be of recordings.
    ahead_ms = work.recorder.clock_offset_ms
    return info, check_delivery(
        job.request,
        info,
        known,
        server_size,
        ordered_ms=job.created_ms + ahead_ms,
        checked_ms=work.clock.now_ms() + ahead_ms,
    )


def _availability(work: Work, job: Job) -> Availability | None:
    """What the server says it has; one that does not answer now, or not to this user, leaves that open.

    Raises:
        Cancelled, SignInError: Nobody is signed in there any more: it is asked when somebody is again.
    """
    try:
        return work.recorder.availability(job.camera_id, job.span, work.cancel)
    except RefusedError:
        if lets_in(work.recorder, work.cancel):
            return None
        raise
    except (Cancelled, SignInError):
        raise
    except RtaError:
        work.cancel.raise_if_cancelled()
        return None


def _receipt(
    job: Job, size_bytes: int, info: MediaFileInfo | None, report: DeliveryReport, now_ms: int
) -> Receipt:
    return Receipt(
        file_name=job.file_name,
        size_bytes=size_bytes,
        sha256=job.sha256,
        server=job.server,
        camera_id=job.camera_id,
        camera_name=job.camera_name,
        asked=job.span,
        delivered=report.delivered,
        container=info.container if info else job.container,
        codec=info.video_codec if info else "",
        width=info.width if info else 0,
        height=info.height if info else 0,
        duration_ms=report.delivered_ms,
        check_ok=report.ok,
        differences=tuple(english(said) for said in report.differences),
        kind="export" if job.kind is JobKind.EXPORT else "download",
        saved_at_ms=now_ms,
        program_version=__version__,
        stretches=report.stretches,
        start_from=_start_from(report),
        stamp_ms=info.creation_time_ms if info else None,
    )


def _start_from(report: DeliveryReport) -> str:
    if report.delivered is None:
        return ""
    return START_BY_FILE if report.start_known else START_BY_REQUEST
