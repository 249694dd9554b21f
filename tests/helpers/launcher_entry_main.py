"""Run inside a private D-Bus session: what docks hear, one JSON line. A library that is not ours listens."""

import json
import sys
from collections.abc import Iterator

from jeepney import HeaderFields, MatchRule, message_bus
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection
from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection, QDBusMessage

from rta_viewer.qt.launcher_entry import open_launcher_entry

INTERFACE = "com.canonical.Unity.LauncherEntry"
LIMIT_S = 10.0


def main() -> None:
    """Arguments: shares to show; ``unknown``, ``clear`` and ``close`` beside them."""
    app = QCoreApplication([])
    with open_dbus_connection() as dock:
        rule = MatchRule(type="signal", interface=INTERFACE)
        Proxy(message_bus, dock).AddMatch(rule)
        speak(sys.argv[1:])
        sys.stdout.write(json.dumps(list(heard(dock))))
    del app


def speak(words: list[str]) -> None:
    entry = open_launcher_entry("rta-viewer")
    assert entry is not None
    for word in words:
        if word == "close":
            entry.close()
        elif word == "clear":
            entry.clear(7)
        else:
            entry.show(7, None if word == "unknown" else float(word))
    over = QDBusMessage.createSignal("/over", INTERFACE, "Over")
    QDBusConnection.sessionBus().send(over)


def heard(dock: DBusConnection) -> Iterator[object]:
    """Everything before the last signal of :func:`speak`."""
    while True:
        message = dock.receive(timeout=LIMIT_S)
        fields = message.header.fields
        if fields.get(HeaderFields.member) == "Over":
            return
        if fields.get(HeaderFields.interface) == INTERFACE:
            yield fields[HeaderFields.member], fields[HeaderFields.signature], message.body


if __name__ == "__main__":
    main()
