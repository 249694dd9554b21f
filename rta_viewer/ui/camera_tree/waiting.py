"""Servers whose cameras belong into the tree and are not there: below it, each with a way to sign in."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from rta_viewer.core.texts import tr
from rta_viewer.ui.plain import plain_tip
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.transport.buttons import draw_icons, tool_button

_HIGHEST_PX = 190
_LONGEST_TEXT = 120


@dataclass(frozen=True, slots=True)
class WaitingServer:
    """One of them.

    Attributes:
        address, username: Who is waited for.
        title: The server's name.
        text: Why it is not there, one sentence.
        details: All that is known of that, for whoever points at it.
        busy: It is being signed in to.
    """

    address: str
    username: str
    title: str
    text: str
    details: str = ""
    busy: bool = False


class WaitingServers(QScrollArea):
    """A few lines a server; hidden while there is none.

    Signals:
        sign_in_wanted: Somebody wants to sign in there: its :class:`WaitingServer`.
        given_up: It is not to be waited for any more: its :class:`WaitingServer`.
    """

    sign_in_wanted = Signal(object)
    given_up = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("waiting_servers")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._servers: tuple[WaitingServer, ...] = ()
        self.hide()

    @property
    def servers(self) -> tuple[WaitingServer, ...]:
        """What is shown."""
        return self._servers

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        draw_icons(self, theme)

    def show_servers(self, servers: Sequence[WaitingServer]) -> None:
        """Show these and no others."""
        if tuple(servers) == self._servers:
            return
        self._servers = tuple(servers)
        # It may hold the button that was clicked just now.
        old = self.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        content = QWidget(self)
        content.setObjectName("waiting_content")
        box = QVBoxLayout(content)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for number, server in enumerate(servers):
            box.addWidget(self._entry(number, server))
        self.setWidget(content)
        draw_icons(self, self._theme)
        self.setVisible(bool(servers))
        self._fit()

    def _entry(self, number: int, server: WaitingServer) -> QWidget:
        entry = QFrame(self)
        entry.setObjectName("waiting_server")
        title, text = QLabel(server.title, entry), QLabel(entry)
        said = server.text
        text.setText(
            said if len(said) <= _LONGEST_TEXT else f"{said[:_LONGEST_TEXT]}\N{HORIZONTAL ELLIPSIS}"
        )
        text.setObjectName("waiting_text")
        text.setProperty("role", "quiet")
        for label in (title, text):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setToolTip(plain_tip(server.details))
        grid = QGridLayout(entry)
        grid.setContentsMargins(8, 5, 5, 6)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(title, 0, 0, 1, 2)
        grid.addWidget(text, 1, 0)
        if not server.busy:
            button = QPushButton(tr("Sign in"), entry)
            button.setObjectName("waiting_sign_in")
            button.setAccessibleName(tr("Sign in to {server}", server=server.title))
            button.setProperty("number", number)
            button.clicked.connect(self._on_sign_in)
            grid.addWidget(button, 1, 1, 1, 2, Qt.AlignmentFlag.AlignBottom)
        tip = tr("Do not show {server} here any more", server=server.title)
        away = tool_button(entry, "waiting_give_up", plain_tip(tip), icon="clear")
        away.setAccessibleName(tip)
        away.setProperty("role", "flat")
        away.setProperty("number", number)
        away.clicked.connect(self._on_give_up)
        grid.addWidget(away, 0, 2)
        return entry

    def _of(self, button: QObject | None) -> WaitingServer | None:
        number = button.property("number") if button is not None else None
        return self._servers[int(number)] if number is not None else None

    @Slot()
    def _on_sign_in(self) -> None:
        server = self._of(self.sender())
        if server is not None:
            self.sign_in_wanted.emit(server)

    @Slot()
    def _on_give_up(self) -> None:
        server = self._of(self.sender())
        if server is not None:
            self.given_up.emit(server)

    def _fit(self) -> None:
        """As high as its lines at this width, within reason."""
        content = self.widget()
        layout = content.layout() if content is not None else None
        if layout is not None:
            layout.activate()
            height = max(layout.heightForWidth(self.width()), layout.minimumSize().height())
            self.setFixedHeight(min(_HIGHEST_PX, height))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()
