"""The contract's times: ISO 8601 in, UTC with ``Z`` out."""

import re
from datetime import UTC, datetime, timedelta

from rta_viewer.core.spans import Span
from rta_viewer.demo.rest.messages import invalid

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_FORM = re.compile(
    r"(\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d)(?:[.,](\d{1,18}))?([Zz]|[+-]\d\d:?\d\d)", re.ASCII
)


def parse_instant(text: str, name: str) -> int:
    """UTC milliseconds of an ISO 8601 time with ``Z`` or an offset; fractions are cut to milliseconds.

    A space in place of the offset's plus is understood: a client that forgot to encode the plus in a
    query sends just that.

    Raises:
        ApiError: 400, naming the parameter.
    """
    match = _FORM.fullmatch(re.sub(r" (?=\d\d:?\d\d$)", "+", text.strip()))
    if match is None:
        raise _not_a_time(name)
    seconds, fraction, zone = match.groups()
    try:
        whole = datetime.fromisoformat(seconds.upper() + zone.upper())
        instant = (whole - _EPOCH) // _MILLISECOND
    except (ValueError, OverflowError) as err:
        raise _not_a_time(name) from err
    return instant + int((fraction or "0").ljust(3, "0")[:3])


def parse_span(start: str, end: str) -> Span:
    """The window between two times.

    Raises:
        ApiError: 400 when one is missing or wrong, or when nothing lies between them.
    """
    start_ms = parse_instant(start, "startTime")
    end_ms = parse_instant(end, "endTime")
    if end_ms <= start_ms:
        raise invalid("endTime must lie after startTime.")
    return Span(start_ms, end_ms)


def format_instant(instant_ms: float) -> str:
    """``2025-10-24T10:00:00Z``; with three decimals when it is no whole second."""
    instant = _EPOCH + round(instant_ms) * _MILLISECOND
    timespec = "milliseconds" if instant.microsecond else "seconds"
    return instant.replace(tzinfo=None).isoformat(timespec=timespec) + "Z"


def utc_day(instant_ms: int) -> str:
    """The calendar day, ``2025-10-24``."""
    return format_instant(instant_ms)[:10]


def next_midnight(instant_ms: int) -> int:
    """The first UTC midnight later than the instant."""
    day_ms = 86_400_000
    return (instant_ms // day_ms + 1) * day_ms


def _not_a_time(name: str) -> Exception:
    return invalid(
        f"{name} must be an ISO 8601 time with an offset or Z, like 2025-10-24T10:00:00Z."
    )
