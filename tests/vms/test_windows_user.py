r"""``DOMAIN\user`` at the OpenID endpoint, against the server half of the same messages."""

import logging
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from spnego.channel_bindings import GssChannelBindings

from rta_viewer import vms
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.model import SignInMethod
from rta_viewer.core.secret import Secret
from rta_viewer.errors import NotOfferedError, RefusedError, SignInError
from rta_viewer.vms.rest import HttpRecorder
from rta_viewer.vms.windows_user import is_windows_user
from tests.helpers.certificates import server_context
from tests.helpers.scripted_http import Reply, Seen, scripted
from tests.helpers.windows_idp import running_idp

USER = "GATE\\anna"
PASSWORD = "K7 hush-hush"
NOW_MS = 1_761_300_000_000


@pytest.fixture(autouse=True)
def users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "users"
    file.write_text(f"GATE:anna:{PASSWORD}\n", encoding="utf-8")
    monkeypatch.setenv("NTLM_USER_FILE", str(file))


def recorder_to(url: str, password: str, username: str = USER) -> HttpRecorder:
    return vms.connect(url, username, Secret(password), clock=ManualClock(NOW_MS))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows checks against its own users")
@pytest.mark.parametrize("offers", [("NTLM",), ("Negotiate", "NTLM"), ("Negotiate",)])
def test_a_windows_user_gets_a_token(
    offers: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with running_idp(*offers) as server:
        recorder = recorder_to(server.url, PASSWORD)
        info = recorder.sign_in(CancelToken())
        recorder.close()
        server.wait_until_hung_up()
    assert info.method is SignInMethod.OPENID
    assert len(set(server.connections)) == 1, "it is the connection that is signed in"
    body = "grant_type=windows_credentials&client_id=GrantValidatorClient"
    assert set(server.bodies) == {body}
    assert "spnego" not in {record.name.partition(".")[0] for record in caplog.records}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows checks against its own users")
@pytest.mark.parametrize("offer", ["NTLM", "Negotiate"])
def test_a_wrong_password_is_tried_once(offer: str) -> None:
    with running_idp(offer) as server:
        recorder = recorder_to(server.url, "wrong")
        with pytest.raises(RefusedError, match="password"):
            recorder.sign_in(CancelToken())
        recorder.close()
    # The offer, the challenge, the answer.
    assert len(server.bodies) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows checks against its own users")
@pytest.mark.parametrize("offer", ["NTLM", "Negotiate"])
@pytest.mark.parametrize("relayed", [False, True])
def test_messages_are_bound_to_the_servers_certificate(
    offer: str, relayed: bool, tmp_path: Path
) -> None:
    (tmp_path / "real").mkdir()
    context, real = server_context(tmp_path), server_context(tmp_path / "real")
    shown = x509.load_pem_x509_certificate((tmp_path / "cert.pem").read_bytes())
    wanted = x509.load_pem_x509_certificate((tmp_path / "real" / "cert.pem").read_bytes())
    assert real is not context
    with running_idp(offer, tls=context) as server:
        # Somebody in between shows a certificate of his own, and passes the messages on.
        digest = (wanted if relayed else shown).fingerprint(hashes.SHA256())
        server.demands = GssChannelBindings(application_data=b"tls-server-end-point:" + digest)
        recorder = vms.connect(
            server.url, USER, Secret(PASSWORD), clock=ManualClock(NOW_MS), verify_tls=False
        )
        if relayed:
            with pytest.raises(RefusedError):
                recorder.sign_in(CancelToken())
        else:
            assert recorder.sign_in(CancelToken()).method is SignInMethod.OPENID
        recorder.close()


@pytest.mark.parametrize("nonsense", [b"nonsense" * 4, b"NTLMSSP\0\x02\0\0\0", b"\x60\x84\xff" * 9])
@pytest.mark.parametrize("offer", ["NTLM", "Negotiate"])
def test_a_challenge_that_is_none_is_said(offer: str, nonsense: bytes) -> None:
    with running_idp(offer) as server:
        server.answer = nonsense
        recorder = recorder_to(server.url, PASSWORD)
        with pytest.raises(SignInError):
            recorder.sign_in(CancelToken())
        recorder.close()


def test_a_server_without_windows_users_takes_its_own_way() -> None:
    def answer(seen: Seen) -> Reply:
        if seen.path.startswith("/IDP"):
            return Reply(404, b"<html>", {"Content-Type": "text/html"})
        if seen.headers.get("authorization", "").startswith("Basic "):
            return Reply(404, b'{"error": {"code": "NOT_FOUND"}}')
        return Reply(401, b"{}", {"WWW-Authenticate": "Basic, Bearer"})

    with scripted(answer) as server:
        recorder = recorder_to(server.url, PASSWORD)
        assert recorder.sign_in(CancelToken()).method is SignInMethod.BASIC
        recorder.close()


def test_without_the_package_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spnego", None)
    with running_idp("NTLM") as server:
        recorder = recorder_to(server.url, PASSWORD)
        with pytest.raises(NotOfferedError, match="pyspnego"):
            recorder.sign_in(CancelToken())
        recorder.close()


@pytest.mark.parametrize(
    ("name", "windows"), [(USER, True), ("anna", False), ("\\anna", False), ("GATE\\", False)]
)
def test_who_is_a_windows_user(name: str, windows: bool) -> None:
    assert is_windows_user(name) is windows
