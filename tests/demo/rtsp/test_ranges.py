import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.demo.rtsp.ranges import (
    AskedRange,
    RangeError,
    format_clock,
    format_range,
    parse_clock,
    parse_iso,
    parse_range,
)

T = 1_761_300_000_000  # 2025-10-24T10:00:00Z


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("clock=20251024T100000Z-", T, None),
        ("clock=20251024T100000.5Z-20251024T100010.250Z", T + 500, T + 10_250),
        ("clock=20251024T100000.123456789Z-", T + 123.456789, None),
        ("clock=-20251024T100000Z", None, T),
        ("clock=20251024T100000Z-;time=19970123T143720Z", T, None),
        ("npt=1.5-", T + 1500, None),
        ("npt=0-10", T, T + 10_000),
        ("npt=now-", None, None),
        ("npt=00:01:02.5-0:02:00", T + 62_500, T + 120_000),
        ("npt=-20", None, T + 20_000),
    ],
)
def test_reads_ranges(text: str, start: float | None, end: float | None) -> None:
    found = parse_range(text, T)
    assert found.start_ms == (pytest.approx(start) if start is not None else None)
    assert found.end_ms == (pytest.approx(end) if end is not None else None)
    assert found.unit == text.partition("=")[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "clock",
        "clock=",
        "clock=-",
        "npt=5",
        "smpte=10:07:00-",
        "clock=20251324T100000Z-",
        "clock=20251024T100000-",
        "npt=abc-",
        "npt=1e5-",
        "npt=nan-",
        "npt=99999999999-",
        "bytes=0-1",
    ],
)
def test_refuses_what_is_no_range(text: str) -> None:
    with pytest.raises(RangeError):
        parse_range(text, T)


@given(st.text(max_size=40))
def test_any_text_is_a_range_or_refused(text: str) -> None:
    for prefix in ("", "clock=", "npt="):
        try:
            parse_range(prefix + text, T)
        except RangeError:
            continue


@given(st.integers(0, 4_000_000_000_000))
def test_clock_times_survive_a_round_trip(instant_ms: int) -> None:
    assert parse_clock(format_clock(instant_ms)) == pytest.approx(instant_ms, abs=0.001)


def test_seconds_since_1900_are_recognised_and_answered_in_kind() -> None:
    asked = parse_range("npt=3970288800.5-", 5.0)
    assert asked == AskedRange("npt-1900", T + 500, None)
    assert format_range("npt-1900", T + 500, None, 5.0) == "npt=3970288800.500-"


def test_npt_is_never_negative() -> None:
    assert format_range("npt", T - 700, T + 1500, T) == "npt=0.000-1.500"


@pytest.mark.parametrize(
    "text",
    [
        "2025-10-24T10:00:00Z",
        "20251024T100000Z",
        "2025-10-24T12:00:00+02:00",
        "2025-10-24T05:30:00-04:30",
        "2025-10-24T10:00:00.000Z",
        "20251024t100000z",
    ],
)
def test_reads_times_of_urls(text: str) -> None:
    assert parse_iso(text) == T


@pytest.mark.parametrize("text", ["2025-10-24T10:00:00", "yesterday", "2025-02-30T10:00:00Z", ""])
def test_refuses_times_without_a_zone_or_a_day(text: str) -> None:
    with pytest.raises(RangeError):
        parse_iso(text)
