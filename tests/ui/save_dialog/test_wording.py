from zoneinfo import ZoneInfo

import pytest

from rta_viewer.core.model import Availability, Gap, Recording
from rta_viewer.core.spans import Span
from rta_viewer.ui.save_dialog.wording import coverage_long, coverage_short
from tests.helpers.ui_world import HOUR_MS, NOW_MS

ZONE = ZoneInfo("Europe/Copenhagen")
DAY = Span(NOW_MS, NOW_MS + 24 * HOUR_MS)


@pytest.mark.parametrize(
    ("recorded_ms", "percent"),
    [(1_000, 1), (12 * HOUR_MS, 50), (DAY.duration_ms - 1_000, 99)],
)
def test_a_little_is_not_nothing_and_nearly_all_is_not_all(recorded_ms: int, percent: int) -> None:
    end_ms = NOW_MS + recorded_ms
    gap = Gap(Span(end_ms, DAY.end_ms), "camera_offline")
    found = Availability("1", DAY, (Recording(Span(NOW_MS, end_ms)),), (gap,))
    assert coverage_short(found) == f"{percent} %, 1 gap"
    assert f"{percent} % recorded" in coverage_long("Gate", found, ZONE)


def test_a_gap_of_a_whole_day_does_not_look_like_nothing() -> None:
    # 24 October 2025 in Copenhagen.
    day = Span(NOW_MS - 12 * HOUR_MS, NOW_MS + 12 * HOUR_MS)
    found = Availability("1", day, (), (Gap(day, "camera_offline"),))
    said = coverage_long("Gate", found, ZONE)
    assert "(2025-10-24 00:00:00 \N{EN DASH} 2025-10-25 00:00:00 camera offline)" in said
