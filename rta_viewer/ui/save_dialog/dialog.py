"""The dialog that turns a cut into an order. Show it with ``open()``."""

from datetime import tzinfo
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rta_viewer.core.filenames import clean_name, default_name
from rta_viewer.core.jobs import JobKind
from rta_viewer.core.model import SaveRequest, Watermark
from rta_viewer.core.route import Route, choose, overrule
from rta_viewer.ui import times
from rta_viewer.ui.controls import CheckBox, ComboBox
from rta_viewer.ui.save_dialog.order import SaveOrder, SaveProposal, coverage_text

_CONTAINERS = (("MP4 (plays everywhere)", "mp4"), ("MKV", "mkv"), ("AVI", "avi"))
_QUALITIES = (
    ("Original, untouched", ""),
    ("High", "high"),
    ("Medium", "medium"),
    ("Low", "low"),
)
_ROUTES: tuple[tuple[str, JobKind | None], ...] = (
    ("Automatic", None),
    ("Download now", JobKind.CLIP),
    ("Export on the server", JobKind.EXPORT),
)
_WATERMARK = "RTA CCTV - Exported {timestamp}"


class SaveDialog(QDialog):
    """Range, camera, folder, name, format, and by which way the file comes.

    Signals:
        save_requested: A :class:`SaveOrder`; the dialog closes.
    """

    save_requested = Signal(object)

    def __init__(self, proposal: SaveProposal, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("save_dialog")
        self.setWindowTitle("Save clip")
        self.setMinimumWidth(560)
        self._proposal = proposal
        self._zone = zone
        self._name_is_ours = True
        self.folder = QLineEdit(str(proposal.folder), self)
        self.folder.setObjectName("save_folder")
        self.file_name = QLineEdit(self)
        self.file_name.setObjectName("save_file_name")
        self.container = self._combo("save_container", [text for text, _ in _CONTAINERS])
        self.quality = self._combo("save_quality", [text for text, _ in _QUALITIES])
        self.route = self._combo("save_route", [text for text, _ in _ROUTES])
        self.audio = CheckBox("Include sound", self)
        self.audio.setObjectName("save_audio")
        self.audio.setChecked(True)
        self.watermark = CheckBox("Burn a text into the picture", self)
        self.watermark.setObjectName("save_watermark")
        self.watermark_text = QLineEdit(_WATERMARK, self)
        self.watermark_text.setObjectName("save_watermark_text")
        self.reason = QLabel(self)
        self.reason.setObjectName("save_reason")
        self.coverage = QLabel(coverage_text(proposal), self)
        self.coverage.setObjectName("save_coverage")
        self.ok = QPushButton("Save", self)
        self.ok.setObjectName("save_ok")
        self.ok.setProperty("role", "primary")
        self.ok.setDefault(True)
        self._chooser: QFileDialog | None = None
        self._build()
        kinds = [kind for _, kind in _ROUTES]
        self.route.setCurrentIndex(kinds.index(proposal.prefer))
        self._connect()
        self._update()

    def _combo(self, name: str, texts: list[str]) -> ComboBox:
        combo = ComboBox(self)
        combo.setObjectName(name)
        combo.addItems(texts)
        return combo

    def _build(self) -> None:
        heading = QLabel(self._proposal.camera.name, self)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setProperty("role", "heading")
        span = self._proposal.span
        length = times.format_duration(span.duration_ms)
        shown = QLabel(
            f"In    {times.format_with_zone(span.start_ms, self._zone, fraction=True)}\n"
            f"Out  {times.format_with_zone(span.end_ms, self._zone, fraction=True)}\n"
            f"{length}",
            self,
        )
        shown.setObjectName("save_range")
        browse = QPushButton("Browse\N{HORIZONTAL ELLIPSIS}", self)
        browse.setObjectName("save_browse")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._on_browse)
        folder_row = QHBoxLayout()
        folder_row.addWidget(self.folder, 1)
        folder_row.addWidget(browse)
        form = QFormLayout()
        form.setSpacing(10)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("Time", shown)
        folder_label = QLabel("F&older", self)
        folder_label.setBuddy(self.folder)
        form.addRow(folder_label, folder_row)
        form.addRow("File &name", self.file_name)
        form.addRow("&Format", self.container)
        form.addRow("&Quality", self.quality)
        form.addRow("", self.audio)
        form.addRow("", self.watermark)
        form.addRow("&Text", self.watermark_text)
        form.addRow("&Way", self.route)
        box = QVBoxLayout(self)
        box.setContentsMargins(22, 18, 22, 18)
        box.setSpacing(14)
        box.addWidget(heading)
        box.addLayout(form)
        box.addWidget(self._notes())
        box.addLayout(self._buttons())

    def _notes(self) -> QFrame:
        frame = QFrame(self)
        frame.setObjectName("note_box")
        notes = QVBoxLayout(frame)
        notes.setContentsMargins(12, 9, 12, 9)
        notes.setSpacing(3)
        for label in (self.coverage, self.reason):
            label.setWordWrap(True)
            notes.addWidget(label)
        return frame

    def _buttons(self) -> QHBoxLayout:
        cancel = QPushButton("Cancel", self)
        cancel.setObjectName("save_cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.ok)
        return row

    def _connect(self) -> None:
        for combo in (self.container, self.quality, self.route):
            combo.currentIndexChanged.connect(self._on_changed)
        for check in (self.audio, self.watermark):
            check.toggled.connect(self._on_changed)
        for edit in (self.folder, self.watermark_text):
            edit.textChanged.connect(self._on_changed)
        self.file_name.textEdited.connect(self._on_name_edited)
        self.ok.clicked.connect(self._on_ok)

    def order(self) -> SaveOrder:
        """What is chosen now."""
        container = _CONTAINERS[self.container.currentIndex()][1]
        name = clean_name(self.file_name.text())
        if Path(name).suffix.lower() != f".{container}":
            name = clean_name(f"{name}.{container}")
        return SaveOrder(
            self._proposal.camera,
            self._request(),
            Path(self.folder.text().strip()),
            name,
            self._route(),
        )

    def _request(self) -> SaveRequest:
        text = self.watermark_text.text().strip()
        return SaveRequest(
            camera_id=self._proposal.camera.camera_id,
            span=self._proposal.span,
            container=_CONTAINERS[self.container.currentIndex()][1],
            quality=_QUALITIES[self.quality.currentIndex()][1],
            include_audio=self.audio.isChecked(),
            watermark=Watermark(text) if self.watermark.isChecked() and text else None,
        )

    def _route(self) -> Route:
        kind = _ROUTES[self.route.currentIndex()][1]
        if kind is None:
            return choose(self._request(), self._proposal.estimated_bytes)
        return overrule(self._request(), kind)

    def _update(self) -> None:
        route = self._route()
        self.reason.setText(route.reason)
        self.watermark_text.setEnabled(self.watermark.isChecked())
        if self._name_is_ours:
            container = _CONTAINERS[self.container.currentIndex()][1]
            span = self._proposal.span
            name = default_name(self._proposal.camera.name, span, self._zone, container)
            self.file_name.setText(name)
        complete = bool(self.folder.text().strip() and self.file_name.text().strip())
        self.ok.setEnabled(complete)

    @Slot()
    def _on_changed(self) -> None:
        self._update()

    @Slot()
    def _on_name_edited(self) -> None:
        self._name_is_ours = False
        self._update()

    @Slot()
    def _on_browse(self) -> None:
        chooser = QFileDialog(self, "Choose a folder", self.folder.text())
        chooser.setObjectName("save_folder_chooser")
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self._on_folder_chosen)
        self._chooser = chooser
        chooser.open()

    @Slot(str)
    def _on_folder_chosen(self, folder: str) -> None:
        self.folder.setText(str(Path(folder)))

    @Slot()
    def _on_ok(self) -> None:
        order = self.order()
        self.accept()
        self.save_requested.emit(order)
