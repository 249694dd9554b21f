import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QLocale, QTimeZone
from PySide6.QtWidgets import QApplication

from rta_viewer.core.day_names import day_label
from rta_viewer.core.moment import in_words
from rta_viewer.core.texts import LEFT_TO_RIGHT_OVERRIDE, POP_FORMATTING, plain
from rta_viewer.core.timescale import instant_of
from rta_viewer.errors import UsageError
from rta_viewer.qt.language import speak
from rta_viewer.ui import times

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def at(*parts: int) -> int:
    return instant_of(datetime(*parts, tzinfo=UTC))


TEN = at(2025, 10, 24, 10)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2025-10-24 12:00:00", TEN),
        (" 2025-10-24T12:00 ", TEN),
        ("2025-10-24T10:00:00Z", TEN),
        ("2025-10-24 10:00:00 UTC", TEN),
        ("2025-10-24T12:00:00.250+02:00", TEN + 250),
        ("2025-10-24 05:30:00-0430", TEN),
        ("2025-10-26 02:30:00 +02:00", at(2025, 10, 26, 0, 30)),
        ("2025-10-26 02:30:00 +01:00", at(2025, 10, 26, 1, 30)),
    ],
)
def test_what_people_write(text: str, instant: int) -> None:
    assert times.parse(text, COPENHAGEN) == instant


@pytest.mark.parametrize(
    "text",
    ["", "now", "2025-13-01 10:00", "2025-10-24 25:00", "2025-03-30 02:30",
     "2025-10-26 02:30",
     "2025-10-24 10:00+99:00", "10:00"],
)  # fmt: skip
def test_what_is_refused_says_what_to_write(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        times.parse(text, COPENHAGEN)
    assert caught.value.hint


@given(
    st.integers(at(2000, 1, 1), at(2080, 1, 1)),
    st.sampled_from([UTC, COPENHAGEN, ZoneInfo("Australia/Lord_Howe")]),
)
def test_what_is_shown_with_its_zone_reads_back(instant: int, zone: ZoneInfo) -> None:
    assert times.parse(times.format_with_zone(instant, zone, fraction=True), zone) == instant


def test_wording() -> None:
    assert times.format_with_zone(TEN, COPENHAGEN) == "2025-10-24 12:00:00 +02:00"
    assert times.format_with_zone(TEN, UTC) == "2025-10-24 10:00:00 UTC"
    assert times.format_instant(TEN - 0.0001, UTC, fraction=True) == "2025-10-24 10:00:00.000"
    assert times.format_time(at(2025, 10, 26, 1, 30), COPENHAGEN) == "02:30:00 +01:00"
    assert times.format_span(TEN, TEN + 300_000, UTC) == "2025-10-24 10:00:00 \N{EN DASH} 10:05:00"
    assert times.format_span(TEN, TEN + 86_400_000, UTC).endswith("2025-10-25 10:00:00")
    assert times.zone_name(COPENHAGEN) == "Europe/Copenhagen"
    assert times.local_zone().utcoffset(datetime.now(UTC)) is not None


def test_a_zone_without_an_iana_name_has_its_clock_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(time, "tzset"):
        pytest.skip("this system cannot change a process's zone")
    name = "CET-1CEST,M3.5.0,M10.5.0/3"
    monkeypatch.setenv("TZ", name)
    monkeypatch.setattr(QTimeZone, "systemTimeZoneId", lambda: QByteArray(name.encode()))
    time.tzset()
    times.local_zone.cache_clear()
    try:
        zone = times.local_zone()
        for hour in range(24):
            for instant in (at(2025, 10, 26, hour), at(2025, 3, 30, hour), at(2025, 7, 1, hour)):
                said = times.format_with_zone(instant, zone)
                assert said == times.format_with_zone(instant, COPENHAGEN)
                assert times.parse(said, zone) == instant
        assert times.zone_name(zone) == "this computer's time zone"
    finally:
        os.environ.pop("TZ")
        time.tzset()
        times.local_zone.cache_clear()


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ((0, 30), (2, 10), "2025-10-26 02:30:00 +02:00 \N{EN DASH} 03:10:00"),
        ((1, 30), (2, 10), "2025-10-26 02:30:00 +01:00 \N{EN DASH} 03:10:00"),
        ((0, 59), (1, 1), "2025-10-26 02:59:00 +02:00 \N{EN DASH} 02:01:00 +01:00"),
        ((-2, 0), (1, 30), "2025-10-25 00:00:00 \N{EN DASH} 2025-10-26 02:30:00 +01:00"),
    ],
)
def test_no_end_of_a_span_is_in_doubt(
    start: tuple[int, int], end: tuple[int, int], text: str
) -> None:
    start_ms = at(2025, 10, 26, *start) if start[0] >= 0 else at(2025, 10, 24, 22)
    assert times.format_span(start_ms, at(2025, 10, 26, *end), COPENHAGEN) == text


@pytest.mark.parametrize(
    ("duration_ms", "text"),
    [(400, "0.4 s"), (12_000, "12 s"), (300_000, "5 min 00 s"), (7_500_000, "2 h 05 min"),
     (3 * 86_400_000 + 4 * 3_600_000, "3 d 4 h")],
)  # fmt: skip
def test_durations(duration_ms: int, text: str) -> None:
    assert times.format_duration(duration_ms) == text


def test_sizes() -> None:
    assert [times.format_bytes(size) for size in (512, 2_000, 1_440_000, 2_050_000_000, 6.048e13)] == [
        "512 B", "2 kB", "1.4 MB", "2.05 GB", "60.48 TB",
    ]  # fmt: skip


@pytest.fixture
def egypt(qapp: QApplication) -> Iterator[None]:
    speak(qapp, QLocale("ar_EG"))
    yield
    speak(qapp, QLocale("en_US"))


@pytest.mark.usefixtures("egypt")
def test_the_screen_has_the_digits_of_the_language_and_fields_have_ascii() -> None:
    shown = times.format_with_zone(TEN, COPENHAGEN)
    assert "\u0662\u0660\u0662\u0665-\u0661\u0660-\u0662\u0664" in shown
    assert (shown[0], shown[-1]) == (LEFT_TO_RIGHT_OVERRIDE, POP_FORMATTING)
    assert times.parse(shown, COPENHAGEN) == TEN
    assert times.typed_with_zone(TEN, COPENHAGEN) == "2025-10-24 12:00:00 +02:00"


@pytest.mark.usefixtures("egypt")
def test_a_sentence_of_the_engine_is_worded_in_the_zone_and_the_digits() -> None:
    said = times.in_zone("No footage at 2025-10-24 10:00:00 UTC.", COPENHAGEN)
    assert plain(said) == "No footage at 2025-10-24 12:00:00 +02:00."
    assert said != plain(said)


@pytest.mark.usefixtures("egypt")
def test_units_and_names_are_arabic() -> None:
    assert plain(times.format_duration(65_000)) == "1 د 05 ث"
    assert "الجمعة" in day_label(date(2025, 10, 24))
    assert plain(in_words(TEN, COPENHAGEN)).endswith("12:00:00 +02:00")
