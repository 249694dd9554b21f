"""Jobs for an engine, as short as tests want them."""

import uuid
from datetime import UTC
from pathlib import Path

from rta_viewer.core import route
from rta_viewer.core.filenames import clean_name, default_name
from rta_viewer.core.jobs import Job, JobKind
from rta_viewer.core.model import SaveRequest
from rta_viewer.jobs.engine import JobEngine


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
