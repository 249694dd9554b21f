import struct

from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.core.access_unit import Codec, MediaFormat
from rta_viewer.media.rtp.aac import AacDepacketizer
from rta_viewer.media.rtp.packet import RtpPacket

FORMAT = MediaFormat(Codec.AAC, 16_000, channels=1, extra=b"\x14\x08")


def packet(payload: bytes, timestamp: int = 0, *, marker: bool = True) -> RtpPacket:
    return RtpPacket(marker, 97, 0, timestamp, 1, memoryview(payload))


def headers(*sizes: int) -> bytes:
    return struct.pack(">H", 16 * len(sizes)) + b"".join(
        struct.pack(">H", size << 3) for size in sizes
    )


def test_several_frames_in_a_packet() -> None:
    depacketizer = AacDepacketizer(FORMAT)
    units = depacketizer.push(packet(headers(3, 2) + b"abcde", 0xFFFFFF00))
    assert [unit.data for unit in units] == [b"abc", b"de"]
    assert [unit.timestamp for unit in units] == [0xFFFFFF00, (0xFFFFFF00 + 1024) & 0xFFFFFFFF]
    assert all(unit.is_key for unit in units)


def test_one_frame_over_several_packets() -> None:
    depacketizer = AacDepacketizer(FORMAT)
    assert not depacketizer.push(packet(headers(6) + b"abc", marker=False))
    (unit,) = depacketizer.push(packet(headers(6) + b"def"))
    assert unit.data == b"abcdef"


def test_a_part_that_got_lost() -> None:
    depacketizer = AacDepacketizer(FORMAT)
    depacketizer.push(packet(headers(6) + b"abc", marker=False))
    depacketizer.lose()
    assert not depacketizer.push(packet(headers(6) + b"def"))
    (unit,) = depacketizer.push(packet(headers(2) + b"xy"))
    assert unit.after_loss
    assert depacketizer.lost_units >= 1


@settings(max_examples=60)
@given(st.lists(st.tuples(st.binary(max_size=40), st.booleans()), max_size=40))
def test_any_payloads_are_survived(packets: list[tuple[bytes, bool]]) -> None:
    depacketizer = AacDepacketizer(FORMAT)
    for payload, marker in packets:
        depacketizer.push(packet(payload, marker=marker))
    depacketizer.flush()
