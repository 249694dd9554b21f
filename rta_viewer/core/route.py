"""Download or export? Decided by rules that the operator can read, and may overrule where that works."""

from dataclasses import dataclass

from rta_viewer.core.jobs import JobKind
from rta_viewer.core.model import SaveRequest
from rta_viewer.core.texts import tr

CLIP_LIMIT_MS = 30 * 60 * 1000
"""From this length on a server wants an export instead of a download."""

CLIP_LIMIT_BYTES = 10 * 1000**3
"""Above this size a server wants an export, whatever the length."""


@dataclass(frozen=True, slots=True)
class Route:
    """How to fetch, and one sentence that says why."""

    kind: JobKind
    reason: str


def choose(request: SaveRequest, estimated_bytes: int | None = None) -> Route:
    """The way for this request, by the contract's rules.

    Args:
        request: What is wanted.
        estimated_bytes: Expected size of the file, None when nobody knows.
    """
    why_not = objection(request, JobKind.CLIP)
    if why_not:
        return Route(JobKind.EXPORT, why_not)
    if estimated_bytes is not None and estimated_bytes > CLIP_LIMIT_BYTES:
        return Route(
            JobKind.EXPORT,
            tr(
                "Export, because the file will be larger than {n} GB.",
                n=CLIP_LIMIT_BYTES // 1000**3,
            ),
        )
    return Route(
        JobKind.CLIP,
        tr("Download, because it is shorter than {n} minutes.", n=CLIP_LIMIT_MS // 60_000),
    )


def objection(request: SaveRequest, kind: JobKind) -> str:
    """Why this way cannot deliver what is asked; empty when it can."""
    if kind is JobKind.EXPORT:
        return ""
    if request.watermark is not None:
        return tr("Export, because only an export can burn in a watermark.")
    if request.quality:
        return tr("Export, because only an export can change the quality.")
    if not request.include_audio:
        return tr("Export, because only an export can leave out the sound.")
    if request.span.duration_ms >= CLIP_LIMIT_MS:
        return tr("Export, because it is {n} minutes or longer.", n=CLIP_LIMIT_MS // 60_000)
    return ""


def overrule(request: SaveRequest, kind: JobKind, estimated_bytes: int | None = None) -> Route:
    """The operator's own choice, unless it cannot deliver what is asked.

    The rule about sizes may be overruled: there are but guesses of them. Where the rules would have chosen
    the same, they say why.
    """
    ruled = choose(request, estimated_bytes)
    if ruled.kind is kind or objection(request, kind):
        return ruled
    if kind is JobKind.CLIP:
        return Route(kind, tr("Download, because it was chosen by hand."))
    return Route(kind, tr("Export, because it was chosen by hand."))
