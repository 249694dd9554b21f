"""What a probe finds in a file of half an hour, to vary; and what a server says that it recorded."""

from dataclasses import dataclass
from typing import Any

from rta_viewer.core.model import Availability, Recording, RecordingKind, SaveRequest
from rta_viewer.core.spans import Span
from rta_viewer.core.timetext import parse_instant

TEN = parse_instant("2025-10-24T10:00:00Z")
MINUTE_MS = 60_000
ASKED = Span(TEN, TEN + 30 * MINUTE_MS)
REQUEST = SaveRequest("cam", ASKED)


@dataclass(frozen=True)
class File:
    """All that the check after delivery wants to know."""

    size_bytes: int = 1000
    container: str = "mp4"
    video_codec: str = "H264"
    width: int = 1280
    height: int = 720
    duration_s: float = 1800.0
    picture_count: int = 45_000
    audio_codec: str | None = None
    creation_time_ms: int | None = None
    is_faststart: bool = True
    is_fragmented: bool = False
    decodes: bool = True
    key_picture_count: int = 900
    usual_distance_s: float | None = 0.04
    pauses_s: tuple[tuple[float, float], ...] = ()
    steps_back_s: float = 0.0
    sound_s: float = 0.0
    picture_streams: int = 1
    damaged_s: tuple[float, ...] = ()
    repeated_s: tuple[float, float] | None = None
    plain_s: tuple[tuple[float, float], ...] = ()


def known(
    *spans: Span,
    kind: RecordingKind = RecordingKind.CONTINUOUS,
    **more: Any,
) -> Availability:
    """The server recorded these; ``more`` is said of each."""
    recordings = (Recording(span, kind=kind, **more) for span in spans)
    return Availability("cam", ASKED, tuple(recordings))


ALL = known(ASKED)
