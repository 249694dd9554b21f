"""The title of a dock: its name, and buttons that fit the theme. Dragging it moves the dock."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QWidget,
)

from rta_viewer.core.texts import tr
from rta_viewer.ui import icons
from rta_viewer.ui.theme.theme import Theme

_ANY_HEIGHT = 16_777_215
"""Qt's own word for "no limit"."""


class FocusMark(QWidget):
    """The line at the top of a dock: it shows when the panel below has the keyboard."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        self.setObjectName("dock_title")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._dock = dock
        self.setFixedHeight(2)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        focused = "true" if now is not None and self._dock.isAncestorOf(now) else "false"
        if focused != self.property("focused"):
            self.setProperty("focused", focused)
            self.style().unpolish(self)
            self.style().polish(self)


class DockTitle(FocusMark):
    """Stands where Qt's own title would; the mouse falls through to the dock."""

    def __init__(self, theme: Theme, dock: QDockWidget) -> None:
        super().__init__(dock)
        self.setMinimumHeight(0)
        self.setMaximumHeight(_ANY_HEIGHT)
        name = QLabel(dock.windowTitle(), self)
        name.setProperty("role", "title")
        self._float = self._button(
            "float", tr("Detach or attach: {panel}", panel=dock.windowTitle())
        )
        self._close = self._button("close", tr("Hide: {panel}", panel=dock.windowTitle()))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 3, 4, 3)
        row.setSpacing(0)
        row.addWidget(name, 1)
        row.addWidget(self._float)
        row.addWidget(self._close)
        self._float.clicked.connect(self._on_float)
        self._close.clicked.connect(dock.close)
        self.set_theme(theme)

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"{self._dock.objectName()}_{name}")
        button.setProperty("role", "flat")
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setIconSize(QSize(14, 14))
        return button

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._float.setIcon(icons.icon("enlarge", theme.colours.text_quiet))
        self._close.setIcon(icons.icon("clear", theme.colours.text_quiet))

    @Slot()
    def _on_float(self) -> None:
        self._dock.setFloating(not self._dock.isFloating())
