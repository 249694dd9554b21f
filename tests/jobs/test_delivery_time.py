"""Starts, holes and gaps of delivered files: what is told, and who is not accused."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core.model import Availability, Recording, RecordingKind, SaveRequest
from rta_viewer.core.spans import Span
from rta_viewer.core.timetext import iso_utc
from rta_viewer.jobs.delivery_check import DeliveryReport, check_delivery
from tests.helpers.delivered import ALL, ASKED, MINUTE_MS, REQUEST, TEN, File, known

HOUR_MS = 60 * MINUTE_MS
APART = (Span(TEN, TEN + 5 * MINUTE_MS), Span(TEN + 20 * MINUTE_MS, ASKED.end_ms))
"""Recorded for five minutes and, fifteen minutes later, for ten."""


def check(
    file: File,
    availability: Availability | None = ALL,
    *,
    fps: float = 0.0,
    ordered_ms: int | None = None,
) -> DeliveryReport:
    if availability is not None and fps:
        recordings = tuple(replace(one, fps=fps) for one in availability.recordings)
        availability = replace(availability, recordings=recordings)
    return check_delivery(REQUEST, file, availability, None, ordered_ms=ordered_ms)


def paused(*minutes: float, **more: object) -> File:
    """A file whose picture stands from the first to the second of each two minutes."""
    ends = iter(minutes)
    pauses = tuple((start * 60.0, end * 60.0) for start, end in zip(ends, ends, strict=True))
    return replace(File(), pauses_s=pauses, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("late_s", [4, 120, 700, 1781, 1820, 5 * 3600 + 60])
def test_a_file_of_the_right_length_that_begins_too_late_differs(late_s: int) -> None:
    start = TEN + late_s * 1000
    report = check(File(creation_time_ms=start), ordered_ms=TEN + 24 * HOUR_MS)
    (difference,) = report.differences
    assert difference == (
        f"The file says that it begins at {iso_utc(start).replace('.000Z', 'Z')}, "
        "2025-10-24T10:00:00Z to 2025-10-24T10:30:00Z was asked for."
    )
    assert report.delivered == Span(start, start + 30 * MINUTE_MS)
    assert report.missing == Span(TEN, min(start, ASKED.end_ms))
    assert report.start_known


def test_a_file_of_the_right_length_that_begins_too_early_differs() -> None:
    start = TEN - 3 * MINUTE_MS
    report = check(File(creation_time_ms=start))
    assert not report.ok
    assert report.delivered == Span(start, start + 30 * MINUTE_MS)
    assert report.missing == Span(TEN + 27 * MINUTE_MS, ASKED.end_ms)


def test_a_late_start_among_gaps_is_laid_over_the_recordings() -> None:
    report = check(File(duration_s=900, creation_time_ms=TEN + 2 * MINUTE_MS), known(*APART))
    assert report.missing == Span(TEN, TEN + 2 * MINUTE_MS)
    assert report.delivered == Span(TEN + 2 * MINUTE_MS, ASKED.end_ms + 2 * MINUTE_MS)


def test_a_late_start_and_an_early_end_are_both_missing() -> None:
    report = check(File(duration_s=600, creation_time_ms=TEN + 5 * MINUTE_MS))
    assert report.delivered == Span(TEN + 5 * MINUTE_MS, TEN + 15 * MINUTE_MS)
    assert report.missing == ASKED


@pytest.mark.parametrize("quarters", [-48, -16, -14, 4, 14, 22, 23, 51, 56])
@pytest.mark.parametrize("lead_s", [0, 11])
def test_a_stamp_in_local_time_is_told_to_be_assumed(quarters: int, lead_s: int) -> None:
    stamp = TEN + quarters * 15 * MINUTE_MS - lead_s * 1000
    report = check(File(duration_s=1800 + lead_s, creation_time_ms=stamp))
    assert report.ok
    assert not report.start_known
    assert report.delivered == Span(TEN - lead_s * 1000, ASKED.end_ms)
    (note,) = report.notes
    assert note == (
        f"The time in the file, {iso_utc(stamp).replace('.000Z', 'Z')}, was taken for local time: "
        "when the file begins is assumed."
    )


@pytest.mark.parametrize("quarters", [-57, -2, -1, 1, 2, 3, 6, 13, 57])
def test_where_no_zone_is_the_stamp_is_not_local_time(quarters: int) -> None:
    report = check(File(creation_time_ms=TEN + quarters * 15 * MINUTE_MS))
    (difference,) = report.differences
    assert difference.startswith("The file says that it begins at")


@pytest.mark.parametrize("stamp", [TEN + 7 * HOUR_MS + 333_000, TEN + 9 * HOUR_MS + 432_000])
def test_a_stamp_of_when_the_file_was_made_says_nothing(stamp: int) -> None:
    report = check(File(creation_time_ms=stamp), ordered_ms=TEN + 7 * HOUR_MS + 340_000)
    assert report.ok
    assert not report.start_known
    assert not check(File(creation_time_ms=stamp), ordered_ms=TEN + 24 * HOUR_MS).ok


def test_a_start_is_known_only_where_the_file_says_it() -> None:
    assert check(File(creation_time_ms=TEN - 4000, duration_s=1804)).start_known
    assert check(File(creation_time_ms=TEN)).start_known
    assert not check(File()).start_known


def test_a_hole_inside_is_named_and_missing() -> None:
    report = check(paused(1, 5))
    assert report.differences == (
        "4:00 inside the file is missing: 2025-10-24T10:01:00Z to 2025-10-24T10:05:00Z.",
    )
    assert report.missing == Span(TEN + MINUTE_MS, TEN + 5 * MINUTE_MS)
    assert report.delivered == ASKED


def test_a_hole_behind_a_lead_in_is_where_it_is() -> None:
    report = check(paused(1, 5, duration_s=1810, creation_time_ms=TEN - 10_000))
    assert report.missing == Span(TEN + 50_000, TEN + 290_000)


def test_many_holes_are_one_rest() -> None:
    report = check(paused(1, 2, 5, 6, 11, 12, 20, 21))
    assert report.differences[0].startswith("4:00 inside the file is missing: 2025-10-24T10:01:00Z")
    assert report.differences[0].endswith("2025-10-24T10:12:00Z and more.")
    assert report.missing == Span(TEN + MINUTE_MS, TEN + 21 * MINUTE_MS)


def test_a_hole_and_a_missing_end_are_one_rest() -> None:
    report = check(paused(1, 2, duration_s=1200))
    assert len(report.differences) == 2
    assert report.missing == Span(TEN + MINUTE_MS, ASKED.end_ms)


def test_two_pictures_for_all_and_one_that_stands_all_the_time() -> None:
    assert check(paused(0, 30, picture_count=2, usual_distance_s=1800.0)).missing == ASKED
    assert check(paused(0, 30, picture_count=1, usual_distance_s=None)).missing == ASKED


def test_without_knowledge_a_hole_may_never_have_been_recorded() -> None:
    report = check(paused(1, 5), None)
    assert not report.ok
    assert "may never have been recorded" in report.notes[0]


@pytest.mark.parametrize("lead_s", [0, 10])
@pytest.mark.parametrize("stamped", [True, False])
def test_gaps_that_a_server_keeps_in_the_files_time_are_not_missing(
    lead_s: int, stamped: bool
) -> None:
    late = lead_s / 60
    stamp = TEN - lead_s * 1000 if stamped else None
    file = paused(5 + late, 20 + late, duration_s=1800 + lead_s, creation_time_ms=stamp)
    report = check(file, known(*APART))
    assert report.ok, report.differences
    assert report.delivered is not None
    assert report.delivered.end_ms == ASKED.end_ms
    assert report.stretches == ()


def test_kept_gaps_hide_neither_holes_nor_an_early_end() -> None:
    report = check(paused(2, 3, 5, 20, creation_time_ms=TEN), known(*APART))
    assert report.missing == Span(TEN + 2 * MINUTE_MS, TEN + 3 * MINUTE_MS)
    report = check(paused(5, 20, duration_s=1500, creation_time_ms=TEN), known(*APART))
    assert report.missing == Span(TEN + 25 * MINUTE_MS, ASKED.end_ms)
    report = check(paused(5, 22, creation_time_ms=TEN), known(*APART))
    assert report.missing == Span(TEN + 20 * MINUTE_MS, TEN + 22 * MINUTE_MS)
    report = check(paused(3, 20, creation_time_ms=TEN), known(*APART))
    assert report.missing == Span(TEN + 3 * MINUTE_MS, TEN + 5 * MINUTE_MS)


def test_gaps_that_are_closed_up_hide_no_holes() -> None:
    report = check(paused(6, 8, duration_s=900), known(*APART))
    assert report.missing == Span(TEN + 21 * MINUTE_MS, TEN + 23 * MINUTE_MS)
    assert check(paused(5, 5.05, duration_s=900), known(*APART)).ok


@pytest.mark.parametrize(
    ("usual_s", "longest_s", "fps", "kind"),
    [
        (0.04, 1.9, 25, RecordingKind.CONTINUOUS),
        (2.0, 15, 0, RecordingKind.CONTINUOUS),
        (3.5, 5, 0, RecordingKind.MOTION),
        (0.04, 5, 25, RecordingKind.MOTION),
        (0.04, 8, 0, RecordingKind.UNKNOWN),
        (5, 40, 0.2, RecordingKind.CONTINUOUS),
        (120, 121, 0, RecordingKind.UNKNOWN),
    ],
)
def test_slow_and_irregular_cameras_are_not_accused(
    usual_s: float, longest_s: float, fps: float, kind: RecordingKind
) -> None:
    count = round(1800 / usual_s)
    pauses = tuple((at * 100.0, at * 100.0 + longest_s) for at in range(17))
    file = File(picture_count=count, key_picture_count=1, usual_distance_s=usual_s, pauses_s=pauses)
    report = check(file, known(ASKED, kind=kind), fps=fps)
    assert report.ok, report.differences


def test_the_last_picture_of_a_slow_camera_stands_for_one() -> None:
    file = File(duration_s=1795, picture_count=360, key_picture_count=360, usual_distance_s=5.0)
    assert check(file).ok
    assert check(replace(file, duration_s=1800, creation_time_ms=TEN + 4000)).ok


def short(duration_s: float, stamp: int | None, asked_s: float = 1.0, fps: float = 25.0) -> bool:
    """Whether a file of so many seconds is what was asked of a clip."""
    span = Span(TEN, TEN + round(asked_s * 1000))
    recorded = Availability("cam", span, (Recording(span, fps=fps),))
    file = File(duration_s=duration_s, creation_time_ms=stamp, picture_count=1)
    return check_delivery(SaveRequest("cam", span), file, recorded, None).ok


def test_a_short_clip_is_not_only_its_first_picture() -> None:
    for stamp in (None, TEN):
        assert short(0.6, stamp)
        assert not short(0.04, stamp)
        assert not short(0.04, stamp, asked_s=2)
        assert not short(1.1, stamp, asked_s=2.9)
    assert short(0.04, None, asked_s=1, fps=1.0)
    # The stamp is rounded down: pictures may begin up to a second after it.
    assert short(1.1, TEN - 1000)
    assert not short(0.3, TEN - 1000)
    assert not short(1.0, TEN + 1100)


def test_the_asked_start_as_stamp_does_not_tell_when_a_later_recording_begins() -> None:
    late = Span(TEN + 7 * MINUTE_MS, ASKED.end_ms)
    report = check(File(duration_s=23 * 60, creation_time_ms=TEN), known(late))
    assert report.ok
    assert report.delivered == late
    assert not report.start_known
    report = check(File(duration_s=20 * 60, creation_time_ms=TEN), known(late))
    assert report.missing == Span(TEN + 27 * MINUTE_MS, ASKED.end_ms)
    report = check(
        File(duration_s=1792, creation_time_ms=TEN), known(Span(TEN + 8000, late.end_ms))
    )
    assert report.ok


def test_the_asked_start_as_stamp_leaves_room_for_a_lead_in() -> None:
    report = check(File(duration_s=1804, creation_time_ms=TEN))
    assert report.ok
    assert report.delivered == Span(TEN - 4000, ASKED.end_ms)
    assert not report.start_known
    assert not check(File(duration_s=1820, creation_time_ms=TEN)).ok


def seconds(*ends: float) -> list[Span]:
    """Spans from the first to the second of each two seconds after the asked start."""
    at_ms = iter([TEN + round(end * 1000) for end in ends])
    return [Span(start, end) for start, end in zip(at_ms, at_ms, strict=True)]


def test_short_gaps_that_are_kept_beside_a_long_one_are_no_surplus() -> None:
    short_gaps = [at for number in range(60) for at in (number * 10, number * 10 + 9.1)]
    parts = seconds(*short_gaps, 900, 1800)
    file = paused(599.1 / 60, 15, creation_time_ms=TEN)
    assert check(file, known(*parts, kind=RecordingKind.MOTION)).ok


@pytest.mark.parametrize("stamp", [None, TEN])
def test_pictures_that_last_no_time_are_not_what_was_asked(stamp: int | None) -> None:
    report = check(File(duration_s=0, creation_time_ms=stamp))
    (difference,) = report.differences
    assert difference.endswith("T10:30:00Z, the rest is missing.")
    assert report.missing == ASKED


def test_many_recordings_may_be_rounded_more_than_one() -> None:
    parts = seconds(*(at for start in range(0, 1800, 180) for at in (start, start + 120)))
    assert check(File(duration_s=1196), known(*parts)).ok
    assert not check(File(duration_s=1195), known(*parts)).ok


def test_kept_gaps_are_told_apart_by_their_lengths() -> None:
    parts = seconds(0, 4, 7, 10, 16, 20, 23, 1800)
    kept = ((4.0, 7.0), (10.0, 16.0), (20.0, 23.0))
    report = check(File(pauses_s=kept), known(*parts))
    assert report.ok, report.differences
    assert report.delivered == ASKED


@pytest.mark.parametrize("stamp", [None, TEN])
def test_one_picture_a_second_is_no_gap_that_is_kept(stamp: int | None) -> None:
    parts = seconds(*(at for start in range(0, 1800, 30) for at in (start, start + 27.5)))
    pauses = tuple((float(at), at + 1.0) for at in range(60 * 28))
    file = File(duration_s=60 * 28, picture_count=60 * 28, usual_distance_s=1.0, pauses_s=pauses)
    report = check(replace(file, creation_time_ms=stamp), known(*parts, kind=RecordingKind.MOTION))
    assert report.ok, report.differences


@pytest.mark.parametrize("stamp", [None, TEN])
def test_a_last_picture_that_stands_until_the_asked_end_is_no_surplus(stamp: int | None) -> None:
    parts = seconds(0, 300, 1200, 1500)
    report = check(paused(5, 20, 25, 30, creation_time_ms=stamp), known(*parts))
    assert report.ok, report.differences
    assert report.delivered == Span(TEN, parts[-1].end_ms)
    assert not check(paused(5, 20, creation_time_ms=stamp), known(*parts)).ok


@pytest.mark.parametrize("stamp", [None, TEN])
def test_a_short_gap_that_could_be_kept_does_not_say_that_long_ones_are(stamp: int | None) -> None:
    parts = seconds(0, 300, 303, 600, 1200, 1800)
    idle = tuple((float(at), at + 1.0) for at in range(200, 400))
    file = File(duration_s=300 + 297 + 600, pauses_s=idle, creation_time_ms=stamp)
    report = check(file, known(*parts, kind=RecordingKind.MOTION))
    assert report.ok, report.differences
    assert report.stretches == tuple(parts)


@pytest.mark.parametrize("stamp", [None, TEN, ASKED.end_ms + 48 * HOUR_MS])
def test_black_pictures_may_stand_where_nothing_was_recorded(stamp: int | None) -> None:
    file = File(plain_s=((300.0, 1201.0),), creation_time_ms=stamp)
    made_ms = ASKED.end_ms + 48 * HOUR_MS
    report = check(file, known(*APART), ordered_ms=made_ms)
    assert report.ok, report.differences
    assert report.stretches == ()
    assert report.delivered is not None
    assert abs(report.delivered.start_ms - TEN) <= 1000
    for elsewhere in ((), ((300.0, 600.0),), ((400.0, 1300.0),)):
        report = check(replace(file, plain_s=elsewhere), known(*APART), ordered_ms=made_ms)
        assert "longer than what was asked: 30:00 instead of 15:00" in report.differences[-1]


def test_what_is_missing_beside_black_pictures_is_told() -> None:
    file = File(plain_s=((300.0, 1200.0),), pauses_s=((1400.0, 1460.0),), creation_time_ms=TEN)
    assert check(file, known(*APART)).missing == Span(TEN + 1_400_000, TEN + 1_460_000)
    short = File(duration_s=1700, plain_s=((300.0, 1200.0),), creation_time_ms=TEN)
    assert check(short, known(*APART)).missing == Span(TEN + 1_700_000, ASKED.end_ms)


def test_black_pictures_until_the_asked_end_are_no_surplus_and_later_ones_are() -> None:
    early = Span(TEN, TEN + 20 * MINUTE_MS)
    report = check(File(plain_s=((1200.0, 1800.0),)), known(early))
    assert report.ok, report.differences
    assert not check(File(duration_s=2400, plain_s=((1200.0, 2400.0),)), known(early)).ok


def test_a_dark_scene_in_a_file_whose_gaps_are_closed_up_is_no_gap() -> None:
    file = File(duration_s=900, plain_s=((300.0, 899.0),), creation_time_ms=TEN)
    report = check(file, known(*APART))
    assert report.ok, report.differences
    assert report.stretches == APART


def test_a_dark_scene_does_not_tell_where_gaps_are() -> None:
    parts = seconds(0, 682, 754, 1800)
    dark = ((543.0, 758.0), (1187.0, 1603.0))
    kept = File(duration_s=1800.5, pauses_s=((682.5, 754.5),), plain_s=dark)
    assert check(kept, known(*parts)).ok
    parts = seconds(42, 192, 284, 344, 510, 770, 931, 1158, 1427, 1800)
    closed_up = File(duration_s=1073, plain_s=((304.0, 1071.0),))
    report = check(closed_up, known(*parts))
    assert report.ok, report.differences
    assert len(report.stretches) == 5


def test_a_dark_scene_at_the_end_does_not_hide_a_lead_in() -> None:
    file = File(duration_s=1205.3, plain_s=((900.0, 1205.3),), creation_time_ms=TEN)
    report = check(file, known(Span(TEN, TEN + 20 * MINUTE_MS)))
    assert report.ok
    assert report.delivered == Span(TEN - 5_300, TEN + 20 * MINUTE_MS)
    assert not report.start_known


def test_gaps_that_are_kept_are_no_lead_in() -> None:
    report = check(paused(5, 20, creation_time_ms=TEN), known(*APART))
    assert report.ok
    assert report.start_known


def test_the_asked_start_in_local_time_accuses_nobody_either() -> None:
    late = Span(TEN + 7 * MINUTE_MS, ASKED.end_ms)
    stamp = TEN + 330 * MINUTE_MS
    report = check(File(duration_s=23 * 60, creation_time_ms=stamp), known(late))
    assert report.ok, report.differences
    assert not report.start_known


def test_where_nothing_is_listed_the_stamp_still_counts() -> None:
    day_ms = 24 * HOUR_MS
    report = check(File(creation_time_ms=TEN - day_ms), known())
    (difference,) = report.differences
    assert difference.startswith("The file says that it begins at 2025-10-23T10:00:00Z, ")
    assert report.missing is None
    report = check(File(creation_time_ms=TEN + 7 * MINUTE_MS, duration_s=60), known())
    assert report.ok
    assert report.delivered == Span(TEN + 7 * MINUTE_MS, TEN + 8 * MINUTE_MS)
    assert report.start_known
    report = check(File(creation_time_ms=TEN + 4 * HOUR_MS, duration_s=60), known())
    assert report.ok
    assert report.delivered == Span(TEN, TEN + MINUTE_MS)
    assert "local time" in report.notes[0]


pauses = st.lists(st.tuples(st.floats(0, 1e5), st.floats(0, 1e5)), max_size=5).map(
    lambda found: tuple((start, start + length) for start, length in found)
)


@given(
    pauses,
    st.floats(0, 1e6),
    st.one_of(st.none(), st.integers(TEN - 10**9, TEN + 10**9)),
    st.integers(0, 10),
)
def test_any_file_gets_a_verdict(
    found: tuple[tuple[float, float], ...], duration_s: float, stamp: int | None, count: int
) -> None:
    file = File(pauses_s=found, duration_s=duration_s, creation_time_ms=stamp, picture_count=count)
    for availability in (ALL, None, known(), known(*APART)):
        report = check(file, availability)
        assert report.ok is (not report.differences)
        assert report.missing is None or not report.missing.is_empty
