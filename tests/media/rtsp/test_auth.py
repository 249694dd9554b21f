import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core.ports import StreamAccess
from rta_viewer.core.secret import Secret
from rta_viewer.errors import SignInError
from rta_viewer.media.rtsp.auth import Authenticator, parse_challenges
from rta_viewer.media.rtsp.url import Endpoint

PLAIN = Endpoint.parse("rtsp://recorder/x")
TLS = Endpoint.parse("rtsps://recorder/x")
URI = "/dir/index.html"


def authenticator(
    endpoint: Endpoint = PLAIN, *, host: str = "recorder", allow_basic: bool = False
) -> Authenticator:
    access = StreamAccess("Mufasa", Secret("Circle of Life"), frozenset({host}), allow_basic)
    cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
    return Authenticator(access, endpoint, make_cnonce=lambda: cnonce)


RFC_7616 = (
    'realm="http-auth@example.org", qop="auth, auth-int", algorithm={}, '
    'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", '
    'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
)


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_examples_of_rfc_7616(algorithm: str, response: str) -> None:
    one = authenticator()
    assert one.header("GET", URI) is None
    assert one.challenged(["Digest " + RFC_7616.format(algorithm)])
    header = one.header("GET", URI)
    assert header is not None
    assert f'response="{response}"' in header
    assert "nc=00000001" in header
    assert f"algorithm={algorithm}" in header
    second = one.header("GET", URI)
    assert second is not None
    assert "nc=00000002" in second


def test_the_old_digest_without_qop() -> None:
    # RFC 2069 as FFmpeg, VLC and older recorders speak it; computed with Python's hashlib by hand.
    one = authenticator()
    assert one.challenged(['Digest nonce="abc", realm="r"'])
    header = one.header("DESCRIBE", "rtsp://recorder/x")
    assert header is not None
    assert 'response="36357cf5ab9fdc411e27de6bd75345f4"' in header
    assert "qop" not in header
    assert "algorithm" not in header


def test_session_variants_differ_and_carry_the_cnonce() -> None:
    plain, session = authenticator(), authenticator()
    assert plain.challenged(["Digest " + RFC_7616.format("SHA-256")])
    assert session.challenged(["Digest " + RFC_7616.format("SHA-256-sess")])
    first, second = plain.header("GET", URI), session.header("GET", URI)
    assert first is not None
    assert second is not None
    assert "algorithm=SHA-256-sess" in second
    assert first.partition("response=")[2][:40] != second.partition("response=")[2][:40]


def test_takes_the_strongest_whatever_the_order() -> None:
    challenges = parse_challenges(
        [
            'Basic realm="a, Digest b", Digest realm="r", nonce="1", algorithm=MD5',
            'Digest algorithm="SHA-256",nonce=2,realm="q\\"uote", stale=TRUE, Qop="auth"',
        ]
    )
    assert [(found.scheme, found.algorithm) for found in challenges] == [
        ("basic", ""),
        ("digest", "MD5"),
        ("digest", "SHA-256"),
    ]
    assert challenges[0].realm == "a, Digest b"
    assert challenges[2].realm == 'q"uote'
    assert challenges[2].stale
    one = authenticator(allow_basic=True)
    assert one.challenged(['Basic realm="x"', 'Digest realm="r", nonce="1"'])
    assert (one.header("PLAY", "u") or "").startswith("Digest")


def test_a_second_refusal_ends_it_but_a_new_nonce_does_not() -> None:
    one = authenticator()
    assert one.challenged(['Digest realm="r", nonce="1"'])
    assert not one.challenged(['Digest realm="r", nonce="1"'])
    assert one.challenged(['Digest realm="r", nonce="2", stale=true'])
    assert 'nonce="2"' in (one.header("PLAY", "u") or "")


def test_basic_only_over_tls_or_when_allowed() -> None:
    with pytest.raises(SignInError, match="Allow Basic"):
        authenticator().challenged(['Basic realm="x"'])
    for one in (authenticator(TLS), authenticator(allow_basic=True)):
        assert one.challenged(['Basic realm="x"'])
        header = one.header("PLAY", "u")
        assert header == "Basic " + base64.b64encode(b"Mufasa:Circle of Life").decode()
        assert not one.challenged(['Basic realm="x"'])


def test_nothing_for_hosts_that_are_not_trusted() -> None:
    one = authenticator(host="other")
    with pytest.raises(SignInError, match="recorder"):
        one.challenged(['Digest realm="r", nonce="1"'])
    assert one.header("PLAY", "u") is None


def test_a_remembered_challenge_is_answered_at_once_but_never_for_strangers() -> None:
    (challenge,) = parse_challenges(['Digest realm="r", nonce="1"'])
    access = StreamAccess("u", Secret("p"), frozenset({"recorder"}))
    assert Authenticator(access, PLAIN, challenge).header("PLAY", "u") is not None
    stranger = Endpoint.parse("rtsp://stranger/x")
    assert Authenticator(access, stranger, challenge).header("PLAY", "u") is None
    (basic,) = parse_challenges(["Basic realm=x"])
    assert Authenticator(access, PLAIN, basic).header("PLAY", "u") is None


def test_unknown_algorithms_and_qops_are_not_answered() -> None:
    for value in (
        'Digest realm="r", nonce="1", algorithm=SHA-512-256',
        'Digest realm="r", nonce="1", qop="auth-int"',
        'Digest realm="r"',
        "Negotiate abc",
    ):
        with pytest.raises(SignInError):
            authenticator().challenged([value])


@given(st.lists(st.text(max_size=80).map(lambda text: "Digest " + text), max_size=4))
def test_any_challenge_is_read_or_refused(values: list[str]) -> None:
    for found in parse_challenges(values):
        assert found.nonce
