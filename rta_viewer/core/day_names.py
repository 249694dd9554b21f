"""Days and months in words, in the language in use.

The names come from whoever chose the language: countries that share one call the months differently. The C
library's names are not asked: they would follow whatever locale the process was switched to.
"""

from dataclasses import dataclass
from datetime import date

from rta_viewer.core.texts import digits, plain, tr

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayNames:
    """What a country calls its days and months.

    Attributes:
        weekdays, short_weekdays: From Monday on; the short ones for a line of text.
        narrow_weekdays: A letter or two, for the head of a calendar's column.
        months, short_months: From January on.
    """

    weekdays: tuple[str, ...]
    short_weekdays: tuple[str, ...]
    narrow_weekdays: tuple[str, ...]
    months: tuple[str, ...]
    short_months: tuple[str, ...]


ENGLISH = DayNames(
    WEEKDAYS,
    tuple(name[:3] for name in WEEKDAYS),
    tuple(name[:2] for name in WEEKDAYS),
    MONTHS,
    tuple(name[:3] for name in MONTHS),
)

_names = ENGLISH


def use(chosen: DayNames | None) -> None:
    """Call days and months so from now on; None is English. Together with :func:`texts.use`."""
    global _names  # noqa: PLW0603 (it goes with the language, which is one for the whole program)
    _names = chosen or ENGLISH


def names() -> DayNames:
    """Those in use."""
    return _names


def day_label(day: date) -> str:
    """A day in full: ``Friday 24 October 2025``."""
    return tr(
        "{weekday} {day} {month} {year}",
        weekday=_names.weekdays[day.weekday()],
        day=day.day,
        month=_names.months[day.month - 1],
        year=day.year,
    )


def short_day(day: date) -> str:
    """``Fri 24 Oct``."""
    return tr(
        "{weekday} {day} {month}",
        weekday=_names.short_weekdays[day.weekday()],
        day=day.day,
        month=_names.short_months[day.month - 1],
    )


def month_label(day: date) -> str:
    """``October 2025``."""
    return tr("{month} {year}", month=_names.months[day.month - 1], year=day.year)


def short_month(day: date) -> str:
    """``Oct``."""
    return _names.short_months[day.month - 1]


def year_label(day: date) -> str:
    """``2025``."""
    return digits(str(day.year))


def widest_day() -> int:
    """The most characters that :func:`short_day` writes."""
    weekday, month = (
        max(map(len, words)) for words in (_names.short_weekdays, _names.short_months)
    )
    return weekday + len(" 24 ") + month


def widest_month() -> int:
    """The most characters that :func:`short_month` writes."""
    return max(map(len, _names.short_months))


def shown_length(text: str) -> int:
    """How many characters of a text take room: marks of direction do not."""
    return len(plain(text))
