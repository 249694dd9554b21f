from zoneinfo import ZoneInfo

import pytest

from rta_viewer.core.moment import Surroundings
from rta_viewer.core.spans import Span
from rta_viewer.core.time_range import parse_end, parse_range, split_range
from rta_viewer.errors import UsageError

NOON_MS = 1_761_300_000_000
"""2025-10-24, 12:00 in Copenhagen."""

MINUTE_MS = 60_000
AROUND = Surroundings(ZoneInfo("Europe/Copenhagen"), NOON_MS + 999_999, NOON_MS)


@pytest.mark.parametrize(
    "text",
    [
        "12:00 - 12:15",
        "12:00 \N{EN DASH} 12:15",
        "12:00 to 12:15:00",
        "24/10/2025 12:00 until 12:15",
        "2025-10-24T10:00:00Z/2025-10-24T10:15:00Z",
        "2025-10-24 12:00:00.000\t2025-10-24 12:15:00",
        "2025-10-24 12:00 +02:00\n2025-10-24 12:15 +02:00",
        "12:00 .. +15m",
        "  12:00 \N{RIGHTWARDS ARROW} 12:15 ",
        "12:00-12:15",
        "12:00\N{EN DASH}12:15",
        "12:00:00.000\N{EM DASH}12:15:00",
        "12pm-12.15pm",
        "24/10/2025 12:00-12:15",
        "24-10-2025 12:00-24-10-2025 12:15",
        "2025-10-24 12:00-12:15",
        "2025-10-24T12:00-12:15",
        "2025-10-24 12:00:00-2025-10-24 12:15:00",
        "10:00-10:15 UTC",
        "from 12:00 to 12:15",
        "Between 12:00 and 12:15",
        "من 12:00 إلى 12:15",
        "2025-10-24 12:00:00,2025-10-24 12:15:00",
        '"2025-10-24 12:00:00", "2025-10-24 12:15:00"',
        "2025-10-24T10:00:00Z | 2025-10-24T10:15:00Z",
    ],
)
def test_ranges_are_understood_however_they_are_written(text: str) -> None:
    assert parse_range(text, AROUND) == Span(NOON_MS, NOON_MS + 15 * MINUTE_MS)


@pytest.mark.parametrize(
    "text",
    [
        "12:00",
        "24-10-2025 12:00",
        "10-10-2025",
        "-30m",
        "2025-10-24T12:00+02:00",
        "2025-10-24T12:00-02:00",
        "2025-10-24T12:00:00.5-0230",
        "2025-10-24 12:00:00-05:00",
        "2025-10-24 12:00 -05:00",
        "",
    ],
)
def test_a_single_time_is_no_range(text: str) -> None:
    assert split_range(text) is None
    with pytest.raises(UsageError, match="not a range"):
        parse_range(text, AROUND)


def test_an_end_before_the_start_is_no_offset() -> None:
    """As one, 10:00-09:30 would be another moment without a word."""
    assert split_range("10:00-09:30") == ("10:00", "09:30")
    with pytest.raises(UsageError, match="not after the start"):
        parse_range("2025-10-24 10:00-05:00", AROUND)


def test_utc_behind_the_second_half_is_said_of_both() -> None:
    assert split_range("10:00-10:15 UTC") == ("10:00 UTC", "10:15 UTC")
    assert split_range("10:00Z-10:15Z") == ("10:00Z", "10:15Z")
    assert split_range("10:00+02:00 - 10:15 UTC") == ("10:00+02:00", "10:15 UTC")
    assert split_range("-30m to 10:15 UTC") == ("-30m", "10:15 UTC")
    assert split_range("24/10/2025 10:00 - 10:15 gmt") == ("24/10/2025 10:00 gmt", "10:15 gmt")


@pytest.mark.parametrize(
    "text",
    [
        "12:00 - 12:15 20/10/2025",
        "12:00 - 12:15, 20 Oct 2025",
        "from 12:00 to 12:15 on 20/10/2025",
        "12:00 pm - 12:15 pm 10/20/2025",
        "10:00 - 10:15 2025-10-20 UTC",
        "10:00 UTC - 10:15 UTC 2025-10-20",
        "12:00 - 12:15 monday",
    ],
)
def test_a_day_behind_the_second_half_is_said_of_both(text: str) -> None:
    start_ms = NOON_MS - 4 * 86_400_000
    assert parse_range(text, AROUND) == Span(start_ms, start_ms + 15 * MINUTE_MS)


def test_a_day_before_the_first_half_is_not_the_seconds() -> None:
    halves = ("23/10/2025 10:00", "10:15 24/10/2025")
    assert split_range(" - ".join(halves)) == halves
    assert split_range("10:00 - 10:15 +02:00") == ("10:00", "10:15 +02:00")


def test_the_end_is_of_the_starts_day_and_after_it() -> None:
    start_ms = NOON_MS - 86_400_000
    assert parse_end("12:15", start_ms, AROUND).instant_ms == start_ms + 15 * MINUTE_MS
    later = parse_end("+90 s", start_ms, AROUND)
    assert (later.instant_ms, later.relation) == (start_ms + 90_000, "90 s after the start")
    for text in ("11:00", "12:00", "-5m"):
        with pytest.raises(UsageError, match="not after"):
            parse_end(text, start_ms, AROUND)


def test_a_range_over_the_repeated_hour_keeps_its_offsets() -> None:
    found = parse_range("2025-10-26 02:30 +02:00 - 2025-10-26 02:30 +01:00", AROUND)
    assert found.duration_ms == 60 * MINUTE_MS
