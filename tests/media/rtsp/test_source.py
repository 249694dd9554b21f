"""The client against the embedded server with really encoded footage."""

import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from rta_viewer.core.access_unit import TimeSource
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.certificate import UntrustedCertificateError
from rta_viewer.core.pins import Pins
from rta_viewer.core.ports import StreamAccess
from rta_viewer.demo.request_log import LoggedRequest
from rta_viewer.demo.rtsp.options import ControlStyle, ParameterSets, RtspOptions
from rta_viewer.demo.rtsp.server import RtspServer
from rta_viewer.demo.world import World
from rta_viewer.errors import (
    Cancelled,
    NetworkError,
    NotFoundError,
    SignInError,
    UsageError,
)
from rta_viewer.media.rtsp.source import RtspReplaySource
from rta_viewer.media.rtsp.stream import EndReason, RtspReplayStream
from rta_viewer.media.rtsp.timeouts import RtspTimeouts
from tests.helpers.certificates import fingerprint, self_signed, server_context
from tests.helpers.replays import access, shown, take
from tests.helpers.timecode import read
from tests.helpers.worlds import camera_named, recorded_span, small_world

TIMEOUTS = RtspTimeouts(connect_s=20, answer_s=20, silence_s=10, after_end_s=0.3)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = small_world(tmp_path_factory.mktemp("world"))
    yield world
    world.close()


def iso(instant_ms: int) -> str:
    moment = datetime.fromtimestamp(instant_ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Bench:
    """A server and the sources that play from it."""

    world: World
    server: RtspServer
    sources: list[RtspReplaySource]
    asked: list[int]

    def camera(self, name: str = "Main entrance") -> tuple[str, int]:
        """Identifier and an instant from which a minute was recorded."""
        camera_id = camera_named(self.world, name).camera_id
        return camera_id, recorded_span(self.world, camera_id, 60_000).start_ms

    def source(
        self, camera_id: str, who: StreamAccess | None = None, **more: object
    ) -> RtspReplaySource:
        def grant(start_ms: int, end_ms: int, speed: int, _cancel: CancelToken) -> str:
            self.asked.append(speed)
            query = f"start={iso(start_ms)}&end={iso(end_ms)}"
            return self.server.url(camera_id, query + (f"&speed={speed}" if speed != 1 else ""))

        source = RtspReplaySource(grant, who or access(), **({"timeouts": TIMEOUTS} | more))  # type: ignore[arg-type]
        self.sources.append(source)
        return source


MakeBench = Callable[..., Bench]


@pytest.fixture
def bench(world: World) -> Iterator[MakeBench]:
    made: list[Bench] = []

    def make(tls: ssl.SSLContext | None = None, **options: object) -> Bench:
        server = RtspServer(world, options=RtspOptions(**options), tls=tls)  # type: ignore[arg-type]
        server.start()
        made.append(Bench(world, server, [], []))
        return made[-1]

    yield make
    for one in made:
        for source in one.sources:
            source.close()
        one.server.close()


def play(
    source: RtspReplaySource,
    start_ms: int,
    length_ms: int = 30_000,
    *,
    speed: float = 1.0,
    key_frames_only: bool = False,
) -> RtspReplayStream:
    return source.open(
        start_ms,
        start_ms + length_ms,
        speed=speed,
        key_frames_only=key_frames_only,
        cancel=CancelToken(),
    )


def assert_right(units: list, within_ms: float = 1.0) -> list[float]:
    """Every picture shows the instant that its unit carries; returns the instants."""
    pictures = shown(units, read)
    assert pictures
    for instant_ms, code in pictures:
        assert code is not None
        assert abs(code.instant_ms - instant_ms) <= within_ms
    return [instant_ms for instant_ms, _ in pictures]


@pytest.mark.parametrize(
    ("options", "source_of_time"),
    [
        ({}, TimeSource.ONVIF_EXTENSION),
        ({"rate_control": False}, TimeSource.ONVIF_EXTENSION),
        ({"onvif_replay": False}, TimeSource.RTP_INFO),
        ({"onvif_replay": False, "clock_range": False}, TimeSource.RTP_INFO),
        ({"onvif_replay": False, "clock_range": False, "sdp_range": False}, TimeSource.RTP_INFO),
        ({"onvif_replay": False, "npt_range": False}, TimeSource.RTP_INFO),
        ({"clock_range": False}, TimeSource.ONVIF_EXTENSION),
        ({"control_style": ControlStyle.ABSOLUTE}, TimeSource.ONVIF_EXTENSION),
        (
            {"control_style": ControlStyle.RELATIVE, "content_base_slash": False},
            TimeSource.ONVIF_EXTENSION,
        ),
        ({"parameter_sets": ParameterSets.SDP}, TimeSource.ONVIF_EXTENSION),
        ({"parameter_sets": ParameterSets.IN_BAND}, TimeSource.ONVIF_EXTENSION),
        ({"sign_in": frozenset({"digest-md5"})}, TimeSource.ONVIF_EXTENSION),
        ({"sign_in": frozenset({"digest-sha256"})}, TimeSource.ONVIF_EXTENSION),
        ({"sign_in": frozenset({"digest-md5-sess"})}, TimeSource.ONVIF_EXTENSION),
        ({"sign_in": frozenset({"digest-sha256-sess"})}, TimeSource.ONVIF_EXTENSION),
        ({"sign_in": frozenset()}, TimeSource.ONVIF_EXTENSION),
    ],
)
def test_starts_at_the_key_frame_before_and_knows_every_instant(
    bench: MakeBench, options: dict[str, object], source_of_time: TimeSource
) -> None:
    one = bench(**options)
    camera_id, start_ms = one.camera()
    asked_ms = start_ms + 5_337
    stream = play(one.source(camera_id), asked_ms)
    units = take(stream, 12)
    instants = assert_right(units)
    assert units[0].is_key
    assert asked_ms - 2_000 < instants[0] <= asked_ms
    assert units[0].time_source is source_of_time
    assert stream.lost_units == 0
    assert stream.formats[0].width == 640
    stream.close()


@pytest.mark.parametrize("name", ["Ticket hall", "Stairwell east", "Reception desk"])
@pytest.mark.parametrize("onvif", [True, False])
def test_plays_h265_long_groups_and_sound(bench: MakeBench, name: str, onvif: bool) -> None:
    one = bench(onvif_replay=onvif)
    camera_id, start_ms = one.camera(name)
    stream = play(one.source(camera_id), start_ms + 12_000)
    units = []
    sound = []
    for unit in stream.units():
        (units if unit.format.codec.is_video else sound).append(unit)
        if len(units) >= 12:
            break
    instants = assert_right(units)
    assert instants[0] <= start_ms + 12_000
    if name == "Reception desk":
        assert len(stream.formats) == 2
        assert sound
        assert abs(sound[0].instant_ms - instants[0]) < 200
        assert sound[0].format.extra
    stream.close()


def test_seeks_on_the_same_session_without_another_grant(bench: MakeBench) -> None:
    one = bench()
    camera_id, start_ms = one.camera()
    source = one.source(camera_id)
    for offset_ms in (30_000, 3_000, 17_640, 41_000, 0):
        stream = play(source, start_ms + offset_ms, 60_000 - offset_ms)
        units = take(stream, 20)
        instants = assert_right(units)
        assert start_ms + offset_ms - 2_000 < instants[0] <= start_ms + offset_ms
        stream.close()
    assert len(one.asked) == 1
    methods = [entry.method for entry in one.server.log.entries()]
    assert methods.count("DESCRIBE") <= 2  # once more after the challenge
    assert methods.count("PLAY") == 5


@pytest.mark.parametrize("options", [{"seek_in_session": False}, {"onvif_replay": False}])
def test_seeks_also_where_a_session_cannot_be_played_twice(
    bench: MakeBench, options: dict[str, object]
) -> None:
    one = bench(**options)
    camera_id, start_ms = one.camera()
    source = one.source(camera_id)
    for offset_ms in (30_000, 3_000, 17_640):
        stream = play(source, start_ms + offset_ms)
        instants = assert_right(take(stream, 5))
        assert start_ms + offset_ms - 2_000 < instants[0] <= start_ms + offset_ms
        stream.close()


def test_as_fast_as_it_is_read_where_the_server_offers_it(bench: MakeBench) -> None:
    one = bench()
    camera_id, start_ms = one.camera()
    stream = play(one.source(camera_id), start_ms, speed=8)
    assert stream.delivered_speed is None
    stream.close()


@pytest.mark.parametrize(
    "options",
    [
        {"onvif_replay": False},
        {"onvif_replay": False, "speed_instead_of_scale": True},
        {"rate_control": False},
    ],
)
def test_plays_faster_and_still_knows_the_instants(
    bench: MakeBench, options: dict[str, object]
) -> None:
    one = bench(**options)
    camera_id, start_ms = one.camera()
    source = one.source(camera_id)
    for _ in range(2):
        stream = play(source, start_ms + 4_500, speed=8)
        assert stream.delivered_speed == pytest.approx(8)
        assert_right(take(stream, 80))
        stream.close()


def test_asks_for_speed_where_scale_is_refused(bench: MakeBench) -> None:
    one = bench(onvif_replay=False, scale=False)
    camera_id, start_ms = one.camera()
    stream = play(one.source(camera_id), start_ms + 4_500, speed=8)
    assert stream.delivered_speed == pytest.approx(8)
    assert_right(take(stream, 60))
    assert "speed" in one.server.log.entries(method="PLAY")[-1].headers
    stream.close()


@pytest.mark.parametrize("onvif", [True, False])
def test_only_key_frames(bench: MakeBench, onvif: bool) -> None:
    one = bench(onvif_replay=onvif)
    camera_id, start_ms = one.camera()
    stream = play(one.source(camera_id), start_ms, 8_000, speed=8, key_frames_only=True)
    units = list(stream.units())
    assert all(unit.is_key for unit in units)
    instants = assert_right(units)
    assert len(instants) == 4
    assert {round(after - before) for before, after in pairwise(instants)} == {2_000}
    stream.close()


def test_ends_at_the_asked_end(bench: MakeBench) -> None:
    one = bench()
    camera_id, start_ms = one.camera()
    stream = play(one.source(camera_id), start_ms, 3_000)
    units = [unit for unit in stream.units() if unit.format.codec.is_video]
    instants = assert_right(units)
    assert instants[0] == start_ms
    assert start_ms + 2_900 <= instants[-1] < start_ms + 3_000
    stream.close()


@pytest.mark.parametrize("options", [{}, {"onvif_replay": False}, {"close_at_end": True}])
def test_ends_at_the_end_of_all_footage(bench: MakeBench, options: dict[str, object]) -> None:
    one = bench(**options)
    camera_id, _ = one.camera()
    now_ms = one.world.clock.now_ms()
    newest = one.world.footage(camera_id).gop_before(now_ms)
    assert newest is not None
    start_ms = round(newest.start_ms)
    stream = source_stream = play(one.source(camera_id), start_ms, 600_000, speed=8)
    instants = assert_right(list(source_stream.units()))
    assert now_ms - 5_000 < instants[-1] <= now_ms
    assert stream.end_reason in {EndReason.SAID, EndReason.SILENCE}
    stream.close()


def test_in_a_gap_it_starts_at_the_next_footage_and_says_so(bench: MakeBench) -> None:
    one = bench()
    camera_id = camera_named(one.world, "Car park north").camera_id
    now_ms = one.world.clock.now_ms()
    window = type(recorded_span(one.world, camera_id, 10_000))(now_ms - 86_400_000, now_ms)
    first, second = one.world.footage(camera_id).recorded(window)[:2]
    stream = play(one.source(camera_id), first.end_ms + 500, 3_600_000)
    instants = assert_right(take(stream, 5))
    assert instants[0] >= second.start_ms - 2_000
    stream.close()
    stream = play(one.source(camera_id), first.end_ms - 1_000, 7_200_000)
    before_ms = 0.0
    for unit in stream.units():
        if unit.instant_ms >= second.start_ms - 2_000:
            assert unit.discontinuity
            assert unit.instant_ms - before_ms >= second.start_ms - first.end_ms - 2_000
            break
        before_ms = unit.instant_ms
    stream.close()


def test_says_that_there_is_no_footage(bench: MakeBench) -> None:
    one = bench()
    camera_id, _ = one.camera()
    with pytest.raises(NotFoundError):
        play(one.source(camera_id), one.world.clock.now_ms() + 86_400_000)
    with pytest.raises(NotFoundError):
        play(one.source("no-such-camera"), one.world.clock.now_ms() - 60_000)


def test_the_end_must_come_after_the_start(bench: MakeBench) -> None:
    one = bench()
    camera_id, start_ms = one.camera()
    with pytest.raises(UsageError):
        play(one.source(camera_id), start_ms, 0)


def test_wrong_password_is_a_sign_in_error(bench: MakeBench) -> None:
    one = bench()
    camera_id, start_ms = one.camera()
    with pytest.raises(SignInError) as caught:
        play(one.source(camera_id, access("wrong")), start_ms)
    assert "wrong" not in str(caught.value).replace("wrong password", "")


def test_credentials_do_not_go_to_strangers(bench: MakeBench) -> None:
    one = bench()
    camera_id, start_ms = one.camera()
    who = access(trusted_hosts=frozenset({"recorder.example"}))
    with pytest.raises(SignInError, match=r"127\.0\.0\.1"):
        play(one.source(camera_id, who), start_ms)
    assert all("authorization" not in str(entry).lower() for entry in one.server.log.entries())


def test_basic_only_when_allowed(bench: MakeBench) -> None:
    one = bench(sign_in=frozenset({"basic"}))
    camera_id, start_ms = one.camera()
    with pytest.raises(SignInError, match="Allow Basic"):
        play(one.source(camera_id), start_ms)
    stream = play(one.source(camera_id, access(allow_basic=True)), start_ms)
    assert take(stream, 1)
    stream.close()


@pytest.mark.parametrize("kind", ["digest-sha256", "digest-sha256-sess"])
def test_a_nonce_that_grew_old_is_renewed_on_the_way(bench: MakeBench, kind: str) -> None:
    one = bench(nonce_lifetime_s=60.0, sign_in=frozenset({kind}))
    now_s = [1_000.0]
    one.server._context.authenticator._monotonic = lambda: now_s[0]
    paused: list[LoggedRequest | None] = []

    def is_new_pause(entry: LoggedRequest) -> bool:
        return entry.method == "PAUSE" and entry.status == 200 and entry not in paused

    camera_id, start_ms = one.camera()
    source = one.source(camera_id)
    for offset_ms in (20_000, 5_000, 12_000):
        stream = play(source, start_ms + offset_ms)
        assert_right(take(stream, 5))
        stream.close()
        paused.append(one.server.log.wait_for(is_new_pause))
        now_s[0] += 61.0
    assert None not in paused
    assert len(one.asked) == 1  # the session was kept, only its nonce was not


@pytest.mark.parametrize("name", ["Stairwell east", "Reception desk", "Canteen"])
def test_every_picture_arrives_at_its_instant_whatever_the_camera(
    bench: MakeBench, name: str
) -> None:
    """Key pictures 10 s apart, sound, a varying rate: twelve seconds without one picture missing."""
    one = bench()
    camera_id, start_ms = one.camera(name)
    stream = play(one.source(camera_id), start_ms, 12_000, speed=8)
    instants = assert_right([unit for unit in stream.units() if unit.format.codec.is_video])
    recorded: list[float] = []
    at_ms = float(start_ms)
    while at_ms < start_ms + 12_000:
        gop = one.world.footage(camera_id).gop_at(at_ms)
        assert gop is not None
        recorded += [unit.instant_ms for unit in gop.units]
        at_ms = gop.end_ms
    assert instants == pytest.approx([at for at in recorded if at < start_ms + 12_000], abs=1)
    stream.close()


def test_over_tls_with_a_trusted_and_an_unknown_certificate(
    bench: MakeBench, tmp_path: Path
) -> None:
    cert, key = self_signed(tmp_path)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(cert, key)
    one = bench(tls=serving, sign_in=frozenset({"basic"}))
    camera_id, start_ms = one.camera()
    with pytest.raises(NetworkError, match="not trusted"):
        play(one.source(camera_id), start_ms)
    source = one.source(camera_id, tls=ssl.create_default_context(cafile=str(cert)))
    for offset_ms in (5_000, 0):
        stream = play(source, start_ms + offset_ms)
        assert_right(take(stream, 50))
        stream.close()
    stream = play(one.source(camera_id, access(verify_tls=False)), start_ms)
    assert take(stream, 1)
    stream.close()


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ({"from_days": -3, "to_days": -1}, "expired"),
        ({"from_days": 1, "to_days": 3}, "not yet valid"),
        ({"hosts": ("other.example",)}, "not valid for"),
    ],
)
def test_over_tls_an_authority_alone_is_not_enough(
    bench: MakeBench, tmp_path: Path, made: dict[str, Any], words: str
) -> None:
    one = bench(tls=server_context(tmp_path, **made), sign_in=frozenset({"basic"}))
    camera_id, start_ms = one.camera()
    trusting = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
    with pytest.raises(UntrustedCertificateError, match=words) as caught:
        play(one.source(camera_id, tls=trusting), start_ms)
    assert caught.value.certificate is not None
    assert caught.value.certificate.fingerprint == fingerprint(tmp_path)
    assert not one.server.log.entries()


def test_over_tls_with_a_pinned_and_a_changed_certificate(bench: MakeBench, tmp_path: Path) -> None:
    one = bench(tls=server_context(tmp_path), sign_in=frozenset({"basic"}))
    camera_id, start_ms = one.camera()
    right, other = fingerprint(tmp_path), ":".join(["AB"] * 32)
    with pytest.raises(UntrustedCertificateError) as caught:
        play(one.source(camera_id), start_ms)
    assert caught.value.certificate is not None
    assert caught.value.certificate.fingerprint == right
    host = frozenset({"127.0.0.1"})
    with pytest.raises(UntrustedCertificateError, match=right) as caught:
        play(one.source(camera_id, access(pins=Pins(frozenset({other}), host))), start_ms)
    assert caught.value.pinned == (other,)
    assert not one.server.log.entries()
    pins = Pins(frozenset({right, other}), host)
    stream = play(one.source(camera_id, access(pins=pins)), start_ms)
    assert_right(take(stream, 50))
    stream.close()


def test_closing_from_another_thread_ends_a_blocked_read_at_once(bench: MakeBench) -> None:
    one = bench(onvif_replay=False)
    camera_id, start_ms = one.camera()
    stream = play(one.source(camera_id, timeouts=RtspTimeouts(silence_s=30)), start_ms)
    one.server.faults.silence_after_packets(0, times=None)
    blocked = threading.Event()
    ended: list[BaseException] = []

    def read_on() -> None:
        try:
            for _ in stream.units():
                blocked.set()
        except Cancelled as err:
            ended.append(err)

    reader = threading.Thread(target=read_on)
    reader.start()
    blocked.wait(1)
    stream.close()
    reader.join(2)
    assert not reader.is_alive()
    assert ended


def test_cancelling_the_token_ends_the_stream(bench: MakeBench) -> None:
    one = bench()
    camera_id, start_ms = one.camera()
    token = CancelToken()
    source = one.source(camera_id)
    stream = source.open(start_ms, start_ms + 60_000, speed=1, key_frames_only=False, cancel=token)
    token.cancel()
    with pytest.raises(Cancelled):
        list(stream.units())
    stream.close()
    with pytest.raises(Cancelled):
        source.open(start_ms, start_ms + 1, speed=1, key_frames_only=False, cancel=token)


def test_a_session_outlives_its_timeout_while_nobody_reads(bench: MakeBench) -> None:
    one = bench(session_timeout_s=1.0)
    camera_id, start_ms = one.camera()
    stream = play(one.source(camera_id), start_ms, 60_000)
    take(stream, 3)
    assert not threading.Event().wait(1.6)
    rest = [unit for unit in stream.units() if unit.format.codec.is_video]
    assert rest[-1].instant_ms >= start_ms + 59_000
    assert stream.lost_units == 0
    stream.close()
