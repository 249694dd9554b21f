import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.certificate import UntrustedCertificateError
from rta_viewer.errors import Cancelled, NetworkError
from rta_viewer.vms import connections
from rta_viewer.vms import transport as transport_module
from rta_viewer.vms.errors_map import BrokenConnectionError, NoTlsError
from rta_viewer.vms.transport import Call, Transport
from tests.helpers.cancelling import cancelled_when
from tests.helpers.certificates import server_context
from tests.helpers.scripted_http import Reply, Seen, scripted


@pytest.fixture
def transport() -> Iterator[Transport]:
    made = Transport(verify_tls=True)
    yield made
    made.close()


def get(url: str, timeout_s: float = 5.0) -> Call:
    return Call("GET", url, {}, timeout_s=timeout_s)


def read(transport: Transport, url: str, limit: int = 10_000) -> bytes:
    with transport.send(get(url), CancelToken()) as answer:
        return answer.read(limit, 5.0)


def test_a_silent_server_is_left_at_once(transport: Transport) -> None:
    token = CancelToken()
    with (
        scripted(lambda seen: None) as server,
        cancelled_when(lambda: server.wait_for_requests(1), token),
        pytest.raises(Cancelled),
    ):
        transport.send(get(server.url, timeout_s=60), token)


def test_a_stalled_body_is_left_at_once(transport: Transport) -> None:
    token = CancelToken()
    reading = threading.Event()
    script = lambda seen: Reply(body=b"abc", length="10", hold=True)  # noqa: E731
    with scripted(script) as server, transport.send(get(server.url), token) as answer:
        chunks = answer.chunks(60)
        assert next(chunks) == b"abc"
        with cancelled_when(reading.wait, token):
            reading.set()
            with pytest.raises(Cancelled):
                next(chunks)


@pytest.mark.parametrize("tls", [False, True])
def test_a_body_that_stalls_while_pieces_are_read_is_left_at_once(
    tmp_path: Path, tls: bool
) -> None:
    transport, token = Transport(verify_tls=False), CancelToken()
    reading = threading.Event()
    script = lambda seen: Reply(body=b"abc", length="10", hold=True)  # noqa: E731
    context = server_context(tmp_path) if tls else None
    room = memoryview(bytearray(100))
    with scripted(script, tls=context) as server, transport.send(get(server.url), token) as answer:
        pieces = answer.pieces(60, lambda: room)
        assert bytes(next(pieces)) == b"abc"
        with cancelled_when(reading.wait, token):
            reading.set()
            with pytest.raises(Cancelled):
                next(pieces)
    transport.close()


@pytest.mark.parametrize("way", ["plain", "tls", "refused"])
def test_pieces_that_stall_end_in_a_time_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    if way == "refused":
        monkeypatch.setattr(socket, "SO_RCVTIMEO", -1)
    transport = Transport(verify_tls=False)
    script = lambda seen: Reply(body=b"abc", length="10", hold=True)  # noqa: E731
    context = server_context(tmp_path) if way == "tls" else None
    room = memoryview(bytearray(100))
    with (
        scripted(script, tls=context) as server,
        transport.send(get(server.url), CancelToken()) as answer,
    ):
        pieces = answer.pieces(0.1, lambda: room)
        assert bytes(next(pieces)) == b"abc"
        with pytest.raises(NetworkError, match="in time"):
            next(pieces)
    transport.close()


def test_silence_after_pieces_ends_in_a_time_out(transport: Transport) -> None:
    script = lambda seen: Reply(body=b"abc") if seen.target == "/first" else None  # noqa: E731
    room = memoryview(bytearray(100))
    with scripted(script) as server:
        with transport.send(get(f"{server.url}/first"), CancelToken()) as answer:
            assert b"".join(bytes(piece) for piece in answer.pieces(5.0, lambda: room)) == b"abc"
        with pytest.raises(NetworkError, match="in time"):
            transport.send(get(f"{server.url}/second", timeout_s=0.1), CancelToken())
        assert len(server._threads) == 1


def test_a_silent_handshake_is_left_at_once(transport: Transport) -> None:
    token = CancelToken()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        accepted: list[socket.socket] = []

        def accept() -> None:
            connection, _ = listener.accept()
            accepted.append(connection)
            connection.recv(1)

        with cancelled_when(accept, token), pytest.raises(Cancelled):
            transport.send(get(f"https://127.0.0.1:{listener.getsockname()[1]}"), token)
        accepted[0].close()


def test_connecting_to_nowhere_is_left_at_once(
    transport: Transport,
) -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(full.getsockname())
        token = CancelToken()
        timer = threading.Timer(0.2, token.cancel)
        timer.start()
        began_s = time.monotonic()
        with pytest.raises((Cancelled, NetworkError)):
            transport.send(get(f"http://127.0.0.1:{full.getsockname()[1]}", timeout_s=60), token)
        assert time.monotonic() - began_s < 5
        timer.join()
        for filler in fillers:
            filler.close()


def test_a_certificate_that_nobody_vouches_for(transport: Transport, tmp_path: Path) -> None:
    with scripted(lambda seen: Reply(body=b"ok"), tls=server_context(tmp_path)) as server:
        with pytest.raises(UntrustedCertificateError, match="self-signed"):
            transport.send(get(server.url), CancelToken())
        assert server.seen == []


def test_the_operator_may_switch_the_check_off(tmp_path: Path) -> None:
    transport = Transport(verify_tls=False)
    with scripted(lambda seen: Reply(body=b"ok"), tls=server_context(tmp_path)) as server:
        assert read(transport, server.url) == b"ok"
        assert read(transport, server.url) == b"ok"
        assert len(server._threads) == 1
    transport.close()


def test_cancelling_works_through_tls(tmp_path: Path) -> None:
    transport = Transport(verify_tls=False)
    token = CancelToken()
    with (
        scripted(lambda seen: None, tls=server_context(tmp_path)) as server,
        cancelled_when(lambda: server.wait_for_requests(1), token),
        pytest.raises(Cancelled),
    ):
        transport.send(get(server.url, timeout_s=60), token)
    transport.close()


def test_plain_http_behind_an_https_address(transport: Transport) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"https://127.0.0.1:{listener.getsockname()[1]}"

        def refuse() -> None:
            sock, _ = listener.accept()
            with sock:
                sock.recv(65536)
                sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=refuse)
        thread.start()
        with pytest.raises(NoTlsError):
            transport.send(get(address), CancelToken())
        thread.join()


def test_a_handshake_that_is_cut_may_be_tried_again(transport: Transport) -> None:
    """What passes connections on accepts them, and drops them, while the server behind it is restarted."""
    with scripted(lambda seen: Reply()) as server, pytest.raises(BrokenConnectionError) as caught:
        transport.send(get(server.url.replace("http", "https")), CancelToken())
    assert "TLS" in caught.value.summary
    assert caught.value.nothing_sent


@pytest.mark.parametrize("drop", [b"X: a\r\n", b"x"], ids=["lines", "bytes"])
def test_a_head_that_only_drips_is_given_up(
    transport: Transport, monkeypatch: pytest.MonkeyPatch, drop: bytes
) -> None:
    """Each piece comes in time, and the answer never begins."""
    monkeypatch.setattr(connections, "_HEAD_WITHIN_S", 0.3)
    given_up = threading.Event()

    def drip(_seen: Seen) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n"
        while not given_up.wait(0.01):
            yield drop

    with scripted(drip) as server:  # type: ignore[arg-type]
        with pytest.raises(NetworkError, match="in time"):
            transport.send(Call("GET", server.url, {}), CancelToken())
        given_up.set()


TRAILERS = b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n", b"X: a\r\n"
SIZE = b"Transfer-Encoding: chunked\r\n\r\n2;", b"a"
NAME = b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08\0\0\0\0\0\x03", b"a"


@pytest.mark.parametrize(
    ("parts", "whole"),
    [(TRAILERS, True), (SIZE, True), (NAME, True), (TRAILERS, False), (SIZE, False)],
)
def test_what_comes_for_ever_and_is_no_body_is_given_up(
    transport: Transport, monkeypatch: pytest.MonkeyPatch, parts: tuple[bytes, bytes], whole: bool
) -> None:
    """Each bit comes in time, and the body never ends."""
    monkeypatch.setattr(transport_module, "_PIECE_WITHIN_S", 0.3)
    given_up = threading.Event()

    def drip(_seen: Seen) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n" + parts[0]
        while not given_up.wait(0.01):
            yield parts[1]

    room = memoryview(bytearray(100))
    with scripted(drip) as server, transport.send(get(server.url), CancelToken()) as answer:  # type: ignore[arg-type]
        with pytest.raises(NetworkError, match="in time"):
            answer.read(1000, 0.3) if whole else list(answer.pieces(5.0, lambda: room))
        given_up.set()


@pytest.mark.parametrize("cut", [12, 17, 20, 30, 33, 52, 54])
def test_a_cut_within_the_head_is_a_cut_and_no_empty_answer(transport: Transport, cut: int) -> None:
    head = b"HTTP/1.1 200 OK\r\nServer: another\r\nContent-Length: 3\r\n\r\n"
    broken = pytest.raises(BrokenConnectionError, match="broke off")
    with scripted(lambda seen: [head[:cut]]) as server, broken:
        transport.send(get(server.url), CancelToken())


@pytest.mark.parametrize("status", [100, 101, 102, 103])
def test_what_is_said_before_the_answer_is_not_the_answer(
    transport: Transport, status: int
) -> None:
    """RFC 9110, 15.2: a server that works for long may say so, and a gateway what is to come."""
    early = f"HTTP/1.1 {status} Early\r\nLink: </a>\r\n\r\n".encode()
    bodies = iter([b"one", b"two"])

    def answer(_seen: Seen) -> list[bytes]:
        body = next(bodies)
        # This server closes after each answer; unsaid, the second question might meet the closing.
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\n"
        return [early, early, head, body]

    with scripted(answer) as server:
        assert [read(transport, server.url) for _ in range(2)] == [b"one", b"two"]


@pytest.mark.parametrize(
    "line", ["No header at all", "Content-Length: 2\r\nTransfer-Encoding: chunked"]
)
def test_odd_headers_put_no_address_into_the_log(
    transport: Transport, caplog: pytest.LogCaptureFixture, line: str
) -> None:
    """Whoever has a signed link may fetch the file."""
    head = f"HTTP/1.1 200 OK\r\n{line}\r\n\r\n".encode()
    with scripted(lambda seen: [head, b"2\r\nok\r\n0\r\n\r\n"]) as server:
        call = Call("GET", f"{server.url}/file?sig=s3cret", {})
        with transport.send(call, CancelToken()) as answer:
            assert b"ok" in answer.read(100, 5)
    assert caplog.records == []
