"""What screen readers are told that our self-painted widgets are.

Qt knows what most of its own are. Names are set where the widgets are made.
"""

from functools import lru_cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_ROLES = {
    "TimelineCanvas": QAccessible.Role.Slider,
    "TileGrid": QAccessible.Role.Grouping,
    "Tile": QAccessible.Role.Grouping,
    "VideoSurface": QAccessible.Role.Graphic,
    "DayGrid": QAccessible.Role.Table,
    "Summary": QAccessible.Role.StaticText,
    "QKeySequenceEdit": QAccessible.Role.HotkeyField,
    "QScrollArea": QAccessible.Role.Grouping,
}


def _interface(class_name: str, widget: QObject | None) -> QAccessibleInterface | None:
    role = _ROLES.get(class_name)
    if role is None or not isinstance(widget, QWidget):
        return None
    return QAccessibleWidget(widget, role)


@lru_cache(maxsize=1)
def install() -> None:
    """Tell Qt, once a process; before the first window is shown."""
    QAccessible.installFactory(_interface)
