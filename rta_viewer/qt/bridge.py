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
        self._mail: dict[type, Picture | PlaybackStatus] = {}
        self._waking = False
        self._closed = False
        self._woken.connect(self._on_woken, Qt.ConnectionType.QueuedConnection)

    def picture_shown(self, picture: Picture) -> None:
        """Any thread; returns at once."""
        self._put(picture)

    def status_changed(self, status: PlaybackStatus) -> None:
        """Any thread; returns at once."""
        self._put(status)

    def _put(self, news: Picture | PlaybackStatus) -> None:
        with self._lock:
            # Behind what is already there: a picture from before "no footage" must not come after it.
            self._mail.pop(type(news), None)
            self._mail[type(news)] = news
        self._wake()

    def close(self) -> None:
        """Deliver nothing any more. GUI thread."""
        with self._lock:
            self._closed = True
            self._mail.clear()

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
            news = [] if self._closed else list(self._mail.values())
            self._mail.clear()
        for each in news:
            if isinstance(each, PlaybackStatus):
                self.status_arrived.emit(each)
            else:
                self.picture_arrived.emit(each)
