"""Above the list: how many jobs of each kind there are, showing only some, looking for words."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rta_viewer.core.texts import digits, mark, tr
from rta_viewer.ui.jobs.groups import Filter, Group
from rta_viewer.ui.jobs.model import JobsModel
from rta_viewer.ui.jobs.search_text import words_of
from rta_viewer.ui.transport.buttons import segment

_GROUPS: tuple[tuple[Group | None, str, str, str], ...] = (
    (None, "all", mark("All"), mark("All files")),
    (Group.QUEUE, "queue", mark("Queue"), mark("What waits or is paused")),
    (Group.RUNNING, "running", mark("Running", "jobs"), mark("What is under way")),
    (Group.DONE, "done", mark("Done", "jobs"), mark("What is saved as it was asked")),
    (Group.FAILED, "failed", mark("Failed", "jobs"), mark("What failed, or is not what was asked")),
)

_MEANINGS = dict.fromkeys(("running", "done", "failed"), "jobs")


class FilterBar(QWidget):
    """Five buttons with counts, and the search.

    Signals:
        filter_changed: The :class:`Filter` that is wanted now.
    """

    filter_changed = Signal(object)

    def __init__(self, model: JobsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._group: Group | None = None
        self._buttons: dict[Group | None, QToolButton] = {}
        self._words: dict[Group | None, str] = {}
        self._choice = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(0)
        for group, name, label, tip in _GROUPS:
            word = tr(label, _MEANINGS.get(name, ""))
            button = self._button(f"jobs_filter_{name}", word, tr(tip))
            self._buttons[group] = button
            self._words[group] = word
            self._choice.addButton(button)
            row.addWidget(button, 1)
        segment(list(self._buttons.values()))
        self._buttons[None].setChecked(True)
        self.search = QLineEdit(self)
        self.search.setObjectName("jobs_search")
        self.search.setAccessibleName(tr("Search in saved files"))
        self.search.setPlaceholderText(tr("Search camera, date, file"))
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(6)
        self.tools.addWidget(self.search, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 6, 8, 0)
        box.setSpacing(6)
        box.addLayout(row)
        box.addLayout(self.tools)
        self._choice.buttonClicked.connect(self._on_clicked)
        self.search.textChanged.connect(self._on_text)
        model.counts_changed.connect(self._on_counts)
        self._on_counts()

    def _button(self, name: str, word: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setCheckable(True)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setProperty("role", "count")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setText(word)
        return button

    def show_all(self) -> None:
        """Take every filter away."""
        self.search.clear()
        self.choose(None)

    def choose(self, group: Group | None) -> None:
        """Show only these."""
        self._buttons[group].setChecked(True)
        self._group = group
        self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self.search and event.type() is QEvent.Type.FocusIn:
            self._model.expect_search()
        return super().eventFilter(watched, event)

    @Slot()
    def _on_clicked(self) -> None:
        checked = self._choice.checkedButton()
        self._group = next(group for group, button in self._buttons.items() if button is checked)
        self._tell()

    @Slot()
    def _on_text(self) -> None:
        self._tell()

    def _tell(self) -> None:
        self.filter_changed.emit(Filter(self._group, words_of(self.search.text())))

    @Slot()
    def _on_counts(self) -> None:
        for group, button in self._buttons.items():
            count = self._model.count(group)
            button.setText(f"{digits(_short(count))}\n{self._words[group]}")
            alarm = group is Group.FAILED and count > 0
            if button.property("alarm") != alarm:
                button.setProperty("alarm", alarm)
                button.style().unpolish(button)
                button.style().polish(button)


def _short(count: int) -> str:
    """Up to five figures fit."""
    return f"{count:,}" if count < 100_000 else f"{count // 1000:,}k"
