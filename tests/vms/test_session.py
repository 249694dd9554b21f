"""Who gets to see the credentials, renewals, waiting, and waiting no more."""

import json
import threading
from collections.abc import Iterator

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.model import SignInMethod
from rta_viewer.core.secret import Secret
from rta_viewer.errors import (
    BusyError,
    NetworkError,
    NotFoundError,
    RefusedError,
    ServerError,
)
from rta_viewer.vms.address import Trust, origin_of
from rta_viewer.vms.errors_map import BrokenConnectionError, DeadLinkError, ForbiddenError
from rta_viewer.vms.rate import RateLimiter
from rta_viewer.vms.session import Endpoint, Session, path_part, read_json
from rta_viewer.vms.sign_in import BasicSignIn, BearerSignIn, SignIn
from rta_viewer.vms.transport import Call, Transport
from rta_viewer.vms.wire import TokenGrant
from tests.helpers.recorders import Naps
from tests.helpers.scripted_http import Reply, ScriptedServer, Seen, scripted

CANCEL = CancelToken()
THING = Endpoint("GET /thing", "/thing")
OK = Reply(body=b'{"a": 1}')


@pytest.fixture
def transport() -> Iterator[Transport]:
    made = Transport(verify_tls=True)
    yield made
    assert not made._open, "each answer was read, or closed"
    made.close()


def session_to(
    server: ScriptedServer,
    transport: Transport,
    *,
    sign_in: SignIn | None = None,
    trusted: frozenset[str] = frozenset(),
    naps: Naps | None = None,
) -> Session:
    clock = ManualClock(1_761_300_000_000)
    return Session(
        Trust(origin_of(server.url), trusted),
        transport,
        sign_in or BasicSignIn("demo", Secret("demo")),
        clock,
        RateLimiter(clock, naps or Naps()),
    )


def had_credentials(server: ScriptedServer) -> list[bool]:
    return ["authorization" in seen.headers for seen in server.seen]


def test_asks_below_the_base_with_credentials(transport: Transport) -> None:
    with scripted(lambda seen: OK) as server:
        endpoint = Endpoint(
            "GET /thing", f"/thing/{path_part('{a/b}?#%')}", query={"at": "10:00 +"}
        )
        assert session_to(server, transport).get(endpoint, CANCEL).integer("a") == 1
        seen = server.seen[0]
        assert seen.path == "/api/rest/v1/thing/%7Ba%2Fb%7D%3F%23%25"
        assert seen.query == {"at": "10:00 +"}
        assert had_credentials(server) == [True]


@pytest.mark.parametrize("identifier", ["", ".", ".."])
def test_identifiers_that_would_change_the_path(identifier: str) -> None:
    with pytest.raises(NotFoundError):
        path_part(identifier)


def test_redirects_within_the_server_are_followed(transport: Transport) -> None:
    def script(seen: Seen) -> Reply:
        return OK if seen.path == "/b" else Reply(302, headers={"Location": "/b"})

    with scripted(script) as server:
        assert session_to(server, transport).get(THING, CANCEL).integer("a") == 1
        assert had_credentials(server) == [True, True]


def test_json_is_not_taken_from_elsewhere(transport: Transport) -> None:
    with scripted(lambda seen: OK) as other:
        there = lambda seen: Reply(302, headers={"Location": other.url})  # noqa: E731
        with scripted(there) as server, pytest.raises(ServerError, match="another address"):
            session_to(server, transport).get(THING, CANCEL)
        assert other.seen == [], "another port is another service"


def test_json_is_taken_from_a_host_that_the_operator_listed(transport: Transport) -> None:
    with scripted(lambda seen: OK) as other:
        there = lambda seen: Reply(302, headers={"Location": other.url})  # noqa: E731
        with scripted(there) as server:
            trusted = frozenset({f"127.0.0.1:{other.port}"})
            session_to(server, transport, trusted=trusted).get(THING, CANCEL)
        assert had_credentials(other) == [True]


def test_a_circle_of_redirects_ends(transport: Transport) -> None:
    round_ = lambda seen: Reply(302, headers={"Location": "/again"})  # noqa: E731
    with scripted(round_) as server, pytest.raises(ServerError, match="circles"):
        session_to(server, transport).get(THING, CANCEL)


def test_a_post_goes_by_a_connection_that_did_not_rest(transport: Transport) -> None:
    """Where the server drops it at this very moment, nobody would know whether the order arrived."""
    with scripted(lambda seen: OK) as server:
        session = session_to(server, transport)
        for _ in range(2):
            session.get(THING, CANCEL)
            session.post(THING, {}, CANCEL)
        session.get(THING, CANCEL)
        assert len(server._threads) == 3
    assert len(transport._idle) == 1


def test_a_post_is_sent_once_and_never_redirected(transport: Transport) -> None:
    there = lambda seen: Reply(307, headers={"Location": "/b"})  # noqa: E731
    with scripted(there) as server, pytest.raises(ServerError):
        session_to(server, transport).post(THING, {"x": 1}, CANCEL)
    assert len(server.seen) == 1
    assert json.loads(server.seen[0].body) == {"x": 1}
    with scripted(lambda seen: Reply(429, headers={"Retry-After": "1"})) as server:
        with pytest.raises(BusyError) as caught:
            session_to(server, transport).post(THING, {}, CANCEL)
        assert caught.value.retry_after_s == 1
        assert len(server.seen) == 1


def test_a_file_elsewhere_comes_without_credentials(transport: Transport) -> None:
    with (
        scripted(lambda seen: Reply(body=b"file"), host="127.0.0.2") as other,
        scripted(lambda seen: OK) as server,
    ):
        session = session_to(server, transport)
        with session.open(Call("GET", f"{other.url}/x", {}), CANCEL) as answer:
            assert answer.read(100, 5) == b"file"
        assert had_credentials(other) == [False]


def test_a_file_that_is_redirected_to_another_port_goes_on_without(transport: Transport) -> None:
    with scripted(lambda seen: Reply(body=b"file")) as other:
        there = lambda seen: Reply(302, headers={"Location": f"{other.url}/x"})  # noqa: E731
        with scripted(there) as server:
            session = session_to(server, transport)
            with session.open(Call("GET", f"{server.url}/x", {}), CANCEL) as answer:
                assert answer.status == 200
        assert had_credentials(server) == [True]
        assert had_credentials(other) == [False]


def test_credentials_do_not_come_back_after_a_detour(transport: Transport) -> None:
    with scripted(lambda seen: OK) as server:
        home = f"{server.url}/stolen?to=evil"
        back = lambda seen: Reply(302, headers={"Location": home})  # noqa: E731
        with scripted(back, host="127.0.0.2") as other:
            session = session_to(server, transport)
            session.open(Call("GET", f"{other.url}/x", {}), CANCEL).close()
        assert had_credentials(server) == [False]


@pytest.mark.parametrize("status", [401, 403])
def test_a_host_without_credentials_refuses_the_link_and_not_the_user(
    transport: Transport, status: int
) -> None:
    with scripted(lambda seen: Reply(status), host="127.0.0.2") as other:
        there = lambda seen: Reply(302, headers={"Location": f"{other.url}/x"})  # noqa: E731
        with scripted(there) as server, pytest.raises(DeadLinkError, match="link"):
            session_to(server, transport).open(Call("GET", f"{server.url}/x", {}), CANCEL)
    with scripted(lambda seen: Reply(status)) as server:
        session = session_to(server, transport)
        with session.open(Call("GET", f"{server.url}/x", {}), CANCEL) as answer:
            assert answer.status == status


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "http://u:p@127.0.0.1/", "ftp://x/", "http://[broken"]
)
def test_redirects_to_what_is_not_http(transport: Transport, location: str) -> None:
    there = lambda seen: Reply(302, headers={"Location": location})  # noqa: E731
    with scripted(there) as server:
        session = session_to(server, transport)
        with pytest.raises(ServerError):
            session.open(Call("GET", server.url, {}), CANCEL)
        with pytest.raises(ServerError):
            session.get(THING, CANCEL)


def test_never_from_https_down_to_http(transport: Transport) -> None:
    with scripted(lambda seen: OK) as server:
        trust = Trust(origin_of("https://127.0.0.1"), frozenset({"127.0.0.1"}))
        clock = ManualClock(0)
        basic = BasicSignIn("demo", Secret("demo"))
        session = Session(trust, transport, basic, clock, RateLimiter(clock))
        with pytest.raises(ServerError, match="without encryption"):
            session.open(Call("GET", server.url, {}), CANCEL)
        assert server.seen == []


class Tokens:
    """A server that refuses its first token after a while, and its log-in."""

    def __init__(self) -> None:
        self.asked = 0
        self.valid = "Bearer t1"
        self.error: Exception | None = None

    def ask(self, cancel: CancelToken) -> TokenGrant:
        self.asked += 1
        if self.error is not None:
            raise self.error
        return TokenGrant(Secret(f"t{self.asked}"), 3600)

    def script(self, seen: Seen) -> Reply:
        return OK if seen.headers.get("authorization") == self.valid else Reply(401, b"{}")


def test_a_token_is_renewed_once_under_twenty_threads(transport: Transport) -> None:
    tokens = Tokens()
    sign_in = BearerSignIn(SignInMethod.TOKEN, tokens.ask, ManualClock(0))
    with scripted(tokens.script) as server:
        session = session_to(server, transport, sign_in=sign_in)
        session.get(THING, CANCEL)
        tokens.valid = "Bearer t2"
        barrier = threading.Barrier(20)
        answers: list[int | None] = []

        def ask() -> None:
            barrier.wait(10)
            answers.append(session.get(THING, CANCEL).integer("a"))

        threads = [threading.Thread(target=ask) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [1] * 20
        assert tokens.asked == 2


def test_a_second_refusal_is_final(transport: Transport) -> None:
    tokens = Tokens()
    tokens.valid = "none"
    sign_in = BearerSignIn(SignInMethod.TOKEN, tokens.ask, ManualClock(0))
    with scripted(tokens.script) as server:
        with pytest.raises(ForbiddenError):
            session_to(server, transport, sign_in=sign_in).get(THING, CANCEL)
        assert len(server.seen) == 2
        assert not transport._open


def test_a_renewal_that_fails_is_the_answer(transport: Transport) -> None:
    tokens = Tokens()
    sign_in = BearerSignIn(SignInMethod.TOKEN, tokens.ask, ManualClock(0))
    with scripted(tokens.script) as server:
        session = session_to(server, transport, sign_in=sign_in)
        session.get(THING, CANCEL)
        tokens.valid, tokens.error = "none", NetworkError("down")
        with pytest.raises(NetworkError, match="down"):
            session.get(THING, CANCEL)


@pytest.mark.parametrize("retry_after", ["7", "Fri, 24 Oct 2025 10:00:07 GMT"])
def test_waits_as_long_as_the_server_asks(transport: Transport, retry_after: str) -> None:
    replies = iter([Reply(429, headers={"Retry-After": retry_after}), OK])
    naps = Naps()
    with scripted(lambda seen: next(replies)) as server:
        assert session_to(server, transport, naps=naps).get(THING, CANCEL).integer("a") == 1
    assert naps.seconds == [7.0]


def test_does_not_wait_for_ever(transport: Transport) -> None:
    for headers, requests in (({"Retry-After": "3600"}, 1), ({"Retry-After": "1"}, 3), ({}, 3)):
        busy = Reply(503, headers=headers)
        with scripted(lambda seen, busy=busy: busy) as server:
            with pytest.raises(BusyError):
                session_to(server, transport).get(THING, CANCEL)
            assert len(server.seen) == requests


def test_an_idle_connection_that_broke_is_replaced_once(transport: Transport) -> None:
    replies: list[object] = [[b""], OK]
    with scripted(lambda seen: replies.pop(0)) as server:  # type: ignore[arg-type,return-value]
        assert session_to(server, transport).get(THING, CANCEL).integer("a") == 1
    with scripted(lambda seen: [b""]) as server:
        with pytest.raises(BrokenConnectionError):
            session_to(server, transport).get(THING, CANCEL)
        assert len(server.seen) == 2


def test_json_of_more_than_eight_mebibytes_is_refused(transport: Transport) -> None:
    huge = b'{"a": "' + b"x" * (8 * 1024 * 1024) + b'"}'
    with (
        scripted(lambda seen: Reply(body=huge)) as server,
        pytest.raises(ServerError, match="far too large"),
    ):
        session_to(server, transport).get(THING, CANCEL)


def test_an_error_with_a_broken_body_is_still_an_error(transport: Transport) -> None:
    with (
        scripted(lambda seen: Reply(404, b'{"error"' + b" " * 99, cut_after=5)) as server,
        transport.send(Call("GET", server.url, {}), CANCEL) as answer,
        pytest.raises(ServerError, match="does not offer"),
    ):
        read_json(answer, "GET /x", 0)


def test_a_password_that_is_refused_again_and_again_is_not_sent_any_more(
    transport: Transport,
) -> None:
    works = [True]
    with scripted(lambda seen: OK if works[0] else Reply(401)) as server:
        session = session_to(server, transport)
        session.get(THING, CANCEL)
        works[0] = False
        for _ in range(10):
            with pytest.raises(RefusedError):
                session.get(THING, CANCEL)
    assert len(server.seen) == 1 + 3


def test_one_refusal_among_good_answers_is_not_the_end(transport: Transport) -> None:
    with scripted(lambda seen: Reply(401) if len(server.seen) % 2 else OK) as server:
        session = session_to(server, transport)
        for _ in range(5):
            with pytest.raises(RefusedError):
                session.get(THING, CANCEL)
            session.get(THING, CANCEL)


def test_how_far_the_servers_clock_is_ahead_is_told_by_its_last_answer(
    transport: Transport,
) -> None:
    dates = iter(["Fri, 24 Oct 2025 11:00:00 GMT", "", "Fri, 24 Oct 2025 09:59:00 GMT"])

    def answer(seen: Seen) -> Reply:
        date = next(dates)
        return Reply(body=OK.body, headers={"Date": date} if date else {})

    with scripted(answer) as server:
        session = session_to(server, transport)
        assert session.clock_offset_ms == 0
        found = []
        for _ in range(3):
            session.get(THING, CANCEL)
            found.append(session.clock_offset_ms)
    assert found == [3_600_500, 3_600_500, -59_500]
