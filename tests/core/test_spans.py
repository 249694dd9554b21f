from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.core import spans
from rta_viewer.core.spans import Span

INSTANTS = st.integers(-20, 60)


@st.composite
def _spans(draw: st.DrawFn) -> Span:
    first, second = sorted((draw(INSTANTS), draw(INSTANTS)))
    return Span(first, second)


LISTS = st.lists(_spans(), max_size=8)


def instants(members: list[Span]) -> set[int]:
    return {ms for span in members for ms in range(span.start_ms, span.end_ms)}


def is_normal(members: list[Span]) -> bool:
    touching = any(a.end_ms >= b.start_ms for a, b in pairwise(members))
    return not touching and all(not span.is_empty for span in members)


def test_a_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Span(2, 1)


def test_the_end_lies_outside() -> None:
    span = Span(10, 20)
    assert span.contains(10)
    assert span.contains(19)
    assert not span.contains(20)
    assert not span.overlaps(Span(20, 30))
    assert span.overlaps(Span(19, 30))
    assert span.clip(Span(15, 40)) == Span(15, 20)
    assert span.clip(Span(20, 40)) is None
    assert Span(5, 5).is_empty


@settings(max_examples=150, deadline=None)
@given(LISTS)
def test_union_covers_the_same_instants(members: list[Span]) -> None:
    merged = spans.union(members)
    assert instants(merged) == instants(members)
    assert is_normal(merged)
    assert spans.union(merged) == merged
    assert spans.total_ms(members) == len(instants(members))


@settings(max_examples=150, deadline=None)
@given(LISTS, _spans())
def test_clip_and_gaps_divide_the_window(members: list[Span], window: Span) -> None:
    inside, outside = spans.clip(members, window), spans.gaps(members, window)
    assert is_normal(inside)
    assert is_normal(outside)
    assert instants(inside) == instants(members) & instants([window])
    assert instants(outside) == instants([window]) - instants(members)


@settings(max_examples=200, deadline=None)
@given(LISTS, LISTS)
def test_subtract_leaves_what_no_hole_covers(members: list[Span], holes: list[Span]) -> None:
    left = spans.subtract(members, holes)
    assert is_normal(left)
    assert instants(left) == instants(members) - instants(holes)


@settings(max_examples=150, deadline=None)
@given(LISTS, INSTANTS)
def test_find_and_neighbours(members: list[Span], instant_ms: int) -> None:
    normal = spans.union(members)
    found = spans.find(normal, instant_ms)
    assert found == next((span for span in normal if span.contains(instant_ms)), None)
    starts = [span.start_ms for span in normal]
    after = [start for start in starts if start > instant_ms]
    before = [start for start in starts if start < instant_ms]
    assert spans.next_start(normal, instant_ms) == min(after, default=None)
    assert spans.previous_start(normal, instant_ms) == max(before, default=None)


def test_subtract_copes_with_long_lists() -> None:
    members = [Span(start, start + 6) for start in range(0, 400_000, 10)]
    holes = [Span(start + 2, start + 4) for start in range(0, 400_000, 10)]
    left = spans.subtract(members, holes)
    assert len(left) == 80_000
    assert left[:2] == [Span(0, 2), Span(4, 6)]
