"""Clients that we did not write play the server, seek it, and see the pictures of the asked moment."""

import json
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.spans import Span
from rta_viewer.demo.footage.generated import picture_ms
from rta_viewer.demo.rtsp.options import RtspOptions
from rta_viewer.demo.rtsp.server import RtspServer
from rta_viewer.demo.world import World, demo_world, recordings_world
from tests.helpers.timecode import read
from tests.helpers.worlds import NOW_MS, camera_named, recorded_span, small_world

pytestmark = pytest.mark.peer

LIMIT_S = 60
SECONDS_1900_TO_1970 = 2_208_988_800
CLIENT = Path(__file__).parents[2] / "helpers" / "gst_rtsp_client_main.py"
WIDTH, HEIGHT = 640, 360
ENTRANCE, HALL, DESK = "Main entrance", "Ticket hall", "Reception desk"  # H.264, H.265, with sound


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = small_world(tmp_path_factory.mktemp("world"))
    yield made
    made.close()


@pytest.fixture
def server(world: World) -> Iterator[RtspServer]:
    made = RtspServer(world)
    made.start()
    yield made
    made.close()


def iso(instant_ms: int) -> str:
    moment = datetime.fromtimestamp(instant_ms / 1000, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def span_of(world: World, name: str) -> Span:
    """Forty seconds of footage that begin on a key picture and are not the very last."""
    found = recorded_span(world, camera_named(world, name).camera_id, 40_000, back_ms=10_000)
    assert found.start_ms % 2000 == 0
    return found


def step_of(world: World, name: str) -> int:
    """Milliseconds between two pictures."""
    return picture_ms(camera_named(world, name))


def address(
    server: RtspServer, world: World, name: str, start_ms: int, end_ms: int, speed: int = 1
) -> str:
    query = f"start={iso(start_ms)}&end={iso(end_ms)}&speed={speed}"
    return server.url(camera_named(world, name).camera_id, query)


def signed_in(url: str) -> str:
    """FFmpeg takes credentials nowhere else."""
    return url.replace("rtsp://", "rtsp://demo:demo@")


def run(*arguments: str | Path) -> str:
    done = subprocess.run(
        [str(argument) for argument in arguments],
        capture_output=True,
        timeout=LIMIT_S,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def instants(path: Path) -> list[int | None]:
    """The time code of each grey picture in the file."""
    frames = np.fromfile(path, dtype=np.uint8).reshape(-1, HEIGHT, WIDTH)
    codes = [read(frame) for frame in frames]
    return [code.instant_ms if code else None for code in codes]


def ffmpeg(url: str, out: Path, *before: str, frames: int = 1000) -> list[int | None]:
    run(
        "ffmpeg", "-nostdin", "-v", "error", "-y", *before, "-rtsp_transport", "tcp", "-i", signed_in(url),
        "-an", "-frames:v", str(frames), "-fps_mode", "passthrough", "-f", "rawvideo",
        "-pix_fmt", "gray", out,
    )  # fmt: skip
    return instants(out)


def gstreamer(url: str, out: Path, *more: str) -> tuple[dict[str, object], list[int | None]]:
    about = json.loads(run("/usr/bin/python3", CLIENT, url, out, *more))
    return about, instants(out)


@pytest.mark.parametrize(("name", "codec"), [(ENTRANCE, "h264"), (HALL, "hevc"), (DESK, "h264")])
def test_ffprobe_recognises_the_streams(
    world: World, server: RtspServer, name: str, codec: str
) -> None:
    span = span_of(world, name)
    speed = 1 if name == DESK else 4
    url = address(server, world, name, span.start_ms, span.start_ms + 2000, speed)
    asked = ("-show_streams", "-show_format", "-of", "json")
    shown = json.loads(
        run("ffprobe", "-v", "error", "-rtsp_transport", "tcp", *asked, signed_in(url))
    )
    video = shown["streams"][0]
    assert (video["codec_name"], video["width"], video["height"]) == (codec, WIDTH, HEIGHT)
    assert float(shown["format"]["duration"]) == 2.0
    if name == DESK:
        audio = shown["streams"][1]
        assert (audio["codec_name"], audio["sample_rate"], audio["channels"]) == ("aac", "16000", 1)


@pytest.mark.parametrize("name", [ENTRANCE, HALL])
def test_ffmpeg_shows_each_picture_of_the_asked_span(
    world: World, server: RtspServer, tmp_path: Path, name: str
) -> None:
    span = span_of(world, name)
    start = span.start_ms + 1000
    # From the key picture before the start; the end belongs no more.
    url = address(server, world, name, start, start + 2000, speed=2)
    shown = ffmpeg(url, tmp_path / "out")
    assert shown == list(range(span.start_ms, start + 2000, step_of(world, name)))


def test_ffmpeg_plays_faster_by_the_address(
    world: World, server: RtspServer, tmp_path: Path
) -> None:
    span = span_of(world, ENTRANCE)
    url = address(server, world, ENTRANCE, span.start_ms, span.start_ms + 8000, speed=8)
    shown = ffmpeg(url, tmp_path / "out")
    assert shown == list(range(span.start_ms, span.start_ms + 8000, step_of(world, ENTRANCE)))


def test_ffmpeg_seeks(world: World, server: RtspServer, tmp_path: Path) -> None:
    span = span_of(world, ENTRANCE)
    url = address(server, world, ENTRANCE, span.start_ms, span.end_ms)
    shown = ffmpeg(url, tmp_path / "out", "-noaccurate_seek", "-ss", "20", frames=10)
    wanted, step = span.start_ms + 20_000, step_of(world, ENTRANCE)
    assert shown == list(range(wanted, wanted + 10 * step, step))


def test_ffmpeg_hears_and_sees(world: World, server: RtspServer, tmp_path: Path) -> None:
    span = span_of(world, DESK)
    url = address(server, world, DESK, span.start_ms, span.start_ms + 2000)
    out = tmp_path / "out.mkv"
    run(
        "ffmpeg", "-nostdin", "-v", "fatal", "-y", "-rtsp_transport", "tcp", "-i", signed_in(url),
        "-c:v", "rawvideo", "-c:a", "pcm_s16le", out,
    )  # fmt: skip
    counted = json.loads(
        run("ffprobe", "-v", "error", "-count_packets", "-show_streams", "-of", "json", out)
    )
    video, audio = counted["streams"]
    assert int(video["nb_read_packets"]) == 2000 // step_of(world, DESK)
    heard_s = float(audio["tags"]["DURATION"].split(":")[2])
    assert heard_s == pytest.approx(2.0, abs=0.2)


@pytest.mark.parametrize(("name", "codec"), [(ENTRANCE, "h264"), (HALL, "h265")])
@pytest.mark.parametrize("offered", ["clock", "npt"])
def test_gstreamer_plays_and_seeks(
    world: World, tmp_path: Path, name: str, codec: str, offered: str
) -> None:
    span = span_of(world, name)
    server = RtspServer(world, options=RtspOptions(clock_range=offered == "clock"))
    server.start()
    try:
        url = address(server, world, name, span.start_ms, span.end_ms)
        # A clock range is, to GStreamer, a number of seconds since 1900.
        zero = span.start_ms // 1000 + SECONDS_1900_TO_1970 if offered == "clock" else 0
        about, shown = gstreamer(
            url, tmp_path / "out", "--codec", codec, "--frames", "15", "--seek-s", str(zero + 20)
        )
    finally:
        server.close()
    assert about["seek_at"] == 15
    wanted, step = span.start_ms + 20_000, step_of(world, name)
    assert shown[:15] == list(range(span.start_ms, span.start_ms + 15 * step, step))
    assert shown[15:] == list(range(wanted, wanted + 15 * step, step))


def test_gstreamer_hears_and_sees(world: World, server: RtspServer, tmp_path: Path) -> None:
    span = span_of(world, DESK)
    url = address(server, world, DESK, span.start_ms, span.end_ms)
    about, shown = gstreamer(url, tmp_path / "out", "--frames", "30", "--audio")
    step = step_of(world, DESK)
    assert shown == list(range(span.start_ms, span.start_ms + 30 * step, step))
    assert about["audio_buffers"] >= 10  # type: ignore[operator]


@pytest.mark.parametrize("more", [[], ["--no-rate-control"]])
def test_gstreamer_as_an_onvif_client_times_pictures_by_the_clock(
    world: World, server: RtspServer, tmp_path: Path, more: list[str]
) -> None:
    name, step = ENTRANCE, step_of(world, ENTRANCE)
    span = span_of(world, name)
    url = address(server, world, name, span.start_ms, span.end_ms)
    about, shown = gstreamer(url, tmp_path / "out", "--onvif", "--frames", "70", *more)
    played = server.log.entries(method="PLAY")
    assert played[0].headers["range"].startswith("clock=")
    assert played[0].headers["rate-control"] == ("no" if more else "yes")
    # GStreamer 1.22 throws the first access unit of an ONVIF stream away: its group cannot be read.
    seen = [
        (instant, pts)
        for instant, pts in zip(shown, about["pts_s"], strict=True)  # type: ignore[call-overload]
        if instant is not None
    ]
    assert [instant for instant, _ in seen] == list(
        range(span.start_ms + 2000, span.start_ms + 2000 + step * len(seen), step)
    )
    assert len(seen) >= 15
    # Without rate control it smooths time stamps by arrival, and arrival says nothing.
    for instant, pts in [] if more else seen:
        assert pts - SECONDS_1900_TO_1970 == pytest.approx(instant / 1000, abs=0.5)


def test_gstreamer_as_an_onvif_client_plays_backwards(
    world: World, server: RtspServer, tmp_path: Path
) -> None:
    span = span_of(world, ENTRANCE)
    url = address(server, world, ENTRANCE, span.start_ms, span.end_ms)
    begin_s = span.start_ms / 1000 + SECONDS_1900_TO_1970 + 20
    about, shown = gstreamer(
        url, tmp_path / "out", "--onvif", "--no-rate-control", "--frames", "10", "--keys",
        "--seek-s", str(begin_s), "--rate", "-1",
    )  # fmt: skip
    played = server.log.entries(method="PLAY")[-1].headers
    assert (played["scale"], played["frames"], played["rate-control"]) == ("-1", "intra", "no")
    # The order on the wire is lost: its decoder takes what it got for one group and turns it round.
    backwards = shown[int(about["seek_at"]) :]  # type: ignore[call-overload]
    keys = {instant - span.start_ms for instant in backwards if instant is not None}
    assert keys >= {6_000, 8_000, 10_000, 12_000, 14_000, 16_000, 18_000}
    assert all(at % 2_000 == 0 and 4_000 <= at <= 20_000 for at in keys)


@pytest.mark.parametrize("sign_in", ["digest-md5", "basic"])
@pytest.mark.parametrize("peer", ["ffprobe", "gstreamer"])
def test_peers_sign_in(world: World, tmp_path: Path, sign_in: str, peer: str) -> None:
    server = RtspServer(world, options=RtspOptions(sign_in=frozenset({sign_in})))
    server.start()
    span = span_of(world, ENTRANCE)
    url = address(server, world, ENTRANCE, span.start_ms, span.end_ms)
    try:
        if peer == "ffprobe":
            assert "h264" in run(
                "ffprobe", "-rtsp_transport", "tcp", "-show_streams", signed_in(url)
            )
        else:
            _, shown = gstreamer(url, tmp_path / "out", "--frames", "2")
            assert shown == [span.start_ms, span.start_ms + step_of(world, ENTRANCE)]
        schemes = {entry.auth_scheme for entry in server.log.entries(method="PLAY")}
        assert schemes == {sign_in.partition("-")[0]}
    finally:
        server.close()


def test_a_wrong_password_plays_nothing(world: World, server: RtspServer) -> None:
    span = span_of(world, ENTRANCE)
    url = address(server, world, ENTRANCE, span.start_ms, span.end_ms)
    wrong = url.replace("rtsp://", "rtsp://demo:wrong@")
    done = subprocess.run(
        ["ffprobe", "-v", "error", "-rtsp_transport", "tcp", wrong],
        capture_output=True,
        timeout=LIMIT_S,
        check=False,
        text=True,
    )
    assert done.returncode != 0
    assert "401" in done.stderr
    assert server.sessions == 0


class RunningClock:
    """Runs on from the worlds' fixed present."""

    def __init__(self) -> None:
        self._began_s = time.monotonic()

    def now_ms(self) -> int:
        return NOW_MS + round((time.monotonic() - self._began_s) * 1000)

    def monotonic_s(self) -> float:
        return time.monotonic()


def test_ffmpeg_follows_live(tmp_path: Path) -> None:
    clock = RunningClock()
    world = demo_world(clock, tmp_path / "world", cache_bytes=64 << 20)
    server = RtspServer(world)
    server.start()
    try:
        began_ms = clock.now_ms()
        url = server.live_url(camera_named(world, ENTRANCE).camera_id)
        shown = ffmpeg(url, tmp_path / "out", frames=80)
        ended_ms = clock.now_ms()
    finally:
        server.close()
        world.close()
    first, step = shown[0], step_of(world, ENTRANCE)
    assert first is not None
    assert shown == list(range(first, first + 80 * step, step))
    # From the key picture before the asked moment, and nothing of the future.
    assert began_ms - 2000 <= first
    assert first + 79 * step <= ended_ms


def picture_hashes(*source: str) -> list[str]:
    lines = run(
        "ffmpeg", "-nostdin", "-v", "fatal", *source, "-an", "-fps_mode", "passthrough", "-f", "framemd5", "-"
    ).splitlines()  # fmt: skip
    return [line.rpartition(",")[2].strip() for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(
    "encoder",
    [
        ["libx264", "-bf", "3", "-g", "60"],
        ["libx265", "-x265-params", "log-level=none:keyint=45:bframes=3"],
    ],
    ids=["h264", "h265"],
)
def test_pictures_of_foreign_files_with_b_frames_arrive_unchanged(
    tmp_path: Path, encoder: list[str]
) -> None:
    file = tmp_path / "recordings" / "Yard" / "2025-10-24T09-59-00Z.mp4"
    file.parent.mkdir(parents=True)
    run(
        "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=322x182:rate=30000/1001:duration=5",
        "-pix_fmt", "yuv420p", "-c:v", *encoder, file,
    )  # fmt: skip
    clock = ManualClock(NOW_MS)
    world = recordings_world(tmp_path / "recordings", clock, tmp_path / "cache")
    server = RtspServer(world)
    server.start()
    try:
        (camera,) = world.cameras
        url = signed_in(server.url(camera.camera_id, "speed=8"))
        received = picture_hashes("-rtsp_transport", "tcp", "-i", url)
    finally:
        server.close()
        world.close()
    assert received == picture_hashes("-i", str(file))
    assert len(received) == 150
