"""Signing in without blocking the window, and being able to change one's mind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.discovery import Finding, Outcome, Step
from rta_viewer.core.secret import Secret
from rta_viewer.core.servers import KnownServer
from rta_viewer.errors import RtaError
from rta_viewer.qt.turns import next_turn
from rta_viewer.qt.workers import Lane, Task
from rta_viewer.ui.sign_in.dialog import SignInDialog
from rta_viewer.ui.sign_in.request import SignInRequest

TellFinding = Callable[[Finding], None]
_WELL = {Outcome.GOOD, Outcome.UNKNOWN}


class SignInDesk(Protocol):
    """What signing in needs. Calls that may take long are marked; they are made on worker threads."""

    def connect(self, request: SignInRequest, cancel: CancelToken, found: TellFinding) -> Any:
        """Sign in; the session. Takes long. Tells findings for a server that is new here."""
        ...

    def discard(self, session: Any) -> None:
        """End a session that nobody will use. Takes long."""
        ...

    def saved_password(self, server: str, username: str) -> Secret | None:
        """From the keyring. Takes long."""
        ...

    def pin(self, server: str, fingerprint: str) -> None:
        """Take only this certificate from the server from now on; raises UsageError."""
        ...

    def servers(self) -> Sequence[KnownServer]:
        """What is known, the latest used first."""
        ...

    @property
    def may_save_passwords(self) -> bool:
        """False where the administrator forbids it."""
        ...

    @property
    def may_add_servers(self) -> bool:
        """False where only the administrator's servers are allowed."""
        ...


@dataclass(frozen=True, slots=True)
class _Told:
    generation: int
    finding: Finding


class SignInController(QObject):
    """Signs in on a lane for what the dialog asks.

    Signals:
        signed_in: The session.
    """

    signed_in = Signal(object)
    _finding_told = Signal(object)

    def __init__(
        self, dialog: SignInDialog, desk: SignInDesk, lane: Lane, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._dialog = dialog
        self._desk = desk
        self._lane = lane
        self._task: Task | None = None
        self._generation = 0
        self._asked: SignInRequest | None = None
        self._all_well = True
        self._held: object | None = None
        self._finding_told.connect(self._on_finding_told, Qt.ConnectionType.QueuedConnection)
        dialog.sign_in_requested.connect(self.try_now)
        dialog.sign_in_cancelled.connect(self.stop)
        dialog.changed.connect(self.let_go)
        dialog.continue_requested.connect(self._on_continue)
        dialog.pin_requested.connect(self._on_pin)
        dialog.servers.server_chosen.connect(self._on_server_chosen)
        dialog.rejected.connect(self.stop)
        self.show_servers()

    def show_servers(self) -> None:
        """Fill the dialog's list again."""
        self._dialog.set_servers(
            self._desk.servers(),
            may_save_passwords=self._desk.may_save_passwords,
            may_add=self._desk.may_add_servers,
        )

    @Slot(object)
    def try_now(self, request: SignInRequest) -> None:
        """Sign in with this; a try that is still running is given up."""
        self.stop()
        self._asked, self._all_well = request, not request.look
        self._dialog.set_busy(True)
        desk, tell = self._desk, self._teller()
        made: list[object] = []

        def work(cancel: CancelToken) -> object:
            made.append(desk.connect(request, cancel, tell))
            return made[-1]

        def too_late() -> None:
            # The operator has thought better of it, maybe just before the session was delivered.
            for session in made:
                self._discard(session)

        self._task = self._lane.submit(work, self, self._on_success, self._on_failure, too_late)

    def _teller(self) -> TellFinding:
        generation, told = self._generation, self._finding_told
        return lambda finding: told.emit(_Told(generation, finding))

    @Slot()
    def stop(self) -> None:
        """Give up what is running, and what was found."""
        self._generation += 1
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.let_go()

    @Slot()
    def let_go(self) -> None:
        """End the session that waits for the operator's consent, if there is one."""
        held, self._held = self._held, None
        if held is not None:
            self._discard(held)

    def _discard(self, session: object) -> None:
        desk = self._desk
        self._lane.submit(lambda _: desk.discard(session), self, _ignore, _ignore, must_run=True)

    def fill_in(self, server: str, username: str) -> None:
        """Start with this server; its saved password follows when the keyring has answered."""
        self._dialog.fill_in(SignInRequest(server, username, Secret("")))
        if username and self._desk.may_save_passwords:
            self._load_password(server, username)

    def _load_password(self, server: str, username: str) -> None:
        dialog, desk = self._dialog, self._desk

        def found(password: Secret | None) -> None:
            untouched = dialog.request()
            same = (untouched.server, untouched.username) == (server, username)
            if password is not None and same and not untouched.password:
                dialog.fill_in(SignInRequest(server, username, password, remember=True))

        self._lane.submit(
            lambda _: desk.saved_password(server, username), self, found, dialog.show_error
        )

    @Slot(object)
    def _on_server_chosen(self, server: KnownServer) -> None:
        self.fill_in(server.entry.address, server.entry.username)

    @Slot(object)
    def _on_finding_told(self, told: _Told) -> None:
        if told.generation != self._generation or self._asked is None:
            return
        finding = told.finding
        accepted = finding.step is Step.ENCRYPTION and self._asked.accept_plain
        self._all_well = self._all_well and (accepted or finding.outcome in _WELL)
        self._dialog.show_finding(finding)

    def _on_success(self, session: object) -> None:
        self._task = None
        if self._all_well:
            self._enter(session)
        else:
            self._held = session
            self._dialog.show_ready()

    def _on_failure(self, error: RtaError) -> None:
        self._task = None
        self._dialog.show_error(error)

    @Slot()
    def _on_continue(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            self._enter(held)

    def _enter(self, session: object) -> None:
        self.signed_in.emit(session)
        # Without it the whole window is drawn anew.
        next_turn(self._dialog, self._close_dialog)

    def _close_dialog(self) -> None:
        # Another one may have been opened instead of it meanwhile, by who was told of the session.
        if self._dialog.isVisible():
            self._dialog.accept()

    @Slot(str)
    def _on_pin(self, fingerprint: str) -> None:
        request = self._asked
        if request is None:
            return
        try:
            self._desk.pin(request.server, fingerprint)
        except RtaError as err:
            self._dialog.show_error(err)
            return
        self.show_servers()
        self.try_now(replace(request, look=True))
        # The decision was made just now.
        self._all_well = True


def _ignore(_result: object) -> None:
    """Nothing to do with it."""
