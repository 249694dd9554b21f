"""Instants in the names of recorded files.

Recorders write ``2025-10-24T10-00-00Z.mp4``, ``20251024_100000.mp4`` and the like, often behind a
camera's name. A time without ``Z`` or an offset is the wall clock of the zone that the reader names.
"""

import re
from datetime import UTC, datetime, timedelta, tzinfo

_TIME = re.compile(
    r"""(?<!\d)
    (?P<year>(?:19|20)\d\d) (?P<dash>[-_.]?) (?P<month>\d\d) (?P=dash) (?P<day>\d\d)
    [T_ -]?
    (?P<hour>\d\d) (?P<colon>[-_:.h]?) (?P<minute>\d\d) (?:(?P=colon)|m) (?P<second>\d\d)
    (?:[.,](?P<fraction>\d{1,9}))?
    s?
    (?: (?P<zulu>[Zz])(?![A-Za-z])
      | (?P<sign>[+-]) (?P<off_hour>\d\d) [-:]? (?P<off_minute>00|15|30|45) (?![-_:]?\d) )?
    (?!\d)
    """,
    re.VERBOSE,
)
_FIELDS = ("year", "month", "day", "hour", "minute", "second")
_MAX_OFFSET_HOURS = 14
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant_of_name(name: str, zone: tzinfo = UTC) -> float | None:
    """UTC milliseconds of the first date and time in a name without suffix, None without one.

    A time of ``zone`` that a clock change repeats is taken as the first of the two.
    """
    for match in _TIME.finditer(name):
        instant = _instant(match, zone)
        if instant is not None:
            return instant
    return None


def instant_of_text(text: str) -> float | None:
    """UTC milliseconds of a container's ``creation_time``, None when unset or not a time."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    instant = (moment - _EPOCH) / timedelta(milliseconds=1)
    # Containers count from 1904 or 1970; a clock that was never set stands at the start of its count.
    return instant if instant > timedelta(days=366) / timedelta(milliseconds=1) else None


def _instant(match: re.Match[str], zone: tzinfo) -> float | None:
    year, month, day, hour, minute, second = (int(match[field]) for field in _FIELDS)
    written = zone if not (match["zulu"] or match["sign"]) else UTC
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=written)
    except ValueError:
        return None
    if match["sign"]:
        hours = int(match["off_hour"])
        if hours > _MAX_OFFSET_HOURS:
            return None
        offset = timedelta(hours=hours, minutes=int(match["off_minute"]))
        moment += -offset if match["sign"] == "+" else offset
    fraction = float(f"0.{match['fraction']}") if match["fraction"] else 0.0
    return (moment.astimezone(UTC) - _EPOCH) / timedelta(milliseconds=1) + fraction * 1000
