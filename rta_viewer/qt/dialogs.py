"""Showing dialogs in the size that they want, on whichever screen their window is. GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog

_FRAME = QSize(40, 70)
"""With room for a frame and a task bar, also on 1366 x 768."""


def resize_within_screen(dialog: QDialog, width: int, height: int) -> None:
    """Make it so large, or as large as its screen has room for: its buttons are at the bottom."""
    dialog.resize(QSize(width, height).boundedTo(dialog.screen().availableSize() - _FRAME))


def open_over(dialog: QDialog) -> None:
    """Open it over its window, which takes no keys and no mouse meanwhile."""
    _appear(dialog, dialog.open)


def show_over(dialog: QDialog) -> None:
    """Show it; its window goes on."""
    _appear(dialog, dialog.show)


def _appear(dialog: QDialog, appear: Callable[[], object]) -> None:
    resized = dialog.testAttribute(Qt.WidgetAttribute.WA_Resized)
    wanted = dialog.size() if resized else dialog.sizeHint()
    appear()
    # WORKAROUND: Qt 6.11 makes it on the primary screen and moves it to its window's; where the two
    # have different scales, it has lost that part of its size by then.
    if dialog.width() < wanted.width() or dialog.height() < wanted.height():
        dialog.resize(dialog.size().expandedTo(wanted).boundedTo(dialog.screen().availableSize()))
