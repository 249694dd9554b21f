"""Asks for a folder, as the system does. GUI thread."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def folder_chooser(
    owner: QWidget, name: str, title: str, begins: Path | None = None
) -> QFileDialog:
    """A dialog to be opened; it deletes itself. ``fileSelected`` tells what was chosen.

    Args:
        owner: Takes no keys and no mouse meanwhile.
        name: The dialog's, as an object.
        title: What is asked.
        begins: Shown first: a folder whose drive is known to answer. The user's own where None.
    """
    chooser = QFileDialog(owner, title, str(begins or Path.home()))
    chooser.setObjectName(name)
    chooser.setFileMode(QFileDialog.FileMode.Directory)
    chooser.setOption(QFileDialog.Option.ShowDirsOnly)
    chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return chooser
