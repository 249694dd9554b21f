import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.errors import ServerError, UsageError
from rta_viewer.vms.address import Origin, Trust, candidates, is_upgrade, origin_of


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("https://server", ["https://server"]),
        ("HTTP://Server.Example:8090/", ["http://server.example:8090"]),
        ("http://server:8090/api/rest/v1?x=1#y", ["http://server:8090"]),
        ("  server  ", ["https://server", "http://server"]),
        ("server:8090", ["https://server:8090", "http://server:8090"]),
        ("server:80", ["http://server"]),
        ("server:443", ["https://server"]),
        ("192.168.1.9", ["https://192.168.1.9", "http://192.168.1.9"]),
        ("server.", ["https://server", "http://server"]),
        ("::1", ["https://[::1]", "http://[::1]"]),
        ("[FE80::1]:8090", ["https://[fe80::1]:8090", "http://[fe80::1]:8090"]),
        ("http://[::1]:80", ["http://[::1]"]),
        ("https://bücher.example", ["https://xn--bcher-kva.example"]),
        ("server/some/page", ["https://server", "http://server"]),
        ("server\\share", ["https://server", "http://server"]),
    ],
)
def test_what_people_type(typed: str, meant: list[str]) -> None:
    assert [origin.text for origin in candidates(typed)] == meant


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("", "No server address"),
        ("rtsp://server", "rtsp"),
        ("ftp://server", "ftp"),
        ("file:///etc/passwd", "file"),
        ("https://me:secret@server", "user name"),
        ("me@server", "user name"),
        ("server:port", "port"),
        ("server:0", "port"),
        ("server:65536", "port"),
        ("server:99999999999999999999", "port"),
        ("ser ver", "not a server address"),
        ("-server", "not a server address"),
        ("ser..ver", "not a server address"),
        ("a" * 64, "not a server address"),
        ("[::zz]", "IPv6"),
        ("https://", "not a server address"),
    ],
)
def test_what_is_no_address(typed: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint) as caught:
        candidates(typed)
    assert "secret" not in str(caught.value)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        found = candidates(text)
    except UsageError:
        return
    for origin in found:
        assert origin_of(origin.text) == origin
        assert candidates(origin.text) == (origin,)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_url_of_a_server_is_read_or_refused(text: str) -> None:
    for url in (text, f"http://{text}"):
        try:
            origin_of(url)
        except ServerError:
            continue


@pytest.mark.parametrize(
    "url", ["ftp://a/b", "http://u:p@a/b", "http:///b", "http://[x", "/b", "http://a:99999/"]
)
def test_urls_that_are_not_fetched(url: str) -> None:
    with pytest.raises(ServerError):
        origin_of(url)


@pytest.mark.parametrize(
    "host", ["exa mple", "*.x", ".x", "a..b", "a" * 300, "127.0.0.%31", "\u202egnp.exe", "é\u00a0b"]
)
def test_what_no_host_can_be_called_is_malformed_and_no_network_that_is_away(host: str) -> None:
    with pytest.raises(ServerError, match="malformed"):
        origin_of(f"http://{host}/file")


@pytest.mark.parametrize("host", ["ßerver", "server", "[::1]", "10.0.0.1", "a_b-c.example"])
def test_hosts_that_a_server_may_name_stay_as_they_are(host: str) -> None:
    assert origin_of(f"http://{host}:80/file").text == f"http://{host}"


def origin(text: str) -> Origin:
    return origin_of(text)


HOME = origin("https://server")


@pytest.mark.parametrize(
    ("target", "allowed"),
    [
        ("https://server/x", True),
        ("https://server:8443/x", True),
        ("http://server/x", False),
        ("https://other/x", False),
        ("https://server.evil/x", False),
        ("https://listed/x", True),
        ("https://listed:1234/x", True),
        ("https://exact:8443/x", True),
        ("https://exact/x", False),
        ("http://listed/x", False),
    ],
)
def test_who_may_know_the_credentials(target: str, allowed: bool) -> None:
    trust = Trust(HOME, frozenset({"listed", "exact:8443"}))
    assert trust.allows(origin(target)) is allowed


@pytest.mark.parametrize(
    ("source", "target", "allowed"),
    [
        ("http://server", "http://server", True),
        ("http://server", "https://server", True),
        ("http://server", "http://server:81", False),
        ("http://server", "http://other", False),
        ("http://server", "http://listed", True),
        ("https://server", "http://server", False),
        ("https://listed", "http://listed", False),
    ],
)
def test_a_redirect_is_trusted_less(source: str, target: str, allowed: bool) -> None:
    trust = Trust(origin("http://server"), frozenset({"listed"}))
    assert trust.allows_redirect(origin(source), origin(target)) is allowed


def test_an_upgrade_stays_on_the_host() -> None:
    assert is_upgrade(origin("http://a"), origin("https://a"))
    assert not is_upgrade(origin("http://a"), origin("https://b"))
    assert not is_upgrade(origin("https://a"), origin("http://a"))


@pytest.mark.parametrize(
    ("text", "loopback"),
    [
        ("http://localhost", True),
        ("http://127.0.0.1", True),
        ("http://[::1]", True),
        ("http://10.0.0.1", False),
        ("http://localhost.evil", False),
    ],
)
def test_this_computer(text: str, loopback: bool) -> None:
    assert origin(text).is_loopback is loopback
