"""Learns more about a camera when somebody reads its tooltip."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import Camera
from rta_viewer.errors import RtaError
from rta_viewer.qt.workers import Lane, Task
from rta_viewer.ui.camera_tree.panel import CameraTreePanel

Fetch = Callable[[str, CancelToken], Camera]

_MOST_AT_ONCE = 2


class CameraDetailsController(QObject):
    """Asks once for each camera; a server that does not answer is not asked about that one again.

    The pointer passes many rows: a newer question replaces the oldest one that is still under way.
    """

    def __init__(
        self, fetch: Fetch, panel: CameraTreePanel, lane: Lane, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._panel = panel
        self._lane = lane
        self._asked: set[str] = set()
        self._flying: dict[str, Task] = {}
        panel.details_wanted.connect(self._on_wanted)

    def close(self) -> None:
        """Drop what is still to come and forget what was asked; ready for another server."""
        for task in self._flying.values():
            task.cancel()
        self._flying.clear()
        self._asked.clear()

    @Slot(str)
    def _on_wanted(self, camera_id: str) -> None:
        if camera_id in self._asked:
            return
        self._asked.add(camera_id)
        if len(self._flying) >= _MOST_AT_ONCE:
            oldest = next(iter(self._flying))
            self._flying.pop(oldest).cancel()
            self._asked.discard(oldest)
        fetch = self._fetch

        def arrived(camera: Camera) -> None:
            self._flying.pop(camera_id, None)
            self._panel.model.update_camera(camera)

        def failed(_error: RtaError) -> None:
            # The tooltip shows what the list told; that is no reason to bother anybody.
            self._flying.pop(camera_id, None)

        self._flying[camera_id] = self._lane.submit(
            lambda cancel: fetch(camera_id, cancel), self, arrived, failed
        )
