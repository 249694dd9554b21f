"""Keeps the list of saved files up to date and passes on what the operator wants done about them."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from rta_viewer.core.jobs import Job, JobState
from rta_viewer.errors import RtaError
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.jobs.panel import JobsPanel
from rta_viewer.ui.save_dialog.order import SaveOrder

_BUSY_MS = 300
_IDLE_MS = 3_000


Submit = Callable[[SaveOrder], Job]
"""Starts a job. Called on a worker thread."""


class JobEngineLike(Protocol):
    """What the list needs of the job engine. Called on a worker thread; may touch the disk."""

    def jobs(self) -> Sequence[Job]:
        """All jobs there are."""
        ...

    def cancel(self, job_id: str) -> object:
        """Stop one."""
        ...

    def retry(self, job_id: str) -> object:
        """Start one again."""
        ...


class JobsController(QObject):
    """Polls the engine, fast while something is under way, and at once when told to.

    Signals:
        job_finished: A :class:`Job` that was under way when last looked at, and is no more.
        problem: Something that was asked for did not work: an :class:`RtaError`.
    """

    job_finished = Signal(object)
    problem = Signal(object)
    _told = Signal()

    def __init__(
        self,
        engine: JobEngineLike,
        submit: Submit,
        panel: JobsPanel,
        lane: Lane,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._submit = submit
        self._panel = panel
        self._lane = lane
        self._states: dict[str, JobState] = {}
        self._select = ""
        self._asking = False
        self._again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.refresh)
        self._told.connect(self.refresh, Qt.ConnectionType.QueuedConnection)
        panel.cancel_requested.connect(self._on_cancel_requested)
        panel.retry_requested.connect(self._on_retry_requested)

    def notify(self) -> None:
        """Something changed: look soon. Any thread."""
        self._told.emit()

    def submit(self, order: SaveOrder) -> None:
        """Start a job; it becomes the chosen one of the list."""
        submit = self._submit
        self._lane.submit(lambda _: submit(order), self, self._on_submitted, self._on_failed)

    def close(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._asking = self._again = True

    @Slot()
    def refresh(self) -> None:
        """Look now."""
        if self._asking:
            self._again = True
            return
        self._asking = True
        engine = self._engine
        self._lane.submit(lambda _: engine.jobs(), self, self._on_jobs, self._on_jobs_failed)

    def _command(self, command: Callable[[str], object], job_id: str) -> None:
        self._lane.submit(lambda _: command(job_id), self, self._on_done, self._on_failed)

    def _schedule(self) -> None:
        self._asking = False
        if self._again:
            self._again = False
            self._timer.start(0)
        else:
            self._timer.start(_BUSY_MS if self._panel.model.unfinished else _IDLE_MS)

    def _on_jobs(self, jobs: Sequence[Job]) -> None:
        self._panel.model.set_jobs(jobs)
        if self._select:
            self._panel.select(self._select)
            self._select = ""
        before, self._states = self._states, {job.job_id: job.state for job in jobs}
        self._schedule()
        for job in jobs:
            if job.finished and job.job_id in before and before[job.job_id] != job.state:
                self.job_finished.emit(job)

    def _on_jobs_failed(self, error: RtaError) -> None:
        self._schedule()
        self.problem.emit(error)

    def _on_submitted(self, job: Job) -> None:
        self._states[job.job_id] = job.state
        self._panel.model.update_job(job)
        self._select = job.job_id
        self._panel.select(job.job_id)
        self.refresh()

    def _on_done(self, result: object) -> None:
        self.refresh()

    def _on_failed(self, error: RtaError) -> None:
        self.problem.emit(error)
        self.refresh()

    @Slot(str)
    def _on_cancel_requested(self, job_id: str) -> None:
        self._command(self._engine.cancel, job_id)

    @Slot(str)
    def _on_retry_requested(self, job_id: str) -> None:
        self._command(self._engine.retry, job_id)
