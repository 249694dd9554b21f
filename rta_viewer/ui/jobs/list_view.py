"""The rows. A table of one column: unlike Qt's list it lays out thousands of rows without asking for each."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from rta_viewer.core.texts import tr
from rta_viewer.ui.jobs.card import CARD_HEIGHT, JobCard
from rta_viewer.ui.jobs.model import JobsModel


class JobsView(QTableView):
    """Cards of one height below one another; only those in sight are looked at."""

    def __init__(self, model: JobsModel, card: JobCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jobs_view")
        self.setAccessibleName(tr("Downloads and exports"))
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

    def menu_point(self, at: QPoint) -> QPoint:
        """Where a menu opens, in global coordinates: at the pointer, or at the row that the keys chose."""
        place = at
        row = self.visualRect(self.currentIndex())
        if not row.contains(at) and self.viewport().rect().intersects(row):
            place = row.center()
        return self.viewport().mapToGlobal(place)
