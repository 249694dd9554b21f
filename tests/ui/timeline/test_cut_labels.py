from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core.timescale import HOUR_MS, TimeScale
from rta_viewer.ui.timeline.cut import Cut
from rta_viewer.ui.timeline.cut_labels import CutLabel, cut_labels
from rta_viewer.ui.timeline.layout import TimelineLayout
from rta_viewer.ui.timeline.scene import Scene
from tests.helpers.ui_world import MINUTE_MS, NOW_MS

LAYOUT = TimelineLayout(1280, 2)


def labels(cut: Cut) -> list[CutLabel]:
    scale = TimeScale(NOW_MS, HOUR_MS, LAYOUT.scale_width)
    return cut_labels(Scene(scale, cut=cut), LAYOUT, lambda text: 7 * len(text))


def test_the_labels_stand_outside_the_cut() -> None:
    cut = Cut(NOW_MS + 20 * MINUTE_MS, NOW_MS + 30 * MINUTE_MS)
    first, second = labels(cut)
    scene = Scene(TimeScale(NOW_MS, HOUR_MS, LAYOUT.scale_width))
    assert (first.text, second.text) == ("In 10:20:00", "Out 10:30:00  (10 min 00 s)")
    assert first.left + first.width < scene.x_of(NOW_MS + 20 * MINUTE_MS)
    assert second.left > scene.x_of(NOW_MS + 30 * MINUTE_MS)


def test_marks_out_of_sight_point_to_where_they_are() -> None:
    before = labels(Cut(NOW_MS - 2 * HOUR_MS, NOW_MS - HOUR_MS))
    assert all(label.text.startswith("\u25c2 ") for label in before)
    after = labels(Cut(NOW_MS + 2 * HOUR_MS, NOW_MS + 3 * HOUR_MS))
    assert all(label.text.endswith(" \u25b8") for label in after)
    around = labels(Cut(NOW_MS - HOUR_MS, NOW_MS + 3 * HOUR_MS))
    assert around[0].left == LAYOUT.left + 2
    assert around[1].left + around[1].width == LAYOUT.width - 2


@given(st.integers(-3 * HOUR_MS, 4 * HOUR_MS), st.integers(1, 5 * HOUR_MS))
def test_labels_never_cover_each_other_nor_leave_the_timeline(start: int, length: int) -> None:
    first, second = labels(Cut(NOW_MS + start, NOW_MS + start + length))
    assert first.left + first.width < second.left
    assert first.left >= LAYOUT.left
    assert second.left + second.width <= LAYOUT.width
