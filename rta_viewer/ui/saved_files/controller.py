"""Opens saved files: reads them on a worker thread, shows them in tree, tiles and timeline, compares them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import Availability, Camera, Gap, Recording
from rta_viewer.core.saved_file import FoundFiles, SavedFile, rows_of, spans_of
from rta_viewer.core.spans import Span, gaps
from rta_viewer.core.texts import mark, tr, trn
from rta_viewer.errors import MediaError, RtaError
from rta_viewer.qt.workers import Lane, Task
from rta_viewer.ui.saved_files.wording import camera_of, trouble_of
from rta_viewer.ui.timeline.segments import Answer, answer_of

Read = Callable[[Sequence[Path], CancelToken], FoundFiles]
Compare = Callable[[SavedFile, CancelToken], SavedFile]

ALL_TIME = Span(0, 4_102_444_800_000)
"""Until the year 2100: a file says of all time whether it has footage."""

NOT_IN_FILE = mark("not in the file")


@dataclass
class Row:
    """Files that are shown as one camera."""

    camera: Camera
    files: tuple[SavedFile, ...]
    tasks: list[Task] = field(default_factory=list)


class SavedFilesController(QObject):
    """Knows which files are open. GUI thread; reading and comparing happen on ``lane``.

    Signals:
        read: Files that were to be opened have been looked at, whatever came of it.
        opened: Rows that were just opened: a list of :class:`Camera`.
        changed: Other files are open, or more is known of them: all as a list of :class:`Camera`.
        camera_changed: More is known of this :class:`Camera`.
        closed: The ids of rows that are not open any more, as a list.
        trouble: Files that cannot be opened or relied on: an :class:`RtaError`, and all there is to say.
    """

    read = Signal()
    opened = Signal(object)
    changed = Signal(object)
    camera_changed = Signal(object)
    closed = Signal(object)
    trouble = Signal(object, str)

    def __init__(
        self, read: Read, compare: Compare, lane: Lane, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._compare = compare
        self._lane = lane
        self._rows: dict[str, Row] = {}
        self._reading: list[Task] = []

    @property
    def cameras(self) -> list[Camera]:
        """What is open."""
        return [row.camera for row in self._rows.values()]

    def files_of(self, camera_id: str) -> tuple[SavedFile, ...]:
        """The files of a row, in the order of their time; empty for a camera that is none. Any thread."""
        row = self._rows.get(camera_id)
        return row.files if row is not None else ()

    def availability(self, camera_id: str) -> Availability:
        """When a row has footage, of all time. Any thread."""
        recorded = spans_of(self.files_of(camera_id))
        return Availability(
            camera_id,
            ALL_TIME,
            tuple(Recording(span) for span in recorded),
            tuple(Gap(span, tr(NOT_IN_FILE)) for span in gaps(recorded, ALL_TIME)),
        )

    def answer(self, camera_id: str) -> Answer:
        """What the timeline shows of a row."""
        return answer_of(self.availability(camera_id))

    @Slot(object)
    def open(self, paths: Iterable[Path]) -> None:
        """Open videos, receipts, indexes, folders. What is open already is shown again."""
        wanted, read = tuple(paths), self._read
        self._reading = [task for task in self._reading if not task.token.cancelled]
        self._reading.append(
            self._lane.submit(
                lambda cancel: read(wanted, cancel), self, self._on_read, self._on_not_read
            )
        )

    def close_rows(self, camera_ids: Iterable[str]) -> None:
        """Close these."""
        known = [camera_id for camera_id in camera_ids if camera_id in self._rows]
        for camera_id in known:
            for task in self._rows.pop(camera_id).tasks:
                task.cancel()
        if known:
            self.closed.emit(known)
            self.changed.emit(self.cameras)

    @Slot()
    def close_all(self) -> None:
        """Close everything; what is still being read is dropped."""
        for task in self._reading:
            task.cancel()
        self._reading.clear()
        self.close_rows(list(self._rows))

    def _on_read(self, found: FoundFiles) -> None:
        self.read.emit()
        known = {file.path: row for row in self._rows.values() for file in row.files}
        again = {known[file.path].camera.camera_id for file in found.files if file.path in known}
        fresh = [file for file in found.files if file.path not in known]
        opened = [self._rows[camera_id].camera for camera_id in again]
        for files in rows_of(fresh):
            camera = camera_of(f"saved-file-{uuid4().hex}", files)
            self._rows[camera.camera_id] = Row(camera, files)
            opened.append(camera)
        if opened:
            self.changed.emit(self.cameras)
            self.opened.emit(opened)
        for camera in opened:
            self._begin_comparing(camera.camera_id)
        self._tell_trouble([*trouble_of(fresh), *found.problems])

    def _tell_trouble(self, sentences: Sequence[str]) -> None:
        if sentences:
            more = len(sentences) - 1
            hint = ""
            if more:
                hint = trn(
                    "There is more about {n} other.", "There is more about {n} others.", more
                )
            self.trouble.emit(MediaError(sentences[0], hint), "\n".join(sentences))

    def _on_not_read(self, error: RtaError) -> None:
        self.read.emit()
        self.trouble.emit(error, "")

    def _begin_comparing(self, camera_id: str) -> None:
        row, compare = self._rows[camera_id], self._compare
        if row.tasks:
            return
        for file in row.files:
            row.tasks.append(
                self._lane.submit(
                    partial(compare, file),
                    self,
                    partial(self._on_compared, camera_id),
                    partial(self._on_not_compared, file),
                )
            )

    def _on_compared(self, camera_id: str, compared: SavedFile) -> None:
        row = self._rows.get(camera_id)
        if row is None:
            return
        before = next((file for file in row.files if file.path == compared.path), compared)
        row.files = tuple(compared if file.path == compared.path else file for file in row.files)
        row.camera = camera_of(camera_id, row.files)
        self.camera_changed.emit(row.camera)
        self.changed.emit(self.cameras)
        if compared.problems and compared.problems != before.problems:
            self._tell_trouble(trouble_of([compared]))

    def _on_not_compared(self, file: SavedFile, error: RtaError) -> None:
        self.trouble.emit(error, f"{file.path}: {error}")
