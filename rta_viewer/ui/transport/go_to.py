"""The box for a date and time."""

from datetime import UTC, tzinfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from rta_viewer.errors import UsageError
from rta_viewer.ui import times
from rta_viewer.ui.transport.buttons import tool_button


class _Field(QLineEdit):
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class GoTo(QWidget):
    """Shows the playhead's time while nobody types in it; Enter or Go jumps there.

    Signals:
        go_to_requested: An instant in ms.
        refused: What was typed is no time: the :class:`UsageError`.
    """

    go_to_requested = Signal(object)
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone: tzinfo = UTC
        self._instant_ms: float | None = None
        self.edit = _Field(self)
        self.edit.setObjectName("goto_edit")
        self.edit.setProperty("role", "digits")
        self.edit.setAccessibleName("Go to date and time")
        self.edit.setToolTip("Date and time, like 2025-10-24 10:00:00 (Ctrl+G)")
        self.edit.setPlaceholderText("YYYY-MM-DD HH:MM:SS")
        self.edit.setFixedWidth(160)
        self.go = tool_button(self, "goto_button", "Go to this date and time", text="Go")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.edit)
        row.addWidget(self.go)
        self.edit.returnPressed.connect(self._on_go)
        self.edit.textEdited.connect(self._on_edited)
        self.edit.left.connect(self._on_left)
        self.go.clicked.connect(self._on_go)

    def set_zone(self, zone: tzinfo) -> None:
        """Read and write in another zone."""
        self._zone = zone
        self.set_instant(self._instant_ms)

    def set_instant(self, instant_ms: float | None) -> None:
        """Follow the playhead, unless somebody is typing."""
        self._instant_ms = instant_ms
        if self.edit.hasFocus() or self.edit.isModified():
            return
        text = "" if instant_ms is None else times.format_instant(instant_ms, self._zone)
        if text != self.edit.text():
            self.edit.setText(text)

    def start(self) -> None:
        """Put the cursor into the box, everything selected."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def _mark(self, *, invalid: bool) -> None:
        self.edit.setProperty("invalid", "true" if invalid else "false")
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)

    @Slot()
    def _on_go(self) -> None:
        try:
            instant_ms = times.parse(self.edit.text(), self._zone)
        except UsageError as err:
            self._mark(invalid=True)
            self.refused.emit(err)
            return
        self._mark(invalid=False)
        self.edit.setModified(False)
        self.edit.clearFocus()
        self.go_to_requested.emit(instant_ms)

    @Slot()
    def _on_edited(self) -> None:
        self._mark(invalid=False)

    @Slot()
    def _on_left(self) -> None:
        self._mark(invalid=False)
        self.edit.setModified(False)
        self.edit.clearFocus()
        self.set_instant(self._instant_ms)
