"""A red strip over the whole window, as long as nobody vouches for the server."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolBar, QWidget

from rta_viewer.core.texts import mark, tr

_WORDS = mark(
    "NOT VERIFIED: somebody between this computer and the server "
    "could read the password and change the pictures."
)


class TrustStrip(QToolBar):
    """Not to be moved or closed; a bar of tools, because only those lie over the whole width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Trust"), parent)
        self.setObjectName("trust_strip")
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.toggleViewAction().setVisible(False)
        self.words = QLabel(tr(_WORDS), self)
        self.words.setObjectName("trust_words")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # A narrow window cuts it rather than to hide it behind an arrow.
        self.words.setMinimumWidth(1)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.words.setToolTip(tr(_WORDS))
        self.addWidget(self.words)
        self.hide()
