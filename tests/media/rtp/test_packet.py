import struct

from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.media.rtp.packet import parse
from rta_viewer.media.rtp.replay_header import replay_header
from rta_viewer.media.rtp.rtcp import says_bye

INSTANT_MS = 1_761_300_000_500


def header(first: int = 0x80, second: int = 0xE0) -> bytes:
    return struct.pack(">BBHII", first, second, 7, 90_000, 5)


def extension(profile: int, body: bytes) -> bytes:
    return struct.pack(">HH", profile, len(body) // 4) + body


def test_reads_the_fixed_header() -> None:
    packet = parse(memoryview(header() + b"abc"))
    assert packet is not None
    assert (packet.marker, packet.payload_type, packet.sequence) == (True, 96, 7)
    assert (packet.timestamp, packet.ssrc, bytes(packet.payload)) == (90_000, 5, b"abc")
    assert packet.extension is None


def test_skips_contributing_sources_padding_and_extension() -> None:
    data = (
        header(0x80 | 0x20 | 0x10 | 2)
        + b"ssrcssrc"
        + extension(0xBEDE, b"exte")
        + b"abc\x00\x00\x03"
    )
    packet = parse(memoryview(data))
    assert packet is not None
    assert bytes(packet.payload) == b"abc"
    assert packet.extension_profile == 0xBEDE
    assert packet.extension is not None
    assert bytes(packet.extension) == b"exte"
    assert bytes(packet.detached().payload) == b"abc"


def test_refuses_what_is_no_packet() -> None:
    for data in (
        b"",
        header()[:11],
        header(0x40),
        header(0x8F),
        header(0x90),
        header(0xA0) + b"\x00",
        header(0xA0) + b"\xff",
        header(0x90) + b"\xab\xac\xff\xff",
    ):
        assert parse(memoryview(data)) is None


@given(st.binary(max_size=200))
def test_any_bytes_are_parsed_or_refused(data: bytes) -> None:
    packet = parse(memoryview(data))
    if packet is not None:
        assert len(packet.payload) <= len(data) - 12
        replay_header(packet)
    says_bye(memoryview(data))


def ntp(instant_ms: int, bits: int = 0, cseq: int = 0) -> bytes:
    seconds, rest_ms = divmod(instant_ms, 1000)
    seconds = (seconds + 2_208_988_800) & 0xFFFFFFFF
    return struct.pack(">IIBBH", seconds, (rest_ms << 32) // 1000, bits, cseq, 0)


def test_reads_the_replay_extension() -> None:
    data = header(0x90) + extension(0xABAC, ntp(INSTANT_MS, 0b1010_0000, 9)) + b"x"
    packet = parse(memoryview(data))
    assert packet is not None
    found = replay_header(packet)
    assert found is not None
    assert abs(found.instant_ms - INSTANT_MS) < 0.001
    assert (found.clean_point, found.section_end, found.discontinuity, found.terminal) == (
        True,
        False,
        True,
        False,
    )
    assert found.cseq == 9


def test_the_clock_of_ntp_wraps_in_2036() -> None:
    instant_ms = 2_200_000_000_000  # 2039
    packet = parse(memoryview(header(0x90) + extension(0xABAC, ntp(instant_ms)) + b"x"))
    assert packet is not None
    found = replay_header(packet)
    assert found is not None
    assert abs(found.instant_ms - instant_ms) < 0.001


def test_other_extensions_and_empty_times_are_no_replay_header() -> None:
    for field in (
        extension(0xBEDE, ntp(INSTANT_MS)),
        extension(0xABAC, ntp(INSTANT_MS)[:8]),
        extension(0xABAC, bytes(12)),
    ):
        packet = parse(memoryview(header(0x90) + field + b"x"))
        assert packet is not None
        assert replay_header(packet) is None


def test_finds_goodbye_in_a_compound_packet() -> None:
    report = struct.pack(">BBHIIIIII", 0x80, 200, 6, 1, 2, 3, 4, 5, 6)
    bye = struct.pack(">BBHI", 0x81, 203, 1, 1)
    assert says_bye(memoryview(report + bye))
    assert not says_bye(memoryview(report))
    assert not says_bye(memoryview(report[:-1] + bye[:3]))
