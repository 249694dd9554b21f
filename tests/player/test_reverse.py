"""Playing backwards, from servers that do it themselves and from those that do not: the same pictures."""

import threading
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.playback import PlaybackState
from rta_viewer.core.spans import Span
from rta_viewer.core.timetext import iso_utc
from rta_viewer.demo.rtsp.options import RtspOptions
from rta_viewer.demo.rtsp.server import RtspServer
from rta_viewer.demo.world import World
from rta_viewer.errors import NotOfferedError
from rta_viewer.media.file_source import FileReplaySource
from rta_viewer.media.gop_cache import GopCache
from rta_viewer.media.rtsp.source import RtspReplaySource
from rta_viewer.player.engine import EngineParts, StreamEngine
from rta_viewer.player.locate import Locator
from rta_viewer.player.null_backend import NullBackend
from rta_viewer.player.reverse import ReverseWalk
from tests.helpers.coded_video import FIRST_MS, VideoKind
from tests.helpers.engines import EngineWatch
from tests.helpers.replays import access
from tests.helpers.worlds import camera_named, recorded_span, small_world

PLAIN = VideoKind(seconds=40)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = small_world(tmp_path_factory.mktemp("world"))
    yield made
    made.close()


class Bench:
    """A server, an engine on one of its cameras, and what it shows."""

    def __init__(self, world: World, name: str, **options: object) -> None:
        self.camera_id = camera_named(world, name).camera_id
        self.server = RtspServer(world, options=RtspOptions(**options))  # type: ignore[arg-type]
        self.server.start()
        self.watch = EngineWatch()
        source = RtspReplaySource(self._grant, access())
        now_ms = world.clock.now_ms
        parts = EngineParts(self.camera_id, source, NullBackend, GopCache(), now_ms)
        self.engine = StreamEngine(parts, self.watch)

    def _grant(self, start_ms: int, end_ms: int, _speed: int, _cancel: CancelToken) -> str:
        return self.server.url(self.camera_id, f"start={iso_utc(start_ms)}&end={iso_utc(end_ms)}")

    def asked_backwards(self) -> list[str]:
        entries = self.server.log.entries(method="PLAY")
        scales = [dict(entry.headers).get("scale", "") for entry in entries]
        return [scale for scale in scales if scale.startswith("-")]

    def instants(self) -> list[int]:
        return [shown.read_ms or 0 for shown in self.watch.shown]

    def close(self) -> None:
        self.engine.close()
        self.server.close()


Make = Callable[..., Bench]


@pytest.fixture
def bench(world: World) -> Iterator[Make]:
    made: list[Bench] = []

    def make(name: str = "Main entrance", **options: object) -> Bench:
        made.append(Bench(world, name, **options))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        pytest.param({}, ["-1.0"], id="as fast as it is read"),
        pytest.param({"rate_control": False}, ["-1.0", "-8.0"], id="at the speed"),
        pytest.param({"reverse": False}, ["-1.0", "-8.0"], id="refused"),
        pytest.param({"onvif_replay": False}, [], id="nobody knows the instants"),
    ],
)
def test_the_same_pictures_at_the_asked_speed(
    world: World, bench: Make, options: dict[str, object], asked: list[str]
) -> None:
    one = bench(**options)
    start_ms = recorded_span(world, one.camera_id, 60_000).start_ms
    one.engine.set_speed(-8)
    one.engine.seek(start_ms + 50_337, playing=True)
    # Where forwards is paced, a stretch takes long to fetch; the first one, of 12 s, will do.
    until_ms = start_ms + (36_000 if asked else 40_000)
    one.watch.wait(lambda _: bool(one.instants()) and one.instants()[-1] <= until_ms)
    instants = [at - start_ms for at in one.instants()]
    assert 50_000 < instants[0] <= 50_337
    assert instants[1:] == list(range(50_000, instants[-1] - 1, -2_000))
    first, last = one.watch.shown[1], one.watch.shown[-1]
    # Never ahead of time; how late depends on what else this machine does, for the server draws the pictures.
    due_s = ((first.read_ms or 0) - (last.read_ms or 0)) / 8_000
    assert last.at_s - first.at_s >= due_s - 0.3
    assert one.asked_backwards() == asked
    # Another seek: what the server takes is known.
    one.watch.forget()
    one.engine.seek(start_ms + 30_337, playing=True)
    one.watch.wait(lambda _: bool(one.instants()) and one.instants()[-1] <= start_ms + 28_000)
    known = asked[-1:] if "reverse" not in options else []
    assert one.asked_backwards() == asked + known


@pytest.mark.parametrize("reverse", [True, False])
def test_time_does_not_run_through_a_gap_and_the_beginning_is_said(
    world: World, bench: Make, reverse: bool
) -> None:
    one = bench("Car park north", reverse=reverse)
    footage = world.footage(one.camera_id)
    now_ms = world.clock.now_ms()
    first, second = footage.recorded(Span(now_ms - 24 * 3_600_000, now_ms))[-2:]
    one.engine.set_speed(-8)
    one.engine.seek(second.start_ms + 3_000, playing=True)
    one.watch.wait(lambda _: bool(one.instants()) and one.instants()[-1] < first.end_ms - 2_000)
    steps = [
        (later.at_s - earlier.at_s, (earlier.read_ms or 0) - (later.read_ms or 0))
        for earlier, later in pairwise(one.watch.shown)
    ]
    (over,) = [(took_s, step_ms) for took_s, step_ms in steps if step_ms > 60_000]
    assert over[0] < over[1] / 8_000  # what it would take to run through it
    oldest = footage.gop_from(0)
    assert oldest is not None
    one.engine.seek(round(oldest.start_ms) + 9_000, playing=True)
    status = one.watch.wait_state(PlaybackState.ENDED)
    assert "Beginning" in status.message
    assert one.instants()[-1] == round(oldest.start_ms)


class Turning(FileReplaySource):
    """Plays backwards as long as it likes, then not any more."""

    def __init__(self, path, pictures: int) -> None:
        super().__init__(path, FIRST_MS)
        self._pictures = pictures
        self.forwards = 0

    def open(self, start_ms, end_ms, *, speed, key_frames_only, cancel):
        if speed > 0:
            self.forwards += 1
            return super().open(
                start_ms, end_ms, speed=speed, key_frames_only=key_frames_only, cancel=cancel
            )
        stream = super().open(FIRST_MS, start_ms + 1, speed=1, key_frames_only=True, cancel=cancel)
        original = stream.units

        def units():
            yield from list(original())[::-1][: self._pictures]
            raise NotOfferedError("Not any more.")

        stream.units = units
        return stream


class Owner:
    """Waits for the walk's end."""

    def __init__(self) -> None:
        self.instants: list[float] = []
        self.over = threading.Event()

    def walk_picture(self, _walk, picture) -> None:
        self.instants.append(round(picture.instant_ms - FIRST_MS))

    def walk_ended(self, _walk, error) -> None:
        assert error is None
        self.over.set()


def test_a_server_that_turns_out_not_to_is_replaced_on_the_way(coded_video):
    source, owner = Turning(coded_video(PLAIN), pictures=4), Owner()
    # Time stands still, so that no picture is late on a busy machine and passed over.
    locator = Locator("cam", source, GopCache())
    walk = ReverseWalk(locator, FIRST_MS + 30_500, 10_000, owner, now_s=lambda: 0.0)
    assert owner.over.wait(20)
    assert owner.instants == list(range(30_000, -1, -2_000))
    assert source.forwards > 0
    walk.close()
    assert walk.join(5)


def test_late_pictures_are_passed_over_so_that_the_speed_holds(coded_video):
    """Nothing but key pictures, at ten times the speed: not all can be shown."""
    kind = VideoKind(seconds=12, gop_pictures=1)
    now_s = [0.0]
    lock = threading.Lock()

    def ticking() -> float:
        with lock:
            now_s[0] += 0.02
            return now_s[0]

    source, owner = Turning(coded_video(kind), pictures=10**6), Owner()
    walk = ReverseWalk(
        Locator("cam", source, GopCache()), FIRST_MS + 11_000, 10, owner, now_s=ticking
    )
    assert owner.over.wait(20)
    assert owner.instants == sorted(owner.instants, reverse=True)
    assert 2 < len(owner.instants) < 200
    walk.close()
    assert walk.join(5)
