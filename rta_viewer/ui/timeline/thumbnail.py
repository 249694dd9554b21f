"""The picture of the instant under the pointer, above the timeline."""

from dataclasses import dataclass
from datetime import UTC, tzinfo

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rta_viewer.core.ports import Picture
from rta_viewer.core.texts import tr
from rta_viewer.ui import times
from rta_viewer.ui.theme.theme import Theme

_PICTURE = QSize(240, 135)
_CAPTION_PX = 22
_EDGE_PX = 3
_ABOVE_PX = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """What belongs to the place that the pointer is over. ``picture`` is None while it is on its way."""

    picture: Picture | None


class ThumbnailView(QWidget):
    """Lies over whatever is above the timeline, and lets the mouse through.

    It shows which picture it is: key pictures are seconds apart, so it is rarely the very instant.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("timeline_thumbnail")
        self.setAccessibleName(tr("Picture under the pointer"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFixedSize(
            _PICTURE.width() + 2 * _EDGE_PX, _PICTURE.height() + _CAPTION_PX + 2 * _EDGE_PX
        )
        self._theme = theme
        self._zone: tzinfo = UTC
        self._picture: Picture | None = None
        self._image = QImage()
        self.hide()

    @property
    def picture(self) -> Picture | None:
        """What is shown."""
        return self._picture

    @property
    def caption(self) -> str:
        """When the picture was taken."""
        if self._picture is None or self._picture.instant_ms is None:
            return tr("Loading\N{HORIZONTAL ELLIPSIS}")
        return times.format_time(self._picture.instant_ms, self._zone, fraction=True)

    def set_theme(self, theme: Theme) -> None:
        """Paint with other colours."""
        self._theme = theme
        self.update()

    def set_zone(self, zone: tzinfo) -> None:
        """Word the time in another zone."""
        self._zone = zone
        self.update()

    def show_picture(self, picture: Picture | None) -> None:
        """Show this, or that it is on its way."""
        # QImage does not keep the buffer alive: the picture is held beside it, and goes after it.
        self._image = (
            QImage()
            if picture is None
            else QImage(
                picture.data,
                picture.width,
                picture.height,
                picture.stride,
                QImage.Format.Format_RGB32,
            )
        )
        self._picture = picture
        self.setAccessibleDescription(self.caption)
        self.update()

    def place(self, over: QWidget, x: int) -> None:
        """Stand above a widget, over its ``x``, inside its window."""
        window = over.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        at = over.mapTo(window, QPoint(x - self.width() // 2, -self.height() - _ABOVE_PX))
        at.setX(max(0, min(at.x(), window.width() - self.width())))
        at.setY(max(0, at.y()))
        self.move(at)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("video_ground"))
        room = QRect(QPoint(_EDGE_PX, _EDGE_PX), _PICTURE)
        if not self._image.isNull():
            size = self._image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(QPoint(0, 0), size)
            target.moveCenter(room.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(target, self._image)
        painter.setFont(self._theme.font(small=True, bold=True))
        painter.setPen(self._theme.colour("on_video"))
        caption = QRect(room.left(), room.bottom() + 1, room.width(), _CAPTION_PX)
        painter.drawText(caption, Qt.AlignmentFlag.AlignCenter, self.caption)
        painter.setPen(QPen(self._theme.colour("border_strong"), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()
