"""The days on which clocks change, from the typed time to the name of the file, in four zones."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from rta_viewer.core.day_totals import month_days
from rta_viewer.core.filenames import default_name, snapshot_name
from rta_viewer.core.moment import Surroundings, parse_moment
from rta_viewer.core.name_times import instant_of_name
from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import (
    HOUR_MS,
    MINUTE_MS,
    TimeScale,
    captions,
    clock_changes,
    day_start,
    is_repeated,
    midnight,
    offset_text,
    ticks,
    wall_clock,
)
from rta_viewer.errors import UsageError


@dataclass(frozen=True)
class Day:
    """A day of a zone; ``odd`` is a wall-clock time that it skips (spring) or shows twice (autumn)."""

    zone_name: str
    day: date
    hours: float
    odd: str = ""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone_name)

    @property
    def span(self) -> Span:
        following = date.fromordinal(self.day.toordinal() + 1)
        return Span(midnight(self.day, self.zone), midnight(following, self.zone))


DAYS = (
    Day("Europe/Copenhagen", date(2025, 3, 30), 23, "02:30"),
    Day("Europe/Copenhagen", date(2025, 10, 26), 25, "02:30"),
    Day("America/New_York", date(2025, 3, 9), 23, "02:30"),
    Day("America/New_York", date(2025, 11, 2), 25, "01:30"),
    Day("Australia/Lord_Howe", date(2025, 10, 5), 23.5, "02:15"),
    Day("Australia/Lord_Howe", date(2025, 4, 6), 24.5, "01:45"),
    Day("Asia/Dubai", date(2025, 3, 30), 24),
    Day("Asia/Dubai", date(2025, 10, 26), 24),
)
days = pytest.mark.parametrize(
    "day", DAYS, ids=[f"{day.zone_name.split('/')[1]}-{day.day}" for day in DAYS]
)
with_change = pytest.mark.parametrize(
    "day", DAYS[:6], ids=[f"{day.zone_name.split('/')[1]}-{day.day}" for day in DAYS[:6]]
)


def typed(day: Day, text: str) -> int:
    now_ms = day.span.end_ms + 12 * HOUR_MS
    return parse_moment(text, Surroundings(day.zone, now_ms, day.span.start_ms)).instant_ms


def quarters(day: Day) -> range:
    return range(day.span.start_ms, day.span.end_ms, 15 * MINUTE_MS)


@days
def test_every_quarter_of_the_day_can_be_typed_or_is_refused_with_what_to_type(day: Day) -> None:
    refused = 0
    for instant_ms in quarters(day):
        at = wall_clock(instant_ms, day.zone)
        try:
            assert typed(day, f"{at:%d/%m/%Y %H:%M}") == instant_ms
        except UsageError as err:
            refused += 1
            offered = [word.rstrip(".") for word in err.hint.split() if word.startswith("20")]
            assert instant_ms in {typed(day, word) for word in offered}
        assert typed(day, f"{at:%Y-%m-%d %H:%M}{at:%z}") == instant_ms
    repeated_ms = max(0.0, day.hours - 24) * HOUR_MS
    assert refused == 2 * repeated_ms / (15 * MINUTE_MS)


@with_change
def test_the_odd_time_is_refused_and_its_choices_are_in_that_day(day: Day) -> None:
    with pytest.raises(UsageError) as caught:
        typed(day, f"{day.day.isoformat()} {day.odd}")
    choices = [word.rstrip(".") for word in caught.value.hint.split() if word.startswith("20")]
    first, second = (typed(day, word) for word in choices)
    assert day.span.contains(first)
    assert day.span.contains(second)
    assert 0 < second - first <= HOUR_MS


@days
@pytest.mark.parametrize("width_px", [1450, 4000])
def test_the_ruler_shows_each_hour_where_it_is(day: Day, width_px: int) -> None:
    """Linear in true time; what occurs twice says which, what does not exist is not there."""
    assert day.span.duration_ms == day.hours * HOUR_MS
    scale = TimeScale.over(day.span, width_px)
    found = [tick for tick in ticks(scale, day.zone, 7.0) if tick.label]
    labels = [tick.label for tick in found]
    told: set[str] = set()
    for tick in found:
        wall = f"{wall_clock(tick.instant_ms, day.zone):%H:%M}"
        offset = offset_text(tick.instant_ms, day.zone)
        twice = is_repeated(tick.instant_ms, day.zone)
        assert tick.label in ({wall, f"{wall} {offset}"} if twice else {wall})
        if tick.label != wall:
            told.add(offset)
    # Both or none: one alone would look like the only one.
    assert len(told) in {0, 2}
    assert all(one.instant_ms < two.instant_ms for one, two in pairwise(found))
    if day.hours == 25:
        assert sum(label[:2] == day.odd[:2] for label in labels) >= 2
    if day.hours < 24:
        assert day.odd not in {label[:5] for label in labels}
    changes = clock_changes(scale, day.zone)
    assert [change.before != change.after for change in changes] == [True] * (day.hours != 24)
    (caption,) = captions(scale, day.zone, 7.0)
    assert caption.span == day.span
    assert len(set(labels)) == len(labels) or day.hours > 24


@days
def test_the_calendars_day_is_as_long_as_it_lasts(day: Day) -> None:
    totals = {each.day: each for each in month_days(day.day.replace(day=1), day.zone)}
    assert totals[day.day].span == day.span
    for instant_ms in quarters(day):
        assert day_start(instant_ms, day.zone) == day.span.start_ms


@days
def test_names_of_files_are_all_different_and_lead_back(day: Day) -> None:
    names: set[str] = set()
    for instant_ms in quarters(day):
        name = default_name("Gate", Span(instant_ms, instant_ms + MINUTE_MS), day.zone, "mp4")
        picture = snapshot_name("Gate", instant_ms + 40, day.zone)
        names |= {name, picture}
        # Read through another zone: the offset in the name counts.
        assert instant_of_name(name, UTC) == instant_ms
        at = datetime.strptime(picture[5:-4], "%Y-%m-%d %H-%M-%S.%f%z")
        assert at.timestamp() * 1000 == instant_ms + 40
    assert len(names) == 2 * len(quarters(day))
