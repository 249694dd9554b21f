"""A job as one row of plain values: in the list on disk, and in the orders of other processes."""

import logging
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from types import NoneType
from typing import Any, get_type_hints

from rta_viewer.core.jobs import Job, JobEvent, JobKind, JobState, PauseCause
from rta_viewer.core.save_medium import Medium
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import is_text, kept, recalled, tr, verbatim
from rta_viewer.errors import UsageError

_log = logging.getLogger(__name__)

_PLAIN = tuple(
    field.name for field in fields(Job) if field.name not in {"span", "missing", "next_try_s"}
)
_SAID = ("reason", "hint", "why_kind")
_STATES = {state.value: state for state in JobState}
COLUMNS = (*_PLAIN, "start_ms", "end_ms", "missing_start_ms", "missing_end_ms")
_HINTS = get_type_hints(Job)
_WHOLE = frozenset({"start_ms", "end_ms", "include_audio", "folder_seen"}) | {
    name for name in _PLAIN if _HINTS[name] is int
}
_WHOLE_IF_ANY = frozenset({"missing_start_ms", "missing_end_ms"}) | {
    name for name in _PLAIN if _HINTS[name] == int | None
}
_NUMBER_IF_ANY = frozenset(name for name in _PLAIN if _HINTS[name] == float | None)
_MOST = 2**63
_SPANS = ("start_ms", "end_ms", "missing_start_ms", "missing_end_ms")
_FIELDS = tuple(field.name for field in fields(Job))
_STANDS_FOR = {"span": "start_ms", "missing": "missing_start_ms", "next_try_s": "missing_end_ms"}
"""A column in the place of each field that is none."""
_SPAN_AT, _MISSING_AT, _NEXT_TRY_AT = map(_FIELDS.index, _STANDS_FOR)
_ALWAYS = frozenset({"start_ms", "end_ms", "state", "include_audio", *_SAID}) | {
    field.name for field in fields(Job) if field.default is MISSING
}
"""What every version of the program has written."""


@lru_cache(maxsize=256)
def _folder(text: str) -> Path:
    """Thousands of jobs share a few folders, and making a path takes a while."""
    return Path(text)


_READERS: Mapping[str, Callable[[Any], object]] = {
    # Calling an enumeration takes its time.
    "kind": {kind.value: kind for kind in JobKind}.__getitem__,
    "state": _STATES.__getitem__,
    "pause_cause": {cause.value: cause for cause in PauseCause}.__getitem__,
    "medium": {medium.value: medium for medium in Medium}.__getitem__,
    "folder": _folder,
    "include_audio": bool,
    "folder_seen": bool,
    **dict.fromkeys(_SAID, recalled),
}
_READ = tuple((_FIELDS.index(name), read) for name, read in _READERS.items())


def job_row(job: Job) -> dict[str, Any]:
    """A job as plain values, by column."""
    row = {name: getattr(job, name) for name in _PLAIN}
    said = {name: kept(row[name]) for name in _SAID}
    return {
        **row,
        **said,
        "kind": job.kind.value,
        "state": job.state.value,
        "pause_cause": job.pause_cause.value,
        "medium": job.medium.value,
        "folder": str(job.folder),
        "include_audio": int(job.include_audio),
        "folder_seen": int(job.folder_seen),
        "start_ms": job.span.start_ms,
        "end_ms": job.span.end_ms,
        "missing_start_ms": job.missing.start_ms if job.missing else None,
        "missing_end_ms": job.missing.end_ms if job.missing else None,
    }


def job_from_row(row: Mapping[str, Any] | sqlite3.Row) -> Job | None:
    """The job of a row, None when it makes no sense."""
    try:
        reader = _reader(tuple(row.keys()))
        if isinstance(row, sqlite3.Row):
            values = tuple(row)
            _require_kinds(reader.names, tuple(map(type, values)))
        else:
            values = tuple(row.values())
        return reader.job(values)
    except (ValueError, TypeError, KeyError) as err:
        _log.warning("A job in the list makes no sense and is left out: %s", err)
        return None


def event_from_row(row: sqlite3.Row) -> JobEvent | None:
    """One line of a history, None when it makes no sense."""
    who = row["who"] if "who" in row.keys() else ""  # noqa: SIM118 - a row has no "in"
    texts = isinstance(row["why"], str) and isinstance(who, str)
    if not texts or not isinstance(row["at_ms"], int) or row["state"] not in _STATES:
        return None
    return JobEvent(row["at_ms"], _STATES[row["state"]], recalled(row["why"]), who)


def job_of_order(row: Mapping[str, Any]) -> Job | None:
    """The same of a row that another process wrote, also None when it could not be kept."""
    odd = [name for name, value in row.items() if not _fits(name, value)]
    if odd:
        _log.warning("A job in an order makes no sense and is left out: %s", ", ".join(odd)[:200])
        return None
    return job_from_row(row)


def can_be_kept(job: Job) -> bool:
    """False when no database takes it."""
    return all(_fits(name, value) for name, value in job_row(job).items())


def require_keepable(jobs: Iterable[Job]) -> None:
    """Raises UsageError when no database takes one of them: its folder may have a name that is no text."""
    odd = next((job for job in jobs if not can_be_kept(job)), None)
    if odd is not None:
        raise UsageError(
            tr(
                "What is to be saved as {path} cannot be written down.",
                path=verbatim(str(odd.path)),
            ),
            tr("Choose another folder, or another name."),
        )


def _fits(name: str, value: object) -> bool:
    if name not in COLUMNS:
        return False
    if value is None:
        return name in _WHOLE_IF_ANY or name in _NUMBER_IF_ANY
    if name in _WHOLE or name in _WHOLE_IF_ANY:
        return isinstance(value, int) and -_MOST <= value < _MOST
    if name in _NUMBER_IF_ANY:
        return isinstance(value, int | float) and -_MOST <= value < _MOST
    return isinstance(value, str) and is_text(value)


class _Reader:
    """Makes jobs of rows that have the same columns.

    By position: thousands of rows are read at once, and a call with names takes as long as all the rest.

    Raises:
        KeyError: A column that each job has is missing, or there is one that none has.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        later = {name: value for name, value in _DEFAULTS.items() if name not in names}
        self._later = tuple(later.values())
        at = {name: number for number, name in enumerate((*names, *later))}
        if odd := at.keys() ^ _DEFAULTS.keys() or later.keys() & _ALWAYS:
            raise KeyError(*odd)
        self._spans = itemgetter(*map(at.__getitem__, _SPANS))
        self._in_order = itemgetter(*(at[_STANDS_FOR.get(name, name)] for name in _FIELDS))

    def job(self, values: tuple[Any, ...]) -> Job:
        """Of one row; raises ValueError, TypeError, KeyError."""
        values += self._later
        made = list(self._in_order(values))
        for at, read in _READ:
            made[at] = read(made[at])
        start_ms, end_ms, missing_start_ms, missing_end_ms = self._spans(values)
        made[_SPAN_AT] = Span(start_ms, end_ms)
        if missing_start_ms is None or missing_end_ms is None:
            made[_MISSING_AT] = None
        else:
            made[_MISSING_AT] = Span(missing_start_ms, missing_end_ms)
        made[_NEXT_TRY_AT] = None
        return Job(*made)


_DEFAULTS = job_row(Job("", JobKind.CLIP, "", "", "", "", Span(0, 0), Path(), ""))
"""By column; of those that older versions did not write."""


@lru_cache(maxsize=16)
def _reader(names: tuple[str, ...]) -> _Reader:
    return _Reader(names)


@lru_cache(maxsize=256)
def _require_kinds(names: tuple[str, ...], kinds: tuple[type, ...]) -> None:
    """Raises TypeError: in a damaged list anything may stand anywhere, and many rows are of few kinds."""
    for name, kind in zip(names, kinds, strict=True):
        if not _fits(name, None if kind is NoneType else kind()):
            msg = f"{name} is {kind.__name__}"
            raise TypeError(msg)
