"""Asks for the dialog what takes long: recordings, pictures, drives. The latest question wins."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import Availability, AvailabilityState, Camera
from rta_viewer.core.save_estimate import SaveTarget
from rta_viewer.core.save_ports import SaveScout
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import tr
from rta_viewer.errors import NoFootageError, RtaError
from rta_viewer.qt.workers import Lane, Task
from rta_viewer.ui.save_dialog.folders import FolderLooks
from rta_viewer.ui.save_dialog.stills import Still, small

MOST_CAMERAS = 64
"""Of so many cameras the recordings are looked up: servers take a hundred such questions a minute."""


class Inquiry(QObject):
    """Lives in the GUI thread, asks on worker threads.

    Signals:
        coverage_found: An :class:`Availability`.
        target_found: A :class:`SaveTarget`.
        experience_found: An :class:`Experience`.
        still_found: ``first`` or ``last``, and a :class:`Still`, or the words of why there is none.

    Args:
        looks: For questions to the server.
        stills: For pictures, which must not wait until hundred cameras are looked up.
        drives: For the disk; several workers, because a dead share may hold up one.
    """

    coverage_found = Signal(object)
    target_found = Signal(object)
    experience_found = Signal(object)
    still_found = Signal(str, object)

    def __init__(
        self,
        scout: SaveScout,
        looks: Lane,
        stills: Lane,
        drives: Lane,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._scout = scout
        self._looks = looks
        self._pictures = stills
        self._folders = FolderLooks.of(drives)
        self._folders.found.connect(self._on_target)
        self._span: Span | None = None
        self.known: dict[str, Availability] = {}
        self._asked: dict[str, Task] = {}
        self._stills: list[Task] = []
        self._folder: Path | None = None

    def ask_experience(self) -> None:
        """What did the last exports take?"""
        scout = self._scout
        self._looks.submit(
            lambda _cancel: scout.experience(), self, self.experience_found.emit, _ignore
        )

    def is_asked(self, camera_id: str) -> bool:
        """Whether an answer about a camera is still to come."""
        return camera_id in self._asked

    def pending(self, cameras: Sequence[Camera]) -> frozenset[str]:
        """The ids of those about which an answer is still to come, or to be asked for."""
        ids = (camera.camera_id for camera in cameras[:MOST_CAMERAS])
        return frozenset(each for each in ids if each not in self.known)

    def ask_coverage(self, cameras: tuple[Camera, ...], span: Span | None) -> None:
        """What do these cameras have in this range? What is known or asked is not asked again."""
        if span != self._span:
            self._span = span
            self.known.clear()
            self._forget(set(self._asked))
        wanted = {camera.camera_id for camera in cameras[:MOST_CAMERAS]}
        self._forget(set(self._asked) - wanted)
        if span is None:
            return
        for camera in cameras[:MOST_CAMERAS]:
            if camera.camera_id not in self.known and camera.camera_id not in self._asked:
                self._asked[camera.camera_id] = self._ask_one(camera.camera_id, span)

    def _ask_one(self, camera_id: str, span: Span) -> Task:
        scout = self._scout

        def failed(_error: RtaError) -> None:
            state = AvailabilityState.NO_ANSWER
            self._on_coverage(Availability(camera_id, span, state=state))

        return self._looks.submit(
            lambda cancel: scout.coverage(camera_id, span, cancel), self, self._on_coverage, failed
        )

    def _forget(self, camera_ids: set[str]) -> None:
        for camera_id in camera_ids:
            self._asked.pop(camera_id).cancel()

    def _on_coverage(self, found: Availability) -> None:
        self._asked.pop(found.camera_id, None)
        self.known[found.camera_id] = found
        self.coverage_found.emit(found)

    def ask_stills(self, camera_id: str, footage: Span) -> None:
        """The first and the last picture; see :meth:`footage`."""
        self.forget_stills()
        scout = self._scout

        def ask(which: str, instant_ms: int) -> Task:
            def work(cancel: CancelToken) -> Still:
                picture = scout.still(camera_id, instant_ms, footage.end_ms, cancel)
                at = picture.instant_ms
                if at is not None and at >= footage.end_ms:
                    # A server that has nothing here may begin with the next recording.
                    raise NoFootageError(tr("No picture"))
                return small(picture)

            return self._pictures.submit(
                work,
                self,
                lambda still: self.still_found.emit(which, still),
                lambda error: self.still_found.emit(which, error.summary),
            )

        self._stills = [ask("first", footage.start_ms), ask("last", footage.end_ms - 1)]

    def footage(self, camera_id: str, span: Span) -> Span:
        """From the first to the last footage; the whole range where that is not known, empty without any."""
        known = self.known.get(camera_id)
        if known is None or known.state is not AvailabilityState.KNOWN:
            return span
        if not known.recordings:
            return Span(span.start_ms, span.start_ms)
        return Span(known.recordings[0].span.start_ms, known.recordings[-1].span.end_ms)

    def forget_stills(self) -> None:
        """Nobody waits for them any more."""
        for task in self._stills:
            task.cancel()
        self._stills = []

    def ask_target(self, folder: Path) -> None:
        """Look at a folder; what is found of another one is not told."""
        self._folder = folder
        self._folders.look(folder, self._scout.target)

    @Slot(object)
    def _on_target(self, found: SaveTarget) -> None:
        if found.folder == self._folder:
            self.target_found.emit(found)

    def close(self) -> None:
        """Nobody listens any more."""
        self._folder = None
        self.forget_stills()
        self._forget(set(self._asked))


def _ignore(_error: RtaError) -> None:
    """Estimates do without."""
