"""From "these cameras, this range" to jobs: one for each camera and part, in one package."""

import getpass
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path

from rta_viewer.core import route
from rta_viewer.core.filenames import clean_name, default_name, unique_name
from rta_viewer.core.jobs import Job, JobKind
from rta_viewer.core.model import SaveRequest, Watermark
from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import wall_clock
from rta_viewer.errors import UsageError
from rta_viewer.evidence.files import system_path
from rta_viewer.jobs.package import LONGEST_PART_MS, parts_of


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


def plan_export(
    template: SaveRequest,
    cameras: Sequence[tuple[str, str]],
    *,
    server: str,
    username: str,
    folder: Path,
    zone: tzinfo,
    now_ms: int,
    longest_part_ms: int = LONGEST_PART_MS,
) -> Plan:
    """Make the jobs; nothing is written yet.

    Args:
        template: What is wanted of each camera; its ``camera_id`` is not looked at.
        cameras: Id and name of each.
        server: As ``ServerInfo.address``.
        username: Who is signed in there.
        folder: A single file goes there; several get a folder of their own in it.
        zone: Wall clock of names.
        now_ms: For the jobs.
        longest_part_ms: Longer ranges are cut.

    Raises:
        UsageError: No camera, or an empty range.
    """
    if not cameras or template.span.is_empty:
        raise UsageError("There is nothing to export.", "Name a camera and a range.")
    parts = parts_of(template.span, longest_part_ms)
    several = len(cameras) * len(parts) > 1
    package = uuid.uuid4().hex if several else ""
    target = folder / _folder_name(folder, cameras, template.span, zone) if several else folder
    jobs: list[Job] = []
    for camera_id, camera_name in cameras:
        for part in parts:
            request = replace(
                template,
                camera_id=camera_id,
                span=part,
                watermark=_filled(template.watermark, camera_name),
            )
            chosen = route.overrule(request, JobKind.EXPORT)
            jobs.append(
                Job(
                    job_id=uuid.uuid4().hex,
                    kind=chosen.kind,
                    server=server,
                    username=username,
                    camera_id=camera_id,
                    camera_name=camera_name,
                    span=part,
                    folder=target,
                    file_name=default_name(camera_name, part, zone, request.container),
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
    return Plan(tuple(jobs), target, package)


def _filled(watermark: Watermark | None, camera_name: str) -> Watermark | None:
    """``{timestamp}`` is the server's to fill; the rest only we know."""
    if watermark is None:
        return None
    text = watermark.text.replace("{camera}", camera_name).replace("{operator}", _operator())
    return Watermark(text)


def _operator() -> str:
    """Who sits at this computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def _folder_name(folder: Path, cameras: Sequence[tuple[str, str]], span: Span, zone: tzinfo) -> str:
    who = cameras[0][1] if len(cameras) == 1 else f"{len(cameras)} cameras"
    start = wall_clock(span.start_ms, zone).strftime("%Y-%m-%d %H-%M-%S%z")
    end = wall_clock(span.end_ms, zone).strftime("%Y-%m-%d %H-%M-%S%z")
    name = clean_name(f"{clean_name(who, max_chars=60, fallback='camera')} {start} to {end}")
    return unique_name(name, lambda each: system_path(folder / each).exists())
