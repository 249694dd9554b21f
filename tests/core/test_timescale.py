from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import (
    DAY_MS,
    HOUR_MS,
    MAX_WINDOW_MS,
    MIN_WINDOW_MS,
    STEPS,
    TimeScale,
    captions,
    choose_step,
    day_start,
    days_in,
    instant_of,
    is_repeated,
    offset_pieces,
    offset_text,
    tick_instants,
    ticks,
    wall_clock,
)

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
ZONES = [
    UTC,
    COPENHAGEN,
    ZoneInfo("America/New_York"),
    ZoneInfo("Australia/Lord_Howe"),
    ZoneInfo("Asia/Dubai"),
    ZoneInfo("Asia/Kolkata"),
    ZoneInfo("Africa/Cairo"),
]
CHAR_PX = 7.0


def at(*parts: int) -> int:
    return instant_of(datetime(*parts, tzinfo=UTC))


scales = st.builds(
    lambda start, window, width: TimeScale.over(Span(start, start + window), width),
    st.integers(at(2001, 1, 1), at(2090, 1, 1)),
    st.integers(MIN_WINDOW_MS, MAX_WINDOW_MS),
    st.integers(200, 3840),
)


@given(scales, st.floats(0, 1))
def test_a_pixel_leads_to_its_instant_and_back(scale: TimeScale, share: float) -> None:
    x = share * scale.width_px
    assert scale.x_of(scale.instant_at(x)) == pytest.approx(x, abs=0.51 / scale.ms_per_px + 1e-3)
    instant = scale.instant_at(x)
    assert abs(scale.instant_at(scale.x_of(instant)) - instant) <= 1


@given(scales, st.floats(0.001, 1000), st.floats(0, 1))
def test_zooming_keeps_the_instant_under_the_pointer(
    scale: TimeScale, factor: float, share: float
) -> None:
    x = share * scale.width_px
    zoomed = scale.zoomed(factor, x)
    assert MIN_WINDOW_MS <= zoomed.window_ms <= MAX_WINDOW_MS
    assert abs(zoomed.instant_at(x) - scale.instant_at(x)) <= 2


def test_zoom_reaches_one_second_and_one_year_and_no_further() -> None:
    scale = TimeScale.over(Span(at(2025, 10, 24), at(2025, 10, 25)), 1000)
    assert scale.zoomed(1e-9, 500).window_ms == MIN_WINDOW_MS
    assert scale.zoomed(1e9, 500).window_ms == MAX_WINDOW_MS


def test_panning_stops_where_time_can_no_longer_be_worded() -> None:
    scale = TimeScale.over(Span(at(2025, 10, 24), at(2025, 10, 25)), 1000)
    assert scale.panned(-1e12).start_ms == 0
    far = scale.panned(1e12)
    assert far.window_ms == DAY_MS
    assert ticks(far, COPENHAGEN, CHAR_PX)


@settings(max_examples=60, deadline=None)
@given(scales, st.sampled_from(ZONES))
def test_ticks_ascend_inside_the_window_and_their_labels_never_touch(
    scale: TimeScale, zone: ZoneInfo
) -> None:
    marks = ticks(scale, zone, CHAR_PX)
    assert all(scale.span.start_ms <= mark.instant_ms < scale.span.end_ms for mark in marks)
    assert all(one.instant_ms < two.instant_ms for one, two in pairwise(marks))
    labelled = [mark for mark in marks if mark.label]
    for one, two in pairwise(labelled):
        half_widths = (len(one.label) + len(two.label)) * CHAR_PX / 2
        assert scale.x_of(two.instant_ms) - scale.x_of(one.instant_ms) > half_widths
    if scale.width_px > 600:
        assert len(marks) >= 2


@settings(max_examples=60, deadline=None)
@given(scales, st.sampled_from(ZONES))
def test_captions_cover_the_window_without_a_hole(scale: TimeScale, zone: ZoneInfo) -> None:
    found = captions(scale, zone, CHAR_PX)
    assert found[0].span.start_ms <= scale.span.start_ms
    assert found[-1].span.end_ms >= scale.span.end_ms
    assert all(one.span.end_ms == two.span.start_ms for one, two in pairwise(found))
    assert all(caption.label for caption in found)


@settings(max_examples=60, deadline=None)
@given(st.integers(at(2001, 1, 1), at(2037, 1, 1)), st.sampled_from(ZONES))
def test_ticks_stand_on_round_wall_clock_times(start: int, zone: ZoneInfo) -> None:
    hours = next(step for step in STEPS if step.ms == HOUR_MS)
    for instant in tick_instants(Span(start, start + 3 * DAY_MS), hours, zone):
        moment = wall_clock(instant, zone)
        assert (moment.minute, moment.second, moment.microsecond) == (0, 0, 0)


def test_a_spring_day_has_23_hours_and_no_label_for_the_missing_one() -> None:
    start = day_start(at(2025, 3, 30, 12), COPENHAGEN)
    (day,) = [span for span, _ in days_in(Span(start, start + 1), COPENHAGEN)]
    assert day.duration_ms == 23 * HOUR_MS
    labels = [mark.label for mark in ticks(TimeScale.over(day, 1920), COPENHAGEN, CHAR_PX)]
    assert "02:00" not in labels
    assert "02:30" not in labels
    assert "03:00" in labels[labels.index("01:00") : labels.index("04:00")]


def test_an_autumn_day_has_25_hours_and_tells_the_repeated_hour_apart() -> None:
    start = day_start(at(2025, 10, 26, 12), COPENHAGEN)
    (day,) = [span for span, _ in days_in(Span(start, start + 1), COPENHAGEN)]
    assert day.duration_ms == 25 * HOUR_MS
    labels = [mark.label for mark in ticks(TimeScale.over(day, 3840), COPENHAGEN, CHAR_PX)]
    assert "02:00 +02:00" in labels
    assert "02:00 +01:00" in labels
    assert "02:00" not in labels
    assert is_repeated(at(2025, 10, 26, 0, 30), COPENHAGEN)
    assert not is_repeated(at(2025, 10, 26, 3, 30), COPENHAGEN)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("America/New_York", (2025, 3, 9), 23),
        ("America/New_York", (2025, 11, 2), 25),
        ("Australia/Lord_Howe", (2025, 10, 5), 23.5),
        ("Australia/Lord_Howe", (2025, 4, 6), 24.5),
        ("Asia/Dubai", (2025, 3, 30), 24),
        ("Africa/Cairo", (2025, 4, 25), 23),
    ],
)
def test_days_are_as_long_as_their_zone_says(
    zone: str, day: tuple[int, int, int], hours: float
) -> None:
    where = ZoneInfo(zone)
    noon = instant_of(datetime(*day, 12, tzinfo=where))
    ((span, _),) = days_in(Span(noon, noon + 1), where)
    assert span.duration_ms == hours * HOUR_MS
    assert day_start(noon, where) == span.start_ms


def test_pieces_meet_at_the_change_of_the_clocks() -> None:
    change = at(2025, 10, 26, 1)
    pieces = list(offset_pieces(Span(change - DAY_MS, change + DAY_MS), COPENHAGEN))
    assert pieces == [
        (Span(change - DAY_MS, change), 2 * HOUR_MS),
        (Span(change, change + DAY_MS), HOUR_MS),
    ]


def test_steps_get_coarser_with_the_window_and_weeks_begin_on_monday() -> None:
    day = at(2025, 10, 24)
    seen = [
        choose_step(TimeScale.over(Span(day, day + window), 1500), CHAR_PX)
        for window in (1_000, 60_000, HOUR_MS, DAY_MS, 31 * DAY_MS, 366 * DAY_MS)
    ]
    lengths = [step.ms or step.months * 30 * DAY_MS for step in seen]
    assert lengths == sorted(set(lengths))
    weeks = next(step for step in STEPS if step.ms == 7 * DAY_MS)
    found = list(tick_instants(Span(day, day + 30 * DAY_MS), weeks, COPENHAGEN))
    assert {wall_clock(instant, COPENHAGEN).weekday() for instant in found} == {0}
    assert len(found) == 4


def test_offsets_are_worded_as_people_write_them() -> None:
    assert offset_text(at(2025, 7, 1), UTC) == "UTC"
    assert offset_text(at(2025, 7, 1), COPENHAGEN) == "+02:00"
    assert offset_text(at(2025, 7, 1), ZoneInfo("America/St_Johns")) == "-02:30"


def test_an_instant_keeps_its_milliseconds() -> None:
    instant = at(2025, 10, 24, 10) + 123
    assert instant_of(wall_clock(instant, COPENHAGEN)) == instant
    assert wall_clock(instant, COPENHAGEN) - wall_clock(0, UTC) == timedelta(milliseconds=instant)
