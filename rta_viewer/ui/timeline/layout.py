"""Where the parts of the timeline stand, from top to bottom. Pure geometry."""

from dataclasses import dataclass

from PySide6.QtCore import QRect

GUTTER_PX = 148
CHIPS_PX = 26
CAPTIONS_PX = 20
TICKS_PX = 22
MAIN_BAND_PX = 30
THIN_BAND_PX = 16
THINNER_BAND_PX = 13
THINNER_FROM_ROWS = 8
CUT_PX = 22


@dataclass(frozen=True, slots=True)
class TimelineLayout:
    """Rectangles in the widget's coordinates, for ``rows`` cameras (at least one row is shown)."""

    width: int
    rows: int

    @property
    def thin(self) -> int:
        """How high a thin band is with its air: many cameras must leave room for their pictures."""
        return THIN_BAND_PX if self.rows < THINNER_FROM_ROWS else THINNER_BAND_PX

    @property
    def left(self) -> int:
        """Where time begins; names stand left of it."""
        return GUTTER_PX

    @property
    def scale_width(self) -> int:
        """Pixels that show time."""
        return max(1, self.width - GUTTER_PX)

    @property
    def chips(self) -> QRect:
        """The row of the playhead's label."""
        return QRect(self.left, 0, self.scale_width, CHIPS_PX)

    @property
    def captions(self) -> QRect:
        """The row of dates."""
        return QRect(self.left, CHIPS_PX, self.scale_width, CAPTIONS_PX)

    @property
    def ticks(self) -> QRect:
        """The row of times."""
        return QRect(self.left, CHIPS_PX + CAPTIONS_PX, self.scale_width, TICKS_PX)

    @property
    def bands(self) -> QRect:
        """All bands together."""
        top = CHIPS_PX + CAPTIONS_PX + TICKS_PX
        height = MAIN_BAND_PX + max(0, self.rows - 1) * self.thin
        return QRect(self.left, top, self.scale_width, height)

    @property
    def cut(self) -> QRect:
        """The row of the in and out labels."""
        return QRect(self.left, self.bands.bottom() + 1, self.scale_width, CUT_PX)

    @property
    def height(self) -> int:
        """Of the whole widget."""
        return self.cut.bottom() + 1

    def row(self, index: int) -> QRect:
        """The band of one camera without the air around it; row 0 is the selected one."""
        if index == 0:
            return QRect(self.left, self.bands.top() + 2, self.scale_width, MAIN_BAND_PX - 4)
        top = self.bands.top() + MAIN_BAND_PX + (index - 1) * self.thin
        return QRect(self.left, top + 2, self.scale_width, self.thin - 5)

    def row_at(self, y: int) -> int | None:
        """Which camera's band is at a height."""
        below = y - self.bands.top()
        if not 0 <= below < self.bands.height():
            return None
        return 0 if below < MAIN_BAND_PX else 1 + (below - MAIN_BAND_PX) // self.thin
