"""What is sent, and in which order, without a wire."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core.spans import Span, union
from rta_viewer.demo.footage.model import Gop
from rta_viewer.demo.rtsp.feed import FeedPlan, Pictures, Piece, Selection, pieces
from tests.helpers.fake_footage import FakeFootage


def sent(footage: FakeFootage, plan: FeedPlan) -> list[Piece]:
    found = list(pieces(footage, plan))
    assert all(piece is not None for piece in found)
    return [piece for piece in found if piece is not None]


def instants(found: list[Piece]) -> list[float]:
    return [piece.unit.instant_ms for piece in found if piece.is_video]


spans = st.lists(
    st.tuples(st.integers(0, 150), st.integers(1, 60)).map(
        lambda at: Span(at[0] * 100, (at[0] + at[1]) * 100)
    ),
    min_size=1,
    max_size=4,
).map(union)


@given(spans, st.integers(0, 200), st.none() | st.integers(1, 100))
def test_forwards_every_picture_once_up_to_the_bound(
    recorded: list[Span], start: int, length: int | None
) -> None:
    footage = FakeFootage(recorded)
    first = footage.gop_from(start * 100)
    if first is None:
        return
    bound = None if length is None else first.start_ms + length * 100
    found = sent(footage, FeedPlan(first.start_ms, bound))
    wanted = [
        at
        for span in recorded
        for at in range(span.start_ms, span.end_ms, 100)
        if at >= first.start_ms and (bound is None or at < bound)
    ]
    assert instants(found) == wanted
    assert [piece.terminal for piece in found] == [at == wanted[-1] for at in wanted]
    # Gaps taken out, each picture follows the one before by a picture's time.
    assert [piece.due_ms for piece in found] == [100 * number for number in range(len(wanted))]
    edges = {span.end_ms - 100 for span in recorded}
    for piece in found:
        if piece.section_end:
            assert piece.unit.instant_ms in edges


@given(spans, st.integers(0, 220), st.none() | st.integers(0, 100))
def test_backwards_groups_in_reverse_and_forwards_within(
    recorded: list[Span], start: int, lowest: int | None
) -> None:
    footage = FakeFootage(recorded)
    first = footage.gop_at(start * 100) or footage.gop_before(start * 100)
    if first is None:
        return
    bound = None if lowest is None else min(lowest * 100, start * 100)
    found = sent(footage, FeedPlan(start * 100.0, bound, backwards=True))
    shown = instants(found)
    everything = [at for span in recorded for at in range(span.start_ms, span.end_ms, 100)]
    must = {at for at in everything if at <= start * 100 and (bound is None or at >= bound)}
    assert must <= set(shown)
    assert len(shown) == len(set(shown))
    # What is sent below the bound is only what the pictures above it need.
    keys = [piece.unit.instant_ms for piece in found if piece.discontinuity]
    assert keys == sorted(keys, reverse=True)
    assert all(at >= keys[-1] for at in shown)
    dues = [piece.due_ms for piece in found]
    assert dues == sorted(dues)
    assert [piece.terminal for piece in found[:-1]] == [False] * (len(found) - 1)


def test_goes_on_after_the_last_picture_that_was_sent() -> None:
    footage = FakeFootage([Span(0, 3000)])
    found = sent(footage, FeedPlan(1500.0, 2500.0, resume_after_ms=1400.0))
    assert instants(found) == list(range(1500, 2500, 100))
    assert found[0].due_ms == 0
    assert not found[0].discontinuity


def test_sound_lies_between_the_pictures_in_time() -> None:
    footage = FakeFootage([Span(0, 2000)], sound=True)
    found = sent(footage, FeedPlan(0.0, 1000.0))
    dues = [piece.due_ms for piece in found]
    assert dues == sorted(dues)
    assert sum(not piece.is_video for piece in found) == 16
    assert [p.terminal for p in found].count(True) == 2


def test_key_pictures_far_enough_apart() -> None:
    footage = FakeFootage([Span(0, 10_000)])
    plan = FeedPlan(0.0, selection=Selection(Pictures.INTRA, 2500.0), audio=False)
    assert instants(sent(footage, plan)) == [0, 3000, 6000, 9000]


def test_live_waits_for_what_comes_and_sends_a_growing_group_once() -> None:
    footage = FakeFootage([Span(0, 1300)])
    feed = pieces(footage, FeedPlan(1000.0, live=True))
    assert [next(feed).unit.instant_ms for _ in range(3)] == [1000, 1100, 1200]  # type: ignore[union-attr]
    assert next(feed) is None
    footage.spans = [Span(0, 2200)]
    assert [next(feed).unit.instant_ms for _ in range(9)] == list(range(1300, 2200, 100))  # type: ignore[union-attr]
    assert next(feed) is None


class OpenGroups(FakeFootage):
    """Each group's second and third unit are leading pictures that refer to the group before."""

    def gop_from(self, instant_ms: float) -> Gop | None:
        gop = super().gop_from(instant_ms)
        if gop is None:
            return None
        units = [
            replace(unit, needs_previous=number in (1, 2)) for number, unit in enumerate(gop.units)
        ]
        return replace(gop, units=tuple(units))


def test_leading_pictures_are_left_out_where_nothing_before_them_was_sent() -> None:
    footage = OpenGroups([Span(0, 2_000), Span(60_000, 61_000)])
    sent = [piece for piece in pieces(footage, FeedPlan(0.0)) if piece is not None]
    leading = [piece.unit.instant_ms for piece in sent if getattr(piece.unit, "needs_previous", 0)]
    assert leading == [1_100.0, 1_200.0]
    assert len(sent) == 8 + 10 + 8
