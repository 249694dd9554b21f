"""A job as one row of plain values: in the list on disk, and in the orders of other processes."""

import logging
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import lru_cache
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
# Thousands of rows are read at once, and calling an enumeration takes its time.
_KINDS = {kind.value: kind for kind in JobKind}
_STATES = {state.value: state for state in JobState}
_PAUSE_CAUSES = {cause.value: cause for cause in PauseCause}
_MEDIA = {medium.value: medium for medium in Medium}
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
    # dict(row) would look for each column by its name.
    is_row = isinstance(row, sqlite3.Row)
    values: dict[str, Any] = dict(zip(row.keys(), row, strict=True)) if is_row else dict(row)
    try:
        if is_row:
            _require_kinds(tuple(values), tuple(map(type, values.values())))
        span = Span(values.pop("start_ms"), values.pop("end_ms"))
        missing = values.pop("missing_start_ms", None), values.pop("missing_end_ms", None)
        values["kind"] = _KINDS[values["kind"]]
        values["state"] = _STATES[values["state"]]
        values["folder"] = _folder(values["folder"])
        values["include_audio"] = bool(values["include_audio"])
        values["pause_cause"] = _PAUSE_CAUSES[values.get("pause_cause", "")]
        values["folder_seen"] = bool(values.get("folder_seen"))
        values["medium"] = _MEDIA[values.get("medium", "")]
        for name in _SAID:
            values[name] = recalled(values[name])
        values["missing"] = None if None in missing else Span(*missing)
        return Job(span=span, **values)
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


@lru_cache(maxsize=256)
def _require_kinds(names: tuple[str, ...], kinds: tuple[type, ...]) -> None:
    """Raises TypeError: in a damaged list anything may stand anywhere, and many rows are of few kinds."""
    for name, kind in zip(names, kinds, strict=True):
        if not _fits(name, None if kind is NoneType else kind()):
            msg = f"{name} is {kind.__name__}"
            raise TypeError(msg)


@lru_cache(maxsize=256)
def _folder(text: str) -> Path:
    """Thousands of jobs share a few folders, and making a path takes a while."""
    return Path(text)
