import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.media.rtsp.time_range import (
    ClockRange,
    NptRange,
    clock_range_text,
    clock_text,
    npt_range_text,
    parse_clock,
    parse_range,
)

AT_MS = 1_761_300_000_000  # 2025-10-24T10:00:00Z


def test_writes_what_rfc_2326_shows() -> None:
    assert clock_text(AT_MS + 7) == "20251024T100000.007Z"
    assert clock_range_text(AT_MS, None) == "clock=20251024T100000.000Z-"
    assert npt_range_text(1.5, 3) == "npt=1.500-3.000"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("clock=20251024T100000Z-", ClockRange(AT_MS, None)),
        ("clock=20251024T100000.25Z-20251024T100001Z", ClockRange(AT_MS + 250, AT_MS + 1000)),
        ("clock=20251024T100000.123456789Z-", ClockRange(AT_MS + 123.456789, None)),
        ("CLOCK = 2025-10-24T10:00:00Z-2025-10-24T10:00:01Z", ClockRange(AT_MS, AT_MS + 1000)),
        ("clock=20251024T100000-", ClockRange(AT_MS, None)),
        ("npt=0-", NptRange(0, None)),
        ("npt=now-60", NptRange(None, 60)),
        ("npt=12.5-20;time=x", NptRange(12.5, 20)),
        ("npt=1:02:03.5-", NptRange(3723.5, None)),
        ("npt=-5", NptRange(None, 5)),
        ("npt=5", None),
        ("smpte=0:0:0-", None),
        ("clock=20251324T100000Z-", None),
        ("clock=", None),
        ("", None),
    ],
)
def test_reads_what_servers_write(text: str, expected: object) -> None:
    found = parse_range(text)
    if isinstance(found, ClockRange) and isinstance(expected, ClockRange):
        assert found.start_ms == pytest.approx(expected.start_ms, abs=0.001)
        assert found.end_ms == expected.end_ms
    else:
        assert found == expected


def test_a_leap_second() -> None:
    assert parse_clock("20161231T235960Z") == parse_clock("20170101T000000Z")


@given(st.integers(0, 4_000_000_000_000))
def test_what_is_written_is_read(instant_ms: int) -> None:
    found = parse_range(clock_range_text(instant_ms, instant_ms + 1))
    assert isinstance(found, ClockRange)
    assert found.start_ms == pytest.approx(instant_ms, abs=0.01)
    assert found.end_ms == pytest.approx(instant_ms + 1, abs=0.01)


@given(st.one_of(st.text(max_size=60), st.from_regex(r"(clock|npt)=[0-9TZ:.\-]{0,40}")))
def test_any_text_is_read_or_refused(text: str) -> None:
    parse_range(text)
    parse_clock(text)
