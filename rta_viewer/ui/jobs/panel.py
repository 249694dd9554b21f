"""The dock with the files on their way, and what can be done about the chosen ones."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from rta_viewer.core.clock import Clock
from rta_viewer.core.jobs import Job
from rta_viewer.core.texts import tr
from rta_viewer.ui.jobs.card import JobCard
from rta_viewer.ui.jobs.command_set import CommandSet
from rta_viewer.ui.jobs.commands import Command, Wish, chosen_for
from rta_viewer.ui.jobs.copy_strip import CopyStrip
from rta_viewer.ui.jobs.filter_bar import FilterBar
from rta_viewer.ui.jobs.groups import Filter
from rta_viewer.ui.jobs.lent_note import LentNote
from rta_viewer.ui.jobs.limit_button import LimitButton
from rta_viewer.ui.jobs.list_view import JobsView
from rta_viewer.ui.jobs.model import JobsModel
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.transport.buttons import draw_icons

_TICK_MS = 1_000


class JobsPanel(QWidget):
    """Lists jobs; buttons, keys and the menu speak of the chosen ones.

    Signals:
        wished: A :class:`~rta_viewer.ui.jobs.commands.Wish`; every command but the two below.
        folder_open_requested, file_open_requested: A ``pathlib.Path``.
        limit_chosen: Bytes a second for all transfers, 0 for no limit.
    """

    wished = Signal(object)
    folder_open_requested = Signal(object)
    file_open_requested = Signal(object)
    limit_chosen = Signal(object)

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = JobsModel(clock, self)
        self._card = JobCard(theme, self.model, clock, self)
        self.view = JobsView(self.model, self._card, self)
        self.filters = FilterBar(self.model, self)
        self.limit = LimitButton(self)
        self.filters.tools.addWidget(self.limit)
        self.commands = CommandSet(self.view, self._on_action, self.model)
        self.copying = CopyStrip(self)
        self.lent = LentNote(self)
        self._empty = QLabel(self)
        self._empty.setProperty("role", "quiet")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.filters)
        box.addWidget(self.lent)
        box.addLayout(self.commands.button_row(self))
        box.addWidget(self._empty, 1)
        box.addWidget(self.view, 1)
        box.addWidget(self.copying)
        self._kept: tuple[str, list[str]] = ("", [])
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self._connect()
        self.set_theme(theme)
        self._update()

    def _connect(self) -> None:
        self.filters.filter_changed.connect(self._on_filter_changed)
        self.filters.search.returnPressed.connect(self.view.setFocus)
        self.limit.limit_chosen.connect(self.limit_chosen)
        self.view.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.view.doubleClicked.connect(self._on_double_clicked)
        self.view.customContextMenuRequested.connect(self._on_context_menu)
        self.model.change_ended.connect(self._on_change_ended)
        self.model.modelAboutToBeReset.connect(self._on_about_to_reset)
        self.model.modelReset.connect(self._on_reset)
        self.model.counts_changed.connect(self._on_counts_changed)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._card.set_theme(theme)
        draw_icons(self, theme)
        self.view.viewport().update()

    @property
    def current_job(self) -> Job | None:
        """The one with the focus."""
        return self.model.job_at(self.view.currentIndex().row())

    @property
    def chosen(self) -> list[Job]:
        """All that are selected, in the order of the list."""
        found = (self.model.job_at(row) for row in self.view.chosen_rows())
        return [job for job in found if job is not None]

    def select(self, job_id: str) -> None:
        """Choose a job, and see it; filters that hide it go."""
        row = self.model.row_of(job_id)
        if row is None and self.model.job(job_id) is not None:
            self.filters.show_all()
            row = self.model.row_of(job_id)
        if row is not None:
            # The view's own way adds to what is chosen while somebody holds Ctrl, as for a shortcut.
            index, how = self.model.index(row, 0), QItemSelectionModel.SelectionFlag
            alone = how.ClearAndSelect | how.Rows
            self.view.selectionModel().setCurrentIndex(index, alone)
            self.view.scrollTo(index)

    def focus_search(self) -> None:
        """The keyboard to the search field."""
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.selectAll()

    def run(self, command: Command) -> None:
        """Do it with the chosen jobs, as far as it makes sense with them."""
        jobs = chosen_for(command, self.chosen)
        if not jobs:
            return
        if command is Command.OPEN_FILE:
            self.file_open_requested.emit(jobs[0].path)
        elif command is Command.OPEN_FOLDER:
            self.folder_open_requested.emit(jobs[0].folder)
        else:
            self.wished.emit(Wish(command, jobs))

    def _update(self) -> None:
        self.commands.update(self.chosen)
        empty = self.model.rowCount() == 0
        nothing_yet = tr("Clips and exports that you save appear here.")
        self._empty.setText(tr("No file fits the filter.") if self.model.count() else nothing_yet)
        shown, hidden = (self._empty, self.view) if empty else (self.view, self._empty)
        has_keys = self.window().focusWidget() is hidden
        hidden.hide()
        shown.show()
        if has_keys:
            # Qt gave them to the next button, which the next key would press.
            shown.setFocus()

    def _choose(self, current: str, job_ids: Sequence[str]) -> None:
        rows = [row for job_id in job_ids if (row := self.model.row_of(job_id)) is not None]
        place = self.model.row_of(current)
        if place is None:
            place = rows[0] if rows else 0
        selection, flag = self.view.selectionModel(), QItemSelectionModel.SelectionFlag
        alone = flag.ClearAndSelect | flag.Rows
        # Whoever had chosen none keeps it so.
        lost = not rows and (job_ids or not current)
        selection.setCurrentIndex(self.model.index(place, 0), alone if lost else flag.NoUpdate)
        if rows:
            selection.select(self.view.selection_of(rows), alone)

    def _follow_time(self) -> None:
        if self.isVisible() and self.model.unfinished:
            if not self._tick.isActive():
                self._tick.start()
        else:
            self._tick.stop()

    @Slot()
    def _on_action(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.run(Command(action.data()))

    @Slot(object)
    def _on_filter_changed(self, wanted: Filter) -> None:
        self.model.set_filter(wanted)

    @Slot(QModelIndex)
    def _on_double_clicked(self, _index: QModelIndex) -> None:
        opens = self.commands.actions[Command.OPEN_FILE].isEnabled()
        self.run(Command.OPEN_FILE if opens else Command.DETAILS)

    @Slot(QPoint)
    def _on_context_menu(self, at: QPoint) -> None:
        if self.chosen:
            menu = self.commands.menu(self)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.view.menu_point(at))

    @Slot()
    def _on_selection_changed(self) -> None:
        if not self.model.changing:
            self.commands.update(self.chosen)

    @Slot()
    def _on_change_ended(self) -> None:
        if not self.view.currentIndex().isValid() and self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0, 0))
        self._update()

    @Slot()
    def _on_about_to_reset(self) -> None:
        current = self.current_job
        self._kept = (current.job_id if current else "", [job.job_id for job in self.chosen])

    @Slot()
    def _on_reset(self) -> None:
        if self.model.rowCount():
            self._choose(*self._kept)
        self._update()

    @Slot()
    def _on_counts_changed(self) -> None:
        self._follow_time()

    @Slot()
    def _on_tick(self) -> None:
        self.model.measure_again()
        self.view.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._follow_time()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self._tick.stop()
