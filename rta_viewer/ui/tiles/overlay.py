"""The sentence that lies over a tile's picture."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from rta_viewer.core.texts import tr
from rta_viewer.ui.icon_label import IconLabel
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.tiles.wording import Notice

_ICON_PX = 32


class TileOverlay(QWidget):
    """Icon, sentence, hint and a retry button, centred; the mouse reaches the tile through the rest."""

    retry_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tile_overlay")
        self._theme = theme
        self._icon = IconLabel(_ICON_PX, self)
        self.text = QLabel(self)
        self.text.setObjectName("tile_message")
        self.hint = QLabel(self)
        self.hint.setObjectName("tile_hint")
        self.hint.setProperty("role", "quiet")
        for label in (self.text, self.hint):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text.setFont(theme.font(bold=True))
        self.retry = QPushButton(tr("Try again"), self)
        self.retry.setObjectName("tile_retry")
        self.retry.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.retry.clicked.connect(self.retry_requested)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 8, 16, 8)
        box.setSpacing(6)
        box.addStretch(1)
        for widget in (self._icon, self.text, self.hint):
            box.addWidget(widget)
        box.addWidget(self.retry, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)
        self.hide()

    def show_notice(self, notice: Notice | None) -> None:
        """Show this, or nothing."""
        if notice is None or not notice.can_retry:
            # A button that vanishes hands its focus on: keys would end up in the camera search.
            self.retry.clearFocus()
        self.setVisible(notice is not None)
        if notice is None:
            return
        self._icon.set_icon(notice.icon, self._theme.colours.on_video)
        self.text.setText(notice.text)
        self.hint.setText(notice.hint)
        self.retry.setVisible(notice.can_retry)
        self._fit()

    def _fit(self) -> None:
        """What happened stands in every tile; what to do about it only where all of that has room."""
        self.hint.setVisible(bool(self.hint.text()))
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.invalidate()
            self.hint.setVisible(
                bool(self.hint.text()) and layout.totalHeightForWidth(self.width()) <= self.height()
            )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("video_ground", 150))
        painter.end()
