import socket
import ssl
import sys
import threading
from importlib.metadata import requires
from pathlib import Path

import pytest

from rta_viewer.demo import certificate
from rta_viewer.demo.certificate import server_context
from rta_viewer.errors import StorageError, UsageError


def shown_by(context: ssl.SSLContext, client: ssl.SSLContext) -> bytes:
    """What a client is shown in the handshake."""
    here, there = socket.socketpair()

    def serve() -> None:
        with there:
            context.wrap_socket(there, server_side=True).close()

    thread = threading.Thread(target=serve)
    thread.start()
    with here, client.wrap_socket(here, server_hostname="127.0.0.1") as wrapped:
        shown = wrapped.getpeercert(binary_form=True)
    thread.join()
    return shown or b""


@pytest.mark.parametrize("package", [True, False])
def test_it_is_made_once_and_good_for_this_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: bool
) -> None:
    if not package:
        # The command openssl makes it then.
        monkeypatch.setitem(sys.modules, "cryptography", None)
    folder = tmp_path / "tls"
    first = server_context(folder)
    client = ssl.create_default_context(cafile=str(folder / "cert.pem"))
    pem = (folder / "cert.pem").read_text(encoding="ascii")
    assert shown_by(first, client) == ssl.PEM_cert_to_DER_cert(pem)
    assert shown_by(server_context(folder), client) == ssl.PEM_cert_to_DER_cert(pem)
    if sys.platform != "win32":
        assert (folder / "key.pem").stat().st_mode & 0o077 == 0


def test_what_is_no_certificate_is_said(tmp_path: Path) -> None:
    (tmp_path / "cert.pem").write_text("nonsense", encoding="ascii")
    (tmp_path / "key.pem").write_text("nonsense", encoding="ascii")
    with pytest.raises(StorageError, match="no usable certificate"):
        server_context(tmp_path)


def test_without_the_package_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cryptography", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="cryptography"):
        server_context(tmp_path)


def test_what_openssl_says_against_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cryptography", None)
    monkeypatch.setattr(certificate, "_HOSTS", ("nowhere",))
    with pytest.raises(UsageError, match="openssl made no certificate") as caught:
        server_context(tmp_path / "tls")
    assert caught.value.hint


def test_on_linux_the_program_brings_what_makes_them() -> None:
    """The tour's steps with certificates run wherever ``bootstrap.py run`` tours: keyring needs the same."""
    assert any(
        need.startswith("SecretStorage") and 'sys_platform == "linux"' in need
        for need in requires("keyring") or []
    )
    if sys.platform == "linux":
        assert any(need.startswith("cryptography") for need in requires("SecretStorage") or [])
