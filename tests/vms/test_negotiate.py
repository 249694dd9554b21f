"""Sign-in against servers that say what they want, and against what is no recording server."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rta_viewer import vms
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.certificate import UntrustedCertificateError
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.model import Feature, ServerInfo, SignInMethod
from rta_viewer.core.secret import Secret
from rta_viewer.errors import (
    NetworkError,
    NotOfferedError,
    RtaError,
    ServerError,
    SignInError,
    UsageError,
)
from tests.helpers.certificates import server_context
from tests.helpers.scripted_http import Reply, ScriptedServer, Seen, scripted

GOOD = "Basic " + base64.b64encode(b"demo:demo").decode()
PAGE = Reply(200, b"<!doctype html><title>Router</title>", {"Content-Type": "text/html"})


def answer(status: int, document: Any = None, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, b"" if document is None else json.dumps(document).encode(), named)


UNKNOWN_EXPORT = answer(
    404, {"error": {"code": "RECORDING_NOT_FOUND", "message": "no such export"}}
)
NOT_HERE = answer(404, {"error": {"code": "NOT_FOUND", "message": "Unknown resource: x"}})


def server_that_takes(
    *headers: str, challenges: str = "", logins: dict[str, Reply] | None = None
) -> Callable[[Seen], Reply]:
    """Lets these ``Authorization`` values in; the log-in endpoints answer as given."""

    def script(seen: Seen) -> Reply:
        if seen.method == "POST":
            return (logins or {}).get(seen.path, NOT_HERE)
        if seen.headers.get("authorization") not in headers:
            more = {"WWW_Authenticate": challenges} if challenges else {}
            return answer(401, {"error": {"code": "UNAUTHORIZED"}}, **more)
        return UNKNOWN_EXPORT if "/export/" in seen.path else NOT_HERE

    return script


def sign_in(
    server: ScriptedServer, address: str = "", *, typed: str = "demo", **more: Any
) -> ServerInfo:
    recorder = vms.connect(
        address or server.url, "demo", Secret(typed), clock=ManualClock(0), **more
    )
    assert server.seen == [], "nothing is sent before sign_in"
    try:
        return recorder.sign_in(CancelToken())
    finally:
        recorder.close()


def sent(server: ScriptedServer) -> list[str]:
    return [seen.headers.get("authorization", "").partition(" ")[0] for seen in server.seen]


def test_basic_where_the_server_says_so() -> None:
    with scripted(server_that_takes(GOOD, challenges='Basic realm="x"')) as server:
        info = sign_in(server)
        assert info.method is SignInMethod.BASIC
        assert info.address == server.url
        assert info.missing == {Feature.HEALTH, Feature.CAPABILITIES}
        assert sent(server)[0] == "", "the greeting brings no credentials"


@pytest.mark.parametrize("body", [b"<!doctype html>", b"{}"])
@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (407, NetworkError, "proxy of this network"),
        (408, ServerError, "in time"),
        (425, ServerError, "once more"),
        (511, NetworkError, "network wants a sign-in"),
        (522, ServerError, "no answer from it"),
    ],
)
def test_what_something_in_between_says_is_no_word_of_the_server(
    status: int, kind: type[RtaError], words: str, body: bytes
) -> None:
    with scripted(lambda seen: Reply(status, body)) as server:
        with pytest.raises(kind, match=words):
            sign_in(server)
        assert sent(server) == [""], "no password went there"


def test_only_what_is_plausible_is_tried() -> None:
    script = server_that_takes(GOOD, challenges='Basic realm="x"')
    with scripted(script) as server, pytest.raises(SignInError, match="did not accept"):
        sign_in(server, typed="wrong")
    assert sent(server) == ["", "Basic"]


def test_token_where_basic_is_not_offered() -> None:
    login = {"/api/auth/login": answer(200, {"token": "T", "expires_in": 60})}
    script = server_that_takes("Bearer T", challenges='Bearer realm="x"', logins=login)
    with scripted(script) as server:
        assert sign_in(server).method is SignInMethod.TOKEN
        assert not any(value == "Basic" for value in sent(server))
        posted = next(seen for seen in server.seen if seen.method == "POST")
        assert json.loads(posted.body) == {"username": "demo", "password": "demo"}


def test_openid_where_there_is_nothing_else() -> None:
    grant = {"access_token": "A", "expires_in": 3600, "token_type": "Bearer"}
    logins = {"/API/IDP/connect/token": answer(200, grant)}
    with scripted(server_that_takes("Bearer A", logins=logins)) as server:
        assert sign_in(server).method is SignInMethod.OPENID
        posts = [seen for seen in server.seen if seen.method == "POST"]
        assert [seen.path for seen in posts] == ["/api/auth/login", "/API/IDP/connect/token"]
        assert posts[1].headers["content-type"] == "application/x-www-form-urlencoded"
        assert b"grant_type=password" in posts[1].body
        assert b"client_id=GrantValidatorClient" in posts[1].body


def test_a_password_that_was_refused_for_good_is_not_tried_elsewhere() -> None:
    logins = {
        "/api/auth/login": answer(401, {"error": {"code": "UNAUTHORIZED"}}),
        "/API/IDP/connect/token": answer(400, {"error": "invalid_grant"}),
    }
    script = server_that_takes("none", challenges="Bearer", logins=logins)
    with scripted(script) as server, pytest.raises(SignInError, match="did not accept"):
        sign_in(server)
    assert [seen.path for seen in server.seen if seen.method == "POST"] == ["/api/auth/login"]


def test_openids_own_words_for_a_wrong_password() -> None:
    logins = {"/API/IDP/connect/token": answer(400, {"error": "invalid_grant"})}
    script = server_that_takes("none", logins=logins)
    with scripted(script) as server, pytest.raises(SignInError, match="did not accept"):
        sign_in(server, method=SignInMethod.OPENID)


def test_a_way_that_is_not_offered_is_said_so() -> None:
    script = server_that_takes(GOOD, challenges="Basic")
    with scripted(script) as server, pytest.raises(SignInError, match="does not offer a way"):
        sign_in(server, method=SignInMethod.TOKEN)


def test_windows_sign_in_is_not_known() -> None:
    page = Reply(
        401, b"<html>401</html>", {"WWW-Authenticate": "Negotiate", "Content-Type": "text/html"}
    )
    with (
        scripted(lambda seen: page) as server,
        pytest.raises(SignInError, match="does not offer a way"),
    ):
        sign_in(server)
    assert sent(server) == [""]


def test_a_user_without_export_rights_may_sign_in() -> None:
    def script(seen: Seen) -> Reply:
        if "authorization" not in seen.headers:
            return answer(401, {}, WWW_Authenticate="Basic")
        return answer(403, {"error": {"code": "FORBIDDEN"}})

    with scripted(script) as server:
        assert sign_in(server).method is SignInMethod.BASIC


GATEWAY = answer(
    404, {"error": {"httpCode": 404, "details": [{"errorText": "Unknown resource: recordings"}]}}
)


@pytest.mark.parametrize("needs_password", [False, True])
def test_a_native_gateway_is_named_at_sign_in(needs_password: bool) -> None:
    def script(seen: Seen) -> Reply:
        if seen.method == "POST":
            return answer(200, {"access_token": "A", "expires_in": 60})
        if needs_password and "authorization" not in seen.headers:
            return answer(401, None, WWW_Authenticate="Bearer")
        return GATEWAY

    with scripted(script) as server, pytest.raises(NotOfferedError) as caught:
        sign_in(server, method=SignInMethod.OPENID)
    assert caught.value.summary == "This server does not offer the recordings API."
    assert needs_password or sent(server) == [""]


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (PAGE, "web page"),
        (Reply(404, b"<html>IIS</html>", {"Content-Type": "text/html"}), "web page"),
        (Reply(403, b"<html>proxy</html>"), "web page"),
        (Reply(401, b"<html>router</html>"), "web page"),
        (Reply(404, b"404 page not found\n"), "not a recording server"),
        (Reply(302, headers={"Location": "/login"}), "web page"),
        (Reply(302, headers={"Location": "http://localhost:1/sso"}), "another address"),
        (Reply(302, headers={"Location": "http://[bad"}), "malformed"),
        (Reply(500, b"{}"), "failed"),
        (Reply(503, b"<html>"), "not available"),
    ],
)
def test_what_is_no_recording_server_never_sees_a_password(reply: Reply, words: str) -> None:
    with scripted(lambda seen: reply) as server, pytest.raises(ServerError, match=words):
        sign_in(server)
    assert [seen.method for seen in server.seen] == ["GET"]
    assert sent(server) == [""]


def test_a_log_in_that_is_sent_elsewhere_does_not_follow() -> None:
    with scripted(lambda seen: answer(200, {"token": "stolen"})) as other:
        logins = {"/api/auth/login": Reply(307, headers={"Location": f"{other.url}/login"})}
        script = server_that_takes("x", challenges="Bearer", logins=logins)
        with scripted(script) as server, pytest.raises(ServerError, match="another address"):
            sign_in(server)
        assert other.seen == []


def test_without_a_scheme_https_comes_first(tmp_path: Path) -> None:
    script = server_that_takes(GOOD, challenges="Basic")
    with scripted(script, tls=server_context(tmp_path)) as server:
        info = sign_in(server, f"127.0.0.1:{server.port}", verify_tls=False)
        assert info.address == server.url
        assert info.address.startswith("https://")


def test_without_a_scheme_http_is_tried_where_nobody_speaks_tls() -> None:
    with scripted(server_that_takes(GOOD, challenges="Basic")) as server:
        info = sign_in(server, f"127.0.0.1:{server.port}")
        assert info.address == server.url
        assert info.address.startswith("http://")


def test_a_bad_certificate_never_leads_to_http(tmp_path: Path) -> None:
    with (
        scripted(server_that_takes(GOOD), tls=server_context(tmp_path)) as server,
        pytest.raises(UntrustedCertificateError),
    ):
        sign_in(server, f"127.0.0.1:{server.port}")
    assert server.seen == []


def test_an_upgrade_to_https_comes_before_the_password(tmp_path: Path) -> None:
    with scripted(
        server_that_takes(GOOD, challenges="Basic"), tls=server_context(tmp_path)
    ) as safe:
        there = lambda seen: Reply(301, headers={"Location": f"{safe.url}{seen.target}"})  # noqa: E731
        with scripted(there) as plain:
            info = sign_in(plain, verify_tls=False)
            assert info.address == safe.url
            assert sent(plain) == [""]
            assert "Basic" in sent(safe)


def test_a_circle_of_upgrades_ends(tmp_path: Path) -> None:
    target = ["/"]
    round_ = lambda seen: Reply(301, headers={"Location": target[0]})  # noqa: E731
    with scripted(round_, tls=server_context(tmp_path)) as safe, scripted(round_) as plain:
        target[0] = safe.url
        with pytest.raises(ServerError):
            sign_in(plain, verify_tls=False)


def test_nobody_answers() -> None:
    with scripted(lambda seen: PAGE) as server:
        address = server.url
    with pytest.raises(NetworkError, match="refused"):
        vms.connect(address, "demo", Secret("x"), clock=ManualClock(0)).sign_in(CancelToken())


def test_what_is_no_address_is_refused_before_anything() -> None:
    with pytest.raises(UsageError):
        vms.connect("ftp://x", "demo", Secret("x"), clock=ManualClock(0))


def test_health_is_nice_to_know_and_nothing_more() -> None:
    def script(seen: Seen) -> Reply:
        if "authorization" not in seen.headers:
            return answer(401, {}, WWW_Authenticate="Basic")
        if seen.path.endswith("/system/health"):
            return answer(200, {"version": 5, "name": "Recorder\u202e"})
        if seen.path.endswith("/system/capabilities"):
            return PAGE
        return UNKNOWN_EXPORT

    with scripted(script) as server:
        info = sign_in(server)
        assert (info.name, info.version, info.missing) == ("Recorder", "", frozenset())


def test_nothing_shows_the_password() -> None:
    script = server_that_takes(GOOD, challenges="Basic")
    with scripted(script) as server, pytest.raises(SignInError) as caught:
        sign_in(server, typed="hunter2")
    seen, todo = "", [caught.value]
    while todo:
        err = todo.pop()
        seen += f"{err!r} {err} {vars(err)}"
        todo += [one for one in (err.__cause__, err.__context__) if one]
    assert "hunter2" not in seen
    assert base64.b64encode(b"demo:hunter2").decode() not in seen
