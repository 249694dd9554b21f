"""Which stretches of footage go into a file, and where in the file's time each of them lands.

Gaps are closed up: the file's time runs on from the last picture before a gap to the first one after it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.spans import Span
from rta_viewer.demo.footage.model import CameraFootage, Gop, VideoUnit
from rta_viewer.errors import NoFootageError


@dataclass(frozen=True, slots=True)
class Segment:
    """One unbroken stretch of the file.

    Attributes:
        start_ms: UTC instant of its first picture.
        end_ms: UTC instant at which its last picture ends.
        file_ms: Where in the file's time it begins.
    """

    start_ms: float
    end_ms: float
    file_ms: float

    def to_file_ms(self, instant_ms: float) -> float:
        """The file's time of a UTC instant of this stretch, in milliseconds since the file's start."""
        return instant_ms - self.start_ms + self.file_ms


@dataclass(frozen=True, slots=True)
class Selection:
    """All that a file is going to hold. ``segments`` is sorted and never empty."""

    segments: tuple[Segment, ...]

    @property
    def first_ms(self) -> float:
        """UTC instant of the file's first picture."""
        return self.segments[0].start_ms

    @property
    def duration_ms(self) -> float:
        """Length of the file."""
        last = self.segments[-1]
        return last.to_file_ms(last.end_ms)


def select(footage: CameraFootage, span: Span, *, exact_start: bool) -> Selection:
    """Choose what of the camera's footage makes up ``span``.

    Args:
        footage: The camera's.
        span: What was asked.
        exact_start: Begin at the first picture inside the span (for re-encoding) instead of at the key
            picture that it needs (for stitching).

    Raises:
        NoFootageError: Nothing was recorded inside the span.
    """
    stretches = footage.recorded(span)
    while stretches:
        first = stretches[0]
        start_ms = _first_inside(footage, first) if exact_start else _first_needed(footage, first)
        if start_ms is not None:
            return Selection(_lay_out(start_ms, stretches))
        stretches = stretches[1:]
    raise NoFootageError(
        "Nothing was recorded in the asked time.",
        "Choose a time for which the timeline shows footage.",
    )


def _lay_out(start_ms: float, stretches: list[Span]) -> tuple[Segment, ...]:
    segments = [Segment(start_ms, float(stretches[0].end_ms), 0.0)]
    for stretch in stretches[1:]:
        file_ms = segments[-1].to_file_ms(segments[-1].end_ms)
        segments.append(Segment(float(stretch.start_ms), float(stretch.end_ms), file_ms))
    return tuple(segments)


def _first_needed(footage: CameraFootage, stretch: Span) -> float | None:
    gop = _gop_for(footage, stretch.start_ms)
    return gop.units[0].instant_ms if gop and gop.start_ms < stretch.end_ms else None


def _first_inside(footage: CameraFootage, stretch: Span) -> float | None:
    """The first picture that begins inside; failing that, the one on display when the stretch begins."""
    shown: float | None = None
    gop = _gop_for(footage, stretch.start_ms)
    while gop is not None and gop.start_ms < stretch.end_ms:
        instants = sorted(unit.instant_ms for unit in gop.units if unit.instant_ms < stretch.end_ms)
        inside = [instant for instant in instants if instant >= stretch.start_ms]
        if inside:
            return inside[0]
        shown = instants[-1] if instants else shown
        gop = _gop_after(footage, gop)
    return shown


def groups(footage: CameraFootage, segment: Segment, cancel: CancelToken) -> Iterator[Gop]:
    """The groups of pictures that a segment needs, in order; looks at ``cancel`` before each.

    Raises:
        Cancelled: ``cancel`` was set.
    """
    gop = _gop_for(footage, segment.start_ms)
    while gop is not None and gop.start_ms < segment.end_ms:
        cancel.raise_if_cancelled()
        yield gop
        previous, gop = gop, _gop_after(footage, gop)
        if gop is not None and is_reordered(previous) and _reaches_back(gop, segment.end_ms):
            yield gop
            return


def _reaches_back(gop: Gop, end_ms: float) -> bool:
    """True when a group that starts after the end holds pictures from before it (an open group)."""
    return gop.start_ms >= end_ms and any(unit.instant_ms < end_ms for unit in gop.units)


def until(units: tuple[VideoUnit, ...], end_ms: float) -> tuple[VideoUnit, ...]:
    """The units, in decode order, that the pictures before ``end_ms`` need.

    With bidirectional prediction that may include pictures later than the end which earlier ones refer to.
    """
    wanted = [index for index, unit in enumerate(units) if unit.instant_ms < end_ms]
    if not wanted:
        return ()
    kept = units[: wanted[-1] + 1]
    return tuple(unit for unit in kept if unit.reference or unit.instant_ms < end_ms)


def is_reordered(gop: Gop) -> bool:
    """True when pictures are decoded in another order than they are shown in (B pictures)."""
    instants = [unit.instant_ms for unit in gop.units]
    return any(later < earlier for earlier, later in pairwise(instants))


def picture_step_ms(footage: CameraFootage, selection: Selection, cancel: CancelToken) -> float:
    """The step of time of which the lengths of the first pictures are multiples.

    That is the picture interval, also of a camera that leaves pictures out.
    """
    beginning = islice(groups(footage, selection.segments[0], cancel), _GROUPS_LOOKED_AT)
    lengths = [unit.duration_ms for gop in beginning for unit in gop.units if unit.duration_ms > 0]
    shortest_ms = min(lengths, default=_DEFAULT_PICTURE_MS)
    for divisor in _DIVISORS:
        step_ms = shortest_ms / divisor
        if all(abs(length - round(length / step_ms) * step_ms) <= _JITTER_MS for length in lengths):
            return step_ms
    return shortest_ms / _DIVISORS[-1]


_GROUPS_LOOKED_AT = 3
_DEFAULT_PICTURE_MS = 40.0
_DIVISORS = (1, 2, 3, 4)
_JITTER_MS = 2.0


def _gop_for(footage: CameraFootage, instant_ms: float) -> Gop | None:
    return footage.gop_at(instant_ms) or footage.gop_from(instant_ms)


def _gop_after(footage: CameraFootage, gop: Gop) -> Gop | None:
    """The next group. Instants may carry rounding errors, so the same one again is asked past."""
    following = footage.gop_from(gop.end_ms)
    if following is not None and following.start_ms <= gop.start_ms:
        following = footage.gop_from(gop.end_ms + 1.0)
    if following is not None and following.start_ms <= gop.start_ms:
        return None
    return following
