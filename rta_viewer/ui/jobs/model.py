"""The jobs as a Qt table: one row a job; what runs on top, then the queue, then what has ended.

Rows are kept sorted by :func:`rta_viewer.ui.jobs.groups.sort_key` and found by bisection, so that a change
costs the same with ten jobs and with ten thousand.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, tzinfo
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from rta_viewer.core.clock import Clock
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.servers import is_served_by
from rta_viewer.core.texts import left_to_right, mark, tr, verbatim
from rta_viewer.ui import times
from rta_viewer.ui.jobs import wording
from rta_viewer.ui.jobs.groups import Filter, Group, Key, group_of, sort_key
from rta_viewer.ui.jobs.rate import RateMeter
from rta_viewer.ui.jobs.search_cache import SearchCache
from rta_viewer.ui.plain import plain_tip

AnyIndex = QModelIndex | QPersistentModelIndex

JOB_ROLE = Qt.ItemDataRole.UserRole + 1

_MANY = 200
"""So many changes at once are put in as a new list instead of one by one."""


class Column(IntEnum):
    """What stands side by side."""

    CAMERA = 0
    RANGE = 1
    STATE = 2
    PROGRESS = 3
    SIZE = 4
    RATE = 5
    LEFT = 6
    EXPIRY = 7
    REASON = 8


_HEADERS = (
    mark("Camera"), mark("Range"), mark("State"), mark("Progress"), mark("Size"), mark("Rate"),
    mark("Time left"), mark("Expiry"), mark("Reason"),
)  # fmt: skip


class JobsModel(QAbstractTableModel):
    """Holds snapshots of jobs; measures their rates with the monotonic clock. GUI thread.

    Signals:
        counts_changed: :meth:`count` has other answers.
        change_began, change_ended: Around all signals about rows that one call sends, except for a
            filter's; looking at the rows at each of these would cost the more the more change at once.
    """

    counts_changed = Signal()
    change_began = Signal()
    change_ended = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._zone: tzinfo = UTC
        self._signed_in: frozenset[tuple[str, str]] = frozenset()
        self._filter = Filter()
        self._jobs: dict[str, Job] = {}
        self._arrivals: dict[str, int] = {}
        self._rows: list[Key] = []
        self._counts: Counter[Group] = Counter()
        self._searched = SearchCache(self)
        self._meters: dict[str, RateMeter] = {}
        self._changing = False

    @property
    def changing(self) -> bool:
        """Between :attr:`change_began` and :attr:`change_ended`."""
        return self._changing

    def set_zone(self, zone: tzinfo) -> None:
        """Word times in another zone."""
        self._zone = zone
        self._searched.set_zone(zone)
        if self._filter.words:
            # Dates that are looked for mean others now.
            self.beginResetModel()
            self._sort()
            self.endResetModel()
        self._changed(0, len(self._rows) - 1)

    @property
    def zone(self) -> tzinfo:
        """The one in which times are worded."""
        return self._zone

    def set_signed_in(self, *who: tuple[str, str]) -> None:
        """Servers and users whose jobs can go on."""
        self._signed_in = frozenset(who)
        self._changed(0, len(self._rows) - 1)

    def set_filter(self, wanted: Filter) -> None:
        """Show only some."""
        if wanted != self._filter:
            self.beginResetModel()
            self._filter = wanted
            self._sort()
            self.endResetModel()

    def expect_search(self) -> None:
        """Somebody is about to look for words."""
        self._searched.read_ahead(self._jobs, self.job)

    @property
    def filter(self) -> Filter:
        """What is shown."""
        return self._filter

    def set_jobs(self, jobs: Iterable[Job]) -> None:
        """All jobs there are."""
        known = {job.job_id: job for job in jobs}
        with self._change():
            self._replace(known)
        self.counts_changed.emit()

    def _replace(self, jobs: dict[str, Job]) -> None:
        self.beginResetModel()
        self._jobs = jobs
        self._counts = Counter(group_of(job) for job in self._jobs.values())
        for job_id in self._jobs:
            self._arrivals.setdefault(job_id, len(self._arrivals))
        self._searched.keep(self._jobs)
        self._meters = {key: meter for key, meter in self._meters.items() if key in self._jobs}
        for job in self._jobs.values():
            self._measure(job)
        self._sort()
        self.endResetModel()

    def update_jobs(self, jobs: Sequence[Job]) -> None:
        """Some changed, or are new."""
        if len(jobs) > _MANY:
            self.set_jobs([*({**self._jobs, **{job.job_id: job for job in jobs}}).values()])
            return
        before = self._counts.copy()
        with self._change():
            for job in jobs:
                self._update(job)
        if before != self._counts:
            self.counts_changed.emit()

    def remove_jobs(self, job_ids: Iterable[str]) -> None:
        """These are no more."""
        gone = [job_id for job_id in dict.fromkeys(job_ids) if job_id in self._jobs]
        if len(gone) > _MANY:
            left = self._jobs.keys() - gone
            self.set_jobs([job for job_id, job in self._jobs.items() if job_id in left])
            return
        with self._change():
            for job_id in gone:
                self._remove(job_id)
        self.counts_changed.emit()

    def measure_again(self) -> None:
        """A transfer that stands still reports nothing: its rate goes down all the same."""
        for job_id in list(self._meters):
            self._measure(self._jobs[job_id])

    def job_at(self, row: int) -> Job | None:
        """The job of a row."""
        return self._jobs[self._rows[row][-1]] if 0 <= row < len(self._rows) else None

    def job(self, job_id: str) -> Job | None:
        """A job, shown or not."""
        return self._jobs.get(job_id)

    def row_of(self, job_id: str) -> int | None:
        """The row of a job; None while it is not shown."""
        job = self._jobs.get(job_id)
        return None if job is None else self._find(self._key(job))

    def rate(self, job: Job) -> float | None:
        """Bytes a second, None until there is enough to tell."""
        meter = self._meters.get(job.job_id)
        return meter.rate if meter is not None else None

    def signed_in_to(self, job: Job) -> bool:
        """Whether its server and user are the ones of now."""
        return any(is_served_by((job.server, job.username), who) for who in self._signed_in)

    def count(self, group: Group | None = None) -> int:
        """How many jobs of a group there are, or in all; shown or not."""
        return len(self._jobs) if group is None else self._counts[group]

    @property
    def unfinished(self) -> int:
        """How many are under way or wait."""
        return self._counts[Group.RUNNING] + self._counts[Group.QUEUE]

    def queue(self) -> list[Job]:
        """What waits, in its order, shown or not."""
        waiting = [job for job in self._jobs.values() if group_of(job) is Group.QUEUE]
        return sorted(waiting, key=self._key)

    def unfinished_jobs(self) -> list[Job]:
        """All that have not ended, shown or not."""
        return [job for job in self._jobs.values() if not job.finished] if self.unfinished else []

    def under_way(self) -> list[Job]:
        """What runs, what goes on after it, and what has ended of the same orders; shown or not."""
        going = [job for job in self.unfinished_jobs() if self._goes_on(job)]
        orders = {job.package for job in going} - {""}
        if not orders:
            return going
        ended = (job for job in self._jobs.values() if job.finished)
        return going + [job for job in ended if job.package in orders]

    def orders(self, packages: Collection[str]) -> dict[str, list[Job]]:
        """All files of these orders, shown or not; without the orders that have none."""
        found: dict[str, list[Job]] = {}
        for job in self._jobs.values() if packages else ():
            if job.package in packages:
                found.setdefault(job.package, []).append(job)
        return found

    def orders_over(self, jobs: Sequence[Job]) -> tuple[list[list[Job]], list[Job]]:
        """The whole orders of these that are over, and those of these that are in none of them."""
        orders = self.orders({job.package for job in jobs} - {""})
        over = {name: files for name, files in orders.items() if all(one.finished for one in files)}
        return list(over.values()), [job for job in jobs if job.package not in over]

    def may_move(self, job: Job, *, up: bool) -> bool:
        """Whether another one waits before it, or behind it; shown or not."""
        key = self._key(job)
        if not self._filter.words and self._filter.group in {None, Group.QUEUE}:
            # All that waits stands together in the rows.
            beside = bisect_left(self._rows, key) + (-1 if up else 1)
            return 0 <= beside < len(self._rows) and self._rows[beside][0] == Group.QUEUE
        waiting = (other for other in self._jobs.values() if group_of(other) is Group.QUEUE)
        return any(self._key(other) < key if up else self._key(other) > key for other in waiting)

    @contextmanager
    def _change(self) -> Iterator[None]:
        self._changing = True
        self.change_began.emit()
        try:
            yield
        finally:
            self._changing = False
            self.change_ended.emit()

    def _goes_on(self, job: Job) -> bool:
        waits = job.state is JobState.QUEUED and self.signed_in_to(job)
        return waits or group_of(job) is Group.RUNNING

    def _sort(self) -> None:
        passes, text = self._filter.passes, self._searched.text
        self._rows = sorted(self._key(job) for job in self._jobs.values() if passes(job, text))

    def _key(self, job: Job) -> Key:
        return sort_key(job, self._arrivals.setdefault(job.job_id, len(self._arrivals)))

    def _find(self, key: Key) -> int | None:
        row = bisect_left(self._rows, key)
        return row if row < len(self._rows) and self._rows[row] == key else None

    def _update(self, job: Job) -> None:
        old = self._jobs.get(job.job_id)
        if old is not None:
            self._counts[group_of(old)] -= 1
        self._counts[group_of(job)] += 1
        self._measure(job)
        row = None if old is None else self._find(self._key(old))
        seen, key = self._filter.passes(job, self._searched.text), self._key(job)
        if row is not None and seen:
            self._move(row, key)
            self._jobs[job.job_id] = job
            place = bisect_left(self._rows, key)
            self._changed(place, place)
            return
        if row is not None:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()
        self._jobs[job.job_id] = job
        if seen:
            place = bisect_left(self._rows, key)
            self.beginInsertRows(QModelIndex(), place, place)
            insort(self._rows, key)
            self.endInsertRows()

    def _remove(self, job_id: str) -> None:
        row, job = self.row_of(job_id), self._jobs[job_id]
        if row is not None:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
        del self._jobs[job_id]
        self._counts[group_of(job)] -= 1
        if row is not None:
            self.endRemoveRows()
        self._meters.pop(job_id, None)
        self._searched.forget(job_id)

    def _move(self, row: int, key: Key) -> None:
        if self._rows[row] == key:
            return
        place = bisect_left(self._rows, key)
        if place in {row, row + 1}:
            self._rows[row] = key
            return
        self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), place)
        del self._rows[row]
        insort(self._rows, key)
        self.endMoveRows()

    def _measure(self, job: Job) -> None:
        if job.state is JobState.FETCHING:
            meter = self._meters.setdefault(job.job_id, RateMeter())
            meter.add(self._clock.monotonic_s(), job.received_bytes)
        else:
            self._meters.pop(job.job_id, None)

    def _changed(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    def _text(self, job: Job, column: int) -> str:
        rate = self.rate(job)
        match Column(column):
            case Column.CAMERA:
                return job.camera_name
            case Column.RANGE:
                span = times.format_span(job.span.start_ms, job.span.end_ms, self._zone)
                return left_to_right(span)
            case Column.STATE:
                return wording.state_word(job, signed_in=self.signed_in_to(job))
            case Column.PROGRESS:
                share = wording.progress(job)
                return "" if share is None else tr("{share:.0%}", share=share)
            case Column.SIZE:
                return wording.size_text(job)
            case Column.RATE:
                return times.format_rate(rate) if rate else ""
            case Column.LEFT:
                left = wording.time_left_s(job, rate)
                return "" if left is None else wording.duration_text(left)
            case Column.EXPIRY:
                return wording.expiry_text(job, self._clock.now_ms())
            case Column.REASON:
                return times.in_zone(f"{job.reason} {job.hint}".strip(), self._zone)

    def _tool_tip(self, job: Job) -> str:
        lines = (
            job.camera_name,
            self._text(job, Column.RANGE),
            verbatim(job.file_name),
            verbatim(str(job.folder)),
            wording.kind_text(job),
            wording.expiry_text(job, self._clock.now_ms()).capitalize(),
            times.in_zone(job.reason, self._zone),
            job.hint,
        )
        return "\n".join(line for line in lines if line)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name
        return 0 if parent.isValid() else len(Column)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return tr(_HEADERS[section])
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        job = self.job_at(index.row()) if index.isValid() else None
        if job is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(job, index.column())
        if role == JOB_ROLE:
            return job
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tool_tip(job))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            spoken = (self._text(job, column) for column in Column if column is not Column.REASON)
            return ", ".join(text for text in spoken if text)
        return None
