"""Above the list while a command of this program works on it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from rta_viewer.core.texts import tr


class LentNote(QWidget):
    """Hidden while the list is the window's own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        frame = QFrame(self)
        frame.setObjectName("note_box")
        text = QLabel(frame)
        text.setObjectName("jobs_lent")
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setText(
            tr(
                "A command of this program works on this list. What you do here is handed on to it; "
                "the window takes over when it has ended."
            )
        )
        row = QHBoxLayout(frame)
        row.setContentsMargins(10, 6, 10, 6)
        row.addWidget(text)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 6, 8, 0)
        box.addWidget(frame)
        self.hide()
