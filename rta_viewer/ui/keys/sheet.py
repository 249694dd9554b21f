"""The sheet that shows all keys, and what the mouse does where no button says it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

_MOUSE = (
    ("Point at the timeline", "Picture and exact time"),
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


_COLUMNS = 3
"""So that the sheet fits on a screen that is 768 high."""


class KeySheet(QDialog):
    """Columns of keys and what they do, the mouse below. Show it with ``open()``."""

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
        height = -(-len(lines) // _COLUMNS)
        for index, (keys, text) in enumerate(lines):
            column = 3 * (index // height)
            grid.addWidget(self._keys(keys), index % height, column)
            grid.addWidget(QLabel(text, self), index % height, column + 1)
        for gap in range(_COLUMNS - 1):
            grid.setColumnMinimumWidth(3 * gap + 2, 20)
        return grid

    def _keys(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", "digits")
        return label
