"""What is found out about a server, each step as soon as it is known."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from rta_viewer.core.discovery import Finding, Outcome, Step
from rta_viewer.core.texts import mark, tr
from rta_viewer.ui.icon_label import IconLabel
from rta_viewer.ui.theme.theme import Theme

_HIGHEST_PX = 236
_ICON_PX = 16
_WAITING = {
    Step.REACHABLE: mark("Does anything answer?"),
    Step.ENCRYPTION: mark("How is it protected?"),
    Step.WAYS: mark("Which sign-in does it want?"),
    Step.CLOCK: mark("Is its clock right?"),
    Step.SIGN_IN: mark("Do user and password work?"),
    Step.RECORDINGS: mark("Does it offer recordings?"),
    Step.COMPANIONS: mark("What else does it offer?"),
    Step.STREAMS: mark("Can its streams be reached?"),
}
_ICONS = {
    Outcome.GOOD: "done",
    Outcome.NOTE: "warning",
    Outcome.BAD: "cancel",
    Outcome.UNKNOWN: "state_unknown",
}


class StepsBox(QScrollArea):
    """One line a step: a question first, the answer when it is there. Hidden until :meth:`begin`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("steps_box")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme = theme
        self._rows: dict[Step, tuple[IconLabel, QLabel]] = {}
        content = QWidget(self)
        content.setObjectName("steps")
        self._grid = QGridLayout(content)
        self._grid.setContentsMargins(12, 9, 12, 9)
        self._grid.setHorizontalSpacing(9)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        for row, step in enumerate(Step):
            self._rows[step] = self._row(row, step)
        self.setWidget(content)
        self.hide()

    def _row(self, row: int, step: Step) -> tuple[IconLabel, QLabel]:
        icon, text = IconLabel(_ICON_PX, self), QLabel(self)
        icon.setFixedSize(_ICON_PX, _ICON_PX)
        text.setObjectName(f"step_{step.value}")
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        self._grid.addWidget(icon, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(text, row, 1)
        return icon, text

    def begin(self) -> None:
        """All questions, no answers."""
        for step in Step:
            self._put(step, "state_unknown", self._theme.colours.text_disabled, tr(_WAITING[step]))
        self._fit()
        self.show()

    def show_finding(self, finding: Finding) -> None:
        """The answer to one question."""
        colours = self._theme.colours
        colour = {
            Outcome.GOOD: colours.success,
            Outcome.NOTE: colours.warning,
            Outcome.BAD: colours.danger,
            Outcome.UNKNOWN: colours.text_quiet,
        }[finding.outcome]
        # What to do about a failure is said once, below.
        said = finding.error.summary if finding.error is not None else finding.text
        self._put(finding.step, _ICONS[finding.outcome], colour, said, answered=True)
        self._fit()

    def end(self) -> None:
        """No answer will come any more: take away the questions that are left."""
        for icon, text in self._rows.values():
            if not text.property("answered"):
                icon.hide()
                text.hide()
        self._fit()

    def _put(
        self, step: Step, name: str, colour: str, words: str, *, answered: bool = False
    ) -> None:
        icon, text = self._rows[step]
        icon.set_icon(name, colour)
        text.setText(words)
        text.setProperty("answered", answered)
        text.setProperty("role", "" if answered else "quiet")
        text.style().unpolish(text)
        text.style().polish(text)
        icon.show()
        text.show()

    def _fit(self) -> None:
        """As high as its lines, within reason."""
        self._grid.activate()
        width = self.viewport().width()
        height = max(self._grid.heightForWidth(width), self._grid.minimumSize().height())
        self.setFixedHeight(min(_HIGHEST_PX, height + 4))
