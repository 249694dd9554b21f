"""Tells the timeline what was saved, whenever a job begins, ends, or somebody signs in."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot

from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.saved_spans import SavedByCamera, saved_spans
from rta_viewer.errors import RtaError
from rta_viewer.jobs.engine import JobEngine
from rta_viewer.qt.throttle import Throttle
from rta_viewer.qt.workers import Lane

_EVERY_MS = 400

ServersFinder = Callable[[], Mapping[str, str]]
"""The addresses that are signed in to, each with what stands before its cameras' identifiers. GUI thread."""


class SavedBands(QObject):
    """Counts again on a worker thread, at most a few times a second. Lives in the GUI thread.

    Signals:
        changed: A :data:`~rta_viewer.core.saved_spans.SavedByCamera`.
    """

    changed = Signal(object)
    _told = Signal()

    def __init__(
        self, engine: JobEngine, servers: ServersFinder, lane: Lane, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._servers = servers
        self._lane = lane
        self._states: dict[str, JobState] = {}
        self._shown: SavedByCamera = {}
        self._closed = False
        self._throttle = Throttle(_EVERY_MS, self)
        self._throttle.fired.connect(self._on_fired)
        self._told.connect(self.refresh, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = engine.subscribe(self._on_job)

    @Slot()
    def refresh(self) -> None:
        """Count again soon."""
        # What was told just before the end arrives after it.
        if not self._closed:
            self._throttle.submit(None)

    def close(self) -> None:
        """Listen no more."""
        self._closed = True
        self._unsubscribe()
        self._throttle.cancel()

    def _on_job(self, job: Job) -> None:
        """Any thread. A transfer tells of itself many times a second; only its state matters here."""
        if self._states.get(job.job_id) is not job.state:
            self._states[job.job_id] = job.state
            self._told.emit()

    @Slot(object)
    def _on_fired(self, _nothing: object) -> None:
        servers, engine = dict(self._servers()), self._engine
        self._lane.submit(
            lambda _cancel: _saved(engine.jobs(), servers), self, self._on_counted, _ignore
        )

    def _on_counted(self, found: SavedByCamera) -> None:
        if found != self._shown:
            self._shown = found
            self.changed.emit(found)


def _saved(jobs: Sequence[Job], servers: Mapping[str, str]) -> SavedByCamera:
    return {
        prefix + camera_id: spans
        for server, prefix in servers.items()
        for camera_id, spans in saved_spans(jobs, server).items()
    }


def _ignore(_error: RtaError) -> None:
    """The band stays as it was."""
