"""What the operator wants saved, and how that is worded. No Qt."""

from dataclasses import dataclass
from pathlib import Path

from rta_viewer.core.jobs import JobKind
from rta_viewer.core.model import Camera, SaveRequest
from rta_viewer.core.route import Route
from rta_viewer.core.spans import Span
from rta_viewer.ui import times


@dataclass(frozen=True, slots=True)
class SaveOrder:
    """One file to save.

    Attributes:
        file_name: Cleaned, with extension, without folder.
    """

    camera: Camera
    request: SaveRequest
    folder: Path
    file_name: str
    route: Route


@dataclass(frozen=True, slots=True)
class SaveProposal:
    """What the dialog starts with.

    Attributes:
        footage_ms: How much of the span is known to be recorded, None when nobody knows.
        estimated_bytes: Expected size, None when nobody knows.
    """

    camera: Camera
    span: Span
    folder: Path
    footage_ms: int | None = None
    estimated_bytes: int | None = None
    prefer: JobKind | None = None


def coverage_text(proposal: SaveProposal) -> str:
    """How much of the cut there is to save, and about how large it will be."""
    whole = proposal.span.duration_ms
    if proposal.footage_ms is None:
        text = "It is not known how much of this was recorded."
    elif proposal.footage_ms == 0:
        text = "Nothing was recorded in this time."
    elif proposal.footage_ms >= whole:
        text = "All of it was recorded."
    else:
        recorded = times.format_duration(proposal.footage_ms)
        share = min(99, max(1, round(100 * proposal.footage_ms / whole)))
        text = f"{recorded} of {times.format_duration(whole)} were recorded ({share} %)."
    if proposal.estimated_bytes:
        text += f" About {times.format_bytes(proposal.estimated_bytes)}."
    return text
