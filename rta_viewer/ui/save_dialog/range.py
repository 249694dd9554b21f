"""From when to when: typed, or pasted as a whole."""

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from rta_viewer.core.clock import Clock
from rta_viewer.core.moment import Moment, Surroundings, parse_moment
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import mark, tr
from rta_viewer.core.time_range import parse_end, split_range
from rta_viewer.core.timetext import ClockChangeError
from rta_viewer.errors import UsageError
from rta_viewer.ui import times
from rta_viewer.ui.wrapped import WrappedLabel

_EXAMPLES = mark(
    "24/10/2025 10:00   10:15   yesterday 14:05   2025-10-24T10:00:00Z\n"
    "A whole range may be pasted, too: 10:00 - 10:15"
)

_PROPOSED = (mark("{amount} after the proposed start"), mark("{amount} before the proposed start"))


class RangeFields(QWidget):
    """Two fields; beside each stands what was understood.

    Signals:
        changed: Another :class:`Span`, or None while what is written makes none.
    """

    changed = Signal(object)

    def __init__(
        self, span: Span, zone: tzinfo, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._zone = zone
        self._clock = clock
        self._here_ms = span.start_ms
        self._span: Span | None = span
        self._problem = ""
        self.start = self._edit("save_in", tr("From"), span.start_ms)
        self.start.setToolTip(tr(_EXAMPLES))
        self.end = self._edit("save_out", tr("To"), span.end_ms)
        self.end.setToolTip(f"{tr(_EXAMPLES)}\n{tr('+10m counts from the start')}")
        self.start_words = WrappedLabel("save_in_words", self, "quiet")
        self.end_words = WrappedLabel("save_out_words", self, "quiet")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        for row, (text, edit, words) in enumerate(
            ((tr("&In"), self.start, self.start_words), (tr("O&ut"), self.end, self.end_words))
        ):
            label = QLabel(text, self)
            label.setBuddy(edit)
            grid.addWidget(label, 2 * row, 0)
            grid.addWidget(edit, 2 * row, 1)
            grid.addWidget(words, 2 * row + 1, 1)
        grid.setColumnStretch(1, 1)
        self._texts = {edit: edit.text() for edit in (self.start, self.end)}
        for edit in self._texts:
            edit.textEdited.connect(self._on_edited)
            edit.editingFinished.connect(self._take_apart)
        self._read()

    def _edit(self, name: str, title: str, instant_ms: int) -> QLineEdit:
        edit = QLineEdit(self._written(instant_ms), self)
        edit.setObjectName(name)
        edit.setAccessibleName(title)
        edit.setProperty("role", "digits")
        # Also where sentences run from the right, dates and times do not.
        edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        return edit

    @property
    def span(self) -> Span | None:
        """What is written; None while it makes no range."""
        return self._span

    @property
    def problem(self) -> str:
        """What keeps it from being a range, and what to do; empty when it is one."""
        return self._problem

    def _written(self, instant_ms: int) -> str:
        return times.typed_with_zone(instant_ms, self._zone, fraction=bool(instant_ms % 1000))

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        edit = self.start if self.sender() is self.start else self.end
        if _added(self._texts[edit], text) > 1:
            # Pasted. What is typed may go on, and stays in its field until it is finished.
            self._take_apart()
        self._texts[edit] = edit.text()
        self._read()
        self.changed.emit(self._span)

    @Slot()
    def _take_apart(self) -> None:
        """Put the halves of a range that stands in one field where they belong."""
        halves = self._halves()
        for edit, half in zip(self._texts, halves, strict=True):
            if edit.text() != half:
                edit.setText(half)
                self._texts[edit] = half

    def _halves(self) -> tuple[str, str]:
        """What was written for the start and for the end; a whole range in either field counts."""
        for edit in self._texts:
            halves = split_range(edit.text())
            if halves is not None:
                return halves
        return self.start.text(), self.end.text()

    def _read(self) -> None:
        around = Surroundings(self._zone, self._clock.now_ms(), self._here_ms, _PROPOSED)
        self._span, self._problem = None, ""
        first, second = self._halves()
        start = self._understand(self.start, self.start_words, lambda: parse_moment(first, around))
        if start is None:
            _say(self.end, self.end_words, "", good=True)
            return
        end = self._understand(
            self.end, self.end_words, lambda: parse_end(second, start.instant_ms, around)
        )
        if end is not None:
            self._span = Span(start.instant_ms, end.instant_ms)
            length = times.format_duration(self._span.duration_ms)
            said = self.end_words.text()
            self.end_words.setText(tr("{end}  \N{EM DASH}  {length}", end=said, length=length))

    def _understand(
        self, edit: QLineEdit, words: QLabel, read: Callable[[], Moment]
    ) -> Moment | None:
        try:
            found = read()
        except UsageError as err:
            self._problem = str(err)
            # The cure of a clock change is in no example.
            said = self._problem if isinstance(err, ClockChangeError) else err.summary
            _say(edit, words, said, good=False)
            return None
        said = found.words
        if found.relation:
            said = tr("{moment} ({relation})", moment=found.words, relation=found.relation)
        _say(edit, words, said, good=True)
        return found


def _added(before: str, now: str) -> int:
    """How many characters in a row are new."""
    same = _same(before, now)
    return len(now) - same - _same(before[same:][::-1], now[same:][::-1])


def _same(one: str, other: str) -> int:
    """How long both begin alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _say(edit: QLineEdit, words: QLabel, text: str, *, good: bool) -> None:
    words.setText(text)
    for widget, name, value in (
        (edit, "invalid", "false" if good else "true"),
        (words, "role", "quiet" if good else "danger"),
    ):
        if widget.property(name) != value:
            widget.setProperty(name, value)
            widget.style().unpolish(widget)
            widget.style().polish(widget)
