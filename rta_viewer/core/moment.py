"""Reads the dates and times that people type and paste, and says what it understood.

Understood are ISO 8601 (:mod:`rta_viewer.core.timetext`), dates with the day first (``24/10/2025 10:00``,
``24 Oct 2025``), times alone (``10:15``, ``2:30 pm``: of the day that is shown), days by name (``yesterday
14:05``, ``monday``: the last one), and distances (``-30m``, ``+1h 15m`` from the playhead, ``10 min ago``).
A wall-clock time that a clock change skips or repeats is refused with the times that it could mean.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, timedelta, tzinfo

from rta_viewer.core.arabic_times import to_english
from rta_viewer.core.day_names import MONTHS, WEEKDAYS, day_label, names
from rta_viewer.core.texts import digits, left_to_right, mark, plain, tr
from rta_viewer.core.timescale import (
    DAY_MS,
    EARLIEST_MS,
    HOUR_MS,
    LATEST_MS,
    MINUTE_MS,
    SECOND_MS,
    day_start,
    offset_text,
    wall_clock,
)
from rta_viewer.core.timetext import ClockChangeError, parse_instant
from rta_viewer.errors import UsageError

_LONGEST = 80
_HINT = mark("Write 24/10/2025 10:00, 2025-10-24T10:00:00Z, 10:15, yesterday 14:05, or -30m.")

_UNITS_MS = {"ms": 1, "s": SECOND_MS, "m": MINUTE_MS, "h": HOUR_MS, "d": DAY_MS, "w": 7 * DAY_MS}
_UNIT_WORDS = {
    "ms": mark("ms", "typed after a number"),
    "s": mark("s", "typed after a number"),
    "m": mark("min", "typed after a number"),
    "h": mark("h", "typed after a number"),
    "d": mark("days", "typed after a number"),
    "w": mark("weeks", "typed after a number"),
}
_UNIT = r"(ms|s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:ours?|rs?)?|d(?:ays?)?|w(?:eeks?)?)"
_AMOUNT = re.compile(rf"(\d{{1,9}}(?:[.,]\d{{1,3}})?) ?{_UNIT}(?![a-z])")
_DISTANCE = re.compile(rf"(?P<sign>[+-])? ?(?P<amounts>(?:{_AMOUNT.pattern} ?)+)(?P<ago>ago)?")
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,](?P<fraction>\d{1,6}))?)?)?"
    r" ?(?P<half>[ap]\.?m\.?)?"
)
_NUMERIC_DATE = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d\d)")
_NAMED_DATE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ .\-]*([a-z]{3,9})[ .,\-]*(\d{4})?")
_NAMED_DATE_AMERICAN = re.compile(r"([a-z]{3,9})[ .]*(\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?(?!:)")
_ISO_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_COMPACT = re.compile(r"(\d{8})[ _T\-]?(\d{4}(?:\d\d)?)?", re.IGNORECASE)
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_OFFSET = re.compile(
    # Only behind a time: the end of 24-10-2025 is no offset.
    r"(?P<before>:\d\d(?:[.,]\d{1,6})?)(?P<apart> ?(?:utc|gmt)?)"
    r"(?P<offset>(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?)$"
)
# UTC-12:00 to UTC+14:00; parts of an hour are 30 or 45 minutes east of Greenwich, and 30 west.
_KNOWN_OFFSET = re.compile(
    r"(?:\+(?:0?\d|1[0-4])(?::?(?:00|30|45))?|-(?:0?\d|1[0-2])(?::?(?:00|30))?)"
)
_UTC = re.compile(r"(?<=\d) ?(?:z|utc|gmt)$")


_NOW = (mark("{amount} after now"), mark("{amount} before now"))
PLAYHEAD = (mark("{amount} after the playhead"), mark("{amount} before the playhead"))
RANGE_START = (mark("{amount} after the start"), mark("{amount} before the start"))


@dataclass(frozen=True, slots=True)
class Moment:
    """What was understood.

    Attributes:
        instant_ms: Milliseconds UTC.
        words: The whole instant in words, in the reader's zone.
        relation: How it was arrived at, where that is worth a word: ``30 min before the playhead``.
    """

    instant_ms: int
    words: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a text is read against.

    Attributes:
        zone: Whose clock times without offset are.
        now_ms: Now.
        here_ms: The playhead, None when there is none.
        here: How a time later and one earlier than ``here_ms`` is worded, marked for translators.
    """

    zone: tzinfo
    now_ms: int
    here_ms: int | None = None
    here: tuple[str, str] = PLAYHEAD


def parse_moment(text: str, around: Surroundings) -> Moment:
    """Understand what was typed.

    Raises:
        ClockChangeError: It is a wall-clock time that does not exist or exists twice.
        UsageError: It is no time, or is not within the years that recordings can have.
    """
    clean = _normal(text)
    if not clean or len(clean) > _LONGEST:
        raise _refusal(text)
    try:
        instant_ms, relation = _read(clean, around)
    except ClockChangeError:
        raise
    except (UsageError, ValueError, OverflowError) as err:
        # Refused as it was typed, not as it was put together.
        raise _refusal(text) from err
    if not EARLIEST_MS <= instant_ms < LATEST_MS:
        raise UsageError(
            tr("{text!r} is too far away to be a time of recordings.", text=text.strip()), tr(_HINT)
        )
    return Moment(instant_ms, in_words(instant_ms, around.zone), relation)


def in_words(instant_ms: int, zone: tzinfo) -> str:
    """``Friday 24 October 2025, 12:00:00 +02:00``; a fraction only where there is one."""
    at = wall_clock(instant_ms, zone)
    fraction = f".{at.microsecond // 1000:03d}" if at.microsecond else ""
    time = f"{at:%H:%M:%S}{fraction} {offset_text(instant_ms, zone)}"
    return tr("{day}, {time}", day=day_label(at.date()), time=left_to_right(time))


def _refusal(text: str) -> UsageError:
    return UsageError(tr("{text!r} is not a time.", text=text.strip()[:_LONGEST]), tr(_HINT))


def _normal(text: str) -> str:
    """Lower case, one space between words, plain minus and digits, no quotes around, in English."""
    bare = plain(text).replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-")
    return to_english(" ".join(bare.casefold().split()).strip("\"'()[] "))


def _read(text: str, around: Surroundings) -> tuple[int, str]:
    if text == "now":
        return around.now_ms, tr("now")
    if _EPOCH.fullmatch(text):
        return int(text) * (1 if len(text) == 13 else 1000), tr("counted from 1970")
    distance = _DISTANCE.fullmatch(text)
    if distance is not None and (distance["sign"] or distance["ago"]):
        return _at_distance(distance, around)
    body, zone = _split_zone(text)
    return _calendar(body, zone, around)


def _at_distance(found: re.Match[str], around: Surroundings) -> tuple[int, str]:
    backwards = found["sign"] == "-" or found["ago"] is not None
    length_ms = round(sum(_amounts_ms(found["amounts"])))
    from_now = found["ago"] is not None or around.here_ms is None
    anchor_ms = around.now_ms if from_now or around.here_ms is None else around.here_ms
    whence = _NOW if from_now else around.here
    relation = tr(whence[backwards], amount=_said(" ".join(found["amounts"].split())))
    return anchor_ms + (-length_ms if backwards else length_ms), relation


def _said(amounts: str) -> str:
    """Amounts as they were typed; with the units of the language in use, where it has its own."""

    def unit(found: re.Match[str]) -> str:
        known = _UNIT_WORDS[_short(found[2])]
        word = tr(known, "typed after a number")
        return found[0] if word == known else f"{found[1]} {word}"

    return digits(_AMOUNT.sub(unit, amounts))


def _short(unit: str) -> str:
    return unit if unit == "ms" else unit[0]


def _amounts_ms(text: str) -> list[float]:
    found: list[float] = []
    for number, unit in _AMOUNT.findall(text):
        found.append(float(number.replace(",", ".")) * _UNITS_MS[_short(unit)])
    return found


def _split_zone(text: str) -> tuple[str, str]:
    """The text without its offset, and the offset as ISO 8601 writes it."""
    if found := _UTC.search(text):
        return text[: found.start()], "Z"
    found = _OFFSET.search(text)
    if found and is_offset(found["offset"]) and not _may_be_a_range(text, found):
        body = text[: found.start()] + found["before"]
        return body, f"{found['sign']}{found['hours']:0>2}:{found['minutes'] or '00'}"
    return text, ""


def is_offset(text: str) -> bool:
    """Whether some place's clock differs from UTC by that: ``+02:00``, ``-0330``, ``+2``."""
    return _KNOWN_OFFSET.fullmatch(text) is not None


def says_whose_clock(text: str) -> bool:
    """Whether a typed time ends with an offset, or UTC."""
    return bool(_split_zone(_normal(text))[1])


def _may_be_a_range(text: str, found: re.Match[str]) -> bool:
    """``10:00-11:00`` is hardly meant as a time in another zone; behind an ISO date it can be."""
    return found["sign"] == "-" and not found["apart"] and not _ISO_DATE.match(text)


def _calendar(text: str, zone: str, around: Surroundings) -> tuple[int, str]:
    shown = _shown_day(around, zone)
    day, rest, relation = _date(text, around, shown[0])
    time = rest.strip(" ,t_") if day is not None else rest
    time = time.removeprefix("at ").strip()
    if not time:
        if day is None and around.here_ms is not None:
            raise ValueError(text)
        time = "00:00"
    if day is None:
        day, relation = shown
    return parse_instant(f"{day.isoformat()}T{_clock(time)}{zone}", around.zone), relation


def _shown_day(around: Surroundings, zone: str) -> tuple[date, str]:
    """The day of the playhead, otherwise today; by the clock of the offset that was written, if it is UTC."""
    reader = UTC if zone == "Z" else around.zone
    if around.here_ms is not None:
        return wall_clock(around.here_ms, reader).date(), tr("of the day that is shown")
    return wall_clock(around.now_ms, reader).date(), tr("today")


def _date(text: str, around: Surroundings, shown: date) -> tuple[date | None, str, str]:
    """The day at the start or the end of a text, what is left of it, and a word about it."""
    for reader in (_named_day, _written_date):
        found = reader(text, around, shown)
        if found is not None:
            return found
    # The date may stand last: "10:00 24/10/2025".
    time, _, tail = text.partition(" ")
    if tail and _TIME.fullmatch(time):
        for reader in (_named_day, _written_date):
            found = reader(tail, around, shown)
            if found is not None and not found[1].strip(" ,"):
                return found[0], time, found[2]
    return None, text, ""


def _named_day(
    text: str, around: Surroundings, _shown: date
) -> tuple[date | None, str, str] | None:
    word, _, rest = text.replace(",", " ").partition(" ")
    today = wall_clock(day_start(around.now_ms, around.zone), around.zone).date()
    if word == "today":
        return today, rest, tr("today")
    if word == "yesterday":
        return today - timedelta(days=1), rest, tr("yesterday")
    for index, name in enumerate(WEEKDAYS):
        if word.removesuffix(".") in {name.lower(), name[:3].lower()}:
            written = _written_date(rest.strip(), around, _shown)
            if written is not None:
                return written
            back = (today.weekday() - index) % 7
            last = tr("the last {weekday}", weekday=names().weekdays[index])
            return today - timedelta(days=back), rest, last if back else tr("today")
    return None


def _written_date(
    text: str, around: Surroundings, shown: date
) -> tuple[date | None, str, str] | None:
    if found := _ISO_DATE.match(text):
        return date(*(int(number) for number in found.groups())), text[found.end() :], ""
    if found := _NUMERIC_DATE.match(text):
        return _numeric_date(found), text[found.end() :], ""
    if found := _COMPACT.fullmatch(text):
        digits, time = found[1], found[2] or ""
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        return day, ":".join(time[i : i + 2] for i in range(0, len(time), 2)), ""
    if (found := _NAMED_DATE.match(text)) and (month := _month(found[2])):
        year = int(found[3]) if found[3] else shown.year
        return date(year, month, int(found[1])), text[found.end() :], ""
    if (found := _NAMED_DATE_AMERICAN.match(text)) and (month := _month(found[1])):
        year = int(found[3]) if found[3] else shown.year
        return date(year, month, int(found[2])), text[found.end() :], ""
    return None


def _numeric_date(found: re.Match[str]) -> date:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if len(found[4]) == 2:
        year += 2000
    # The day comes first, unless only the other reading is a date: 10/24/2025.
    day, month = (second, first) if second > 12 >= first else (first, second)
    return date(year, month, day)


def _month(word: str) -> int:
    matching = [index for index, name in enumerate(MONTHS, 1) if name.lower().startswith(word)]
    return matching[0] if len(matching) == 1 else 0


def _clock(text: str) -> str:
    """``HH:MM:SS`` with a fraction, of a time of day."""
    found = _TIME.fullmatch(text)
    if found is None or not (found["minute"] or found["half"]):
        raise ValueError(text)
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if found["half"].startswith("p") else 0)
    fraction = f".{found['fraction']}" if found["fraction"] else ""
    return f"{hour:02d}:{found['minute'] or '00'}:{found['second'] or '00'}{fraction}"
