"""The line at the bottom: which server, how its clock goes, and what is going on."""

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from rta_viewer.core.texts import tr

_NOTABLE_MS = 2_000
"""Servers tell their time in whole seconds: less says nothing."""


def clock_words(offset_ms: int | None) -> str:
    """How the server's clock goes, seen from this PC; empty when it goes as this one does."""
    if offset_ms is None or abs(offset_ms) < _NOTABLE_MS:
        return ""
    seconds = round(abs(offset_ms) / 1000)
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = (
        tr("{hours} h", hours=hours) if hours else "",
        tr("{minutes} min", minutes=minutes) if minutes else "",
        tr("{seconds} s", seconds=rest) if rest else "",
    )
    amount = " ".join(part for part in parts if part)
    if offset_ms > 0:
        return tr("Server's clock is {amount} ahead", amount=amount)
    return tr("Server's clock is {amount} behind", amount=amount)


class StatusLine(QStatusBar):
    """Labels that say what there is to say, and are not there otherwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_line")
        self.setSizeGripEnabled(False)
        self.server = self._label("status_server")
        self.clock = self._label("status_clock")
        self.clock.setProperty("role", "warning")
        self.activity = self._label("status_activity")
        self.work = self._label("status_work")
        self.addWidget(self.server)
        self.addWidget(self.clock)
        self.addPermanentWidget(self.work)
        self.addPermanentWidget(self.activity)
        self.show_server("")
        self.show_clock(None)
        self.show_activity("")
        self.show_work("")

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        return label

    def show_server(self, text: str) -> None:
        """Whom we are signed in to; empty for nobody."""
        self.server.setText(text or tr("Not signed in"))

    def show_clock(self, offset_ms: int | None) -> None:
        """The server's clock minus this PC's; None when nobody knows."""
        words = clock_words(offset_ms)
        self.clock.setText(words)
        self.clock.setToolTip(
            tr(
                "Recordings carry the server's time. Set the clock of this PC, or tell whoever looks "
                "after the server."
            )
            if words
            else ""
        )
        self.clock.setVisible(bool(words))

    def show_activity(self, text: str) -> None:
        """What somebody waits for; empty for nothing."""
        self.activity.setText(text)
        self.activity.setVisible(bool(text))

    def show_work(self, text: str) -> None:
        """What goes on by itself; empty for nothing."""
        self.work.setText(text)
        self.work.setVisible(bool(text))
