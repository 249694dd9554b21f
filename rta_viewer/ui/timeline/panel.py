"""The timeline with its zoom buttons and its legend."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from rta_viewer.core.spans import Span
from rta_viewer.core.texts import mark, tr
from rta_viewer.core.timescale import DAY_MS, HOUR_MS, MINUTE_MS
from rta_viewer.ui import icons, times
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.timeline.bands import BandBook
from rta_viewer.ui.timeline.canvas import TimelineCanvas
from rta_viewer.ui.timeline.legend import Legend

_PRESETS = (
    ("1min", mark("{minutes} min"), {"minutes": 1}, MINUTE_MS),
    ("10min", mark("{minutes} min"), {"minutes": 10}, 10 * MINUTE_MS),
    ("1h", mark("{hours} h"), {"hours": 1}, HOUR_MS),
    ("6h", mark("{hours} h"), {"hours": 6}, 6 * HOUR_MS),
    ("24h", mark("{hours} h"), {"hours": 24}, DAY_MS),
    ("7d", mark("{days} d"), {"days": 7}, 7 * DAY_MS),
    ("31d", mark("{days} d"), {"days": 31}, 31 * DAY_MS),
)
"""The button's name, its words and their number, and what it shows."""

_BUTTON_FACTOR = 2.0


class TimelinePanel(QWidget):
    """Canvas, zoom buttons, legend. The owner talks to :attr:`canvas` for everything else."""

    follow_requested = Signal()

    def __init__(self, theme: Theme, book: BandBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        # Time runs from left to right in every language.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.canvas = TimelineCanvas(theme, book, self)
        self.legend = Legend(theme, self)
        self._shown = QLabel(self)
        self._shown.setObjectName("timeline_window_label")
        self._shown.setProperty("role", "quiet")
        self._shown.setToolTip(tr("How much time is visible"))
        self._zoom_in = self._button("timeline_zoom_in", "", tr("Zoom in (+)"))
        self._zoom_out = self._button("timeline_zoom_out", "", tr("Zoom out (-)"))
        self._follow = self._button("timeline_follow", "", tr("Show the playhead"))
        self._zoom_in.clicked.connect(self._on_zoom_in)
        self._zoom_out.clicked.connect(self._on_zoom_out)
        self._follow.clicked.connect(self._on_follow)
        row = QHBoxLayout()
        row.setContentsMargins(8, 3, 8, 3)
        row.setSpacing(4)
        row.addWidget(self._zoom_out)
        row.addWidget(self._zoom_in)
        for name, words, number, window_ms in _PRESETS:
            row.addWidget(self._preset(name, tr(words, **number), window_ms))
        row.addWidget(self._follow)
        row.addSpacing(6)
        row.addWidget(self._shown)
        row.addStretch(1)
        row.addWidget(self.legend)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(row)
        box.addWidget(self.canvas)
        self.canvas.window_changed.connect(self._on_window_changed)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint with other colours."""
        self.canvas.set_theme(theme)
        self.legend.set_theme(theme)
        ink = theme.colours.text
        self._zoom_in.setIcon(icons.icon("zoom_in", ink))
        self._zoom_out.setIcon(icons.icon("zoom_out", ink))
        self._follow.setIcon(icons.icon("follow", ink))

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setProperty("role", "flat")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if text:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def _preset(self, name: str, text: str, window_ms: int) -> QToolButton:
        tip = tr("Show {duration}", duration=text)
        button = self._button(f"timeline_zoom_{name}", text, tip)
        button.setProperty("window_ms", str(window_ms))
        button.clicked.connect(self._on_preset)
        return button

    @Slot()
    def _on_zoom_in(self) -> None:
        self.canvas.zoom(1 / _BUTTON_FACTOR)

    @Slot()
    def _on_zoom_out(self) -> None:
        self.canvas.zoom(_BUTTON_FACTOR)

    @Slot()
    def _on_preset(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.canvas.zoom(int(sender.property("window_ms")) / self.canvas.scale.window_ms)

    @Slot()
    def _on_follow(self) -> None:
        if self.canvas.playhead_ms is not None:
            self.canvas.reveal(self.canvas.playhead_ms)
        self.follow_requested.emit()

    @Slot(object)
    def _on_window_changed(self, span: Span) -> None:
        self._shown.setText(times.format_duration(span.duration_ms))
