"""The line above a tile's picture: whose it is, and from when."""

from collections.abc import Sequence
from datetime import UTC, tzinfo

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from rta_viewer.core.playback import PlaybackStatus
from rta_viewer.core.texts import tr
from rta_viewer.ui import icons, times
from rta_viewer.ui.plain import plain_tip
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.tiles import wording

_LEAST_PX = 120
_NAME_PX = 150
"""So much of the name is shown before anything but the time."""

_CLOSE_PX = 64
_GAP_PX = 10


class ElidedLabel(QLabel):
    """One line that ends in dots where the room does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_text(self, text: str) -> None:
        """The whole text; also what screen readers say."""
        self._whole = text
        self.setAccessibleName(text)
        self._elide()

    @property
    def whole_text(self) -> str:
        """The text without dots."""
        return self._whole

    def _elide(self) -> None:
        self.setText(
            self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._elide()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(24, super().minimumSizeHint().height())


class TileHeader(QWidget):
    """Name, state, speed and losses on the left; date, time and zone of the shown picture on the right."""

    close_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tile_header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._instant_ms: float | None = None
        self._zone: tzinfo = UTC
        self._with_date = self._with_fraction = True
        self._notes: tuple[str, ...] = ()
        self.name = ElidedLabel(self)
        self.name.setObjectName("tile_name")
        self.name.setFont(theme.font(bold=True))
        self.name.setProperty("role", "title")
        self.state = QLabel(self)
        self.state.setObjectName("tile_state")
        self.note = QLabel(self)
        self.note.setObjectName("tile_note")
        self.details = QLabel(self)
        self.details.setObjectName("tile_details")
        self.time = QLabel(self)
        self.time.setObjectName("tile_time")
        self.time.setProperty("role", "digits")
        for label in (self.state, self.note, self.details):
            label.setProperty("role", "quiet")
        self._close = QToolButton(self)
        self._close.setObjectName("tile_close")
        self._close.setProperty("role", "flat")
        self._close.setToolTip(tr("Close this camera"))
        self._close.setAccessibleName(tr("Close this camera"))
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close.clicked.connect(self.close_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 2, 1)
        row.setSpacing(10)
        row.addWidget(self.name, 1)
        for label in (self.note, self.state, self.details, self.time):
            row.addWidget(label)
        row.addWidget(self._close)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self.set_theme(theme)
        self.setFixedHeight(28)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._close.setIcon(icons.icon("clear", theme.colours.text_quiet))
        self._close.setIconSize(QSize(14, 14))

    def set_name(self, name: str) -> None:
        """Whose picture it is; empty for a free tile."""
        self.name.set_text(name)
        self._close.setVisible(bool(name))
        self._fit()

    def set_notes(self, texts: Sequence[str], level: str = "quiet") -> None:
        """What to say about where the pictures come from, the longest wording first.

        Args:
            texts: The first one that there is room for is shown.
            level: ``quiet``, ``warning`` or ``danger``.
        """
        self._notes = tuple(texts)
        for label in (self.note, self.name):
            if label.property("level") == level:
                continue
            label.setProperty("level", level)
            label.style().unpolish(label)
            label.style().polish(label)
        self._fit()

    def set_zone(self, zone: tzinfo) -> None:
        """Word the time in another zone."""
        self._zone = zone
        self._fit()

    def set_instant(self, instant_ms: float | None) -> None:
        """When the shown picture was taken; None before there is one."""
        self._instant_ms = instant_ms
        self.time.setText("" if instant_ms is None else self._time_text(instant_ms))

    def _time_text(self, instant_ms: float) -> str:
        """As much of date, time and zone as there is room for; never less than the time."""
        if not self._with_date:
            return times.format_time(instant_ms, self._zone)
        return times.format_with_zone(instant_ms, self._zone, fraction=self._with_fraction)

    def _fit(self) -> None:
        """Give the room to what matters most: name and time, date, what was lost, the state, milliseconds."""
        digits = self.time.fontMetrics().horizontalAdvance("0")
        name_px = self.name.fontMetrics().horizontalAdvance(self.name.whole_text)
        left = self.width() - _CLOSE_PX - min(name_px, _NAME_PX) - 8 * digits - _GAP_PX
        shown: list[bool] = []
        for wanted_px in (
            18 * digits,
            self._fit_note(left - 18 * digits if left >= 18 * digits else left),
            self.details.sizeHint().width() + _GAP_PX,
            self.state.sizeHint().width() + _GAP_PX,
            4 * digits,
        ):
            # What matters less does not take the room that something before it did not find enough.
            shown.append(wanted_px <= left and all(shown))
            left -= wanted_px if shown[-1] else 0
        self._with_date, _, details, state, self._with_fraction = shown
        self.details.setVisible(details)
        self.state.setVisible(state)
        self.set_instant(self._instant_ms)

    def _fit_note(self, room_px: int) -> int:
        """Show the longest note that there is room for; how much it takes."""
        metrics = self.note.fontMetrics()
        widths = ((text, metrics.horizontalAdvance(text) + _GAP_PX) for text in self._notes)
        text, width_px = next((one for one in widths if one[1] <= room_px), ("", 0))
        self.note.setText(text)
        self.note.setVisible(bool(text))
        return width_px

    @property
    def zone(self) -> tzinfo:
        """Whose clock the times are worded by."""
        return self._zone

    def set_status(self, status: PlaybackStatus, reason: str = "") -> None:
        """State, speed, losses; codec and size as the tooltip."""
        self.state.setText(wording.state_word(status.state, status.speed_asked))
        self.details.setText(wording.details(status, reason, self._zone))
        about = (*self._notes[:1], wording.stream_text(status))
        told = (*about, self.state.text(), self.details.text())
        self.name.setToolTip(plain_tip("\n".join(line for line in told if line)))
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(_LEAST_PX, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    @property
    def instant_ms(self) -> float | None:
        """What :meth:`set_instant` was told."""
        return self._instant_ms
