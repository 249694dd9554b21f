"""The box for a date and time. Says what it understood before it jumps."""

from datetime import UTC, tzinfo

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from rta_viewer.core.clock import Clock
from rta_viewer.core.moment import Moment, Surroundings, parse_moment
from rta_viewer.core.texts import mark, tr
from rta_viewer.errors import UsageError
from rta_viewer.ui import times
from rta_viewer.ui.transport.buttons import tool_button

_EXAMPLES = mark(
    "24/10/2025 10:00   10:15   yesterday 14:05   \N{MINUS SIGN}30m   2025-10-24T10:00:00Z"
)
_ABOVE_PX = 6


class _Field(QLineEdit):
    left = Signal()
    focus_lost = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.focus_lost.emit()


class GoTo(QWidget):
    """Shows the playhead's time while nobody types in it; Enter or Go jumps there.

    Signals:
        go_to_requested: An instant in ms.
        refused: What was typed is no time: the :class:`UsageError`.
    """

    go_to_requested = Signal(object)
    refused = Signal(object)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._zone: tzinfo = UTC
        self._instant_ms: float | None = None
        self.edit = _Field(self)
        self.edit.setObjectName("goto_edit")
        self.edit.setProperty("role", "digits")
        self.edit.setAccessibleName(tr("Go to date and time"))
        self.edit.setToolTip(
            tr("Date and time (Ctrl+G), for example\n{examples}", examples=tr(_EXAMPLES))
        )
        self.edit.setPlaceholderText(tr("YYYY-MM-DD HH:MM:SS"))
        self.edit.setFixedWidth(160)
        self.preview = QLabel(self)
        self.preview.setObjectName("goto_preview")
        self.preview.setTextFormat(Qt.TextFormat.PlainText)
        self.preview.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.preview.hide()
        self.go = tool_button(self, "goto_button", tr("Go to this date and time"), text=tr("Go"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.edit)
        row.addWidget(self.go)
        self.edit.returnPressed.connect(self._on_go)
        self.edit.textEdited.connect(self._on_edited)
        self.edit.left.connect(self._on_left)
        self.edit.focus_lost.connect(self.preview.hide)
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
        text = "" if instant_ms is None else times.typed_instant(instant_ms, self._zone)
        if text != self.edit.text():
            self.edit.setText(text)

    def start(self) -> None:
        """Put the cursor into the box, everything selected."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()
        self._say(tr(_EXAMPLES), level="quiet")

    def _understand(self) -> Moment:
        here_ms = None if self._instant_ms is None else round(self._instant_ms)
        around = Surroundings(self._zone, self._clock.now_ms(), here_ms)
        return parse_moment(self.edit.text(), around)

    def _say(self, text: str, level: str) -> None:
        """Let the line stand above the box, over whatever is there."""
        window = self.window()
        self.preview.setParent(window)
        self.preview.setProperty("level", level)
        self.preview.style().unpolish(self.preview)
        self.preview.style().polish(self.preview)
        self.preview.setText(text)
        self.preview.setAccessibleName(text)
        self.preview.adjustSize()
        at = self.edit.mapTo(window, QPoint(0, -self.preview.height() - _ABOVE_PX))
        if at.y() < 0:
            at = self.edit.mapTo(window, QPoint(0, self.edit.height() + _ABOVE_PX))
        at.setX(max(0, min(at.x(), window.width() - self.preview.width())))
        self.preview.move(at)
        self.preview.show()
        self.preview.raise_()

    def _mark(self, *, invalid: bool) -> None:
        self.edit.setProperty("invalid", "true" if invalid else "false")
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)

    @Slot()
    def _on_go(self) -> None:
        try:
            instant_ms = self._understand().instant_ms
        except UsageError as err:
            self._mark(invalid=True)
            self.refused.emit(err)
            return
        self._mark(invalid=False)
        self.edit.setModified(False)
        self.edit.clearFocus()
        self.preview.hide()
        self.go_to_requested.emit(instant_ms)

    @Slot()
    def _on_edited(self) -> None:
        self._mark(invalid=False)
        if not self.edit.text().strip():
            self._say(tr(_EXAMPLES), level="quiet")
            return
        try:
            found = self._understand()
        except UsageError as err:
            self._say(str(err), level="wrong")
            return
        said = found.words
        if found.relation:
            said = tr("{moment}  ({relation})", moment=said, relation=found.relation)
        self._say(said, level="understood")

    @Slot()
    def _on_left(self) -> None:
        # A window that is not active takes no focus away, so the field would not tell.
        self.preview.hide()
        self._mark(invalid=False)
        self.edit.setModified(False)
        self.edit.clearFocus()
        self.set_instant(self._instant_ms)
