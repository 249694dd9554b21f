"""Whose clock the operator reads: always visible."""

from datetime import UTC, tzinfo
from enum import StrEnum

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from rta_viewer.core.texts import mark, tr
from rta_viewer.ui import times
from rta_viewer.ui.transport.buttons import segment, tool_button

_UNKNOWN = mark("Show times in the server's time zone; it does not say which: choose it once")


class ZoneMode(StrEnum):
    """The positions of the switch."""

    SERVER = "server"
    LOCAL = "local"
    UTC = "utc"


class ZoneSwitch(QWidget):
    """The server's time, this PC's time or UTC.

    A server whose zone nobody knows has no time of its own: its position asks for the zone, and this PC's
    time is shown as long as it is wanted but unknown.

    Signals:
        zone_chosen: Another ``tzinfo`` is shown.
        mode_chosen: Somebody chose another :class:`ZoneMode`.
        server_zone_wanted: Somebody wants the server's time, and nobody knows its zone.
    """

    zone_chosen = Signal(object)
    mode_chosen = Signal(object)
    server_zone_wanted = Signal()

    def __init__(self, pc_zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("zone_switch")
        self._zones: dict[ZoneMode, tzinfo] = {ZoneMode.LOCAL: pc_zone, ZoneMode.UTC: UTC}
        self._wanted = ZoneMode.LOCAL
        self._shown = pc_zone
        self._buttons: dict[ZoneMode, QToolButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for mode, name, text in (
            (ZoneMode.SERVER, "zone_server", tr("Server")),
            (ZoneMode.LOCAL, "zone_pc", tr("This PC")),
            (ZoneMode.UTC, "zone_utc", "UTC"),
        ):
            button = tool_button(self, name, tr(_UNKNOWN), text=text)
            button.setCheckable(True)
            button.setProperty("mode", str(mode))
            button.clicked.connect(self._on_clicked)
            self._buttons[mode] = button
            group.addButton(button)
            row.addWidget(button)
        segment(list(self._buttons.values()))
        self._show()

    @property
    def zone(self) -> tzinfo:
        """The one that is shown."""
        return self._shown

    def set_server_zone(self, zone: tzinfo | None) -> None:
        """What is known of the server that is signed in to; None for nothing."""
        if zone is None:
            self._zones.pop(ZoneMode.SERVER, None)
        else:
            self._zones[ZoneMode.SERVER] = zone
        self._show()

    def set_mode(self, mode: ZoneMode) -> None:
        """Put the switch there, without :attr:`mode_chosen`."""
        self._wanted = mode
        self._show()

    def _show(self) -> None:
        shown = self._wanted if self._wanted in self._zones else ZoneMode.LOCAL
        self._buttons[shown].setChecked(True)
        for mode, button in self._buttons.items():
            zone = self._zones.get(mode)
            tip = tr(_UNKNOWN)
            if zone is not None:
                tip = tr("Show times in {zone}", zone=times.zone_name(zone))
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
        zone = self._zones[shown]
        if zone != self._shown:
            self._shown = zone
            self.zone_chosen.emit(zone)

    @Slot()
    def _on_clicked(self) -> None:
        mode = ZoneMode(str(self.sender().property("mode")))
        if mode not in self._zones:
            self._show()
            self.server_zone_wanted.emit()
            return
        self._wanted = mode
        self.mode_chosen.emit(mode)
        self._show()
