"""Servers that are broken or mean: a clear error in bounded time, never a hang, never a crash."""

import time
from collections.abc import Callable, Iterator

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import (
    Cancelled,
    MediaError,
    NetworkError,
    NoFootageError,
    NotFoundError,
    RtaError,
    ServerError,
    SignInError,
)
from rta_viewer.media.rtsp.source import RtspReplaySource
from rta_viewer.media.rtsp.stream import EndReason, RtspReplayStream
from rta_viewer.media.rtsp.timeouts import RtspTimeouts
from tests.helpers.replays import access, granting, take
from tests.helpers.scripted_rtsp import (
    DELTA,
    KEY,
    SDP,
    Asked,
    Conversation,
    ScriptedRtsp,
    Step,
    cut,
    fine,
    pictures,
    rtp,
    silent,
)

START_MS = 1_761_300_000_000
TIMEOUTS = RtspTimeouts(connect_s=1, answer_s=0.5, silence_s=0.5, after_end_s=0.2, farewell_s=0.05)
IMPATIENT = RtspTimeouts(connect_s=1, answer_s=0.15, silence_s=0.15, farewell_s=0.02)
BOUND_S = 5.0


def then(data: bytes, fields: dict[str, str] | None = None) -> Step:
    """Answer PLAY well, then send some bytes."""

    def step(conversation: Conversation, asked: Asked) -> None:
        conversation.answer(asked, fields={"Session": "7"} | (fields or {}))
        conversation.send(data)

    return step


def raw(data: bytes) -> Step:
    """Send some bytes instead of an answer."""
    return lambda conversation, _asked: conversation.send(data)


def status(code: int, **fields: str) -> Step:
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    return lambda conversation, asked: conversation.answer(asked, code, named)


@pytest.fixture
def opened() -> Iterator[Callable[[ScriptedRtsp], RtspReplayStream]]:
    sources: list[RtspReplaySource] = []

    def open_stream(
        server: ScriptedRtsp, length_ms: int = 3_600_000, timeouts: RtspTimeouts = TIMEOUTS
    ) -> RtspReplayStream:
        sources.append(RtspReplaySource(granting(server.url), access(), timeouts=timeouts))
        return sources[-1].open(
            START_MS,
            START_MS + length_ms,
            speed=1,
            key_frames_only=False,
            cancel=CancelToken(),
        )

    yield open_stream
    for source in sources:
        source.close()


Opened = Callable[..., RtspReplayStream]

METHODS = ("OPTIONS", "DESCRIBE", "SETUP", "PLAY")
ENDLESS = b"RTSP/1.0 200 OK\r\n" + b"X-Filler: " + b"y" * 70_000
MANY_FIELDS = b"RTSP/1.0 200 OK\r\n" + b"A: b\r\n" * 5_000 + b"\r\n"
HUGE = b"RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 99999999999\r\n\r\n"
LARGE = b"RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 2000000\r\n\r\n"
NEGATIVE = b"RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: -5\r\n\r\n"
STRANGER = b"RTSP/1.0 200 OK\r\nCSeq: 4711\r\n\r\n"
WEB = b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n<html>"
NO_STATUS = b"RTSP/1.0 fine\r\nCSeq: 1\r\n\r\n"
GARBAGE = bytes(range(128, 256)) * 700


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "step",
    [
        pytest.param(cut, id="cut"),
        pytest.param(silent, id="silent"),
        pytest.param(raw(ENDLESS), id="endless header"),
        pytest.param(raw(MANY_FIELDS), id="many fields"),
        pytest.param(raw(HUGE), id="huge length"),
        pytest.param(raw(LARGE), id="large length"),
        pytest.param(raw(NEGATIVE), id="negative length"),
        pytest.param(raw(STRANGER), id="wrong cseq"),
        pytest.param(raw(WEB), id="web server"),
        pytest.param(raw(NO_STATUS), id="no status"),
        pytest.param(raw(GARBAGE), id="garbage"),
        pytest.param(raw(b"RTSP/1.0 200"), id="half a line"),
        pytest.param(raw(b"$\x00\xff\xff" + b"x" * 1000), id="half a frame"),
    ],
)
def test_a_broken_handshake_is_a_clear_error_in_bounded_time(
    opened: Opened, method: str, step: Step
) -> None:
    begun_s = time.monotonic()
    with ScriptedRtsp(**{method: step}) as server, pytest.raises(NetworkError) as caught:
        opened(server, timeouts=IMPATIENT)
    assert time.monotonic() - begun_s < BOUND_S
    assert caught.value.summary.endswith(".")


@pytest.mark.parametrize(
    ("method", "code", "error"),
    [
        ("DESCRIBE", 404, NotFoundError),
        ("DESCRIBE", 403, SignInError),
        ("DESCRIBE", 500, ServerError),
        ("SETUP", 461, NetworkError),
        ("SETUP", 500, ServerError),
        ("PLAY", 457, NoFootageError),
        ("PLAY", 454, NetworkError),
        ("PLAY", 453, ServerError),
        ("PLAY", 500, ServerError),
    ],
)
def test_refusals_say_what_they_mean(
    opened: Opened, method: str, code: int, error: type[RtaError]
) -> None:
    with ScriptedRtsp(**{method: status(code)}) as server, pytest.raises(error):
        opened(server)


@pytest.mark.parametrize(
    "challenge",
    ["Basic realm=x", 'Digest realm="x", nonce="n", algorithm=SHA-512-256', "Negotiate", ""],
)
def test_a_challenge_that_may_not_be_answered(opened: Opened, challenge: str) -> None:
    step = status(401, WWW_Authenticate=challenge)
    with ScriptedRtsp(OPTIONS=step) as server, pytest.raises(SignInError):
        opened(server)
    assert all("authorization" not in asked.headers for asked in server.asked)


def test_new_nonces_for_ever_are_not_followed_for_ever(opened: Opened) -> None:
    def step(conversation: Conversation, asked: Asked) -> None:
        nonce = f"n{len(conversation.asked)}"
        challenge = f'Digest realm="x", nonce="{nonce}", stale=true, qop="auth"'
        conversation.answer(asked, 401, {"WWW-Authenticate": challenge})

    with ScriptedRtsp(OPTIONS=step) as server, pytest.raises(SignInError):
        opened(server)
    assert len(server.asked) <= 3


@pytest.mark.parametrize(
    "body",
    [b"", b"m=", b"\xff" * 100, b"v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 VP8/90000\r\n"],
)
def test_a_description_without_usable_pictures(opened: Opened, body: bytes) -> None:
    def step(conversation: Conversation, asked: Asked) -> None:
        conversation.answer(asked, fields={"Content-Type": "application/sdp"}, body=body)

    with ScriptedRtsp(DESCRIBE=step) as server, pytest.raises(MediaError):
        opened(server)


@pytest.mark.parametrize(
    "location",
    ["rtsp://stranger.example/x", "http://127.0.0.1/x", "rtsp://", "\x00", "rtsp://127.0.0.1:1/"],
)
def test_redirects_to_strangers_are_not_followed(opened: Opened, location: str) -> None:
    with (
        ScriptedRtsp(DESCRIBE=status(302, Location=location)) as server,
        pytest.raises(NetworkError),
    ):
        opened(server)


def test_redirects_in_a_circle_end(opened: Opened) -> None:
    with ScriptedRtsp() as server:
        server.answer_with("DESCRIBE", status(302, Location=server.url))
        with pytest.raises(NetworkError, match="redirected"):
            opened(server)


def test_a_redirect_within_the_host_is_followed(opened: Opened) -> None:
    with (
        ScriptedRtsp(PLAY=then(pictures(3))) as target,
        ScriptedRtsp(DESCRIBE=status(301, Location=target.url)) as server,
    ):
        stream = opened(server)
        assert len(take(stream, 2)) == 2
        stream.close()


def test_silent_after_play(opened: Opened) -> None:
    with ScriptedRtsp(PLAY=fine, GET_PARAMETER=silent) as server:
        begun_s = time.monotonic()
        with pytest.raises(NetworkError, match="silent"):
            opened(server)
        assert time.monotonic() - begun_s < BOUND_S


@pytest.mark.parametrize(
    "flood",
    [
        pytest.param(rtp(1, 1, b"x", channel=9), id="unknown channel"),
        pytest.param(b"$\x00\x00\x00", id="empty frames"),
        pytest.param(rtp(1, 1, b"x", payload_type=33), id="unknown payload"),
        pytest.param(b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n", id="requests"),
        pytest.param(b"RTSP/1.0 200 OK\r\nCSeq: 4711\r\n\r\n", id="answers"),
    ],
)
@pytest.mark.parametrize("answered", [True, False])
def test_a_flood_of_nothing(opened: Opened, flood: bytes, answered: bool) -> None:
    def step(conversation: Conversation, asked: Asked) -> None:
        if answered:
            fine(conversation, asked)
        while not conversation.gone:
            conversation.send(flood * 50)

    begun_s = time.monotonic()
    with ScriptedRtsp(PLAY=step) as server, pytest.raises((NetworkError, NoFootageError)):
        opened(server)
    assert time.monotonic() - begun_s < 2 * BOUND_S


def test_alive_but_without_anything_to_send(opened: Opened) -> None:
    with ScriptedRtsp(PLAY=fine) as server, pytest.raises(NoFootageError):
        opened(server)


def test_silence_after_some_pictures_is_the_end_when_the_server_still_answers(
    opened: Opened,
) -> None:
    with ScriptedRtsp(PLAY=then(pictures(5))) as server:
        stream = opened(server)
        assert len(list(stream.units())) == 5
        assert stream.end_reason is EndReason.SILENCE
        stream.close()


def test_silence_after_some_pictures_is_a_failure_when_it_does_not(opened: Opened) -> None:
    with ScriptedRtsp(PLAY=then(pictures(5)), GET_PARAMETER=silent) as server:
        stream = opened(server)
        with pytest.raises(NetworkError, match="silent"):
            list(stream.units())
        stream.close()


def test_bye_is_the_end(opened: Opened) -> None:
    bye = b"$\x01\x00\x08" + bytes.fromhex("81cb0001 00000007".replace(" ", ""))
    with ScriptedRtsp(PLAY=then(pictures(5) + bye)) as server:
        stream = opened(server)
        assert len(list(stream.units())) == 5
        assert stream.end_reason is EndReason.SAID
        stream.close()


def test_an_announced_end_is_the_end(opened: Opened) -> None:
    announce = b"ANNOUNCE rtsp://x RTSP/1.0\r\nCSeq: 1\r\nNotice: 2101 End-of-Stream\r\n\r\n"
    with ScriptedRtsp(PLAY=then(pictures(5) + announce)) as server:
        stream = opened(server)
        assert len(list(stream.units())) == 5
        assert stream.end_reason is EndReason.SAID
        stream.close()


def test_a_connection_cut_while_playing(opened: Opened) -> None:
    def step(conversation: Conversation, asked: Asked) -> None:
        fine(conversation, asked)
        conversation.send(pictures(5))
        cut(conversation, asked)

    with ScriptedRtsp(PLAY=step) as server:
        stream = opened(server)
        with pytest.raises(NetworkError, match="ended the connection"):
            list(stream.units())
        stream.close()


def test_garbage_between_pictures_costs_only_what_it_hit(opened: Opened) -> None:
    data = pictures(30) + b"\x93" * 3000 + pictures(60, first=30)
    with ScriptedRtsp(PLAY=then(data)) as server:
        stream = opened(server, 3_600)
        units = list(stream.units())
        numbers = [round((unit.instant_ms - START_MS) / 40) for unit in units]
        assert numbers == [*range(30), *range(50, 90)]
        assert units[30].is_key
        assert units[30].discontinuity
        assert stream.lost_units >= 20
        stream.close()


def test_endless_garbage_while_playing_ends(opened: Opened) -> None:
    with ScriptedRtsp(PLAY=then(pictures(5) + b"\x93" * 100_000)) as server:
        stream = opened(server)
        with pytest.raises(NetworkError, match="RTSP"):
            list(stream.units())
        stream.close()


def test_a_frame_cut_in_half_and_followed_by_others(opened: Opened) -> None:
    half = rtp(30, 30 * 3600, DELTA + b"z" * 200)[:-150]
    data = pictures(30) + half + pictures(60, first=31)
    with ScriptedRtsp(PLAY=then(data)) as server:
        stream = opened(server, 3_600)
        numbers = [round((unit.instant_ms - START_MS) / 40) for unit in stream.units()]
        assert numbers[:30] == [*range(30)]
        assert numbers[-40:] == [*range(50, 90)] or numbers[-40:] == [*range(51, 91)]
        stream.close()


def test_answers_without_cseq_and_with_bare_line_feeds(opened: Opened) -> None:
    def bare(conversation: Conversation, asked: Asked) -> None:
        length = len(SDP)
        conversation.send(b"RTSP/1.0 200 OK\nContent-Length: %d\n\n" % length + SDP)

    with ScriptedRtsp(DESCRIBE=bare, PLAY=then(pictures(3))) as server:
        stream = opened(server)
        assert len(take(stream, 2)) == 2
        stream.close()


def test_pictures_before_the_answer_to_play_are_not_lost(opened: Opened) -> None:
    def step(conversation: Conversation, asked: Asked) -> None:
        conversation.send(pictures(3))
        fine(conversation, asked)
        conversation.send(pictures(3, first=3))

    with ScriptedRtsp(PLAY=step) as server:
        stream = opened(server)
        assert len(take(stream, 6)) == 6
        stream.close()


def test_a_session_that_the_server_forgets(opened: Opened) -> None:
    with ScriptedRtsp(PLAY=then(pictures(5)), GET_PARAMETER=status(454)) as server:
        stream = opened(server)
        with pytest.raises(NetworkError, match="session"):
            list(stream.units())
        stream.close()


@pytest.mark.parametrize("method", METHODS)
def test_cancelling_while_waiting(method: str) -> None:
    token = CancelToken()

    def step(_conversation: Conversation, _asked: Asked) -> None:
        token.cancel()

    with ScriptedRtsp(**{method: step}) as server:
        source = RtspReplaySource(granting(server.url), access())
        begun_s = time.monotonic()
        with pytest.raises(Cancelled):
            source.open(START_MS, START_MS + 1, speed=1, key_frames_only=False, cancel=token)
        assert time.monotonic() - begun_s < BOUND_S
        source.close()


def test_nobody_listens() -> None:
    with ScriptedRtsp() as server:
        url = server.url
    source = RtspReplaySource(granting(url), access(), timeouts=TIMEOUTS)
    with pytest.raises(NetworkError, match="No connection"):
        source.open(START_MS, START_MS + 1, speed=1, key_frames_only=False, cancel=CancelToken())


@pytest.mark.parametrize("url", ["", "http://127.0.0.1/", "rtsp://[/", "rtsp://a b/", "rtsp:///x"])
def test_an_address_that_is_none(url: str) -> None:
    source = RtspReplaySource(granting(url), access(), timeouts=TIMEOUTS)
    with pytest.raises(NetworkError, match="RTSP address"):
        source.open(START_MS, START_MS + 1, speed=1, key_frames_only=False, cancel=CancelToken())


def test_lost_packets_drop_up_to_the_next_key_picture(opened: Opened) -> None:
    packets = [rtp(n, n * 3600, KEY if n % 25 == 0 else DELTA) for n in range(90)]
    data = b"".join(packets[:30] + packets[31:])
    with ScriptedRtsp(PLAY=then(data)) as server:
        stream = opened(server, 3_600)
        units = list(stream.units())
        numbers = [round((unit.instant_ms - START_MS) / 40) for unit in units]
        assert numbers == [*range(30), *range(50, 90)]
        assert units[30].discontinuity
        assert stream.lost_units == 20
        stream.close()


def test_numbers_out_of_order_are_put_right(opened: Opened) -> None:
    packets = [rtp(n, n * 3600, KEY if n % 25 == 0 else DELTA) for n in range(90)]
    packets[30], packets[31], packets[60], packets[63] = (
        packets[31],
        packets[30],
        packets[63],
        packets[60],
    )
    with ScriptedRtsp(PLAY=then(b"".join(packets))) as server:
        stream = opened(server, 3_600)
        numbers = [round((unit.instant_ms - START_MS) / 40) for unit in stream.units()]
        assert numbers == [*range(90)]
        assert stream.lost_units == 0
        stream.close()
