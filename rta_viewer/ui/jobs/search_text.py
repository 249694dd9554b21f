"""What the search above the list looks at, and what it looks for. No Qt."""

import re
from collections.abc import Iterable
from datetime import tzinfo
from functools import lru_cache

from rta_viewer.core.jobs import Job
from rta_viewer.core.texts import plain
from rta_viewer.core.timescale import wall_clock
from rta_viewer.ui.jobs import wording

_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
_DAY_FIRST = re.compile(
    # Without a year only where it cannot be a part of an address: 24/10, 24.10.
    r"(\d{1,2})(?:([/.\-])(\d{1,2})\2(\d{4}|\d\d)?|/(\d{1,2}))",
    re.ASCII,
)
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})(?:[/.\-](\d{1,2})?)?", re.ASCII)
_LETTERS = len("2025-10-24 12:00:00")
_MONTHS = 12


def words_of(text: str) -> tuple[str, ...]:
    """What somebody typed, as words to look for."""
    return tuple(plain(text).casefold().split())


def search_text(job: Job, zone: tzinfo) -> str:
    """All of a job that can be looked for, in ASCII digits. Lists are long: it has to be quick."""
    named = f"{job.camera_name}\n{job.file_name}\n{job.folder}\n{job.username}"
    if not named.isascii() and _FOREIGN_DIGIT.search(named):
        named = plain(named)
    start, end = _seconds(job.span.start_ms, zone), _seconds(job.span.end_ms, zone)
    kind = wording.kind_word(job.kind)
    return f"{named}\n{start}\n{end}\n{job.server}\n{kind}".casefold()


def fits(text: str, words: Iterable[str]) -> bool:
    """Whether all words occur; dates may be written with the day first."""
    return all(word in text or _as_date(word) in text for word in words)


def _seconds(instant_ms: int, zone: tzinfo) -> str:
    # Three times as quick as a format with letters.
    return wall_clock(instant_ms, zone).isoformat(" ", "seconds")[:_LETTERS]


@lru_cache(maxsize=64)
def _as_date(word: str) -> str:
    """A whole date, or its beginning, as it stands in :func:`search_text`; else the word itself."""
    if found := _DAY_FIRST.fullmatch(word):
        day, month, year = int(found[1]), int(found[3] or found[5]), found[4] or ""
        if month > _MONTHS >= day:
            day, month = month, day
        return f"{'20' * (len(year) == 2)}{year}-{month:02d}-{day:02d} "
    if found := _YEAR_FIRST.fullmatch(word):
        rest = f"{found[3]:0>2} " if found[3] else ""
        return f"{found[1]}-{found[2]:0>2}-{rest}"
    return word
