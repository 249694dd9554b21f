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
from rta_viewer.errors import UsageError
from rta_viewer.ui import times

_EXAMPLES = mark(
    "24/10/2025 10:00   10:15   yesterday 14:05   2025-10-24T10:00:00Z\n"
    "A whole range may be pasted, too: 10:00 - 10:15"
)


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
        self.start = self._edit("save_in", tr("From"), span.start_ms)
        self.start.setToolTip(tr(_EXAMPLES))
        self.end = self._edit("save_out", tr("To"), span.end_ms)
        self.end.setToolTip(f"{tr(_EXAMPLES)}\n{tr('+10m counts from the start')}")
        self.start_words = self._words("save_in_words")
        self.end_words = self._words("save_out_words")
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
        self.start.textEdited.connect(self._on_start_edited)
        self.end.textEdited.connect(self._on_edited)
        self._read()

    def _edit(self, name: str, title: str, instant_ms: int) -> QLineEdit:
        edit = QLineEdit(self._written(instant_ms), self)
        edit.setObjectName(name)
        edit.setAccessibleName(title)
        edit.setProperty("role", "digits")
        # Also where sentences run from the right, dates and times do not.
        edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        return edit

    def _words(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setProperty("role", "quiet")
        label.setWordWrap(True)
        return label

    @property
    def span(self) -> Span | None:
        """What is written; None while it makes no range."""
        return self._span

    def _written(self, instant_ms: int) -> str:
        return times.typed_with_zone(instant_ms, self._zone, fraction=bool(instant_ms % 1000))

    @Slot(str)
    def _on_start_edited(self, text: str) -> None:
        halves = split_range(text)
        if halves is not None:
            self.start.setText(halves[0])
            self.end.setText(halves[1])
        self._on_edited()

    @Slot()
    def _on_edited(self) -> None:
        self._read()
        self.changed.emit(self._span)

    def _read(self) -> None:
        around = Surroundings(self._zone, self._clock.now_ms(), self._here_ms)
        self._span = None
        start = self._understand(self.start, self.start_words, lambda t: parse_moment(t, around))
        if start is None:
            _say(self.end, self.end_words, "", good=True)
            return
        start_ms = start.instant_ms
        end = self._understand(self.end, self.end_words, lambda t: parse_end(t, start_ms, around))
        if end is not None:
            self._span = Span(start_ms, end.instant_ms)
            length = times.format_duration(self._span.duration_ms)
            said = self.end_words.text()
            self.end_words.setText(tr("{end}  \N{EM DASH}  {length}", end=said, length=length))

    @staticmethod
    def _understand(edit: QLineEdit, words: QLabel, read: Callable[[str], Moment]) -> Moment | None:
        try:
            found = read(edit.text())
        except UsageError as err:
            _say(edit, words, err.summary, good=False)
            return None
        said = found.words
        if found.relation:
            said = tr("{moment} ({relation})", moment=found.words, relation=found.relation)
        _say(edit, words, said, good=True)
        return found


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
