"""The ``Range`` of RTSP: wall-clock and normal play time (RFC 2326 sections 3.6 and 3.7)."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CLOCK = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)(?:\.(\d{1,9}))?Z?", re.ASCII)
_NPT_HOURS = re.compile(r"(\d{1,5}):(\d{1,2}):(\d{1,2}(?:\.\d{0,9})?)", re.ASCII)
_NPT_SECONDS = re.compile(r"\d{1,9}(?:\.\d{0,9})?", re.ASCII)
_MAX_CHARS = 200


@dataclass(frozen=True, slots=True)
class ClockRange:
    """A range by wall clock, UTC milliseconds; None where the server left an end open."""

    start_ms: float | None
    end_ms: float | None


@dataclass(frozen=True, slots=True)
class NptRange:
    """A range by seconds since the beginning of the presentation; None is open or ``now``."""

    start_s: float | None
    end_s: float | None


def clock_text(instant_ms: float) -> str:
    """An instant as RFC 2326 writes it, to the millisecond: ``20251024T100000.000Z``."""
    moment = _EPOCH + timedelta(milliseconds=round(instant_ms))
    return moment.strftime("%Y%m%dT%H%M%S.") + f"{moment.microsecond // 1000:03d}Z"


def clock_range_text(start_ms: float, end_ms: float | None) -> str:
    """The value of a ``Range`` header by wall clock."""
    return f"clock={clock_text(start_ms)}-{'' if end_ms is None else clock_text(end_ms)}"


def npt_range_text(start_s: float, end_s: float | None) -> str:
    """The value of a ``Range`` header by normal play time."""
    return f"npt={start_s:.3f}-{'' if end_s is None else f'{end_s:.3f}'}"


def parse_range(text: str) -> ClockRange | NptRange | None:
    """A ``Range`` header or an ``a=range`` line; None when it is neither clock nor npt, or nonsense."""
    unit, equals, value = text.strip()[:_MAX_CHARS].partition("=")
    if not equals:
        return None
    value = value.partition(";")[0].strip()
    if unit.strip().lower() == "clock":
        return _parse_clock_range(value)
    if unit.strip().lower() == "npt":
        return _parse_npt_range(value)
    return None


def parse_clock(text: str) -> float | None:
    """An instant in basic or extended ISO 8601 form, UTC milliseconds; None when it is no date."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    leap = 1 if second == 60 else 0
    try:
        moment = datetime(year, month, day, hour, minute, second - leap, tzinfo=UTC)
    except ValueError:
        return None
    fraction = float(f"0.{found.group(7) or 0}")
    seconds = (moment - _EPOCH) // timedelta(seconds=1) + leap
    return seconds * 1000 + fraction * 1000


def _parse_clock_range(value: str) -> ClockRange | None:
    found = _CLOCK.match(value)
    if found is None:
        return None
    start = parse_clock(found.group())
    rest = value[found.end() :].strip().removeprefix("-")
    return None if start is None else ClockRange(start, parse_clock(rest))


def _parse_npt_range(value: str) -> NptRange | None:
    start, dash, end = value.partition("-")
    start_s = _parse_npt(start)
    if not dash or (start_s is None and start.strip().lower() not in {"", "now"}):
        return None
    return NptRange(start_s, _parse_npt(end))


def _parse_npt(text: str) -> float | None:
    text = text.strip()
    hours = _NPT_HOURS.fullmatch(text)
    if hours is not None:
        return int(hours.group(1)) * 3600 + int(hours.group(2)) * 60 + float(hours.group(3))
    return float(text) if _NPT_SECONDS.fullmatch(text) else None
