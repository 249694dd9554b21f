"""Tells the timeline what was saved, whenever a job begins, ends, or somebody signs in."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.saved_spans import SavedByCamera, saved_spans
from rta_viewer.errors import RtaError
from rta_viewer.jobs.engine import JobEngine
from rta_viewer.qt.throttle import Throttle
from rta_viewer.qt.workers import Lane

_EVERY_MS = 400

ServerFinder = Callable[[], str]
"""The address that is signed in to, empty while there is none. GUI thread."""


class SavedBands(QObject):
    """Counts again on a worker thread, at most a few times a second. Lives in the GUI thread.

    Signals:
        changed: A :data:`~rta_viewer.core.saved_spans.SavedByCamera`.
    """

    changed = Signal(object)
    _told = Signal()

    def __init__(
        self, engine: JobEngine, server: ServerFinder, lane: Lane, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._server = server
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
        server, engine = self._server(), self._engine
        self._lane.submit(
            lambda _cancel: saved_spans(engine.jobs(), server), self, self._on_counted, _ignore
        )

    def _on_counted(self, found: SavedByCamera) -> None:
        if found != self._shown:
            self._shown = found
            self.changed.emit(found)


def _ignore(_error: RtaError) -> None:
    """The band stays as it was."""
