"""Showing dialogs in the size that they want, on whichever screen their window is. GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog


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
