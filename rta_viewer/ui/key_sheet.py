"""The sheet that shows all keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class KeySheet(QDialog):
    """Two columns of keys and what they do. Show it with ``open()``."""

    def __init__(self, lines: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("key_sheet")
        self.setWindowTitle("Keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(7)
        half = (len(lines) + 1) // 2
        for index, (keys, text) in enumerate(lines):
            column = 0 if index < half else 3
            grid.addWidget(self._keys(keys), index % half, column)
            grid.addWidget(QLabel(text, self), index % half, column + 1)
        grid.setColumnMinimumWidth(2, 24)
        close = QPushButton("Close", self)
        close.setObjectName("key_sheet_close")
        close.clicked.connect(self.accept)
        box = QVBoxLayout(self)
        box.setContentsMargins(22, 18, 22, 18)
        box.setSpacing(16)
        box.addLayout(grid)
        box.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def _keys(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", "digits")
        return label
