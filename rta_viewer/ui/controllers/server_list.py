"""What can be done with the list of servers: edit, forget, bring and take away."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox

from rta_viewer.core.secret import Secret
from rta_viewer.core.servers import KnownServer, ServerEntry
from rta_viewer.core.texts import mark, tr, trn
from rta_viewer.errors import RtaError
from rta_viewer.qt.dialogs import open_over
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.sign_in.dialog import SignInDialog
from rta_viewer.ui.sign_in.edit_dialog import EditServerDialog
from rta_viewer.ui.sign_in.request import SignInRequest

_FILES = mark("Lists of servers (*.json)")


class ServerListDesk(Protocol):
    """Who keeps the list. Calls that take long are made on worker threads."""

    def change(self, old: ServerEntry, new: ServerEntry) -> None:
        """Keep other settings for a server; raises UsageError when they are not allowed."""
        ...

    def forget(self, entry: ServerEntry) -> None:
        """Take it off the list."""
        ...

    def forget_password(self, entry: ServerEntry) -> None:
        """Delete it from the keyring. Takes long."""
        ...

    def read_list(self, path: Path) -> Sequence[ServerEntry]:
        """The servers of a file. Takes long."""
        ...

    def add_list(self, entries: Sequence[ServerEntry]) -> int:
        """Put them on the list; how many are new. Raises UsageError where that is not allowed."""
        ...

    def write_list(self, path: Path) -> int:
        """Write the list; how many servers. Takes long."""
        ...


class ServerListController(QObject):
    """Does what the list's buttons ask.

    Signals:
        list_changed: Show it again.
        forgotten: A :class:`ServerEntry` that is gone: drop what else is kept of it.
        told: A sentence: what was done.
    """

    list_changed = Signal()
    forgotten = Signal(object)
    told = Signal(str)

    def __init__(
        self, dialog: SignInDialog, desk: ServerListDesk, lane: Lane, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._dialog = dialog
        self._desk = desk
        self._lane = lane
        self._asked: KnownServer | None = None
        self.editor: EditServerDialog | None = None
        self.question: QMessageBox | None = None
        self.chooser: QFileDialog | None = None
        panel = dialog.servers
        panel.edit_requested.connect(self.edit)
        panel.forget_requested.connect(self.ask_to_forget)
        panel.import_requested.connect(self._on_import)
        panel.export_requested.connect(self._on_export)

    @Slot(object)
    def edit(self, server: KnownServer) -> None:
        """Open its settings."""
        self.editor = EditServerDialog(server, self._dialog)
        self.editor.save_requested.connect(self._on_save)
        self.editor.finished.connect(self.editor.deleteLater)
        open_over(self.editor)

    @Slot(object)
    def _on_save(self, entry: ServerEntry) -> None:
        editor = self.editor
        if editor is None:
            return
        old = editor.server.entry
        try:
            self._desk.change(old, entry)
        except RtaError as err:
            editor.show_error(err)
            return
        if (old.address, old.username) != (entry.address, entry.username):
            # A password of one server or user is nothing for another.
            self._forget_password(old)
        editor.accept()
        self.list_changed.emit()

    @Slot(object)
    def ask_to_forget(self, server: KnownServer) -> None:
        """Ask what is to be forgotten: only the password, or all."""
        self._asked = server
        entry = server.entry
        box = QMessageBox(self._dialog)
        box.setObjectName("forget_server_box")
        box.setWindowTitle(tr("Forget"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(tr("What is to be forgotten of {server}?", server=entry.title))
        box.setInformativeText(
            tr("The password is deleted from this computer's keyring. Saved files stay.")
        )
        role = QMessageBox.ButtonRole
        only = box.addButton(tr("Only the password"), role.AcceptRole)
        every = box.addButton(
            tr("User and password") if server.fixed else tr("Server and password"),
            role.DestructiveRole,
        )
        box.addButton(tr("Cancel"), role.RejectRole)
        only.setObjectName("forget_password")
        every.setObjectName("forget_server")
        only.clicked.connect(self._on_forget_password)
        every.clicked.connect(self._on_forget_server)
        box.finished.connect(box.deleteLater)
        self.question = box
        open_over(box)

    @Slot()
    def _on_forget_password(self) -> None:
        if self._asked is not None:
            self._forget_password(self._asked.entry)
            self._dialog.password.clear()
            self.told.emit(
                tr("The password for {server} was deleted.", server=self._asked.entry.title)
            )

    @Slot()
    def _on_forget_server(self) -> None:
        server, self._asked = self._asked, None
        if server is None:
            return
        self._forget_password(server.entry)
        self._desk.forget(server.entry)
        # Of the administrator's server only who signs in is gone.
        address = server.entry.address if server.fixed else ""
        self._dialog.fill_in(SignInRequest(address, "", Secret("")))
        self.list_changed.emit()
        self.forgotten.emit(server.entry)

    def _forget_password(self, entry: ServerEntry) -> None:
        desk = self._desk
        self._lane.submit(
            lambda _: desk.forget_password(entry),
            self,
            _ignore,
            self._dialog.show_error,
            must_run=True,
        )

    @Slot()
    def _on_import(self) -> None:
        self._choose(
            tr("Import a list of servers"), QFileDialog.AcceptMode.AcceptOpen, self._import
        )

    @Slot()
    def _on_export(self) -> None:
        self._choose(
            tr("Export the list of servers"), QFileDialog.AcceptMode.AcceptSave, self._export
        )

    def _choose(self, title: str, mode: QFileDialog.AcceptMode, chosen: object) -> None:
        chooser = QFileDialog(self._dialog, title)
        chooser.setObjectName("server_list_chooser")
        chooser.setAcceptMode(mode)
        chooser.setNameFilter(tr(_FILES))
        chooser.setDefaultSuffix("json")
        chooser.fileSelected.connect(chosen)
        chooser.finished.connect(chooser.deleteLater)
        self.chooser = chooser
        chooser.open()

    @Slot(str)
    def _import(self, name: str) -> None:
        desk, path = self._desk, Path(name)

        def read(entries: Sequence[ServerEntry]) -> None:
            try:
                added = desk.add_list(entries)
            except RtaError as err:
                self._dialog.show_error(err)
                return
            self.list_changed.emit()
            self.told.emit(
                tr(
                    "{added} servers were added, {known} were known.",
                    added=added,
                    known=len(entries) - added,
                )
            )

        self._lane.submit(lambda _: desk.read_list(path), self, read, self._dialog.show_error)

    @Slot(str)
    def _export(self, name: str) -> None:
        desk, path = self._desk, Path(name)

        def written(count: int) -> None:
            self.told.emit(
                trn(
                    "{n} server was written to {file}, without passwords.",
                    "{n} servers were written to {file}, without passwords.",
                    count,
                    file=path.name,
                )
            )

        self._lane.submit(lambda _: desk.write_list(path), self, written, self._dialog.show_error)


def _ignore(_result: object) -> None:
    """Nothing to do with it."""
