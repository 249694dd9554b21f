"""The sheet that shows all keys, and what the mouse does where no button says it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

_MOUSE = (
    ("Wheel on the timeline", "Zoom about the pointer"),
    ("Shift+wheel there", "Earlier and later"),
    ("Drag the ruler", "Move time"),
    ("Drag over the bands", "Mark in and out"),
    ("Drag the playhead", "Look through"),
    ("Wheel in a picture", "Enlarge, then drag it"),
    ("Double-click a tile", "Full size and back"),
    ("Drag a tile's header", "Change places"),
    ("Drag a camera", "Show it in that tile"),
)


class KeySheet(QDialog):
    """Two columns of keys and what they do, the mouse below. Show it with ``open()``."""

    def __init__(self, lines: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("key_sheet")
        self.setWindowTitle("Keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        close = QPushButton("Close", self)
        close.setObjectName("key_sheet_close")
        close.clicked.connect(self.accept)
        mouse = QLabel("With the mouse", self)
        mouse.setProperty("role", "title")
        box = QVBoxLayout(self)
        box.setContentsMargins(22, 18, 22, 18)
        box.setSpacing(12)
        box.addLayout(self._columns(lines))
        box.addWidget(mouse)
        box.addLayout(self._columns(list(_MOUSE)))
        box.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def _columns(self, lines: list[tuple[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(5)
        half = (len(lines) + 1) // 2
        for index, (keys, text) in enumerate(lines):
            column = 0 if index < half else 3
            grid.addWidget(self._keys(keys), index % half, column)
            grid.addWidget(QLabel(text, self), index % half, column + 1)
        grid.setColumnMinimumWidth(2, 24)
        return grid

    def _keys(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", "digits")
        return label
