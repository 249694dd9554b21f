"""The first and the last picture of the cut, with the instants that they really carry."""

from dataclasses import dataclass
from datetime import tzinfo

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from rta_viewer.core.ports import Picture
from rta_viewer.core.texts import tr
from rta_viewer.ui import times
from rta_viewer.ui.leading import leading

STILL_SIZE = QSize(208, 117)
_SHARPNESS = 2


@dataclass(frozen=True, slots=True)
class Still:
    """A small picture; ``instant_ms`` is its own, None where it carries none."""

    image: QImage
    instant_ms: float | None


def small(picture: Picture) -> Still:
    """Scaled down, and a copy of its own. Any thread."""
    whole = QImage(
        bytes(picture.data),
        picture.width,
        picture.height,
        picture.stride,
        QImage.Format.Format_RGB32,
    )
    image = whole.scaled(
        STILL_SIZE * _SHARPNESS,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    return Still(image, picture.instant_ms)


class StillView(QWidget):
    """One picture, or a word about why there is none."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._title = title
        self.setAccessibleName(title)
        self.setMinimumHeight(STILL_SIZE.height() // 2)
        self.setMaximumHeight(STILL_SIZE.height())
        self.setMinimumWidth(STILL_SIZE.width() // 2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.still: Still | None = None
        self._words = ""
        self.caption = QLabel(title, parent)
        self.caption.setObjectName(f"{name}_caption")
        self.caption.setProperty("role", "quiet")
        self.caption.setAlignment(leading() | Qt.AlignmentFlag.AlignVCenter)

    def show_words(self, words: str) -> None:
        """There is no picture (any more)."""
        self.still, self._words = None, words
        self.caption.setText(self._title)
        self.setAccessibleDescription(words)
        self.update()

    def show_still(self, still: Still, zone: tzinfo, *, dated: bool) -> None:
        """Show it with its real time; ``dated`` with the day, too."""
        self.still, self._words = still, ""
        said = self._title
        if still.instant_ms is not None:
            written = times.format_instant if dated else times.format_time
            at = written(still.instant_ms, zone, fraction=True)
            said = tr("{title}: {time}", title=self._title, time=at)
        self.caption.setText(said)
        self.setAccessibleDescription(self.caption.text())
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return STILL_SIZE

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        if self.still is not None:
            size = self.still.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(0, 0, size.width(), size.height())
            place.moveCenter(self.rect().center())
            painter.drawImage(place, self.still.image)
        else:
            painter.setPen(Qt.GlobalColor.lightGray)
            area = self.rect().adjusted(8, 4, -8, -4)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(area, flags, self._words)
        painter.end()


class StillPair(QWidget):
    """Both pictures beside each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Time runs from the left in every language.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.first = StillView("save_first_picture", tr("First", "picture"), self)
        self.last = StillView("save_last_picture", tr("Last", "picture"), self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        for column, view in enumerate((self.first, self.last)):
            grid.addWidget(view, 0, column)
            grid.addWidget(view.caption, 1, column)
            grid.setColumnStretch(column, 1)

    def show_words(self, words: str) -> None:
        """Neither of them."""
        for view in (self.first, self.last):
            view.show_words(words)
