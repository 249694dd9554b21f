"""How much was recorded on each day of a month, by the clock of the zone that is shown.

Servers count by UTC days; an operator's day begins elsewhere and lasts 23 or 25 hours twice a year. So the
days are summed up here, from the recordings themselves.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import days_in, midnight


@dataclass(frozen=True, slots=True)
class DayTotal:
    """One day.

    Attributes:
        span: From midnight to midnight: 23, 24 or 25 hours.
        recorded_ms: Footage in it.
        first_ms: Where its footage begins; None without any.
    """

    day: date
    span: Span
    recorded_ms: int = 0
    first_ms: int | None = None

    @property
    def share(self) -> float:
        """How much of the day was recorded, 0 to 1."""
        return self.recorded_ms / self.span.duration_ms if self.span.duration_ms else 0.0


def following_month(first: date, by: int = 1) -> date:
    """The first day of the month so many months later."""
    index = first.year * 12 + first.month - 1 + by
    return date(index // 12, index % 12 + 1, 1)


def month_days(first: date, zone: tzinfo) -> list[DayTotal]:
    """The days of the month that begins with ``first``, without totals."""
    start_ms, end_ms = (midnight(day, zone) for day in (first, following_month(first)))
    return [DayTotal(day, span) for span, day in days_in(Span(start_ms, end_ms), zone)]


def day_totals(days: Sequence[DayTotal], footage: Sequence[Span]) -> list[DayTotal]:
    """Sum up footage for each day. ``footage`` is sorted and disjoint."""
    found: list[DayTotal] = []
    for each in days:
        recorded_ms, first_ms = 0, None
        index = bisect_right(footage, each.span.start_ms, key=lambda span: span.end_ms)
        while index < len(footage) and footage[index].start_ms < each.span.end_ms:
            part = footage[index].clip(each.span)
            if part is not None:
                recorded_ms += part.duration_ms
                first_ms = part.start_ms if first_ms is None else first_ms
            index += 1
        found.append(DayTotal(each.day, each.span, recorded_ms, first_ms))
    return found
