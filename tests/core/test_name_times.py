from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.core.name_times import instant_of_name, instant_of_text

TEN = 1_761_300_000_000  # 2025-10-24T10:00:00Z


@pytest.mark.parametrize(
    "name",
    [
        "2025-10-24T10-00-00Z",
        "2025-10-24T100000Z",
        "20251024_100000",
        "20251024T100000Z",
        "2025-10-24_10-00-00",
        "2025-10-24 10.00.00",
        "2025-10-24T10_00_00",
        "2025-10-24 10h00m00s",
        "20251024100000",
        "20251024-100000",
        "Dock 3_20251024_100000_part2",
        "cam1-2025-10-24T10-00-00Z-0001",
        "2025-10-24T14-00-00+0400",
        "2025-10-24T14-00-00+04-00",
        "2025-10-24T14:00:00+04:00",
        "2025-10-24T08-30-00-0130",
        "20251024_100000-101500",
        "2025-10-24_10-00-00_10-15-00",
        "99999999_999999 20251024_100000",
        "2025-10-24T10-00-00Z_C07",
    ],
)
def test_names_of_recorders(name: str) -> None:
    assert instant_of_name(name) == TEN


def test_fractions() -> None:
    assert instant_of_name("2025-10-24T10-00-00.250Z") == TEN + 250
    assert instant_of_name("20251024_100000,5") == TEN + 500


@pytest.mark.parametrize(
    "name",
    [
        "",
        "clip",
        "2025-10-24",
        "20251324_100000",
        "20251024_250000",
        "123456789012345678",
        "2025-10-24T10-00",
        "recording 7",
    ],
)
def test_names_without_a_time(name: str) -> None:
    assert instant_of_name(name) is None


@settings(max_examples=100)
@given(st.text(max_size=40))
def test_no_name_is_an_error(name: str) -> None:
    instant_of_name(name)
    instant_of_text(name)


@settings(max_examples=100)
@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31)),  # noqa: DTZ001 - hypothesis adds the zone
    st.sampled_from([-720, -210, 0, 60, 330, 345, 840]),
    st.sampled_from(["%Y-%m-%dT%H-%M-%S", "%Y%m%d_%H%M%S", "%Y%m%dT%H%M%S"]),
)
def test_every_time_with_an_offset_is_read(moment: datetime, minutes: int, pattern: str) -> None:
    aware = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    assert instant_of_name(aware.strftime(pattern + "%z")) == aware.timestamp() * 1000
    utc = moment.replace(microsecond=0, tzinfo=UTC)
    assert instant_of_name("x " + utc.strftime(pattern + "Z")) == utc.timestamp() * 1000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-10-24T10:00:00.000000Z", TEN),
        ("2025-10-24T14:00:00+04:00", TEN),
        ("2025-10-24 10:00:00", TEN),
        ("1904-01-01T00:00:00.000000Z", None),
        ("1970-01-01T00:00:00.000000Z", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_creation_times(text: str, expected: int | None) -> None:
    assert instant_of_text(text) == expected
