"""A button beside a field that lists what may be written in braces, and writes it."""

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton, QWidget

NAME_WORDS = {
    "camera": "the camera's name",
    "start": "when it begins, with the offset from UTC",
    "end": "when it ends",
    "date": "the day",
    "duration": "how long it is",
    "operator": "who saves it",
}
WATERMARK_WORDS = {
    "timestamp": "the time, written by the server",
    "camera": "the camera's name",
    "operator": "who saves it",
}


class PlaceholderButton(QToolButton):
    """Writes a placeholder where the cursor of ``edit`` stands."""

    def __init__(self, edit: QLineEdit, words: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._edit = edit
        self.setObjectName(f"{edit.objectName()}_fields")
        self.setText("{ }")
        self.setToolTip("Insert a placeholder")
        self.setAccessibleName(f"Insert a placeholder: {edit.accessibleName()}")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        for name, meaning in words.items():
            action = menu.addAction(f"{{{name}}}   {meaning}")
            action.setData(name)
        menu.triggered.connect(self._on_chosen)
        self.setMenu(menu)

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        self._edit.insert(f"{{{action.data()}}}")
        self._edit.setFocus()
