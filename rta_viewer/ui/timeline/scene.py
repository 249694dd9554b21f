"""What the timeline shows, as one value; the painter draws it and asks nobody else."""

from dataclasses import dataclass, field
from datetime import UTC, tzinfo

from PySide6.QtCore import QPoint

from rta_viewer.core.saved_spans import SavedByCamera
from rta_viewer.core.timescale import TimeScale
from rta_viewer.ui.timeline.bands import BandBook
from rta_viewer.ui.timeline.cut import Cut
from rta_viewer.ui.timeline.events import EventBook
from rta_viewer.ui.timeline.layout import GUTTER_PX, TimelineLayout


@dataclass(frozen=True, slots=True)
class TimelineCamera:
    """One row: which camera, and what to call it."""

    camera_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Hovered:
    """What the pointer is over: a camera's band, or the ruler (then the selected camera counts)."""

    camera_id: str
    instant_ms: int
    ms_per_px: float


@dataclass
class Scene:
    """Everything that is drawn. ``cameras[0]`` is the selected one and gets the thick band."""

    scale: TimeScale
    zone: tzinfo = UTC
    cameras: tuple[TimelineCamera, ...] = ()
    book: BandBook = field(default_factory=BandBook)
    events: EventBook = field(default_factory=EventBook)
    saved: SavedByCamera = field(default_factory=dict)
    playhead_ms: float | None = None
    cut: Cut = field(default_factory=Cut)
    hover_x: int | None = None
    now_ms: int | None = None

    def layout(self, width: int) -> TimelineLayout:
        """The rectangles for a widget of this width."""
        return TimelineLayout(width, max(1, len(self.cameras)))

    def x_of(self, instant_ms: float) -> int:
        """The widget's x of an instant."""
        return GUTTER_PX + round(self.scale.x_of(instant_ms))

    def instant_at(self, x: float) -> int:
        """The instant under the widget's x."""
        return self.scale.instant_at(x - GUTTER_PX)

    def hovered(self, point: QPoint, layout: TimelineLayout) -> Hovered | None:
        """What a point of the widget is over; None without a camera, and where nothing has happened yet."""
        row = layout.row_at(point.y()) or 0
        instant_ms = self.instant_at(point.x())
        future = self.now_ms is not None and instant_ms >= self.now_ms
        if future or row >= len(self.cameras) or point.y() >= layout.cut.top():
            return None
        return Hovered(self.cameras[row].camera_id, instant_ms, self.scale.ms_per_px)
