"""How the client finds out what a server takes, and that it remembers."""

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.core.access_unit import TimeSource
from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import NoFootageError
from rta_viewer.media.rtsp.memory import Memories, SpeedWay, StartWay
from rta_viewer.media.rtsp.source import RtspReplaySource
from rta_viewer.media.rtsp.stream import RtspReplayStream
from rta_viewer.media.rtsp.timeouts import RtspTimeouts
from tests.helpers.replays import access, take
from tests.helpers.scripted_rtsp import (
    DELTA,
    KEY,
    SDP,
    Asked,
    Conversation,
    ScriptedRtsp,
    Step,
    pictures,
    replay_extension,
    rtp,
)

START_MS = 1_761_300_000_000
TIMEOUTS = RtspTimeouts(answer_s=3, silence_s=1, after_end_s=0.2, farewell_s=0.05)


@pytest.fixture
def sources() -> Iterator[list[RtspReplaySource]]:
    made: list[RtspReplaySource] = []
    yield made
    for source in made:
        source.close()


def source_of(
    sources: list[RtspReplaySource],
    server: ScriptedRtsp,
    speeds: list[int] | None = None,
    memories: Memories | None = None,
) -> RtspReplaySource:
    def grant(_start_ms: int, _end_ms: int, speed: int, _cancel: CancelToken) -> str:
        if speeds is not None:
            speeds.append(speed)
        return server.url + (f"&speed={speed}" if speed != 1 else "")

    sources.append(RtspReplaySource(grant, access(), timeouts=TIMEOUTS, memories=memories))
    return sources[-1]


def play(source: RtspReplaySource, at_ms: int = 0, speed: float = 1.0) -> RtspReplayStream:
    return source.open(
        START_MS + at_ms,
        START_MS + 3_600_000,
        speed=speed,
        key_frames_only=False,
        cancel=CancelToken(),
    )


def numbers(stream: RtspReplayStream, count: int) -> list[int]:
    return [round((unit.instant_ms - START_MS) / 40) for unit in take(stream, count)]


def playing(data: bytes, **fields: str) -> Step:
    named = {name.replace("_", "-"): value for name, value in fields.items()}

    def step(conversation: Conversation, asked: Asked) -> None:
        conversation.answer(asked, fields={"Session": "7"} | named)
        conversation.send(data)

    return step


def test_speed_by_the_address_when_neither_header_helps(sources: list[RtspReplaySource]) -> None:
    speeds: list[int] = []
    with ScriptedRtsp(PLAY=playing(pictures(40))) as server:
        source = source_of(sources, server, speeds)
        stream = play(source, speed=8)
        assert stream.delivered_speed == 8
        assert speeds[-1] == 8
        asked = [request for request in server.asked if request.method == "PLAY"]
        assert ["scale" in request.headers for request in asked] == [True, False, False]
        assert ["speed" in request.headers for request in asked] == [False, True, False]
        assert "speed=8" in asked[-1].url
        stream.close()
        before = len(server.asked)
        play(source, speed=8).close()
        assert [request.method for request in server.asked[before:]].count("PLAY") == 1


def test_a_server_without_any_speed_says_so_once(sources: list[RtspReplaySource]) -> None:
    memories = Memories()
    with ScriptedRtsp(PLAY=playing(pictures(3))) as server:

        def grant(*_: object) -> str:
            return server.url

        for _ in range(2):
            source = RtspReplaySource(grant, access(), timeouts=TIMEOUTS, memories=memories)
            sources.append(source)
            stream = play(source, speed=8)
            assert stream.delivered_speed == 1
            stream.close()
        assert memories.of("127.0.0.1", server.port).speed_way is SpeedWay.NONE


@pytest.mark.parametrize("rate", ["a=framerate:25\r\n", ""])
@pytest.mark.parametrize(("ticks", "media_time"), [(450, False), (3600, True)])
def test_scaled_rtp_time_is_recognised(
    sources: list[RtspReplaySource], rate: str, ticks: int, media_time: bool
) -> None:
    memories = Memories()

    def describe(conversation: Conversation, asked: Asked) -> None:
        conversation.answer(asked, body=SDP + rate.encode())

    def step(conversation: Conversation, asked: Asked) -> None:
        conversation.answer(asked, fields={"Session": "7", "Scale": "8.0"})
        for number in range(60):
            conversation.send(pictures(1, first=number, ticks=ticks))
            if threading.Event().wait(0.005):
                break

    with ScriptedRtsp(DESCRIBE=describe, PLAY=step) as server:
        source = source_of(sources, server, memories=memories)
        stream = play(source, speed=8)
        assert stream.delivered_speed == 8
        assert numbers(stream, 40) == list(range(40))
        stream.close()
        assert memories.of("127.0.0.1", server.port).media_time_rtp is media_time


def refuse_range(unit: str) -> Step:
    def step(conversation: Conversation, asked: Asked) -> None:
        if asked.headers.get("range", "").startswith(unit):
            conversation.answer(asked, 457)
        else:
            playing(pictures(5))(conversation, asked)

    return step


def test_play_time_where_the_clock_is_refused_and_remembered(
    sources: list[RtspReplaySource],
) -> None:
    memories = Memories()
    with ScriptedRtsp(PLAY=refuse_range("clock")) as server:
        source = source_of(sources, server, memories=memories)
        for _ in range(2):
            play(source, 13_500).close()
        ranges = [asked.headers["range"] for asked in server.asked if asked.method == "PLAY"]
        assert [text.partition("=")[0] for text in ranges] == ["clock", "npt", "npt"]
        assert ranges[1].startswith("npt=13.500-")
        assert memories.of("127.0.0.1", server.port).start_way is StartWay.NPT


def test_a_refused_clock_where_the_clock_is_spoken_means_no_footage(
    sources: list[RtspReplaySource],
) -> None:
    ranged = SDP.replace(b"a=control:*", b"a=control:*\r\na=range:clock=20251024T090000Z-")

    def describe(conversation: Conversation, asked: Asked) -> None:
        conversation.answer(asked, body=ranged)

    with (
        ScriptedRtsp(DESCRIBE=describe, PLAY=refuse_range("clock")) as server,
        pytest.raises(NoFootageError),
    ):
        play(source_of(sources, server))


def test_play_time_that_is_refused_once_it_worked_means_no_footage(
    sources: list[RtspReplaySource],
) -> None:
    def step(conversation: Conversation, asked: Asked) -> None:
        asked_range = asked.headers.get("range", "")
        if asked_range.startswith(("clock", "npt=60")):
            conversation.answer(asked, 457)
        else:
            playing(pictures(5))(conversation, asked)

    memories = Memories()
    with ScriptedRtsp(PLAY=step) as server:
        source = source_of(sources, server, memories=memories)
        play(source, 13_500).close()
        with pytest.raises(NoFootageError):
            play(source, 60_000)
        assert memories.of("127.0.0.1", server.port).start_way is StartWay.NPT
        assert all("range" in asked.headers for asked in server.asked if asked.method == "PLAY")
        play(source, 13_500).close()


def test_the_address_alone_where_every_range_is_refused(sources: list[RtspReplaySource]) -> None:
    def step(conversation: Conversation, asked: Asked) -> None:
        if "range" in asked.headers:
            conversation.answer(asked, 457)
        else:
            playing(pictures(5))(conversation, asked)

    with ScriptedRtsp(PLAY=step) as server:
        stream = play(source_of(sources, server), 13_500)
        unit = take(stream, 1)[0]
        assert unit.instant_ms == START_MS + 13_500
        assert unit.time_source is TimeSource.ASKED_START
        stream.close()


def test_a_clock_taken_for_play_time_is_found_out(sources: list[RtspReplaySource]) -> None:
    def step(conversation: Conversation, asked: Asked) -> None:
        if asked.headers["range"].startswith("clock"):
            wrong = "clock=19000101T000058Z-19000101T000100Z"
            playing(pictures(5), Range=wrong)(conversation, asked)
        else:
            playing(pictures(5), Range="npt=12.0-60")(conversation, asked)

    with ScriptedRtsp(PLAY=step) as server:
        stream = play(source_of(sources, server), 13_500)
        assert numbers(stream, 3) == [300, 301, 302]
        stream.close()


def test_data_of_the_play_before_is_told_apart(sources: list[RtspReplaySource]) -> None:
    old = b"".join(rtp(n, n * 3600, KEY if n % 25 == 0 else DELTA) for n in range(400))
    new = b"".join(rtp(500 + n, 9_000_000 + n * 3600, KEY if n == 0 else DELTA) for n in range(20))

    def step(conversation: Conversation, asked: Asked) -> None:
        if "20251024T100000" in asked.headers["range"]:
            info = "url=trackID=1;seq=0;rtptime=0"
            playing(old, RTP_Info=info)(conversation, asked)
        else:
            late = b"".join(rtp(400 + n, (400 + n) * 3600, DELTA) for n in range(100))
            conversation.send(late)
            fields = {
                "RTP_Info": "url=trackID=1;seq=500;rtptime=9000000",
                "Range": "clock=20251024T100100Z-",
            }
            playing(late + new, **fields)(conversation, asked)

    with ScriptedRtsp(PLAY=step) as server:
        source = source_of(sources, server)
        stream = play(source)
        assert numbers(stream, 5) == [0, 1, 2, 3, 4]
        stream.close()
        stream = play(source, 60_000)
        assert numbers(stream, 20) == list(range(1500, 1520))
        assert stream.lost_units == 0
        stream.close()
        assert server.connections == 1
        assert "PAUSE" in server.methods()


def test_a_session_that_cannot_be_played_twice_is_opened_afresh(
    sources: list[RtspReplaySource],
) -> None:
    played: list[int] = []

    def step(conversation: Conversation, asked: Asked) -> None:
        mine = id(conversation)
        if mine in played:
            conversation.answer(asked, 455)
            return
        played.append(mine)
        playing(pictures(5), RTP_Info="url=trackID=1;seq=0;rtptime=0")(conversation, asked)

    memories = Memories()
    with ScriptedRtsp(PLAY=step) as server:
        source = source_of(sources, server, memories=memories)
        for _ in range(3):
            stream = play(source)
            assert numbers(stream, 3) == [0, 1, 2]
            stream.close()
        assert not memories.of("127.0.0.1", server.port).reuse
        assert server.connections == 3


def test_the_extension_decides_and_marks_gaps_and_the_end(
    sources: list[RtspReplaySource],
) -> None:
    def setup(conversation: Conversation, asked: Asked) -> None:
        transport = asked.headers["transport"]
        conversation.answer(asked, fields={"Session": "7", "Transport": transport})

    def unit(number: int, at_ms: int, bits: int = 0) -> bytes:
        nal = KEY if number % 5 == 0 else DELTA
        extension = replay_extension(START_MS + at_ms, bits=bits)
        return rtp(number, number * 3600, nal, extension=extension)

    data = (
        b"".join(unit(n, n * 40) for n in range(4))
        + unit(4, 160, 0x40)
        + unit(5, 7_000_000, 0xA0)
        + unit(6, 7_000_040, 0x50)
    )
    free = playing(data, Rate_Control="no", Range="clock=20251024T100000Z-")
    with ScriptedRtsp(SETUP=setup, PLAY=free) as server:
        source = source_of(sources, server)
        stream = source.open(
            START_MS, START_MS + 10**8, speed=8, key_frames_only=False, cancel=CancelToken()
        )
        assert stream.delivered_speed is None
        units = list(stream.units())
        assert [round(one.instant_ms - START_MS) for one in units][-3:] == [
            160,
            7_000_000,
            7_000_040,
        ]
        assert [one.discontinuity for one in units] == [False] * 5 + [True, False]
        assert [one.last_of_recording for one in units] == [False] * 4 + [True, False, True]
        stream.close()


def test_many_seeks_leave_nothing_behind(sources: list[RtspReplaySource]) -> None:
    def step(conversation: Conversation, asked: Asked) -> None:
        playing(pictures(30), RTP_Info="url=trackID=1;seq=0;rtptime=0")(conversation, asked)

    def open_files() -> int:
        with contextlib.suppress(OSError):
            return len(list(Path("/proc/self/fd").iterdir()))
        return 0

    with ScriptedRtsp(PLAY=step) as server:
        source = source_of(sources, server)
        files, threads = 0, 0
        for number in range(150):
            stream = play(source, number * 40)
            take(stream, 3)
            stream.close()
            if number == 3:
                files, threads = open_files(), threading.active_count()
        assert open_files() <= files
        assert threading.active_count() <= threads
        assert server.connections == 1
