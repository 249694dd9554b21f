"""Opens the calendar for the active camera, and goes to the day that is chosen."""

from PySide6.QtCore import QObject, Slot

from rta_viewer.app.services import Services
from rta_viewer.core.day_totals import DayTotal
from rta_viewer.core.texts import tr
from rta_viewer.ui.controllers.availability import Fetch
from rta_viewer.ui.controllers.calendar import CalendarController
from rta_viewer.ui.controllers.playback import PlaybackController
from rta_viewer.ui.main_window import MainWindow


class Calendar(QObject):
    """Connects the calendar with the window. GUI thread."""

    def __init__(
        self, window: MainWindow, playback: PlaybackController, fetch: Fetch, services: Services
    ) -> None:
        super().__init__(window)
        self._window = window
        self._playback = playback
        self._clock = services.clock
        self.controller = CalendarController(
            fetch, window.book, services.clock, services.requests, self
        )
        popup = window.transport.calendar
        popup.month_asked.connect(self.controller.load)
        popup.day_chosen.connect(self._on_day_chosen)
        self.controller.month_loaded.connect(popup.show_month)
        self.controller.answer_loaded.connect(window.timeline.canvas.set_availability)
        window.transport.calendar_button.clicked.connect(self.open)
        window.acts["calendar"].triggered.connect(self.open)

    @Slot()
    def open(self) -> None:
        """Show the month of the playhead."""
        camera = self._playback.active_camera
        if camera is None:
            self._window.messages.show_notice(tr("Open a camera to see its days with footage."))
            return
        transport = self._window.transport
        transport.calendar.open_at(
            transport.calendar_button,
            camera.camera_id,
            transport.zone.zone,
            self._clock.now_ms(),
            self._playback.playhead_ms,
        )

    def leave(self) -> None:
        """Nobody is signed in any more."""
        self.controller.close()
        self._window.transport.calendar.hide()

    @Slot(object)
    def _on_day_chosen(self, day: DayTotal) -> None:
        instant_ms = day.span.start_ms if day.first_ms is None else day.first_ms
        self._playback.seek(instant_ms)
        self._window.timeline.canvas.reveal(instant_ms)
