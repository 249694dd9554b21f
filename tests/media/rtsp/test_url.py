import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.errors import NetworkError
from rta_viewer.media.rtsp.url import Endpoint, control_url, speed_in_url, start_in_url

TRUSTED = frozenset({"recorder", "127.0.0.1"})


def test_takes_an_address_apart_and_drops_credentials() -> None:
    endpoint = Endpoint.parse("RTSP://user:secret@Recorder/playback/1?start=x#frag")
    assert endpoint == Endpoint("rtsp://recorder/playback/1?start=x", "recorder", 554, False)
    assert Endpoint.parse("rtsps://[::1]:9/x") == Endpoint("rtsps://[::1]:9/x", "::1", 9, True)
    assert Endpoint.parse("rtsps://h/").port == 322


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://h/",
        "rtsp://",
        "rtsp://h:99999/",
        "rtsp://h/\r\nx",
        "rtsp://h/ x",
        "rtsp://" + "h" * 5000,
    ],
)
def test_refuses_what_is_no_rtsp_address(url: str) -> None:
    with pytest.raises(NetworkError):
        Endpoint.parse(url)


def test_the_sign_in_address_replaces_the_host_only() -> None:
    endpoint = Endpoint.parse("rtsp://192.168.1.9:8554/x?y").with_host("vpn.example")
    assert endpoint == Endpoint("rtsp://vpn.example:8554/x?y", "vpn.example", 8554, False)
    assert Endpoint.parse("rtsp://h/x").with_host("::1").url == "rtsp://[::1]/x"


def test_redirects_stay_within_trusted_hosts_and_encryption() -> None:
    here = Endpoint.parse("rtsp://recorder/a")
    assert here.redirected("rtsp://127.0.0.1:8/b", TRUSTED).port == 8
    assert here.redirected("/b", TRUSTED).url == "rtsp://recorder/b"
    assert here.redirected("rtsps://recorder/b", TRUSTED).tls
    with pytest.raises(NetworkError, match="stranger"):
        here.redirected("rtsp://stranger/b", TRUSTED)
    with pytest.raises(NetworkError, match="unencrypted"):
        Endpoint.parse("rtsps://recorder/a").redirected("rtsp://recorder/a", TRUSTED)


@pytest.mark.parametrize(
    ("base", "control", "expected"),
    [
        ("rtsp://h/a/", "trackID=1", "rtsp://h/a/trackID=1"),
        ("rtsp://h/a", "trackID=1", "rtsp://h/a/trackID=1"),
        ("rtsp://h/a?start=1", "trackID=1", "rtsp://h/a?start=1/trackID=1"),
        ("rtsp://h/a", "*", "rtsp://h/a"),
        ("rtsp://h/a", "", "rtsp://h/a"),
        ("rtsp://h/a", "rtsp://other/t", "rtsp://other/t"),
        ("rtsp://h/a/", "/t", "rtsp://h/t"),
    ],
)
def test_control_attributes(base: str, control: str, expected: str) -> None:
    assert control_url(base, control) == expected


@pytest.mark.parametrize(
    "url",
    [
        "rtsp://h/p?start=2025-10-24T10:00:00Z&end=x",
        "rtsp://h/p?starttime=20251024t100000z",
        "rtsp://h/p?x=1&Start=2025-10-24T12:00:00%2B02:00",
        "rtsp://h/p?start=2025-10-24T12:00:00+02:00",
        "rtsp://h/p?begin=20251024T100000.000Z",
    ],
)
def test_reads_the_start_out_of_a_playback_address(url: str) -> None:
    assert start_in_url(url) == 1_761_300_000_000


def test_addresses_without_start_or_speed() -> None:
    for url in ("rtsp://h/p", "rtsp://h/p?start=soon", "rtsp://h/p?start=2025-10-24"):
        assert start_in_url(url) is None
    assert speed_in_url("rtsp://h/p?speed=8") == 8
    assert speed_in_url("rtsp://h/p?speed=nan") == 1
    assert speed_in_url("rtsp://h/p?speed=x") == 1


@given(st.text(max_size=60))
def test_any_text_is_taken_apart_or_refused(text: str) -> None:
    start_in_url("rtsp://h/p?start=" + text)
    speed_in_url("rtsp://h/p?speed=" + text)
    try:
        endpoint = Endpoint.parse("rtsp://" + text)
    except NetworkError:
        return
    assert "@" not in endpoint.url.partition("//")[2].partition("/")[0]
