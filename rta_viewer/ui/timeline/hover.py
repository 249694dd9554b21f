"""What the pointer is over: the exact time, and what was recorded there."""

from datetime import tzinfo

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

from rta_viewer.core.model import RecordingEvent
from rta_viewer.core.texts import mark, tr
from rta_viewer.ui import times
from rta_viewer.ui.timeline.layout import TimelineLayout
from rta_viewer.ui.timeline.looks import describe
from rta_viewer.ui.timeline.saved_strip import describe_saved
from rta_viewer.ui.timeline.scene import Scene
from rta_viewer.ui.timeline.segments import Look

_BESIDE_PX = 4
_EVENT_NEAR_PX = 4
_MOST_CHARACTERS = 80
_MILLISECONDS_BELOW = 1_000
"""Milliseconds are shown where a pixel is shorter than this many of them."""


_OF_AN_EVENT = "how grave an event is"
_KINDS = (mark("Motion"), mark("Tampering"), mark("Audio"))
_SEVERITIES = (
    mark("low", "how grave an event is"),
    mark("medium", "how grave an event is"),
    mark("high", "how grave an event is"),
)
"""Words of the contract; those of other servers are shown as they came."""


def describe_event(event: RecordingEvent, zone: tzinfo) -> str:
    """What was noticed and when, on one line."""
    what = event.kind.replace("_", " ").capitalize()
    what = tr(what) if what in _KINDS else what or tr("Event")
    severity = event.severity
    if severity:
        known = tr(severity, _OF_AN_EVENT) if severity in _SEVERITIES else severity
        what = f"{what} ({known})"
    text = tr("{event} at {time}", event=what, time=times.format_time(event.span.start_ms, zone))
    if event.description:
        text = f"{text}: {' '.join(event.description.split())}"
    return (
        text
        if len(text) <= _MOST_CHARACTERS
        else f"{text[:_MOST_CHARACTERS]}\N{HORIZONTAL ELLIPSIS}"
    )


class HoverLabel(QLabel):
    """Stands in the row of the playhead's label, beside it; lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("timeline_hover")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()

    def describe_point(self, point: QPoint, scene: Scene, layout: TimelineLayout) -> None:
        """Say what is at a point of the timeline."""
        instant = scene.instant_at(point.x())
        exact = scene.scale.ms_per_px < _MILLISECONDS_BELOW
        text = times.format_with_zone(instant, scene.zone, fraction=exact)
        row = layout.row_at(point.y())
        if row is not None and row < len(scene.cameras):
            camera = scene.cameras[row]
            segment = scene.book.band(camera.camera_id).at(instant)
            known = describe(segment.look, segment.reason) if segment else describe(Look.NOT_LOADED)
            text = f"{text}   {known}" if row == 0 else f"{text}   {camera.name}: {known}"
            near_ms = _EVENT_NEAR_PX * scene.scale.ms_per_px
            event = scene.events.band(camera.camera_id).around(instant, near_ms)
            if event is not None:
                text += f"   {describe_event(event, scene.zone)}"
            saved = describe_saved(scene.saved.get(camera.camera_id, ()), instant, scene.zone)
            text += f"   {saved}" if saved else ""
        self.setText(text)
        self.adjustSize()

    def place(self, x: int, layout: TimelineLayout, playhead: QRect | None) -> None:
        """Stand over ``x``, inside the timeline, never on the playhead's label."""
        width = self.width()
        left = min(max(layout.left, x - width // 2), layout.width - width)
        if playhead is not None and left <= playhead.right() and left + width >= playhead.left():
            after, before = playhead.right() + _BESIDE_PX, playhead.left() - width - _BESIDE_PX
            left = after if x > playhead.center().x() else before
            if left < layout.left or left + width > layout.width:
                left = before if left == after else after
        self.move(left, 0)
