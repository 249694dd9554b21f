"""A desk for the sign-in dialog that knows servers and passwords by heart."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.certificate import Certificate, UntrustedCertificateError
from rta_viewer.core.discovery import Finding, Outcome, Step
from rta_viewer.core.secret import Secret
from rta_viewer.core.servers import KnownServer, PlainHttpError, ServerEntry
from rta_viewer.errors import RefusedError, ServerError, StorageError, UsageError
from rta_viewer.ui.sign_in.request import SignInRequest

FINGERPRINT = ":".join(["AB"] * 32)
OTHER = ":".join(["CD"] * 32)
CERTIFICATE = Certificate(
    FINGERPRINT,
    "CN=gate, O=Gate Süd",
    "CN=gate, O=Gate Süd",
    ("gate", "10.0.0.5"),
    1_761_300_000_000,
    1_792_836_000_000,
)


class FakeDesk:
    """The password is ``right``. Addresses decide what happens: see :meth:`connect`."""

    def __init__(self, *servers: KnownServer) -> None:
        self.known = list(servers)
        self.tried: list[SignInRequest] = []
        self.discarded: list[object] = []
        self.pinned: list[tuple[str, str]] = []
        self.passwords: dict[tuple[str, str], str] = {}
        self.let = threading.Event()
        self.let.set()
        self.locked = False
        self.may_save_passwords = True
        self.may_add_servers = True
        self.lists: dict[Path, Sequence[ServerEntry]] = {}

    def connect(
        self, request: SignInRequest, cancel: CancelToken, found: Callable[[Finding], None]
    ) -> str:
        self.tried.append(request)
        while not self.let.wait(0.01):
            cancel.raise_if_cancelled()
        if request.server == "http://html":
            raise ServerError("This is not a recording server.", "Check the address.")
        if "plain" in request.server and not request.accept_plain:
            raise PlainHttpError(request.server)
        if "unknown" in request.server and not self.pinned:
            error = UntrustedCertificateError("It is not trusted.", "Pin it.", CERTIFICATE)
            found(Finding(Step.ENCRYPTION, Outcome.BAD, str(error), CERTIFICATE, error))
            raise error
        if "changed" in request.server:
            raise UntrustedCertificateError(
                f"The certificate of {request.server} has changed: pinned is {OTHER}.",
                "Ask the server's administrator.",
                CERTIFICATE,
                (OTHER,),
            )
        if request.password.reveal() != "right":
            raise RefusedError("Wrong user or password.", "Check both.")
        if request.look or "notes" in request.server:
            outcome = Outcome.NOTE if "notes" in request.server else Outcome.GOOD
            found(Finding(Step.REACHABLE, Outcome.GOOD, "A server answers."))
            found(Finding(Step.CLOCK, outcome, "Its clock is 2 min ahead of this computer's."))
        return "session"

    def discard(self, session: object) -> None:
        self.discarded.append(session)

    def saved_password(self, server: str, username: str) -> Secret | None:
        if self.locked:
            raise StorageError("The keyring is locked.", "Unlock it.")
        kept = self.passwords.get((server, username))
        return Secret(kept) if kept else None

    def pin(self, server: str, fingerprint: str) -> None:
        if "site" in server:
            raise UsageError("The administrator forbids it.")
        self.pinned.append((server, fingerprint))

    def servers(self) -> list[KnownServer]:
        return list(self.known)

    def change(self, old: ServerEntry, new: ServerEntry) -> None:
        if "forbidden" in new.address:
            raise UsageError("The administrator forbids it.", "Ask the administrator.")
        self.known = [KnownServer(new) if one.entry == old else one for one in self.known]

    def forget(self, entry: ServerEntry) -> None:
        self.known = [one for one in self.known if one.entry != entry]

    def forget_password(self, entry: ServerEntry) -> None:
        self.passwords.pop((entry.address, entry.username), None)

    def read_list(self, path: Path) -> Sequence[ServerEntry]:
        if path not in self.lists:
            raise StorageError(f"{path.name} could not be read.")
        return self.lists[path]

    def add_list(self, entries: Sequence[ServerEntry]) -> int:
        if not self.may_add_servers:
            raise UsageError("The administrator forbids it.")
        self.known += [KnownServer(entry) for entry in entries]
        return len(entries)

    def write_list(self, path: Path) -> int:
        self.lists[path] = [one.entry for one in self.known]
        return len(self.known)
