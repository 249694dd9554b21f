"""The list of jobs as the commands see it: what they promise to print, and how they reach its owner.

A command that finds the list free works on it itself. Where a window or another command owns it, it leaves
orders and reads along.
"""

import contextlib
import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rta_viewer.cli.command import Context
from rta_viewer.cli.exit_codes import ExitCode
from rta_viewer.cli.output import table
from rta_viewer.cli.progress import size_text
from rta_viewer.core.jobs import Job, JobState, PauseCause
from rta_viewer.core.ports import Recorder
from rta_viewer.core.servers import is_served_by
from rta_viewer.core.texts import english
from rta_viewer.core.timetext import iso_utc
from rta_viewer.errors import (
    Cancelled,
    NoFootageError,
    NotFoundError,
    SignInError,
    StorageError,
    UsageError,
)
from rta_viewer.platform.settings import SettingsStore

if TYPE_CHECKING:
    from rta_viewer.jobs.engine import JobEngine
    from rta_viewer.jobs.inbox import Order
    from rta_viewer.jobs.store import JobStore

_log = logging.getLogger(__name__)

STORE_NAME = "jobs.sqlite3"
_SAVED = frozenset({JobState.DONE, JobState.DIFFERS})
_CODES = {
    UsageError.kind: ExitCode.USAGE,
    SignInError.kind: ExitCode.SIGN_IN,
    NotFoundError.kind: ExitCode.NOT_FOUND,
    NoFootageError.kind: ExitCode.NOT_FOUND,
}
_WORST_LAST = (
    ExitCode.DONE,
    ExitCode.CANCELLED,
    ExitCode.DELIVERY,
    ExitCode.NOT_FOUND,
    ExitCode.SIGN_IN,
    ExitCode.USAGE,
    ExitCode.FAILED,
)
_TAKEN_WITHIN_S = 60.0
"""The next one: the list's owner may be waiting for a server that does not answer, or for a slow disk."""

_FREE_WITHIN_S = 1.0
_LOOK_S = 0.2


def store_path(context: Context) -> Path:
    """Where the list is."""
    return context.paths.data_dir / STORE_NAME


def open_store(context: Context) -> "JobStore":
    """The list, for this process alone; tells what was found damaged.

    Raises:
        StoreInUseError: A window or another command has it.
        StorageError: It cannot be opened.
    """
    from rta_viewer.jobs.store import JobStore

    store = JobStore(store_path(context), context.clock)
    if store.set_aside or store.was_lost:
        from rta_viewer.jobs.opening import what_was_damaged

        context.output.note(english(what_was_damaged(store)))
    return store


def own_store(context: Context) -> "JobStore":
    """The same; another command may have it for a moment, to look into it.

    Raises:
        StoreInUseError: A window or another command works on it.
        StorageError: It cannot be opened.
        Cancelled: Ctrl+C.
    """
    until_s = time.monotonic() + _FREE_WITHIN_S
    while time.monotonic() < until_s:
        if (store := free_store(context)) is not None:
            return store
        look_again(context)
    return open_store(context)


def engine_of(
    context: Context, store: "JobStore", key: tuple[str, str], recorder: Recorder
) -> "JobEngine":
    """Works on the list within what the settings allow.

    Args:
        context: Where the settings are.
        store: The list.
        key: Server and user that are signed in; nothing is done for others.
        recorder: Theirs.
    """
    from rta_viewer.jobs.engine import JobEngine, Limits

    settings = SettingsStore(context.paths.settings_file).load().settings
    limits = Limits(settings.clips_at_once, renew_expired=settings.renew_expired)
    engine = JobEngine(
        store,
        lambda *asked: recorder if is_served_by(asked, key) else None,
        context.clock,
        limits=limits,
    )
    engine.resume_unfinished()
    return engine


def document(jobs: Iterable[Job]) -> dict[str, Any]:
    """The promised object."""
    return {"jobs": [_entry(job) for job in jobs]}


def _entry(job: Job) -> dict[str, Any]:
    saved = job.state in _SAVED
    return {
        "id": job.job_id,
        "kind": job.kind.value,
        "camera": job.camera_name,
        "start": iso_utc(job.span.start_ms),
        "end": iso_utc(job.span.end_ms),
        "state": job.state.value,
        "path": str(job.path),
        "size_bytes": job.received_bytes if saved else job.total_bytes,
        "sha256": job.sha256 if saved else None,
        "check": _check(job),
        "reason": _reason(job),
    }


def _reason(job: Job) -> str:
    """Why it waits, failed or was kept, and what to do about it."""
    return f"{english(job.reason)} {english(job.hint)}".strip()


def worked_off(jobs: Sequence[Job], none: str = "") -> tuple[dict[str, Any], list[str]]:
    """The object and the lines of a command that waited: volumes, too, where any were asked for."""
    found, said = document(jobs), lines(jobs, none)
    if any(job.medium for job in jobs):
        volumes = {
            job.job_id: [str(path) for path in job.volumes] for job in jobs if job.volume_count
        }
        found["volumes"] = volumes
        said += [path for paths in volumes.values() for path in paths]
    return found, said


def _check(job: Job) -> str | None:
    if job.state is JobState.DONE:
        return "ok"
    return english(job.reason) if job.state is JobState.DIFFERS else None


def lines(jobs: Sequence[Job], none: str = "There are no jobs.") -> list[str]:
    """The same for people; ``none`` is said where there are none."""
    if not jobs:
        return [none]
    rows = [
        (
            job.job_id[:8],
            job.kind.value,
            job.camera_name,
            iso_utc(job.span.start_ms),
            job.state.value,
            size_text(job.received_bytes),
            _reason(job) or str(job.path),
        )
        for job in jobs
    ]
    return table(rows)


def worst(jobs: Iterable[Job]) -> ExitCode:
    """The exit code of the worst of them; what is not finished counts as done."""
    return max((_code(job) for job in jobs), key=_WORST_LAST.index, default=ExitCode.DONE)


def tell_what_is_left(context: Context, jobs: Iterable[Job]) -> None:
    """Where this command has waited in vain: the list says that they go on, but not who does that now."""
    causes = {job.pause_cause for job in jobs if job.state is JobState.PAUSED}
    if PauseCause.STORAGE in causes:
        context.output.note(
            "What waits for room or for a drive goes on while the window is open, or by the command jobs run."
        )
    if PauseCause.OPERATOR in causes:
        context.output.note("What somebody paused goes on after the command jobs resume.")


def rests(job: Job) -> bool:
    """True when nothing goes on with it until somebody does something."""
    return job.finished or job.state is JobState.PAUSED


def _code(job: Job) -> ExitCode:
    if job.state is JobState.FAILED:
        return _CODES.get(job.failure, ExitCode.FAILED)
    ends = {JobState.DIFFERS: ExitCode.DELIVERY, JobState.CANCELLED: ExitCode.CANCELLED}
    return ends.get(job.state, ExitCode.DONE)


def find(jobs: Sequence[Job], wanted: str) -> Job:
    """The job of that id, or of an id that only it begins with.

    Raises:
        NotFoundError: There is none.
        UsageError: Several begin so.
    """
    found = [job for job in jobs if job.job_id == wanted]
    found = found or [job for job in jobs if wanted and job.job_id.startswith(wanted)]
    if len(found) > 1:
        raise UsageError(f"Several jobs begin with {wanted}.", "Give more of the id.")
    if not found:
        raise NotFoundError(f"There is no job {wanted}.", "The command jobs lists them.")
    return found[0]


def hand_over(
    context: Context, orders: Sequence["Order"]
) -> tuple["JobStore", list["Order"]] | None:
    """Leave orders for the owner of the list, and wait until it has taken them.

    Returns:
        None; or, where the owner has let go of the list meanwhile, that list for this process alone, and the
        orders that nobody took.

    Raises:
        StorageError: They cannot be written, or nobody takes them: they are taken back.
        Cancelled: Ctrl+C; the same.
    """
    from rta_viewer.jobs.store import inbox_of

    box = inbox_of(store_path(context))
    left: list[Order] = []
    try:
        for order in orders:
            left.append(replace(order, file=box.put(order)))
        waiting, until_s = left, time.monotonic() + _TAKEN_WITHIN_S
        while still := [order for order in waiting if order.waits]:
            if len(still) < len(waiting):
                waiting, until_s = still, time.monotonic() + _TAKEN_WITHIN_S
            if time.monotonic() > until_s:
                raise StorageError(
                    "The other window or command of this program does not answer.",
                    "What it has not taken was taken back; try again.",
                )
            look_again(context)
            if (store := free_store(context)) is not None:
                return store, [order for order in still if order.waits]
    except (Cancelled, KeyboardInterrupt) as err:
        raise Cancelled(
            hint="What the other window or command of this program had taken by then is carried out: "
            "the command jobs lists it."
        ) from err
    else:
        return None
    finally:
        for order in left:
            order.done()


def free_store(context: Context) -> "JobStore | None":
    """The list, for this process alone; None while another one has it. Raises StorageError."""
    from rta_viewer.jobs.store_lock import StoreInUseError

    try:
        return open_store(context)
    except StoreInUseError:
        return None


@contextlib.contextmanager
def staying_in_the_list() -> Iterator[None]:
    """Ctrl+C ends the command, and none of its jobs: says so with the Cancelled that it raises."""
    try:
        yield
    except Cancelled as err:
        raise Cancelled(
            err.summary,
            "What is not finished stays in the list: the window, or the command jobs run, goes on with it.",
        ) from err


def look_again(context: Context) -> None:
    """Wait a moment; raises Cancelled."""
    context.cancel.wait(_LOOK_S)
    context.cancel.raise_if_cancelled()
