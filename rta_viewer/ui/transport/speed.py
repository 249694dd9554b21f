"""The speed buttons, and the speed that is really reached."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from rta_viewer.core.playback import SPEEDS
from rta_viewer.ui.tiles.wording import speed_text
from rta_viewer.ui.transport.buttons import segment, tool_button

_BUTTONS = (1.0, 2.0, 4.0, 8.0)


class SpeedControl(QWidget):
    """1, 2, 4 and 8 as buttons, the slow ones in a menu.

    Signals:
        speed_chosen: One of ``SPEEDS``.
    """

    speed_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speed = 1.0
        self._group = QButtonGroup(self)
        self._buttons: dict[float, QToolButton] = {}
        for speed in _BUTTONS:
            text = speed_text(speed)
            button = tool_button(self, f"speed_{speed:g}", f"Play at {text}", text=text)
            button.setCheckable(True)
            button.clicked.connect(self._on_button)
            self._group.addButton(button)
            self._buttons[speed] = button
        self._more = tool_button(self, "speed_more", "Slow motion", text="Slow", icon="")
        self._more.setCheckable(True)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._group.addButton(self._more)
        menu = QMenu(self._more)
        for speed in sorted(set(SPEEDS) - set(_BUTTONS)):
            action = QAction(speed_text(speed), menu)
            action.setObjectName(f"speed_{speed:g}")
            action.setData(speed)
            menu.addAction(action)
        menu.triggered.connect(self._on_menu)
        self._more.setMenu(menu)
        self.reached = QLabel(self)
        self.reached.setObjectName("transport_effective_speed")
        self.reached.setProperty("role", "quiet")
        self.reached.setToolTip("The speed that is really reached")
        self.reached.setMinimumWidth(50)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        segment([self._more, *self._buttons.values()])
        row.addWidget(self._more)
        for button in self._buttons.values():
            row.addWidget(button)
        row.addSpacing(6)
        row.addWidget(self.reached)
        self.set_speed(1.0)

    @property
    def speed(self) -> float:
        """The chosen one."""
        return self._speed

    def set_speed(self, speed: float) -> None:
        """Show another choice, without a signal."""
        self._speed = speed
        button = self._buttons.get(speed, self._more)
        button.setChecked(True)
        self._more.setText(speed_text(speed) if button is self._more else "Slow")

    def set_reached(self, speed: float | None) -> None:
        """What the pictures on the screen come to; None while nobody knows."""
        self.reached.setText("" if speed is None else f"= {speed:.1f}x")

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
