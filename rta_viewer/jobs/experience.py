"""What jobs took lately, to say beforehand what the next ones will take."""

from collections.abc import Iterable, Sequence
from statistics import median

from rta_viewer.core.jobs import Job, JobEvent, JobKind, JobState
from rta_viewer.core.save_estimate import Experience
from rta_viewer.jobs.engine import JobEngine

_LOOKED_AT = 12
_SHORTEST_MS = 50
_ASKED = frozenset({JobState.ASKING, JobState.PREPARING})


def experience_of(engine: JobEngine, server: str) -> Experience:
    """Medians of the last jobs of one server. Reads the history: any thread but the GUI's.

    The rate is that of exports; before the first one that of clips, in which the server's packaging counts.
    """
    done = [job for job in engine.jobs() if job.server == server and job.state is JobState.DONE]
    known, clips = (
        [(job, engine.history(job.job_id)) for job in _lately(done, kind)]
        for kind in (JobKind.EXPORT, JobKind.CLIP)
    )
    encoded = [(job, past) for job, past in known if job.watermark_text or job.quality]
    plain = [(job, past) for job, past in known if not (job.watermark_text or job.quality)]
    return Experience(
        _median(_rate(job, past) for job, past in known or clips),
        _median(_pace(job, past) for job, past in plain),
        _median(_pace(job, past) for job, past in encoded),
    )


def _lately(jobs: Iterable[Job], kind: JobKind) -> list[Job]:
    chosen = sorted((job for job in jobs if job.kind is kind), key=lambda job: job.updated_ms)
    return chosen[-_LOOKED_AT:]


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def _rate(job: Job, past: Sequence[JobEvent]) -> float | None:
    """Bytes a second of the last transfer; None when it went on where an earlier one was cut."""
    if sum(event.state is JobState.FETCHING for event in past) != 1:
        return None
    length_ms = _between(past, frozenset({JobState.FETCHING}), JobState.CHECKING)
    return None if length_ms is None else job.received_bytes * 1000 / length_ms


def _pace(job: Job, past: Sequence[JobEvent]) -> float | None:
    """Footage seconds a second, from the order to the link."""
    length_ms = _between(past, _ASKED, JobState.READY)
    return None if length_ms is None else job.span.duration_ms / length_ms


def _between(past: Sequence[JobEvent], first: frozenset[JobState], last: JobState) -> int | None:
    begun = next((event.at_ms for event in past if event.state in first), None)
    ended = next((event.at_ms for event in past if event.state is last), None)
    if begun is None or ended is None or ended < begun:
        return None
    return max(_SHORTEST_MS, ended - begun)
