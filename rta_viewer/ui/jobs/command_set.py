"""The commands of the list as actions: words, keys, a menu, and buttons for the most used."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.texts import mark, tr, verbatim
from rta_viewer.ui.jobs.commands import Command, possible_with, retry_word
from rta_viewer.ui.transport.buttons import tool_button

_SPECS: Mapping[Command, tuple[str, str, str]] = {
    Command.PAUSE: (mark("Pause"), "P", "pause"),
    Command.RESUME: (mark("Resume"), "P", "play"),
    Command.CANCEL: (mark("Cancel"), "Shift+Del", "cancel"),
    Command.RETRY: (mark("Try again"), "R", "retry"),
    Command.ELSEWHERE: (
        mark("Go on in another folder\N{HORIZONTAL ELLIPSIS}"),
        "Shift+R",
        "other_folder",
    ),
    Command.FETCH_REST: (mark("Fetch the rest"), "", "save"),
    Command.FRONT: (mark("Move to the front"), "Alt+Home", "to_front"),
    Command.UP: (mark("Move up"), "Alt+Up", "up"),
    Command.DOWN: (mark("Move down"), "Alt+Down", "down"),
    Command.OPEN_FILE: (mark("Open the file"), "Return", "file"),
    Command.OPEN_FOLDER: (mark("Open the folder"), "Ctrl+Return", "folder"),
    Command.COPY_PATH: (mark("Copy the path"), "Ctrl+C", ""),
    Command.COPY_TO: (mark("Copy to a drive\N{HORIZONTAL ELLIPSIS}"), "", ""),
    Command.SHOW: (mark("Show on the timeline"), "T", "follow"),
    Command.DETAILS: (mark("Details and history\N{HORIZONTAL ELLIPSIS}"), "Alt+Return", "info"),
    Command.REMOVE: (mark("Remove from the list"), "", ""),
}
_MENU: tuple[tuple[Command, ...], ...] = (
    (Command.OPEN_FILE, Command.OPEN_FOLDER, Command.COPY_PATH, Command.COPY_TO),
    (Command.SHOW, Command.DETAILS),
    (Command.PAUSE, Command.RESUME, Command.RETRY, Command.ELSEWHERE, Command.FETCH_REST),
    (Command.FRONT, Command.UP, Command.DOWN),
    (Command.CANCEL, Command.REMOVE),
)
_BUTTONS: tuple[tuple[Command, ...], ...] = (
    (
        *(Command.PAUSE, Command.RESUME, Command.FETCH_REST, Command.CANCEL),
        *(Command.RETRY, Command.ELSEWHERE),
    ),
    (Command.FRONT, Command.UP, Command.DOWN),
    (Command.OPEN_FILE, Command.OPEN_FOLDER, Command.SHOW, Command.DETAILS),
)
_FORWARD = frozenset({Command.UP, Command.FRONT})
_ONE_PLACE = (Command.PAUSE, Command.RESUME, Command.FETCH_REST)


class Queue(Protocol):
    """Knows the order of what waits."""

    def may_move(self, job: Job, *, up: bool) -> bool:
        """Whether another one waits before it, or behind it."""
        ...


class CommandSet:
    """Actions of one list.

    Args:
        owner: Has the list; the keys work inside it.
        slot: Called when one is wanted; its sender's data is the :class:`Command`'s value.
        queue: Where what waits may be moved.
    """

    def __init__(self, owner: QWidget, slot: Callable[[], None], queue: Queue) -> None:
        self._queue = queue
        self.actions: dict[Command, QAction] = {}
        self.buttons: dict[Command, QToolButton] = {}
        self._offered: Command | None = None
        for command, (text, key, _icon) in _SPECS.items():
            action = QAction(tr(text), owner)
            action.setObjectName(f"job_action_{command.value}")
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            if key:
                action.setShortcut(QKeySequence(key))
            action.setData(command.value)
            action.triggered.connect(slot)
            owner.addAction(action)
            self.actions[command] = action

    def button_row(self, parent: QWidget) -> QHBoxLayout:
        """Buttons without words, in groups."""
        row = QHBoxLayout()
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(2)
        for number, group in enumerate(_BUTTONS):
            if number:
                row.addSpacing(6)
            for command in group:
                row.addWidget(self._button(parent, command))
        row.addStretch(1)
        return row

    def _button(self, parent: QWidget, command: Command) -> QToolButton:
        label, key, icon = _SPECS[command]
        tip = _tip(tr(label), key)
        button = tool_button(parent, f"job_{command.value}", tip, icon=icon)
        button.clicked.connect(self.actions[command].trigger)
        self.buttons[command] = button
        return button

    def update(self, jobs: Sequence[Job]) -> None:
        """Offer what makes sense for the chosen jobs."""
        possible_ones = possible_with(jobs)
        for command, action in self.actions.items():
            possible = command in possible_ones and self._leads_somewhere(command, jobs[0])
            action.setEnabled(possible)
            if command in self.buttons:
                self.buttons[command].setEnabled(possible)
        self._offer_one(_offered(jobs, possible_ones))
        shown, hidden = _again_or_elsewhere(possible_ones)
        self.buttons[hidden].hide()
        self.buttons[shown].show()
        word = retry_word(jobs[0] if len(jobs) == 1 else None)
        self.actions[Command.RETRY].setText(word)
        self.buttons[Command.RETRY].setToolTip(_tip(word, _SPECS[Command.RETRY][1]))
        self.buttons[Command.RETRY].setAccessibleName(word)

    def _leads_somewhere(self, command: Command, job: Job) -> bool:
        if command is Command.DOWN:
            return self._queue.may_move(job, up=False)
        return command not in _FORWARD or self._queue.may_move(job, up=True)

    def _offer_one(self, offered: Command) -> None:
        """One place for what excludes one another, and one key for pause and resume."""
        if offered is self._offered:
            return
        self._offered = offered
        hidden = [one for one in _ONE_PLACE if one is not offered]
        # Never two, not even for a moment: the panel would grow by one button for good.
        for one in hidden:
            self.buttons[one].hide()
            self.actions[one].setShortcut(QKeySequence())
        self.buttons[offered].show()
        self.actions[offered].setShortcut(QKeySequence(_SPECS[offered][1]))

    def menu(self, parent: QWidget) -> QMenu:
        """What can be done, without what makes no sense."""
        menu = QMenu(parent)
        menu.setObjectName("jobs_menu")
        for group in _MENU:
            offered = [command for command in group if self.actions[command].isEnabled()]
            if offered and not menu.isEmpty():
                menu.addSeparator()
            for command in offered:
                menu.addAction(self.actions[command])
        return menu


def _offered(jobs: Sequence[Job], possible: Collection[Command]) -> Command:
    """Which one has the place: what is paused for want of room may be paused, too, but is to go on."""
    if jobs and all(job.state is JobState.PAUSED for job in jobs):
        return Command.RESUME
    return next((one for one in _ONE_PLACE if one in possible), _ONE_PLACE[0])


def _again_or_elsewhere(possible: frozenset[Command]) -> tuple[Command, Command]:
    """The button that is shown, and the one in whose place it is: what has ended is first tried again."""
    pair = (Command.RETRY, Command.ELSEWHERE)
    return pair[::-1] if possible & {*pair} == {Command.ELSEWHERE} else pair


def _tip(text: str, key: str) -> str:
    """The word and its key."""
    keys = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    return f"{text} ({verbatim(keys)})" if keys else text
