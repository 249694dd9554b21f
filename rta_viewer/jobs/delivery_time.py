"""Which time does a delivered file show, and what of the recordings is not in it?

Servers close gaps between recordings up or keep them in the file's time; both are told apart by where
pictures stand for long. When a file begins is what its own time stamp says, where that can be the instant
of its first picture. Stamps that are none, in local time, or the instant at which the file was made, say
nothing: then the file is taken to begin when it was asked to, and that is told.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

from rta_viewer.core.spans import Span, clip, subtract, total_ms, union
from rta_viewer.core.texts import left_to_right, tr
from rta_viewer.core.timetext import format_duration
from rta_viewer.jobs.delivered_file import DeliveredFile

LEAD_IN_MS = 12_000
"""Unchanged pictures start at the key frame before the asked instant; recorders space them up to 10 s."""

_TOLERANCE_MS = 2_000
_ROUNDED_MS = 1_000
_TOLERANCE_PER_GAP_MS = 250
_MOST_TOLERANCE_MS = 10_000

_QUARTER_MS = 900_000
_ZONE_QUARTERS = frozenset(
    {*range(4, 57, 4), 10, 14, 18, 22, 26, 34, 38, 42, 46, 23, 35, 39, 51, 55}
)
"""How far local time is from UTC somewhere, to the east or to the west, in quarters of an hour: all whole
hours up to 14, and of the others those in use (IANA time zone database, since 1990)."""

_CLOCKS_DIFFER_MS = 300_000
_YEAR_MS = 366 * 86_400_000

_STEADY_PAUSE_MS = 2_000
_ANY_PAUSE_MS = 10_000
_PAUSE_IN_PICTURES = 10
_FEWEST_PICTURES = 6
"""Fewer do not tell what is usual for a camera."""

_MOST_PLACES = 3

InstantFormat = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a file should hold.

    Attributes:
        asked: The span of the order.
        parts: What was recorded of it, sorted and disjoint.
        ordered_ms: When it was ordered; a stamp after that says when the file was made. None when unknown.
        is_steady: The server says that all of it was recorded without waiting for motion.
        fps: Pictures a second of the camera, 0 when unknown.
    """

    asked: Span
    parts: Sequence[Span]
    ordered_ms: int | None = None
    is_steady: bool = False
    fps: float = 0.0


@dataclass(frozen=True, slots=True)
class Timing:
    """What was found out about time.

    Attributes:
        missing: From the first to the last instant that was recorded and is not in the file.
        start_known: ``delivered`` begins when the file says so; otherwise that is assumed.
        holes: What is missing inside.
        keeps_gaps: Gaps between recordings are in the file's time.
    """

    delivered: Span | None
    differences: tuple[str, ...] = ()
    missing: Span | None = None
    start_known: bool = False
    notes: tuple[str, ...] = ()
    holes: tuple[Span, ...] = ()
    keeps_gaps: bool = False


class _Stamp(Enum):
    """What the time stamp of a file is."""

    START = auto()
    LOCAL = auto()
    NOTHING = auto()
    ELSEWHERE = auto()


def compare_time(wanted: Expectation, file: DeliveredFile, shown: InstantFormat) -> Timing:
    """Compare start, length and pauses of a file with what was recorded.

    Args:
        wanted: What it should hold.
        file: What is in it.
        shown: How instants appear in sentences.
    """
    if not file.picture_count:
        return Timing(None)
    length_ms = round(file.duration_s * 1000)
    parts = wanted.parts
    if not parts:
        return _unlisted(replace(wanted, parts=(wanted.asked,)), file, length_ms, shown)
    layout = _Layout.of(wanted, file, length_ms)
    timing = _compare_ends(wanted, file.creation_time_ms, layout, shown)
    holes = layout.holes(file)
    if not holes:
        return replace(timing, keeps_gaps=layout.keeps_gaps)
    missing = [*holes, *([timing.missing] if timing.missing is not None else [])]
    return replace(
        timing,
        differences=(*timing.differences, _hole_sentence(holes, shown)),
        missing=Span(min(one.start_ms for one in missing), max(one.end_ms for one in missing)),
        holes=tuple(holes),
        keeps_gaps=layout.keeps_gaps,
    )


def _unlisted(
    wanted: Expectation, file: DeliveredFile, length_ms: int, shown: InstantFormat
) -> Timing:
    """Something came although nothing was recorded, says the server: the pictures count for more.

    Unless the file itself says that they are of another time.
    """
    layout = _Layout.of(wanted, file, length_ms)
    delivered = Span(layout.start_ms, layout.start_ms + length_ms)
    if layout.stamp is _Stamp.ELSEWHERE and not delivered.overlaps(wanted.asked):
        return replace(_elsewhere(wanted, layout, shown), missing=None)
    is_local = layout.stamp is _Stamp.LOCAL
    return Timing(
        delivered,
        start_known=layout.stamp in {_Stamp.START, _Stamp.ELSEWHERE},
        notes=_notes(file.creation_time_ms, shown) if is_local else (),
    )


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the file's time runs along the recordings.

    Attributes:
        lead_ms: How far before the footage the file begins; None when nothing tells it believably.
        start_ms: When the file begins, known or assumed.
        stamp: What the file's time stamp is.
        keeps_gaps: Gaps between recordings are in the file's time.
        content_ms: The file's length without such gaps.
        tolerance_ms: So much may be missing at its ends.
        surplus_ms: So much may be there besides, lead-in aside.
    """

    wanted: Expectation
    lead_ms: int | None
    start_ms: int
    stamp: _Stamp
    keeps_gaps: bool
    content_ms: int
    tolerance_ms: int
    surplus_ms: int

    @classmethod
    def of(cls, wanted: Expectation, file: DeliveredFile, length_ms: int) -> "_Layout":
        """Find it out."""
        parts, stamp_ms = wanted.parts, _meaningful_stamp_ms(wanted, file, length_ms)
        usual_ms = min(_MOST_TOLERANCE_MS, round(_usual_ms(wanted, file)))
        half_ms = total_ms(parts) // 2
        late_ms = min(_TOLERANCE_MS, max(_ROUNDED_MS, half_ms))
        lead_ms = _lead_in_ms(parts, stamp_ms, late_ms + usual_ms)
        stamp = _stamp(wanted, stamp_ms, lead_ms)
        start_ms = parts[0].start_ms - (lead_ms or 0)
        if stamp is _Stamp.ELSEWHERE and stamp_ms is not None:
            start_ms = stamp_ms
        end_ms = start_ms + length_ms
        stands_ms = max(_last_stands_ms(file), _black_at_end_ms(wanted, file))
        surplus_ms = _tolerance_ms(parts) + usual_ms * len(parts) + stands_ms
        longest_ms = total_ms(parts) + surplus_ms + (LEAD_IN_MS if lead_ms is None else lead_ms)
        # Where a file can be without gaps, what is dark in it is a scene.
        put_in = file.plain_s if length_ms > longest_ms else ()
        slack_ms = _TOLERANCE_MS + usual_ms + (LEAD_IN_MS if lead_ms is None else 0)
        # A slow camera's usual distance is no gap, and neither is how long the last picture stands.
        shifts = (
            _kept_gaps_shift_ms(
                parts,
                [
                    one
                    for one in _placed(stretches, start_ms)
                    if one.duration_ms > 2 * usual_ms and one.end_ms < end_ms
                ],
                end_ms - slack_ms,
                slack_ms,
            )
            for stretches in (file.pauses_s, put_in)
        )
        shift_ms = next((one for one in shifts if one is not None), None)
        if shift_ms is not None and lead_ms is None and stamp is not _Stamp.ELSEWHERE:
            # Where a gap ends in the file tells when the file begins.
            lead_ms = min(LEAD_IN_MS, max(0, shift_ms))
            start_ms = parts[0].start_ms - lead_ms
        # Of a short clip most has to be there; a lead-in may be shorter than its rounded stamp says.
        least_ms = half_ms + min(_ROUNDED_MS, lead_ms or 0)
        shown = Span(start_ms, start_ms + length_ms)
        return cls(
            wanted=wanted,
            lead_ms=lead_ms,
            start_ms=start_ms,
            stamp=stamp,
            keeps_gaps=shift_ms is not None,
            content_ms=length_ms - (_in_gaps_ms(parts, shown) if shift_ms is not None else 0),
            tolerance_ms=min(_tolerance_ms(parts), least_ms) + usual_ms,
            surplus_ms=surplus_ms,
        )

    def holes(self, file: DeliveredFile) -> list[Span]:
        """Recordings that are not in the file although it goes on behind them."""
        least_ms = _longest_pause_ms(self.wanted, file)
        found: list[Span] = []
        for pause in _placed(file.pauses_s, 0):
            reached = self._reached_in(pause)
            lost = clip(self.wanted.parts, reached)
            # Servers round where a gap begins and ends.
            joint_ms = _TOLERANCE_MS if total_ms(lost) < reached.duration_ms else 0
            if total_ms(lost) > least_ms + joint_ms:
                found += lost
        return union(found)

    def not_in(self, delivered: Span) -> Span:
        """From the first to the last recorded instant outside; empty when there is none."""
        end_ms = self.wanted.parts[-1].end_ms
        if delivered.start_ms < end_ms and abs(end_ms - delivered.end_ms) <= self.tolerance_ms:
            delivered = Span(delivered.start_ms, max(delivered.end_ms, end_ms))
        left = subtract(self.wanted.parts, [delivered])
        return Span(left[0].start_ms, left[-1].end_ms) if left else Span(end_ms, end_ms)

    def _reached_in(self, stretch: Span) -> Span:
        """From when to when a stretch of the file's time leads."""
        parts, start_ms = self.wanted.parts, self.start_ms
        if self.keeps_gaps or start_ms >= parts[-1].end_ms:
            return Span(start_ms + stretch.start_ms, start_ms + stretch.end_ms)
        lead_ms = max(0, parts[0].start_ms - start_ms)
        left = clip(parts, Span(start_ms, parts[-1].end_ms))
        return Span(
            instant_after(left, max(0, stretch.start_ms - lead_ms)),
            instant_after(left, max(0, stretch.end_ms - lead_ms)),
        )


def _usual_ms(wanted: Expectation, file: DeliveredFile) -> float:
    if file.usual_distance_s is not None and file.picture_count >= _FEWEST_PICTURES:
        return file.usual_distance_s * 1000
    return 1000 / wanted.fps if wanted.fps > 0 else 0.0


def _longest_pause_ms(wanted: Expectation, file: DeliveredFile) -> float:
    """Pictures of a camera that is recorded may be so far apart."""
    usual_ms = max(_usual_ms(wanted, file), 1000 / wanted.fps if wanted.fps > 0 else 0.0)
    least_ms = _STEADY_PAUSE_MS if wanted.is_steady and usual_ms else _ANY_PAUSE_MS
    return max(least_ms, _PAUSE_IN_PICTURES * usual_ms)


def _placed(stretches: Iterable[tuple[float, float]], start_ms: int) -> list[Span]:
    """Where they are, in a file whose time begins then."""
    return [
        Span(start_ms + round(begin_s * 1000), start_ms + round(end_s * 1000))
        for begin_s, end_s in stretches
    ]


def _last_stands_ms(file: DeliveredFile) -> int:
    """How long the last picture stands: servers have it do so until the asked end. 0 if not for long."""
    return _at_end_ms(file, file.pauses_s)


def _black_at_end_ms(wanted: Expectation, file: DeliveredFile) -> int:
    """How long at most there are black pictures instead, until the asked end."""
    left_ms = wanted.asked.end_ms - wanted.parts[-1].end_ms
    return min(left_ms, _at_end_ms(file, file.plain_s))


def _at_end_ms(file: DeliveredFile, stretches: Sequence[tuple[float, float]]) -> int:
    ends = [end_s - begin_s for begin_s, end_s in stretches if end_s >= file.duration_s]
    return round(max(ends, default=0.0) * 1000)


def _kept_gaps_shift_ms(
    parts: Sequence[Span], pauses: Sequence[Span], seen_ms: int, slack_ms: int
) -> int | None:
    """By how much the gaps between recordings come late in the file's time; None when they are not in it.

    The longest one tells, as far as it lies before ``seen_ms``: pictures may stand as long as short gaps are.
    """
    gaps = [Span(before.end_ms, after.start_ms) for before, after in pairwise(parts)]
    gap = max(gaps, key=lambda one: min(one.end_ms, seen_ms) - one.start_ms, default=Span(0, 0))
    length_ms = min(gap.end_ms, seen_ms) - gap.start_ms
    if length_ms <= _TOLERANCE_MS:
        return None
    least_ms = max(length_ms - _TOLERANCE_MS, length_ms // 2)
    for pause in sorted(pauses, key=lambda one: one.duration_ms, reverse=True):
        if pause.duration_ms < least_ms:
            break
        shift_ms = pause.end_ms - gap.end_ms
        if abs(shift_ms) <= slack_ms:
            return shift_ms
        if shift_ms > 0 and abs(pause.start_ms - gap.start_ms) <= slack_ms:
            return 0
    return None


def _in_gaps_ms(parts: Sequence[Span], shown: Span) -> int:
    """How much of a stretch lies between recordings, and not before or after them."""
    between = shown.clip(Span(parts[0].start_ms, parts[-1].end_ms))
    return total_ms(subtract([between], parts)) if between is not None else 0


def _stamp(wanted: Expectation, stamp_ms: int | None, lead_ms: int | None) -> _Stamp:
    if lead_ms is not None:
        return _Stamp.START
    if stamp_ms is None:
        return _Stamp.NOTHING
    start_ms = wanted.parts[0].start_ms
    if _is_zone(stamp_ms - start_ms) or _is_zone(stamp_ms - wanted.asked.start_ms):
        return _Stamp.LOCAL
    made = wanted.ordered_ms is not None and stamp_ms >= wanted.ordered_ms - _CLOCKS_DIFFER_MS
    if (made and stamp_ms >= wanted.asked.end_ms) or stamp_ms - start_ms < -_YEAR_MS:
        return _Stamp.NOTHING
    return _Stamp.ELSEWHERE


def _is_zone(later_ms: int) -> bool:
    """As far away as local time is from UTC; what is in local time may have a lead-in of its own."""
    quarters, odd_ms = divmod(later_ms + LEAD_IN_MS + _ROUNDED_MS, _QUARTER_MS)
    return odd_ms <= LEAD_IN_MS + _ROUNDED_MS + _TOLERANCE_MS and abs(quarters) in _ZONE_QUARTERS


def _meaningful_stamp_ms(wanted: Expectation, file: DeliveredFile, length_ms: int) -> int | None:
    """The file's time stamp, None where it only repeats the order.

    Servers write down what they were asked however late the first recording begins, and however long the
    lead-in is.
    """
    stamp_ms, asked_ms, parts = file.creation_time_ms, wanted.asked.start_ms, wanted.parts
    if stamp_ms is None or not 0 <= asked_ms - stamp_ms < _ROUNDED_MS:
        return stamp_ms
    is_late = parts[0].start_ms - asked_ms > _ROUNDED_MS
    with_gaps_ms = parts[-1].end_ms - parts[0].start_ms
    # Behind no more than a lead-in, what is dark at the end is a scene.
    is_black = length_ms - with_gaps_ms > LEAD_IN_MS
    black_ms = _black_at_end_ms(wanted, file) if is_black else 0
    shown_ms = length_ms - max(_last_stands_ms(file), black_ms)
    is_longer = shown_ms - total_ms(parts) > _TOLERANCE_MS
    keeps_gaps = abs(shown_ms - with_gaps_ms) <= _TOLERANCE_MS
    return None if is_late or (is_longer and not keeps_gaps) else stamp_ms


def _lead_in_ms(parts: Sequence[Span], creation_ms: int | None, tolerance_ms: int) -> int | None:
    """How far before the footage the file begins, None when the file does not say it believably."""
    if creation_ms is None:
        return None
    lead_ms = parts[0].start_ms - creation_ms
    # Whole seconds, rounded down, so the claim may be up to a second early.
    if -tolerance_ms < lead_ms <= LEAD_IN_MS + _ROUNDED_MS:
        return min(LEAD_IN_MS, max(0, lead_ms))
    return None


def _tolerance_ms(parts: Sequence[Span]) -> int:
    """Servers round recordings to seconds, and a slow camera's last picture may stand for one."""
    return min(_MOST_TOLERANCE_MS, _TOLERANCE_MS + _TOLERANCE_PER_GAP_MS * (len(parts) - 1))


def _compare_ends(
    wanted: Expectation, stamp_ms: int | None, layout: _Layout, shown: InstantFormat
) -> Timing:
    parts = wanted.parts
    expected_ms = total_ms(parts)
    missing_ms = expected_ms - (layout.content_ms - (layout.lead_ms or 0))
    late_ms = None
    if missing_ms > layout.tolerance_ms:
        late_ms = _late_start(parts, stamp_ms, layout)
    if layout.stamp is _Stamp.ELSEWHERE and late_ms is None:
        return _elsewhere(wanted, layout, shown)
    notes = _notes(stamp_ms, shown) if layout.stamp is _Stamp.LOCAL and late_ms is None else ()
    known = layout.stamp is _Stamp.START or late_ms is not None
    if missing_ms > layout.tolerance_ms:
        delivered, missing = _truncated(parts, layout, late_ms)
        return Timing(
            delivered,
            (_rest_sentence(wanted, delivered, shown),),
            missing if not missing.is_empty else None,
            known,
            notes,
        )
    surplus_ms = max(0, -missing_ms)
    assumed_ms = min(surplus_ms, LEAD_IN_MS) if layout.lead_ms is None else layout.lead_ms
    delivered = Span(parts[0].start_ms - assumed_ms, parts[-1].end_ms)
    allowed_ms = layout.surplus_ms + (LEAD_IN_MS if layout.lead_ms is None else 0)
    longer = () if surplus_ms <= allowed_ms else (_longer(layout.content_ms, expected_ms),)
    return Timing(delivered, longer, None, known, notes)


def _notes(stamp_ms: int | None, shown: InstantFormat) -> tuple[str, ...]:
    if stamp_ms is None:
        return ()
    return (
        tr(
            "The time in the file, {time}, was taken for local time: "
            "when the file begins is assumed.",
            time=shown(stamp_ms),
        ),
    )


def _longer(delivered_ms: int, expected_ms: int) -> str:
    return tr(
        "The file is longer than what was asked: {delivered} instead of {expected}.",
        delivered=left_to_right(format_duration(delivered_ms)),
        expected=left_to_right(format_duration(expected_ms)),
    )


def _rest_sentence(wanted: Expectation, delivered: Span, shown: InstantFormat) -> str:
    start_ms = wanted.parts[0].start_ms
    return tr(
        "Delivered {clipped} of {asked}, the rest is missing.",
        clipped=range_text(delivered.clip(wanted.asked) or Span(start_ms, start_ms), shown),
        asked=range_text(wanted.asked, shown),
    )


def _hole_sentence(holes: Sequence[Span], shown: InstantFormat) -> str:
    places = tr(", ").join(range_text(hole, shown) for hole in holes[:_MOST_PLACES])
    if len(holes) > _MOST_PLACES:
        places = tr("{places} and more", places=places)
    return tr(
        "{length} inside the file is missing: {places}.",
        length=left_to_right(format_duration(total_ms(holes))),
        places=places,
    )


def _truncated(parts: Sequence[Span], layout: _Layout, late_ms: int | None) -> tuple[Span, Span]:
    """What the file shows, and what it does not."""
    lead_ms = layout.lead_ms or 0
    if late_ms is not None:
        left = clip(parts, Span(late_ms, parts[-1].end_ms))
        late = Span(late_ms, max(late_ms, instant_after(left, layout.content_ms)))
        return late, layout.not_in(late)
    start_ms, end_ms = parts[0].start_ms - lead_ms, parts[-1].end_ms
    reached_ms = instant_after(parts, max(0, layout.content_ms - lead_ms))
    return Span(start_ms, max(start_ms, reached_ms)), Span(min(reached_ms, end_ms), end_ms)


def _elsewhere(wanted: Expectation, layout: _Layout, shown: InstantFormat) -> Timing:
    """The file says that it begins at another time than was asked."""
    parts, start_ms = wanted.parts, layout.start_ms
    left = clip(parts, Span(start_ms, parts[-1].end_ms)) if start_ms < parts[-1].end_ms else []
    before_ms = max(0, parts[0].start_ms - start_ms)
    inside_ms = max(0, layout.content_ms - before_ms)
    end_ms = start_ms + layout.content_ms
    if left and inside_ms:
        end_ms = instant_after(left, inside_ms) + max(0, inside_ms - total_ms(left))
    delivered = Span(start_ms, end_ms)
    said = tr(
        "The file says that it begins at {start}, {asked} was asked for.",
        start=shown(start_ms),
        asked=range_text(wanted.asked, shown),
    )
    missing = layout.not_in(delivered)
    return Timing(delivered, (said,), None if missing.is_empty else missing, start_known=True)


def _late_start(parts: Sequence[Span], creation_ms: int | None, layout: _Layout) -> int | None:
    """A start after the asked one, when the file claims it and its length fits what is left from there."""
    if creation_ms is None or creation_ms >= parts[-1].end_ms:
        return None
    if layout.stamp is _Stamp.START or creation_ms < parts[0].start_ms:
        return None
    left_ms = total_ms(clip(parts, Span(creation_ms, parts[-1].end_ms)))
    return creation_ms if layout.content_ms <= left_ms + layout.tolerance_ms else None


def instant_after(parts: Iterable[Span], content_ms: int) -> int:
    """The instant at which the parts, played without their gaps, have shown ``content_ms``."""
    end_ms = 0
    for part in parts:
        if content_ms <= part.duration_ms:
            return part.start_ms + content_ms
        content_ms -= part.duration_ms
        end_ms = part.end_ms
    return end_ms


def range_text(span: Span, shown: InstantFormat) -> str:
    """``start to end``."""
    return tr("{start} to {end}", start=shown(span.start_ms), end=shown(span.end_ms))
