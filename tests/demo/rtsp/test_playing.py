"""PLAY and what it sends, seen on the wire."""

import struct
import time
from itertools import pairwise

import pytest

from rta_viewer.demo.rtsp.options import ParameterSets
from rta_viewer.demo.rtsp.server import RtspServer
from tests.demo.rtsp.conftest import MakeServer
from tests.helpers.fake_footage import NOW_MS, instant_in
from tests.helpers.rtsp_session import clock, iso, rtp_info, set_up
from tests.helpers.rtsp_wire import Packet, RtspWire


def pictures(packets: list[Packet], channel: int = 0) -> list[int]:
    """Seconds-and-tenths before the present of each picture, as tenths."""
    return [
        round((instant_in(packet.payload) - NOW_MS) / 100)
        for packet in packets
        if packet.channel == channel and b"<" in packet.payload
    ]


FAST = {"Rate_Control": "no"}


def test_starts_at_the_key_picture_before_and_says_so(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire)
        answer = played.play(Range=f"clock={clock(10.7)}-{clock(9)}", **FAST)
        assert answer.status == 200
        assert answer["range"] == f"clock={clock(11)[:-4]}Z-{clock(9)[:-4]}Z"
        assert answer["rate-control"] == "no"
        ((url, sequence, rtptime),) = rtp_info(answer)
        assert url == f"{played.url}/trackID=0"
        packets = [packet for packet in wire.until_goodbye() if not packet.is_rtcp]
    assert pictures(packets) == list(range(-110, -90))
    assert packets[0].sequence == sequence
    assert packets[0].timestamp == rtptime
    assert [packet.sequence for packet in packets] == list(range(sequence, sequence + len(packets)))


def test_rtp_time_is_recording_time_without_rate_control(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire, "gap", f"start={iso(42)}&end={iso(18)}")
        answer = played.play(**FAST)
        ((_, _, rtptime),) = rtp_info(answer)
        packets = [p for p in wire.until_goodbye() if not p.is_rtcp and b"<" in p.payload]
    assert pictures(packets) == [*range(-420, -400), *range(-200, -180)]
    for packet in packets:
        since_ms = instant_in(packet.payload) - (NOW_MS - 42_000)
        assert (packet.timestamp - rtptime) % 2**32 == since_ms * 90


@pytest.mark.parametrize(("scale", "speed"), [("8", ""), ("", "8"), ("4", "2")])
def test_scale_and_speed(server: RtspServer, scale: str, speed: str) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire)
        began_s = time.monotonic()
        answer = played.play(Range=f"clock={clock(60)}-", Scale=scale, Speed=speed)
        if scale:
            assert answer["scale"] == f"{float(scale):.3f}"
        if speed:
            assert answer["speed"] == f"{float(speed):.3f}"
        packets = [p for p in wire.rtp(60) if b"<" in p.payload]
    media_ms = instant_in(packets[-1].payload) - instant_in(packets[0].payload)
    # Scale: RTP time is the viewer's time. Speed: RTP time is media time, only delivered sooner.
    rtp_ms = (packets[-1].timestamp - packets[0].timestamp) % 2**32 / 90
    assert rtp_ms == pytest.approx(media_ms / float(scale or 1), abs=0.1)
    # Delivery is never faster than asked, however late the test comes to read.
    assert packets[-1].arrived_s - began_s >= media_ms / 1000 / 8


def test_imitates_a_server_that_answers_speed_for_scale(make_server: MakeServer) -> None:
    server = make_server(speed_instead_of_scale=True)
    with RtspWire(server.port) as wire:
        played = set_up(server, wire)
        answer = played.play(Range=f"clock={clock(60)}-", Scale="8.0")
        assert (answer["scale"], answer["speed"]) == ("1.000", "8.000")
        packets = [p for p in wire.rtp(40) if b"<" in p.payload]
    media_ms = instant_in(packets[-1].payload) - instant_in(packets[0].payload)
    rtp_ms = (packets[-1].timestamp - packets[0].timestamp) % 2**32 / 90
    assert rtp_ms == pytest.approx(media_ms / 8, abs=0.1)


def test_backwards_plays_groups_in_reverse_with_the_d_bit(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire, "gap", onvif=True)
        answer = played.play(
            Range=f"clock={clock(18.75)}-{clock(42)}", Scale="-1.0", Rate_Control="no"
        )
        assert answer["scale"] == "-1.000"
        assert answer["range"] == f"clock={clock(18.8)[:-4]}Z-{clock(42)[:-4]}Z"
        packets = [p for p in wire.until_goodbye() if not p.is_rtcp]
    shown = pictures(packets)
    assert shown == [
        *range(-190, -187),
        *range(-200, -190),
        *range(-410, -400),
        *range(-420, -410),
    ]
    marks = [packet.mark for packet in packets if packet.mark]
    assert [mark.discontinuity for mark in marks] == [tenth % 10 == 0 for tenth in shown]
    assert [mark.end for mark in marks] == [tenth == -191 for tenth in shown]
    assert [mark.terminal for mark in marks] == [number == 32 for number in range(33)]
    times = [p.timestamp for p in packets if b"<" in p.payload]
    assert (times[3] - times[0]) % 2**32 == -1000 * 90 % 2**32
    assert [p.sequence for p in packets] == [packets[0].sequence + n for n in range(len(packets))]


def test_a_range_that_runs_the_wrong_way_is_refused(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire)
        assert played.play(Range=f"clock={clock(20)}-{clock(10)}", Scale="-1").status == 457
        assert played.play(Range=f"clock={clock(10)}-{clock(20)}").status == 457
        assert played.play(Range=f"clock={clock(-100)}-").status == 457
        assert played.play(Range="bytes=1-").status == 457
        assert played.play(Scale="fast").status == 400
        assert played.play(Frames="some").status == 400


def test_intra_only_and_at_least_so_far_apart(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire)
        played.play(Range=f"clock={clock(10)}-{clock(5)}", Frames="intra", **FAST)
        packets = [p for p in wire.until_goodbye() if not p.is_rtcp]
        assert pictures(packets) == [-100, -90, -80, -70, -60]
        played.play(Range=f"clock={clock(10)}-{clock(5)}", Frames="intra/2000", **FAST)
        packets = [p for p in wire.until_goodbye() if not p.is_rtcp]
        assert pictures(packets) == [-100, -80, -60]


def test_predicted_leaves_out_what_nothing_refers_to(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire, "reordered")
        played.play(Range=f"clock={clock(10)}-{clock(9)}", Frames="predicted", **FAST)
        packets = [p for p in wire.until_goodbye() if not p.is_rtcp]
    assert pictures(packets) == [-100, -98, -96, -94, -92]


def test_reordered_pictures_travel_in_decode_order_with_their_own_times(
    server: RtspServer,
) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire, "reordered", onvif=True)
        played.play(Range=f"clock={clock(10)}-{clock(9.75)}", **FAST)
        packets = [p for p in wire.until_goodbye() if not p.is_rtcp and b"<" in p.payload]
    # The end cuts after -98, which must be complete: what it needs comes before it.
    assert pictures(packets) == [-100, -98, -99]
    first = packets[0].timestamp
    assert [(p.timestamp - first) % 2**32 for p in packets] == [0, 18_000, 9_000]


def test_replay_marks(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire, "gap", onvif=True)
        wire.cseq = 300
        played.play(Range=f"clock={clock(41)}-{clock(19)}", **FAST)
        packets = [p for p in wire.until_goodbye() if not p.is_rtcp]
    marked = [p for p in packets if p.mark]
    assert len(marked) == 20
    marks = [p.mark for p in marked if p.mark]
    assert [mark.instant_ms for mark in marks] == [
        NOW_MS + 100 * tenth for tenth in [*range(-410, -400), *range(-200, -190)]
    ]
    assert [mark.clean for mark in marks] == [number % 10 == 0 for number in range(20)]
    assert [mark.end for mark in marks] == [number == 9 for number in range(20)]
    assert [mark.discontinuity for mark in marks] == [number in {0, 10} for number in range(20)]
    assert [mark.terminal for mark in marks] == [number == 19 for number in range(20)]
    assert {mark.cseq for mark in marks} == {301 & 0xFF}
    # On the first packet of an access unit and on no other.
    starts = [packets[0], *(b for a, b in pairwise(packets) if a.marker)]
    assert marked == starts


def test_marks_are_not_sent_unasked(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire)
        played.play(Range=f"clock={clock(41)}-", **FAST)
        assert not any(packet.extension for packet in wire.rtp(20))


def test_pauses_and_goes_on_with_the_very_next_picture(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire)
        played.play(Range=f"clock={clock(60)}-", Scale="8")
        before = wire.rtp(15)
        assert played.ask("PAUSE").status == 200
        before += [p for p in wire.packets if not p.is_rtcp]
        wire.packets.clear()
        answer = played.play(Scale="8")
        after = wire.rtp(15)
        ((_, sequence, rtptime),) = rtp_info(answer)
    shown = pictures(before + after)
    assert shown == list(range(-600, -600 + len(shown)))
    assert after[0].sequence == sequence == before[-1].sequence + 1
    assert after[0].timestamp == rtptime
    # RTP time went on where it stood: one picture at eight times the speed.
    assert after[0].timestamp - before[-1].timestamp == 100 * 90 // 8


def test_nothing_of_the_old_play_after_the_answer_of_the_new(server: RtspServer) -> None:
    with RtspWire(server.port, receive_bytes=8192) as wire:
        played = set_up(server, wire, "big")
        played.play(Range=f"clock={clock(3000)}-", **FAST)
        first = wire.rtp(50)
        answer = played.play(Range=f"clock={clock(100)}-", Immediate="yes", **FAST)
        passed = [p for p in wire.packets if not p.is_rtcp]
        wire.packets.clear()
        after = wire.rtp(200)
        ((_, sequence, _),) = rtp_info(answer)
    assert all(tenth < -20_000 for tenth in pictures(first + passed))
    assert pictures(after)[0] == -1000
    assert min(pictures(after)) >= -1000
    assert after[0].sequence == sequence
    # Dropped packets leave no hole in the numbering.
    assert sequence == ((first + passed)[-1].sequence + 1) & 0xFFFF


def test_a_play_without_immediate_waits_its_turn(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire, onvif=True)
        played.play(Range=f"clock={clock(60)}-{clock(58)}", Scale="8")
        queued = played.play(Range=f"clock={clock(30)}-{clock(28)}", Scale="8")
        assert queued.status == 200
        assert "rtp-info" not in queued.headers
        packets = [p for p in wire.until_goodbye() if not p.is_rtcp]
    assert pictures(packets) == [*range(-600, -580), *range(-300, -280)]
    assert [p.mark.cseq for p in packets if p.mark] == [2] * 20 + [3] * 20


def test_a_play_after_the_end_starts_at_once(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire)
        played.play(Range=f"clock={clock(60)}-{clock(59)}", **FAST)
        wire.until_goodbye()
        played.play(Range=f"clock={clock(30)}-{clock(29)}", **FAST)
        packets = [p for p in wire.until_goodbye() if not p.is_rtcp]
    assert pictures(packets) == list(range(-300, -290))


def test_a_speed_change_while_playing_keeps_the_position(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire)
        played.play(Range=f"clock={clock(60)}-", Scale="4")
        before = wire.rtp(12)
        answer = played.play(Scale="8")
        assert answer["scale"] == "8.000"
        before += [p for p in wire.packets if not p.is_rtcp]
        wire.packets.clear()
        shown = pictures(before + wire.rtp(12))
    assert shown == list(range(-600, -600 + len(shown)))


def test_the_address_sets_range_and_speed_and_a_header_overrides(server: RtspServer) -> None:
    query = f"start={iso(50)}&duration=2&speed=8"
    with RtspWire(server.port) as wire:
        played = set_up(server, wire, "cam", query)
        answer = played.play()
        assert answer["scale"] == "8.000"
        assert answer["range"] == f"clock={clock(50)[:-4]}Z-{clock(48)[:-4]}Z"
        assert pictures(wire.until_goodbye()) == list(range(-500, -480))
        answer = played.play(Range=f"clock={clock(20)}-{clock(19)}", Scale="4")
        assert answer["scale"] == "4.000"
        assert pictures(wire.until_goodbye()) == list(range(-200, -190))
        answer = played.play(Range="npt=1.0-")
        assert answer["range"] == "npt=1.000-2.000"
        assert pictures(wire.until_goodbye()) == list(range(-490, -480))


def test_npt_before_the_key_picture_is_told_by_rtp_info(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire, "cam", f"start={iso(50.4)}&end={iso(49)}")
        answer = played.play(Range="npt=0-")
        assert answer["range"] == "npt=0.000-1.400"
        ((_, _, rtptime),) = rtp_info(answer)
        packets = [p for p in wire.rtp(8) if b"<" in p.payload]
    assert pictures(packets)[0] == -510
    # rtptime belongs to npt 0, which lies 600 ms after the key picture.
    assert (rtptime - packets[0].timestamp) % 2**32 == 600 * 90


def test_gaps_are_skipped_and_rtp_time_runs_on(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire, "gap", f"start={iso(41)}&end={iso(19)}&speed=8")
        played.play()
        packets = [p for p in wire.until_goodbye() if not p.is_rtcp and b"<" in p.payload]
    assert pictures(packets) == [*range(-410, -400), *range(-200, -190)]
    steps = {b.timestamp - a.timestamp for a, b in pairwise(packets)}
    assert steps == {100 * 90 // 8}


def test_rtp_time_can_jump_at_gaps(make_server: MakeServer) -> None:
    server = make_server(jump_at_gaps=True)
    with RtspWire(server.port) as wire:
        played = set_up(server, wire, "gap", f"start={iso(41)}&end={iso(19)}&speed=8")
        played.play()
        packets = [p for p in wire.until_goodbye() if not p.is_rtcp and b"<" in p.payload]
    jump = packets[10].timestamp - packets[9].timestamp
    assert jump == 20_100 * 90 // 8


def test_without_skipping_the_gap_is_silence_of_its_length(make_server: MakeServer) -> None:
    server = make_server()
    with RtspWire(server.port) as wire:
        query = f"start={iso(40.2)}&end={iso(19)}&speed=32&skipGaps=false"
        played = set_up(server, wire, "gap", query)
        began_s = time.monotonic()
        played.play()
        packets = [p for p in wire.until_goodbye() if not p.is_rtcp and b"<" in p.payload]
    assert pictures(packets) == [*range(-410, -400), *range(-200, -190)]
    assert packets[10].arrived_s - began_s >= 21 / 32
    assert packets[10].timestamp - packets[9].timestamp == round(20_100 * 90 / 32)


def test_a_start_in_a_gap_goes_to_the_next_recording(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire, "gap")
        answer = played.play(Range=f"clock={clock(30)}-", **FAST)
        assert answer["range"] == f"clock={clock(20)[:-4]}Z-"
        assert pictures(wire.rtp(3))[0] == -200


def test_nothing_recorded_is_an_invalid_range(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        assert set_up(server, wire, "empty").play().status == 457
    with RtspWire(server.port) as wire:
        played = set_up(server, wire, "gap", f"start={iso(35)}&end={iso(25)}")
        assert played.play().status == 457


def test_the_end_is_a_goodbye_and_then_silence(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire, onvif=True)
        played.play(Range=f"clock={clock(1)}-", **FAST)
        packets = wire.until_goodbye()
        marks = [p.mark for p in packets if not p.is_rtcp and p.mark]
        assert (marks[-1].end, marks[-1].terminal) == (True, True)
        assert played.ask("GET_PARAMETER").status == 200
        assert not wire.packets


def test_the_end_can_close_the_connection(make_server: MakeServer) -> None:
    server = make_server(close_at_end=True)
    with RtspWire(server.port) as wire:
        played = set_up(server, wire)
        played.play(Range=f"clock={clock(1)}-", **FAST)
        wire.until_goodbye()
        assert wire.closed()


def test_sound_and_pictures_share_one_time(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire, "sound", tracks=2)
        answer = played.play(Range=f"clock={clock(5)}-{clock(4)}", Speed="4")
        (_, _, video_start), (_, _, audio_start) = rtp_info(answer)
        packets = wire.until_goodbye()
        # The first pair: they were made together.
        reports = {p.channel: p for p in reversed(packets) if p.data[1] == 200}
    video = [p for p in packets if p.channel == 0 and b"<" in p.payload]
    audio = [p for p in packets if p.channel == 2]
    assert len(audio) == 16
    for packet, start, rate in [
        *((p, video_start, 90) for p in video),
        *((p, audio_start, 16) for p in audio),
    ]:
        since_ms = instant_in(packet.payload) - (NOW_MS - 5000)
        assert (packet.timestamp - start) % 2**32 == since_ms * rate
    assert {p.payload[:4] for p in audio} == {b"\x00\x10" + (15 << 3).to_bytes(2, "big")}
    # Sender reports say the same moment in both clocks.
    moments = {}
    for channel, (start, rate) in {1: (video_start, 90), 3: (audio_start, 16)}.items():
        ntp, timestamp = struct.unpack(">QI", reports[channel].data[8:20])
        moments[channel] = (ntp >> 16) - ((timestamp - start) % 2**32) * 65536 // rate // 1000
    assert abs(moments[1] - moments[3]) < 65536 // 50


def test_sound_is_left_out_away_from_normal_speed(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire, "sound", tracks=2)
        played.play(Range=f"clock={clock(5)}-{clock(4)}", Scale="4")
        packets = wire.until_goodbye()
    assert not [p for p in packets if p.channel == 2]


def test_sender_reports_count_what_was_sent(make_server: MakeServer) -> None:
    server = make_server(report_interval_s=0.05)
    with RtspWire(server.port) as wire:
        played = set_up(server, wire)
        played.play(Range=f"clock={clock(10)}-{clock(6)}", Scale="8")
        packets = wire.until_goodbye()
    sent = octets = 0
    for packet in packets:
        if packet.data[1] == 200:
            length, count, size = struct.unpack(">2xH16xII", packet.data[:28])
            assert (length, count, size) == (6, sent, octets)
        else:
            sent, octets = sent + 1, octets + len(packet.payload)
    assert sum(packet.data[1] == 200 for packet in packets) > 3


def test_h265_travels_with_its_parameter_sets_together(server: RtspServer) -> None:
    with RtspWire(server.port) as wire:
        played = set_up(server, wire, "h265")
        played.play(Range=f"clock={clock(5)}-{clock(4)}", **FAST)
        packets = [p for p in wire.until_goodbye() if not p.is_rtcp]
    assert packets[0].payload[0] >> 1 & 0x3F == 48
    assert pictures(packets[1:]) == list(range(-50, -40))


def test_parameter_sets_only_in_the_description(make_server: MakeServer) -> None:
    server = make_server(parameter_sets=ParameterSets.SDP)
    with RtspWire(server.port) as wire:
        played = set_up(server, wire)
        played.play(Range=f"clock={clock(5)}-{clock(4)}", **FAST)
        packets = [p for p in wire.until_goodbye() if not p.is_rtcp]
    assert {p.payload[0] & 0x1F for p in packets} == {1, 5}
