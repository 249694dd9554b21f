"""From saved files to what is copied of them: what belongs together stays together, and is what was saved."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from rta_viewer.core.jobs import Job
from rta_viewer.core.texts import tr
from rta_viewer.errors import StorageError
from rta_viewer.evidence.files import read_errors, system_path
from rta_viewer.jobs.copying import Bundle, Original
from rta_viewer.jobs.package import index_html
from rta_viewer.jobs.papers import SAVED, papers_of


def bundles_of(jobs: Sequence[Job], known: Iterable[Job] = ()) -> list[Bundle]:
    """A bundle for each package and for each file on its own.

    Where there are volumes, they go instead of the file. The index of a package is written anew: it lists
    what goes, and where that is all that was saved of it, also what was asked for and is not here.

    Args:
        jobs: Of saved files.
        known: All that are in the list.

    Raises:
        StorageError: A file is not where it was saved, or obviously not what was saved.
    """
    groups: dict[str, list[Job]] = {}
    for job in jobs:
        groups.setdefault(job.package or job.job_id, []).append(job)
    others: dict[str, list[Job]] = {}
    chosen = {job.job_id for job in jobs}
    for job in known:
        if job.package in groups and job.job_id not in chosen:
            others.setdefault(job.package, []).append(job)
    return [_bundle(group, others.get(name, ())) for name, group in groups.items()]


def _bundle(jobs: Sequence[Job], others: Sequence[Job]) -> Bundle:
    originals = tuple(_original(job, file) for job in jobs for file in (job.volumes or (job.path,)))
    if not jobs[0].package:
        return Bundle(originals)
    # Who hands over a part of what was saved may not want to tell of the rest.
    told = () if any(job.state in SAVED for job in others) else others
    return Bundle(originals, jobs[0].folder.name, index_html([*jobs, *told], copied=True))


def _original(job: Job, file: Path) -> Original:
    with read_errors(file):
        try:
            size_bytes = system_path(file).stat().st_size
        except FileNotFoundError as err:
            raise StorageError(
                tr("{name} is not in {folder} any more.", name=file.name, folder=file.parent),
                tr("Save it again."),
            ) from err
    papers = papers_of(file, [job])
    if problems := papers.mismatches(size_bytes):
        raise StorageError(
            tr("{name} was not copied. {why}", name=file.name, why=problems[0]),
            tr("Save it again."),
        )
    return Original(file, papers.sha256)
