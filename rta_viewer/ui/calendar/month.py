"""What the calendar shows, as a value."""

from dataclasses import dataclass
from datetime import date

from rta_viewer.core.day_names import day_label
from rta_viewer.core.day_totals import DayTotal
from rta_viewer.core.timescale import HOUR_MS
from rta_viewer.ui import times
from rta_viewer.ui.timeline.segments import Look

_PROBLEMS = {
    Look.NO_ANSWER: "The server did not answer",
    Look.NOT_ALLOWED: "You may not see this camera",
    Look.UNKNOWN: "This server does not say what was recorded",
}


@dataclass(frozen=True, slots=True)
class Month:
    """One month of one camera.

    Attributes:
        first: Its first day.
        days: All its days, ascending.
        look: ``RECORDED`` when the totals are known, ``NOT_LOADED`` while they are on their way, or why
            they are not known.
    """

    camera_id: str
    first: date
    days: tuple[DayTotal, ...]
    look: Look = Look.NOT_LOADED

    @property
    def known(self) -> bool:
        """True when the totals can be believed."""
        return self.look is Look.RECORDED

    @property
    def sentence(self) -> str:
        """The month as a whole."""
        if self.look is Look.NOT_LOADED:
            return "Loading\N{HORIZONTAL ELLIPSIS}"
        if not self.known:
            return _PROBLEMS[self.look]
        with_footage = sum(day.recorded_ms > 0 for day in self.days)
        total_ms = sum(day.recorded_ms for day in self.days)
        if not with_footage:
            return "No footage in this month"
        days = "1 day" if with_footage == 1 else f"{with_footage} days"
        return f"{days} with footage, {times.format_duration(total_ms)} in all"

    def describe(self, day: DayTotal) -> str:
        """One day, for the line below and for screen readers."""
        text = day_label(day.day)
        if self.known:
            footage = times.format_duration(day.recorded_ms) if day.recorded_ms else "no footage"
            text += f": {footage}"
        hours = day.span.duration_ms / HOUR_MS
        return text if hours == 24 else f"{text} (this day has {hours:g} hours)"
