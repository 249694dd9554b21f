"""Where a tile's picture is painted."""

from typing import Protocol

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rta_viewer.core.ports import Picture


class Surface(Protocol):
    """What a tile needs of the thing that shows its picture."""

    def show_picture(self, picture: Picture) -> None:
        """Show this one from the next repaint on."""
        ...

    def clear(self) -> None:
        """Show nothing."""
        ...

    def picture_rect(self) -> QRect:
        """Where the picture is, in the surface's coordinates; empty while there is none."""
        ...


def fitted(size: QSize, room: QRect) -> QRect:
    """The largest rectangle of a picture's shape in the middle of ``room``."""
    if size.isEmpty() or room.isEmpty():
        return QRect()
    shown = size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left = room.left() + (room.width() - shown.width()) // 2
    return QRect(left, room.top() + (room.height() - shown.height()) // 2, *shown.toTuple())


class VideoSurface(QWidget):
    """Paints pictures with QPainter: letterboxed, scaled smoothly, never copied.

    A GPU surface can stand in for it; the tile only knows :class:`Surface`.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("video_surface")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._picture: Picture | None = None
        self._image = QImage()

    def show_picture(self, picture: Picture) -> None:
        """Show this one from the next repaint on; its bytes are used where they are."""
        # QImage does not keep the buffer alive: the picture is held beside it, and goes after it.
        image = QImage(
            picture.data, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32
        )
        self._image = image
        self._picture = picture
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._image = QImage()
        self._picture = None
        self.update()

    @property
    def picture(self) -> Picture | None:
        """What is shown."""
        return self._picture

    def picture_rect(self) -> QRect:
        """Where the picture is, in this widget's coordinates; empty while there is none."""
        return fitted(self._image.size(), self.rect())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.fillRect(event.rect(), Qt.GlobalColor.black)
        target = self.picture_rect()
        if not target.isEmpty():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(target, self._image)
        painter.end()
