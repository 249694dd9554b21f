"""Who is signed in, and how that changes: the dialog, switching servers, passwords that stopped working."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from rta_viewer.app.server_desk import ServerDesk
from rta_viewer.app.services import Services
from rta_viewer.app.session import Session
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.secret import Secret
from rta_viewer.core.servers import KnownServer, ServerEntry
from rta_viewer.core.texts import mark, tr
from rta_viewer.errors import RefusedError, RtaError
from rta_viewer.qt.dialogs import open_over
from rta_viewer.qt.workers import Task, Work
from rta_viewer.ui.controllers.server_list import ServerListController
from rta_viewer.ui.controllers.sign_in import SignInController
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.sign_in.dialog import SignInDialog
from rta_viewer.ui.sign_in.request import SignInRequest

_SAVED_REFUSED = mark("The saved password does not work any more.")


class SigningIn(QObject):
    """Opens the dialog, signs in without it where a password is saved, keeps and replaces passwords.

    Signals:
        signed_in: The :class:`Session` to work with.
        joined: A :class:`Session` whose cameras are to be shown, too.
        parted: The address of a server whose cameras are not to be shown any more.
        forgotten: A :class:`ServerEntry` that was taken off the list.

    Attributes:
        dialog: The last one that was opened.
    """

    signed_in = Signal(object)
    joined = Signal(object)
    parted = Signal(str)
    forgotten = Signal(object)

    def __init__(self, services: Services, window: MainWindow) -> None:
        super().__init__(window)
        self.desk = ServerDesk(services)
        self.dialog: SignInDialog | None = None
        self._services = services
        self._window = window
        self._controller: SignInController | None = None
        self._lists: ServerListController | None = None
        self._joining = False
        self._asked = 0
        self._under_way: set[Task] = set()
        window.acts["sign_in"].triggered.connect(self.ask)
        window.messages.sign_in_requested.connect(self.ask_again)
        window.switch_menu.aboutToShow.connect(self._on_switch_menu)
        window.also_menu.aboutToShow.connect(self._on_also_menu)

    @Slot()
    def ask(self) -> None:
        """Open the dialog, filled with who was here last."""
        self._ask_for(joining=False)
        known = self.desk.servers()
        entry = known[0].entry if known else None
        self._open(entry)

    @Slot(str)
    def ask_again(self, server: str = "") -> None:
        """Open it for who is signed in now: a server does not take the password any more.

        Args:
            server: Which one of those in the window; the first one where it is not known.
        """
        session = self._services.session
        if session is None:
            self.ask()
            return
        joined = next((one for one in session.others if one.key[0] == server), None)
        self._ask_for(joining=joined is not None)
        self._open(self._entry_of(joined or session))

    def _open(self, entry: ServerEntry | None) -> SignInDialog:
        if self.dialog is not None:
            self.dialog.done(0)
        dialog = SignInDialog(self._window, self._window.theme)
        lane = self._services.sign_ins
        controller = SignInController(dialog, self.desk, lane, dialog)
        controller.signed_in.connect(self._on_signed_in)
        lists = ServerListController(dialog, self.desk, lane, dialog)
        lists.list_changed.connect(controller.show_servers)
        lists.forgotten.connect(self.forgotten)
        lists.told.connect(dialog.servers.show_note)
        dialog.finished.connect(self._on_finished)
        dialog.files_wanted.connect(self._window.acts["open_files"].trigger)
        dialog.files_dropped.connect(self._window.file_drop.files_dropped)
        self.dialog, self._controller, self._lists = dialog, controller, lists
        if entry is not None:
            controller.fill_in(entry.address, entry.username)
        open_over(dialog)
        return dialog

    @Slot()
    def _on_finished(self) -> None:
        # What was asked without signing in is not asked any more; a sign-in has been told by then.
        QTimer.singleShot(0, self, partial(self._forget_joining, self._asked))
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = self._controller = self._lists = None

    def _forget_joining(self, asked: int) -> None:
        if self._asked == asked:
            self._joining = False

    def _ask_for(self, *, joining: bool) -> None:
        self._joining = joining
        self._asked += 1

    def sign_in_with(self, request: SignInRequest, *, joins: bool = False) -> None:
        """Sign in without the dialog; it comes up once when that does not work.

        Args:
            request: Who, and where.
            joins: Beside who is there; otherwise nobody waits for what was asked for before.
        """
        if not joins:
            self.give_up()
        self._window.show_activity(
            tr("Signing in to {server}\N{HORIZONTAL ELLIPSIS}", server=request.server)
        )
        desk, made = self.desk, list[Session]()

        def work(cancel: CancelToken) -> Session:
            made.append(desk.connect(request, cancel))
            return made[-1]

        def failed(error: RtaError) -> None:
            self._window.show_activity("")
            refused = isinstance(error, RefusedError)
            self._ask_for(joining=joins)
            dialog = self._open(None)
            dialog.fill_in(replace(request, password=Secret("")) if refused else request)
            dialog.show_error(error, tr(_SAVED_REFUSED) if refused and request.remember else "")

        def too_late() -> None:
            for session in made:
                end = partial(_end, session)
                self._services.closing.submit(end, self, _ignore, _ignore, must_run=True)

        self._try(work, partial(self._enter, joins=joins), failed, too_late)

    def give_up(self) -> None:
        """Whatever is being signed in to without the dialog: nobody wants it any more."""
        for task in self._under_way:
            task.cancel()
        self._under_way.clear()

    def _try(
        self,
        work: Work,
        done: Callable[[Any], None],
        failed: Callable[[RtaError], None],
        too_late: Callable[[], None],
    ) -> None:
        """On the lane for sign-ins, unless it is given up."""

        def ended(tell: Callable[[Any], None], outcome: object) -> None:
            self._under_way.discard(task)
            tell(outcome)

        task = self._services.sign_ins.submit(
            work, self, partial(ended, done), partial(ended, failed), too_late
        )
        self._under_way.add(task)

    def switch_to(self, entry: ServerEntry) -> None:
        """Go to another server: at once where its password is saved, else by the dialog."""
        self._ask_for(joining=False)
        self._go_to(entry)

    def join(self, entry: ServerEntry) -> None:
        """Show a server's cameras beside those that are there."""
        self._ask_for(joining=self._services.session is not None)
        self._go_to(entry)

    @Slot(object)
    def ask_to_join(self, entry: ServerEntry) -> None:
        """Open the dialog for a server whose cameras are to be shown beside those that are there."""
        self._ask_for(joining=self._services.session is not None)
        self._open(entry)

    def _go_to(self, entry: ServerEntry) -> None:
        joins = self._joining
        if not joins:
            self.give_up()

        def found(password: Secret | None) -> None:
            if password is None:
                self._ask_for(joining=joins)
                self._open(entry)
            else:
                self.sign_in_with(
                    SignInRequest(entry.address, entry.username, password, remember=True),
                    joins=joins,
                )

        def failed(error: RtaError) -> None:
            self._window.messages.show_error(error)
            self._ask_for(joining=joins)
            self._open(entry)

        desk = self.desk
        self._try(
            lambda _: desk.saved_password(entry.address, entry.username), found, failed, _nothing
        )

    @Slot(object)
    def _on_signed_in(self, session: Session) -> None:
        """By the dialog."""
        joins, self._joining = self._joining, False
        if not joins:
            self.give_up()
        self._enter(session, joins=joins)

    def _enter(self, session: Session, *, joins: bool) -> None:
        before = self.desk.entry_of(*_asked(session))
        entry = self.desk.remember(session)
        self._keep_password(session.request, before, entry)
        first = self._services.session
        if joins and first is not None:
            # The one that others join is offered first next time.
            self.desk.remember(first)
        (self.joined if joins else self.signed_in).emit(session)

    def _keep_password(
        self, request: SignInRequest, before: ServerEntry | None, entry: ServerEntry
    ) -> None:
        """Kept if that was asked for, over an older one; else the older one goes."""
        desk, problem = self.desk, self._window.messages.show_error
        password = request.password
        if not desk.may_save_passwords:
            return
        if request.remember:
            self._services.sign_ins.submit(
                lambda _: desk.keep_password(entry, password), self, _ignore, problem, must_run=True
            )
        renamed = before is not None and before.address != entry.address
        old = before if renamed and before is not None else entry
        if self.desk.has_loaded(old) and (renamed or not request.remember):
            self._services.sign_ins.submit(
                lambda _: desk.forget_password(old), self, _ignore, _ignore, must_run=True
            )

    @Slot()
    def _on_switch_menu(self) -> None:
        menu, session = self._window.switch_menu, self._services.session
        here = {session.key[0]} if session is not None else set()
        self._fill(menu, here, self._on_switch)
        menu.addSeparator()
        menu.addAction(self._window.acts["sign_in"])

    @Slot()
    def _on_also_menu(self) -> None:
        menu, session = self._window.also_menu, self._services.session
        shown = {one.key[0] for one in session.others} if session is not None else set()
        self._fill(menu, shown, self._on_also)
        first = self._entry_of(session) if session is not None else None
        for action in menu.actions():
            server = action.data()
            action.setEnabled(
                session is not None
                and isinstance(server, KnownServer)
                and server.entry.address != (first.address if first is not None else "")
            )

    def _fill(self, menu: QMenu, checked: set[str], slot: Callable[[], None]) -> None:
        menu.clear()
        servers = self.desk.servers()
        titles = [server.entry.title for server in servers]
        for server in servers:
            entry = server.entry
            who = f" ({entry.username})" if entry.username else ""
            if titles.count(entry.title) > 1:
                who += f" \N{EN DASH} {entry.address}"
            # In a menu an ampersand underlines the letter after it.
            action = menu.addAction(f"{entry.title}{who}".replace("&", "&&"))
            action.setData(server)
            action.setCheckable(True)
            action.setChecked(any(self.desk.is_at(entry, address) for address in checked))
            action.triggered.connect(slot)

    def _entry_of(self, session: Session) -> ServerEntry | None:
        return self.desk.entry_of(*_asked(session))

    @Slot()
    def _on_switch(self) -> None:
        server = self._chosen()
        if server is not None:
            self.switch_to(server.entry)

    @Slot()
    def _on_also(self) -> None:
        server, session = self._chosen(), self._services.session
        if server is None or session is None:
            return
        here = [one.key[0] for one in session.others if self.desk.is_at(server.entry, one.key[0])]
        if here:
            self.parted.emit(here[0])
        else:
            self.join(server.entry)

    def _chosen(self) -> KnownServer | None:
        action = self.sender()
        server = action.data() if isinstance(action, QAction) else None
        return server if isinstance(server, KnownServer) else None


def _asked(session: Session) -> tuple[str, str]:
    return session.request.server, session.request.username


def _end(session: Session, _cancel: CancelToken) -> None:
    session.close()


def _ignore(_result: object) -> None:
    """Nothing to do with it."""


def _nothing() -> None:
    """Nothing was begun."""
