"""The cut in detail: first and last picture, times to be typed and nudged, length and size."""

from datetime import tzinfo

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from rta_viewer.core.ports import Picture
from rta_viewer.core.texts import tr
from rta_viewer.ui import times
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.timeline.cut import Cut
from rta_viewer.ui.transport.cut_end import CutEnd

_ABOVE_PX = 4


class CutEditor(QFrame):
    """Closes with Esc and with a click beside it; every change counts at once.

    Signals:
        cut_edited: Another :class:`Cut`.
        picture_wanted: ``("in" or "out", instant in ms)``: the last picture of a cut is the one before out.
    """

    cut_edited = Signal(object)
    picture_wanted = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("cut_editor")
        # What was earlier stands on the left in every language.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAccessibleName(tr("In and out"))
        self._cut = Cut()
        self._footage = ""
        self.first = CutEnd("in", tr("In: first picture"), theme, self)
        self.last = CutEnd("out", tr("Out: last picture"), theme, self)
        self.about = QLabel(self)
        self.about.setObjectName("cut_about")
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setWordWrap(True)
        ends = QHBoxLayout()
        ends.setSpacing(14)
        ends.addWidget(self.first)
        ends.addWidget(self.last)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 10, 12, 10)
        box.setSpacing(8)
        box.addLayout(ends)
        box.addWidget(self.about)
        self.first.instant_set.connect(self._on_in_set)
        self.last.instant_set.connect(self._on_out_set)
        self.first.refused.connect(self.about.setText)
        self.last.refused.connect(self.about.setText)

    def set_theme(self, theme: Theme) -> None:
        """Paint with other colours."""
        self.first.set_theme(theme)
        self.last.set_theme(theme)

    def open_at(
        self, over: QWidget, cut: Cut, zone: tzinfo, now_ms: int, here_ms: float | None
    ) -> None:
        """Show a cut above a widget; ``here_ms`` is the playhead."""
        for end in (self.first, self.last):
            end.set_place(zone, now_ms, here_ms)
            end.instant_ms = None
        self._cut = Cut()
        self._footage = ""
        self._show(cut, anew=True)
        self.adjustSize()
        at = over.mapToGlobal(QPoint(0, -self.height() - _ABOVE_PX))
        room = over.screen().availableGeometry()
        at.setX(max(room.left(), min(at.x(), room.right() - self.width())))
        at.setY(max(room.top(), at.y()))
        self.move(at)
        self.show()
        self.first.edit.setFocus(Qt.FocusReason.PopupFocusReason)
        self.first.edit.selectAll()

    def show_picture(self, end: str, picture: Picture | None) -> None:
        """The picture of ``"in"`` or ``"out"`` has come, or there is none."""
        self._end(end).box.show_picture(picture, "" if picture else tr("No footage here"))

    def show_footage(self, words: str) -> None:
        """How much footage the cut holds, and about how large it is."""
        self._footage = words
        self._tell()

    def _end(self, name: str) -> CutEnd:
        return self.first if name == "in" else self.last

    def _show(self, cut: Cut, *, anew: bool = False) -> None:
        before, self._cut = self._cut, cut
        for name, instant_ms, was_ms in (
            ("in", cut.in_ms, before.in_ms),
            ("out", cut.out_ms, before.out_ms),
        ):
            end = self._end(name)
            end.show_instant(instant_ms)
            if instant_ms is None:
                end.box.show_picture(None, tr("Not set"))
            elif anew or instant_ms != was_ms:
                end.box.show_picture(None, tr("Loading\N{HORIZONTAL ELLIPSIS}"))
                self.picture_wanted.emit(name, instant_ms - (name == "out"))
        self._tell()

    def _tell(self) -> None:
        span = self._cut.span
        if span is None:
            self.about.setText(tr("Type both times, or nudge from where the playhead is."))
            return
        length = times.format_duration(span.duration_ms)
        self.about.setText(f"{length}   {self._footage}".rstrip())

    def _edit(self, cut: Cut) -> None:
        self._show(cut)
        self.cut_edited.emit(cut)

    @Slot(object)
    def _on_in_set(self, instant_ms: int) -> None:
        self._edit(self._cut.with_in(instant_ms))

    @Slot(object)
    def _on_out_set(self, instant_ms: int) -> None:
        self._edit(self._cut.with_out(instant_ms))
