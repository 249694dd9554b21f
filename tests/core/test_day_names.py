from datetime import UTC, date

import pytest

from rta_viewer.core import day_names
from rta_viewer.core.day_names import ENGLISH, DayNames, day_label, month_label, short_day
from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import DAY_MS, TimeScale, captions, ticks

_LONG = DayNames(
    *(
        tuple(f"{name} by another name" for name in names)
        for names in (
            ENGLISH.weekdays,
            ENGLISH.short_weekdays,
            ENGLISH.narrow_weekdays,
            ENGLISH.months,
            ENGLISH.short_months,
        )
    )
)
_DAY = date(2025, 10, 24)


@pytest.fixture
def other_names():
    day_names.use(_LONG)
    yield
    day_names.use(None)


def test_english_names() -> None:
    assert day_label(_DAY) == "Friday 24 October 2025"
    assert short_day(_DAY) == "Fri 24 Oct"
    assert month_label(_DAY) == "October 2025"


@pytest.mark.usefixtures("other_names")
def test_the_names_in_use_are_said_on_the_ruler() -> None:
    scale = TimeScale.over(Span(1_761_264_000_000, 1_761_264_000_000 + 4 * DAY_MS), 900)
    shown = [tick.label for tick in ticks(scale, UTC, 6.0) if tick.label]
    assert shown
    fortnight = TimeScale.over(Span(scale.span.start_ms, scale.span.start_ms + 28 * DAY_MS), 1400)
    assert all("by another name" in tick.label for tick in ticks(fortnight, UTC, 6.0) if tick.label)
    assert "October by another name" in captions(fortnight, UTC, 6.0)[0].label


@pytest.mark.usefixtures("other_names")
def test_longer_names_stand_farther_apart() -> None:
    scale = TimeScale.over(Span(1_761_264_000_000, 1_761_264_000_000 + 90 * DAY_MS), 1400)
    with_long = [tick.instant_ms for tick in ticks(scale, UTC, 6.0) if tick.label]
    day_names.use(None)
    with_short = [tick.instant_ms for tick in ticks(scale, UTC, 6.0) if tick.label]
    assert len(with_long) < len(with_short)
