"""Instants as people read and write them, in the zone they look through."""

import re
from datetime import UTC, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QTimeZone

from rta_viewer.core.texts import left_to_right, plain, tr
from rta_viewer.core.timescale import is_repeated, offset_text, wall_clock
from rta_viewer.core.timetext import ThisComputersZone, parse_instant

_ENGINE_TIME = re.compile(
    r"\b\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d UTC|T\d\d:\d\d:\d\d(?:\.\d{3})?Z)\b"
)
_UTC_SUFFIX = re.compile(r"\s*UTC\s*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def local_zone() -> tzinfo:
    """This computer's zone with its clock changes, by its IANA name where it has one.

    Asked of the system once: that takes 25 ms.
    """
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ThisComputersZone()


def zone_name(zone: tzinfo) -> str:
    """What to call a zone on the screen."""
    return zone.key if isinstance(zone, ZoneInfo) else str(zone)


def format_instant(instant_ms: float, zone: tzinfo, *, fraction: bool = False) -> str:
    """``2025-10-24 12:00:00``, with milliseconds on request; on the screen, in the language's digits."""
    return left_to_right(typed_instant(instant_ms, zone, fraction=fraction))


def typed_instant(instant_ms: float, zone: tzinfo, *, fraction: bool = False) -> str:
    """The same for a field in which somebody types, and for what leaves this program: nothing but ASCII."""
    # Half a millisecond up: a float that was meant as a whole millisecond must not show the one before.
    moment = wall_clock(round(instant_ms), zone)
    text = f"{moment:%Y-%m-%d %H:%M:%S}"
    return f"{text}.{moment.microsecond // 1000:03d}" if fraction else text


def format_minute(instant_ms: float, zone: tzinfo) -> str:
    """``2025-10-24 12:00``."""
    return left_to_right(typed_instant(instant_ms, zone)[:-3])


def format_with_zone(instant_ms: float, zone: tzinfo, *, fraction: bool = False) -> str:
    """``2025-10-24 12:00:00 +02:00``: an instant that cannot be misread."""
    return left_to_right(typed_with_zone(instant_ms, zone, fraction=fraction))


def typed_with_zone(instant_ms: float, zone: tzinfo, *, fraction: bool = False) -> str:
    """The same for a field in which somebody types."""
    return f"{typed_instant(instant_ms, zone, fraction=fraction)} {offset_text(instant_ms, zone)}"


def format_time(instant_ms: float, zone: tzinfo, *, fraction: bool = False) -> str:
    """Only the time of day, with its offset in the hour that occurs twice."""
    return left_to_right(_in_no_doubt(instant_ms, zone, fraction=fraction).partition(" ")[2])


def _in_no_doubt(instant_ms: float, zone: tzinfo, *, fraction: bool = False) -> str:
    text = typed_instant(instant_ms, zone, fraction=fraction)
    return f"{text} {offset_text(instant_ms, zone)}" if is_repeated(instant_ms, zone) else text


def in_zone(text: str, zone: tzinfo) -> str:
    """A sentence with its UTC times worded in the zone that the operator looks through."""
    return _ENGINE_TIME.sub(lambda found: format_with_zone(parse(found[0], UTC), zone), text)


def format_span(start_ms: int, end_ms: int, zone: tzinfo) -> str:
    """Start, a dash and the end; the second date only where it differs, offsets where a time occurs twice."""
    start, end = _in_no_doubt(start_ms, zone), _in_no_doubt(end_ms, zone)
    if start[:10] == end[:10]:
        end = end[11:]
    return left_to_right(f"{start} \N{EN DASH} {end}")


def format_duration(duration_ms: float) -> str:
    """``0.4 s``, ``12 s``, ``5 min 00 s``, ``2 h 05 min``, ``3 d 4 h``, in the language in use."""
    seconds = duration_ms / 1000
    if seconds < 10:
        return tr("{seconds:.1f} s", seconds=seconds)
    whole = round(seconds)
    if whole < 60:
        return tr("{seconds} s", seconds=whole)
    if whole < 3600:
        return tr("{minutes} min {seconds:02d} s", minutes=whole // 60, seconds=whole % 60)
    if whole < 86_400:
        return tr("{hours} h {minutes:02d} min", hours=whole // 3600, minutes=whole % 3600 // 60)
    return tr("{days} d {hours} h", days=whole // 86_400, hours=whole % 86_400 // 3600)


def format_bytes(size_bytes: float) -> str:
    """``512 B``, ``1.4 MB``, ``2.05 GB``, ``60.48 TB``; decimal units, as file managers and disks count."""
    if size_bytes >= 1e12:
        return tr("{size:.2f} TB", size=size_bytes / 1e12)
    if size_bytes >= 1e9:
        return tr("{size:.2f} GB", size=size_bytes / 1e9)
    if size_bytes >= 1e6:
        return tr("{size:.1f} MB", size=size_bytes / 1e6)
    if size_bytes >= 1e3:
        return tr("{size:.0f} kB", size=size_bytes / 1e3)
    return tr("{size:.0f} B", size=size_bytes)


def format_rate(bytes_per_s: float) -> str:
    """``2.0 MB/s``."""
    return tr("{size}/s", size=format_bytes(bytes_per_s))


def parse(text: str, zone: tzinfo) -> int:
    """An instant from what is shown here, or from ISO 8601; without an offset the time is one of ``zone``.

    Raises:
        UsageError: Not a date and time, or one that the zone skips or shows twice.
    """
    return parse_instant(_UTC_SUFFIX.sub("Z", plain(text)), zone)
