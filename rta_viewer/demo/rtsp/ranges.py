"""``Range`` headers and the times in them (RFC 2326, 3.6, 3.7 and 12.29), and ISO 8601 times of URLs.

Instants are milliseconds UTC with fractions. Times of day run without leap seconds, as everywhere here.

GStreamer reads ``a=range:clock=`` as seconds since 1900 and then asks with those as ``npt``. A number that
large cannot be meant otherwise, so it is taken as an instant and answered in the same way.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_1900_MS = -2_208_988_800_000.0
_CLOCK = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z")
_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)[Tt ](\d\d):?(\d\d):?(\d\d)(?:[.,](\d{1,9}))?"
    r"(?:([Zz])|([+-])(\d\d):?(\d\d))"
)
_NPT_SECONDS = re.compile(r"\d{1,10}(?:\.\d{0,9})?")
_NPT_HMS = re.compile(r"(\d{1,6}):([0-5]?\d):([0-5]?\d(?:\.\d{0,9})?)")


class RangeError(ValueError):
    """The text is not a range, or not one that makes sense."""


@dataclass(frozen=True, slots=True)
class AskedRange:
    """A range in instants.

    Attributes:
        unit: ``clock``, ``npt``, or ``npt-1900`` for seconds since 1900; the answer uses the same.
        start_ms: None for ``now`` and for an open start.
        end_ms: None when open.
    """

    unit: str
    start_ms: float | None
    end_ms: float | None


def parse_range(text: str, origin_ms: float) -> AskedRange:
    """Parse a ``Range`` header; ``npt`` counts from ``origin_ms``. A ``;time=`` parameter is ignored.

    Raises:
        RangeError: Malformed, or a unit that is not offered (SMPTE).
    """
    unit, equals, rest = text.partition(";")[0].strip().partition("=")
    unit = unit.strip().lower()
    start, dash, end = rest.strip().partition("-")
    if not equals or not dash or unit not in {"clock", "npt"} or not (start or end):
        raise RangeError(text)
    if unit == "clock":
        return AskedRange(unit, _optional_clock(start), _optional_clock(end))
    if any(_is_since_1900(text) for text in (start, end)):
        unit, origin_ms = "npt-1900", _1900_MS
    return AskedRange(unit, _optional_npt(start, origin_ms), _optional_npt(end, origin_ms))


def _is_since_1900(text: str) -> bool:
    return bool(_NPT_SECONDS.fullmatch(text.strip())) and float(text) * 1000 >= -_1900_MS


def _optional_clock(text: str) -> float | None:
    return parse_clock(text.strip()) if text.strip() else None


def _optional_npt(text: str, origin_ms: float) -> float | None:
    text = text.strip()
    if text in {"", "now"}:
        return None
    if _NPT_SECONDS.fullmatch(text):
        return origin_ms + float(text) * 1000
    match = _NPT_HMS.fullmatch(text)
    if match is None:
        raise RangeError(text)
    hours, minutes, seconds = match.groups()
    return origin_ms + (int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 1000


def parse_clock(text: str) -> float:
    """``20251024T100000.5Z`` as an instant.

    Raises:
        RangeError: Not that.
    """
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise RangeError(text)
    return _instant_ms(match.groups()[:6], match.group(7), 0)


def parse_iso(text: str) -> float:
    """A time in a URL: ISO 8601, basic or extended, ``Z`` or an offset.

    Raises:
        RangeError: Not that, or without a zone.
    """
    match = _ISO.fullmatch(text.strip())
    if match is None:
        raise RangeError(text)
    groups = match.groups()
    offset_min = 0
    if groups[8]:
        offset_min = (int(groups[9]) * 60 + int(groups[10])) * (1 if groups[8] == "+" else -1)
    return _instant_ms(groups[:6], groups[6], offset_min)


def _instant_ms(fields: tuple[str, ...], fraction: str | None, offset_min: int) -> float:
    try:
        moment = datetime(*(int(field) for field in fields), tzinfo=UTC)  # type: ignore[misc,arg-type]  # six integers
        moment -= timedelta(minutes=offset_min)
    except (ValueError, OverflowError) as err:
        raise RangeError("-".join(fields)) from err
    whole_ms = (moment - _EPOCH) // timedelta(milliseconds=1)
    return whole_ms + (float(f"0.{fraction}") * 1000 if fraction else 0.0)


def format_clock(instant_ms: float) -> str:
    """An instant as ``20251024T100000.500Z``, rounded down to the millisecond."""
    moment = _EPOCH + timedelta(milliseconds=int(instant_ms // 1))
    return f"{moment:%Y%m%dT%H%M%S}.{moment.microsecond // 1000:03d}Z"


def format_range(unit: str, start_ms: float, end_ms: float | None, origin_ms: float) -> str:
    """A ``Range`` header for an answer. ``npt`` cannot be negative: what lies before the origin is 0."""
    if unit == "clock":
        end = format_clock(end_ms) if end_ms is not None else ""
        return f"clock={format_clock(start_ms)}-{end}"
    origin_ms = _1900_MS if unit == "npt-1900" else origin_ms
    end = f"{max(0.0, end_ms - origin_ms) / 1000:.3f}" if end_ms is not None else ""
    return f"npt={max(0.0, start_ms - origin_ms) / 1000:.3f}-{end}"
