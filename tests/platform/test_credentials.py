import errno
import importlib.metadata
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import keyring.backend
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from rta_viewer.core.secret import Secret
from rta_viewer.errors import StorageError
from rta_viewer.platform import credentials
from rta_viewer.platform.credentials import KeyringCredentials

HOST = "https://recorder.example"


class Ring(KeyringBackend):
    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.threads: set[str] = set()
        self.gate = threading.Event()
        self.gate.set()
        self.failure: Exception | None = None

    def _enter(self) -> None:
        self.threads.add(threading.current_thread().name)
        self.gate.wait(20)
        if self.failure is not None:
            raise self.failure

    def get_password(self, service: str, username: str) -> str | None:
        self._enter()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._enter()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._enter()
        if (service, username) not in self.kept:
            raise PasswordDeleteError("none")
        del self.kept[service, username]


@pytest.fixture
def ring() -> Ring:
    return Ring()


Open = Callable[..., KeyringCredentials]


@pytest.fixture
def open_store(ring: Ring) -> Iterator[Open]:
    opened: list[KeyringCredentials] = []

    def open_(found: KeyringBackend | None = ring, limit_s: float = 20.0) -> KeyringCredentials:
        opened.append(KeyringCredentials(lambda: found, time_limit_s=limit_s))
        return opened[-1]

    yield open_
    ring.gate.set()
    for store in opened:
        store.close()


def test_a_password_is_kept_per_server_and_user(open_store: Open, ring: Ring) -> None:
    store = open_store()
    store.save(HOST, "anna", Secret("s3cret"))
    assert store.load(HOST, "anna") == Secret("s3cret")
    assert store.load(HOST, "bob") is None
    assert store.load("https://other.example", "anna") is None
    store.forget(HOST, "anna")
    store.forget(HOST, "anna")
    assert store.load(HOST, "anna") is None
    assert store.unavailable_reason() == ""
    assert ring.threads == {"keyring"}


def test_without_a_keyring_it_says_so_and_keeps_nothing(open_store: Open) -> None:
    store = open_store(None)
    assert store.load(HOST, "anna") is None
    store.forget(HOST, "anna")
    assert "no keyring" in store.unavailable_reason()
    with pytest.raises(StorageError, match="no keyring"):
        store.save(HOST, "anna", Secret("s3cret"))


def test_a_locked_keyring_does_not_hold_the_program_up(open_store: Open, ring: Ring) -> None:
    store = open_store(limit_s=0.05)
    ring.gate.clear()
    with pytest.raises(StorageError, match="does not answer"):
        store.load(HOST, "anna")
    with pytest.raises(StorageError, match="does not answer"):
        store.save(HOST, "anna", Secret("s3cret"))
    assert "does not answer" in store.unavailable_reason()
    assert not ring.kept


def test_an_unlocked_keyring_is_used_again(open_store: Open, ring: Ring) -> None:
    store = open_store(limit_s=0.05)
    ring.gate.clear()
    with pytest.raises(StorageError):
        store.load(HOST, "anna")
    hanging = store._hanging
    assert hanging is not None
    ring.gate.set()
    assert hanging.result(20) is None
    store._time_limit_s = 20
    store.save(HOST, "anna", Secret("s3cret"))
    assert store.load(HOST, "anna") == Secret("s3cret")


@pytest.mark.parametrize(
    "failure", [KeyringLocked("s3cret"), RuntimeError("s3cret"), OSError(5, "x")]
)
def test_failures_are_storage_errors_without_the_backends_words(
    open_store: Open, ring: Ring, failure: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    store = open_store()
    ring.failure = failure
    for call in (
        lambda: store.load(HOST, "anna"),
        lambda: store.save(HOST, "anna", Secret("s3cret")),
        lambda: store.forget(HOST, "anna"),
    ):
        with pytest.raises(StorageError) as caught:
            call()
        assert "s3cret" not in str(caught.value)
    assert "s3cret" not in caplog.text


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (KeyringLocked("no"), "locked"),
        (OSError(errno.ENOSPC, "x"), "full"),
        (PermissionError(errno.EACCES, "x"), "denies"),
        (RuntimeError("x"), "refused or failed"),
    ],
)
def test_each_failure_has_its_sentence_and_the_session_goes_on(
    open_store: Open, ring: Ring, failure: Exception, words: str
) -> None:
    store = open_store()
    ring.failure = failure
    with pytest.raises(StorageError, match=words) as caught:
        store.save(HOST, "anna", Secret("s3cret"))
    assert "this session only" in caught.value.hint
    assert ring.kept == {}
    ring.failure = None
    store.save(HOST, "anna", Secret("s3cret"))
    assert store.load(HOST, "anna") == Secret("s3cret")


def test_a_password_that_windows_would_cut_is_refused(open_store: Open) -> None:
    with pytest.raises(StorageError, match="too long"):
        open_store().save(HOST, "anna", Secret("x" * 1_201))


def test_a_closed_store_is_closed(open_store: Open) -> None:
    store = open_store()
    store.load(HOST, "anna")
    store.close()
    store.close()
    with pytest.raises(StorageError):
        store.load(HOST, "anna")


def test_this_computers_keyring_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    assert credentials.system_backend() is None


@pytest.mark.parametrize(
    ("system", "named"),
    [
        ("win32", ["keyring.backends.Windows.WinVaultKeyring"]),
        ("darwin", ["keyring.backends.macOS.Keyring"]),
        (
            "linux",
            ["keyring.backends.SecretService.Keyring", "keyring.backends.kwallet.DBusKeyring"],
        ),
    ],
)
def test_each_systems_keyring_is_named_and_not_searched_for(
    monkeypatch: pytest.MonkeyPatch, system: str, named: list[str]
) -> None:
    def searched(*_args: object, **_more: object) -> None:
        raise AssertionError("a packaged program has no entry points")

    for module in (importlib.metadata, keyring.backend.metadata):
        monkeypatch.setattr(module, "entry_points", searched)
    monkeypatch.setattr(credentials, "sys", SimpleNamespace(platform=system, frozen=True))
    kinds = [f"{kind.__module__}.{kind.__name__}" for kind in credentials._kinds()]
    assert kinds == named
    # What the user's environment names is not taken either: it may write plain files.
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyrings.alt.file.PlaintextKeyring")
    monkeypatch.setattr(credentials, "_kinds", list)
    assert credentials.system_backend() is None


def test_a_computer_without_keyring_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    class Absent(Ring):
        viable = False

    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    monkeypatch.setattr(credentials, "_kinds", lambda: [Absent])
    assert credentials.system_backend() is None
    monkeypatch.setattr(credentials, "_kinds", lambda: [Absent, Ring])
    assert isinstance(credentials.system_backend(), Ring)
