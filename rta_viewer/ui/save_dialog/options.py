"""Where to, what they are called, and how they are made."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rta_viewer.core.jobs import JobKind
from rta_viewer.core.save_choices import (
    CONTAINERS,
    MOST_WATERMARK_TEMPLATE_CHARS,
    QUALITIES,
    GapPolicy,
    SaveChoices,
)
from rta_viewer.core.save_medium import Medium
from rta_viewer.core.texts import mark, tr
from rta_viewer.ui.controls import CheckBox
from rta_viewer.ui.folder_chooser import folder_chooser
from rta_viewer.ui.save_dialog.choice_box import ChoiceBox
from rta_viewer.ui.save_dialog.placeholders import NAME_WORDS, WATERMARK_WORDS, PlaceholderButton
from rta_viewer.ui.wrapped import WrappedLabel

_CONTAINER_WORDS = {"mp4": mark("MP4 (plays everywhere)"), "mkv": mark("MKV"), "avi": mark("AVI")}
_QUALITY_WORDS = {
    "": mark("Original, untouched"),
    "high": mark("High"),
    "medium": mark("Medium"),
    "low": mark("Low"),
}
_GAP_WORDS = {
    GapPolicy.TOGETHER: mark("One file; the time jumps where nothing was recorded"),
    GapPolicy.APART: mark("A file for each stretch without a gap"),
}
_MEDIUM_WORDS = {
    Medium.ANY: mark("Whole files"),
    Medium.FAT32: mark("Also volumes for FAT32 (4 GiB)"),
    Medium.DVD: mark("Also volumes for DVD (4.7 GB)"),
    Medium.BLU_RAY: mark("Also volumes for Blu-ray (25 GB)"),
}
_WAY_WORDS: dict[JobKind | None, str] = {
    None: mark("Automatic"),
    JobKind.CLIP: mark("Download now"),
    JobKind.EXPORT: mark("Export on the server"),
}
_MOST_NAME_CHARS = 120


class Options(QWidget):
    """The form on the right.

    Signals:
        changed: Something else is chosen.
        folder_changed: Another folder is written.

    Attributes:
        answers: The last folder that answered: Qt's chooser looks at the one where it begins, and would
            have the whole window wait for a share that is away.
    """

    changed = Signal()
    folder_changed = Signal()

    def __init__(self, folder: Path, choices: SaveChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self.folder = self._edit("save_folder", str(folder), tr("Folder"))
        self.browse = QPushButton(tr("&Browse\N{HORIZONTAL ELLIPSIS}"), self)
        self.browse.setObjectName("save_browse")
        self.package = self._edit("save_package", "", tr("Name of the folder for several files"))
        self.package.setMaxLength(_MOST_NAME_CHARS)
        self.names = self._edit("save_names", choices.name_template, tr("File names"))
        self.names.setMaxLength(_MOST_NAME_CHARS)
        for path in (self.folder, self.package, self.names):
            path.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.name_fields = PlaceholderButton(self.names, NAME_WORDS, self)
        self.names_preview = WrappedLabel("save_names_preview", self, "quiet")
        self.container = ChoiceBox("save_container", map(tr, _CONTAINER_WORDS.values()), self)
        self.quality = ChoiceBox("save_quality", map(tr, _QUALITY_WORDS.values()), self)
        self.audio = CheckBox(tr("Include s&ound"), self)
        self.audio.setObjectName("save_audio")
        self.watermark = CheckBox(tr("Burn a &text into the picture"), self)
        self.watermark.setObjectName("save_watermark")
        self.watermark_text = self._edit("save_watermark_text", choices.watermark_text, tr("Text"))
        self.watermark_text.setMaxLength(MOST_WATERMARK_TEMPLATE_CHARS)
        self.watermark_fields = PlaceholderButton(self.watermark_text, WATERMARK_WORDS, self)
        self.watermark_preview = WrappedLabel("save_watermark_preview", self, "quiet")
        self.gaps = ChoiceBox("save_gaps", map(tr, _GAP_WORDS.values()), self)
        self.medium = ChoiceBox("save_medium", map(tr, _MEDIUM_WORDS.values()), self)
        self.way = ChoiceBox("save_way", map(tr, _WAY_WORDS.values()), self)
        self._chooser: QFileDialog | None = None
        self.answers: Path | None = None
        self._build()
        self._show(choices)
        self._connect()

    def _edit(self, name: str, text: str, title: str) -> QLineEdit:
        edit = QLineEdit(text, self)
        edit.setObjectName(name)
        edit.setAccessibleName(title)
        return edit

    def _build(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(10)
        form.setVerticalSpacing(7)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self.folder, 1)
        where.addWidget(self.browse)
        _row(form, tr("Fo&lder"), self.folder, where)
        _row(form, tr("&Package"), self.package)
        _row(
            form,
            tr("File &names"),
            self.names,
            _stacked(self.names, self.name_fields, self.names_preview),
        )
        look = QHBoxLayout()
        look.setSpacing(8)
        look.addWidget(self.container, 1)
        quality = QLabel(tr("&Quality"), self)
        quality.setBuddy(self.quality)
        look.addWidget(quality)
        look.addWidget(self.quality, 1)
        _row(form, tr("&Format"), self.container, look)
        form.addRow("", self.audio)
        form.addRow("", self.watermark)
        text = _stacked(self.watermark_text, self.watermark_fields, self.watermark_preview)
        _row(form, tr("Te&xt"), self.watermark_text, text)
        _row(form, tr("&Gaps"), self.gaps)
        _row(form, tr("Si&ze"), self.medium)
        _row(form, tr("&Way"), self.way)

    def _show(self, choices: SaveChoices) -> None:
        self.container.setCurrentIndex(CONTAINERS.index(choices.container))
        self.quality.setCurrentIndex(QUALITIES.index(choices.quality))
        self.audio.setChecked(choices.include_audio)
        self.watermark.setChecked(choices.watermark)
        self.gaps.setCurrentIndex(list(_GAP_WORDS).index(choices.gaps))
        self.medium.setCurrentIndex(list(_MEDIUM_WORDS).index(choices.medium))
        self.way.setCurrentIndex(list(_WAY_WORDS).index(choices.way))
        self._on_changed()

    def _connect(self) -> None:
        for combo in (self.container, self.quality, self.gaps, self.medium, self.way):
            combo.currentIndexChanged.connect(self._on_changed)
        for check in (self.audio, self.watermark):
            check.toggled.connect(self._on_changed)
        for edit in (self.package, self.names, self.watermark_text):
            edit.textChanged.connect(self._on_changed)
        self.folder.textChanged.connect(self.folder_changed)
        self.browse.clicked.connect(self._on_browse)

    def propose_package(self, name: str | None) -> None:
        """What the folder of several files is called unless something is written.

        Empty for one file, None where the files of several cameras have no names yet.
        """
        # What is being typed would go on in the next field.
        self.package.setEnabled(name != "" or self.package.hasFocus())
        one = tr("One file goes into the folder itself")
        self.package.setPlaceholderText(one if name == "" else name or "")

    def show_watermark(self, text: str) -> None:
        """How the text will read; nothing while it is not burned in."""
        self.watermark_preview.setText(text)
        self.watermark_preview.setVisible(bool(text))

    @property
    def folder_path(self) -> Path:
        """Where to."""
        # Windows copies paths in quotes.
        return Path(self.folder.text().strip().strip('"'))

    @property
    def choices(self) -> SaveChoices:
        """Everything that is chosen here."""
        return replace(
            self._choices,
            name_template=self.names.text(),
            container=CONTAINERS[self.container.currentIndex()],
            quality=QUALITIES[self.quality.currentIndex()],
            include_audio=self.audio.isChecked(),
            watermark=self.watermark.isChecked(),
            watermark_text=self.watermark_text.text(),
            gaps=list(_GAP_WORDS)[self.gaps.currentIndex()],
            medium=list(_MEDIUM_WORDS)[self.medium.currentIndex()],
            way=list(_WAY_WORDS)[self.way.currentIndex()],
        )

    @Slot()
    def _on_changed(self) -> None:
        wanted = self.watermark.isChecked()
        self.watermark_text.setEnabled(wanted)
        self.watermark_fields.setEnabled(wanted)
        if not wanted:
            self.show_watermark("")
        self.changed.emit()

    @Slot()
    def _on_browse(self) -> None:
        title = tr("Choose a folder")
        chooser = folder_chooser(self, "save_folder_chooser", title, self.answers)
        chooser.fileSelected.connect(self._on_folder_chosen)
        self._chooser = chooser
        chooser.open()

    @Slot(str)
    def _on_folder_chosen(self, folder: str) -> None:
        self.folder.setText(str(Path(folder)))


def _stacked(edit: QWidget, button: QWidget, preview: QWidget) -> QVBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(edit, 1)
    row.addWidget(button)
    box = QVBoxLayout()
    box.setSpacing(3)
    box.addLayout(row)
    box.addWidget(preview)
    return box


def _row(
    form: QFormLayout, text: str, buddy: QWidget, field: QWidget | QBoxLayout | None = None
) -> None:
    label = QLabel(text)
    label.setBuddy(buddy)
    form.addRow(label, field or buddy)
