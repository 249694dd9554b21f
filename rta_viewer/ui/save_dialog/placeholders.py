"""A button beside a field that lists what may be written in braces, and writes it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton, QWidget

from rta_viewer.core.texts import mark, tr, verbatim

NAME_WORDS = {
    "camera": mark("the camera's name"),
    "start": mark("when it begins, with the offset from UTC"),
    "end": mark("when it ends"),
    "date": mark("the day"),
    "duration": mark("how long it is"),
    "operator": mark("who saves it"),
}
WATERMARK_WORDS = {
    "timestamp": mark("the time, written by the server"),
    "camera": mark("the camera's name"),
    "operator": mark("who saves it"),
}


class PlaceholderButton(QToolButton):
    """Writes a placeholder where the cursor of ``edit`` stands."""

    def __init__(self, edit: QLineEdit, words: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._edit = edit
        self.setObjectName(f"{edit.objectName()}_fields")
        self.setText("{ }")
        self.setToolTip(tr("Insert a placeholder"))
        self.setAccessibleName(tr("Insert a placeholder: {field}", field=edit.accessibleName()))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        for name, meaning in words.items():
            action = menu.addAction(f"{verbatim(f'{{{name}}}')}   {tr(meaning)}")
            action.setData(name)
        menu.triggered.connect(self._on_chosen)
        self.setMenu(menu)

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        self._edit.insert(f"{{{action.data()}}}")
        self._edit.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            # A dialog would take it for its own button.
            self.showMenu()
        else:
            super().keyPressEvent(event)
