"""Progress on the program's icon in the docks of Linux desktops (``com.canonical.Unity.LauncherEntry``).

Ubuntu's and other docks of GNOME, KDE's task manager and Plank listen to this signal of the session's D-Bus;
https://wiki.ubuntu.com/Unity/LauncherAPI describes it. Who is meant is told by the name of the program's
entry in the menu; a dock that does not know it shows nothing.
"""

import logging
import os
from pathlib import Path

from PySide6.QtDBus import QDBusConnection, QDBusMessage

_log = logging.getLogger(__name__)

_PATH = "/com/canonical/unity/launcherentry/1"
_INTERFACE = "com.canonical.Unity.LauncherEntry"


class LauncherEntry:
    """Sends what is new; waits for nobody. GUI thread.

    Args:
        name: Of the entry in the menu, without ``.desktop``.
        bus: Where the docks listen.
    """

    def __init__(self, name: str, bus: QDBusConnection) -> None:
        self._uri = f"application://{name}.desktop"
        self._bus = bus
        self._shown: float | None = None

    def show(self, _window_id: int, share: float | None) -> None:
        """Show how much is done, from 0 to 1; nothing while that is not known."""
        wanted = None if share is None else round(min(1.0, max(0.0, share)), 2)
        if wanted == self._shown:
            return
        self._shown = wanted
        message = QDBusMessage.createSignal(_PATH, _INTERFACE, "Update")
        seen = {"progress": wanted or 0.0, "progress-visible": wanted is not None}
        message.setArguments([self._uri, seen])
        self._bus.send(message)

    def clear(self, window_id: int) -> None:
        """Nothing is going on any more."""
        self.show(window_id, None)

    def close(self) -> None:
        """Take it away. Idempotent."""
        self.clear(0)


def open_launcher_entry(name: str) -> LauncherEntry | None:
    """The docks of this desktop; None where there is no session that they could listen to."""
    if not name or not _has_session():
        return None
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        _log.info("no progress in the dock: %s", bus.lastError().message())
        return None
    return LauncherEntry(name, bus)


def _has_session() -> bool:
    """Without this the library would try to start a session of its own."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    return bool(address) or (runtime is not None and (Path(runtime) / "bus").exists())
