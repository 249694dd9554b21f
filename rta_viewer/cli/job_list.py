"""The list of jobs as the commands see it: what they promise to print, and how they reach its owner.

A command that finds the list free works on it itself. Where a window or another command owns it, it leaves
orders and reads along.
"""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rta_viewer.cli.command import Context
from rta_viewer.cli.exit_codes import ExitCode
from rta_viewer.cli.output import table
from rta_viewer.cli.progress import size_text
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.texts import english
from rta_viewer.core.timetext import iso_utc
from rta_viewer.errors import (
    NoFootageError,
    NotFoundError,
    SignInError,
    StorageError,
    UsageError,
)
from rta_viewer.platform.settings import SettingsStore

if TYPE_CHECKING:
    from rta_viewer.jobs.inbox import Order
    from rta_viewer.jobs.schedule import Limits
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
_TAKEN_WITHIN_S = 10.0
_FREE_WITHIN_S = 1.0
_LOOK_S = 0.2


def store_path(context: Context) -> Path:
    """Where the list is."""
    return context.paths.data_dir / STORE_NAME


def own_store(context: Context) -> "JobStore":
    """The list, for this process alone; another command may have it for a moment, to look into it.

    Raises:
        StoreInUseError: A window or another command works on it.
        StorageError: It cannot be opened.
        Cancelled: Ctrl+C.
    """
    from rta_viewer.jobs.store import JobStore
    from rta_viewer.jobs.store_lock import StoreInUseError

    until_s = time.monotonic() + _FREE_WITHIN_S
    while True:
        try:
            return JobStore(store_path(context), context.clock)
        except StoreInUseError:
            if time.monotonic() > until_s:
                raise
        context.cancel.wait(_LOOK_S)
        context.cancel.raise_if_cancelled()


def limits(context: Context) -> "Limits":
    """What the settings allow."""
    from rta_viewer.jobs.schedule import Limits

    settings = SettingsStore(context.paths.settings_file).load().settings
    return Limits(settings.clips_at_once, renew_expired=settings.renew_expired)


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
        "reason": f"{english(job.reason)} {english(job.hint)}".strip(),
    }


def _check(job: Job) -> str | None:
    if job.state is JobState.DONE:
        return "ok"
    return english(job.reason) if job.state is JobState.DIFFERS else None


def lines(jobs: Sequence[Job]) -> list[str]:
    """The same for people."""
    if not jobs:
        return ["There are no jobs."]
    rows = [
        (
            job.job_id[:8],
            job.kind.value,
            job.camera_name,
            iso_utc(job.span.start_ms),
            job.state.value,
            size_text(job.received_bytes),
            english(job.reason) or str(job.path),
        )
        for job in jobs
    ]
    return table(rows)


def worst(jobs: Iterable[Job]) -> ExitCode:
    """The exit code of the worst of them; what is not finished counts as done."""
    return max((_code(job) for job in jobs), key=_WORST_LAST.index, default=ExitCode.DONE)


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


def leave_orders(context: Context, orders: Sequence["Order"]) -> None:
    """Leave orders for the owner of the list, and wait until they were taken.

    Raises:
        StorageError: They cannot be written, or nobody takes them.
        Cancelled: Ctrl+C.
    """
    from rta_viewer.jobs.store import inbox_of

    box = inbox_of(store_path(context))
    left = [box.put(order) for order in orders]
    if not wait_for(
        lambda: not any(file.exists() for file in left), context.cancel, _TAKEN_WITHIN_S
    ):
        raise StorageError(
            "The other window or command of this program does not answer.",
            "What was ordered happens when it looks again.",
        )


def wait_for(done: Callable[[], bool], cancel: CancelToken, within_s: float | None) -> bool:
    """Look again and again; False when the time is up. Raises Cancelled."""
    until_s = None if within_s is None else time.monotonic() + within_s
    while not done():
        if until_s is not None and time.monotonic() > until_s:
            return False
        cancel.wait(_LOOK_S)
        cancel.raise_if_cancelled()
    return True
