from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.demo.footage import annexb

# A NAL unit holds no start code and does not end in a zero byte (H.264 7.4.1).
nal = st.binary(min_size=1, max_size=30).filter(
    lambda data: b"\x00\x00\x00" not in data and b"\x00\x00\x01" not in data and data[-1] != 0
)


@settings(max_examples=80)
@given(st.lists(nal, max_size=5))
def test_what_is_joined_is_split_again(units: list[bytes]) -> None:
    assert list(annexb.nal_units(annexb.joined(units))) == units


@settings(max_examples=80)
@given(st.binary(max_size=80))
def test_any_bytes_can_be_split(data: bytes) -> None:
    for unit in annexb.nal_units(data):
        assert unit
        assert b"\x00\x00\x01" not in unit


def test_short_and_long_start_codes_are_the_same() -> None:
    assert list(annexb.nal_units(b"\0\0\1\x67a\0\0\0\1\x68b\0\0\1\x65c")) == [
        b"\x67a",
        b"\x68b",
        b"\x65c",
    ]


def test_kinds_of_units() -> None:
    assert annexb.is_parameter_set("H264", b"\x67")
    assert annexb.is_parameter_set("H264", b"\x68")
    assert not annexb.is_parameter_set("H264", b"\x65")
    assert [annexb.is_parameter_set("H265", bytes((kind << 1, 1))) for kind in (32, 33, 34, 35, 19)] == [
        True, True, True, False, False,
    ]  # fmt: skip
    assert annexb.is_delimiter("H264", b"\x09\x10")
    assert annexb.is_delimiter("H265", bytes((35 << 1, 1)))
    assert not annexb.is_delimiter("H265", b"\x09\x10")


def test_reference_pictures() -> None:
    assert annexb.is_reference("H264", [b"\x41"])
    assert not annexb.is_reference("H264", [b"\x06", b"\x01"])
    assert annexb.is_reference("H265", [bytes((1 << 1, 1))])
    assert not annexb.is_reference("H265", [bytes((0 << 1, 1))])
    assert annexb.is_reference("H265", [bytes((20 << 1, 1))])
    assert annexb.is_decodable_leading("H265", [bytes((6 << 1, 1))])
    assert not annexb.is_decodable_leading("H265", [bytes((8 << 1, 1))])
    assert not annexb.is_decodable_leading("H264", [b"\x06"])
