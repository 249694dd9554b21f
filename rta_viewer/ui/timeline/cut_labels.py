"""Where the words of the in and out marks stand: never on each other, with an arrow when out of sight."""

from collections.abc import Callable
from dataclasses import dataclass

from rta_viewer.core.texts import tr
from rta_viewer.ui import times
from rta_viewer.ui.timeline.layout import TimelineLayout
from rta_viewer.ui.timeline.scene import Scene

_PAD_PX = 7
_APART_PX = 14
_EDGE_PX = 2
_EARLIER, _LATER = (
    "\N{BLACK LEFT-POINTING SMALL TRIANGLE}",
    "\N{BLACK RIGHT-POINTING SMALL TRIANGLE}",
)


@dataclass(frozen=True, slots=True)
class CutLabel:
    """``text`` at ``left``, ``width`` pixels wide."""

    left: int
    width: int
    text: str


def cut_labels(
    scene: Scene, layout: TimelineLayout, width_of: Callable[[str], int]
) -> list[CutLabel]:
    """The labels of the marks that there are, from left to right."""
    found: list[CutLabel] = []
    if scene.cut.in_ms is not None:
        time = times.format_time(scene.cut.in_ms, scene.zone)
        found.append(
            _label(tr("In {time}", time=time), scene.x_of(scene.cut.in_ms), -1, layout, width_of)
        )
    if scene.cut.out_ms is not None:
        time = times.format_time(scene.cut.out_ms, scene.zone)
        span = scene.cut.span
        text = tr("Out {time}", time=time)
        if span is not None:
            length = times.format_duration(span.duration_ms)
            text = tr("Out {time}  ({length})", time=time, length=length)
        x = scene.x_of(scene.cut.out_ms)
        found.append(_label(text, x, 1, layout, width_of))
    return _apart(found, layout)


def _label(
    text: str, x: int, side: int, layout: TimelineLayout, width_of: Callable[[str], int]
) -> CutLabel:
    if x < layout.left:
        text = f"{_EARLIER} {text}"
    elif x > layout.width:
        text = f"{text} {_LATER}"
    width = width_of(text)
    # Outside the cut, so that a short cut's labels do not cover each other; inside the widget.
    left = x - width - _PAD_PX if side < 0 else x + _PAD_PX
    return CutLabel(_inside(left, width, layout), width, text)


def _inside(left: int, width: int, layout: TimelineLayout) -> int:
    return min(max(layout.left + _EDGE_PX, left), layout.width - width - _EDGE_PX)


def _apart(labels: list[CutLabel], layout: TimelineLayout) -> list[CutLabel]:
    if len(labels) < 2:
        return labels
    first, second = labels
    if first.left + first.width + _APART_PX <= second.left:
        return labels
    after = _inside(first.left + first.width + _APART_PX, second.width, layout)
    before = max(layout.left + _EDGE_PX, after - _APART_PX - first.width)
    return [CutLabel(before, first.width, first.text), CutLabel(after, second.width, second.text)]
