"""Background exports: a bounded queue, two workers, links that expire by the world's clock."""

import logging
import threading
import uuid
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import ExportState
from rta_viewer.demo.package_store import (
    PackagedFile,
    Packager,
    PackageRequest,
    remove_file,
    run_packager,
)
from rta_viewer.demo.world import World
from rta_viewer.errors import BusyError, Cancelled, RtaError

_log = logging.getLogger(__name__)

LIFETIME_MS = 24 * 3_600_000
AT_ONCE = 10
_WORKERS = 2
_REMEMBERED = 1000
_JOIN_S = 2.0
_PENDING = frozenset({ExportState.QUEUED, ExportState.PROCESSING})


@dataclass(frozen=True, slots=True)
class Estimate:
    """What an export will probably take and weigh."""

    duration_s: float
    size_bytes: int


Estimator = Callable[[PackageRequest], Estimate]


@dataclass(frozen=True, slots=True)
class ExportView:
    """One look at one export.

    Attributes:
        progress_percent: 0 to 100.
        time_left_s: A guess; None once it is not running any more.
        file: The file, while it is there.
    """

    export_id: str
    request: PackageRequest
    state: ExportState
    progress_percent: float
    time_left_s: float | None
    created_ms: int
    estimate: Estimate
    file: PackagedFile | None
    expires_ms: int | None
    error: str


@dataclass(slots=True)
class _Job:
    export_id: str
    request: PackageRequest
    created_ms: int
    estimate: Estimate
    state: ExportState = ExportState.QUEUED
    progress: float = 0.0
    started_s: float | None = None
    file: PackagedFile | None = None
    expires_ms: int | None = None
    error: str = ""
    cancel: CancelToken = field(default_factory=CancelToken)


class ExportJobs:
    """All exports of a server. Safe from several threads; :meth:`close` ends its workers.

    Args:
        folder: Exists, and belongs to these exports alone.
        max_bytes: Bound on all completed files together; the oldest expire early.
    """

    def __init__(
        self,
        world: World,
        packager: Packager,
        folder: Path,
        *,
        estimator: Estimator,
        max_bytes: int,
    ) -> None:
        self._world = world
        self._clock = world.clock
        self._packager = packager
        self._folder = folder
        self._estimator = estimator
        self._max_bytes = max_bytes
        self._changed = threading.Condition()
        self._jobs: OrderedDict[str, _Job] = OrderedDict()
        self._queue: deque[_Job] = deque()
        self._trash: list[Path] = []
        self._failures: deque[str] = deque()
        self._held_at: float | None = None
        self._closing = False
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start the workers."""
        for number in range(_WORKERS):
            name = f"demo-export-{number}"
            thread = threading.Thread(target=self._work, name=name, daemon=True)
            self._threads.append(thread)
            thread.start()

    def close(self) -> None:
        """Cancel what runs and join the workers (bounded). Idempotent."""
        with self._changed:
            self._closing = True
            for job in self._jobs.values():
                job.cancel.cancel()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(_JOIN_S)
        self._threads.clear()

    def create(self, request: PackageRequest) -> ExportView:
        """Queue an export.

        Raises:
            BusyError: Ten are queued or running already.
            RtaError: As the estimator.
        """
        estimate = self._estimator(request)
        with self._changed:
            pending = [job for job in self._jobs.values() if job.state in _PENDING]
            if len(pending) >= AT_ONCE:
                left_s = min(self._time_left_s(job) for job in pending)
                raise BusyError(
                    f"{AT_ONCE} exports are running already.",
                    "Try again when one of them is done.",
                    retry_after_s=max(1.0, left_s),
                )
            job = _Job(uuid.uuid4().hex, request, self._clock.now_ms(), estimate)
            self._jobs[job.export_id] = job
            self._queue.append(job)
            self._drop_oldest()
            self._changed.notify_all()
            return self._view(job)

    def view(self, export_id: str) -> ExportView | None:
        """How it is, or None for an unknown id. Notices that a link has expired."""
        with self._changed:
            job = self._jobs.get(export_id)
            if job is None:
                return None
            if job.expires_ms is not None and self._clock.now_ms() >= job.expires_ms:
                self._expire(job)
            return self._view(job)

    def wait_for(self, export_id: str, *states: ExportState, timeout_s: float = 30.0) -> bool:
        """Wait until the export is in one of the states; False when the time is up."""
        with self._changed:
            return self._changed.wait_for(
                lambda: export_id in self._jobs and self._jobs[export_id].state in states, timeout_s
            )

    def expire(self, export_id: str) -> None:
        """Let a completed export's link end now. Unknown ids are ignored."""
        with self._changed:
            job = self._jobs.get(export_id)
            if job is not None:
                self._expire(job)

    def forget(self, export_id: str) -> None:
        """Know nothing of it any more, as after a restart. Unknown ids are ignored."""
        with self._changed:
            job = self._jobs.pop(export_id, None)
            if job is not None:
                job.cancel.cancel()
                self._discard(job)
                self._changed.notify_all()

    def requests(self) -> list[PackageRequest]:
        """What was ordered, oldest first, as far as it is still known."""
        with self._changed:
            return [job.request for job in self._jobs.values()]

    def begin_again(self, export_id: str) -> None:
        """Let a completed export go back in progress, without its file. Unknown ids are ignored."""
        with self._changed:
            job = self._jobs.get(export_id)
            if job is not None and job.state is ExportState.COMPLETED:
                job.state, job.progress = ExportState.QUEUED, 0.0
                job.started_s = job.expires_ms = None
                self._discard(job)
                self._queue.append(job)
                self._changed.notify_all()

    def fail(self, export_id: str, error: str) -> None:
        """Let a queued or running export fail now. Unknown ids are ignored."""
        with self._changed:
            job = self._jobs.get(export_id)
            if job is not None and job.state in _PENDING:
                job.state, job.error = ExportState.FAILED, error
                job.cancel.cancel()
                self._changed.notify_all()

    def fail_next(self, count: int, error: str) -> None:
        """Let the next exports fail when they are begun."""
        with self._changed:
            self._failures.extend([error] * count)

    def hold(self, at_percent: float = -1.0) -> None:
        """Let no export begin, or none pass a progress, until :meth:`release`."""
        with self._changed:
            self._held_at = at_percent
            self._changed.notify_all()

    def release(self) -> None:
        """Let held exports go on."""
        with self._changed:
            self._held_at = None
            self._changed.notify_all()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closing or self._may_begin())
                if self._closing:
                    return
                job = self._queue.popleft()
                if job.state is not ExportState.QUEUED or job.export_id not in self._jobs:
                    continue
                job.state = ExportState.PROCESSING
                job.started_s = self._clock.monotonic_s()
                failure = self._failures.popleft() if self._failures else ""
                self._changed.notify_all()
            if failure:
                self.fail(job.export_id, failure)
            else:
                self._run(job)

    def _may_begin(self) -> bool:
        return bool(self._queue) and (self._held_at is None or self._held_at >= 0)

    def _run(self, job: _Job) -> None:
        try:
            made = run_packager(
                self._packager,
                self._world,
                job.request,
                self._folder,
                lambda fraction: self._progressed(job, fraction),
                job.cancel,
            )
        except Cancelled:
            return
        except RtaError as err:
            self.fail(job.export_id, str(err))
        except Exception:  # noqa: BLE001 - one broken export must not end the worker
            _log.exception("export %s failed", job.export_id)
            self.fail(job.export_id, "Internal error.")
        else:
            self._completed(job, made)

    def _progressed(self, job: _Job, fraction: float) -> None:
        percent = min(100.0, max(0.0, fraction * 100))
        with self._changed:
            job.progress = max(job.progress, percent)
            self._changed.notify_all()
            self._changed.wait_for(
                lambda: self._held_at is None or percent < self._held_at or job.cancel.cancelled
            )

    def _completed(self, job: _Job, made: PackagedFile) -> None:
        with self._changed:
            if job.state is not ExportState.PROCESSING or job.export_id not in self._jobs:
                self._trash.append(made.path)
            else:
                job.state, job.progress, job.file = ExportState.COMPLETED, 100.0, made
                job.expires_ms = self._clock.now_ms() + LIFETIME_MS
            self._keep_within_bound(job)
            self._empty_trash()
            self._changed.notify_all()

    def _keep_within_bound(self, newest: _Job) -> None:
        files = [job for job in self._jobs.values() if job.file is not None]
        total = sum(job.file.size_bytes for job in files if job.file)
        for job in files:
            if total <= self._max_bytes or job is newest:
                continue
            total -= job.file.size_bytes if job.file else 0
            self._expire(job)

    def _drop_oldest(self) -> None:
        for export_id in list(self._jobs):
            if len(self._jobs) <= _REMEMBERED:
                return
            if self._jobs[export_id].state not in _PENDING:
                self._discard(self._jobs.pop(export_id))

    def _expire(self, job: _Job) -> None:
        if job.state is ExportState.COMPLETED:
            job.state = ExportState.EXPIRED
            job.expires_ms = min(job.expires_ms or 0, self._clock.now_ms())
            self._discard(job)
            self._changed.notify_all()

    def _discard(self, job: _Job) -> None:
        if job.file is not None:
            self._trash.append(job.file.path)
            job.file = None
        self._empty_trash()

    def _empty_trash(self) -> None:
        """What somebody still reads (Windows) is tried again at the next occasion."""
        self._trash = [path for path in self._trash if not remove_file(path)]

    def _view(self, job: _Job) -> ExportView:
        return ExportView(
            job.export_id,
            job.request,
            job.state,
            job.progress,
            self._time_left_s(job) if job.state in _PENDING else None,
            job.created_ms,
            job.estimate,
            job.file,
            job.expires_ms,
            job.error,
        )

    def _time_left_s(self, job: _Job) -> float:
        left = 1 - job.progress / 100
        if job.started_s is None or job.progress <= 0:
            return job.estimate.duration_s * left
        elapsed_s = self._clock.monotonic_s() - job.started_s
        return elapsed_s / job.progress * (100 - job.progress)
