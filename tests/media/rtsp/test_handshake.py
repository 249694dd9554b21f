"""Getting to the first picture, step by step: what is asked, what is remembered, what a cut costs."""

import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import NetworkError, SignInError
from rta_viewer.media.rtsp.memory import Memories
from rta_viewer.media.rtsp.source import RtspReplaySource
from rta_viewer.media.rtsp.stream import RtspReplayStream
from rta_viewer.media.rtsp.timeouts import RtspTimeouts
from tests.helpers.certificates import server_context
from tests.helpers.replays import access, granting, take
from tests.helpers.scripted_rtsp import (
    SDP,
    Asked,
    Conversation,
    ScriptedRtsp,
    Step,
    cut,
    fine,
    pictures,
)

START_MS = 1_761_300_000_000
TIMEOUTS = RtspTimeouts(connect_s=1, answer_s=1, silence_s=0.6, after_end_s=0.2, farewell_s=0.05)
METHODS = ("OPTIONS", "DESCRIBE", "SETUP", "PLAY")
INFO = {"Session": "7", "RTP-Info": "url=trackID=1;seq=0;rtptime=0"}


def playing(conversation: Conversation, asked: Asked) -> None:
    conversation.answer(asked, fields=INFO)
    conversation.send(pictures(5))


def cut_at(part: float) -> Step:
    """A right answer, of which only a part leaves before the connection ends."""

    def step(conversation: Conversation, asked: Asked) -> None:
        whole = f"RTSP/1.0 200 OK\r\nCSeq: {asked.cseq}\r\nSession: 7\r\n\r\n".encode()
        if asked.method == "DESCRIBE":
            head = f"RTSP/1.0 200 OK\r\nCSeq: {asked.cseq}\r\nContent-Length: {len(SDP)}\r\n\r\n"
            whole = head.encode() + SDP
        conversation.send(whole[: int(len(whole) * part)])
        cut(conversation, asked)

    return step


@pytest.fixture
def sources() -> Iterator[list[RtspReplaySource]]:
    made: list[RtspReplaySource] = []
    yield made
    for source in made:
        source.close()


Make = Callable[..., RtspReplaySource]


@pytest.fixture
def source_of(sources: list[RtspReplaySource]) -> Make:
    def make(url: str, **more: object) -> RtspReplaySource:
        options = {"timeouts": TIMEOUTS} | more
        who = options.pop("who", access())
        sources.append(RtspReplaySource(granting(url), who, **options))  # type: ignore[arg-type]
        return sources[-1]

    return make


def play(source: RtspReplaySource, at_ms: int = 0) -> RtspReplayStream:
    return source.open(
        START_MS + at_ms,
        START_MS + 3_600_000,
        speed=1,
        key_frames_only=False,
        cancel=CancelToken(),
    )


@pytest.mark.parametrize("part", [0.0, 0.3, 0.95])
@pytest.mark.parametrize("method", METHODS)
def test_cut_in_the_middle_of_any_answer(source_of: Make, method: str, part: float) -> None:
    begun_s = time.monotonic()
    with ScriptedRtsp(PLAY=playing) as server:
        right = server.step(method)
        server.answer_with(method, cut_at(part))
        source = source_of(server.url)
        with pytest.raises(NetworkError):
            play(source)
        assert time.monotonic() - begun_s < 3
        # The same source plays as soon as the server is well.
        server.answer_with(method, right)
        stream = play(source)
        assert len(take(stream, 3)) == 3
        stream.close()


@pytest.mark.parametrize("method", ["PAUSE", "PLAY"])
def test_a_kept_connection_that_is_cut_costs_a_new_one(source_of: Make, method: str) -> None:
    with ScriptedRtsp(PLAY=playing) as server:
        source = source_of(server.url)
        stream = play(source)
        assert len(take(stream, 3)) == 3
        right = server.step(method)

        def once(conversation: Conversation, asked: Asked) -> None:
            server.answer_with(method, right)
            cut(conversation, asked)

        server.answer_with(method, once)
        stream.close()
        stream = play(source, 60_000)
        assert len(take(stream, 3)) == 3
        assert server.connections == 2
        stream.close()


def test_cut_at_the_farewell_is_no_error(source_of: Make) -> None:
    with ScriptedRtsp(PLAY=playing, TEARDOWN=cut) as server:
        source = source_of(server.url)
        play(source).close()
        begun_s = time.monotonic()
        source.close()
        assert time.monotonic() - begun_s < 2
        assert server.methods()[-1] == "TEARDOWN"


@pytest.mark.parametrize("data", [b"", b"RTSP/1.0 200 OK\r\n\r\n", b"\x15\x03\x01\x00\x02\x02\x28"])
@pytest.mark.parametrize("scheme", ["rtsp", "rtsps"])
def test_cut_as_soon_as_it_is_connected(source_of: Make, scheme: str, data: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            sock, _ = listener.accept()
            with sock:
                sock.sendall(data)

        thread = threading.Thread(target=serve)
        thread.start()
        url = f"{scheme}://127.0.0.1:{listener.getsockname()[1]}/x"
        begun_s = time.monotonic()
        with pytest.raises(NetworkError):
            play(source_of(url))
        assert time.monotonic() - begun_s < 3
        thread.join(5)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="others refuse at once")
def test_a_host_that_never_picks_up(source_of: Make) -> None:
    """The queue of the listener is full: what is sent to connect is not even answered."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, ExitStack() as queue:
        for _ in range(3):
            waiting = queue.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        url = f"rtsp://127.0.0.1:{listener.getsockname()[1]}/x"
        begun_s = time.monotonic()
        with pytest.raises(NetworkError):
            play(source_of(url, timeouts=RtspTimeouts(connect_s=0.3)))
        assert 0.2 < time.monotonic() - begun_s < 3


def test_a_tls_handshake_that_never_ends(source_of: Make) -> None:
    """TCP connects, and then nobody says anything: the time limit for connecting holds for both."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"rtsps://127.0.0.1:{listener.getsockname()[1]}/x"
        begun_s = time.monotonic()
        with pytest.raises(NetworkError):
            play(source_of(url, timeouts=RtspTimeouts(connect_s=0.3)))
        assert time.monotonic() - begun_s < 3


def test_cut_right_after_the_tls_handshake(source_of: Make, tmp_path: Path) -> None:
    context = server_context(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            sock, _ = listener.accept()
            with context.wrap_socket(sock, server_side=True) as wrapped:
                wrapped.recv(10)

        thread = threading.Thread(target=serve)
        thread.start()
        port = listener.getsockname()[1]
        trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        with pytest.raises(NetworkError):
            play(source_of(f"rtsps://127.0.0.1:{port}/x", tls=trusting))
        thread.join(5)


@pytest.mark.parametrize("method", METHODS)
def test_an_answer_with_a_wrong_number_is_passed_over(source_of: Make, method: str) -> None:
    with ScriptedRtsp(PLAY=playing) as server:
        right = server.step(method)

        def step(conversation: Conversation, asked: Asked) -> None:
            conversation.send(b"RTSP/1.0 500 Not Yours\r\nCSeq: 4711\r\n\r\n")
            right(conversation, asked)

        server.answer_with(method, step)
        stream = play(source_of(server.url))
        assert len(take(stream, 3)) == 3
        stream.close()


@pytest.mark.parametrize(
    ("public", "reminder"),
    [
        ("DESCRIBE, SETUP, PLAY, GET_PARAMETER", "GET_PARAMETER"),
        ("DESCRIBE, SETUP, PLAY", "OPTIONS"),
        ("", "OPTIONS"),
    ],
)
def test_the_reminder_is_what_the_server_offers(
    source_of: Make, public: str, reminder: str
) -> None:
    reminded = threading.Event()

    def options(conversation: Conversation, asked: Asked) -> None:
        conversation.answer(asked, fields={"Public": public} if public else {})
        if "session" in asked.headers:
            reminded.set()

    def parameter(conversation: Conversation, asked: Asked) -> None:
        fine(conversation, asked)
        reminded.set()

    def setup(conversation: Conversation, asked: Asked) -> None:
        fields = {"Session": "7;timeout=1", "Transport": asked.headers["transport"]}
        conversation.answer(asked, fields=fields)

    with ScriptedRtsp(
        OPTIONS=options, GET_PARAMETER=parameter, SETUP=setup, PLAY=playing
    ) as server:
        stream = play(source_of(server.url, timeouts=RtspTimeouts(farewell_s=0.05)))
        assert reminded.wait(5)  # nobody reads the stream meanwhile
        assert server.methods()[-1] == reminder
        assert server.asked[-1].headers["session"] == "7"
        stream.close()


@pytest.mark.parametrize("status", [551, 400, 501])
def test_replay_is_asked_for_once_and_dropped_where_it_is_refused(
    source_of: Make, status: int
) -> None:
    memories = Memories()

    def setup(conversation: Conversation, asked: Asked) -> None:
        if "require" in asked.headers:
            conversation.answer(asked, status)
        else:
            fields = {"Session": "7", "Transport": asked.headers["transport"]}
            conversation.answer(asked, fields=fields)

    with ScriptedRtsp(SETUP=setup, PLAY=playing) as server:
        for _ in range(2):
            source = source_of(server.url, memories=memories)
            play(source).close()
            source.close()
        required = [
            asked.headers.get("require") for asked in server.asked if asked.method == "SETUP"
        ]
        assert required == ["onvif-replay", None, None]
        assert not any("require" in one.headers for one in server.asked if one.method == "PLAY")
        assert not memories.of("127.0.0.1", server.port).onvif


def test_replay_that_is_refused_only_when_playing_is_dropped_too(source_of: Make) -> None:
    def setup(conversation: Conversation, asked: Asked) -> None:
        fields = {"Session": "7", "Transport": asked.headers["transport"]}
        conversation.answer(asked, fields=fields)

    def step(conversation: Conversation, asked: Asked) -> None:
        if "require" in asked.headers:
            conversation.answer(asked, 551, {"Unsupported": "onvif-replay"})
        else:
            playing(conversation, asked)

    with ScriptedRtsp(SETUP=setup, PLAY=step) as server:
        stream = play(source_of(server.url))
        assert len(take(stream, 3)) == 3
        stream.close()


@pytest.mark.parametrize("trusted", [True, False])
def test_credentials_follow_a_redirect_to_a_trusted_host_only(
    source_of: Make, trusted: bool
) -> None:
    def challenge(conversation: Conversation, asked: Asked) -> None:
        if "authorization" in asked.headers:
            conversation.answer(asked, fields={"Public": "DESCRIBE"})
        else:
            conversation.answer(asked, 401, {"WWW-Authenticate": 'Digest realm="x", nonce="n"'})

    hosts = frozenset({"127.0.0.1", "localhost"} if trusted else {"localhost"})
    with ScriptedRtsp(OPTIONS=challenge, PLAY=playing) as target:

        def redirect(conversation: Conversation, asked: Asked) -> None:
            conversation.answer(asked, 302, {"Location": target.url})

        with ScriptedRtsp(DESCRIBE=redirect) as server:
            asked_url = server.url.replace("127.0.0.1", "localhost")
            source = source_of(asked_url, who=access(trusted_hosts=hosts))
            if trusted:
                stream = play(source)
                assert len(take(stream, 3)) == 3
                stream.close()
            else:
                with pytest.raises((NetworkError, SignInError)):
                    play(source)
                assert not any("authorization" in one.headers for one in target.asked)


def test_a_server_of_urls_alone_is_asked_for_a_fresh_one_each_time(
    sources: list[RtspReplaySource],
) -> None:
    def step(conversation: Conversation, asked: Asked) -> None:
        if "range" in asked.headers:
            conversation.answer(asked, 457)
        else:
            playing(conversation, asked)

    granted: list[int] = []
    with ScriptedRtsp(PLAY=step) as server:

        def grant(start_ms: int, _end_ms: int, _speed: int, _cancel: CancelToken) -> str:
            granted.append(start_ms - START_MS)
            return server.url

        source = RtspReplaySource(grant, access(), timeouts=TIMEOUTS)
        sources.append(source)
        for at_ms in (5_000, 1_000, 9_000):
            stream = play(source, at_ms)
            assert take(stream, 1)[0].instant_ms == START_MS + at_ms
            stream.close()
    assert granted == [5_000, 1_000, 9_000]
