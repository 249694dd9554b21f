import base64
import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core.secret import Secret
from rta_viewer.demo.rtsp.auth import REALM, Authenticator, parse_parameters
from rta_viewer.demo.rtsp.message import Request, RtspFailure

URL = "rtsp://127.0.0.1:554/playback/a%20b?start=1"
ALL = frozenset({"digest-sha256", "digest-md5", "basic"})


class Ticks:
    now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def authenticator(methods: frozenset[str] = ALL, ticks: Ticks | None = None) -> Authenticator:
    return Authenticator(
        lambda: ("demo", Secret("pässword")), methods, 300.0, monotonic=ticks or Ticks()
    )


def request(authorization: str = "", method: str = "DESCRIBE", url: str = URL) -> Request:
    headers = {"authorization": authorization} if authorization else {}
    return Request(method, url, "RTSP/1.0", headers)


def challenges(checker: Authenticator, refused: Request) -> list[str]:
    with pytest.raises(RtspFailure) as caught:
        checker.check(refused)
    assert caught.value.status == 401
    return [value for name, value in caught.value.headers if name == "WWW-Authenticate"]


def nonce_of(challenge: str) -> str:
    found = re.search(r'nonce="([^"]+)"', challenge)
    assert found
    return found.group(1)


def digest(
    nonce: str,
    *,
    algorithm: str = "SHA-256",
    typed: str = "pässword",
    method: str = "DESCRIBE",
    uri: str = URL,
    qop: bool = True,
) -> str:
    """Computed here after RFC 7616, 3.4, not with the server's code."""
    name = "sha256" if algorithm.startswith("SHA-256") else "md5"

    def h(text: str) -> str:
        return hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest()

    ha1, ha2 = h(f"demo:{REALM}:{typed}"), h(f"{method}:{uri}")
    if algorithm.endswith("-sess"):
        ha1 = h(f"{ha1}:{nonce}:abc")
    middle = f"{nonce}:00000001:abc:auth" if qop else nonce
    extra = ', qop=auth, nc=00000001, cnonce="abc"' if qop else ""
    return (
        f'Digest response="{h(f"{ha1}:{middle}:{ha2}")}", username="demo", realm="{REALM}", '
        f'nonce="{nonce}", uri="{uri}", algorithm={algorithm}{extra}'
    )


def test_offers_the_strongest_first() -> None:
    offered = challenges(authenticator(), request())
    assert [text.split(" ")[0] for text in offered] == ["Digest", "Digest", "Basic"]
    assert "SHA-256" in offered[0]
    assert "MD5" in offered[1]
    assert all('qop="auth"' in text and "stale" not in text for text in offered[:2])


@pytest.mark.parametrize("algorithm", ["SHA-256", "MD5"])
@pytest.mark.parametrize("qop", [True, False])
def test_takes_the_right_digest(algorithm: str, qop: bool) -> None:
    checker = authenticator()
    nonce = nonce_of(challenges(checker, request())[0])
    checker.check(request(digest(nonce, algorithm=algorithm, qop=qop)))


@pytest.mark.parametrize("algorithm", ["SHA-256-sess", "MD5-sess"])
def test_takes_the_right_session_digest(algorithm: str) -> None:
    kind = f"digest-{algorithm.lower().replace('sha-256', 'sha256')}"
    checker = authenticator(frozenset({kind}))
    (offered,) = challenges(checker, request())
    assert f"algorithm={algorithm}," in offered
    checker.check(request(digest(nonce_of(offered), algorithm=algorithm)))
    plain = algorithm.removesuffix("-sess")
    assert challenges(checker, request(digest(nonce_of(offered), algorithm=plain)))


def test_takes_basic_and_refuses_a_wrong_password() -> None:
    checker = authenticator()
    right = base64.b64encode("demo:pässword".encode()).decode()
    wrong = base64.b64encode(b"demo:password").decode()
    checker.check(request(f"Basic {right}"))
    assert challenges(checker, request(f"Basic {wrong}"))
    assert challenges(checker, request("Basic ###"))


def test_refuses_another_password_method_address_and_a_made_up_nonce() -> None:
    checker = authenticator()
    nonce = nonce_of(challenges(checker, request())[0])
    for bad in (
        digest(nonce, typed="demo"),
        digest(nonce, method="PLAY"),
        digest(nonce, uri="rtsp://127.0.0.1/playback/other"),
        digest(nonce).replace('username="demo"', 'username="root"'),
    ):
        offered = challenges(checker, request(bad))
        assert "stale" not in offered[0]
    forged = nonce[:-1] + ("0" if nonce[-1] != "0" else "1")
    assert challenges(checker, request(digest(forged)))


def test_an_old_nonce_is_called_stale() -> None:
    ticks = Ticks()
    checker = authenticator(ticks=ticks)
    nonce = nonce_of(challenges(checker, request())[0])
    ticks.now_s += 299
    checker.check(request(digest(nonce)))
    ticks.now_s += 2
    offered = challenges(checker, request(digest(nonce)))
    assert "stale=true" in offered[0]
    checker.check(request(digest(nonce_of(offered[0]))))


def test_only_what_is_switched_on_is_offered_and_taken() -> None:
    checker = authenticator(frozenset({"digest-md5"}))
    (offered,) = challenges(checker, request())
    assert "MD5" in offered
    basic = base64.b64encode("demo:pässword".encode()).decode()
    assert challenges(checker, request(f"Basic {basic}"))
    assert challenges(checker, request(digest(nonce_of(offered), algorithm="SHA-256")))
    authenticator(frozenset()).check(request())


def test_the_track_and_the_whole_presentation_are_the_same_target() -> None:
    checker = authenticator()
    nonce = nonce_of(challenges(checker, request())[0])
    track = "rtsp://127.0.0.1:554/playback/a%20b/trackID=0?start=1"
    checker.check(request(digest(nonce, method="SETUP"), method="SETUP", url=track))


@given(st.text(max_size=200))
def test_any_authorization_is_refused_and_nothing_worse(text: str) -> None:
    for scheme in ("Digest ", "Basic ", ""):
        assert challenges(authenticator(), request(scheme + text))


def test_parameters_in_any_order_quoted_or_not() -> None:
    assert parse_parameters('b = "x, \\"y\\"" , a=1,c=""') == {"b": 'x, "y"', "a": "1", "c": ""}
