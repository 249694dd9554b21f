import struct

from rta_viewer.demo.rtsp.rtp import (
    ReplayMark,
    RtpHead,
    SenderReport,
    goodbye,
    interleaved,
    is_rtcp,
    ntp_time,
    rtp_packet,
)


def test_a_packet_byte_by_byte() -> None:
    head = RtpHead(96, 0x1_0203, 0x1_0405_0607, 0xAABBCCDD, marker=True)
    packet = rtp_packet(head, b"xy")
    assert packet == bytes.fromhex("80e0020304050607aabbccdd") + b"xy"
    assert interleaved(2, packet) == b"$\x02\x00\x0e" + packet


def test_the_replay_extension_byte_by_byte() -> None:
    mark = ReplayMark(500.0, True, False, True, False, cseq=0x1234)
    extension = bytes.fromhex("abac0003" + "83aa7e8080000000" + "a0340000")
    assert mark.to_bytes() == extension
    packet = rtp_packet(RtpHead(96, 1, 2, 3, marker=False), b"p", extension)
    assert packet[0] == 0x90
    assert packet[12:] == extension + b"p"


def test_each_flag_has_its_bit() -> None:
    bits = [
        ReplayMark(0.0, *(number == at for number in range(4)), cseq=0).to_bytes()[12]
        for at in range(4)
    ]
    assert bits == [0x80, 0x40, 0x20, 0x10]


def test_ntp_time_rounds_within_the_second() -> None:
    assert ntp_time(0) == 2_208_988_800 << 32
    assert ntp_time(999.9999999999) >> 32 == 2_208_988_800


def test_reports_and_goodbye_are_whole_compounds() -> None:
    report = SenderReport(7, 1_761_300_000_000.0, 9, 10, 11)
    farewell = goodbye(report)
    kinds, rest = [], farewell
    while rest:
        first, kind, words = struct.unpack(">BBH", rest[:4])
        assert first >> 6 == 2
        kinds.append(kind)
        rest = rest[4 + 4 * words :]
    assert kinds == [200, 202, 203]
    assert farewell.startswith(report.to_bytes())


def test_recognises_receiver_reports() -> None:
    assert is_rtcp(b"\x80\xc9\x00\x01\x00\x00\x00\x01")
    assert not is_rtcp(b"\x80\x60\x00\x01\x00\x00\x00\x01")
    assert not is_rtcp(b"\x80\xc9")
