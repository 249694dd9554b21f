"""HTTP as it arrives: raw bytes in, raw bytes out."""

import socket
from urllib.parse import urlsplit

import pytest

from tests.helpers.rest_client import RestClient

AUTH = b"Authorization: Basic ZGVtbzpkZW1v\r\n"
HEALTH = b"GET /api/rest/v1/system/health HTTP/1.1\r\nHost: x\r\n" + AUTH


def _connect(client: RestClient) -> socket.socket:
    address = urlsplit(client.site.rest_url)
    return socket.create_connection((address.hostname, address.port), timeout=10)


def _exchange(client: RestClient, sent: bytes) -> bytes:
    """All that comes back until the server closes."""
    with _connect(client) as sock:
        sock.sendall(sent)
        found = b""
        while block := sock.recv(65536):
            found += block
    return found


def _status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def test_one_connection_takes_many_requests(shared: RestClient) -> None:
    answer = _exchange(shared, (HEALTH + b"\r\n") * 3 + HEALTH + b"Connection: close\r\n\r\n")
    assert answer.count(b"HTTP/1.1 200 OK") == 4
    assert answer.count(b"Connection: close") == 1


def test_http_1_0_gets_one_answer_and_the_end(shared: RestClient) -> None:
    answer = _exchange(shared, HEALTH.replace(b"HTTP/1.1", b"HTTP/1.0") + b"\r\n")
    assert _status(answer) == 200


def test_the_whole_url_as_target_is_understood_and_its_user_part_forgotten(
    shared: RestClient,
) -> None:
    target = b"http://demo:geheim@127.0.0.1/api/rest/v1/system/health?a=1"
    sent = b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + AUTH + b"\r\n"
    assert _status(_exchange(shared, sent)) == 200
    assert "geheim" not in repr([vars(entry) for entry in shared.site.log.entries()])


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GARBAGE\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 505),
        (b"GET / HTTP/1.1\r\nContent-Length: -5\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n12345", 400),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
        (b"POST / HTTP/1.1\r\nContent-Length: 9999999\r\n\r\n", 413),
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 70_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 150 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\n" + (b"X: " + b"a" * 40_000 + b"\r\n") * 2 + b"\r\n", 431),
        (b"GET /%ff HTTP/1.1\r\n\r\n", 400),
        (b"GET /?" + b"a=1&" * 500 + b" HTTP/1.1\r\n\r\n", 400),
        (b"BREW /pot HTTP/1.1\r\n\r\n", 501),
    ],
)
def test_what_breaks_the_rules_is_refused_in_the_contracts_form(
    shared: RestClient, sent: bytes, status: int
) -> None:
    answer = _exchange(shared, sent)
    assert _status(answer) == status
    assert b'"error":{"code":"INVALID_REQUEST"' in answer


def test_a_refused_body_does_not_reset_the_refusal_away(shared: RestClient) -> None:
    size = 2 << 20
    head = f"POST /api/auth/login HTTP/1.1\r\nContent-Length: {size}\r\n\r\n".encode()
    with _connect(shared) as sock:
        sock.sendall(head + b"x" * 200_000)
        assert _status(sock.recv(65536)) == 413


def test_a_body_that_ends_early_is_refused(shared: RestClient) -> None:
    with _connect(shared) as sock:
        sock.sendall(b"POST /api/auth/login HTTP/1.1\r\nContent-Length: 100\r\n\r\n{")
        sock.shutdown(socket.SHUT_WR)
        assert _status(sock.recv(65536)) == 400


def test_a_client_that_waits_for_leave_to_send_its_body_gets_it(shared: RestClient) -> None:
    body = b'{"username":"demo","password":"demo"}'
    head = b"POST /api/auth/login HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
    with _connect(shared) as sock:
        sock.sendall(head + f"Content-Length: {len(body)}\r\n\r\n".encode())
        assert sock.recv(65536).startswith(b"HTTP/1.1 100")
        sock.sendall(body)
        assert _status(sock.recv(65536)) == 200


def test_the_date_is_the_worlds(shared: RestClient) -> None:
    assert b"Date: Fri, 24 Oct 2025 10:00:00 GMT" in _exchange(
        shared, HEALTH + b"Connection: close\r\n\r\n"
    )


def test_the_log_lists_a_request_when_it_arrives_and_its_bytes_when_they_left(
    client: RestClient,
) -> None:
    body = client.get("/cameras?limit=2").content
    entry = client.site.log.entries("/cameras")[0]
    assert entry.query == "limit=2"
    assert entry.auth_scheme == "basic"
    assert entry.at_ms == client.clock.now_ms()
    found = client.site.log.wait_for(lambda seen: seen.sent_bytes == len(body))
    assert found is entry
    assert entry.status == 200
