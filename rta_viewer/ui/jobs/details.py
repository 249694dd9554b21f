"""All that is known about a job, and what happened to it: when, what, why, who."""

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rta_viewer.core.jobs import Job, JobEvent
from rta_viewer.ui import times
from rta_viewer.ui.jobs import wording

_HEADERS = ("When", "What", "Why", "Who")
_WHY = 2
_NOT_WRAPPED = ("Checksum", "Path")


class JobDetails(QDialog):
    """Facts above, history below. Show it with ``open()``."""

    def __init__(
        self, job: Job, events: Sequence[JobEvent], zone: tzinfo, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("job_details")
        self.setWindowTitle(f"{wording.KIND_WORDS[job.kind]} of {job.camera_name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 560)
        self._facts = facts(job, zone)
        self._rows = [history_row(event, zone) for event in events]
        heading = QLabel("History", self)
        heading.setProperty("role", "title")
        copy, close = QPushButton("Copy as text", self), QPushButton("Close", self)
        copy.setObjectName("job_details_copy")
        close.setObjectName("job_details_close")
        copy.setAutoDefault(False)
        close.setDefault(True)
        copy.clicked.connect(self._on_copy)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        box = QVBoxLayout(self)
        box.setContentsMargins(22, 18, 22, 18)
        box.setSpacing(12)
        box.addLayout(self._fact_grid())
        box.addWidget(heading)
        box.addWidget(self._table(), 1)
        box.addLayout(buttons)

    def _fact_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(self._facts):
            label, text = QLabel(name, self), QLabel(value, self)
            label.setProperty("role", "quiet")
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setWordWrap(name not in _NOT_WRAPPED)
            text.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1)
        return grid

    def _table(self) -> QTableWidget:
        table = QTableWidget(len(self._rows), len(_HEADERS), self)
        table.setObjectName("job_history")
        table.setAccessibleName("History")
        table.setHorizontalHeaderLabels(_HEADERS)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        for row, texts in enumerate(self._rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                table.setItem(row, column, item)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_WHY, QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.scrollToBottom()
        return table

    @Slot()
    def _on_copy(self) -> None:
        lines = [f"{name}: {value}" for name, value in self._facts]
        lines += ["", *("\t".join(row) for row in self._rows)]
        QGuiApplication.clipboard().setText("\n".join(lines))


def facts(job: Job, zone: tzinfo) -> list[tuple[str, str]]:
    """Names and values, without those that are not known."""
    size = wording.size_text(job)
    exact = f" ({job.received_bytes:,} bytes)" if job.received_bytes and job.finished else ""
    missing = job.missing
    found = [
        ("Camera", job.camera_name),
        ("Range", times.format_span(job.span.start_ms, job.span.end_ms, zone)),
        ("Kind", f"{wording.KIND_WORDS[job.kind]}. {job.why_kind}".strip()),
        ("State", wording.state_word(job)),
        ("Reason", times.in_zone(f"{job.reason} {job.hint}".strip(), zone)),
        ("Missing", times.format_span(missing.start_ms, missing.end_ms, zone) if missing else ""),
        ("Path", str(job.path)),
        ("Size", f"{size}{exact}"),
        ("Volumes", ", ".join(volume.name for volume in job.volumes)),
        ("Checksum", f"SHA-256 {job.sha256}" if job.sha256 else ""),
        ("Server", f"{job.server} as {job.username}" if job.username else job.server),
        ("Export", f"{job.export_id} {job.server_state}".strip()),
        ("Link", _link(job, zone)),
        ("Watermark", job.watermark_text),
    ]
    return [(name, value) for name, value in found if value]


def _link(job: Job, zone: tzinfo) -> str:
    if job.expires_at_ms is None:
        return ""
    return f"ends {times.format_with_zone(job.expires_at_ms, zone)}"


def history_row(event: JobEvent, zone: tzinfo) -> tuple[str, str, str, str]:
    """One line of the history; the program itself did what nobody wanted."""
    when = times.format_instant(event.at_ms, zone)
    return (
        when,
        wording.STATE_WORDS[event.state],
        times.in_zone(event.why, zone),
        event.who or "the program",
    )
