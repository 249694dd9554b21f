"""The whole of what a message is about, however long: it scrolls, and can be selected."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from rta_viewer.core.texts import tr

_WIDTH_PX = 640
_LEAST_PX, _MOST_PX = 60, 380
_AROUND_PX = 24
"""Margins and frame of the text."""

_MEASURED_CHARS = 5_000
"""More than fit into the greatest height: the rest of a long text needs no measuring."""


class DetailsBox(QDialog):
    """Show it with ``open()``."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("details_box")
        self.setWindowTitle(tr("Details"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = QPlainTextEdit(text, self)
        self.text.setObjectName("details_text")
        self.text.setAccessibleName(tr("Details"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        # A path without a gap has to be seen, too.
        self.text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        close = QPushButton(tr("Close"), self)
        close.setObjectName("details_close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 16)
        box.setSpacing(12)
        box.addWidget(self.text, 1)
        box.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()
        self.ensurePolished()
        margins = box.contentsMargins()
        tall = self._needed_px(text, _WIDTH_PX - margins.left() - margins.right())
        beside = margins.top() + box.spacing() + close.sizeHint().height() + margins.bottom()
        self.resize(_WIDTH_PX, tall + beside)

    def _needed_px(self, text: str, width: int) -> int:
        wrapped = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        space = QRect(0, 0, width - _AROUND_PX, 1)
        needed = (
            self.text.fontMetrics().boundingRect(space, wrapped, text[:_MEASURED_CHARS]).height()
        )
        return min(_MOST_PX, max(_LEAST_PX, needed + _AROUND_PX))
