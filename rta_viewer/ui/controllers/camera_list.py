"""Fills the camera tree, page by page, while the window is usable."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import Camera, CameraGroup
from rta_viewer.errors import NotOfferedError, RtaError
from rta_viewer.qt.workers import Lane, Task
from rta_viewer.ui.camera_tree.panel import CameraTreePanel


class CameraSource(Protocol):
    """The two calls of a :class:`~rta_viewer.core.ports.Recorder` that are needed here."""

    def cameras(self, cancel: CancelToken) -> Iterator[Sequence[Camera]]:
        """All cameras, page by page."""
        ...

    def groups(self, cancel: CancelToken) -> Sequence[CameraGroup]:
        """All groups."""
        ...


@dataclass(frozen=True, slots=True)
class _Page:
    generation: int
    groups: Sequence[CameraGroup] | None
    cameras: Sequence[Camera]


class CameraListController(QObject):
    """Loads groups, then cameras.

    Signals:
        loaded: All cameras are there.
        problem: The list could not be loaded: an :class:`RtaError`.
    """

    loaded = Signal()
    problem = Signal(object)
    _page_arrived = Signal(object)

    def __init__(
        self,
        source: CameraSource,
        panel: CameraTreePanel,
        lane: Lane,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._panel = panel
        self._lane = lane
        self._generation = 0
        self._task: Task | None = None
        self._page_arrived.connect(self._on_page_arrived, Qt.ConnectionType.QueuedConnection)

    def load(self) -> None:
        """Load again from the start."""
        self.close()
        self._task = self._lane.submit(
            self._work(self._generation), self, self._on_loaded, self._on_failed
        )

    def close(self) -> None:
        """Stop loading; pages that are still to come are dropped."""
        self._generation += 1
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _work(self, generation: int) -> Callable[[CancelToken], int]:
        source, arrived = self._source, self._page_arrived

        def work(cancel: CancelToken) -> int:
            try:
                groups = source.groups(cancel)
            except NotOfferedError:
                groups = ()
            arrived.emit(_Page(generation, groups, ()))
            for page in source.cameras(cancel):
                cancel.raise_if_cancelled()
                arrived.emit(_Page(generation, None, page))
            return generation

        return work

    @Slot(object)
    def _on_page_arrived(self, page: _Page) -> None:
        if page.generation != self._generation:
            return
        if page.groups is not None:
            self._panel.begin(page.groups)
        self._panel.add_cameras(page.cameras)

    def _on_loaded(self, generation: int) -> None:
        if generation == self._generation:
            self._panel.finish()
            self.loaded.emit()

    def _on_failed(self, error: RtaError) -> None:
        self._panel.show_failure(str(error))
        self.problem.emit(error)
