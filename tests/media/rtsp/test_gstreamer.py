"""The client against GStreamer's RTSP server, which we did not write."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.core.access_unit import AccessUnit, Codec, TimeSource
from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import NotFoundError, SignInError
from rta_viewer.media.rtsp.source import RtspReplaySource
from rta_viewer.media.rtsp.stream import RtspReplayStream
from tests.helpers import counted_video
from tests.helpers.gst_rtsp_server import available, gst_rtsp_server
from tests.helpers.replays import access, granting, shown, take
from tests.helpers.rtsp_relay import RtspRelay

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(not available(), reason="GStreamer's RTSP server is not installed"),
]

START_MS = 1_761_300_000_000
QUERY = "?start=2025-10-24T10:00:00Z"
PICTURE_MS = 40


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, str]]:
    folder = tmp_path_factory.mktemp("gstreamer")
    make = counted_video.make
    return {
        "/h264": (make(folder / "h264.mp4", seconds=40), "h264"),
        "/h265": (make(folder / "h265.mp4", seconds=20, encoder="libx265"), "h265"),
        "/jpeg": (make(folder / "jpeg.mp4", seconds=10, encoder="mjpeg"), "mjpeg"),
    }


@pytest.fixture(scope="module")
def plain(files: dict[str, tuple[Path, str]]) -> Iterator[int]:
    with gst_rtsp_server(files) as port:
        yield port


@pytest.fixture
def sources() -> Iterator[list[RtspReplaySource]]:
    made: list[RtspReplaySource] = []
    yield made
    for source in made:
        source.close()


def source_of(
    sources: list[RtspReplaySource], port: int, path: str, shared: str = "demo"
) -> RtspReplaySource:
    url = f"rtsp://127.0.0.1:{port}{path}{QUERY}"
    sources.append(RtspReplaySource(granting(url), access(shared)))
    return sources[-1]


def play(
    source: RtspReplaySource, at_ms: int, *, speed: float = 1.0, keys: bool = False
) -> RtspReplayStream:
    return source.open(
        START_MS + at_ms,
        START_MS + 3_600_000,
        speed=speed,
        key_frames_only=keys,
        cancel=CancelToken(),
    )


def assert_right(units: list[AccessUnit]) -> list[float]:
    """Each picture carries the number that belongs to its instant; returns milliseconds from the start."""
    pictures = shown(units, counted_video.read)
    assert pictures
    for instant_ms, number in pictures:
        assert abs(instant_ms - START_MS - number * PICTURE_MS) < PICTURE_MS
    return [instant_ms - START_MS for instant_ms, _ in pictures]


@pytest.mark.parametrize(
    ("path", "codec", "before_ms"),
    [("/h264", Codec.H264, 2_000), ("/h265", Codec.H265, 2_000), ("/jpeg", Codec.MJPEG, 40)],
)
def test_plays_and_seeks_to_the_asked_instant(
    plain: int, sources: list[RtspReplaySource], path: str, codec: Codec, before_ms: int
) -> None:
    source = source_of(sources, plain, path)
    for at_ms in (7_300, 2_700, 5_100):
        stream = play(source, at_ms)
        units = take(stream, 12)
        shown_ms = assert_right(units)
        assert units[0].format.codec is codec
        assert at_ms - before_ms <= shown_ms[0] <= at_ms
        assert (units[0].format.width, units[0].format.height) == (320, 192)
        assert stream.lost_units == 0
        stream.close()


@pytest.mark.parametrize("speed", [4.0, 8.0])
@pytest.mark.parametrize("path", ["/h264", "/h265"])
def test_faster_with_rtp_time_on_the_wall_clock(
    plain: int, sources: list[RtspReplaySource], path: str, speed: float
) -> None:
    stream = play(source_of(sources, plain, path), 3_300, speed=speed)
    units = take(stream, 100)
    shown_ms = assert_right(units)
    assert stream.delivered_speed == speed
    assert units[0].time_source is TimeSource.RTP_INFO
    assert shown_ms[-1] - shown_ms[0] > 3_500
    stream.close()


@pytest.mark.parametrize("path", ["/h264", "/h265"])
def test_without_a_range_in_the_description(
    plain: int, sources: list[RtspReplaySource], path: str
) -> None:
    with RtspRelay(plain, without=b"a=range") as relay:
        source = source_of(sources, relay.port, path)
        for at_ms in (7_300, 2_700):
            stream = play(source, at_ms)
            shown_ms = assert_right(take(stream, 12))
            assert at_ms - 2_000 <= shown_ms[0] <= at_ms
            stream.close()
        source.close()
        assert b"a=control" in relay.answers
        assert b"a=range" not in relay.answers


def test_it_answers_speed_for_scale_and_is_understood(
    plain: int, sources: list[RtspReplaySource]
) -> None:
    with RtspRelay(plain) as relay:
        source = source_of(sources, relay.port, "/h264")
        stream = play(source, 3_300, speed=8.0)
        assert_right(take(stream, 50))
        assert stream.delivered_speed == 8
        stream.close()
        source.close()
        assert b"a=range" in relay.answers
        assert re.search(rb"Speed: *8\.0", relay.answers)
        assert re.search(rb"Scale: *1\.0", relay.answers)


def test_digest_and_wrong_password(
    files: dict[str, tuple[Path, str]], sources: list[RtspReplaySource]
) -> None:
    with gst_rtsp_server({"/h264": files["/h264"]}, digest=("demo", "demo")) as port:
        stream = play(source_of(sources, port, "/h264"), 5_500)
        assert_right(take(stream, 5))
        stream.close()
        with pytest.raises(SignInError):
            play(source_of(sources, port, "/h264", "wrong"), 5_500)
        for source in sources:
            source.close()


def test_onvif_replay_as_fast_as_it_is_read(
    files: dict[str, tuple[Path, str]], sources: list[RtspReplaySource]
) -> None:
    with gst_rtsp_server({"/h264": files["/h264"]}, ntp_start_ms=START_MS) as port:
        source = source_of(sources, port, "/h264")
        for at_ms in (13_300, 7_300):
            stream = play(source, at_ms, speed=8)
            assert stream.delivered_speed is None
            units = take(stream, 120)
            shown_ms = assert_right(units)
            assert at_ms - 2_000 <= shown_ms[0] <= at_ms
            assert {unit.time_source for unit in units} == {TimeSource.ONVIF_EXTENSION}
            stream.close()
        source.close()


def test_sound_beside_the_pictures(tmp_path: Path, sources: list[RtspReplaySource]) -> None:
    file = counted_video.make(tmp_path / "sound.mp4", seconds=10, sound=True)
    with gst_rtsp_server({"/sound": (file, "h264")}, sound=True) as port:
        source = source_of(sources, port, "/sound")
        stream = play(source, 5_300)
        pictures: list[AccessUnit] = []
        sounds: list[AccessUnit] = []
        for unit in stream.units():
            (pictures if unit.format.codec.is_video else sounds).append(unit)
            if len(pictures) >= 20:
                break
        shown_ms = assert_right(pictures)
        assert shown_ms[0] == pytest.approx(4_000, abs=PICTURE_MS)
        assert [media.codec for media in stream.formats] == [Codec.H264, Codec.AAC]
        assert abs(sounds[0].instant_ms - START_MS - shown_ms[0]) < 100
        stream.close()
        source.close()


def test_only_key_frames_of_a_server_that_sends_all(
    plain: int, sources: list[RtspReplaySource]
) -> None:
    stream = play(source_of(sources, plain, "/h264"), 2_700, speed=8, keys=True)
    units = take(stream, 4)
    assert [round(at_ms, -1) for at_ms in assert_right(units)] == [2_000, 4_000, 6_000, 8_000]
    stream.close()


def test_a_mount_that_does_not_exist(plain: int, sources: list[RtspReplaySource]) -> None:
    with pytest.raises(NotFoundError):
        play(source_of(sources, plain, "/nothing"), 1_000)
