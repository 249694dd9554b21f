from pathlib import Path

import pytest

from rta_viewer.core.saved_file import (
    FileClock,
    SavedFile,
    Stretch,
    TimeOrigin,
    first_common_ms,
    one_stretch,
    rows_of,
    spans_of,
)
from rta_viewer.core.spans import Span

TEN = 1_761_300_000_000
CLOSED_UP = FileClock([Stretch(0, TEN, TEN + 4000), Stretch(4000, TEN + 60_000, TEN + 66_000)])


def file(name: str, start_ms: int, end_ms: int, source: str = "server\ncamera") -> SavedFile:
    stretch = Stretch(0, TEN + start_ms, TEN + end_ms)
    return SavedFile(Path(name), source, "Door", (stretch,), TimeOrigin.RECEIPT)


@pytest.mark.parametrize(
    ("file_ms", "offset_ms"),
    [(0, 0), (3960, 3960), (3999.5, 60_000), (4000, 60_000), (9960, 65_960)],
)
def test_the_instant_of_a_place_in_the_file(file_ms: float, offset_ms: float) -> None:
    assert CLOSED_UP.instant_ms(file_ms) == pytest.approx(TEN + offset_ms, abs=1)


@pytest.mark.parametrize(
    ("offset_ms", "file_ms", "gap"),
    [(-500, 0, False), (0, 0, False), (3960, 3960, False), (4000, 4000, True), (30_000, 4000, True),
     (60_000, 4000, False), (65_000, 9000, False)],
)  # fmt: skip
def test_the_place_of_an_instant(offset_ms: int, file_ms: float, gap: bool) -> None:
    assert CLOSED_UP.file_ms(TEN + offset_ms) == pytest.approx(file_ms, abs=1)
    assert CLOSED_UP.in_gap(TEN + offset_ms) is gap


def test_a_file_without_gaps_has_none() -> None:
    clock = one_stretch(TEN, 10_000)
    assert not any(clock.in_gap(TEN + at) for at in (-5, 0, 9_999, 10_000, 99_000))
    assert (clock.first_ms, clock.end_ms) == (TEN, TEN + 10_000)


def test_parts_of_one_camera_follow_each_other_in_one_row() -> None:
    first, second = file("1", 0, 10_000), file("2", 8_000, 20_000)
    assert rows_of([second, first]) == [(first, second)]
    assert spans_of([first, second]) == [Span(TEN, TEN + 20_000)]


def test_other_cameras_and_the_same_time_twice_get_rows_of_their_own() -> None:
    whole, part = file("whole", 0, 60_000), file("part", 20_000, 30_000)
    other, unknown = file("other", 60_000, 70_000, "server\nyard"), file("x", 60_000, 70_000, "")
    assert rows_of([whole, part, other, unknown]) == [(whole,), (part,), (other,), (unknown,)]


@pytest.mark.parametrize(
    ("rows", "first"),
    [
        ([[(0, 10)], [(5, 15)]], 5),
        ([[(0, 10)], [(20, 30)]], 0),
        ([[(20, 30), (50, 60)], [(0, 10), (55, 70)]], 55),
        ([], None),
    ],
)
def test_where_to_begin(rows: list[list[tuple[int, int]]], first: int | None) -> None:
    assert first_common_ms([[Span(*pair) for pair in row] for row in rows]) == first
