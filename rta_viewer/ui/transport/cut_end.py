"""One end of a cut: its picture, its time to be typed, and small steps."""

from datetime import UTC, tzinfo

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from rta_viewer.core.moment import Surroundings, parse_moment
from rta_viewer.core.ports import Picture
from rta_viewer.core.texts import digits, mark, tr
from rta_viewer.errors import UsageError
from rta_viewer.ui import times
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.transport.buttons import tool_button

_PICTURE = QSize(240, 135)
_STEPS_MS = (
    ("back_1s", mark("\N{MINUS SIGN}1s"), mark("One second earlier (Down)"), -1_000),
    ("back_picture", mark("\N{MINUS SIGN}40ms"), mark("A picture earlier (Shift+Down)"), -40),
    ("forward_picture", mark("+40ms"), mark("A picture later (Shift+Up)"), 40),
    ("forward_1s", mark("+1s"), mark("One second later (Up)"), 1_000),
)
_KEYS_MS = {
    Qt.Key.Key_Up: (1_000, 40),
    Qt.Key.Key_Down: (-1_000, -40),
    Qt.Key.Key_PageUp: (60_000, 600_000),
    Qt.Key.Key_PageDown: (-60_000, -600_000),
}
"""By so many ms, and with Shift."""


class _Field(QLineEdit):
    nudged = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        steps = _KEYS_MS.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
        else:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.nudged.emit(steps[shift])


class _PictureBox(QWidget):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(_PICTURE)
        self.theme = theme
        self.words = ""
        self.picture: Picture | None = None
        self._image = QImage()

    def show_picture(self, picture: Picture | None, words: str) -> None:
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
        self.picture, self.words = picture, words
        self.setAccessibleDescription(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("video_ground"))
        if self._image.isNull():
            painter.setFont(self.theme.font(small=True))
            painter.setPen(self.theme.colour("on_video_quiet"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.words)
        else:
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(QPoint(0, 0), size)
            target.moveCenter(self.rect().center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(target, self._image)
        painter.end()


class CutEnd(QWidget):
    """In or out.

    Signals:
        instant_set: Somebody typed or nudged: an int in ms.
        refused: What was typed is no time: a sentence.
    """

    instant_set = Signal(object)
    refused = Signal(str)

    def __init__(self, name: str, title: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"cut_{name}")
        self._zone: tzinfo = UTC
        self._now_ms = 0
        self._here_ms: int | None = None
        self.instant_ms: int | None = None
        heading = QLabel(title, self)
        heading.setProperty("role", "title")
        self.box = _PictureBox(theme, self)
        self.box.setAccessibleName(tr("{end}: picture", end=title))
        self.edit = _Field(self)
        self.edit.setObjectName(f"cut_{name}_edit")
        self.edit.setProperty("role", "digits")
        self.edit.setAccessibleName(title)
        self.edit.setPlaceholderText(tr("YYYY-MM-DD HH:MM:SS"))
        self.edit.setFixedWidth(_PICTURE.width())
        steps = QHBoxLayout()
        steps.setSpacing(3)
        for step, text, tip, by_ms in _STEPS_MS:
            button = tool_button(self, f"cut_{name}_{step}", tr(tip), text=digits(tr(text)))
            button.setProperty("by_ms", by_ms)
            button.clicked.connect(self._on_step)
            steps.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (heading, self.box, self.edit):
            column.addWidget(widget)
        column.addLayout(steps)
        self.edit.editingFinished.connect(self._on_typed)
        self.edit.nudged.connect(self._nudge)

    def set_theme(self, theme: Theme) -> None:
        """Paint with other colours."""
        self.box.theme = theme

    def set_place(self, zone: tzinfo, now_ms: int, here_ms: float | None) -> None:
        """What typed times are read against; the playhead stands in for a mark that is not set."""
        self._zone, self._now_ms = zone, now_ms
        self._here_ms = None if here_ms is None else round(here_ms)

    def show_instant(self, instant_ms: int | None) -> None:
        """Show this mark."""
        self.instant_ms = instant_ms
        fraction = instant_ms is not None and instant_ms % 1000 != 0
        text = (
            ""
            if instant_ms is None
            else times.typed_with_zone(instant_ms, self._zone, fraction=fraction)
        )
        self.edit.setText(text)
        self._mark(invalid=False)

    def _mark(self, *, invalid: bool) -> None:
        self.edit.setProperty("invalid", "true" if invalid else "false")
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)

    @Slot(int)
    def _nudge(self, by_ms: int) -> None:
        start = self._here_ms if self.instant_ms is None else self.instant_ms
        if start is not None:
            self.instant_set.emit(max(0, start + by_ms))

    @Slot()
    def _on_step(self) -> None:
        self._nudge(int(self.sender().property("by_ms")))

    @Slot()
    def _on_typed(self) -> None:
        if not self.edit.isModified() or not self.edit.text().strip():
            return
        here_ms = self._here_ms if self.instant_ms is None else self.instant_ms
        try:
            around = Surroundings(self._zone, self._now_ms, here_ms)
            found = parse_moment(self.edit.text(), around)
        except UsageError as err:
            self._mark(invalid=True)
            self.refused.emit(str(err))
            return
        self.edit.setModified(False)
        self.instant_set.emit(found.instant_ms)
