"""Below the list while files are copied to a drive: how far, and a way to stop."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from rta_viewer.core.texts import tr
from rta_viewer.ui.transport.buttons import tool_button
from rta_viewer.ui.wrapped import WrappedLabel

_STEPS = 1000


class CopyStrip(QFrame):
    """Hidden while nothing is copied.

    Signals:
        cancelled: Somebody wants it to stop.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("copy_strip")
        self.text = WrappedLabel("copy_text", self)
        self.bar = QProgressBar(self)
        self.bar.setObjectName("copy_progress")
        self.bar.setAccessibleName(tr("Copying"))
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        stop = tool_button(self, "copy_cancel", tr("Stop copying"), icon="clear")
        stop.clicked.connect(self.cancelled)
        box = QVBoxLayout()
        box.setSpacing(4)
        box.addWidget(self.text)
        box.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 8, 8)
        row.setSpacing(8)
        row.addLayout(box, 1)
        row.addWidget(stop)
        self.hide()

    def begin(self, text: str) -> None:
        """Show it; ``text`` says what goes where."""
        self.text.setText(text)
        self.bar.setValue(0)
        self.show()

    def set_share(self, share: float) -> None:
        """How much of writing and reading back is done, 0 to 1."""
        self.bar.setValue(round(share * _STEPS))
