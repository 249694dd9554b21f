"""Playing backwards by the server's own means: the latest key picture first, each at its instant."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path

import pytest

from rta_viewer.core.access_unit import AccessUnit
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.spans import Span
from rta_viewer.core.timetext import iso_utc
from rta_viewer.demo.rtsp.options import RtspOptions
from rta_viewer.demo.rtsp.server import RtspServer
from rta_viewer.demo.world import World
from rta_viewer.errors import NoFootageError, NotOfferedError, UsageError
from rta_viewer.media.rtsp.memory import Memories, ReverseWay, ServerMemory
from rta_viewer.media.rtsp.source import RtspReplaySource
from rta_viewer.media.rtsp.stream import RtspReplayStream
from rta_viewer.media.rtsp.timeouts import RtspTimeouts
from tests.helpers import counted_video
from tests.helpers.gst_rtsp_server import available, gst_rtsp_server
from tests.helpers.replays import access, granting, shown, take
from tests.helpers.scripted_rtsp import (
    KEY,
    Asked,
    Conversation,
    ScriptedRtsp,
    replay_extension,
    rtp,
)
from tests.helpers.timecode import read
from tests.helpers.worlds import camera_named, recorded_span, small_world

TIMEOUTS = RtspTimeouts(connect_s=20, answer_s=20, silence_s=10, after_end_s=0.3, farewell_s=0.05)
"""What is answered comes late on a busy machine; only the end is waited for."""
HOUR_MS = 3_600_000


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = small_world(tmp_path_factory.mktemp("world"))
    yield made
    made.close()


class Bench:
    """A server and a source that plays from it."""

    def __init__(self, world: World, **options: object) -> None:
        self.world = world
        self.server = RtspServer(world, options=RtspOptions(**options))  # type: ignore[arg-type]
        self.server.start()
        self.memories = Memories()
        self.windows: list[tuple[int, int]] = []
        self.sources: list[RtspReplaySource] = []

    @property
    def memory(self) -> ServerMemory:
        return self.memories.of("127.0.0.1", self.server.port)

    def camera(
        self, name: str = "Main entrance", timeouts: RtspTimeouts = TIMEOUTS
    ) -> tuple[RtspReplaySource, int]:
        """A source, and an instant from which a minute was recorded."""
        camera_id = camera_named(self.world, name).camera_id

        def grant(start_ms: int, end_ms: int, _speed: int, _cancel: CancelToken) -> str:
            self.windows.append((start_ms, end_ms))
            return self.server.url(camera_id, f"start={iso_utc(start_ms)}&end={iso_utc(end_ms)}")

        source = RtspReplaySource(grant, access(), timeouts=timeouts, memories=self.memories)
        self.sources.append(source)
        return source, recorded_span(self.world, camera_id, 60_000).start_ms

    def played(self) -> list[dict[str, str]]:
        return [dict(entry.headers) for entry in self.server.log.entries(method="PLAY")]

    def close(self) -> None:
        for source in self.sources:
            source.close()
        self.server.close()


@pytest.fixture
def bench(world: World) -> Iterator[Callable[..., Bench]]:
    made: list[Bench] = []

    def make(**options: object) -> Bench:
        made.append(Bench(world, **options))
        return made[-1]

    yield make
    for one in made:
        one.close()


def play(
    source: RtspReplaySource, start_ms: int, length_ms: int = HOUR_MS, speed: float = -8.0
) -> RtspReplayStream:
    return source.open(
        start_ms, start_ms - length_ms, speed=speed, key_frames_only=True, cancel=CancelToken()
    )


def read_each(units: list[AccessUnit]) -> list[float]:
    """Every key picture alone shows the instant that its unit carries; returns the instants."""
    for unit in units:
        assert unit.is_key
        ((instant_ms, code),) = shown([unit], read)
        assert code is not None
        assert abs(code.instant_ms - instant_ms) <= 1
    return [unit.instant_ms for unit in units]


@pytest.mark.parametrize(
    ("options", "scale", "delivered"),
    [
        ({}, "-1.0", None),
        ({"rate_control": False}, "-8.0", 8.0),
        ({"clock_range": False}, "-1.0", None),
        ({"npt_range": False}, "-1.0", None),
        ({"seek_in_session": False}, "-1.0", None),
    ],
)
def test_the_latest_key_picture_comes_first(
    bench: Callable[..., Bench], options: dict[str, object], scale: str, delivered: float | None
) -> None:
    one = bench(**options)
    source, start_ms = one.camera()
    stream = play(source, start_ms + 30_337)
    assert stream.delivered_speed == delivered
    instants = read_each(take(stream, 6))
    assert instants == [start_ms + at for at in (30_000, 28_000, 26_000, 24_000, 22_000, 20_000)]
    stream.close()
    assert one.played()[-1]["scale"] == scale
    assert one.played()[-1]["frames"].startswith("intra")
    assert one.memory.reverse_known


@pytest.mark.parametrize(
    ("name", "step_ms"), [("Ticket hall", 2_000), ("Stairwell east", 10_000), ("Canteen", 2_000)]
)
def test_h265_long_groups_and_a_varying_rate(
    bench: Callable[..., Bench], name: str, step_ms: int
) -> None:
    one = bench()
    source, start_ms = one.camera(name)
    stream = play(source, start_ms + 55_000)
    instants = read_each(take(stream, 4))
    assert {later - earlier for later, earlier in pairwise(instants)} == {step_ms}
    assert start_ms + 55_000 - step_ms < instants[0] <= start_ms + 55_000
    stream.close()


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        ({"reverse": False}, 2),
        ({"onvif_replay": False}, 0),
        ({"scale": False, "rate_control": False}, 2),
    ],
)
def test_a_server_that_does_not_is_asked_once(
    bench: Callable[..., Bench], options: dict[str, object], asked: int
) -> None:
    one = bench(**options)
    for _ in range(3):
        source, start_ms = one.camera()
        with pytest.raises(NotOfferedError):
            play(source, start_ms + 30_337)
    backward = [fields for fields in one.played() if fields.get("scale", "").startswith("-")]
    assert len(backward) <= asked
    # Forwards it plays as before.
    stream = source.open(
        start_ms, start_ms + 10_000, speed=1, key_frames_only=False, cancel=CancelToken()
    )
    assert take(stream, 3)[0].instant_ms == start_ms
    stream.close()


def test_it_ends_at_the_asked_end_and_at_the_beginning_of_the_footage(
    bench: Callable[..., Bench],
) -> None:
    one = bench()
    source, start_ms = one.camera()
    stream = play(source, start_ms + 10_500, 6_500)
    assert read_each(list(stream.units())) == [start_ms + at for at in (10_000, 8_000, 6_000)] + (
        [start_ms + 4_000] if start_ms + 4_000 >= start_ms + 10_500 - 6_500 else []
    )
    stream.close()
    oldest = one.world.footage(camera_named(one.world, "Main entrance").camera_id).gop_from(0)
    assert oldest is not None
    first_ms = round(oldest.start_ms)
    stream = play(source, first_ms + 4_500)
    instants = [unit.instant_ms for unit in stream.units()]
    assert instants[-1] == first_ms
    stream.close()
    with pytest.raises(NoFootageError):
        play(source, first_ms - 10_000)


def test_over_a_gap(bench: Callable[..., Bench]) -> None:
    one = bench()
    patient = replace(TIMEOUTS, after_end_s=20)
    source, _ = one.camera("Car park north", patient)
    footage = one.world.footage(camera_named(one.world, "Car park north").camera_id)
    now_ms = one.world.clock.now_ms()
    first, second = footage.recorded(Span(now_ms - 24 * HOUR_MS, now_ms))[-2:]
    stream = play(source, second.start_ms + 2_500, second.start_ms - first.start_ms + 5_000)
    units = list(islice(stream.units(), 8))
    instants = read_each(units)
    assert instants == sorted(instants, reverse=True)
    assert any(at < first.end_ms for at in instants)
    (border,) = [number for number, at in enumerate(instants) if at >= second.start_ms][-1:]
    assert units[border].last_of_recording
    stream.close()


def test_one_connection_for_seeks_within_what_was_granted(bench: Callable[..., Bench]) -> None:
    one = bench()
    source, start_ms = one.camera()
    for offset_ms in (50_500, 20_500, 40_500):
        stream = play(source, start_ms + offset_ms, length_ms=offset_ms + 1)
        assert read_each(take(stream, 2))[0] == start_ms + offset_ms - 500
        stream.close()
    assert len(one.windows) == 1


def test_turning_round(bench: Callable[..., Bench]) -> None:
    one = bench()
    source, start_ms = one.camera()
    for _ in range(2):
        ahead = source.open(
            start_ms + 20_000, start_ms + 60_000, speed=8, key_frames_only=False,
            cancel=CancelToken(),
        )  # fmt: skip
        assert take(ahead, 30)[0].instant_ms == start_ms + 20_000
        ahead.close()
        back = play(source, start_ms + 20_000)
        assert read_each(take(back, 3)) == [start_ms + at for at in (20_000, 18_000, 16_000)]
        back.close()
    assert one.memory.reuse


def test_seeking_back_by_play_time_gets_a_new_address(bench: Callable[..., Bench]) -> None:
    """Play time cannot be negative: what lies before the address's start needs another address."""
    one = bench(clock_range=False, onvif_replay=False)
    source, start_ms = one.camera()
    for offset_ms in (30_000, 3_000):
        stream = source.open(
            start_ms + offset_ms, start_ms + 60_000, speed=1, key_frames_only=False,
            cancel=CancelToken(),
        )  # fmt: skip
        assert start_ms + offset_ms - 2_000 < take(stream, 1)[0].instant_ms <= start_ms + offset_ms
        stream.close()


def test_the_end_must_come_before_the_start(bench: Callable[..., Bench]) -> None:
    source, start_ms = bench().camera()
    for start, end, speed in ((0, 5, -1.0), (5, 0, 1.0), (5, 5, -1.0)):
        with pytest.raises(UsageError):
            source.open(
                start_ms + start, start_ms + end, speed=speed, key_frames_only=True,
                cancel=CancelToken(),
            )  # fmt: skip


START_MS = 1_761_300_000_000


@pytest.mark.parametrize("extension", [True, False])
def test_a_server_that_says_so_and_does_not_is_found_out(extension: bool) -> None:
    """It answers with a negative Scale and plays forwards, or sends pictures without their instants."""

    def setup(conversation: Conversation, asked: Asked) -> None:
        fields = {"Session": "7", "Transport": asked.headers["transport"]}
        conversation.answer(asked, fields=fields)

    def forwards(conversation: Conversation, asked: Asked) -> None:
        fields = {"Session": "7", "Scale": asked.headers.get("scale", "1.0"), "Rate-Control": "no"}
        conversation.answer(asked, fields=fields)
        for number in range(5):
            at_ms = START_MS - 9_000 + number * 2_000
            mark = {"extension": replay_extension(at_ms)} if extension else {}
            conversation.send(rtp(number, number * 180_000, KEY, **mark))

    memories = Memories()
    with ScriptedRtsp(SETUP=setup, PLAY=forwards) as server:
        source = RtspReplaySource(
            granting(server.url), access(), timeouts=TIMEOUTS, memories=memories
        )
        with pytest.raises(NotOfferedError):
            list(play(source, START_MS).units())
        assert memories.of("127.0.0.1", server.port).reverse_way is ReverseWay.NONE
        asked = len(server.asked)
        with pytest.raises(NotOfferedError):
            play(source, START_MS)
        assert len(server.asked) <= asked + 1  # a farewell to the session that was kept
        source.close()


@pytest.mark.peer
@pytest.mark.skipif(not available(), reason="GStreamer's RTSP server is not installed")
@pytest.mark.parametrize(("codec", "encoder"), [("h264", "libx264"), ("h265", "libx265")])
def test_gstreamer_plays_backwards_for_us(tmp_path: Path, codec: str, encoder: str) -> None:
    file = counted_video.make(tmp_path / "file.mp4", seconds=40, encoder=encoder)
    with gst_rtsp_server({"/x": (file, codec)}, ntp_start_ms=START_MS) as port:
        url = f"rtsp://127.0.0.1:{port}/x?start=2025-10-24T10:00:00Z"
        source = RtspReplaySource(granting(url), access(), timeouts=TIMEOUTS)
        for at_ms in (30_300, 13_300):
            stream = play(source, START_MS + at_ms, at_ms)
            units = take(stream, 5)
            numbers = [shown([unit], counted_video.read)[0] for unit in units]
            at = [round(instant_ms - START_MS) for instant_ms, _ in numbers]
            assert at == [number * 40 for _, number in numbers]
            assert at == [at_ms // 2_000 * 2_000 - back for back in range(0, 10_000, 2_000)]
            stream.close()
        source.close()
