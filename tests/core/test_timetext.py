import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core import timetext
from rta_viewer.core.timescale import is_repeated
from rta_viewer.core.timetext import format_instant, iso_utc, parse_instant
from rta_viewer.errors import UsageError

NOON_MS = 1_761_300_000_000  # 2025-10-24T10:00:00Z
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
DUBAI = ZoneInfo("Asia/Dubai")
ZONES = [COPENHAGEN, NEW_YORK, LORD_HOWE, DUBAI]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-10-24T10:00:00Z", NOON_MS),
        ("2025-10-24t10:00:00z", NOON_MS),
        ("2025-10-24 10:00Z", NOON_MS),
        ("20251024T100000Z", NOON_MS),
        ("2025-10-24T12:00:00+02:00", NOON_MS),
        ("2025-10-24 12:00:00 +0200", NOON_MS),
        ("2025-10-24T12+02", None),
        ("2025-10-24T06:30:00-03:30", NOON_MS),
        ("2025-10-24T10:00:00.25Z", NOON_MS + 250),
        ("2025-10-24T10:00:00,0009999Z", NOON_MS),
        ("2025-10-24Z", NOON_MS - 36_000_000),
        ("2025-10-24T24:00Z", NOON_MS + 14 * 3_600_000),
        ("2025-10-24T24:00:00+02:00", NOON_MS + 12 * 3_600_000),
    ],
)
def test_iso_8601_is_read(text: str, expected: int | None) -> None:
    if expected is None:
        with pytest.raises(UsageError):
            parse_instant(text)
    else:
        assert parse_instant(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2025-13-01",
        "2025-02-30T10:00Z",
        "2025-10-24T25:00Z",
        "2025-10-24T24:01Z",
        "2025-10-24T24:00:00.5Z",
        "2025-10-24T10:00:60Z",
        "2025-10-24T10:00+25:00",
        "1761300000",
        "٢٠٢٥-10-24",
        "2025-10-24T10:00Z" + " " * 99,
        "0001-01-01T00:00+05:00",
        "2025-10-24T10:00:00Zulu",
    ],
)
def test_nonsense_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_instant(text, COPENHAGEN)
    assert "2025-10-24T10:00:00Z" in caught.value.hint


def test_a_time_without_offset_is_of_the_given_zone() -> None:
    assert parse_instant("2025-10-24 12:00", COPENHAGEN) == NOON_MS
    assert parse_instant("2025-10-24 14:00", DUBAI) == NOON_MS
    assert parse_instant("2025-10-24", DUBAI) == NOON_MS - 14 * 3_600_000


@pytest.mark.parametrize(
    ("zone", "text", "first", "second"),
    [
        (COPENHAGEN, "2025-10-26 02:30", "02:30:00+02:00", "02:30:00+01:00"),
        (NEW_YORK, "2025-11-02 01:30", "01:30:00-04:00", "01:30:00-05:00"),
        (LORD_HOWE, "2025-04-06 01:45", "01:45:00+11:00", "01:45:00+10:30"),
    ],
)
def test_a_time_that_happens_twice_is_refused_with_both(
    zone: ZoneInfo, text: str, first: str, second: str
) -> None:
    with pytest.raises(UsageError, match="happens twice") as caught:
        parse_instant(text, zone)
    assert first in caught.value.hint
    assert second in caught.value.hint
    assert caught.value.hint.index(first) < caught.value.hint.index(second)


@pytest.mark.parametrize(
    ("zone", "text", "before", "after"),
    [
        (COPENHAGEN, "2025-03-30 02:30", "01:30:00+01:00", "03:30:00+02:00"),
        (NEW_YORK, "2025-03-09 02:30", "01:30:00-05:00", "03:30:00-04:00"),
        (LORD_HOWE, "2025-10-05 02:15", "01:45:00+10:30", "02:45:00+11:00"),
    ],
)
def test_a_time_that_is_skipped_is_refused_with_its_neighbours(
    zone: ZoneInfo, text: str, before: str, after: str
) -> None:
    with pytest.raises(UsageError, match="does not exist") as caught:
        parse_instant(text, zone)
    assert before in caught.value.hint
    assert after in caught.value.hint


@pytest.fixture
def copenhagen_computer(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("this system cannot change a process's zone")
    monkeypatch.setenv("TZ", "Europe/Copenhagen")
    time.tzset()
    yield
    os.environ.pop("TZ")
    time.tzset()


@pytest.mark.usefixtures("copenhagen_computer")
def test_without_a_zone_it_is_this_computers() -> None:
    assert parse_instant("2025-10-24 12:00") == NOON_MS
    assert format_instant(NOON_MS) == "2025-10-24 12:00:00 +02:00"
    with pytest.raises(UsageError, match="happens twice in this computer's time zone"):
        parse_instant("2025-10-26 02:30")
    with pytest.raises(UsageError, match="does not exist"):
        parse_instant("2025-03-30 02:30")


def test_people_read_the_offset() -> None:
    assert format_instant(NOON_MS, COPENHAGEN) == "2025-10-24 12:00:00 +02:00"
    assert format_instant(NOON_MS + 7, NEW_YORK, milliseconds=True) == (
        "2025-10-24 06:00:00.007 -04:00"
    )
    assert iso_utc(NOON_MS + 40.9) == "2025-10-24T10:00:00.040Z"


def test_durations() -> None:
    assert timetext.format_duration(42_999) == "0:42"
    assert timetext.format_duration(725_000) == "12:05"
    assert timetext.format_duration(10_800_000) == "3:00:00"


def test_zones_are_found_by_their_names() -> None:
    assert timetext.find_zone("Asia/Dubai") == DUBAI
    for name in ("Mars/Base", "", "../etc/passwd", "\0", "Europe"):
        with pytest.raises(UsageError, match="no time zone"):
            timetext.find_zone(name)


INSTANTS = st.integers(min_value=0, max_value=4_102_444_800_000)


@given(INSTANTS, st.sampled_from(ZONES))
def test_what_is_written_is_read_back(instant_ms: int, zone: ZoneInfo) -> None:
    assert parse_instant(iso_utc(instant_ms)) == instant_ms
    assert parse_instant(format_instant(instant_ms, zone, milliseconds=True)) == instant_ms


@given(INSTANTS, st.sampled_from(ZONES))
def test_a_local_time_is_read_back_or_refused_as_repeated(instant_ms: int, zone: ZoneInfo) -> None:
    local = (EPOCH + timedelta(milliseconds=instant_ms)).astimezone(zone)
    text = local.replace(tzinfo=None).isoformat(sep=" ", timespec="milliseconds")
    if is_repeated(instant_ms, zone):
        with pytest.raises(UsageError, match="happens twice"):
            parse_instant(text, zone)
    else:
        assert parse_instant(text, zone) == instant_ms


@given(st.integers(0, 24 * 4 - 1), st.sampled_from(["2025-10-26", "2025-03-30"]))
def test_each_quarter_of_a_clock_change_day_is_one_instant_or_refused(
    quarter: int, day: str
) -> None:
    text = f"{day} {quarter // 4:02d}:{quarter % 4 * 15:02d}"
    changing = 8 <= quarter < 12
    if changing:
        with pytest.raises(UsageError):
            parse_instant(text, COPENHAGEN)
    else:
        assert format_instant(parse_instant(text, COPENHAGEN), COPENHAGEN).startswith(text)


@given(st.text(max_size=80))
def test_any_text_is_a_time_or_a_usage_error(text: str) -> None:
    try:
        parse_instant(text, LORD_HOWE)
    except UsageError:
        return
