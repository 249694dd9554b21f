"""From an order to jobs: one for each file, several in one package."""

import os
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rta_viewer.core.filenames import unique_name
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.save_order import Piece, SaveOrder, package_name, plan_pieces
from rta_viewer.core.texts import tr
from rta_viewer.errors import UsageError
from rta_viewer.evidence.files import is_seen
from rta_viewer.jobs.left_out import left_out_of


@dataclass(frozen=True, slots=True)
class Plan:
    """Jobs that belong together.

    Attributes:
        folder: Where all of them go.
        package: Their common mark; empty for a single file.
    """

    jobs: tuple[Job, ...]
    folder: Path
    package: str


def plan_jobs(
    order: SaveOrder, *, server: str, username: str, now_ms: int, known: Iterable[Job] = ()
) -> Plan:
    """Make the jobs; nothing is written yet, but the target folder is looked at.

    Args:
        order: What is wanted.
        server: As ``ServerInfo.address``.
        username: Who is signed in there.
        now_ms: For the jobs.
        known: The jobs that are in the list already: the folders of those that wait are not there yet.

    Raises:
        UsageError: No camera, an empty range, nothing recorded in it, or a name that makes no sense.
    """
    pieces = plan_pieces(order).pieces
    if not pieces:
        raise UsageError(tr("Nothing was recorded in this time."), tr("Choose another range."))
    several = len(pieces) > 1
    package = uuid.uuid4().hex if several else ""
    target = order.folder / _folder_name(order, pieces, known) if several else order.folder
    left_out = left_out_of(order, pieces) if several else ""
    jobs = tuple(
        Job(
            job_id=uuid.uuid4().hex,
            kind=piece.route.kind,
            server=server,
            username=username,
            camera_id=piece.camera.camera_id,
            camera_name=piece.camera.name,
            span=piece.request.span,
            folder=target,
            file_name=piece.file_name,
            container=piece.request.container,
            quality=piece.request.quality,
            include_audio=piece.request.include_audio,
            watermark_text=piece.request.watermark.text if piece.request.watermark else "",
            why_kind=piece.route.reason,
            created_ms=now_ms,
            updated_ms=now_ms,
            package=package,
            medium=order.choices.medium,
            estimated_bytes=piece.size_bytes,
            left_out="" if number else left_out,
        )
        for number, piece in enumerate(pieces)
    )
    return Plan(jobs, target, package)


def _folder_name(order: SaveOrder, pieces: tuple[Piece, ...], known: Iterable[Job]) -> str:
    """A folder that neither is there, nor will be for another package, nor may be when one is tried again."""
    return free_folder(order.folder / package_name(order, pieces), known).name


def in_final_folders(new: Sequence[Job], known: Sequence[Job]) -> list[Job]:
    """New jobs that go to the folders that their packages really get.

    Others may have planned packages of the same folder at the same time, so who adds the jobs decides. Jobs
    of a package may come one after another; all of them follow the first one. The drive is only looked at
    where two packages meet.

    Args:
        new: What is being added.
        known: What is in the list already.
    """
    listed = [job for job in known if job.package]
    homes = {job.package: job.folder for job in listed}
    used = {_key(folder) for folder in homes.values()}
    final = []
    for job in new:
        if job.package and job.package not in homes:
            met = _key(job.folder) in used
            homes[job.package] = free_folder(job.folder, listed) if met else job.folder
            used.add(_key(homes[job.package]))
        moved = replace(job, folder=homes[job.package]) if job.package else job
        final.append(moved)
        listed += [moved] if job.package else []
    return final


def free_folder(wanted: Path, known: Iterable[Job]) -> Path:
    """The folder, or one with a number where it is there or will be that of another package."""
    promised = {_key(job.folder) for job in known if job.package and job.state is not JobState.DONE}

    def is_taken(name: str) -> bool:
        folder = wanted.with_name(name)
        # On a share that is away it is not known; jobs that go there wait for it, and overwrite nothing.
        return _key(folder) in promised or is_seen(folder)

    return wanted.with_name(unique_name(wanted.name, is_taken))


def _key(folder: Path) -> str:
    """The same for two ways to write one folder; drives may tell upper from lower case or not."""
    return os.path.normpath(folder).casefold()
