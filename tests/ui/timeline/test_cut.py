from rta_viewer.core.spans import Span
from rta_viewer.ui.timeline.cut import Cut


def test_marks_in_any_order_make_a_cut() -> None:
    assert Cut().with_in(10).with_out(20).span == Span(10, 20)
    assert Cut().with_out(20).with_in(10).span == Span(10, 20)
    assert Cut().with_in(10).span is None


def test_a_mark_that_contradicts_replaces_the_other() -> None:
    assert Cut(10, 20).with_in(30) == Cut(30, None)
    assert Cut(10, 20).with_out(5) == Cut(None, 5)
    assert Cut(10, 20).with_out(10) == Cut(None, 10)
