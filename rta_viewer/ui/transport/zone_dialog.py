"""Asks once in which time zone a server stands; few servers say it themselves."""

from PySide6.QtCore import Qt, QTimeZone, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rta_viewer.core.texts import left_to_right, tr
from rta_viewer.core.timescale import wall_clock
from rta_viewer.core.timetext import find_zone
from rta_viewer.errors import UsageError
from rta_viewer.ui import times


class ZoneDialog(QDialog):
    """Show it with ``open()``. Says what time it is there, so that a wrong zone is seen.

    Signals:
        zone_named: The name of an IANA zone.
    """

    zone_named = Signal(str)

    def __init__(self, server: str, known: str, now_ms: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("zone_dialog")
        self.setWindowTitle(tr("The server's time zone"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._now_ms = now_ms
        words = QLabel(
            tr(
                "In which time zone is {server}? It is remembered for this server.\n"
                "Recordings themselves are kept in UTC: this only changes how times are shown.",
                server=server,
            ),
            self,
        )
        words.setTextFormat(Qt.TextFormat.PlainText)
        self.names = QComboBox(self)
        self.names.setObjectName("zone_names")
        self.names.setAccessibleName(tr("Time zone"))
        self.names.setEditable(True)
        # The names are English in every language.
        self.names.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.names.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        found = (bytes(name.data()).decode("ascii") for name in QTimeZone.availableTimeZoneIds())
        self.names.addItems(sorted(name for name in found if "/" in name or name == "UTC"))
        self.completer = QCompleter(self.names.model(), self.names)
        self.completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.names.setCompleter(self.completer)
        self.clock = QLabel(self)
        self.clock.setObjectName("zone_clock")
        self.ok = QPushButton(tr("Use this zone"), self)
        self.ok.setObjectName("zone_ok")
        self.ok.setProperty("role", "primary")
        self.ok.setDefault(True)
        cancel = QPushButton(tr("Cancel"), self)
        cancel.setObjectName("zone_cancel")
        buttons = QHBoxLayout()
        # Not right below the field: its list of suggestions would cover it.
        buttons.addWidget(self.clock, 1)
        buttons.addSpacing(20)
        buttons.addWidget(cancel)
        buttons.addWidget(self.ok)
        box = QVBoxLayout(self)
        box.setContentsMargins(22, 18, 22, 18)
        box.setSpacing(12)
        box.addWidget(words)
        box.addWidget(self.names)
        box.addSpacing(10)
        box.addLayout(buttons)
        self.names.editTextChanged.connect(self._on_edited)
        self.ok.clicked.connect(self._on_accepted)
        cancel.clicked.connect(self.reject)
        self.names.setEditText(known)
        self._on_edited(known)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        try:
            zone = find_zone(text.strip()) if text.strip() else None
        except UsageError:
            zone = None
        self.ok.setEnabled(zone is not None)
        if zone is None:
            self.clock.setText(tr("Type a city of that zone, Dubai for example, or choose one."))
        else:
            day = left_to_right(f"{wall_clock(self._now_ms, zone):%d/%m/%Y}")
            there = left_to_right(times.typed_with_zone(self._now_ms, zone)[11:])
            self.clock.setText(tr("It is {time} there now, on {day}.", time=there, day=day))

    @Slot()
    def _on_accepted(self) -> None:
        self.zone_named.emit(self.names.currentText().strip())
        self.accept()
