"""Passwords in the operating system's keyring. The only module that imports ``keyring``.

Windows Credential Manager, macOS Keychain, Secret Service or KWallet. There is no fall-back: without one
of these nothing is kept, and :meth:`KeyringCredentials.unavailable_reason` says so. Backends are named
here instead of searched for, because a packaged program finds none by entry point, and because backends
that write plain files must not be found.
"""

import errno
import logging
import os
import queue
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from rta_viewer.core.secret import Secret
from rta_viewer.core.texts import mark, tr
from rta_viewer.errors import StorageError

TIME_LIMIT_S = 30.0
CLOSE_LIMIT_S = 2.0
LONGEST_PASSWORD = 1_200
"""Windows keeps 2,560 bytes a credential, two for each character."""

MISSING = mark("This computer has no keyring that passwords could be kept in.")
MISSING_HINT = (
    mark(
        "Start one (GNOME Keyring, KWallet) to have passwords kept; until then you sign "
        "in each time."
    )
    if sys.platform.startswith("linux")
    else mark("Passwords are not kept; you sign in each time.")
)
_FULL_ON_WINDOWS = frozenset({8, 112, 1783, 1816})
"""Not enough memory, disk full, bad stub data (too large), not enough quota (System Error Codes)."""
_DENIED_ON_WINDOWS = frozenset({5, 1314})
"""Access denied, privilege not held."""
_SWITCHED_OFF = {"keyring.backends.null.Keyring", "keyring.backends.fail.Keyring"}

_log = logging.getLogger(__name__)


def system_backend() -> KeyringBackend | None:
    """This system's keyring, or None. May block; asks D-Bus on Linux.

    ``PYTHON_KEYRING_BACKEND`` set to keyring's null or fail backend switches it off.
    """
    if os.environ.get("PYTHON_KEYRING_BACKEND") in _SWITCHED_OFF:
        return None
    return next((kind() for kind in _kinds() if kind.viable), None)


def _kinds() -> list[type[KeyringBackend]]:
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        return [WinVaultKeyring]
    elif sys.platform == "darwin":  # noqa: RET505 - the type checker looks into one branch only
        from keyring.backends.macOS import Keyring

        return [Keyring]
    else:
        from keyring.backends import SecretService, kwallet

        return [SecretService.Keyring, kwallet.DBusKeyring]


class KeyringCredentials:
    """Passwords in the operating system's keyring. Any thread but the GUI's.

    A locked keyring asks its owner and may wait for ever, so calls are made on a thread of this object's
    own and given up after a time limit; while one hangs, others are refused at once.

    Args:
        find_backend: Called once, on the keyring thread.
        time_limit_s: For each call.
    """

    def __init__(
        self,
        find_backend: Callable[[], KeyringBackend | None] = system_backend,
        *,
        time_limit_s: float = TIME_LIMIT_S,
    ) -> None:
        self._find_backend = find_backend
        self._time_limit_s = time_limit_s
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._hanging: Future[Any] | None = None
        self._closed = False

    def load(self, server: str, username: str) -> Secret | None:
        """The saved password, or None, also when there is no keyring.

        Raises:
            StorageError: The keyring is locked, does not answer or fails.
        """
        value = self._call(lambda ring: ring and ring.get_password(_service(server), username))
        return Secret(value) if value else None

    def save(self, server: str, username: str, password: Secret) -> None:
        """Keep it.

        Raises:
            StorageError: There is no keyring, it is locked, does not answer or fails.
        """
        if len(password.reveal()) > LONGEST_PASSWORD:
            raise StorageError(
                tr("This password is too long to be kept."), tr("You sign in each time.")
            )

        def put(ring: KeyringBackend | None) -> bool:
            if ring is not None:
                ring.set_password(_service(server), username, password.reveal())
            return ring is not None

        if not self._call(put):
            raise StorageError(tr(MISSING), tr(MISSING_HINT))

    def forget(self, server: str, username: str) -> None:
        """Delete it; nothing saved is fine, no keyring too.

        Raises:
            StorageError: The keyring is locked, does not answer or fails.
        """

        def delete(ring: KeyringBackend | None) -> None:
            # Backends word "there is none" differently, so ask first.
            if ring is not None and ring.get_password(_service(server), username) is not None:
                ring.delete_password(_service(server), username)

        self._call(delete)

    def unavailable_reason(self) -> str:
        """One sentence why passwords are not kept here; empty when they are."""
        try:
            has_ring = self._call(lambda ring: ring is not None)
            return "" if has_ring else f"{tr(MISSING)} {tr(MISSING_HINT)}"
        except StorageError as err:
            return str(err)

    def close(self) -> None:
        """End the thread; one that hangs in the keyring is left behind as a daemon. Idempotent."""
        with self._lock:
            self._closed = True
            thread, self._thread = self._thread, None
        if thread is not None:
            self._tasks.put(None)
            thread.join(CLOSE_LIMIT_S)

    def _call(self, work: "Callable[[KeyringBackend | None], Any]") -> Any:
        future: Future[Any] = Future()
        with self._lock:
            if self._closed:
                raise StorageError(tr("The keyring was closed."), tr("Start the program again."))
            if self._hanging is not None and not self._hanging.done():
                raise _no_answer()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="keyring", daemon=True)
                self._thread.start()
            self._tasks.put((work, future))
        try:
            failure = future.exception(self._time_limit_s)
        except TimeoutError as err:
            with self._lock:
                self._hanging = future
            raise _no_answer() from err
        if failure is not None:
            # The backend's words are left to the log: they may quote what they were given.
            raise _refused(failure) from failure
        return future.result()

    def _run(self) -> None:
        ring: KeyringBackend | None = None
        looked = False
        while (task := self._tasks.get()) is not None:
            work, future = task
            try:
                if not looked:
                    ring, looked = self._find_backend(), True
                future.set_result(work(ring))
            except Exception as err:  # noqa: BLE001 - the thread's outermost line; raised in the caller
                _log.warning("The keyring failed: %s", type(err).__name__)
                future.set_exception(err)


_Task = tuple[Callable[[KeyringBackend | None], Any], "Future[Any]"]


def _service(server: str) -> str:
    return f"RTA Viewer {server}"


def _refused(failure: BaseException) -> StorageError:
    """What went wrong, told apart as far as the systems tell."""
    on_windows, code = getattr(failure, "winerror", None), getattr(failure, "errno", None)
    if isinstance(failure, KeyringLocked):
        return StorageError(
            tr("The keyring is locked."),
            tr("Unlock it. Until that is solved a password serves for this session only."),
        )
    if on_windows in _FULL_ON_WINDOWS or code == errno.ENOSPC:
        return StorageError(
            tr("The keyring is full."),
            tr(
                "Delete what is not needed. Until that is solved a password serves for this session only."
            ),
        )
    if on_windows in _DENIED_ON_WINDOWS or isinstance(failure, PermissionError):
        return StorageError(
            tr("The keyring denies this program access."),
            tr("Allow it there. Until that is solved a password serves for this session only."),
        )
    return StorageError(
        tr("The keyring refused or failed."),
        tr("See to it. Until that is solved a password serves for this session only."),
    )


def _no_answer() -> StorageError:
    return StorageError(
        tr("The keyring does not answer; it may be waiting for somebody to unlock it."),
        tr("Unlock it. Until that is solved a password serves for this session only."),
    )
