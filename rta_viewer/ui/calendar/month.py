"""What the calendar shows, as a value."""

from dataclasses import dataclass
from datetime import date

from rta_viewer.core.day_names import day_label
from rta_viewer.core.day_totals import DayTotal
from rta_viewer.core.texts import mark, tr, trn
from rta_viewer.core.timescale import HOUR_MS
from rta_viewer.ui import times
from rta_viewer.ui.timeline.segments import Look

_PROBLEMS = {
    Look.NO_ANSWER: mark("The server did not answer"),
    Look.NOT_ALLOWED: mark("You may not see this camera"),
    Look.UNKNOWN: mark("This server does not say what was recorded"),
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
            return tr("Loading\N{HORIZONTAL ELLIPSIS}")
        if not self.known:
            return tr(_PROBLEMS[self.look])
        with_footage = sum(day.recorded_ms > 0 for day in self.days)
        total_ms = sum(day.recorded_ms for day in self.days)
        if not with_footage:
            return tr("No footage in this month")
        return trn(
            "{n} day with footage, {length} in all",
            "{n} days with footage, {length} in all",
            with_footage,
            length=times.format_duration(total_ms),
        )

    def describe(self, day: DayTotal) -> str:
        """One day, for the line below and for screen readers."""
        text = day_label(day.day)
        if self.known:
            length = times.format_duration(day.recorded_ms) if day.recorded_ms else ""
            text = tr("{day}: {length}", day=text, length=length or tr("no footage"))
        hours = day.span.duration_ms / HOUR_MS
        if hours == 24:
            return text
        return tr("{day} (this day has {hours:g} hours)", day=text, hours=hours)
