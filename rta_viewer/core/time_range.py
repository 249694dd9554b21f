"""A range as people type or paste it: two times with something between, or a start and a length."""

import re
from dataclasses import replace

from rta_viewer.core.moment import (
    RANGE_START,
    Moment,
    Surroundings,
    is_offset,
    parse_moment,
    says_whose_clock,
)
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import tr
from rta_viewer.errors import UsageError

_LEADING = re.compile(r"^(?:from|between|من)\s+", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\s+(?:-|\N{EN DASH}|\N{EM DASH}|to|until|and|bis|إلى|الى|حتى|\N{RIGHTWARDS ARROW})\s+"
    r"|\s*(?:\.\.+|\N{HORIZONTAL ELLIPSIS}|;|\t|\r?\n)\s*"
    # ISO 8601-1, 5.5: an interval is written with a solidus. A line of a table has a comma or a bar.
    r"|(?<=[Z\d\"'])\s*[/,|]\s*(?=[\"']?\d{4}-?\d\d-?\d\d)",
    re.IGNORECASE,
)
_DASH = r"(?:-|\N{EN DASH}|\N{EM DASH})"
_TIME = (
    r"\d{1,2}(?:[:.]\d\d(?:[:.]\d\d(?:[.,]\d{1,6})?)?(?: ?[ap]\.?m\.?)?| ?[ap]\.?m\.?)"
    r"(?: ?(?:z|utc|gmt)\b)?"
)
_ENDING_IN_A_TIME = rf"(?:\S.*[ T,])?{_TIME}"
_UNSPACED = re.compile(rf"({_ENDING_IN_A_TIME}){_DASH}({_ENDING_IN_A_TIME})", re.IGNORECASE)
_BEFORE_AN_OFFSET = re.compile(
    # Of ISO 8601, and of programs that write a space for its T, but always the seconds.
    r"\d{4}-?\d\d-?\d\d(?:T\d\d(?::?\d\d){1,2}| \d\d:\d\d:\d\d)(?:[.,]\d+)?",
    re.IGNORECASE,
)
_BARE_TIME = re.compile(_TIME, re.IGNORECASE)
_BEFORE_A_DAY = re.compile(
    rf"(?P<time>{_TIME}),? (?:on )?(?P<day>(?!(?:z|utc|gmt|[ap]\.?m)\b)\w.*?)(?P<whose> ?(?:z|utc|gmt))?",
    re.IGNORECASE,
)
_UTC = re.compile(r"\d(?P<word> ?(?:z|utc|gmt))$", re.IGNORECASE)
_LONGEST = 200


def split_range(text: str) -> tuple[str, str] | None:
    """The two halves of a written range; None when it is a single time.

    A day or ``UTC`` behind the second half is said of both.
    """
    whole = _LEADING.sub("", text.strip()[:_LONGEST])
    parts = _BETWEEN.split(whole)
    if len(parts) != 2 or not all(parts):
        found = _UNSPACED.fullmatch(whole)
        if found is None or (_BEFORE_AN_OFFSET.fullmatch(found[1]) and is_offset(f"-{found[2]}")):
            return None
        parts = [found[1], found[2]]
    start, end = parts
    dated = _BEFORE_A_DAY.fullmatch(end)
    if dated is not None and _BARE_TIME.fullmatch(start):
        start = f"{dated['day']} {start}"
        end = f"{dated['day']} {dated['time']}{dated['whose'] or ''}"
    said = _UTC.search(end)
    if said is not None and start[-1].isdigit() and not says_whose_clock(start):
        start += said["word"]
    return start, end


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
