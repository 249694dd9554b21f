"""A keyring that works, in memory, and can be made to wait."""

import threading

from rta_viewer.core.secret import Secret

_LIMIT_S = 20.0


class Ring:
    """Stands in for :class:`rta_viewer.platform.credentials.KeyringCredentials`.

    Attributes:
        kept: Passwords by server and user.
        unlocked: Who asks waits for this; None for nobody.
    """

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.unlocked: threading.Event | None = None

    def load(self, server: str, username: str) -> Secret | None:
        if self.unlocked is not None:
            self.unlocked.wait(_LIMIT_S)
        value = self.kept.get((server, username))
        return Secret(value) if value else None

    def save(self, server: str, username: str, password: Secret) -> None:
        self.kept[server, username] = password.reveal()

    def forget(self, server: str, username: str) -> None:
        self.kept.pop((server, username), None)

    def close(self) -> None:
        return
