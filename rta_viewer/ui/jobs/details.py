"""All that is known about a job, and what happened to it: when, what, why, who."""

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rta_viewer.core.jobs import Job, JobEvent, JobKind
from rta_viewer.core.texts import left_to_right, line, mark, tr, verbatim
from rta_viewer.qt.dialogs import resize_within_screen
from rta_viewer.ui import times
from rta_viewer.ui.jobs import wording
from rta_viewer.ui.leading import leading
from rta_viewer.ui.plain import plain_tip

_HEADERS = (mark("When"), mark("What"), mark("Why"), mark("Who"))
_WHY = 2
_HISTORY_PX = 140
"""The least, however much there is above it."""

_SIDE_PX = 8
"""Beside the words of a cell, as in the theme's sheet."""


class _FactArea(QScrollArea):
    """No taller than what is in it: the rest of the dialog is the history's."""

    def __init__(self, content: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._content = content
        self.setWidgetResizable(True)
        self.setWidget(content)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.setMaximumHeight(self._content.heightForWidth(self.viewport().width()))


class _Cells(QStyledItemDelegate):
    """As high as their lines: where these break, Qt forgets the room at the sides that the theme gives."""

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        if option.rect.isValid():
            option.rect.setWidth(option.rect.width() - 2 * _SIDE_PX)
        return super().sizeHint(option, index)


class JobDetails(QDialog):
    """Facts above, history below. Show it with ``open()``."""

    def __init__(
        self, job: Job, events: Sequence[JobEvent], zone: tzinfo, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("job_details")
        self.setWindowTitle(_title(job))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within_screen(self, 760, 560)
        self._facts = facts(job, zone)
        self._rows = [history_row(event, zone) for event in events]
        heading = QLabel(tr("History"), self)
        heading.setProperty("role", "title")
        copy, close = QPushButton(tr("Copy as text"), self), QPushButton(tr("Close"), self)
        copy.setObjectName("job_details_copy")
        close.setObjectName("job_details_close")
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
        box.addWidget(self._fact_area())
        box.addWidget(heading)
        box.addWidget(self._table(), 1)
        box.addLayout(buttons)

    def _fact_area(self) -> _FactArea:
        """As wide as the dialog: a word that cannot be broken must not push the buttons off the screen."""
        content = QWidget(self)
        content.setLayout(self._fact_grid())
        area = _FactArea(content, self)
        area.setObjectName("job_facts")
        area.setAccessibleName(tr("Details"))
        # For the arrow keys: its texts take the focus from the mouse only.
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        return area

    def _fact_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        # What is left over is below: a value stands beside its name.
        grid.setRowStretch(len(self._facts), 1)
        # Not mirrored: what is copied from there is what is meant.
        verbatim_ones = (tr("Checksum"), tr("Path"))
        for row, (name, value) in enumerate(self._facts):
            label, text = QLabel(name, self), QLabel(line(value), self)
            label.setProperty("role", "quiet")
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setWordWrap(True)
            if name in verbatim_ones:
                text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
                text.setAlignment(leading() | Qt.AlignmentFlag.AlignVCenter)
                text.setText(value)
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
        table.setAccessibleName(tr("History"))
        table.setHorizontalHeaderLabels([tr(text) for text in _HEADERS])
        table.verticalHeader().hide()
        table.setMinimumHeight(_HISTORY_PX)
        table.setItemDelegate(_Cells(table))
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        for row, texts in enumerate(self._rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
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
    missing = job.missing
    found = [
        (tr("Camera"), job.camera_name),
        (tr("Range"), left_to_right(times.format_span(job.span.start_ms, job.span.end_ms, zone))),
        (tr("Kind"), wording.kind_text(job)),
        (tr("State"), wording.state_word(job)),
        (tr("Reason"), times.in_zone(f"{job.reason} {job.hint}".strip(), zone)),
        (
            tr("Missing"),
            left_to_right(times.format_span(missing.start_ms, missing.end_ms, zone))
            if missing
            else "",
        ),
        (tr("Path"), str(job.path)),
        (tr("Size"), _size(job)),
        (tr("Volumes"), ", ".join(verbatim(volume.name) for volume in job.volumes)),
        (tr("Checksum"), f"SHA-256 {job.sha256}" if job.sha256 else ""),
        (tr("Server"), _server(job)),
        (tr("Export", "a file"), verbatim(f"{job.export_id} {job.server_state}".strip())),
        (tr("Link"), _link(job, zone)),
        (tr("Watermark"), job.watermark_text),
    ]
    return [(name, value) for name, value in found if value]


def _link(job: Job, zone: tzinfo) -> str:
    if job.expires_at_ms is None:
        return ""
    ends = left_to_right(times.format_with_zone(job.expires_at_ms, zone))
    return tr("ends {time}", time=ends)


def _title(job: Job) -> str:
    if job.kind is JobKind.CLIP:
        return tr("Clip of {camera}", camera=job.camera_name)
    return tr("Export of {camera}", camera=job.camera_name)


def _size(job: Job) -> str:
    size = wording.size_text(job)
    if not (job.received_bytes and job.finished):
        return size
    return tr("{size} ({received:,} bytes)", size=size, received=job.received_bytes)


def _server(job: Job) -> str:
    server = verbatim(job.server)
    return tr("{server} as {user}", server=server, user=job.username) if job.username else server


def history_row(event: JobEvent, zone: tzinfo) -> tuple[str, str, str, str]:
    """One line of the history; the program itself did what nobody wanted."""
    when = times.format_instant(event.at_ms, zone)
    return (
        left_to_right(when),
        wording.plain_state_word(event.state),
        times.in_zone(event.why, zone),
        event.who or tr("the program"),
    )
