import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from rta_viewer.demo.site import DemoSite
from rta_viewer.errors import NetworkError
from tests.helpers.certificates import self_signed
from tests.helpers.curl import curl
from tests.helpers.rest_client import RestClient
from tests.helpers.site import UNLIMITED
from tests.helpers.worlds import small_world


def _connect(client: RestClient) -> socket.socket:
    address = urlsplit(client.site.rest_url)
    return socket.create_connection((address.hostname, address.port), timeout=10)


def test_closing_ends_idle_half_sent_and_unread_connections(client: RestClient) -> None:
    client.site.faults.huge_body(1 << 40, path="/cameras")
    request = b"GET /api/rest/v1/cameras HTTP/1.1\r\nAuthorization: Basic ZGVtbzpkZW1v\r\n\r\n"
    with _connect(client) as idle, _connect(client) as half, _connect(client) as unread:
        half.sendall(b"GET /api/rest/v1/cam")
        unread.sendall(request)
        assert unread.recv(1)
        client.get("/system/health")
        begin = time.monotonic()
        client.site.close()
        assert time.monotonic() - begin < 5
        assert not [
            t for t in threading.enumerate() if t.name.startswith(("demo-rest", "demo-export"))
        ]
        for sock in (idle, half):
            assert sock.recv(10) == b""
    with pytest.raises(OSError, match="refused"):
        _connect(client)


def test_a_port_in_use_is_one_clear_sentence(client: RestClient, tmp_path: Path) -> None:
    port = int(urlsplit(client.site.rest_url).port or 0)
    second = DemoSite(small_world(tmp_path / "b"), port, cache_dir=tmp_path / "c")
    with pytest.raises(NetworkError, match=f"Port {port} on 127.0.0.1 is in use"):
        second.start()
    second.close()


def test_a_closed_sites_port_can_be_used_again_at_once(client: RestClient, tmp_path: Path) -> None:
    client.get("/system/health")
    address = urlsplit(client.site.rest_url)
    client.site.close()
    with DemoSite(small_world(tmp_path / "b"), int(address.port or 0)) as second:
        assert urlsplit(second.rest_url).port == address.port


def test_connections_beyond_the_bound_are_closed(make_client: Callable[..., RestClient]) -> None:
    client = make_client(replace(UNLIMITED, max_connections=2))
    with _connect(client) as first, _connect(client) as second:
        for sock in (first, second):
            sock.sendall(b"GET /x HTTP/1.1\r\n\r\n")
            assert sock.recv(20)
        with _connect(client) as third:
            assert third.recv(10) == b""


def test_silent_connections_are_closed(make_client: Callable[..., RestClient]) -> None:
    client = make_client(replace(UNLIMITED, idle_timeout_s=0.1))
    with _connect(client) as sock:
        sock.sendall(b"GET /x HT")
        assert sock.recv(10) == b""


def test_over_tls(make_client: Callable[..., RestClient], tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    client = make_client(tls=server)
    assert client.base.startswith("https://127.0.0.1:")
    assert client.site.rtsp_url.startswith("rtsps://")
    client.session.verify = str(certificate)
    assert client.json("/system/health")["status"] == "healthy"
    assert len(client.get(client.download_path()).content) == 100_000
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(client.base + "/system/health", timeout=10)
    with _connect(client) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\n\r\n")
        with contextlib.suppress(ConnectionResetError):
            assert not plain.recv(100).startswith(b"HTTP")
    assert client.get("/system/health").status_code == 200


@pytest.mark.peer
def test_curl_over_tls_with_a_body_that_ends_by_closing(
    make_client: Callable[..., RestClient], tmp_path: Path
) -> None:
    certificate, key = self_signed(tmp_path)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    client = make_client(tls=server)
    client.site.faults.lie_about_length("none", path="download")
    done = curl(client.site, "--cacert", certificate, client.base + client.download_path())
    assert done.returncode == 0, done.stderr
    assert len(done.stdout) == 100_000


def test_closing_does_not_wait_for_a_handshake_that_never_comes(
    make_client: Callable[..., RestClient], tmp_path: Path
) -> None:
    certificate, key = self_signed(tmp_path)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    client = make_client(tls=server)
    with _connect(client) as sock:
        sock.sendall(b"\x16\x03\x01")
        client.session.verify = str(certificate)
        client.get("/system/health")
        begin = time.monotonic()
        client.site.close()
        assert time.monotonic() - begin < 5
    assert not [t for t in threading.enumerate() if t.name.startswith(("demo-rest", "demo-export"))]
