"""From "these cameras, this range" to the files that it takes. Nothing is asked, nothing written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path

from rta_viewer.core import route
from rta_viewer.core.filenames import clean_name, default_name, unique_name
from rta_viewer.core.jobs import JobKind
from rta_viewer.core.model import Availability, AvailabilityState, Camera, SaveRequest, Watermark
from rta_viewer.core.route import Route
from rta_viewer.core.save_choices import (
    MOST_WATERMARK_CHARS,
    GapPolicy,
    SaveChoices,
    fill_watermark,
)
from rta_viewer.core.spans import Span, union
from rta_viewer.core.texts import tr
from rta_viewer.core.timescale import wall_clock
from rta_viewer.errors import UsageError

LONGEST_PART_MS = 24 * 3_600_000
"""A longer range becomes several exports: what a server makes in one piece it also loses in one piece."""

MOST_PIECES = 1_000
_JOINED_MS = 1_000
"""Recordings follow one another with such small gaps where a server begins a new file."""

_SHARES = {"": 1.0, "high": 1.0, "medium": 0.5, "low": 0.25}
"""Of the original's size, by quality; servers do not say, so this is a guess."""


@dataclass(frozen=True, slots=True)
class SaveOrder:
    """What the operator wants.

    Attributes:
        folder: A single file goes there; several get a folder of their own in it.
        zone: Wall clock of the names.
        operator: Who sits here, for names and watermarks.
        known: What is recorded of each camera within ``span``, where that was found out.
        package_name: What the folder of several files is called; empty for cameras and time.
    """

    cameras: tuple[Camera, ...]
    span: Span
    folder: Path
    choices: SaveChoices
    zone: tzinfo
    operator: str = ""
    known: Mapping[str, Availability] = field(default_factory=dict)
    package_name: str = ""

    def recorded(self, camera_id: str) -> Availability | None:
        """What the server said of a camera, None when it did not."""
        found = self.known.get(camera_id)
        return found if found is not None and found.state is AvailabilityState.KNOWN else None


@dataclass(frozen=True, slots=True)
class Piece:
    """One file.

    Attributes:
        recorded_ms: Footage in it, None when nobody knows.
        size_bytes: About how large it will be, None when nobody knows.
        codec: Of the original pictures, upper case, empty when unknown.
    """

    camera: Camera
    request: SaveRequest
    route: Route
    file_name: str
    recorded_ms: int | None
    size_bytes: int | None
    codec: str


@dataclass(frozen=True, slots=True)
class SavePlan:
    """All files, and the cameras that have nothing in the range."""

    pieces: tuple[Piece, ...] = ()
    empty: tuple[Camera, ...] = ()


def parts_of(span: Span, longest_ms: int = LONGEST_PART_MS) -> list[Span]:
    """The span in pieces of at most ``longest_ms`` each."""
    starts = range(span.start_ms, span.end_ms, longest_ms)
    return [Span(start, min(start + longest_ms, span.end_ms)) for start in starts]


def plan_pieces(order: SaveOrder) -> SavePlan:
    """The files in the order of cameras and time.

    Raises:
        UsageError: No camera, an empty range, a name template or a watermark that makes no sense, or too
            many files.
    """
    if not order.cameras or order.span.is_empty:
        raise UsageError(tr("There is nothing to save."), tr("Choose a camera and a range."))
    pieces: list[Piece] = []
    empty: list[Camera] = []
    taken: set[str] = set()
    for camera in order.cameras:
        spans = _spans(order, camera)
        if not spans:
            empty.append(camera)
        if len(pieces) + len(spans) > MOST_PIECES:
            raise _too_many(order.choices.gaps)
        pieces += [_piece(order, camera, span, taken) for span in spans]
    return SavePlan(tuple(pieces), tuple(empty))


def _too_many(gaps: GapPolicy) -> UsageError:
    hint = tr("Choose fewer cameras, or a shorter range.")
    if gaps is GapPolicy.APART:
        hint = tr("Choose fewer cameras, a shorter range, or one file for all stretches.")
    return UsageError(tr("This would be more than {n:,} files.", n=MOST_PIECES), hint)


def package_name(order: SaveOrder, pieces: Sequence[Piece]) -> str:
    """What the folder of several files is called, if no other one there is called so."""
    own = clean_name(order.package_name, fallback="")
    if own:
        return own
    cameras = {piece.camera.camera_id: piece.camera.name for piece in pieces}
    who = next(iter(cameras.values())) if len(cameras) == 1 else f"{len(cameras)} cameras"
    start, end = (
        f"{wall_clock(instant_ms, order.zone):%Y-%m-%d %H-%M-%S%z}"
        for instant_ms in (order.span.start_ms, order.span.end_ms)
    )
    return clean_name(f"{clean_name(who, max_chars=60, fallback='camera')} {start} to {end}")


def _spans(order: SaveOrder, camera: Camera) -> list[Span]:
    """What to ask of one camera; nothing where nothing is known to be recorded."""
    recorded = order.recorded(camera.camera_id)
    if recorded is None:
        return parts_of(order.span)
    stretches = union(each.span for each in recorded.recordings)
    if order.choices.gaps is GapPolicy.APART:
        return [part for one in _joined(stretches) for part in parts_of(one)]
    parts = parts_of(order.span)
    return [part for part in parts if any(part.overlaps(one) for one in stretches)]


def _joined(stretches: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for one in stretches:
        if found and one.start_ms - found[-1].end_ms <= _JOINED_MS:
            found[-1] = Span(found[-1].start_ms, one.end_ms)
        else:
            found.append(one)
    return found


def _piece(order: SaveOrder, camera: Camera, span: Span, taken: set[str]) -> Piece:
    choices = order.choices
    request = SaveRequest(
        camera_id=camera.camera_id,
        span=span,
        container=choices.container,
        quality=choices.quality,
        include_audio=choices.include_audio,
        watermark=_watermark(order, camera),
    )
    recorded_ms, size_bytes = _measure(order.recorded(camera.camera_id), camera, request)
    name = default_name(
        camera.name,
        span,
        order.zone,
        choices.container,
        choices.name_template,
        operator=order.operator,
    )
    name = unique_name(name, lambda each: each.casefold() in taken)
    taken.add(name.casefold())
    return Piece(
        camera=camera,
        request=request,
        route=_route(request, choices.way, size_bytes),
        file_name=name,
        recorded_ms=recorded_ms,
        size_bytes=size_bytes,
        codec=_codec(order.recorded(camera.camera_id), camera, span),
    )


def _watermark(order: SaveOrder, camera: Camera) -> Watermark | None:
    if not order.choices.watermark:
        return None
    text = fill_watermark(order.choices.watermark_text.strip(), camera.name, order.operator)
    if not text:
        raise UsageError(tr("There is no text to burn in."), tr("Write one, or leave it out."))
    if len(text) > MOST_WATERMARK_CHARS:
        raise UsageError(
            tr(
                "The text to burn in would have {n} characters for {camera}; servers take {most}.",
                n=len(text),
                camera=camera.name,
                most=MOST_WATERMARK_CHARS,
            ),
            tr("Shorten it."),
        )
    return Watermark(text)


def _route(request: SaveRequest, way: JobKind | None, size_bytes: int | None) -> Route:
    return (
        route.choose(request, size_bytes)
        if way is None
        else route.overrule(request, way, size_bytes)
    )


def _measure(
    recorded: Availability | None, camera: Camera, request: SaveRequest
) -> tuple[int | None, int | None]:
    """Milliseconds of footage, and bytes: as the server says of its recordings, or by the bit rate."""
    if recorded is None:
        return None, _by_rate(camera, request.span.duration_ms, request)
    inside = [
        (part.duration_ms, each)
        for each in recorded.recordings
        if (part := each.span.clip(request.span)) is not None
    ]
    recorded_ms = sum(length_ms for length_ms, _ in inside)
    if not inside or any(each.size_bytes is None for _, each in inside):
        return recorded_ms, _by_rate(camera, recorded_ms, request)
    stored = sum(
        (each.size_bytes or 0) * length_ms / each.span.duration_ms for length_ms, each in inside
    )
    return recorded_ms, round(stored * _SHARES.get(request.quality, 1.0))


def _by_rate(camera: Camera, length_ms: int, request: SaveRequest) -> int | None:
    stream = camera.main_stream
    if stream is None or not stream.bitrate_kbps:
        return None
    return round(length_ms * stream.bitrate_kbps / 8 * _SHARES.get(request.quality, 1.0))


def _codec(recorded: Availability | None, camera: Camera, span: Span) -> str:
    said = (
        {each.codec for each in recorded.recordings if each.span.overlaps(span)} if recorded else ()
    )
    stream = camera.main_stream
    found = {each for each in said if each} or {stream.codec if stream else ""}
    return "H265" if "H265" in found else next(iter(found))
