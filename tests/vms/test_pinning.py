"""Real TLS servers whose certificates are pinned, changed, out of date or for somebody else."""

import base64
import contextlib
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rta_viewer import vms
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.certificate import UntrustedCertificateError
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.model import ConnectionSecurity, ServerInfo
from rta_viewer.core.pins import Pins, pinned_context
from rta_viewer.core.secret import Secret
from rta_viewer.errors import UsageError
from rta_viewer.vms import connections
from tests.helpers.certificates import fingerprint, server_context
from tests.helpers.scripted_http import Reply, ScriptedServer, Seen, scripted

BASIC = "Basic " + base64.b64encode(b"anna:open sesame").decode()


def recording_server(seen: Seen) -> Reply:
    if seen.headers.get("authorization") != BASIC:
        return Reply(401, b"{}", {"WWW-Authenticate": 'Basic realm="x"'})
    if seen.path.endswith("/system/health"):
        return Reply(200, b'{"name": "Gate"}', {"Content-Type": "application/json"})
    return Reply(404, b'{"error": {"code": "NOT_FOUND", "message": "no"}}')


OPEN: list[ScriptedServer] = []


@pytest.fixture(autouse=True)
def _close_servers() -> Iterator[None]:
    yield
    while OPEN:
        OPEN.pop().close()


class Serving:
    """A recording server over TLS whose certificate can be changed while it runs."""

    def __init__(self, folder: Path, **more: Any) -> None:
        self.folder = folder
        self.server = ScriptedServer(recording_server, tls=server_context(folder, **more))
        OPEN.append(self.server)

    def change_certificate(self, folder: Path) -> None:
        self.server._tls = server_context(folder)

    def sign_in(self, **more: Any) -> ServerInfo:
        clock = ManualClock(0)
        recorder = vms.connect(self.server.url, "anna", Secret("open sesame"), clock=clock, **more)
        try:
            info = recorder.sign_in(CancelToken())
            assert recorder.stream_access().pins.fingerprints == more.get("pins", frozenset())
            return info
        finally:
            recorder.close()


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[Path]:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    return iter((tmp_path / "one", tmp_path / "two"))


def refused(serving: Serving, **more: Any) -> UntrustedCertificateError:
    with pytest.raises(UntrustedCertificateError) as caught:
        serving.sign_in(**more)
    # Not one request: no credential, no path.
    assert serving.server.seen == []
    return caught.value


def test_first_contact_shows_the_certificate_and_nothing_is_sent(folders: Iterator[Path]) -> None:
    folder = next(folders)
    error = refused(Serving(folder))
    assert error.certificate is not None
    assert error.certificate.fingerprint == fingerprint(folder)
    assert error.certificate.subject == "CN=localhost, O=Gate Süd"
    assert error.certificate.validity
    assert "self-signed" in error.summary
    assert fingerprint(folder) in error.hint
    assert not error.is_changed


def test_what_was_shown_can_be_pinned(folders: Iterator[Path]) -> None:
    folder = next(folders)
    serving = Serving(folder)
    info = serving.sign_in(pins=frozenset({fingerprint(folder)}))
    assert (info.name, info.security) == ("Gate", ConnectionSecurity.PINNED)


def test_a_changed_certificate_is_refused_with_both_fingerprints(folders: Iterator[Path]) -> None:
    folder, other = folders
    serving = Serving(folder)
    pin = fingerprint(folder)
    serving.change_certificate(other)
    error = refused(serving, pins=frozenset({pin}))
    assert error.is_changed
    assert error.pinned == (pin,)
    assert error.certificate is not None
    assert error.certificate.fingerprint == fingerprint(other)
    assert pin in error.summary
    assert fingerprint(other) in error.summary


def test_a_changed_certificate_is_noticed_while_signed_in(folders: Iterator[Path]) -> None:
    folder, other = folders
    serving = Serving(folder)
    recorder = vms.connect(
        serving.server.url,
        "anna",
        Secret("open sesame"),
        pins=frozenset({fingerprint(folder)}),
        clock=ManualClock(0),
    )
    try:
        recorder.sign_in(CancelToken())
        asked = len(serving.server.seen)
        serving.change_certificate(other)
        # The kept connection is cut, as by somebody who steps in between.
        for sock in list(serving.server._sockets):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        with pytest.raises(UntrustedCertificateError) as caught:
            recorder.groups(CancelToken())
        assert caught.value.is_changed
        assert len(serving.server.seen) == asked
    finally:
        recorder.close()


@pytest.mark.parametrize(
    "certificate",
    [{"from_days": -20, "to_days": -10}, {"hosts": ("other.example",)}],
    ids=["expired", "for another host"],
)
def test_expired_or_for_another_host(folders: Iterator[Path], certificate: dict[str, Any]) -> None:
    folder = next(folders)
    error = refused(Serving(folder, **certificate))
    assert error.certificate is not None
    serving = Serving(folder, **certificate)
    info = serving.sign_in(pins=frozenset({fingerprint(folder)}))
    assert info.security is ConnectionSecurity.PINNED


def test_a_certificate_of_a_known_authority_must_be_in_date_and_for_this_host(
    folders: Iterator[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"from_days": -20, "to_days": -10}, "expired"),
        ({"hosts": ("other.example",)}, "not valid for"),
    ]
    for (certificate, words), folder in zip(cases, folders, strict=True):
        serving = Serving(folder, **certificate)
        monkeypatch.setenv("SSL_CERT_FILE", str(folder / "cert.pem"))
        assert words in refused(serving).summary


def test_the_systems_store_is_enough(
    folders: Iterator[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = next(folders)
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "cert.pem"))
    serving = Serving(folder)
    assert serving.sign_in().security is ConnectionSecurity.VERIFIED


def test_not_checking_is_said(folders: Iterator[Path]) -> None:
    serving = Serving(next(folders))
    assert serving.sign_in(verify_tls=False).security is ConnectionSecurity.UNVERIFIED


def test_a_pin_counts_although_the_check_is_off(folders: Iterator[Path]) -> None:
    folder, other = folders
    serving = Serving(folder)
    pin = fingerprint(folder)
    serving.change_certificate(other)
    assert refused(serving, pins=frozenset({pin}), verify_tls=False).is_changed


def test_a_pinned_server_is_never_spoken_to_without_tls() -> None:
    pins = frozenset({":".join(["AB"] * 32)})
    with pytest.raises(UsageError, match="without TLS"):
        vms.connect("http://gate", "anna", Secret("x"), pins=pins, clock=ManualClock(0))
    recorder = vms.connect("gate:8090", "anna", Secret("x"), pins=pins, clock=ManualClock(0))
    assert [origin.scheme for origin in recorder._origins] == ["https"]  # type: ignore[attr-defined]


def test_tls_inside_another_transport_is_checked_too(folders: Iterator[Path]) -> None:
    """As through a proxy that is itself spoken to by TLS."""
    folder, other = folders
    server_context(folder)
    serving = server_context(other)
    pins = Pins(frozenset({fingerprint(folder)}), frozenset({"gate"}))
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = pinned_context(pins).wrap_bio(to_client, to_server, server_hostname="gate")
    server = serving.wrap_bio(to_server, to_client, server_side=True)
    with pytest.raises(ssl.SSLCertVerificationError, match="another certificate"):  # noqa: PT012
        for side in (client, server, client):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", ConnectionSecurity.LOCAL), ("gate.invalid", ConnectionSecurity.PLAIN)],
)
def test_plain_http_shows_the_password(
    host: str, expected: ConnectionSecurity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "*")
    with scripted(recording_server) as server:
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.port))]
        monkeypatch.setattr(connections.socket, "getaddrinfo", lambda *_a, **_k: found)
        url = server.url.replace("127.0.0.1", host)
        recorder = vms.connect(url, "anna", Secret("open sesame"), clock=ManualClock(0))
        info = recorder.sign_in(CancelToken())
        recorder.close()
    assert info.security is expected
    assert info.shows_password == (expected is ConnectionSecurity.PLAIN)
