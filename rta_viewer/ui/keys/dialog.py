"""Changing keys: a list of all actions, a field that takes the next key, a warning where it is taken."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rta_viewer.core.texts import tr
from rta_viewer.qt.dialogs import resize_within_screen
from rta_viewer.ui.keys.keymap import MOST_KEYS, KeyMap, native, normal, why_not
from rta_viewer.ui.leading import align_labels

_NAME = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class KeyRow:
    """An action as the dialog lists it."""

    name: str
    menu: str
    text: str


class KeyDialog(QDialog):
    """Show it with ``open()``.

    Signals:
        keys_chosen: The :class:`KeyMap` of somebody who said OK.
    """

    keys_chosen = Signal(object)

    def __init__(self, rows: Sequence[KeyRow], keys: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("key_dialog")
        self.setWindowTitle(tr("Change keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within_screen(self, 620, 620)
        self._texts = {row.name: row.text for row in rows}
        self._keys = keys
        self._menus: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self.filter = QLineEdit(self)
        self.filter.setObjectName("key_filter")
        self.filter.setPlaceholderText(tr("Find an action or a key"))
        self.filter.setAccessibleName(tr("Find an action or a key"))
        self.filter.setClearButtonEnabled(True)
        self.list = QTreeWidget(self)
        self.list.setObjectName("key_list")
        self.list.setAccessibleName(tr("Actions and their keys"))
        self.list.setHeaderLabels([tr("Action"), tr("Keys")])
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setStretchLastSection(False)
        self.list.setColumnWidth(1, 230)
        self.list.setRootIsDecorated(False)
        self.edit = QKeySequenceEdit(self)
        self.edit.setObjectName("key_edit")
        self.edit.setAccessibleName(tr("New key: press it"))
        self.edit.setMaximumSequenceLength(1)
        self.warning = QLabel(self)
        self.warning.setObjectName("key_warning")
        self.warning.setWordWrap(True)
        self.warning.setMinimumHeight(2 * self.fontMetrics().height() + 6)
        self.use = self._button(
            "key_use", tr("&Use this key"), tr("Only this key starts the action")
        )
        self.add = self._button("key_add", tr("Use it &too"), tr("The keys that it has stay"))
        self.remove = self._button("key_remove", tr("&No key"), tr("The action stays in its menu"))
        self.reset = self._button("key_reset", tr("&As it was"), tr("The program's own keys"))
        self._lay_out()
        align_labels(self)
        self._fill(rows)
        self.filter.textChanged.connect(self._on_filter_changed)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.edit.keySequenceChanged.connect(self._on_key_pressed)
        self.use.clicked.connect(self._on_use)
        self.add.clicked.connect(self._on_add)
        self.remove.clicked.connect(self._on_remove)
        self.reset.clicked.connect(self._on_reset)
        self.filter.setFocus()

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setToolTip(tip)
        return button

    def _lay_out(self) -> None:
        self.chosen = QLabel(self)
        self.chosen.setProperty("role", "title")
        row = QHBoxLayout()
        row.addWidget(QLabel(tr("New key"), self))
        row.addWidget(self.edit, 1)
        row.addWidget(self.use)
        row.addWidget(self.add)
        more = QHBoxLayout()
        more.addWidget(self.chosen, 1)
        more.addWidget(self.remove)
        more.addWidget(self.reset)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.RestoreDefaults, self)
        everything = buttons.button(kinds.RestoreDefaults)
        everything.setText(tr("&Reset all"))
        everything.setObjectName("key_reset_all")
        ok = buttons.button(kinds.Ok)
        ok.setProperty("role", "primary")
        # Qt dressed it when it came into its box.
        ok.style().unpolish(ok)
        ok.style().polish(ok)
        ok.setDefault(True)
        for button in buttons.buttons():
            button.setIcon(QIcon())
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        everything.clicked.connect(self._on_reset_all)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(10)
        box.addWidget(self.filter)
        box.addWidget(self.list, 1)
        box.addLayout(more)
        box.addLayout(row)
        box.addWidget(self.warning)
        box.addWidget(buttons)

    def _fill(self, rows: Sequence[KeyRow]) -> None:
        titles: dict[str, QTreeWidgetItem] = {}
        for row in rows:
            menu = titles.get(row.menu)
            if menu is None:
                menu = titles[row.menu] = QTreeWidgetItem(self.list, [row.menu])
                menu.setFlags(Qt.ItemFlag.ItemIsEnabled)
                menu.setFirstColumnSpanned(True)
                self._menus.append((menu, []))
            item = QTreeWidgetItem(menu, [row.text])
            item.setData(0, _NAME, row.name)
            next(items for title, items in self._menus if title is menu).append(item)
        self.list.expandAll()
        self._show_keys()
        self.list.setCurrentItem(self._items()[0])
        self._on_chosen()

    def _items(self) -> list[QTreeWidgetItem]:
        return [item for _, items in self._menus for item in items]

    def _show_keys(self) -> None:
        for item in self._items():
            keys = self._keys.keys(str(item.data(0, _NAME)))
            item.setText(1, "   ".join(native(key) for key in keys))

    @property
    def _name(self) -> str:
        item = self.list.currentItem()
        return str(item.data(0, _NAME) or "") if item is not None else ""

    @property
    def _pressed(self) -> str:
        return normal(self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText))

    def _say(self, text: str, role: str = "quiet") -> None:
        self.warning.setText(text)
        self.warning.setProperty("role", role)
        self.warning.style().unpolish(self.warning)
        self.warning.style().polish(self.warning)

    def _give(self, keys: KeyMap) -> None:
        self._keys = keys
        self._show_keys()
        if self.use.hasFocus() or self.add.hasFocus():
            # They are disabled next, and hand the focus on: a second Enter would take the key away again.
            self.list.setFocus()
        self.edit.clear()
        self._on_chosen()

    @Slot()
    def _on_chosen(self) -> None:
        self.chosen.setText(self._texts.get(self._name, ""))
        for widget in (self.edit, self.remove, self.reset):
            widget.setEnabled(bool(self._name))
        self._on_key_pressed()

    @Slot()
    def _on_key_pressed(self) -> None:
        """Say what the key that was pressed does now, before it is given away."""
        pressed, name = self._pressed, self._name
        refusal = why_not(pressed) if pressed else ""
        owner = self._keys.owner(pressed) if pressed else ""
        usable = bool(pressed and name and not refusal and owner != name)
        self.use.setEnabled(usable)
        self.add.setEnabled(usable and len(self._keys.keys(name)) < MOST_KEYS)
        if refusal:
            self._say(refusal, "danger")
        elif owner == name and name:
            self._say(tr("{pressed} does this already.", pressed=native(pressed)))
        elif owner:
            self._say(
                tr(
                    "{pressed} is the key for "
                    "\N{LEFT DOUBLE QUOTATION MARK}{texts}\N{RIGHT DOUBLE QUOTATION MARK}. It will "
                    "not be any more.",
                    pressed=native(pressed),
                    texts=self._texts[owner],
                ),
                "warning",
            )
        elif pressed:
            self._say(tr("{pressed} is free.", pressed=native(pressed)))
        else:
            self._say(tr("Choose an action, click into the field and press the new key."))

    @Slot()
    def _on_use(self) -> None:
        self._give(self._keys.with_keys(self._name, [self._pressed]))

    @Slot()
    def _on_add(self) -> None:
        name = self._name
        self._give(self._keys.with_keys(name, [*self._keys.keys(name), self._pressed]))

    @Slot()
    def _on_remove(self) -> None:
        self._give(self._keys.with_keys(self._name, []))

    @Slot()
    def _on_reset(self) -> None:
        self._give(self._keys.with_default(self._name))

    @Slot()
    def _on_reset_all(self) -> None:
        self._give(self._keys.with_defaults())

    @Slot(str)
    def _on_filter_changed(self, text: str) -> None:
        wanted = text.casefold().split()
        for menu, items in self._menus:
            for item in items:
                said = f"{menu.text(0)} {item.text(0)} {item.text(1)}".casefold()
                item.setHidden(not all(word in said for word in wanted))
            menu.setHidden(all(item.isHidden() for item in items))
        shown = next((item for item in self._items() if not item.isHidden()), None)
        if shown is not None:
            self.list.setCurrentItem(shown)

    @Slot()
    def _on_accepted(self) -> None:
        self.keys_chosen.emit(self._keys)
        self.accept()
