from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.demo.footage.file_index import Entry, FileIndex, origin_of, with_decode_times


def entry(pts: int, *, key: bool = False, shown: bool = True, dts: int | None = None) -> Entry:
    return Entry(pts, pts if dts is None else dts, 40, key, shown)


def index(*entries: Entry) -> FileIndex:
    return FileIndex(entries, Fraction(1, 1000), origin_of(list(entries)), (), Fraction(1, 1000))


def test_groups_run_from_key_to_key() -> None:
    found = index(entry(0, key=True), entry(80), entry(40), entry(120, key=True), entry(160))
    assert [(group.first, group.last, group.key_pts) for group in found.groups] == [
        (0, 3, 0),
        (3, 5, 120),
    ]
    assert [found.group_at(at) for at in (-50, 0, 119, 120, 9999)] == [0, 0, 0, 1, 1]
    assert [found.duration_ms(pts) for pts in (0, 40, 80, 120, 160)] == [40] * 5


def test_pictures_before_the_first_key_are_not_shown() -> None:
    found = index(entry(0), entry(40), entry(80, key=True), entry(160), entry(120))
    assert found.origin == 0
    assert found.shown_pts == (80, 120, 160)
    assert found.offset_ms(found.groups[0].key_pts) == 80


def test_the_origin_ignores_what_cannot_or_must_not_be_shown() -> None:
    assert origin_of([entry(80, key=True), entry(0), entry(40), entry(120)]) == 80
    assert origin_of([entry(0, key=True, shown=False), entry(40, shown=False), entry(80)]) == 80


@settings(max_examples=60)
@given(st.permutations(range(12)), st.integers(1, 90_000))
def test_decode_times_rise_and_never_lie_after_the_presentation(
    order: list[int], step: int
) -> None:
    entries = with_decode_times([entry(number * step) for number in order])
    times = [item.dts for item in entries]
    assert times == sorted(set(times))
    assert all(item.dts <= item.pts for item in entries)
    assert [item.pts for item in entries] == [number * step for number in order]


def test_good_decode_times_are_kept() -> None:
    entries = [entry(0, dts=-80), entry(120, dts=-40), entry(40, dts=0), entry(80, dts=40)]
    assert with_decode_times(entries) == entries


def test_decoding_never_begins_before_the_first_picture() -> None:
    found = index(
        entry(1000, key=True, dts=920),
        entry(1120, dts=960),
        entry(1040, dts=1000),
        entry(1080, dts=1040),
        entry(1160, dts=1080),
    )
    assert found.decode_offsets_ms == pytest.approx((0, 40 / 3, 80 / 3, 40, 80))


@settings(max_examples=60)
@given(st.permutations(range(1, 12)))
def test_squeezed_decode_times_rise_and_never_lie_after_the_presentation(order: list[int]) -> None:
    entries = with_decode_times([entry(0, key=True), *(entry(number * 40) for number in order)])
    times = index(*entries).decode_offsets_ms
    assert times[0] == 0
    assert all(here < there for here, there in pairwise(times))
    assert all(time <= item.pts for time, item in zip(times, entries, strict=True))
