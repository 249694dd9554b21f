"""Whose clock the operator reads: always visible."""

from datetime import UTC, tzinfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from rta_viewer.ui import times
from rta_viewer.ui.transport.buttons import segment, tool_button


class ZoneSwitch(QWidget):
    """This PC's time or UTC.

    Signals:
        zone_chosen: Another ``tzinfo``.
    """

    zone_chosen = Signal(object)

    def __init__(self, pc_zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("zone_switch")
        self._zones: dict[QToolButton, tzinfo] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for name, text, zone in (("zone_pc", "This PC", pc_zone), ("zone_utc", "UTC", UTC)):
            button = tool_button(self, name, f"Show times in {times.zone_name(zone)}", text=text)
            button.setCheckable(True)
            self._zones[button] = zone
            self._group.addButton(button)
            row.addWidget(button)
        segment(list(self._zones))
        self._group.buttons()[0].setChecked(True)
        self._group.buttonToggled.connect(self._on_toggled)

    @property
    def zone(self) -> tzinfo:
        """The chosen one."""
        return next(zone for button, zone in self._zones.items() if button.isChecked())

    @Slot(QToolButton, bool)
    def _on_toggled(self, button: QToolButton, checked: bool) -> None:
        if checked:
            self.zone_chosen.emit(self._zones[button])
