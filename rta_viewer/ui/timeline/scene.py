"""What the timeline shows, as one value; the painter draws it and asks nobody else."""

from dataclasses import dataclass, field
from datetime import UTC, tzinfo

from rta_viewer.core.timescale import TimeScale
from rta_viewer.ui.timeline.bands import BandBook
from rta_viewer.ui.timeline.cut import Cut
from rta_viewer.ui.timeline.events import EventBook
from rta_viewer.ui.timeline.layout import TimelineLayout


@dataclass(frozen=True, slots=True)
class TimelineCamera:
    """One row: which camera, and what to call it."""

    camera_id: str
    name: str


@dataclass
class Scene:
    """Everything that is drawn. ``cameras[0]`` is the selected one and gets the thick band."""

    scale: TimeScale
    zone: tzinfo = UTC
    cameras: tuple[TimelineCamera, ...] = ()
    book: BandBook = field(default_factory=BandBook)
    events: EventBook = field(default_factory=EventBook)
    playhead_ms: float | None = None
    cut: Cut = field(default_factory=Cut)
    hover_x: int | None = None
    now_ms: int | None = None

    def layout(self, width: int) -> TimelineLayout:
        """The rectangles for a widget of this width."""
        return TimelineLayout(width, max(1, len(self.cameras)))

    def x_of(self, instant_ms: float) -> int:
        """The widget's x of an instant."""
        return self.layout(0).left + round(self.scale.x_of(instant_ms))

    def instant_at(self, x: float) -> int:
        """The instant under the widget's x."""
        return self.scale.instant_at(x - self.layout(0).left)
