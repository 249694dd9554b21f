"""Whose clock is shown: remembers the switch, and finds out about the server's time zone."""

from dataclasses import replace
from datetime import tzinfo

from PySide6.QtCore import QObject, Slot

from rta_viewer.app.server_desk import ServerDesk
from rta_viewer.app.services import Services
from rta_viewer.app.session import Session
from rta_viewer.core.servers import ServerEntry
from rta_viewer.core.texts import tr
from rta_viewer.core.timetext import find_zone
from rta_viewer.errors import UsageError
from rta_viewer.platform.settings import TimeZoneMode
from rta_viewer.qt.dialogs import open_over
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.transport.zone_dialog import ZoneDialog
from rta_viewer.ui.transport.zone_switch import ZoneMode


class Zones(QObject):
    """Connects the switch with the settings. GUI thread.

    What a person said of a server counts more than what the server says of itself.
    """

    def __init__(self, services: Services, desk: ServerDesk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk = desk
        self._services = services
        self._window = window
        self._switch = window.transport.zone
        self._switch.set_mode(ZoneMode(services.settings.time_zone))
        self._switch.mode_chosen.connect(self._on_mode_chosen)
        self._switch.server_zone_wanted.connect(self.ask)
        window.acts["server_zone"].triggered.connect(self.ask)

    def enter(self, session: Session) -> None:
        """Somebody has signed in."""
        self._switch.set_server_zone(_zone(self._named(session)))

    def leave(self) -> None:
        """Nobody is signed in any more."""
        self._switch.set_server_zone(None)

    @Slot()
    def ask(self) -> None:
        """Let somebody say in which zone the server is."""
        session = self._services.session
        if session is None:
            self._window.messages.show_notice(tr("Sign in to a server to see its time."))
            return
        now_ms = self._services.clock.now_ms()
        known = self._named(session)
        dialog = ZoneDialog(session.info.name, known, now_ms, self._window)
        dialog.zone_named.connect(self._on_zone_named)
        open_over(dialog)

    def _named(self, session: Session) -> str:
        entry = self._entry_of(session)
        return (entry.time_zone if entry is not None else "") or session.info.time_zone

    def _entry_of(self, session: Session) -> ServerEntry | None:
        return self._desk.entry_of(session.request.server, session.request.username)

    @Slot(object)
    def _on_mode_chosen(self, mode: ZoneMode) -> None:
        services = self._services
        services.change_settings(replace(services.settings, time_zone=TimeZoneMode(mode)))

    @Slot(str)
    def _on_zone_named(self, name: str) -> None:
        services = self._services
        session, zone = services.session, _zone(name)
        if session is None or zone is None:
            return
        known = self._entry_of(session) or ServerEntry(session.info.address)
        entry = replace(known, username=session.request.username, time_zone=name)
        services.change_settings(services.settings.with_server(entry))
        self._switch.set_server_zone(zone)
        self._switch.set_mode(ZoneMode.SERVER)
        self._on_mode_chosen(ZoneMode.SERVER)


def _zone(name: str) -> tzinfo | None:
    """The zone of that name; None for a name that means nothing here."""
    try:
        return find_zone(name) if name else None
    except UsageError:
        return None
