import gzip
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import Cancelled, NetworkError, RtaError, ServerError
from rta_viewer.vms.address import origin_of
from rta_viewer.vms.errors_map import BrokenConnectionError, NetworkSignInError
from rta_viewer.vms.session import problem_of
from rta_viewer.vms.transport import Call, Transport, _proxies
from tests.helpers.cancelling import cancelled_when
from tests.helpers.certificates import server_context
from tests.helpers.scripted_http import Reply, Script, scripted


class Headless(Reply):
    """Nothing of an answer."""

    def head(self) -> bytes:
        return b""


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


def test_connections_are_used_again(transport: Transport) -> None:
    with scripted(lambda seen: Reply(body=b"ok")) as server:
        for _ in range(5):
            assert read(transport, server.url) == b"ok"
        assert len(server.seen) == 5
        assert len(server._threads) == 1


def test_a_connection_that_rested_for_long_is_left(
    transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scripted(lambda seen: Reply(body=b"ok")) as server:
        read(transport, server.url)
        read(transport, server.url)
        assert len(server._threads) == 1
        monkeypatch.setattr("rta_viewer.vms.transport._MOST_IDLE_S", -1.0)
        read(transport, server.url)
        assert len(server._threads) == 2


OK = Reply(body=b"ok")


def in_turn(*answers: Reply | list[bytes] | None) -> Script:
    """One after another, by whatever connection; ``[]`` closes it as the request arrives."""
    left = iter(answers)
    return lambda seen: next(left)


@pytest.mark.parametrize("tls", [False, True])
def test_a_connection_that_the_server_closes_in_that_moment_is_replaced_once(
    tmp_path: Path, tls: bool
) -> None:
    transport = Transport(verify_tls=False)
    context = server_context(tmp_path) if tls else None
    with scripted(in_turn(OK, [], OK, [], []), tls=context) as server:
        assert read(transport, server.url) == b"ok"
        assert read(transport, server.url) == b"ok"
        assert (len(server.seen), len(server._threads)) == (3, 2)
        with pytest.raises(BrokenConnectionError):
            read(transport, server.url)
        assert (len(server.seen), len(server._threads)) == (5, 3), "the new one was closed, too"
        assert not transport._open
    transport.close()


def test_a_new_connection_that_is_closed_is_not_replaced(transport: Transport) -> None:
    with scripted(lambda seen: []) as server, pytest.raises(BrokenConnectionError):
        read(transport, server.url)
    assert len(server.seen) == 1


def test_what_may_do_something_at_the_server_is_never_sent_twice(transport: Transport) -> None:
    with scripted(in_turn(OK, [], OK)) as server:
        read(transport, server.url)
        with pytest.raises(BrokenConnectionError) as caught:
            transport.send(Call("POST", server.url, {}, b"{}"), CancelToken())
        assert not caught.value.nothing_sent
        assert [seen.method for seen in server.seen] == ["GET", "POST"]


@pytest.mark.parametrize("begun", [b"HT", b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_an_answer_that_had_begun_is_not_asked_for_again(
    transport: Transport, begun: bytes
) -> None:
    with scripted(in_turn(OK, [begun], OK)) as server:
        read(transport, server.url)
        with pytest.raises(NetworkError):
            read(transport, server.url)
        assert len(server.seen) == 2


def test_silence_by_a_kept_connection_is_no_reason_to_ask_again(transport: Transport) -> None:
    with scripted(in_turn(OK, None)) as server:
        read(transport, server.url)
        with pytest.raises(NetworkError, match="in time"):
            transport.send(get(server.url, timeout_s=0.1), CancelToken())
        assert len(server.seen) == 2


@pytest.mark.parametrize("closing", [False, True])
def test_the_second_attempt_is_left_at_once(transport: Transport, closing: bool) -> None:
    token, leave = CancelToken(), CancelToken()
    leave.on_cancel(transport.close if closing else token.cancel)
    with scripted(in_turn(OK, [], None)) as server:
        read(transport, server.url)
        with cancelled_when(lambda: server.wait_for_requests(3), leave), pytest.raises(Cancelled):
            transport.send(get(server.url, timeout_s=60), token)
        assert not transport._open


def test_says_who_asks_and_brings_nothing_else(transport: Transport) -> None:
    with scripted(lambda seen: Reply(body=b"ok", headers={"Set-Cookie": "a=b"})) as server:
        read(transport, server.url)
        read(transport, server.url)
        for seen in server.seen:
            assert seen.headers["user-agent"].startswith("rta-viewer/")
            assert not {"cookie", "authorization"} & set(seen.headers)


def test_a_netrc_file_is_not_read(
    transport: Transport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login me password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with scripted(lambda seen: Reply(body=b"ok")) as server:
        read(transport, server.url)
        assert "authorization" not in server.seen[0].headers


def test_this_computer_is_never_asked_through_a_proxy(
    transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    with scripted(lambda seen: Reply(body=b"ok")) as server:
        assert read(transport, server.url) == b"ok"


def test_others_are_asked_through_the_systems_proxy(
    transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with scripted(lambda seen: Reply(body=b"by proxy")) as server:
        monkeypatch.setenv("http_proxy", server.url)
        assert read(transport, "http://recorder.invalid/x") == b"by proxy"
        assert server.seen[0].target == "http://recorder.invalid/x"


@pytest.mark.parametrize(
    ("excepted", "url", "is_direct"),
    [
        ("a, 192.0.2.9:8080", "http://192.0.2.9:8080/x", True),
        ("192.0.2.9:80", "http://192.0.2.9/x", True),
        ("[2001:db8::1]:8080", "http://[2001:db8::1]:8080/x", True),
        ("Recorder.invalid:80", "http://recorder.invalid/x", True),
        ("192.0.2.0/24", "http://192.0.2.9:8080/x", True),
        ("192.0.2.9:8080", "http://192.0.2.9:8081/x", False),
        ("192.0.2.9:8080", "http://192.0.2.90:8080/x", False),
        ("", "http://192.0.2.9:8080/x", False),
    ],
)
def test_what_is_excepted_from_the_proxy(
    monkeypatch: pytest.MonkeyPatch, excepted: str, url: str, is_direct: bool
) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, excepted)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert (not _proxies(url, origin_of(url))) == is_direct


def refusal(transport: Transport, url: str) -> RtaError:
    """By an exception or by an answer."""
    try:
        with transport.send(get(url), CancelToken()) as answer:
            return problem_of(answer, "GET /x", 0)
    except NetworkError as err:
        return err


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_wants_to_know_who_asks_says_so(
    transport: Transport, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with scripted(lambda seen: Reply(407, b"<html>Who are you?</html>")) as server:
        monkeypatch.setenv(f"{scheme}_proxy", server.url)
        error = refusal(transport, f"{scheme}://recorder.invalid/x")
    assert isinstance(error, NetworkSignInError)
    assert error.nothing_sent


def test_a_kind_of_proxy_that_we_do_not_speak_to_is_told(
    transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    with pytest.raises(NetworkError, match="The proxy of this network"):
        transport.send(get("http://server.invalid/"), CancelToken())


def test_a_fault_of_tls_before_the_answer_is_a_broken_connection(tmp_path: Path) -> None:
    transport = Transport(verify_tls=False)
    rubbish = Headless(cut_after=0, bare_after=b"\x99" * 500)
    with (
        scripted(lambda seen: rubbish, tls=server_context(tmp_path)) as server,
        pytest.raises(BrokenConnectionError),
    ):
        read(transport, server.url)
    transport.close()


def test_redirects_are_left_to_the_caller(transport: Transport) -> None:
    for location in ("http://127.0.0.1:1/", "http://[bad"):
        endless = Reply(302, b"x", {"Location": location}, length="99999999999", hold=True)
        with (
            scripted(lambda seen, endless=endless: endless) as server,
            transport.send(get(server.url), CancelToken()) as answer,
        ):
            assert answer.status == 302
            assert answer.headers["location"] == location
            assert len(server.seen) == 1


def test_bodies_are_bounded(transport: Transport) -> None:
    with scripted(lambda seen: Reply(body=b"x" * 2000)) as server:
        with pytest.raises(ServerError, match="far too large"):
            read(transport, server.url, limit=1999)
        assert len(read(transport, server.url, limit=2000)) == 2000


def test_a_bomb_of_compressed_zeros_is_bounded(transport: Transport) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    script = lambda seen: Reply(body=bomb, headers={"Content-Encoding": "gzip"})  # noqa: E731
    with scripted(script) as server, pytest.raises(ServerError, match="far too large"):
        read(transport, server.url)


@pytest.mark.parametrize(
    "pieces",
    [
        [b"SSH-2.0-OpenSSH_9.6\r\n"],
        [b"HTTP/1.1 abc\r\n\r\n"],
        [b""],
        [b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000],
        [b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"],
        [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"],
    ],
)
def test_garbage_is_a_network_error(transport: Transport, pieces: list[bytes]) -> None:
    with scripted(lambda seen: pieces) as server, pytest.raises(NetworkError):
        read(transport, server.url)


def test_nobody_listens(transport: Transport) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with pytest.raises(NetworkError, match="refused") as caught:
        transport.send(get(f"http://127.0.0.1:{port}"), CancelToken())
    assert caught.value.nothing_sent


def test_an_unknown_name(transport: Transport) -> None:
    with pytest.raises(NetworkError, match="name") as caught:
        transport.send(get("http://no-such-host.invalid"), CancelToken())
    assert caught.value.nothing_sent


def test_what_expects_tls_where_there_is_none_sends_nothing(transport: Transport) -> None:
    with scripted(lambda seen: Reply()) as server, pytest.raises(NetworkError) as caught:
        transport.send(get(server.url.replace("http:", "https:")), CancelToken())
    assert caught.value.nothing_sent
    assert not server.seen


def test_silence_ends_in_a_time_out(transport: Transport) -> None:
    with scripted(lambda seen: None) as server:
        with pytest.raises(NetworkError, match="in time") as caught:
            transport.send(get(server.url, timeout_s=0.1), CancelToken())
        assert not caught.value.nothing_sent, "it was, and nobody knows what became of it"


def test_a_stalled_body_ends_in_a_time_out(transport: Transport) -> None:
    script = lambda seen: Reply(body=b"abc", length="10", hold=True)  # noqa: E731
    with scripted(script) as server, transport.send(get(server.url), CancelToken()) as answer:
        chunks = answer.chunks(0.1)
        assert next(chunks) == b"abc"
        with pytest.raises(NetworkError, match="in time"):
            next(chunks)


def test_a_cut_body_is_told_apart(transport: Transport) -> None:
    script = lambda seen: Reply(body=b"abcdef", cut_after=3)  # noqa: E731
    with scripted(script) as server, pytest.raises(BrokenConnectionError):
        read(transport, server.url)


def test_a_cancelled_token_sends_nothing(transport: Transport) -> None:
    token = CancelToken()
    token.cancel()
    with scripted(lambda seen: Reply()) as server:
        with pytest.raises(Cancelled):
            transport.send(get(server.url), token)
        assert server.seen == []


def test_closing_cuts_what_is_under_way() -> None:
    transport = Transport(verify_tls=True)
    with scripted(lambda seen: None) as server:
        ended: list[BaseException] = []

        def ask() -> None:
            try:
                transport.send(get(server.url, timeout_s=60), CancelToken())
            except Cancelled as err:
                ended.append(err)

        thread = threading.Thread(target=ask)
        thread.start()
        server.wait_for_requests(1)
        transport.close()
        thread.join(5)
        assert len(ended) == 1
        with pytest.raises(Cancelled):
            transport.send(get(server.url), CancelToken())


def test_many_threads_at_once(transport: Transport) -> None:
    failures: list[object] = []

    def ask(number: int) -> None:
        for turn in range(5):
            if read(transport, f"{server.url}/{number}/{turn}") != f"/{number}/{turn}".encode():
                failures.append(number)

    with scripted(lambda seen: Reply(body=seen.path.encode())) as server:
        threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert len(server._threads) <= 8


def filled(transport: Transport, url: str, room: memoryview) -> bytes:
    """A body read into one and the same memory."""
    body = bytearray()
    with transport.send(get(url), CancelToken()) as answer:
        for piece in answer.pieces(5.0, lambda: room):
            assert len(piece) <= len(room)
            body += piece
    return bytes(body)


@pytest.mark.parametrize("size", [0, 1, 4_096, 100_003])
def test_pieces_come_in_the_memory_that_is_given_and_connections_are_used_again(
    transport: Transport, size: int
) -> None:
    sent = bytes(range(256)) * (size // 256) + bytes(range(size % 256))
    with scripted(lambda seen: Reply(body=sent)) as server:
        for _ in range(3):
            assert filled(transport, server.url, memoryview(bytearray(4_096))) == sent
        assert len(server._threads) == 1


@pytest.mark.parametrize(
    "answer",
    [
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"],
        [b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabcde"],
    ],
)
def test_pieces_of_a_body_whose_length_nobody_knows(
    transport: Transport, answer: list[bytes]
) -> None:
    with scripted(lambda seen: answer) as server:
        assert filled(transport, server.url, memoryview(bytearray(4))) == b"abcde"


def test_pieces_of_a_cut_body_end_with_its_cut(transport: Transport) -> None:
    script = lambda seen: Reply(body=b"abcdef", cut_after=3)  # noqa: E731
    room = memoryview(bytearray(100))
    with scripted(script) as server, transport.send(get(server.url), CancelToken()) as answer:
        pieces = answer.pieces(5.0, lambda: room)
        assert bytes(next(pieces)) == b"abc"
        with pytest.raises(BrokenConnectionError):
            next(pieces)
