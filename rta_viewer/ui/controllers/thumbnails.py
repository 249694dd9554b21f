"""Gets the thumbnail of what the pointer is over: few requests, the latest wish first, one at a time."""

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import Clock
from rta_viewer.core.ports import Picture
from rta_viewer.core.time_grid import Cell, cell_at
from rta_viewer.errors import BusyError, RtaError
from rta_viewer.qt.throttle import Throttle
from rta_viewer.qt.workers import Lane, Task
from rta_viewer.ui.timeline.bands import BandBook
from rta_viewer.ui.timeline.scene import Hovered
from rta_viewer.ui.timeline.segments import FOOTAGE, Look
from rta_viewer.ui.timeline.thumbnail import Shown

FetchThumbnail = Callable[[Cell, int, CancelToken], Picture | None]
"""The picture of an instant of a cell, None without footage. Worker threads."""

MOST_IN_MEMORY = 96
"""Pictures of 130 kB: 12 MB."""

_THROTTLE_MS = 150
_IDLE_MS = 5_000
_QUIET_S = 10.0
"""So long nothing is asked after a refusal: thumbnails are not worth a server's trouble."""

_WORTH_ASKING = FOOTAGE | {Look.UNKNOWN}


class ThumbnailController(QObject):
    """Remembers what was fetched, asks for what was not. GUI thread.

    Signals:
        thumbnail_changed: A :class:`Shown`, or None where there is nothing to show.
        idle: Nobody has pointed at anything for a while: connections can go.
    """

    thumbnail_changed = Signal(object)
    idle = Signal()

    def __init__(
        self,
        fetch: FetchThumbnail,
        book: BandBook,
        clock: Clock,
        lane: Lane,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._book = book
        self._clock = clock
        self._lane = lane
        self._known: OrderedDict[Cell, Picture | None] = OrderedDict()
        self._wish: tuple[Cell, int] | None = None
        self._flying: Task | None = None
        self._quiet_until_s = float("-inf")
        self._throttle = Throttle(_THROTTLE_MS, self)
        self._throttle.fired.connect(self._on_due)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE_MS)
        self._idle.timeout.connect(self.idle)

    @property
    def in_flight(self) -> int:
        """Requests under way: none or one."""
        return 0 if self._flying is None else 1

    @Slot(object)
    def point_at(self, hovered: Hovered | None) -> None:
        """The pointer is there now; None when it left."""
        if hovered is None or not self._has_footage(hovered):
            if self._wish is not None:
                self._wish = None
                self.thumbnail_changed.emit(None)
            return
        cell = cell_at(hovered.camera_id, hovered.instant_ms, hovered.ms_per_px)
        if self._wish is not None and self._wish[0] == cell:
            return
        self._wish = cell, hovered.instant_ms
        if cell in self._known:
            self._known.move_to_end(cell)
            self._show(self._known[cell])
        elif self._clock.monotonic_s() < self._quiet_until_s:
            self.thumbnail_changed.emit(None)
        else:
            self.thumbnail_changed.emit(Shown(None))
            self._throttle.submit(None)

    def close(self) -> None:
        """Forget all pictures and what was asked; ready for another server."""
        self._throttle.cancel()
        self._idle.stop()
        if self._flying is not None:
            self._flying.cancel()
            self._flying = None
        self._known.clear()
        self._quiet_until_s = float("-inf")
        self._wish = None
        self.thumbnail_changed.emit(None)

    def _has_footage(self, hovered: Hovered) -> bool:
        segment = self._book.band(hovered.camera_id).at(hovered.instant_ms)
        return segment is not None and segment.look in _WORTH_ASKING

    def _show(self, picture: Picture | None) -> None:
        self.thumbnail_changed.emit(None if picture is None else Shown(picture))

    @Slot(object)
    def _on_due(self, _: object) -> None:
        if self._wish is None or self._flying is not None or self._wish[0] in self._known:
            return
        cell, instant_ms = self._wish
        fetch = self._fetch
        self._idle.stop()

        def work(cancel: CancelToken) -> Picture | None:
            return fetch(cell, instant_ms, cancel)

        def succeeded(picture: Picture | None) -> None:
            if self._flying is task:
                self._take(cell, picture)

        def failed(error: RtaError) -> None:
            if self._flying is task:
                self._take_failure(error)

        task = self._flying = self._lane.submit(work, self, succeeded, failed)

    def _take(self, cell: Cell, picture: Picture | None) -> None:
        self._landed()
        self._known[cell] = picture
        while len(self._known) > MOST_IN_MEMORY:
            self._known.popitem(last=False)
        if self._wish is not None and self._wish[0] == cell:
            self._show(picture)
        else:
            self._throttle.submit(None)

    def _take_failure(self, error: RtaError) -> None:
        """Say nothing: whatever is wrong, playing will tell, and pointing must not."""
        self._landed()
        wait_s = error.retry_after_s if isinstance(error, BusyError) else None
        self._quiet_until_s = self._clock.monotonic_s() + max(_QUIET_S, wait_s or 0.0)
        self._wish = None
        self.thumbnail_changed.emit(None)

    def _landed(self) -> None:
        self._flying = None
        self._idle.start()
