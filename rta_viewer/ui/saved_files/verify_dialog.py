"""What examining saved files found: one verdict for all, and for each file what was compared with what."""

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rta_viewer.core.clock import Clock
from rta_viewer.core.examination import Examination, Point, Verdict, worst
from rta_viewer.core.texts import line, tr, verbatim
from rta_viewer.qt.dialogs import resize_within_screen
from rta_viewer.ui import icons, times
from rta_viewer.ui.icon_label import IconLabel
from rta_viewer.ui.leading import leading
from rta_viewer.ui.saved_files.report import PROVES, found_text, heading, report_text
from rta_viewer.ui.theme.theme import Theme

_ICONS = {Verdict.UNCHANGED: "done", Verdict.CAUTION: "warning", Verdict.BROKEN: "cancel"}
_COLOURS = {Verdict.UNCHANGED: "success", Verdict.CAUTION: "warning", Verdict.BROKEN: "danger"}
_BIG_PX, _SMALL_PX = 40, 16
_LONG_WORD = 40


class VerifyDialog(QDialog):
    """Shows progress, then results. Closing it while files are read stops that.

    Signals:
        stopped: Nobody waits for the result any more.
    """

    stopped = Signal()

    def __init__(
        self, theme: Theme, clock: Clock, zone: tzinfo, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("verify_dialog")
        self.setWindowTitle(tr("Verify saved files"))
        resize_within_screen(self, 980, 610)
        self._theme = theme
        self._clock = clock
        self._zone = zone
        self._done: tuple[Examination, ...] = ()
        self._icon = IconLabel(_BIG_PX, self)
        self._icon.hide()
        self.heading = self._label("verify_heading", "heading")
        self.heading.setText(tr("Reading and comparing\N{HORIZONTAL ELLIPSIS}"))
        self.files = QListWidget(self)
        self.files.setObjectName("verify_files")
        self.files.setAccessibleName(tr("Files"))
        self.files.setMaximumWidth(220)
        self.files.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.files.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.files.setIconSize(QSize(_SMALL_PX, _SMALL_PX))
        self.files.currentRowChanged.connect(self._on_row)
        self.details = QScrollArea(self)
        self.details.setObjectName("verify_details")
        self.details.setWidgetResizable(True)
        self.details.setFrameShape(QFrame.Shape.NoFrame)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.copy = QPushButton(tr("Copy the report"), self)
        self.copy.setObjectName("verify_copy")
        self.copy.clicked.connect(self._on_copy)
        self._close = QPushButton(tr("Close"), self)
        self._close.setObjectName("verify_close")
        self._close.clicked.connect(self.reject)
        self._build()
        self.files.hide()
        self.copy.setEnabled(False)
        self.finished.connect(self._on_finished)

    def _label(self, name: str, role: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._icon)
        head.addWidget(self.heading, 1)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self.files)
        body.addWidget(self.details, 1)
        proves = self._label("verify_proves", "quiet")
        proves.setText(tr(PROVES))
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addLayout(head)
        box.addWidget(self.bar)
        box.addLayout(body, 1)
        box.addWidget(proves)
        box.addLayout(buttons)

    @Slot(float)
    def show_progress(self, share: float) -> None:
        """So much of all files was read, from 0 to 1."""
        self.bar.setValue(round(share * 1000))

    def show_results(self, examinations: Sequence[Examination]) -> None:
        """All files were examined; the worst are shown first."""
        order = list(Verdict)
        self._done = tuple(
            sorted(examinations, key=lambda one: (-order.index(one.verdict), str(one.path)))
        )
        verdict = worst(self._done)
        self.bar.hide()
        self.copy.setEnabled(True)
        self._icon.set_icon(_ICONS[verdict], self._colour(verdict))
        self._icon.show()
        self.heading.setText(heading(self._done))
        self.heading.setProperty("verdict", verdict.value)
        for one in self._done:
            item = QListWidgetItem(verbatim(one.name))
            selected = self._theme.colours.on_accent
            item.setIcon(
                icons.icon(_ICONS[one.verdict], self._colour(one.verdict), selected=selected)
            )
            item.setToolTip(str(one.path))
            self.files.addItem(item)
        self.files.setVisible(len(self._done) > 1)
        self.files.setCurrentRow(0)

    def _colour(self, verdict: Verdict) -> str:
        colour: str = getattr(self._theme.colours, _COLOURS[verdict])
        return colour

    @Slot(int)
    def _on_row(self, row: int) -> None:
        if 0 <= row < len(self._done):
            self.details.setWidget(self._page(self._done[row]))

    def _page(self, one: Examination) -> QWidget:
        page = QWidget(self.details)
        page.setObjectName("verify_page")
        grid = QGridLayout(page)
        grid.setContentsMargins(4, 4, 12, 4)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        grid.setColumnStretch(3, 1)
        sentences = "\n".join(times.in_zone(text, self._zone) for text in one.sentences)
        self._put(grid, 0, 0, f"{verbatim(one.path.name)}\n{sentences}".strip(), "title", columns=4)
        for column, text in enumerate(("", "", tr("Written down"), tr("Found now"))):
            self._put(grid, 1, column, text, "quiet")
        for number, point in enumerate(one.points):
            self._put_point(grid, number + 2, point)
        grid.setRowStretch(len(one.points) + 2, 1)
        return page

    def _put_point(self, grid: QGridLayout, row: int, point: Point) -> None:
        if point.holds is not None:
            sign = IconLabel(_SMALL_PX, self)
            verdict = Verdict.UNCHANGED if point.holds else Verdict.BROKEN
            sign.set_icon(_ICONS[verdict], self._colour(verdict))
            sign.setAccessibleName(tr("holds") if point.holds else tr("does not hold"))
            grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
        self._put(grid, row, 1, point.what, "quiet")
        if point.found:
            self._put(grid, row, 2, point.written, "")
            self._put(grid, row, 3, found_text(point), "")
        else:
            self._put(grid, row, 2, point.written, "", columns=2)

    def _put(
        self, grid: QGridLayout, row: int, column: int, text: str, role: str, columns: int = 1
    ) -> None:
        shown = "\n".join(line(one) for one in times.in_zone(text, self._zone).split("\n"))
        is_hash = " " not in text and len(text) > _LONG_WORD
        label = self._label("", "digits" if is_hash else role)
        if is_hash:
            label.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            label.setAlignment(leading() | Qt.AlignmentFlag.AlignTop)
        # A hash has no place to break a line.
        label.setText(f"{text[:32]}\n{text[32:]}" if is_hash else shown)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(label, row, column, 1, columns, Qt.AlignmentFlag.AlignTop)

    @Slot()
    def _on_copy(self) -> None:
        QApplication.clipboard().setText(report_text(self._done, self._clock.now_ms(), self._zone))
        self.copy.setText(tr("Copied"))

    @Slot()
    def _on_finished(self) -> None:
        if not self._done:
            self.stopped.emit()
