"""Which instants get a thumbnail: a grid that gets finer as the timeline is zoomed in.

A thumbnail for each pixel would never be asked for twice. So time is cut into cells of round lengths, and
all of a cell shares one picture.
"""

from bisect import bisect_left
from dataclasses import dataclass

from rta_viewer.core.timescale import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS

_LENGTHS_MS = (
    *(n * SECOND_MS for n in (1, 2, 5, 10, 15, 30)),
    *(n * MINUTE_MS for n in (1, 2, 5, 10, 15, 30)),
    *(n * HOUR_MS for n in (1, 2, 3, 6, 12)),
    DAY_MS,
)
_CELL_PX = 8.0


@dataclass(frozen=True, slots=True)
class Cell:
    """``[start_ms, start_ms + length_ms)`` of one camera."""

    camera_id: str
    start_ms: int
    length_ms: int


def cell_at(camera_id: str, instant_ms: int, ms_per_px: float) -> Cell:
    """The cell of an instant, about as wide on the screen as a pointer."""
    index = bisect_left(_LENGTHS_MS, _CELL_PX * ms_per_px)
    length_ms = _LENGTHS_MS[min(index, len(_LENGTHS_MS) - 1)]
    return Cell(camera_id, instant_ms // length_ms * length_ms, length_ms)
