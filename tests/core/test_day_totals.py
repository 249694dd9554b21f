from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from rta_viewer.core.day_totals import day_totals, following_month, month_days
from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import DAY_MS, HOUR_MS


@pytest.mark.parametrize(
    ("zone", "first", "odd_days"),
    [
        ("Europe/Copenhagen", date(2025, 3, 1), {30: 23}),
        ("Europe/Copenhagen", date(2025, 10, 1), {26: 25}),
        ("America/New_York", date(2025, 3, 1), {9: 23}),
        ("America/New_York", date(2025, 11, 1), {2: 25}),
        ("Australia/Lord_Howe", date(2025, 10, 1), {5: 23.5}),
        ("Australia/Lord_Howe", date(2025, 4, 1), {6: 24.5}),
        ("Asia/Dubai", date(2025, 3, 1), {}),
        ("Asia/Dubai", date(2025, 10, 1), {}),
        # The clock is put forward at midnight there: the day begins at one.
        ("Africa/Cairo", date(2025, 4, 1), {25: 23}),
    ],
)
def test_days_are_as_long_as_they_last(zone: str, first: date, odd_days: dict[int, float]) -> None:
    days = month_days(first, ZoneInfo(zone))
    assert [day.day.day for day in days] == list(range(1, len(days) + 1))
    assert following_month(first).toordinal() - first.toordinal() == len(days)
    for one, two in pairwise(days):
        assert one.span.end_ms == two.span.start_ms
    lengths = {day.day.day: day.span.duration_ms / HOUR_MS for day in days}
    assert {number: hours for number, hours in lengths.items() if hours != 24} == odd_days


def test_footage_is_counted_on_the_day_of_the_zone() -> None:
    """23:00 to 01:00 in Copenhagen lies on two days there, and on one in UTC."""
    zone = ZoneInfo("Europe/Copenhagen")
    days = month_days(date(2025, 10, 1), zone)
    midnight = days[9].span.start_ms
    footage = [Span(midnight - HOUR_MS, midnight + HOUR_MS)]
    totals = day_totals(days, footage)
    counted = {each.day.day: each.recorded_ms for each in totals if each.recorded_ms}
    assert counted == {9: HOUR_MS, 10: HOUR_MS}
    assert totals[9].first_ms == midnight
    assert totals[8].first_ms == midnight - HOUR_MS
    whole = day_totals(days, [Span(days[0].span.start_ms - DAY_MS, days[-1].span.end_ms)])
    assert {each.share for each in whole} == {1.0}
    assert whole[25].recorded_ms == 25 * HOUR_MS
