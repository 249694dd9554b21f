"""A range as people type or paste it: two times with something between, or a start and a length."""

import re
from dataclasses import replace

from rta_viewer.core.moment import RANGE_START, Moment, Surroundings, parse_moment
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import tr
from rta_viewer.errors import UsageError

_BETWEEN = re.compile(
    r"\s+(?:-|\N{EN DASH}|\N{EM DASH}|to|until|bis|إلى|الى|حتى|\N{RIGHTWARDS ARROW})\s+"
    r"|\s*(?:\.\.+|\N{HORIZONTAL ELLIPSIS}|;|\t|\r?\n)\s*"
    # ISO 8601-1, 5.5: an interval is written with a solidus.
    r"|(?<=[Z\d])/(?=\d{4}-?\d\d-?\d\d)"
)
_LONGEST = 200


def split_range(text: str) -> tuple[str, str] | None:
    """The two halves of a written range; None when it is a single time."""
    parts = _BETWEEN.split(text.strip()[:_LONGEST])
    return (parts[0], parts[1]) if len(parts) == 2 and all(parts) else None


def parse_end(text: str, start_ms: int, around: Surroundings) -> Moment:
    """The end of a range: a time alone is of the start's day, ``+10m`` counts from the start.

    Raises:
        UsageError: It is no time, or not after the start.
    """
    found = parse_moment(text, replace(around, here_ms=start_ms, here=RANGE_START))
    if found.instant_ms <= start_ms:
        raise UsageError(tr("The end is not after the start."), tr("Write a later time, or +10m."))
    return found


def parse_range(text: str, around: Surroundings) -> Span:
    """Understand both ends.

    Raises:
        UsageError: There are not two times in it, or the end is not after the start.
    """
    halves = split_range(text)
    if halves is None:
        raise UsageError(tr("This is not a range."), tr("Write 10:00 - 10:15, or 10:00 to +15m."))
    start_ms = parse_moment(halves[0], around).instant_ms
    return Span(start_ms, parse_end(halves[1], start_ms, around).instant_ms)
