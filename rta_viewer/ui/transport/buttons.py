"""Small helpers to make buttons that look alike."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from rta_viewer.ui import icons
from rta_viewer.ui.theme.theme import Theme


def tool_button(
    parent: QWidget, name: str, tip: str, *, text: str = "", icon: str = ""
) -> QToolButton:
    """A button with an object name, a tooltip that is also its accessible name, and an icon's name."""
    button = QToolButton(parent)
    button.setObjectName(name)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setText(text)
    button.setProperty("icon_name", icon)
    # A click must not take the focus away from where the operator works.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if text and icon:
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button


def draw_icons(parent: QWidget, theme: Theme) -> None:
    """Draw the icons of all buttons below ``parent`` in the theme's colours."""
    colours = theme.colours
    for button in parent.findChildren(QToolButton):
        name = button.property("icon_name")
        if name:
            drawn = icons.icon(str(name), colours.text, colours.on_accent, colours.text_disabled)
            button.setIcon(drawn)
            button.setIconSize(QSize(theme.metrics.icon, theme.metrics.icon))


def segment(buttons: list[QToolButton]) -> None:
    """Make buttons look like one control with several positions."""
    mirrored = bool(buttons) and buttons[0].layoutDirection() == Qt.LayoutDirection.RightToLeft
    for index, button in enumerate(reversed(buttons) if mirrored else buttons):
        last = index == len(buttons) - 1
        button.setProperty("segment", "first" if index == 0 else "last" if last else "middle")
