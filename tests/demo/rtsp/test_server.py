"""Requests, answers, states and limits, seen on the wire."""

import datetime
import ipaddress
import re
import socket
import ssl
import threading
import time
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from rta_viewer.core.secret import Secret
from rta_viewer.demo.rtsp.options import ControlStyle, ParameterSets
from rta_viewer.demo.rtsp.server import RtspServer
from rta_viewer.errors import NetworkError
from tests.demo.rtsp.conftest import MakeServer, world
from tests.helpers.rtsp_session import clock, iso, rtp_info, set_up
from tests.helpers.rtsp_wire import LIMIT_S, Answer, Packet, RtspWire

TCP = "RTP/AVP/TCP;unicast;interleaved=0-1"


def wait_until(condition: object, limit_s: float = 5.0) -> None:
    until_s = time.monotonic() + limit_s
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < until_s, "it did not come to that"
        threading.Event().wait(0.01)


def test_options_lists_the_methods_without_sign_in(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        answer = wire.ask("OPTIONS", "*", Authorization="")
        assert answer.status == 200
        assert {"DESCRIBE", "SETUP", "PLAY", "PAUSE", "GET_PARAMETER", "TEARDOWN"} <= set(
            answer["public"].split(", ")
        )
        assert answer["cseq"] == "1"


def test_everything_else_wants_a_sign_in(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        for method in ("DESCRIBE", "SETUP", "PLAY", "PAUSE", "GET_PARAMETER", "TEARDOWN", "RECORD"):
            answer = wire.ask(method, server.url("cam"), Authorization="")
            assert answer.status == 401
            schemes = [value for name, value in answer.repeated if name == "www-authenticate"]
            assert len(schemes) == 3


def test_a_changed_password_counts_at_once(make_server: MakeServer) -> None:
    the_world = world()
    server = make_server(the_world)
    with RtspWire(server.port) as wire:
        assert wire.ask("DESCRIBE", server.url("cam")).status == 200
        the_world.password = Secret("other")
        assert wire.ask("DESCRIBE", server.url("cam")).status == 401


def test_describes_a_presentation(server: RtspServer) -> None:
    query = f"start={iso(60)}&end={iso(30)}"
    with RtspWire(server.port) as wire:
        answer = wire.ask("DESCRIBE", server.url("sound", query), Accept="application/sdp")
    assert answer["content-type"] == "application/sdp"
    assert answer["content-base"] == server.url("sound", query) + "/"
    lines = answer.body.split("\r\n")
    assert lines[0] == "v=0"
    assert f"a=range:clock={clock(60)[:-4]}Z-{clock(30)[:-4]}Z" in lines
    assert "a=range:npt=0.000-30.000" in lines
    assert "a=control:*" in lines
    assert "a=rtpmap:96 H264/90000" in lines
    assert (
        "a=fmtp:96 packetization-mode=1;profile-level-id=424D0A;"
        "sprop-parameter-sets=Z0JNCv8=,aM44" in lines
    )
    assert "a=framesize:96 640-360" in lines
    assert "a=rtpmap:97 MPEG4-GENERIC/16000/1" in lines
    assert any(line.startswith("a=fmtp:97") and "config=1408" in line for line in lines)
    assert [line for line in lines if line.startswith("a=control:track")] == [
        "a=control:trackID=0",
        "a=control:trackID=1",
    ]


@pytest.mark.parametrize(
    ("options", "present", "absent"),
    [
        ({"clock_range": False}, "a=range:npt=0.000-", "a=range:clock"),
        ({"sdp_range": False}, "a=control:*", "a=range"),
        ({"parameter_sets": ParameterSets.IN_BAND}, "packetization-mode=1", "sprop"),
        ({"control_style": ControlStyle.RELATIVE}, "a=control:./", "a=control:*"),
        ({"control_style": ControlStyle.ABSOLUTE}, "a=control:rtsp://", "a=control:*"),
        ({"npt_range": False}, "a=range:clock", "a=range:npt"),
    ],
)
def test_imitates_other_descriptions(
    make_server: MakeServer, options: dict[str, object], present: str, absent: str
) -> None:
    server = make_server(**options)
    with RtspWire(server.port) as wire:
        body = wire.ask("DESCRIBE", server.url("cam", f"start={iso(60)}&end={iso(30)}")).body
    assert present in body
    assert absent not in body


def test_content_base_without_a_slash(make_server: MakeServer) -> None:
    server = make_server(content_base_slash=False)
    with RtspWire(server.port) as wire:
        answer = wire.ask("DESCRIBE", server.url("cam"))
    assert answer["content-base"] == server.url("cam")


@pytest.mark.parametrize(
    "url",
    [
        "{base}?start={start}/trackID=0",
        "{base}/trackID=0?start={start}",
        "{base}?start={start}",
        "{base}/trackID=0",
    ],
)
def test_however_the_track_name_is_joined_the_start_is_kept(server: RtspServer, url: str) -> None:
    base, start = server.url("cam"), iso(30)
    with RtspWire(server.port) as wire:
        wire.ask("DESCRIBE", f"{base}?start={start}")
        answer = wire.ask("SETUP", url.format(base=base, start=start), Transport=TCP)
        assert answer.status == 200
        played = wire.ask("PLAY", f"{base}?start={start}/", Session=answer.session)
    assert played["range"] == f"clock={clock(30)[:-4]}Z-"


def test_sets_up_on_the_channels_that_were_asked(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        answer = wire.ask(
            "SETUP",
            server.url("cam") + "/trackID=0",
            Transport="RTP/AVP;unicast;client_port=5000-5001,RTP/AVP/TCP;interleaved=8-9",
        )
        assert re.fullmatch(
            r'RTP/AVP/TCP;unicast;interleaved=8-9;ssrc=[0-9A-F]{8};mode="PLAY"', answer["transport"]
        )
        assert re.fullmatch(r"[0-9a-f]{16};timeout=60", answer["session"])
        wire.ask("PLAY", server.url("cam"), Session=answer.session, Range=f"clock={clock(9)}-")
        assert wire.rtp(3, channel=8)
        assert server.sessions == 1
        assert wire.ask("TEARDOWN", server.url("cam"), Session=answer.session).status == 200
        assert server.sessions == 0


@pytest.mark.parametrize(
    ("transport", "status"),
    [
        ("RTP/AVP;unicast;client_port=5000-5001", 461),
        ("RTP/AVP/TCP;multicast", 461),
        ("RTP/AVP/TCP;interleaved=0-999", 461),
        ("RTP/AVP/TCP;interleaved=x", 400),
        ("", 461),
        ("RTP/AVP/TCP;unicast", 200),
    ],
)
def test_transports(server: RtspServer, transport: str, status: int) -> None:
    with RtspWire(server.port) as wire:
        url = server.url("cam") + "/trackID=0"
        assert wire.ask("SETUP", url, Transport=transport).status == status


def test_two_sessions_share_a_connection_but_not_channels(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        first = set_up(server, wire, "cam")
        clash = wire.ask("SETUP", server.url("h265") + "/trackID=0", Transport=TCP)
        assert clash.status == 461
        second = wire.ask(
            "SETUP", server.url("h265") + "/trackID=0", Transport="RTP/AVP/TCP;unicast"
        )
        assert "interleaved=2-3" in second["transport"]
        first.play(Range=f"clock={clock(9)}-")
        wire.ask("PLAY", "*", Session=second.session, Range=f"clock={clock(9)}-")
        channels = {wire.packet().channel for _ in range(12)}
        assert {0, 2} <= channels


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/playback/nobody", 404),
        ("/playback/cam/trackID=1", 404),
        ("/elsewhere/cam", 404),
        ("/playback/cam?start=yesterday", 400),
        ("/playback/cam?start=2025-10-24T10:00:00Z&end=2025-10-24T09:00:00Z", 400),
        ("/playback/cam?start=2025-10-24T10:00:00Z&duration=-5", 400),
        ("/playback/cam?start=2025-10-24T10:00:00Z&duration=1e300", 400),
        ("/playback/cam?speed=nan", 400),
        ("/playback/sound", 459),
    ],
)
def test_addresses_that_lead_nowhere(server: RtspServer, url: str, status: int) -> None:
    with RtspWire(server.port) as wire:
        assert wire.ask("SETUP", server.address + url, Transport=TCP).status == status
        assert wire.ask("SETUP", "http://other/" + url, Transport=TCP).status == 400


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("PLAY", {"Session": "0123456789abcdef"}, 454),
        ("PLAY", {}, 454),
        ("PAUSE", {}, 454),
        ("GET_PARAMETER", {"Session": "nope"}, 454),
        ("GET_PARAMETER", {}, 200),
        ("ANNOUNCE", {}, 405),
        ("FLY", {}, 501),
        ("DESCRIBE", {"Accept": "text/html"}, 406),
        ("DESCRIBE", {"Require": "something, onvif-replay"}, 551),
        ("DESCRIBE", {"Require": "onvif-replay"}, 200),
        ("DESCRIBE", {"CSeq": "none"}, 400),
    ],
)
def test_statuses(server: RtspServer, method: str, headers: dict[str, str], status: int) -> None:
    with RtspWire(server.port) as wire:
        answer = wire.ask(method, server.url("cam"), **headers)
        assert answer.status == status
        if status == 551:
            assert answer["unsupported"] == "something"
        if status in {405, 501}:
            assert "PLAY" in answer["allow"]


def test_another_version_is_refused(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        wire.sock.sendall(b"OPTIONS * RTSP/2.0\r\nCSeq: 1\r\n\r\n")
        assert wire.answer().status == 505


@pytest.mark.parametrize(
    ("options", "headers", "status"),
    [
        ({"onvif_replay": False}, {"Require": "onvif-replay"}, 551),
        ({"clock_range": False}, {"Range": "clock=20251024T095900Z-"}, 457),
        ({"npt_range": False}, {"Range": "npt=0-"}, 457),
    ],
)
def test_imitates_servers_that_lack_something(
    make_server: MakeServer, options: dict[str, object], headers: dict[str, str], status: int
) -> None:
    server = make_server(**options)
    with RtspWire(server.port) as wire:
        assert set_up(server, wire).play(**headers).status == status


def test_imitates_servers_without_rate_control_or_scale(make_server: MakeServer) -> None:
    server = make_server(rate_control=False, scale=False)
    with RtspWire(server.port) as wire:
        played = set_up(server, wire)
        began_s = time.monotonic()
        answer = played.play(Range=f"clock={clock(20)}-", Rate_Control="no", Scale="8")
        assert "rate-control" not in answer.headers
        assert answer["scale"] == "1.000"
        packets = wire.rtp(8)
    # One packet of parameter sets, then a picture each: the last is due after 600 ms.
    assert packets[-1].arrived_s - began_s >= 0.6


def test_imitates_a_server_that_cannot_seek_in_a_session(make_server: MakeServer) -> None:
    server = make_server(seek_in_session=False)
    with RtspWire(server.port) as wire:
        played = set_up(server, wire)
        assert played.play(Range=f"clock={clock(20)}-").status == 200
        assert played.play(Range=f"clock={clock(10)}-", Immediate="yes").status == 455
        played.ask("PAUSE")
        assert played.play(Range=f"clock={clock(10)}-").status == 455
        assert played.play().status == 200


def test_a_session_ends_without_signs_of_life(make_server: MakeServer) -> None:
    server = make_server(session_timeout_s=0.3)
    with RtspWire(server.port) as wire:
        played = set_up(server, wire)
        played.play(Range=f"clock={clock(60)}-")
        wait_until(lambda: server.sessions == 0)
        assert played.ask("GET_PARAMETER").status == 454


@pytest.mark.parametrize("sign", ["request", "receiver report"])
def test_signs_of_life_keep_a_session(make_server: MakeServer, sign: str) -> None:
    server = make_server(session_timeout_s=1.0)
    with RtspWire(server.port) as wire:
        played = set_up(server, wire)
        until_s = time.monotonic() + 1.5
        while time.monotonic() < until_s:
            if sign == "request":
                assert played.ask("GET_PARAMETER", body="position\r\n").status == 200
            else:
                wire.sock.sendall(b"$\x01\x00\x08\x80\xc9\x00\x01\x00\x00\x00\x01")
            threading.Event().wait(0.1)
        assert server.sessions == 1


def test_live_plays_from_now_on(make_server: MakeServer) -> None:
    the_world = world()
    footage = the_world.footage("cam")
    full = footage.spans[0]
    now_ms = the_world.clock.now_ms()
    footage.spans = [type(full)(full.start_ms, now_ms + 250)]
    server = make_server(the_world)
    with RtspWire(server.port) as wire:
        played = set_up(server, wire, live=True)
        described = wire.ask("DESCRIBE", server.live_url("cam")).body
        assert "a=range:npt=now-" in described
        answer = played.play(Range="npt=0-", Scale="8")
        assert (answer["range"], answer["scale"]) == ("npt=now-", "1.000")
        first = wire.rtp(11)
        instants = [
            int(p.payload.split(b"<")[1].split(b">")[0]) for p in first if b"<" in p.payload
        ]
        # The group that was running, and nothing of the future.
        assert instants[0] == now_ms - 1000
        the_world.clock.advance(0.2)
        assert b"<%d>" % now_ms in wire.rtp(2)[-1].payload
        footage.spans = [type(full)(full.start_ms, now_ms + 10_000)]
        the_world.clock.advance(0.3)
        late = wire.rtp(4)[-1]
        assert b"<%d>" % (now_ms + 400) in late.payload


def test_live_of_an_offline_camera_is_unavailable(make_server: MakeServer) -> None:
    the_world = world()
    the_world.offline.add("cam")
    server = make_server(the_world)
    with RtspWire(server.port) as wire:
        assert wire.ask("DESCRIBE", server.live_url("cam")).status == 503
        assert wire.ask("DESCRIBE", server.url("cam")).status == 200


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"PLAY * RTSP/1.0\r\nContent-Length: 999999999\r\n\r\n",
        b"PLAY * RTSP/1.0\r\n" + b"X: y\r\n" * 8000,
        b"\x16\x03\x01\x02\x00\x01\x00\x01",
        b"A" * 100_000,
    ],
)
def test_garbage_is_answered_with_400_and_the_end(server: RtspServer, data: bytes) -> None:
    with RtspWire(server.port) as wire:
        wire.sock.sendall(data)
        assert wire.answer().status == 400
        assert wire.closed()
    with RtspWire(server.port) as wire:
        assert wire.ask("OPTIONS", "*").status == 200


def test_half_a_request_is_given_up(make_server: MakeServer) -> None:
    server = make_server(request_timeout_s=0.2)
    with RtspWire(server.port) as wire:
        wire.sock.sendall(b"DESCRIBE rtsp://h/ RTSP/1.0\r\nCSeq: 1\r\n")
        assert wire.answer().status == 400
        assert wire.closed()


def test_a_connection_that_asks_nothing_is_closed(make_server: MakeServer) -> None:
    server = make_server(idle_timeout_s=0.2)
    with RtspWire(server.port) as wire:
        assert wire.closed()
    wait_until(lambda: server.connections == 0)


def test_connections_are_bounded(make_server: MakeServer) -> None:
    server = make_server(max_connections=2)
    with RtspWire(server.port) as one, RtspWire(server.port) as two:
        assert one.ask("OPTIONS", "*").status == 200
        assert two.ask("OPTIONS", "*").status == 200
        with RtspWire(server.port) as three:
            assert three.answer().status == 503
            assert three.closed()
    wait_until(lambda: server.connections == 0)
    with RtspWire(server.port) as four:
        assert four.ask("OPTIONS", "*").status == 200


def test_sessions_are_bounded(make_server: MakeServer) -> None:
    server = make_server(max_sessions=1)
    with RtspWire(server.port) as one, RtspWire(server.port) as two:
        played = set_up(server, one)
        url = server.url("cam") + "/trackID=0"
        assert two.ask("SETUP", url, Transport=TCP).status == 453
        played.ask("TEARDOWN")
        assert two.ask("SETUP", url, Transport=TCP).status == 200


def test_a_client_that_does_not_read_holds_up_nobody_else(make_server: MakeServer) -> None:
    server = make_server(queue_bytes=300_000)
    asked = server.log
    with RtspWire(server.port, receive_bytes=8192) as stalled:
        played = set_up(server, stalled, "big")
        stalled.send(
            "PLAY",
            played.url,
            Session=played.session,
            Range=f"clock={clock(3000)}-",
            Rate_Control="no",
        )
        wait_until(lambda: server.media_pending > 100_000)
        with RtspWire(server.port) as other:
            set_up(server, other, "big").play(Range=f"clock={clock(3000)}-", Rate_Control="no")
            assert len(other.rtp(2000)) == 2000
        wait_until(lambda: server.connections == 1)
        # Not one byte more waits than is allowed, and requests are still heard.
        assert server.media_pending <= 300_000
        for _ in range(6):
            stalled.send("GET_PARAMETER", played.url, Session=played.session)
        wait_until(lambda: asked.count(method="GET_PARAMETER") == 6)
        assert server.sessions >= 1
        # Once it reads, everything is there, in order and without a hole, the answers too.
        messages = [stalled.message() for _ in range(3000)]
    packets = [m for m in messages if isinstance(m, Packet) and not m.is_rtcp]
    assert [m.status for m in messages if isinstance(m, Answer)] == [200] * 7
    assert len(packets) > 2900
    assert [p.sequence for p in packets] == [
        (packets[0].sequence + number) & 0xFFFF for number in range(len(packets))
    ]


def test_requests_that_nobody_reads_answers_to_are_bounded(server: RtspServer) -> None:
    with RtspWire(server.port, receive_bytes=4096) as wire:
        wire.sock.settimeout(0.5)

        def ask_on() -> None:
            for _ in range(200_000):
                wire.send("OPTIONS", "*")

        with pytest.raises(TimeoutError):
            ask_on()
        assert server.log.count(method="OPTIONS") < wire.cseq


def test_speaks_tls(make_server: MakeServer, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate = self_signed(tmp_path)
    context.load_cert_chain(certificate)
    server = make_server(tls=context)
    trusting = ssl.create_default_context(cafile=str(certificate))
    assert server.url("cam").startswith("rtsps://")
    with RtspWire(server.port, tls=trusting) as wire:
        played = set_up(server, wire, "big")
        answer = played.play(Range=f"clock={clock(3000)}-", Rate_Control="no")
        packets = wire.rtp(1000)
        ((_, sequence, _),) = rtp_info(answer)
        assert [p.sequence for p in packets] == [(sequence + n) & 0xFFFF for n in range(1000)]
        assert played.ask("PAUSE").status == 200
    with RtspWire(server.port) as plain:
        plain.send("OPTIONS", "*")
        assert plain.closed()


def self_signed(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


def test_close_ends_all_threads_and_frees_the_port(make_server: MakeServer) -> None:
    server = make_server()
    with (
        RtspWire(server.port) as playing,
        RtspWire(server.port) as idle,
        RtspWire(server.port, receive_bytes=4096) as stalled,
    ):
        set_up(server, playing).play(Range=f"clock={clock(600)}-")
        set_up(server, stalled, "big").play(Range=f"clock={clock(600)}-", Rate_Control="no")
        idle.sock.sendall(b"OPTI")
        wait_until(lambda: server.media_pending > 0)
        began_s = time.monotonic()
        server.close()
        assert time.monotonic() - began_s < LIMIT_S / 2
        assert not [t for t in threading.enumerate() if t.name.startswith("rtsp-")]
        assert idle.closed()
    server.close()
    with socket.create_server(("127.0.0.1", server.port)):
        pass


def test_a_taken_port_is_a_clear_error(server: RtspServer) -> None:
    second = RtspServer(world(), port=server.port)  # type: ignore[arg-type]
    with pytest.raises(NetworkError, match="cannot listen"):
        second.start()
    second.close()


def test_requests_are_logged_without_credentials(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        wire.ask("DESCRIBE", server.url("cam", "start=2025-10-24T09:00:00Z"))
        wire.ask("DESCRIBE", server.url("nobody"))
    entries = server.log.entries(protocol="rtsp")
    assert [(entry.method, entry.status) for entry in entries] == [
        ("DESCRIBE", 200),
        ("DESCRIBE", 404),
    ]
    assert entries[0].path == "/playback/cam"
    assert entries[0].auth_scheme == "basic"
    assert wire.login not in f"{entries} {entries[0].headers}"


def test_drop_connections_cuts_and_serves_on(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        set_up(server, wire).play(Range=f"clock={clock(600)}-")
        server.drop_connections()
        assert wire.closed()
    with RtspWire(server.port) as wire:
        assert wire.ask("OPTIONS", "*").status == 200
