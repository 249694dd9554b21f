"""The rows. A table of one column: unlike Qt's list it lays out thousands of rows without asking for each."""

from collections.abc import Iterable
from itertools import groupby

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    Slot,
)
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from rta_viewer.core.texts import tr
from rta_viewer.ui.jobs.card import CARD_HEIGHT, JobCard
from rta_viewer.ui.jobs.model import JobsModel


class JobsView(QTableView):
    """Cards of one height below one another; only those in sight are looked at.

    What comes and goes above them does not move them: a click would hit another one.
    """

    def __init__(self, model: JobsModel, card: JobCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jobs_view")
        self.setAccessibleName(tr("Downloads and exports"))
        self._jobs = model
        # While the model changes: how much is above what is in sight, and the first that is.
        self._above_px = 0
        self._first = ""
        self.setModel(model)
        self.setItemDelegate(card)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        columns, rows = self.horizontalHeader(), self.verticalHeader()
        for header in (columns, rows):
            header.hide()
        for column in range(1, model.columnCount()):
            self.setColumnHidden(column, True)
        columns.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(CARD_HEIGHT)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        model.change_began.connect(self._on_change_began)
        model.rowsInserted.connect(self._on_inserted)
        model.rowsRemoved.connect(self._on_removed)
        model.rowsMoved.connect(self._on_moved)
        model.modelReset.connect(self._on_reset)
        model.change_ended.connect(self._on_change_ended)

    def chosen_rows(self) -> list[int]:
        """In order. Qt's own ``selectedRows`` takes a quarter of a second for 5,000."""
        chosen = self.selectionModel().selection().toList()
        return sorted({row for part in chosen for row in range(part.top(), part.bottom() + 1)})

    def selection_of(self, rows: Iterable[int]) -> QItemSelection:
        """Rows as a selection of as few parts as possible."""
        found, index = QItemSelection(), self._jobs.index
        for _, run in groupby(enumerate(sorted(rows)), key=lambda place: place[1] - place[0]):
            part = [row for _, row in run]
            found.append(QItemSelectionRange(index(part[0], 0), index(part[-1], 0)))
        return found

    def menu_point(self, at: QPoint) -> QPoint:
        """Where a menu opens, in global coordinates: at the pointer, or at the row that the keys chose."""
        place = at
        row = self.visualRect(self.currentIndex())
        if not row.contains(at) and self.viewport().rect().intersects(row):
            place = row.center()
        return self.viewport().mapToGlobal(place)

    def _action_of(self, event: QKeyEvent) -> QAction | None:
        key = QKeySequence(event.keyCombination())
        return next(
            (one for one in self.actions() if one.isEnabled() and key in one.shortcuts()), None
        )

    @Slot()
    def _on_change_began(self) -> None:
        self._above_px = self.verticalScrollBar().value()
        first = self._jobs.job_at(self._above_px // CARD_HEIGHT)
        self._first = first.job_id if first is not None else ""

    @Slot(QModelIndex, int, int)
    def _on_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        if 0 < self._above_px >= first * CARD_HEIGHT:
            self._above_px += (last - first + 1) * CARD_HEIGHT

    @Slot(QModelIndex, int, int)
    def _on_removed(self, _parent: QModelIndex, first: int, last: int) -> None:
        if (last + 1) * CARD_HEIGHT <= self._above_px:
            self._above_px -= (last - first + 1) * CARD_HEIGHT

    @Slot(QModelIndex, int, int, QModelIndex, int)
    def _on_moved(
        self, parent: QModelIndex, first: int, last: int, _to: QModelIndex, place: int
    ) -> None:
        self._on_removed(parent, first, last)
        begin = place if place < first else place - (last - first + 1)
        self._on_inserted(parent, begin, begin + last - first)

    @Slot()
    def _on_reset(self) -> None:
        row = self._jobs.row_of(self._first)
        if row is not None and self._above_px:
            self._above_px = row * CARD_HEIGHT + self._above_px % CARD_HEIGHT

    @Slot()
    def _on_change_ended(self) -> None:
        if self._above_px:
            # The bar does not know yet how many rows there are.
            self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(self._above_px)

    def event(self, event: QEvent) -> bool:
        # A key that the window has, too, would start neither: in the list it is the list's.
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and self._action_of(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        action = self._action_of(event)
        if action is None:
            super().keyPressEvent(event)
        else:
            action.trigger()
