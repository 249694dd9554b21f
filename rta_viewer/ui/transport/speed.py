"""The speed buttons, and the speed that is really reached."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from rta_viewer.core.playback import REVERSE_SPEEDS, SPEEDS
from rta_viewer.core.texts import left_to_right, tr
from rta_viewer.ui.tiles.wording import speed_text
from rta_viewer.ui.transport.buttons import segment, tool_button

_FORWARD = (1.0, 2.0, 4.0, 8.0)
_BACKWARD = tuple(sorted(REVERSE_SPEEDS))


class SpeedControl(QWidget):
    """-8 to 8 as buttons, the slow ones in a menu between backwards and forwards.

    Signals:
        speed_chosen: One of ``SPEEDS`` or ``REVERSE_SPEEDS``.
    """

    speed_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speed = 1.0
        self._compact = False
        self._group = QButtonGroup(self)
        self._buttons: dict[float, QToolButton] = {}
        for speed in (*_BACKWARD, *_FORWARD):
            text = speed_text(speed)
            tip = tr("Play at {speed} (L faster, J slower)", speed=text)
            if speed < 0:
                tip = tr(
                    "Play backwards at {speed}, by key pictures (J below the slowest)", speed=text
                )
            # A minus in a name would be read as a hyphen: "speed_back_8".
            name = f"speed_{speed:g}".replace("-", "back_")
            button = tool_button(self, name, tip, text=text)
            button.setCheckable(True)
            button.clicked.connect(self._on_button)
            self._group.addButton(button)
            self._buttons[speed] = button
        self._more = tool_button(
            self, "speed_more", tr("Slow motion, and backwards"), text=tr("Slow"), icon=""
        )
        self._more.setCheckable(True)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._group.addButton(self._more)
        menu = QMenu(self._more)
        for speed in (*sorted(set(SPEEDS) - set(_FORWARD), reverse=True), *REVERSE_SPEEDS):
            action = QAction(speed_text(speed), menu)
            action.setObjectName(f"speed_action_{speed:g}")
            action.setData(speed)
            menu.addAction(action)
        menu.triggered.connect(self._on_menu)
        self._more.setMenu(menu)
        self.reached = QLabel(self)
        self.reached.setObjectName("transport_effective_speed")
        self.reached.setProperty("role", "quiet")
        self.reached.setToolTip(tr("The speed that is really reached"))
        self.reached.setMinimumWidth(50)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        ladder = [self._buttons[speed] for speed in _BACKWARD]
        ladder += [self._more, *(self._buttons[speed] for speed in _FORWARD)]
        segment(ladder)
        for button in ladder:
            row.addWidget(button)
        row.addSpacing(6)
        row.addWidget(self.reached)
        self.set_speed(1.0)

    @property
    def speed(self) -> float:
        """The chosen one."""
        return self._speed

    @property
    def backward_width(self) -> int:
        """The room that the buttons for backwards take, or would take."""
        return sum(self._buttons[speed].sizeHint().width() for speed in _BACKWARD)

    @property
    def compact(self) -> bool:
        """True while backwards is in the menu only."""
        return self._compact

    def set_compact(self, compact: bool) -> None:
        """Leave the buttons for backwards to the menu, or show them."""
        self._compact = compact
        for speed in _BACKWARD:
            self._buttons[speed].setVisible(not compact)
        self._more.setProperty("segment", "first" if compact else "middle")
        self._more.style().unpolish(self._more)
        self._more.style().polish(self._more)
        self.set_speed(self._speed)

    def set_speed(self, speed: float) -> None:
        """Show another choice, without a signal."""
        self._speed = speed
        button = self._buttons.get(speed, self._more)
        if self._compact and speed < 0:
            button = self._more
        button.setChecked(True)
        self._more.setText(speed_text(speed) if button is self._more else tr("Slow"))

    def set_reached(self, speed: float | None) -> None:
        """What the pictures on the screen come to; None while nobody knows."""
        sign = "\N{MINUS SIGN}" if speed is not None and speed < 0 else ""
        self.reached.setText("" if speed is None else left_to_right(f"= {sign}{abs(speed):.1f}x"))

    def _choose(self, speed: float) -> None:
        self.set_speed(speed)
        self.speed_chosen.emit(speed)

    @Slot()
    def _on_button(self) -> None:
        for speed, button in self._buttons.items():
            if button is self.sender():
                self._choose(speed)

    @Slot(QAction)
    def _on_menu(self, action: QAction) -> None:
        self._choose(float(action.data()))
