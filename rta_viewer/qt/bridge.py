"""Carries what a playback engine reports from its threads to the GUI thread."""

import threading

from PySide6.QtCore import QObject, Qt, Signal, Slot

from rta_viewer.core.playback import PlaybackStatus
from rta_viewer.core.ports import Picture


class ListenerBridge(QObject):
    """A :class:`~rta_viewer.core.playback.PlaybackListener` with a mailbox that keeps the latest of each.

    At most one wake-up waits in the GUI's event queue, so an engine that shows 200 pictures a second
    cannot flood it; the GUI gets the newest when it has time. Lives in the GUI thread.
    """

    picture_arrived = Signal(object)
    status_arrived = Signal(object)
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._picture: Picture | None = None
        self._status: PlaybackStatus | None = None
        self._waking = False
        self._closed = False
        self._woken.connect(self._on_woken, Qt.ConnectionType.QueuedConnection)

    def picture_shown(self, picture: Picture) -> None:
        """Any thread; returns at once."""
        with self._lock:
            self._picture = picture
        self._wake()

    def status_changed(self, status: PlaybackStatus) -> None:
        """Any thread; returns at once."""
        with self._lock:
            self._status = status
        self._wake()

    def close(self) -> None:
        """Deliver nothing any more. GUI thread."""
        with self._lock:
            self._closed = True
            self._picture = None
            self._status = None

    def _wake(self) -> None:
        # Emitted under the lock: after close() nobody emits on an object that is about to go.
        with self._lock:
            if self._closed or self._waking:
                return
            self._waking = True
            self._woken.emit()

    @Slot()
    def _on_woken(self) -> None:
        with self._lock:
            self._waking = False
            picture, self._picture = self._picture, None
            status, self._status = self._status, None
            if self._closed:
                return
        if status is not None:
            self.status_arrived.emit(status)
        if picture is not None:
            self.picture_arrived.emit(picture)
