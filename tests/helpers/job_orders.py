"""Jobs for an engine, as short as tests want them."""

import uuid
from datetime import UTC
from pathlib import Path

from rta_viewer.core import route
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.filenames import clean_name, default_name
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.model import SaveRequest
from rta_viewer.jobs.engine import JobEngine
from rta_viewer.jobs.schedule import Lane
from rta_viewer.vms.rate import Sleeper


def submit(
    engine: JobEngine,
    request: SaveRequest,
    *,
    folder: Path,
    server: str = "http://server",
    username: str = "demo",
    camera_name: str = "Gate",
    file_name: str | None = None,
    kind: JobKind | None = None,
    package: str = "",
) -> Job:
    """Add a job; without a kind the contract's rule decides, without a name camera and time do."""
    chosen = route.overrule(request, kind) if kind else route.choose(request)
    name = file_name or default_name(camera_name, request.span, UTC, request.container)
    now_ms = engine._clock.now_ms()
    return engine.add(
        Job(
            job_id=uuid.uuid4().hex,
            kind=chosen.kind,
            server=server,
            username=username,
            camera_id=request.camera_id,
            camera_name=camera_name,
            span=request.span,
            folder=folder,
            file_name=clean_name(name),
            container=request.container,
            quality=request.quality,
            include_audio=request.include_audio,
            watermark_text=request.watermark.text if request.watermark else "",
            why_kind=chosen.reason,
            created_ms=now_ms,
            updated_ms=now_ms,
            package=package,
        )
    )


def run_alone(
    engine: JobEngine,
    clock: ManualClock,
    job: Job,
    nap: Sleeper,
    cancel: CancelToken | None = None,
) -> Job:
    """What the workers do, with the clock moved on to where a job is due, until that rests."""
    token = cancel or CancelToken()
    while not (job := engine.job(job.job_id)).finished and job.state is not JobState.PAUSED:
        if any(engine.run_next(lane, token) for lane in Lane):
            continue
        due_s = engine._workers._agenda.due_s(engine.job(job.job_id))
        wait_s = 0.0 if due_s is None else due_s - clock.monotonic_s()
        if wait_s <= 0:
            break
        nap(wait_s, token)
        clock.advance(wait_s)
    return engine.job(job.job_id)
