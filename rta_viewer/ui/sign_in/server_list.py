"""The servers that are known here, and what can be done with the list."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rta_viewer.core.servers import KnownServer
from rta_viewer.core.texts import mark, tr
from rta_viewer.ui import icons
from rta_viewer.ui.plain import plain_tip
from rta_viewer.ui.theme.theme import Theme

_ROW_PX = 44
_ONLY_THESE = mark("The administrator of this computer allows only the servers of this list.")
_WIDTH_PX = 280


class ServerListPanel(QWidget):
    """A list and its buttons.

    Signals:
        server_chosen: Another line is the current one: its :class:`KnownServer`.
        server_activated: Double-click or Enter on it.
        add_requested, import_requested, export_requested: Nothing with them.
        edit_requested, forget_requested: The current :class:`KnownServer`.
    """

    server_chosen = Signal(object)
    server_activated = Signal(object)
    add_requested = Signal()
    edit_requested = Signal(object)
    forget_requested = Signal(object)
    import_requested = Signal()
    export_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(_WIDTH_PX)
        self._theme = theme
        self._servers: list[KnownServer] = []
        self.list = QListWidget(self)
        self.list.setObjectName("server_list")
        self.list.setAccessibleName(tr("Servers"))
        self.list.setIconSize(QSize(18, 18))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.add = self._button("server_add", tr("Add"))
        self.edit = self._button("server_edit_settings", tr("Edit\N{HORIZONTAL ELLIPSIS}"))
        self.forget = self._button("server_forget", tr("Forget\N{HORIZONTAL ELLIPSIS}"))
        self.more = QToolButton(self)
        self.more.setObjectName("server_more")
        self.more.setText("\N{HORIZONTAL ELLIPSIS}")
        self.more.setAccessibleName(tr("More"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        menu.setToolTipsVisible(True)
        self.import_action = menu.addAction(tr("&Import a list\N{HORIZONTAL ELLIPSIS}"))
        self.export_action = menu.addAction(tr("E&xport the list\N{HORIZONTAL ELLIPSIS}"))
        self.more.setMenu(menu)
        self.note = QLabel(self)
        self.note.setObjectName("server_list_note")
        self.note.setProperty("role", "quiet")
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.note.hide()
        self._build()
        self._connect()

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        return button

    def _build(self) -> None:
        title = QLabel(tr("Servers"), self)
        title.setProperty("role", "title")
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self.add, self.edit, self.forget):
            row.addWidget(button, 1)
        row.addWidget(self.more)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 14, 12, 12)
        box.setSpacing(8)
        box.addWidget(title)
        box.addWidget(self.list, 1)
        box.addWidget(self.note)
        box.addLayout(row)

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(self._on_current_changed)
        self.list.itemActivated.connect(self._on_activated)
        self.add.clicked.connect(self._on_add)
        self.edit.clicked.connect(self._on_edit)
        self.forget.clicked.connect(self._on_forget)
        self.import_action.triggered.connect(self.import_requested)
        self.export_action.triggered.connect(self.export_requested)

    def set_may_add(self, may_add: bool) -> None:
        """Whether servers may come to the list; where not, the reason is told where somebody points."""
        for control in (self.add, self.import_action):
            control.setEnabled(may_add)
            control.setToolTip("" if may_add else tr(_ONLY_THESE))

    def set_servers(self, servers: Sequence[KnownServer]) -> None:
        """Show these; nothing is chosen."""
        self._servers = list(servers)
        self.show_note("" if servers else tr("Servers that you sign in to are listed here."))
        self.list.blockSignals(True)
        self.list.clear()
        for server in servers:
            self.list.addItem(self._item(server))
        self.list.setCurrentRow(-1)
        self.list.blockSignals(False)
        self._update()

    def _item(self, server: KnownServer) -> QListWidgetItem:
        entry, colours = server.entry, self._theme.colours
        who = f"{entry.username} \N{MIDDLE DOT} " if entry.username else ""
        where = entry.address.removeprefix("https://")
        item = QListWidgetItem(f"{entry.title}\n{who}{where}")
        item.setSizeHint(QSize(0, _ROW_PX))
        unsafe = not entry.verify_tls and not entry.pins
        name = "warning" if unsafe else "state_not_allowed" if server.fixed else "server"
        colour = colours.danger if unsafe else colours.text_quiet
        item.setIcon(icons.icon(name, colour, selected=colours.on_accent))
        notes = [entry.address]
        notes += [tr("Set by the administrator of this computer")] if server.fixed else []
        notes += [tr("Its certificate is not verified")] if unsafe else []
        item.setToolTip(plain_tip("\n".join(notes)))
        return item

    @property
    def servers(self) -> tuple[KnownServer, ...]:
        """All lines."""
        return tuple(self._servers)

    @property
    def current(self) -> KnownServer | None:
        """The chosen line."""
        row = self.list.currentRow()
        return self._servers[row] if 0 <= row < len(self._servers) else None

    def choose(self, address: str, username: str = "") -> None:
        """Choose the line of an address, of that user first, without telling anybody; or none."""
        rows = [at for at, one in enumerate(self._servers) if one.entry.address == address]
        exact = [at for at in rows if self._servers[at].entry.username == username]
        self.list.blockSignals(True)
        self.list.setCurrentRow((exact or rows or [-1])[0])
        self.list.blockSignals(False)
        self._update()

    @Slot(str)
    def show_note(self, text: str) -> None:
        """What was done with the list."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _update(self) -> None:
        chosen = self.current is not None
        self.edit.setEnabled(chosen)
        self.forget.setEnabled(chosen)
        self.export_action.setEnabled(any(not one.fixed for one in self._servers))

    @Slot()
    def _on_current_changed(self) -> None:
        self._update()
        if self.current is not None:
            self.server_chosen.emit(self.current)

    @Slot()
    def _on_activated(self) -> None:
        if self.current is not None:
            self.server_activated.emit(self.current)

    @Slot()
    def _on_add(self) -> None:
        self.choose("")
        self.add_requested.emit()

    @Slot()
    def _on_edit(self) -> None:
        if self.current is not None:
            self.edit_requested.emit(self.current)

    @Slot()
    def _on_forget(self) -> None:
        if self.current is not None:
            self.forget_requested.emit(self.current)
