"""In, out, how long, and away with it."""

from datetime import UTC, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from rta_viewer.core.texts import mark, tr
from rta_viewer.ui import times
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.timeline.cut import Cut
from rta_viewer.ui.transport.buttons import tool_button

_NOTHING = (mark("No cut"), mark("Half a cut"))


class _Words(QLabel):
    clicked = Signal()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.clicked.emit()


class CutBar(QWidget):
    """Marks the cut at the playhead and offers to save it.

    Signals:
        in_marked, out_marked: Put the mark where the playhead is.
        range_cleared: Forget the cut.
        save_requested: Save it.
        edit_requested: The words were clicked: somebody wants to type the times.
    """

    in_marked = Signal()
    out_marked = Signal()
    range_cleared = Signal()
    save_requested = Signal()
    edit_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone: tzinfo = UTC
        self._cut = Cut()
        mark_in = tool_button(self, "in_button", tr("Mark in (I)"), text=tr("In"), icon="mark_in")
        mark_out = tool_button(
            self, "out_button", tr("Mark out (O)"), text=tr("Out"), icon="mark_out"
        )
        self.label = _Words(self)
        self.label.setCursor(Qt.CursorShape.PointingHandCursor)
        self.label.clicked.connect(self.edit_requested)
        self.label.setObjectName("range_label")
        self._clear = tool_button(self, "range_clear", tr("Forget in and out"), icon="clear")
        self._clear.setProperty("role", "flat")
        self._save = QPushButton(tr("Save clip\N{HORIZONTAL ELLIPSIS}"), self)
        self._save.setObjectName("save_clip_button")
        self._save.setProperty("role", "primary")
        self._save.setToolTip(tr("Save what lies between in and out (Ctrl+D)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(mark_in)
        row.addWidget(mark_out)
        row.addSpacing(4)
        row.addWidget(self.label)
        row.addWidget(self._clear)
        row.addWidget(self._save)
        mark_in.clicked.connect(self.in_marked)
        mark_out.clicked.connect(self.out_marked)
        self._clear.clicked.connect(self.range_cleared)
        self._save.clicked.connect(self.save_requested)
        self.set_cut(Cut())

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's small font for the times."""
        self.label.setFont(theme.font(small=True))

    def set_zone(self, zone: tzinfo) -> None:
        """Word times in another zone."""
        self._zone = zone
        self.set_cut(self._cut)

    def set_cut(self, cut: Cut) -> None:
        """Show this cut."""
        self._cut = cut
        span = cut.span
        self._save.setEnabled(span is not None)
        self._clear.setEnabled(cut != Cut())
        marks = [
            tr(words, time=times.format_with_zone(instant_ms, self._zone))
            for words, instant_ms in (
                (mark("In {time}"), cut.in_ms),
                (mark("Out {time}"), cut.out_ms),
            )
            if instant_ms is not None
        ]
        self.label.setText(
            times.format_duration(span.duration_ms) if span else tr(_NOTHING[len(marks)])
        )
        marks.append(tr("Click to type the times and to see the pictures (Ctrl+I)"))
        self.label.setToolTip("\n".join(marks))
