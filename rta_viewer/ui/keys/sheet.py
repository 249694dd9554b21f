"""The sheet that shows all keys, and what the mouse does where no button says it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from rta_viewer.core.texts import mark, tr
from rta_viewer.ui.leading import align_labels

_MOUSE = (
    (mark("Point at the timeline"), mark("Picture and exact time")),
    (mark("Wheel on the timeline"), mark("Zoom about the pointer")),
    (mark("Shift+wheel there"), mark("Earlier and later")),
    (mark("Drag the ruler"), mark("Move time")),
    (mark("Drag over the bands"), mark("Mark in and out")),
    (mark("Drag the playhead"), mark("Look through")),
    (mark("Wheel in a picture"), mark("Enlarge, then drag it")),
    (mark("Double-click a tile"), mark("Full size and back")),
    (mark("Drag a tile's header"), mark("Change places")),
    (mark("Drag a camera"), mark("Show it in that tile")),
)


_COLUMNS = 3
"""So that the sheet fits on a screen that is 768 high."""


class KeySheet(QDialog):
    """Columns of keys and what they do, the mouse below. Show it with ``open()``."""

    def __init__(self, lines: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("key_sheet")
        self.setWindowTitle(tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        close = QPushButton(tr("Close"), self)
        close.setObjectName("key_sheet_close")
        close.clicked.connect(self.accept)
        mouse = QLabel(tr("With the mouse"), self)
        mouse.setProperty("role", "title")
        box = QVBoxLayout(self)
        box.setContentsMargins(22, 18, 22, 18)
        box.setSpacing(12)
        box.addLayout(self._columns(lines, "digits"))
        box.addWidget(mouse)
        box.addLayout(self._columns([(tr(what), tr(does)) for what, does in _MOUSE], "quiet"))
        box.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        align_labels(self)

    def _columns(self, lines: list[tuple[str, str]], role: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(5)
        height = -(-len(lines) // _COLUMNS)
        for index, (keys, text) in enumerate(lines):
            column = 3 * (index // height)
            grid.addWidget(self._label(keys, role), index % height, column)
            grid.addWidget(QLabel(text, self), index % height, column + 1)
        for gap in range(_COLUMNS - 1):
            grid.setColumnMinimumWidth(3 * gap + 2, 20)
        return grid

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", role)
        return label
