"""The save dialog's sentences. No Qt."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from enum import Enum, auto

from rta_viewer.core.filenames import default_name
from rta_viewer.core.jobs import JobKind
from rta_viewer.core.model import Availability, AvailabilityState, Camera, Gap
from rta_viewer.core.save_choices import GapPolicy, fill_watermark, unknown_fields
from rta_viewer.core.save_cuts import LONGEST_PART_MS
from rta_viewer.core.save_estimate import (
    EXPORTS_AT_ONCE,
    LINK_S,
    Estimate,
    Experience,
    SaveTarget,
    is_encoded,
)
from rta_viewer.core.save_limits import obstacles, too_long
from rta_viewer.core.save_medium import Medium
from rta_viewer.core.save_order import Piece, SaveOrder, SavePlan
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import left_to_right, line, mark, tr, trn, verbatim
from rta_viewer.core.timescale import wall_clock
from rta_viewer.errors import UsageError
from rta_viewer.ui import times
from rta_viewer.ui.timeline.looks import reason_text

_MOST_GAPS = 3
_MOST_NAMES = 3
_NEARLY = 0.9
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
    if dated:
        text = times.format_span(start, end, zone)
    else:
        from_to = f"{times.format_time(start, zone)}\N{EN DASH}{times.format_time(end, zone)}"
        text = left_to_right(from_to)
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


def room_text(target: SaveTarget | None, *, slow: bool = False) -> str:
    """What is free where it goes; ``slow`` when its drive keeps us waiting."""
    if target is None and slow:
        return tr(
            "The folder does not answer. Its network drive may be away; choose another folder."
        )
    if target is None:
        return tr("Looking at the folder\N{HORIZONTAL ELLIPSIS}")
    if target.problem or target.free_bytes is None:
        return "" if target.problem else tr("The system does not say how much is free there.")
    free = times.format_bytes(target.free_bytes)
    if not target.reserved_bytes:
        return tr("{free} are free there.", free=free)
    needed = times.format_bytes(target.reserved_bytes)
    return tr("{free} are free there, of which other jobs need {needed}.", free=free, needed=needed)


@dataclass(frozen=True, slots=True)
class Outlook:
    """All that the findings are made of.

    Attributes:
        target: None while it is looked at.
        pending: The cameras about which the server will still answer.
    """

    order: SaveOrder
    plan: SavePlan
    estimate: Estimate
    experience: Experience
    target: SaveTarget | None
    now_ms: int
    pending: frozenset[str] = frozenset()

    @property
    def waits(self) -> bool:
        """Whether there cannot be an order yet: no room is known of, or no stretches are."""
        apart = self.order.choices.gaps is GapPolicy.APART
        return self.target is None or (apart and bool(self.pending))

    @property
    def unknown(self) -> list[Camera]:
        """Those of whose footage nobody will say anything."""
        cameras = {piece.camera.camera_id: piece.camera for piece in self.plan.pieces}
        return [
            camera
            for key, camera in cameras.items()
            if key not in self.pending and self.order.recorded(key) is None
        ]


def findings(outlook: Outlook) -> list[Finding]:
    """What stands in the way first, then warnings, then notes."""
    found = [*_stops(outlook), *_warnings(outlook), *_notes(outlook)]
    return sorted(found, key=lambda finding: finding.weight.value)


def _stops(outlook: Outlook) -> Iterator[Finding]:
    if not outlook.plan.pieces:
        yield Finding(Weight.STOP, tr("Nothing was recorded in this time. Choose another range."))
    if outlook.target is not None:
        for sentence in obstacles(outlook.estimate, outlook.target, times.format_bytes):
            yield Finding(Weight.STOP, sentence)


def _warnings(outlook: Outlook) -> Iterator[Finding]:
    plan, estimate, target = outlook.plan, outlook.estimate, outlook.target
    limit = target.largest_file_bytes if target is not None else None
    exports = [piece for piece in plan.pieces if piece.route.kind is JobKind.EXPORT]
    if limit is not None and _NEARLY * limit < estimate.largest_bytes <= limit:
        yield _warn(
            tr("The drive is FAT32: a file that becomes larger than 4 GiB cannot be saved there.")
        )
    elif limit is not None and not estimate.complete and estimate.largest_bytes <= limit:
        yield _warn(
            tr("The drive is FAT32 and holds no file above 4 GiB; sizes are not all known.")
        )
    if target is not None and (sentence := too_long(outlook.order, plan, target)):
        yield _warn(sentence)
    if outlook.order.choices.way is JobKind.CLIP and exports:
        yield _warn(
            trn(
                '"Download now" is not possible for {n} file: it becomes an export on the server.',
                '"Download now" is not possible for {n:,} files: they become exports on the server.',
                len(exports),
            )
        )
    yield from _unknown_warnings(outlook)
    if plan.empty and plan.pieces:
        names = _names([camera.name for camera in plan.empty])
        yield _warn(tr("Nothing was recorded by {names}: left out.", names=names))
    modern = [piece for piece in plan.pieces if piece.codec == "H265" and not is_encoded(piece)]
    if modern:
        names = _names(list(dict.fromkeys(piece.camera.name for piece in modern)))
        yield _warn(
            tr(
                "{names}: recorded as H.265, which not every player shows. "
                "Another quality has the server encode it again.",
                names=names,
            )
        )
    if exports and (estimate.transfer_s or 0) > LINK_S:
        taken = times.format_duration((estimate.transfer_s or 0) * 1000)
        yield _warn(
            tr(
                "Fetching takes about {time}, and links end {hours} hours after the server has finished. "
                "What ends first is fetched first; what has expired has to be asked for again.",
                time=taken,
                hours=LINK_S // 3600,
            )
        )
    choices = outlook.order.choices
    if choices.watermark and (unknown := unknown_fields(choices.watermark_text)):
        field = verbatim(f"{{{unknown[0]}}}")
        yield _warn(tr("Nobody fills in {field}: it is burned in as it stands.", field=field))


def _unknown_warnings(outlook: Outlook) -> Iterator[Finding]:
    """What is said where the server does not say what was recorded."""
    unknown, span = outlook.unknown, outlook.order.span
    if not unknown:
        return
    if span.start_ms >= outlook.now_ms:
        yield _warn(tr("The range is in the future: nothing can have been recorded yet."))
    elif span.end_ms > outlook.now_ms:
        yield _warn(tr("The range ends in the future: what is still to come will be missing."))
    if outlook.order.choices.gaps is not GapPolicy.APART:
        return
    names = _names([camera.name for camera in unknown])
    if span.duration_ms > LONGEST_PART_MS:
        sentence = tr(
            "It is not known what {names} recorded: "
            "one file for each camera and day, whatever gaps it has.",
            names=names,
        )
    else:
        sentence = tr(
            "It is not known what {names} recorded: one file for each camera, whatever gaps it has.",
            names=names,
        )
    yield _warn(sentence)


def _notes(outlook: Outlook) -> Iterator[Finding]:
    plan, estimate = outlook.plan, outlook.estimate
    if outlook.pending and outlook.order.choices.gaps is GapPolicy.APART:
        yield Finding(
            Weight.NOTE,
            tr("A file for each stretch: saving waits until it is known what was recorded."),
        )
    if estimate.encoded_s:
        yield Finding(Weight.NOTE, _encoding_text(outlook))
    exports = sum(piece.route.kind is JobKind.EXPORT for piece in plan.pieces)
    if exports > EXPORTS_AT_ONCE:
        yield Finding(
            Weight.NOTE,
            tr(
                "The server prepares {n} at a time; the others wait here for their turn.",
                n=EXPORTS_AT_ONCE,
            ),
        )
    if outlook.order.choices.medium is not Medium.ANY and estimate.needed_bytes > (
        estimate.size_bytes or 0
    ):
        yield Finding(Weight.NOTE, tr("Volumes are written beside the whole file: twice its room."))
    if len(plan.pieces) > 1:
        yield Finding(Weight.NOTE, tr("The files get a folder of their own with an index page."))


def _encoding_text(outlook: Outlook) -> str:
    """The cost of a watermark, or of another quality."""
    watermark = any(piece.request.watermark is not None for piece in outlook.plan.pieces)
    encoding_s = outlook.estimate.encoding_s
    if encoding_s is not None:
        took = times.format_duration(max(1.0, encoding_s) * 1000)
        cost = tr("as measured here lately, about {time}", time=took)
    else:
        cost = tr("often {least} to {most} minutes for {n} minutes of video", least=1, most=8, n=10)
    if watermark:
        return tr(
            "A burned-in text makes the server encode every picture again: {cost}.", cost=cost
        )
    return tr("Another quality makes the server encode every picture again: {cost}.", cost=cost)


def _warn(text: str) -> Finding:
    return Finding(Weight.WARNING, text)


def _names(names: Sequence[str]) -> str:
    shown = tr(", ", "between names").join(names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    if more <= 0:
        return shown
    return trn("{names} and {n} more", "{names} and {n:,} more", more, names=shown)


def names_text(order: SaveOrder, pieces: Sequence[Piece]) -> tuple[str, bool]:
    """What the files will be called, or why the pattern makes no sense; and whether it does."""
    if pieces:
        first, more = verbatim(pieces[0].file_name), len(pieces) - 1
        if not more:
            return line(first), True
        return trn("{name}   and {n} more", "{name}   and {n} more", more, name=first), True
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
