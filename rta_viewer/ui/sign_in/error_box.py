"""What happened and what to do about it, as a box in a dialog."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from rta_viewer.errors import RtaError


class ErrorBox(QFrame):
    """What happened and what to do about it; hidden while there is nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("error_box")
        self.summary = QLabel(self)
        self.summary.setProperty("role", "title")
        self.hint = QLabel(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 9, 12, 9)
        box.setSpacing(3)
        for label in (self.summary, self.hint):
            label.setWordWrap(True)
            # Words of a server must not be taken for markup.
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            box.addWidget(label)
        self.hide()

    def show_error(self, error: RtaError | None) -> None:
        """Show this, or nothing."""
        if error is None:
            self.hide()
        else:
            self.show_words(error.summary, error.hint)

    def show_words(self, summary: str, hint: str) -> None:
        """Show these."""
        self.summary.setText(summary)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.show()
