import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.core.spans import Span
from rta_viewer.demo.rest.messages import ApiError
from rta_viewer.demo.rest.times import (
    format_instant,
    next_midnight,
    parse_instant,
    parse_span,
    utc_day,
)

TEN = 1_761_300_000_000


@pytest.mark.parametrize(
    ("text", "instant_ms"),
    [
        ("2025-10-24T10:00:00Z", TEN),
        ("2025-10-24t10:00:00z", TEN),
        ("2025-10-24T12:00:00+02:00", TEN),
        ("2025-10-24T12:00:00 02:00", TEN),
        ("2025-10-24T12:00:00+0200", TEN),
        ("2025-10-24T05:30:00-04:30", TEN),
        ("2025-10-24T10:00:00.25Z", TEN + 250),
        ("2025-10-24T10:00:00,25Z", TEN + 250),
        ("2025-10-24T10:00:00.123999999Z", TEN + 123),
        ("1969-12-31T23:59:59.900Z", -100),
    ],
)
def test_times_in_all_written_forms(text: str, instant_ms: int) -> None:
    assert parse_instant(text, "startTime") == instant_ms


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2025-10-24",
        "2025-10-24T10:00:00",
        "2025-13-24T10:00:00Z",
        "2025-10-24T25:00:00Z",
        "2025-10-24T10:00:60Z",
        "2025-10-24T10:00:00+99:00",
        "0001-01-01T00:00:00+14:00x",
        "٢٠٢٥-10-24T10:00:00Z",
        "2025-10-24T10:00:00Z" * 50,
    ],
)
def test_what_is_no_time_is_refused_by_the_parameters_name(text: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_instant(text, "endTime")
    assert refused.value.status == 400
    assert refused.value.code == "INVALID_REQUEST"
    assert "endTime" in refused.value.message


@given(st.text(max_size=40))
@settings(max_examples=100)
def test_any_text_is_a_time_or_a_refusal(text: str) -> None:
    try:
        parse_instant(text, "startTime")
    except ApiError as err:
        assert err.status == 400  # noqa: PT017 - either outcome is right


@given(st.integers(-60_000_000_000_000, 200_000_000_000_000))
@settings(max_examples=100)
def test_what_is_written_reads_back(instant_ms: int) -> None:
    text = format_instant(instant_ms)
    assert text.endswith("Z")
    assert parse_instant(text, "x") == instant_ms
    read = datetime.datetime.fromisoformat(text)
    assert round(read.timestamp() * 1000) == instant_ms


def test_whole_seconds_are_written_without_a_fraction() -> None:
    assert format_instant(TEN) == "2025-10-24T10:00:00Z"
    assert format_instant(TEN + 7) == "2025-10-24T10:00:00.007Z"


@pytest.mark.parametrize("end", ["2025-10-24T10:00:00Z", "2025-10-24T09:00:00Z"])
def test_a_span_ends_after_it_starts(end: str) -> None:
    with pytest.raises(ApiError, match="after"):
        parse_span("2025-10-24T10:00:00Z", end)
    assert parse_span("2025-10-24T10:00:00Z", "2025-10-24T10:00:01Z") == Span(TEN, TEN + 1000)


def test_days_are_utc_days() -> None:
    midnight = next_midnight(TEN)
    assert format_instant(midnight) == "2025-10-25T00:00:00Z"
    assert next_midnight(midnight) == midnight + 86_400_000
    assert utc_day(midnight - 1) == "2025-10-24"
