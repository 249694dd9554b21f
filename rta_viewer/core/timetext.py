"""Instants as people and scripts write them, and back.

Read: ISO 8601 with ``Z`` or an offset, or a wall-clock time in a zone. A wall-clock time that a clock
change skips or repeats is refused with the times that it could mean, never guessed. ``docs/time.md`` has
the reasons. The standard library's zones are used; where a computer has no zone database (Windows) they
come from the ``tzdata`` package.
"""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rta_viewer.core.texts import left_to_right, mark, tr
from rta_viewer.core.timescale import instant_of, wall_clock
from rta_viewer.errors import UsageError

_LONGEST = 64
_INSTANT = re.compile(
    r"(?P<year>\d{4})-?(?P<month>\d\d)-?(?P<day>\d\d)"
    r"(?:[T ](?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,12}))?)?)?"
    r" ?(?P<offset>Z|[+-]\d\d(?::?\d\d)?)?",
    re.ASCII | re.IGNORECASE,
)
_HINT = mark(
    "Write it as 2025-10-24T10:00:00Z, 2025-10-24T12:00:00+02:00, or 2025-10-24 12:00 in local time."
)


class ClockChangeError(UsageError):
    """A wall-clock time that does not exist, or exists twice; the hint has the times that it could mean."""


class ThisComputersZone(tzinfo):
    """This computer's zone with its clock changes, also where the system does not tell its IANA name."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return None if moment is None else moment.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, moment: datetime | None) -> timedelta | None:
        """Not known apart from the offset."""
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return None if moment is None else moment.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, moment: datetime) -> datetime:
        here = moment.replace(tzinfo=UTC).astimezone()
        first = here.replace(tzinfo=self, fold=0)
        return first if first.utcoffset() == here.utcoffset() else first.replace(fold=1)

    def __str__(self) -> str:
        return _zone_name(None)


def find_zone(name: str) -> ZoneInfo:
    """The IANA zone of that name, ``Europe/Copenhagen`` for example.

    Raises:
        UsageError: There is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as err:
        raise UsageError(
            tr("There is no time zone named {name!r}.", name=name),
            tr("Use an IANA name such as Europe/Copenhagen, Asia/Dubai or UTC."),
        ) from err


def parse_instant(text: str, zone: tzinfo | None = None) -> int:
    """Milliseconds UTC of a written instant, fractions of a millisecond cut off.

    Args:
        text: ISO 8601, date alone meaning the start of that day.
        zone: For times without offset; this computer's zone when None.

    Raises:
        ClockChangeError: A wall-clock time that does not exist or exists twice in the zone.
        UsageError: Not a time.
    """
    found = _INSTANT.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None:
        raise UsageError(tr("{text!r} is not a time.", text=text[:_LONGEST]), tr(_HINT))
    try:
        moment = _moment(found)
    except (ValueError, OverflowError) as err:
        raise UsageError(
            tr("{text!r} is not a time: there is no such day or hour.", text=text.strip()),
            tr(_HINT),
        ) from err
    try:
        return instant_of(moment if moment.tzinfo else _localised(moment, zone))
    except (ValueError, OverflowError, OSError) as err:
        raise UsageError(
            tr("{text!r} is too far away to be a time of recordings.", text=text.strip()), tr(_HINT)
        ) from err


def _moment(found: re.Match[str]) -> datetime:
    numbers = (
        int(found[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")
    )
    year, month, day, hour, minute, second = numbers
    micros = int((found["fraction"] or "").ljust(6, "0")[:6])
    # ISO 8601-1, 5.3.1.1: the end of a day.
    ends_the_day = hour == 24 and not minute + second + micros
    moment = datetime(
        year,
        month,
        day,
        0 if ends_the_day else hour,
        minute,
        second,
        micros,
        _offset(found["offset"]),
    )
    return moment + timedelta(days=ends_the_day)


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text in "Zz":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    return datetime.strptime(f"{text[0]}{digits}", "%z").tzinfo


def _localised(naive: datetime, zone: tzinfo | None) -> datetime:
    """The one instant at which the zone's wall clock shows ``naive``."""
    earlier, later = (_in_zone(naive.replace(fold=fold), zone) for fold in (0, 1))
    if earlier.utcoffset() == later.utcoffset():
        return earlier
    written = left_to_right(naive.isoformat(sep=" "))
    where = _zone_name(zone)
    first, second = sorted((_shown(r, zone) for r in (earlier, later)), key=instant_of)
    if first.replace(tzinfo=None) == naive:
        raise ClockChangeError(
            tr(
                "{time} happens twice in {zone}: the clock is put back then.",
                time=written,
                zone=where,
            ),
            tr(
                "Write {first} for the first or {second} for the second.",
                first=first.isoformat(),
                second=second.isoformat(),
            ),
        )
    raise ClockChangeError(
        tr(
            "{time} does not exist in {zone}: the clock is put forward then.",
            time=written,
            zone=where,
        ),
        tr("Write {first} or {second}.", first=first.isoformat(), second=second.isoformat()),
    )


def _in_zone(naive: datetime, zone: tzinfo | None) -> datetime:
    """``naive`` with the offset that the zone has at that reading; None is this computer's zone."""
    return naive.astimezone() if zone is None else naive.replace(tzinfo=zone)


def _shown(moment: datetime, zone: tzinfo | None) -> datetime:
    return moment.astimezone(UTC).astimezone(zone)


def _zone_name(zone: tzinfo | None) -> str:
    return tr("this computer's time zone") if zone is None else str(zone)


def iso_utc(instant_ms: float) -> str:
    """For machines: ``2025-10-24T10:00:00.000Z``."""
    return (
        wall_clock(int(instant_ms), UTC).strftime("%Y-%m-%dT%H:%M:%S.")
        + f"{int(instant_ms) % 1000:03d}Z"
    )


def format_instant(
    instant_ms: float, zone: tzinfo | None = None, *, milliseconds: bool = False
) -> str:
    """For people: ``2025-10-24 12:00:00 +02:00``, in this computer's zone when ``zone`` is None."""
    moment = wall_clock(int(instant_ms), UTC).astimezone(zone)
    spec = "milliseconds" if milliseconds else "seconds"
    text = moment.isoformat(sep=" ", timespec=spec)
    return f"{text[: -len(_iso_offset(moment))]} {_iso_offset(moment)}"


def _iso_offset(moment: datetime) -> str:
    return moment.isoformat(timespec="hours").partition("T")[2][2:]


def format_duration(milliseconds: float) -> str:
    """For people: ``0:42``, ``12:05``, ``3:00:00``; whole seconds, rounded down."""
    seconds = int(milliseconds) // 1000
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
