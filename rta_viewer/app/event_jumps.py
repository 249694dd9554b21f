"""From event to event: to the one that is known, or to where a search finds one."""

from PySide6.QtCore import QObject, Slot

from rta_viewer.core.texts import tr
from rta_viewer.errors import RtaError
from rta_viewer.ui import times
from rta_viewer.ui.controllers.event_search import EventFound, EventSearch
from rta_viewer.ui.controllers.playback import PlaybackController
from rta_viewer.ui.main_window import MainWindow

_LEAD_MS = 2_000
"""What led to an event is worth seeing, too."""

_APART_MS = 1_500


class EventJumps(QObject):
    """Page keys with Shift. GUI thread.

    Whoever goes elsewhere meanwhile is not taken away from there by what is found.
    """

    def __init__(
        self, window: MainWindow, playback: PlaybackController, search: EventSearch
    ) -> None:
        super().__init__(window)
        self._window = window
        self._playback = playback
        self._search = search
        search.found.connect(self._on_found)
        search.reached.connect(self._on_reached)
        search.events_loaded.connect(window.timeline.canvas.set_events)
        search.problem.connect(self._on_problem)
        playback.sought.connect(self._on_gone_elsewhere)
        playback.cameras_changed.connect(self._on_gone_elsewhere)
        window.acts["previous_event"].triggered.connect(self._on_previous)
        window.acts["next_event"].triggered.connect(self._on_next)

    def _go(self, direction: int) -> None:
        """To the previous (-1) or the next (1) event of the active camera, a little before it begins."""
        camera, here_ms = self._playback.active_camera, self._playback.position_now()
        if camera is None or here_ms is None:
            return
        if camera.is_saved_file:
            self._window.messages.show_notice(tr("A saved file has no events."))
            return
        # The playhead stands that much before the event it was sent to.
        from_ms = round(here_ms) + _LEAD_MS + direction * _APART_MS
        self._search.look(camera.camera_id, from_ms, direction, camera.oldest_recording_ms)

    @Slot()
    def _on_previous(self) -> None:
        self._go(-1)

    @Slot()
    def _on_next(self) -> None:
        self._go(1)

    @Slot(object)
    def _on_reached(self, instant_ms: int) -> None:
        """None up to here: say so, it may take a while."""
        when = times.format_minute(instant_ms, self._window.transport.zone.zone)
        self._window.show_activity(tr("Looking for an event: none up to {when}", when=when))

    @Slot(object)
    def _on_found(self, found: EventFound) -> None:
        self._window.show_activity("")
        if found.instant_ms is not None:
            self._playback.seek(found.instant_ms - _LEAD_MS)
            self._window.timeline.canvas.reveal(found.instant_ms - _LEAD_MS)
            return
        self._window.messages.show_notice(self._none(found))

    def _none(self, found: EventFound) -> str:
        if not found.told:
            return tr("This server does not tell events.")
        if found.whole:
            if found.direction > 0:
                return tr("There is no later event.")
            return tr("There is no earlier event.")
        when = times.format_minute(found.reached_ms, self._window.transport.zone.zone)
        if found.direction > 0:
            return tr("There is no later event up to {when}.", when=when)
        return tr("There is no earlier event back to {when}.", when=when)

    @Slot(object)
    def _on_problem(self, error: RtaError) -> None:
        self._window.show_activity("")
        self._window.messages.show_error(error)

    @Slot()
    def _on_gone_elsewhere(self) -> None:
        if self._search.running:
            self._search.close()
            self._window.show_activity("")
