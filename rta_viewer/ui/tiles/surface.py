"""Where a tile's picture is painted."""

import math
import time
from typing import Protocol

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rta_viewer.core.ports import Picture
from rta_viewer.ui.tiles.zoom import A_NOTCH, Zoom


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


LEAST_S = 0.030
"""Between two repaints: scaling smoothly costs more than decoding, and nobody sees a hundred a second."""


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
        self._zoom = Zoom()
        self._held: QPointF | None = None
        self._painted_s = 0.0
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setTimerType(Qt.TimerType.PreciseTimer)
        self._due.timeout.connect(self.update)

    def show_picture(self, picture: Picture) -> None:
        """Show this one from the next repaint on; its bytes are used where they are."""
        # QImage does not keep the buffer alive: the picture is held beside it, and goes after it.
        image = QImage(
            picture.data, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32
        )
        self._image = image
        self._picture = picture
        left_s = self._painted_s + LEAST_S - time.monotonic()
        if left_s <= 0:
            self.update()
        elif not self._due.isActive():
            self._due.start(math.ceil(left_s * 1000))

    def clear(self) -> None:
        """Show nothing."""
        self._image = QImage()
        self._picture = None
        self.update()

    @property
    def picture(self) -> Picture | None:
        """What is shown."""
        return self._picture

    @property
    def zoom(self) -> Zoom:
        """Which part of the picture is shown."""
        return self._zoom

    def set_zoom(self, zoom: Zoom) -> None:
        """Show another part; stays for the pictures that follow."""
        self._zoom = zoom
        self.setCursor(Qt.CursorShape.OpenHandCursor if zoom.active else Qt.CursorShape.ArrowCursor)
        self.update()

    def copied(self) -> QImage:
        """The part that is shown, in the picture's own pixels and with bytes of its own."""
        part = self._zoom.source(self._image.width(), self._image.height()).toAlignedRect()
        return self._image.copy(part)

    def picture_rect(self) -> QRect:
        """Where the picture is, in this widget's coordinates; empty while there is none."""
        return fitted(self._image.size(), self.rect())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        shown = self.picture_rect()
        if shown.isEmpty() or not event.angleDelta().y():
            event.ignore()
            return
        by = A_NOTCH ** (event.angleDelta().y() / 120)
        self.set_zoom(self._zoom.zoomed(by, event.position(), shown))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is Qt.MouseButton.LeftButton and self._zoom.active:
            self._held = event.position()
        event.ignore()  # the tile becomes the active one all the same

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self._held is None or not event.buttons() & Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.set_zoom(self._zoom.moved(event.position() - self._held, self.picture_rect()))
        self._held = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self._held = None
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        self._painted_s = time.monotonic()
        painter = QPainter(self)
        painter.fillRect(event.rect(), Qt.GlobalColor.black)
        target = self.picture_rect()
        if not target.isEmpty():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if self._zoom.active:
                part = self._zoom.source(self._image.width(), self._image.height())
                painter.drawImage(QRectF(target), self._image, part)
            else:
                painter.drawImage(target, self._image)
        painter.end()
