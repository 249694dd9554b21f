"""What of each camera was saved already, or is on its way: the thin band of the timeline."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.spans import Span


class SavedState(StrEnum):
    """How far a saved stretch can be relied on."""

    SAVED = "saved"
    DIFFERS = "differs"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class SavedSpan:
    """One stretch of one camera.

    Attributes:
        span: What was asked for.
        who: User name at the server.
        at_ms: When it was saved, or when it last moved on; UTC.
        file_name: Without folder.
        job_id: Of the list of jobs.
    """

    span: Span
    state: SavedState
    kind: JobKind
    who: str
    at_ms: int
    file_name: str
    job_id: str


SavedByCamera = Mapping[str, tuple[SavedSpan, ...]]
"""Camera id to its stretches, by their start; they may overlap."""

_STATES = {JobState.DONE: SavedState.SAVED, JobState.DIFFERS: SavedState.DIFFERS}


def saved_spans(jobs: Iterable[Job], server: str) -> dict[str, tuple[SavedSpan, ...]]:
    """The stretches of one server's cameras. What failed or was cancelled was not saved.

    Args:
        jobs: All jobs, of any server.
        server: As ``ServerInfo.address``.
    """
    found: dict[str, list[SavedSpan]] = {}
    for job in jobs:
        if job.server != server or job.state in {JobState.FAILED, JobState.CANCELLED}:
            continue
        state = _STATES.get(job.state, SavedState.COMING)
        one = SavedSpan(
            job.span, state, job.kind, job.username, job.updated_ms, job.file_name, job.job_id
        )
        found.setdefault(job.camera_id, []).append(one)
    return {
        camera_id: tuple(sorted(spans, key=lambda one: (one.span, one.job_id)))
        for camera_id, spans in found.items()
    }
