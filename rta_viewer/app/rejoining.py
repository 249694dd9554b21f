"""Servers that shared a server's window come back with it: who signs in there finds all cameras again.

Which ones is kept for each server and user, beside the window's geometry. One try for each, with its saved
password, after the first server is there and without anybody having to wait. What needs a person is shown
below the camera tree.
"""

import json
import logging
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from rta_viewer.app.joined import prefix_of
from rta_viewer.app.server_desk import ServerDesk
from rta_viewer.app.services import Services
from rta_viewer.app.session import Session
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.servers import ServerEntry
from rta_viewer.core.texts import mark, tr
from rta_viewer.errors import RefusedError, RtaError
from rta_viewer.qt.kept_texts import KeptTexts
from rta_viewer.qt.workers import Task
from rta_viewer.ui.camera_tree.waiting import WaitingServer, WaitingServers
from rta_viewer.ui.sign_in.request import SignInRequest

MOST_SERVERS = 20
_GROUP = "joined"
_REFUSED = mark("The saved password does not work any more.")

_log = logging.getLogger(__name__)

Key = tuple[str, str]
"""Address and user."""


class Rejoining(QObject):
    """Signs in to them, keeps who is there, shows who is waited for. GUI thread.

    Signals:
        came: A :class:`Session` that is to join.
        sign_in_wanted: A :class:`ServerEntry` that a person wants to sign in to.
    """

    came = Signal(object)
    sign_in_wanted = Signal(object)

    def __init__(
        self,
        services: Services,
        desk: ServerDesk,
        panel: WaitingServers,
        settings: KeptTexts,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._desk = desk
        self._panel = panel
        self._settings = settings
        self._first: Key | None = None
        self._waiting: dict[Key, WaitingServer] = {}
        self._tasks: dict[Key, Task] = {}
        self._refused: set[Key] = set()
        panel.sign_in_wanted.connect(self._on_sign_in_wanted)
        panel.given_up.connect(self._on_given_up)

    def enter(self, first: Session) -> None:
        """Somebody has signed in: begin to bring back those that were beside this server."""
        self._first = first.key
        there = {one.key[0] for one in first.others}
        for key in self._read(first.key):
            entry = self._desk.entry_of(*key)
            if key[0] not in there and entry is not None:
                self._begin(key, replace(entry, username=key[1]))
        self._show()

    def leave(self) -> None:
        """Nobody is signed in; who was there is remembered."""
        self._first = None
        for task in self._tasks.values():
            task.cancel()
        self._tasks.clear()
        self._waiting.clear()
        self._show()

    def joined(self, session: Session) -> None:
        """A server is there."""
        self._refused.discard(session.key)
        self._drop(session.key[0])
        self._keep([key for key in self._kept() if key[0] != session.key[0]] + [session.key])

    def parted(self, address: str) -> None:
        """A server is not to be there any more."""
        self._drop(address)
        self._keep([key for key in self._kept() if key[0] != address])

    def forget(self, entry: ServerEntry) -> None:
        """It was taken off the list of servers: nowhere is it waited for."""

        def is_gone(key: Key) -> bool:
            return key[1] == entry.username and self._desk.is_at(entry, key[0])

        for key in filter(is_gone, list(self._waiting)):
            self._drop(key[0])
        for name in self._settings.keys(_GROUP):
            kept = self._texts(name)
            stay = [key for key in kept if not is_gone(key)]
            if stay != kept:
                self._write(name, stay)

    def awaits(self, camera_id: str) -> bool:
        """True for a camera of a server that is not there yet."""
        return any(camera_id.startswith(prefix_of(address)) for address, _ in self._waiting)

    def _begin(self, key: Key, entry: ServerEntry) -> None:
        if key in self._refused:
            self._wait_for(key, entry, tr(_REFUSED))
            return
        self._wait_for(key, entry, tr("Signing in\N{HORIZONTAL ELLIPSIS}"), busy=True)
        desk, made = self._desk, list[Session]()

        def work(cancel: CancelToken) -> Session | None:
            password = desk.saved_password(*key)
            cancel.raise_if_cancelled()
            if password is None:
                return None
            request = SignInRequest(*key, password, remember=True)
            made.append(desk.connect(request, cancel))
            return made[-1]

        def done(session: Session | None) -> None:
            self._tasks.pop(key, None)
            if session is None:
                self._wait_for(key, entry, tr("Not signed in."))
                self._show()
            else:
                self.came.emit(session)

        def failed(error: RtaError) -> None:
            self._tasks.pop(key, None)
            _log.info("a server did not join again: %s", error)
            if isinstance(error, RefusedError):
                # Accounts get locked by those who try again and again.
                self._refused.add(key)
            said = tr(_REFUSED) if isinstance(error, RefusedError) else error.summary
            self._wait_for(key, entry, said.partition(": pinned is")[0], details=str(error))
            self._show()

        def too_late() -> None:
            for session in made:
                end = partial(_end, session)
                self._services.closing.submit(end, self, _ignore, _ignore, must_run=True)

        self._tasks[key] = self._services.rejoins.submit(work, self, done, failed, too_late)

    def _wait_for(
        self, key: Key, entry: ServerEntry, text: str, *, details: str = "", busy: bool = False
    ) -> None:
        who = f"{key[1]} \N{MIDDLE DOT} {key[0]}"
        details = f"{who}\n{details}" if details else who
        self._waiting[key] = WaitingServer(*key, entry.title, text, details, busy)

    def _drop(self, address: str) -> None:
        for key in [key for key in self._waiting if key[0] == address]:
            del self._waiting[key]
            task = self._tasks.pop(key, None)
            if task is not None:
                task.cancel()
        self._show()

    def _show(self) -> None:
        self._panel.show_servers(tuple(self._waiting.values()))

    @Slot(object)
    def _on_sign_in_wanted(self, server: WaitingServer) -> None:
        entry = self._desk.entry_of(server.address, server.username)
        if entry is not None:
            self.sign_in_wanted.emit(replace(entry, username=server.username))

    @Slot(object)
    def _on_given_up(self, server: WaitingServer) -> None:
        self.parted(server.address)

    def _kept(self) -> list[Key]:
        return self._read(self._first) if self._first is not None else []

    def _keep(self, keys: list[Key]) -> None:
        if self._first is not None:
            self._write(_name_of(self._first), keys[-MOST_SERVERS:])

    def _read(self, first: Key) -> list[Key]:
        return self._texts(_name_of(first))

    def _texts(self, name: str) -> list[Key]:
        try:
            found = json.loads(self._settings.text(name) or "[]")
        except ValueError:
            return []
        pairs = found[:MOST_SERVERS] if isinstance(found, list) else []
        return [
            (one[0], one[1])
            for one in pairs
            if isinstance(one, list) and len(one) == 2 and all(isinstance(x, str) for x in one)
        ]

    def _write(self, name: str, keys: list[Key]) -> None:
        self._settings.put(name, json.dumps(keys) if keys else "")


def _name_of(first: Key) -> str:
    # A slash would be a folder of the settings, and addresses have slashes.
    return f"{_GROUP}/{first[0].replace('/', '_')} {first[1].replace('/', '_')}"


def _end(session: Session, _cancel: CancelToken) -> None:
    session.close()


def _ignore(_result: object) -> None:
    """Nothing to do with it."""
