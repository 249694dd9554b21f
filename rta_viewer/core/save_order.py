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
from rta_viewer.core.save_cuts import Cut, Cutter, Range, part_count
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import tr
from rta_viewer.core.timescale import wall_clock
from rta_viewer.errors import UsageError

MOST_PIECES = 1_000

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


def plan_pieces(order: SaveOrder, cutter: Cutter | None = None) -> SavePlan:
    """The files in the order of cameras and time.

    Args:
        order: What is wanted.
        cutter: Of the last plan; whoever plans again and again has the unchanged not measured again.

    Raises:
        UsageError: No camera, an empty range, a name template or a watermark that makes no sense, or too
            many files.
    """
    if not order.cameras or order.span.is_empty:
        raise UsageError(tr("There is nothing to save."), tr("Choose a camera and a range."))
    pieces: list[Piece] = []
    empty: list[Camera] = []
    taken: set[str] = set()
    cutter, asked = cutter or Cutter(), Range(order.span, order.choices.gaps)
    for camera in order.cameras:
        recorded = order.recorded(camera.camera_id)
        if recorded is None and part_count(order.span) > MOST_PIECES:
            raise _too_many(order.choices.gaps)
        cuts = cutter.cuts(asked, camera, recorded)
        if not cuts:
            empty.append(camera)
        if len(pieces) + len(cuts) > MOST_PIECES:
            raise _too_many(order.choices.gaps)
        pieces += [_piece(order, camera, cut, taken) for cut in cuts]
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


def _piece(order: SaveOrder, camera: Camera, cut: Cut, taken: set[str]) -> Piece:
    choices = order.choices
    request = SaveRequest(
        camera_id=camera.camera_id,
        span=cut.span,
        container=choices.container,
        quality=choices.quality,
        include_audio=choices.include_audio,
        watermark=_watermark(order, camera),
    )
    name = default_name(
        camera.name,
        cut.span,
        order.zone,
        choices.container,
        choices.name_template,
        operator=order.operator,
    )
    name = unique_name(name, lambda each: each.casefold() in taken)
    taken.add(name.casefold())
    size_bytes = _size_bytes(cut, choices.quality)
    return Piece(
        camera=camera,
        request=request,
        route=_route(request, choices.way, size_bytes),
        file_name=name,
        recorded_ms=cut.recorded_ms,
        size_bytes=size_bytes,
        codec=cut.codec,
    )


def _size_bytes(cut: Cut, quality: str) -> int | None:
    if cut.original_bytes is None:
        return None
    return round(cut.original_bytes * _SHARES.get(quality, 1.0))


def _watermark(order: SaveOrder, camera: Camera) -> Watermark | None:
    if not order.choices.watermark:
        return None
    return watermark_for(camera, order.choices.watermark_text, order.operator)


def watermark_for(camera: Camera, template: str, operator: str) -> Watermark:
    """What a camera's file gets burned in.

    Raises:
        UsageError: Nothing, or more than servers take.
    """
    text = fill_watermark(template.strip(), camera.name, operator)
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
