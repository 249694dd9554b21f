"""A job goes on in another folder: in which one, who comes along, and what of that which was fetched."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.texts import tr
from rta_viewer.evidence.files import is_seen, system_path
from rta_viewer.jobs.delivery import may_be_here, part_of
from rta_viewer.jobs.package import is_index_of
from rta_viewer.jobs.placing import carry, withdraw
from rta_viewer.jobs.plan import free_folder

_WAITING = frozenset({JobState.QUEUED, JobState.PAUSED})


def companions(job: Job, known: Sequence[Job]) -> list[Job]:
    """The job, and what waits of its package: a drive that is full or gone is so for all of them."""
    others = [
        one for one in known if job.package and one.package == job.package and one.state in _WAITING
    ]
    return [job, *(one for one in others if one.job_id != job.job_id)]


def home_in(folder: Path, jobs: Sequence[Job], known: Sequence[Job]) -> tuple[Path, str]:
    """Where jobs of one package, or a single one, go on in ``folder``, and the mark of their package there.

    What was saved of a package stays where it is, with its index: those that go on are a package of their
    own, and who comes later joins them. Where their drive only has another letter, they are at home.
    """
    job = jobs[0]
    if not job.package:
        return folder, ""
    wanted = folder / job.folder.name
    for place in (folder, wanted):
        if place == job.folder or is_index_of(place, job.package) or _has_part(place, jobs):
            return place, job.package
    package = hashlib.sha256(os.fsencode(f"{job.package}\n{folder}")).hexdigest()[:32]
    homes = (one.folder for one in known if one.package == package)
    return next(homes, None) or free_folder(wanted, known), package


def _has_part(place: Path, jobs: Sequence[Job]) -> bool:
    return any(is_seen(part_of(replace(job, folder=place))) for job in jobs)


def bring(job: Job, there: Job, *, is_reachable: bool) -> tuple[bool, str]:
    """Take along what was fetched, where that is on the same drive; else it goes, unless it is whole.

    Args:
        job: As it was.
        there: The same in the other folder.
        is_reachable: What was fetched can be had; the drive is not asked where it cannot.

    Returns:
        Whether what was fetched is there, and what the history says.
    """
    old, new = part_of(job), part_of(there)
    had_any = bool(job.received_bytes or job.sha256)
    if is_reachable and is_seen(old) and not _is_one_file(old.parent, new.parent):
        had_any = True
        if not carry(old, new, job.path) and not job.sha256:
            withdraw(old, job.path)
    # Another file may have its name there.
    if is_seen(new) or (is_reachable and may_be_here(job) and _is_one_file(job.path, there.path)):
        return True, tr("It goes on in {folder}, with what was fetched", folder=there.folder)
    if not had_any:
        return False, tr("It goes on in {folder}", folder=there.folder)
    # The server may have a whole one no more.
    if not is_reachable or is_seen(old) or may_be_here(job):
        stays = tr(
            "It goes on in {folder}, from its start. What was fetched stays in {before}",
            folder=there.folder,
            before=job.folder,
        )
        return False, stays
    return False, tr("It goes on in {folder}, from its start", folder=there.folder)


def take_back(job: Job, there: Job) -> None:
    """Undo :func:`bring`, where that has moved something; never makes a folder that is gone."""
    old, new = part_of(job), part_of(there)
    if is_seen(old.parent) and not _is_one_file(old.parent, new.parent):
        carry(new, old, there.path)


def _is_one_file(old: Path, new: Path) -> bool:
    """The drive has two names, or letters."""
    return is_seen(old) and is_seen(new) and system_path(old).samefile(system_path(new))
