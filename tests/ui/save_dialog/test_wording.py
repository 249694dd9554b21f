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
