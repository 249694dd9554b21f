"""The row of controls above the timeline."""

from datetime import tzinfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from rta_viewer.core.clock import Clock
from rta_viewer.core.texts import digits, mark, tr
from rta_viewer.core.timescale import MINUTE_MS, SECOND_MS
from rta_viewer.ui.calendar.popup import CalendarPopup
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.transport.buttons import draw_icons, tool_button
from rta_viewer.ui.transport.cut_bar import CutBar
from rta_viewer.ui.transport.cut_editor import CutEditor
from rta_viewer.ui.transport.go_to import GoTo
from rta_viewer.ui.transport.speed import SpeedControl
from rta_viewer.ui.transport.zone_switch import ZoneSwitch

_JUMPS = {
    "transport_back_1m": (mark("\N{MINUS SIGN}1m"), mark("Back 1 minute (Shift+Left)"), -MINUTE_MS),
    "transport_back_5s": (mark("\N{MINUS SIGN}5s"), mark("Back 5 seconds (Left)"), -5 * SECOND_MS),
    "transport_forward_5s": (mark("+5s"), mark("Forward 5 seconds (Right)"), 5 * SECOND_MS),
    "transport_forward_1m": (mark("+1m"), mark("Forward 1 minute (Shift+Right)"), MINUTE_MS),
}


_ROOM_FOR_A_CUT_PX = 60


class TransportPanel(QWidget):
    """Everything that moves time.

    Signals:
        play_toggled: Play or pause.
        stepped: By so many pictures.
        jumped: By so many ms.
        recording_requested: -1 the previous, 1 the next recording.
    """

    play_toggled = Signal()
    stepped = Signal(int)
    jumped = Signal(object)
    recording_requested = Signal(int)

    def __init__(
        self, theme: Theme, pc_zone: tzinfo, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        # Time runs from left to right in every language, and so do the buttons that move it.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._playing = False
        self.play = tool_button(self, "transport_play", tr("Play (Space)"), icon="play")
        self.speed = SpeedControl(self)
        self.skip_gaps = tool_button(
            self, "skip_gaps_button", tr("Skip stretches without footage (G)"), icon="skip_gaps"
        )
        self.skip_gaps.setCheckable(True)
        self.calendar_button = tool_button(
            self, "calendar_button", tr("Calendar: days with footage (C)"), icon="calendar"
        )
        self.calendar = CalendarPopup(theme, self)
        self.go_to = GoTo(clock, self)
        self.cut = CutBar(self)
        self.cut_editor = CutEditor(theme, self)
        self.zone = ZoneSwitch(pc_zone, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 5, 6, 5)
        row.setSpacing(2)
        for widget in self._movers():
            row.addWidget(widget)
        row.addSpacing(4)
        row.addWidget(self.skip_gaps)
        row.addWidget(self.speed)
        row.addStretch(1)
        row.addWidget(self.calendar_button)
        row.addWidget(self.go_to)
        row.addSpacing(4)
        row.addWidget(self.zone)
        row.addStretch(1)
        row.addWidget(self.cut)
        self.play.clicked.connect(self.play_toggled)
        self.zone.zone_chosen.connect(self.set_zone)
        self.set_zone(self.zone.zone)
        self.set_theme(theme)

    def _movers(self) -> list[QWidget]:
        previous = tool_button(
            self,
            "transport_previous_recording",
            tr("Previous recording (Page Up)"),
            icon="previous_recording",
        )
        following = tool_button(
            self,
            "transport_next_recording",
            tr("Next recording (Page Down)"),
            icon="next_recording",
        )
        back = tool_button(
            self, "transport_step_back", tr("One picture back (,)"), icon="step_back"
        )
        on = tool_button(
            self, "transport_step_forward", tr("One picture forward (.)"), icon="step_forward"
        )
        previous.clicked.connect(self._on_previous)
        following.clicked.connect(self._on_next)
        back.clicked.connect(self._on_step_back)
        on.clicked.connect(self._on_step_forward)
        jumps: list[QToolButton] = []
        for name, (text, tip, by_ms) in _JUMPS.items():
            button = tool_button(self, name, tr(tip), text=digits(tr(text)))
            button.setProperty("by_ms", by_ms)
            button.clicked.connect(self._on_jump)
            jumps.append(button)
        first, last = jumps[:2], jumps[2:]
        return [previous, *first, back, self.play, on, *last, following]

    @property
    def _spare(self) -> tuple[QWidget, ...]:
        return self.skip_gaps, self.go_to.go

    def _fit(self) -> None:
        """Show what fits: on a small screen backwards and skipping gaps are in the menus, Enter goes."""
        hidden_px = 0
        if self.speed.compact:
            hidden_px = self.speed.backward_width + sum(
                widget.sizeHint().width() for widget in self._spare
            )
        compact = self.sizeHint().width() + hidden_px + _ROOM_FOR_A_CUT_PX > self.width()
        if compact != self.speed.compact:
            self.speed.set_compact(compact)
            for widget in self._spare:
                widget.setVisible(not compact)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        draw_icons(self, theme)
        self.cut.set_theme(theme)
        self.calendar.set_theme(theme)
        self.cut_editor.set_theme(theme)

    def set_playing(self, playing: bool) -> None:
        """Show the button for what a click would do now."""
        if playing == self._playing:
            return
        self._playing = playing
        self.play.setProperty("icon_name", "pause" if playing else "play")
        self.play.setToolTip(tr("Pause (Space)") if playing else tr("Play (Space)"))
        self.play.setAccessibleName(self.play.toolTip())
        draw_icons(self, self._theme)

    @Slot(object)
    def set_zone(self, zone: tzinfo) -> None:
        """Word and read times in this zone."""
        self.go_to.set_zone(zone)
        self.cut.set_zone(zone)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _on_previous(self) -> None:
        self.recording_requested.emit(-1)

    @Slot()
    def _on_next(self) -> None:
        self.recording_requested.emit(1)

    @Slot()
    def _on_step_back(self) -> None:
        self.stepped.emit(-1)

    @Slot()
    def _on_step_forward(self) -> None:
        self.stepped.emit(1)

    @Slot()
    def _on_jump(self) -> None:
        button = self.sender()
        if button is not None:
            self.jumped.emit(int(button.property("by_ms")))
