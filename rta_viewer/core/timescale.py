"""Pixels and instants: the maths of the timeline, without a widget.

A :class:`TimeScale` maps x positions to UTC instants linearly, so days of 23 and 25 hours are as wide as
they last. Only labels know a zone: ticks stand where the *wall clock* shows round values, in the zone
that the operator looks through, and a wall-clock time that occurs twice says which of the two it is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from rta_viewer.core.day_names import (
    day_label,
    month_label,
    short_day,
    short_month,
    shown_length,
    widest_day,
    widest_month,
    year_label,
)
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import digits, left_to_right

SECOND_MS = 1_000
MINUTE_MS = 60 * SECOND_MS
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS

MIN_WINDOW_MS = SECOND_MS
MAX_WINDOW_MS = 366 * DAY_MS
EARLIEST_MS = 0
LATEST_MS = 4_102_444_800_000
"""2100-01-01 UTC: beyond any recording, and well inside what ``datetime`` can hold in every zone."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def wall_clock(instant_ms: float, zone: tzinfo) -> datetime:
    """The aware wall-clock time of an instant in a zone."""
    return (_EPOCH + timedelta(milliseconds=instant_ms)).astimezone(zone)


def instant_of(moment: datetime) -> int:
    """Milliseconds UTC of an aware ``datetime``, rounded down."""
    return (moment.astimezone(UTC) - _EPOCH) // timedelta(milliseconds=1)


def offset_ms(instant_ms: float, zone: tzinfo) -> int:
    """How far the wall clock is ahead of UTC at an instant, in milliseconds."""
    return (wall_clock(instant_ms, zone).utcoffset() or timedelta()) // timedelta(milliseconds=1)


def offset_text(instant_ms: float, zone: tzinfo) -> str:
    """The offset as people write it: ``UTC``, ``+02:00``, ``-03:30``."""
    minutes = offset_ms(instant_ms, zone) // MINUTE_MS
    if minutes == 0:
        return "UTC"
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def is_repeated(instant_ms: float, zone: tzinfo) -> bool:
    """True when the zone shows this wall-clock time twice (the hour that an autumn night repeats)."""
    moment = wall_clock(instant_ms, zone)
    first, second = moment.replace(fold=0).utcoffset(), moment.replace(fold=1).utcoffset()
    return first is not None and second is not None and first > second


@dataclass(frozen=True, slots=True)
class TimeScale:
    """A window of time across a number of pixels.

    Attributes:
        start_ms: The instant at the left edge of pixel 0.
        window_ms: The time across the whole width; one second to one year.
        width_px: At least 1.
    """

    start_ms: float
    window_ms: float
    width_px: int

    @classmethod
    def over(cls, span: Span, width_px: int) -> "TimeScale":
        """A scale that shows ``span`` from edge to edge, as near as the limits allow."""
        return _limited(cls(span.start_ms, span.duration_ms, max(1, width_px)))

    @property
    def ms_per_px(self) -> float:
        """Milliseconds across one pixel."""
        return self.window_ms / self.width_px

    @property
    def span(self) -> Span:
        """What is visible, in whole milliseconds."""
        return Span(round(self.start_ms), max(round(self.start_ms), round(self.end_ms)))

    @property
    def end_ms(self) -> float:
        """The instant at the right edge."""
        return self.start_ms + self.window_ms

    def x_of(self, instant_ms: float) -> float:
        """Where an instant stands; may lie outside the window."""
        return (instant_ms - self.start_ms) / self.ms_per_px

    def instant_at(self, x: float) -> int:
        """The instant under a position, in whole milliseconds."""
        return round(self.start_ms + x * self.ms_per_px)

    def zoomed(self, factor: float, about_x: float) -> "TimeScale":
        """Show ``factor`` times as much time; the instant under ``about_x`` stays where it is."""
        window = min(max(self.window_ms * factor, MIN_WINDOW_MS), MAX_WINDOW_MS)
        fixed = self.start_ms + about_x * self.ms_per_px
        start = fixed - about_x * window / self.width_px
        return _limited(TimeScale(start, window, self.width_px))

    def panned(self, by_px: float) -> "TimeScale":
        """Move the window later by a number of pixels."""
        return _limited(replace(self, start_ms=self.start_ms + by_px * self.ms_per_px))

    def resized(self, width_px: int) -> "TimeScale":
        """The same time across another width."""
        return replace(self, width_px=max(1, width_px))

    def centred(self, instant_ms: float) -> "TimeScale":
        """The same zoom with an instant in the middle."""
        return _limited(replace(self, start_ms=instant_ms - self.window_ms / 2))


def _limited(scale: TimeScale) -> TimeScale:
    window = min(max(scale.window_ms, MIN_WINDOW_MS), MAX_WINDOW_MS)
    start = min(max(scale.start_ms, EARLIEST_MS), LATEST_MS - window)
    return TimeScale(start, window, scale.width_px)


@dataclass(frozen=True, slots=True)
class Tick:
    """One mark of the ruler. ``label`` is empty where its text would touch the one before."""

    instant_ms: int
    label: str


@dataclass(frozen=True, slots=True)
class Step:
    """A distance between ticks: exactly one of ``ms`` and ``months`` is not 0.

    Attributes:
        label: Words the wall-clock time at a tick.
        label_chars: The most characters that ``label`` writes; asked each time, names have languages.
    """

    ms: int = 0
    months: int = 0
    label: Callable[[datetime], str] = field(default=lambda at: f"{at:%H:%M}", compare=False)
    label_chars: Callable[[], int] = field(default=lambda: 5, compare=False)


def _times(unit_ms: int, counts: Sequence[int], pattern: str, chars: int) -> list[Step]:
    def label(at: datetime) -> str:
        return digits(at.strftime(pattern)[:chars])

    return [Step(ms=count * unit_ms, label=label, label_chars=lambda: chars) for count in counts]


STEPS = (
    *_times(1, (50, 100, 200, 500), "%H:%M:%S.%f", 12),
    *_times(SECOND_MS, (1, 2, 5, 10, 15, 30), "%H:%M:%S", 8),
    *_times(MINUTE_MS, (1, 2, 5, 10, 15, 30), "%H:%M", 5),
    *_times(HOUR_MS, (1, 2, 3, 6, 12), "%H:%M", 5),
    *(Step(ms=days * DAY_MS, label=short_day, label_chars=widest_day) for days in (1, 2, 7)),
    *(Step(months=months, label=short_month, label_chars=widest_month) for months in (1, 3, 6)),
    Step(months=12, label=year_label, label_chars=lambda: 4),
)
"""Distances between ticks, finest first."""

_LABEL_GAP_PX = 14.0


def choose_step(scale: TimeScale, char_px: float) -> Step:
    """The finest step whose labels fit side by side; ``char_px`` is the width of one character."""
    for step in STEPS:
        length_ms = step.ms or step.months * 28 * DAY_MS
        if length_ms / scale.ms_per_px >= step.label_chars() * char_px + _LABEL_GAP_PX:
            return step
    return STEPS[-1]


def ticks(scale: TimeScale, zone: tzinfo, char_px: float) -> list[Tick]:
    """The labelled marks of a window, ascending, their labels apart by at least a few pixels.

    Times that occur twice say which they are where there is room; :func:`clock_changes` says it anyway.
    """
    step = choose_step(scale, char_px)
    instants = list(tick_instants(scale.span, step, zone))
    told = _placed(scale, instants, [_label(at, step, zone) for at in instants], char_px)
    twice = {at for at in instants if is_repeated(at, zone)}
    said = {mark.instant_ms for mark in told if mark.label} & twice
    if {offset_ms(at, zone) for at in twice} == {offset_ms(at, zone) for at in said}:
        return told
    plain = [step.label(wall_clock(at, zone)) for at in instants]
    return _placed(scale, instants, plain, char_px)


def _placed(
    scale: TimeScale, instants: Sequence[int], labels: Sequence[str], char_px: float
) -> list[Tick]:
    """Leave out each label that would touch the one before."""
    marks: list[Tick] = []
    free_from_x = float("-inf")
    for instant_ms, text in zip(instants, labels, strict=True):
        half = shown_length(text) * char_px / 2
        x = scale.x_of(instant_ms)
        if x - half < free_from_x:
            marks.append(Tick(instant_ms, ""))
        else:
            free_from_x = x + half + _LABEL_GAP_PX / 2
            marks.append(Tick(instant_ms, text))
    return marks


def tick_instants(span: Span, step: Step, zone: tzinfo) -> Iterator[int]:
    """Instants inside ``span`` at which the wall clock shows a multiple of ``step``, ascending."""
    if step.months:
        yield from _months(span, step.months, zone)
    elif step.ms >= DAY_MS:
        yield from _days(span, step.ms // DAY_MS, zone)
    else:
        for piece, offset in offset_pieces(span, zone):
            first = -(-(piece.start_ms + offset) // step.ms) * step.ms - offset
            yield from range(first, piece.end_ms, step.ms)


def offset_pieces(span: Span, zone: tzinfo) -> Iterator[tuple[Span, int]]:
    """Cut a span where the zone changes its offset: ``(piece, offset in ms)``, ascending.

    Looks every six hours; two changes within one such stretch do not happen.
    """
    start, offset = span.start_ms, offset_ms(span.start_ms, zone)
    look = span.start_ms
    while look < span.end_ms:
        before, look = look, min(look + 6 * HOUR_MS, span.end_ms)
        if (later := offset_ms(look, zone)) == offset:
            continue
        change = _first_with_other_offset(before, look, offset, zone)
        if change > start:
            yield Span(start, change), offset
        start, offset = change, later
    if start < span.end_ms:
        yield Span(start, span.end_ms), offset


def _first_with_other_offset(low_ms: int, high_ms: int, offset: int, zone: tzinfo) -> int:
    while high_ms - low_ms > 1:
        middle = (low_ms + high_ms) // 2
        if offset_ms(middle, zone) == offset:
            low_ms = middle
        else:
            high_ms = middle
    return high_ms


def day_start(instant_ms: float, zone: tzinfo) -> int:
    """The first instant of the day that the wall clock shows, also where midnight does not exist."""
    return midnight(wall_clock(instant_ms, zone).date(), zone)


def days_in(span: Span, zone: tzinfo) -> Iterator[tuple[Span, date]]:
    """The wall-clock days that a span touches, whole (23, 24 or 25 hours long), ascending."""
    day = wall_clock(span.start_ms, zone).date()
    start = midnight(day, zone)
    while start < span.end_ms:
        following = day + timedelta(days=1)
        end = midnight(following, zone)
        yield Span(start, end), day
        day, start = following, end


def midnight(day: date, zone: tzinfo) -> int:
    """The first instant of a day, also where the clock skips midnight."""
    return instant_of(datetime(day.year, day.month, day.day, tzinfo=zone))


def _days(span: Span, every: int, zone: tzinfo) -> Iterator[int]:
    day = wall_clock(span.start_ms, zone).date()
    # Weeks begin on Monday, and ordinal 1 was a Monday.
    day += timedelta(days=-(day.toordinal() - 1) % every)
    while (instant := midnight(day, zone)) < span.end_ms:
        if instant >= span.start_ms:
            yield instant
        day += timedelta(days=every)


def _months(span: Span, every: int, zone: tzinfo) -> Iterator[int]:
    begin = wall_clock(span.start_ms, zone)
    index = (begin.year * 12 + begin.month - 1) // every * every
    while (instant := midnight(date(index // 12, index % 12 + 1, 1), zone)) < span.end_ms:
        if instant >= span.start_ms:
            yield instant
        index += every


def _label(instant_ms: int, step: Step, zone: tzinfo) -> str:
    text = step.label(wall_clock(instant_ms, zone))
    if step.ms and step.ms < DAY_MS and is_repeated(instant_ms, zone):
        return left_to_right(f"{text} {offset_text(instant_ms, zone)}")
    return text


@dataclass(frozen=True, slots=True)
class ClockChange:
    """Where the wall clock is put forward or back, and the offsets on both sides in words."""

    instant_ms: int
    before: str
    after: str

    @property
    def label(self) -> str:
        """``+02:00`` to ``+01:00``."""
        return left_to_right(f"{self.before} \N{RIGHTWARDS ARROW} {self.after}")


_LONGEST_FOR_CHANGES_MS = 10 * DAY_MS


def clock_changes(scale: TimeScale, zone: tzinfo) -> list[ClockChange]:
    """The changes in a window, ascending; none in windows in which an hour is no more than a line."""
    if scale.window_ms > _LONGEST_FOR_CHANGES_MS:
        return []
    pieces = [piece for piece, _ in offset_pieces(scale.span, zone)]
    return [
        ClockChange(
            later.start_ms,
            offset_text(later.start_ms - 1, zone),
            offset_text(later.start_ms, zone),
        )
        for later in pieces[1:]
    ]


@dataclass(frozen=True, slots=True)
class Caption:
    """A stretch of the ruler's upper row: a day, a month or a year, and what to write on it."""

    span: Span
    label: str


def captions(scale: TimeScale, zone: tzinfo, char_px: float) -> list[Caption]:
    """What the ticks leave out: the date above times, the year above days and months. Covers the window."""
    step = choose_step(scale, char_px)
    if step.ms and step.ms < DAY_MS:
        return [Caption(span, day_label(day)) for span, day in days_in(scale.span, zone)]
    every = 1 if step.ms else 12
    begin = wall_clock(scale.span.start_ms, zone)
    index = (begin.year * 12 + begin.month - 1) // every * every
    found: list[Caption] = []
    while not found or found[-1].span.end_ms < scale.span.end_ms:
        first, following = (date(i // 12, i % 12 + 1, 1) for i in (index, index + every))
        label = month_label(first) if step.ms else year_label(first)
        found.append(Caption(Span(midnight(first, zone), midnight(following, zone)), label))
        index += every
    return found
