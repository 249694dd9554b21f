"""The rest of a file that came short: a job of its own, beside the first one."""

import uuid
from dataclasses import replace

from rta_viewer.core import route
from rta_viewer.core.filenames import with_ending
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import tr
from rta_viewer.errors import UsageError


def rest_of(job: Job, now_ms: int) -> Job:
    """A job for what is missing, always the same one; it asks for all else as the first one did.

    Raises:
        UsageError: Nothing is known to be missing.
    """
    if job.state is not JobState.DIFFERS or job.missing is None:
        raise UsageError(tr("Nothing is known to be missing from this file."))
    chosen = route.choose(replace(job.request, span=job.missing))
    kind = JobKind.EXPORT if JobKind.EXPORT in {job.kind, chosen.kind} else JobKind.CLIP
    return Job(
        job_id=_id_of_rest(job.job_id, job.missing),
        kind=kind,
        server=job.server,
        username=job.username,
        camera_id=job.camera_id,
        camera_name=job.camera_name,
        span=job.missing,
        folder=job.folder,
        mount_point=job.mount_point,
        file_name=with_ending(job.file_name, " rest"),
        container=job.container,
        quality=job.quality,
        include_audio=job.include_audio,
        watermark_text=job.watermark_text,
        why_kind=tr("The rest of {file_name}.", file_name=job.file_name),
        created_ms=now_ms,
        updated_ms=now_ms,
        package=job.package,
        medium=job.medium,
    )


def _id_of_rest(job_id: str, missing: Span) -> str:
    """Whoever asks twice means the same file."""
    name = f"{job_id} {missing.start_ms} {missing.end_ms}"
    return uuid.uuid5(uuid.NAMESPACE_OID, name).hex
