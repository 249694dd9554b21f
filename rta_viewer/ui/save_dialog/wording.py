"""The save dialog's sentences. No Qt."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from enum import Enum, auto

from rta_viewer.core.filenames import default_name
from rta_viewer.core.model import Availability, AvailabilityState, Gap
from rta_viewer.core.save_choices import fill_watermark
from rta_viewer.core.save_estimate import (
    Estimate,
    SaveTarget,
)
from rta_viewer.core.save_order import Piece, SaveOrder
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import left_to_right, line, mark, tr, trn, verbatim
from rta_viewer.core.timescale import wall_clock
from rta_viewer.errors import UsageError
from rta_viewer.ui import times
from rta_viewer.ui.timeline.looks import reason_text

_MOST_GAPS = 3
_SECOND_MS = 1_000
_STATES = {
    AvailabilityState.NOT_OFFERED: mark("Unknown"),
    AvailabilityState.NOT_ALLOWED: mark("Not allowed"),
    AvailabilityState.NO_ANSWER: mark("No answer"),
}


class Weight(Enum):
    """How much a finding matters."""

    STOP = auto()
    WARNING = auto()
    NOTE = auto()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the operator should know before saving."""

    weight: Weight
    text: str


def coverage_short(found: Availability | None) -> str:
    """For the list: ``81 %, 3 gaps``."""
    if found is None:
        return "\N{HORIZONTAL ELLIPSIS}"
    if found.state is not AvailabilityState.KNOWN:
        return tr(_STATES[found.state])
    if not found.recorded_ms:
        return tr("Nothing", "recorded")
    if found.recorded_ms >= found.window.duration_ms:
        return tr("All", "recorded")
    percent = _percent(found)
    return trn("{percent} %, {n} gap", "{percent} %, {n:,} gaps", len(found.gaps), percent=percent)


def coverage_long(
    name: str, found: Availability | None, zone: tzinfo, most: int = _MOST_GAPS
) -> str:
    """One camera in a sentence, with its first gaps and their reasons."""
    if found is None:
        return tr("{name}: looking at what was recorded\N{HORIZONTAL ELLIPSIS}", name=name)
    match found.state:
        case AvailabilityState.NOT_OFFERED:
            return tr("{name}: this server does not say what was recorded.", name=name)
        case AvailabilityState.NOT_ALLOWED:
            return tr("{name}: you may not see what was recorded.", name=name)
        case AvailabilityState.NO_ANSWER:
            return tr("{name}: the server did not answer what was recorded.", name=name)
    if found.recorded_ms >= found.window.duration_ms:
        return tr("{name}: all of it was recorded.", name=name)
    dated = crosses_midnight(found.window, zone)
    told = [_gap_text(gap, zone, dated=dated) for gap in found.gaps[:most]]
    if len(found.gaps) > most:
        told.append(trn("{n} more", "{n:,} more", len(found.gaps) - most))
    gaps = tr("; ", "between gaps").join(told)
    if not found.recorded_ms:
        return tr("{name}: nothing was recorded ({gaps}).", name=name, gaps=gaps)
    return trn(
        "{name}: {percent} % recorded, {n} gap: {gaps}.",
        "{name}: {percent} % recorded, {n:,} gaps: {gaps}.",
        len(found.gaps),
        name=name,
        percent=_percent(found),
        gaps=gaps,
    )


def _percent(found: Availability) -> int:
    return min(99, max(1, round(100 * found.recorded_ms / found.window.duration_ms)))


def crosses_midnight(span: Span, zone: tzinfo) -> bool:
    """Whether times of day alone would leave open which day is meant."""
    last_ms = max(span.start_ms, span.end_ms - 1)
    return wall_clock(span.start_ms, zone).date() != wall_clock(last_ms, zone).date()


def _gap_text(gap: Gap, zone: tzinfo, *, dated: bool) -> str:
    start, end = gap.span.start_ms, gap.span.end_ms
    first, last = times.format_time(start, zone), times.format_time(end, zone)
    # From midnight to midnight would look like nothing.
    if dated or (first == last and gap.span.duration_ms > _SECOND_MS):
        text = times.format_span(start, end, zone)
    else:
        text = left_to_right(f"{first}\N{EN DASH}{last}")
    return f"{text} {reason_text(gap.reason)}".strip()


def headline(found: Estimate) -> str:
    """``3 files, about 1.20 GB, about 4 min 10 s``."""
    return tr(
        "{files}, {size}, {time}",
        files=trn("{n} file", "{n:,} files", found.files),
        size=_size_text(found),
        time=_time_text(found),
    )


def _size_text(found: Estimate) -> str:
    if found.size_bytes is None:
        return tr("size not known")
    size = times.format_bytes(found.size_bytes)
    return tr("about {size}", size=size) if found.complete else tr("more than {size}", size=size)


def _time_text(found: Estimate) -> str:
    if found.total_s is None:
        return tr("time not known yet")
    time = times.format_duration(max(1.0, round(found.total_s)) * 1000)
    return tr("about {time}", time=time)


def routes_text(pieces: Sequence[Piece]) -> str:
    """Which way the files come, and why."""
    reasons = Counter(piece.route.reason for piece in pieces)
    if len(reasons) == 1:
        return next(iter(reasons))
    return " ".join(
        trn("{n} file: {reason}", "{n:,} files: {reason}", count, reason=reason)
        for reason, count in reasons.items()
    )


def room_text(target: SaveTarget | None) -> str:
    """What is free where it goes; None while it is looked at."""
    if target is None:
        return tr("Looking at the folder\N{HORIZONTAL ELLIPSIS}")
    if target.problem or target.free_bytes is None:
        return "" if target.problem else tr("The system does not say how much is free there.")
    free = times.format_bytes(target.free_bytes)
    if not target.reserved_bytes:
        return tr("{free} are free there.", free=free)
    needed = times.format_bytes(target.reserved_bytes)
    return tr("{free} are free there, of which other jobs need {needed}.", free=free, needed=needed)


def names_text(order: SaveOrder, pieces: Sequence[Piece]) -> tuple[str, bool]:
    """What the files will be called, or why the pattern makes no sense; and whether it does."""
    if pieces:
        first, more = verbatim(pieces[0].file_name), len(pieces) - 1
        if not more:
            return line(first), True
        return trn("{name}   and {n} more", "{name}   and {n:,} more", more, name=first), True
    choices = order.choices
    try:
        name = default_name(
            order.cameras[0].name if order.cameras else "Camera",
            order.span,
            order.zone,
            choices.container,
            choices.name_template,
            operator=order.operator,
        )
    except UsageError as err:
        return str(err), False
    return line(verbatim(name)), True


def watermark_preview(order: SaveOrder, pieces: Sequence[Piece]) -> str:
    """How the text will read on the first picture; the server words the time and chooses its zone."""
    if not order.choices.watermark:
        return ""
    first = pieces[0] if pieces else None
    name = first.camera.name if first else next((each.name for each in order.cameras), "")
    first_ms = first.request.span.start_ms if first else order.span.start_ms
    filled = fill_watermark(order.choices.watermark_text.strip(), name, order.operator)
    if "{timestamp}" not in filled:
        return filled
    shown = filled.replace("{timestamp}", times.typed_instant(first_ms, order.zone))
    return tr("{text}   (time as the server writes it)", text=shown)
