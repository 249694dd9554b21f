"""What a packaged file says of itself: creation time, title and a small JSON in ``comment``.

The creation time is the UTC instant of the first picture. MP4 keeps whole seconds of it and AVI a day, so
the JSON repeats it to the millisecond and lists the stretches that were joined.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from rta_viewer.core.spans import Span
from rta_viewer.demo.packaging.selection import Segment, Selection

MAX_SEGMENTS = 2000


def utc_text(instant_ms: float) -> str:
    """ISO 8601 with milliseconds and ``Z``."""
    moment = datetime.fromtimestamp(round(instant_ms) / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def file_tags(
    camera_id: str, camera_name: str, asked: Span, selection: Selection
) -> dict[str, str]:
    """The metadata of one file, keyed as FFmpeg's muxers want it."""
    first = utc_text(selection.first_ms)
    statement: dict[str, object] = {
        "camera": camera_id,
        "cameraName": camera_name,
        "askedStart": utc_text(asked.start_ms),
        "askedEnd": utc_text(asked.end_ms),
        "firstPicture": first,
        "segments": list(_spans(selection.segments[:MAX_SEGMENTS])),
    }
    if len(selection.segments) > MAX_SEGMENTS:
        statement["segmentsLeftOut"] = len(selection.segments) - MAX_SEGMENTS
    return {
        "creation_time": first,
        "date": first,
        "title": f"{camera_name} {first}",
        "comment": json.dumps(statement, ensure_ascii=False, separators=(",", ":")),
    }


def _spans(segments: Iterable[Segment]) -> Iterable[list[str]]:
    return ([utc_text(segment.start_ms), utc_text(segment.end_ms)] for segment in segments)
