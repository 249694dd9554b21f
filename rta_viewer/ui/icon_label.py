"""An icon that stands by itself. GUI thread."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from rta_viewer.ui import icons


class IconLabel(QLabel):
    """Draws its icon each time for the screen that it is on: a pixmap in a label would be that of another.

    Args:
        side_px: Device-independent pixels.
    """

    def __init__(self, side_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QIcon()
        self._side_px = side_px
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, colour: str) -> None:
        """Show one of :mod:`rta_viewer.ui.icons`."""
        self._icon = icons.icon(name, colour)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._side_px, self._side_px)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        place = QRect(0, 0, self._side_px, self._side_px)
        place.moveCenter(self.rect().center())
        painter = QPainter(self)
        self._icon.paint(painter, place)
        painter.end()
