"""The dock with the files on their way, and what can be done about the chosen one."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QVBoxLayout,
    QWidget,
)

from rta_viewer.core.clock import Clock
from rta_viewer.core.jobs import RETRYABLE, Job, JobState
from rta_viewer.ui.jobs.card import JobCard
from rta_viewer.ui.jobs.model import JobsModel
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.transport.buttons import draw_icons, tool_button


class JobsPanel(QWidget):
    """Lists jobs; the buttons speak of the chosen one.

    Signals:
        cancel_requested, retry_requested: A job's id.
        folder_open_requested, file_open_requested: A ``pathlib.Path``.
    """

    cancel_requested = Signal(str)
    retry_requested = Signal(str)
    folder_open_requested = Signal(object)
    file_open_requested = Signal(object)

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = JobsModel(clock, self)
        self._card = JobCard(theme, self.model, self)
        self.view = QListView(self)
        self.view.setObjectName("jobs_view")
        self.view.setAccessibleName("Downloads and exports")
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._card)
        self.view.setUniformItemSizes(True)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._cancel = tool_button(self, "job_cancel", "Cancel", text="Cancel", icon="cancel")
        self._retry = tool_button(self, "job_retry", "Try again", text="Retry", icon="retry")
        self._folder = tool_button(
            self, "job_open_folder", "Open the folder", text="Folder", icon="folder"
        )
        self._file = tool_button(self, "job_open_file", "Open the file", text="Open", icon="file")
        self._empty = QLabel("Clips and exports that you save appear here.", self)
        self._empty.setProperty("role", "quiet")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._build()
        self.set_theme(theme)
        self._update()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(4)
        actions = {
            self._cancel: self._on_cancel,
            self._retry: self._on_retry,
            self._folder: self._on_folder,
            self._file: self._on_file,
        }
        for button, slot in actions.items():
            row.addWidget(button)
            button.clicked.connect(slot)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(row)
        box.addWidget(self._empty, 1)
        box.addWidget(self.view, 1)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.view.doubleClicked.connect(self._on_double_clicked)
        self.model.dataChanged.connect(self._on_data_changed)
        self.model.rowsInserted.connect(self._on_rows_inserted)
        self.model.modelReset.connect(self._on_data_changed)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._card.set_theme(theme)
        draw_icons(self, theme)
        self.view.viewport().update()

    @property
    def current_job(self) -> Job | None:
        """The chosen one."""
        return self.model.job_at(self.view.currentIndex().row())

    def select(self, job_id: str) -> None:
        """Choose a job."""
        row = self.model.row_of(job_id)
        if row is not None:
            self.view.setCurrentIndex(self.model.index(row, 0))

    def _update(self) -> None:
        job = self.current_job
        self._cancel.setEnabled(job is not None and not job.finished)
        self._retry.setEnabled(job is not None and job.state in RETRYABLE)
        self._folder.setEnabled(job is not None)
        self._file.setEnabled(job is not None and job.state in {JobState.DONE, JobState.DIFFERS})
        empty = self.model.rowCount() == 0
        self._empty.setVisible(empty)
        self.view.setVisible(not empty)

    @Slot()
    def _on_cancel(self) -> None:
        if (job := self.current_job) is not None:
            self.cancel_requested.emit(job.job_id)

    @Slot()
    def _on_retry(self) -> None:
        if (job := self.current_job) is not None:
            self.retry_requested.emit(job.job_id)

    @Slot()
    def _on_folder(self) -> None:
        if (job := self.current_job) is not None:
            self.folder_open_requested.emit(job.folder)

    @Slot()
    def _on_file(self) -> None:
        if (job := self.current_job) is not None:
            self.file_open_requested.emit(job.path)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        if self._file.isEnabled():
            self._on_file()

    @Slot()
    def _on_current_changed(self) -> None:
        self._update()

    @Slot()
    def _on_data_changed(self) -> None:
        self._update()

    @Slot()
    def _on_rows_inserted(self) -> None:
        self.view.setCurrentIndex(self.model.index(0, 0))
        self._update()
