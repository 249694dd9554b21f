"""The jobs as a Qt table: one row a job, the newest first."""

from collections.abc import Sequence
from datetime import UTC, tzinfo
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from rta_viewer.core.clock import Clock
from rta_viewer.core.jobs import Job
from rta_viewer.ui import times
from rta_viewer.ui.jobs import wording
from rta_viewer.ui.jobs.rate import RateMeter

AnyIndex = QModelIndex | QPersistentModelIndex

JOB_ROLE = Qt.ItemDataRole.UserRole + 1
RATE_ROLE = Qt.ItemDataRole.UserRole + 2


class Column(IntEnum):
    """What stands side by side."""

    CAMERA = 0
    RANGE = 1
    STATE = 2
    PROGRESS = 3
    SIZE = 4
    RATE = 5
    LEFT = 6
    REASON = 7


_HEADERS = ("Camera", "Range", "State", "Progress", "Size", "Rate", "Time left", "Reason")


class JobsModel(QAbstractTableModel):
    """Holds snapshots of jobs; measures their rates with the monotonic clock."""

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._zone: tzinfo = UTC
        self._jobs: list[Job] = []
        self._meters: dict[str, RateMeter] = {}

    def set_zone(self, zone: tzinfo) -> None:
        """Word times in another zone."""
        self._zone = zone
        self._changed(0, len(self._jobs) - 1)

    @property
    def zone(self) -> tzinfo:
        """The one in which times are worded."""
        return self._zone

    def set_jobs(self, jobs: Sequence[Job]) -> None:
        """All jobs there are."""
        ordered = sorted(jobs, key=lambda job: (job.created_ms, job.job_id), reverse=True)
        for job in ordered:
            self._measure(job)
        if [job.job_id for job in ordered] == [job.job_id for job in self._jobs]:
            self._jobs = ordered
            self._changed(0, len(ordered) - 1)
            return
        self.beginResetModel()
        self._jobs = ordered
        known = {job.job_id for job in ordered}
        self._meters = {key: meter for key, meter in self._meters.items() if key in known}
        self.endResetModel()

    def update_job(self, job: Job) -> None:
        """One job changed, or is new."""
        self._measure(job)
        row = self.row_of(job.job_id)
        if row is None:
            self.beginInsertRows(QModelIndex(), 0, 0)
            self._jobs.insert(0, job)
            self.endInsertRows()
        else:
            self._jobs[row] = job
            self._changed(row, row)

    def job_at(self, row: int) -> Job | None:
        """The job of a row."""
        return self._jobs[row] if 0 <= row < len(self._jobs) else None

    def row_of(self, job_id: str) -> int | None:
        """The row of a job."""
        return next((row for row, job in enumerate(self._jobs) if job.job_id == job_id), None)

    @property
    def unfinished(self) -> int:
        """How many are under way."""
        return sum(not job.finished for job in self._jobs)

    def _measure(self, job: Job) -> None:
        if not job.finished:
            meter = self._meters.setdefault(job.job_id, RateMeter())
            meter.add(self._clock.monotonic_s(), job.received_bytes)

    def _rate(self, job: Job) -> float | None:
        meter = self._meters.get(job.job_id)
        return meter.rate if meter is not None and not job.finished else None

    def _changed(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    def _text(self, job: Job, column: int) -> str:
        rate = self._rate(job)
        left = wording.time_left_s(job, rate)
        share = wording.progress(job)
        texts = {
            Column.CAMERA: job.camera_name,
            Column.RANGE: times.format_span(job.span.start_ms, job.span.end_ms, self._zone),
            Column.STATE: wording.STATE_WORDS[job.state],
            Column.PROGRESS: "" if share is None else f"{share:.0%}",
            Column.SIZE: wording.size_text(job),
            Column.RATE: f"{times.format_bytes(rate)}/s" if rate else "",
            Column.LEFT: "" if left is None else times.format_duration(left * 1000),
            Column.REASON: f"{job.reason} {job.hint}".strip(),
        }
        return texts[Column(column)]

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name
        return 0 if parent.isValid() else len(self._jobs)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name
        return 0 if parent.isValid() else len(Column)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return _HEADERS[section]
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        job = self.job_at(index.row()) if index.isValid() else None
        if job is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(job, index.column())
        if role == JOB_ROLE:
            return job
        if role == RATE_ROLE:
            return self._rate(job)
        if role == Qt.ItemDataRole.ToolTipRole:
            lines = (job.file_name, str(job.folder), job.why_kind, job.reason, job.hint)
            return "\n".join(line for line in lines if line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(
                self._text(job, column) for column in Column if column != Column.REASON
            )
        return None
