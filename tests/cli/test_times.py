"""The zone of names where no ``--tz`` was given: this computer's, with its clock changes."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from rta_viewer.cli.times import naming_zone
from rta_viewer.core.filenames import default_name
from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import instant_of, wall_clock

QUARTER_MS = 900_000


@pytest.fixture(
    params=[
        ("Europe/Berlin", "2025-10-26T01:00Z"),
        ("Europe/Berlin", "2025-03-30T01:00Z"),
        ("America/St_Johns", "2025-11-02T04:30Z"),
        ("Pacific/Chatham", "2025-04-05T14:00Z"),
        ("Antarctica/Troll", "2025-10-26T01:00Z"),
        ("Pacific/Apia", "2011-12-30T10:00Z"),
    ],
    ids=lambda param: "-".join(param).replace("/", "-"),
)
def change(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[ZoneInfo, int]]:
    """A clock change of this computer's zone."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of this computer cannot be set for one process")
    name, at = request.param
    monkeypatch.setenv("TZ", name)
    time.tzset()
    yield ZoneInfo(name), instant_of(datetime.fromisoformat(at))
    os.environ.pop("TZ")
    time.tzset()


def test_a_zone_that_was_named_counts() -> None:
    assert naming_zone(UTC) is UTC


def test_names_on_both_sides_of_a_clock_change_are_those_of_the_named_zone(
    change: tuple[ZoneInfo, int],
) -> None:
    named, at_ms = change
    here = naming_zone(None)
    for start_ms in range(at_ms - 12 * QUARTER_MS, at_ms + 12 * QUARTER_MS, QUARTER_MS):
        span = Span(start_ms, start_ms + 8 * QUARTER_MS)
        assert default_name("Gate", span, here, "mp4") == default_name("Gate", span, named, "mp4")
        assert instant_of(wall_clock(start_ms, here)) == start_ms
