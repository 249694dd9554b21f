"""Each mistake, ordered and seen on the wire."""

import time

import pytest

from rta_viewer.demo.rtsp.faults import RtspFaults, Verdict
from rta_viewer.demo.rtsp.server import RtspServer
from tests.helpers.fake_footage import instant_in
from tests.helpers.rtsp_session import clock, rtp_info, set_up
from tests.helpers.rtsp_wire import RtspWire

FROM = f"clock={clock(60)}-"


def test_drops_the_connection_after_packets_once(server: RtspServer) -> None:
    server.faults.drop_after_packets(5)
    with RtspWire(server.port) as wire:
        set_up(server, wire).play(Range=FROM, Rate_Control="no")
        assert len(wire.rtp(5)) == 5
        with pytest.raises(EOFError):
            wire.rtp(1)
    with RtspWire(server.port) as wire:
        set_up(server, wire).play(Range=FROM, Rate_Control="no")
        assert len(wire.rtp(20)) == 20


def test_drops_the_connection_at_a_method(server: RtspServer) -> None:
    server.faults.drop_at("SETUP")
    with RtspWire(server.port) as wire:
        assert wire.ask("DESCRIBE", server.url("cam")).status == 200
        wire.send("SETUP", server.url("cam"))
        assert wire.closed()


def test_falls_silent_but_answers(server: RtspServer) -> None:
    server.faults.silence_after_packets(5)
    with RtspWire(server.port) as wire:
        played = set_up(server, wire)
        played.play(Range=FROM, Rate_Control="no")
        assert len(wire.rtp(5)) == 5
        assert played.ask("GET_PARAMETER").status == 200
        assert not wire.packets
        wire.sock.settimeout(0.3)
        with pytest.raises(TimeoutError):
            wire.packet()
        wire.sock.settimeout(5)
        played.play(Range=FROM, Immediate="yes", Rate_Control="no")
        assert len(wire.rtp(20)) == 20


def test_falls_silent_in_the_middle_of_a_stream(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire)
        played.play(Range=FROM, Scale="8")
        wire.rtp(3)
        server.faults.silence_after_packets(0)
        wire.sock.settimeout(0.5)
        with pytest.raises(TimeoutError):
            wire.rtp(600)


def test_writes_garbage_between_packets(server: RtspServer) -> None:
    server.faults.garbage_after_packets(5, b"\x01garbage")
    with RtspWire(server.port) as wire:
        set_up(server, wire).play(Range=FROM, Rate_Control="no")
        wire.rtp(5)
        assert wire._bytes(8) == b"\x01garbage"
        wire._take(8)
        assert wire.rtp(3)


def test_refuses_a_method_so_many_times(server: RtspServer) -> None:
    server.faults.refuse("DESCRIBE", 503, times=2)
    with RtspWire(server.port) as wire:
        statuses = [wire.ask("DESCRIBE", server.url("cam")).status for _ in range(3)]
    assert statuses == [503, 503, 200]


def test_answers_late_or_never(server: RtspServer) -> None:
    server.faults.delay_answers(0.3, "DESCRIBE")
    with RtspWire(server.port) as wire:
        began_s = time.monotonic()
        assert wire.ask("DESCRIBE", server.url("cam")).status == 200
        assert time.monotonic() - began_s >= 0.3
        server.faults.never_answer("DESCRIBE")
        wire.send("DESCRIBE", server.url("cam"))
        assert wire.ask("OPTIONS", "*")["cseq"] == str(wire.cseq)


def test_answers_with_a_wrong_sequence_number(server: RtspServer) -> None:
    server.faults.wrong_cseq()
    with RtspWire(server.port) as wire:
        assert wire.ask("OPTIONS", "*")["cseq"] == "1001"
        assert wire.ask("OPTIONS", "*")["cseq"] == "2"


def test_lies_about_rtptime(server: RtspServer) -> None:
    server.faults.wrong_rtptime(90_000)
    with RtspWire(server.port) as wire:
        answer = set_up(server, wire).play(Range=FROM)
        ((_, _, rtptime),) = rtp_info(answer)
        assert (rtptime - wire.rtp(1)[0].timestamp) % 2**32 == 90_000


def test_loses_every_nth_packet(server: RtspServer) -> None:
    server.faults.lose_every(4)
    with RtspWire(server.port) as wire:
        answer = set_up(server, wire).play(Range=FROM, Rate_Control="no")
        ((_, first, _),) = rtp_info(answer)
        sequences = [(p.sequence - first) & 0xFFFF for p in wire.rtp(9)]
    assert sequences == [0, 1, 2, 4, 5, 6, 8, 9, 10]


def test_corrupts_payloads(server: RtspServer) -> None:
    server.faults.corrupt_payloads(3)
    with RtspWire(server.port) as wire:
        set_up(server, wire).play(Range=FROM, Rate_Control="no")
        damaged, sound = wire.rtp(4)[2:]
    assert len(damaged.payload) == len(sound.payload)
    assert damaged.payload.count(b"x") < sound.payload.count(b"x") - 5
    assert instant_in(sound.payload)


def test_forgets_a_session(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire)
        played.play(Range=FROM)
        server.faults.forget_session()
        assert played.ask("GET_PARAMETER").status == 454
        assert played.ask("GET_PARAMETER").status == 454
        assert server.sessions == 0


def test_clear_ends_all_mistakes() -> None:
    faults = RtspFaults()
    faults.lose_every(1)
    faults.refuse("PLAY", 500, times=None)
    assert faults.on_packets(0, [b"$\x00\x00\x01x"]) == ([], Verdict.GO_ON)
    assert faults.refusal("PLAY") == 500
    faults.clear()
    assert faults.on_packets(0, [b"$\x00\x00\x01x"]) == ([b"$\x00\x00\x01x"], Verdict.GO_ON)
    assert faults.refusal("PLAY") is None


def test_orders_of_one_kind_are_used_one_after_the_other() -> None:
    faults = RtspFaults()
    faults.refuse("PLAY", 500)
    faults.refuse("PLAY", 503)
    assert [faults.refusal("PLAY") for _ in range(3)] == [500, 503, None]
