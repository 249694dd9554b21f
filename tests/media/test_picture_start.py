import av
import pytest
from av.video.codeccontext import VideoCodecContext

from rta_viewer.media.picture_start import (
    can_be_picture,
    first_mark,
    has_hole,
    has_units,
    unit_length_bytes,
)

AVCC = bytes.fromhex("0164001f ff e1")
"""AVCDecoderConfigurationRecord, as far as lengthSizeMinusOne = 3 (ISO/IEC 14496-15, 5.3.3.1)."""


def codec(name: str, description: bytes | None) -> VideoCodecContext:
    context = av.CodecContext.create(name, "r")
    assert isinstance(context, VideoCodecContext)
    context.extradata = description
    return context


@pytest.mark.parametrize(
    ("name", "description", "length_bytes"),
    [
        ("h264", AVCC, 4),
        ("h264", AVCC.replace(b"\xff", b"\xfd"), 2),
        ("h264", AVCC[:4], 0),
        ("h264", b"\0\0\0\1\x67\x64\0\x1f", 0),
        ("h264", None, 0),
        ("hevc", bytes([1, *[0] * 20, 0xF3, 0]), 4),
        ("hevc", bytes([1, *[0] * 20]), 0),
        ("hevc", bytes([0, 1, *[0] * 19, 0xF3, 0]), 4),
        ("hevc", bytes([0, 0, 0, 1, *[0] * 17, 0xF3, 0]), 0),
        ("mpeg4", AVCC, 0),
    ],
)
def test_how_units_are_told_apart_stands_in_the_description(
    name: str, description: bytes | None, length_bytes: int
) -> None:
    assert unit_length_bytes(codec(name, description)) == length_bytes


@pytest.mark.parametrize(
    ("data", "length_bytes", "can_be"),
    [
        (bytes(100), 0, False),
        (bytes(15) + b"\1", 0, True),
        (bytes(16) + b"\1", 0, False),
        (b"\0\0\0\3abc", 4, True),
        (b"\0\0\0\4abc", 4, False),
        (b"\0\0\0\2abc", 4, True),
        (bytes(100), 4, False),
        (b"\0\0\0\0abc", 4, False),
        (b"\0\0\1\x65abc", 4, True),
        (b"\0\0\0\1\x65", 4, True),
        (b"\0\3abc", 2, True),
        (b"\0\4abc", 2, False),
    ],
)
def test_zeros_and_noise_are_no_picture(data: bytes, length_bytes: int, can_be: bool) -> None:
    assert can_be_picture(memoryview(data), length_bytes) is can_be


@pytest.mark.parametrize(
    ("name", "good", "noise"),
    [
        ("h264", b"\0\0\0\1\x67\x64", b"\x12\x34\x56\x78\x9a\xbc"),
        ("hevc", b"\0\0\1\x40\1", b"\0\0\3\x40\1\1"),
        ("mjpeg", b"\xff\xd8\xff\xe0", b"\xd8\xff\xe0\xff"),
    ],
)
def test_where_no_length_is_told_pictures_begin_with_their_mark(
    name: str, good: bytes, noise: bytes
) -> None:
    mark = first_mark(codec(name, None))
    assert can_be_picture(memoryview(good), 0, mark)
    assert not can_be_picture(memoryview(noise), 0, mark)
    assert can_be_picture(memoryview(noise), 0, first_mark(codec("mpeg4", None)))


def test_a_hole_of_zeros_inside_a_picture() -> None:
    assert has_units(codec("h264", None))
    assert has_units(codec("hevc", None))
    assert not has_units(codec("mjpeg", None))  # a plain picture may hold many zeros
    whole = b"\x25" * 30_000
    assert not has_hole(memoryview(whole), 0)
    for at in (1, 5_000, 25_000):
        assert has_hole(memoryview(whole[:at] + bytes(4096) + whole[at + 4096 :]), 0)
    assert not has_hole(memoryview(whole + bytes(9_000)), 0)
    # What an encoder writes for many zeros (H.264, 7.4.1.1).
    assert not has_hole(memoryview(b"\x25" + b"\0\0\3" * 10_000 + b"\x80"), 0)
    assert not has_hole(memoryview(b"\x25" + bytes(3_000) + b"\x80"), 0)


def test_zeros_between_units_are_padding() -> None:
    unit, zeros = b"\x25" * 5_000, bytes(9_000)
    coded = b"".join(b"\0\0\1" + unit + zeros for _ in range(3))
    assert not has_hole(memoryview(coded), 0)
    assert not has_hole(memoryview(zeros + coded), 0)
    assert can_be_picture(memoryview(zeros + coded), 0, b"\0\0\1")
    assert not can_be_picture(memoryview(zeros + unit), 0, b"\0\0\1")
    # Encoders hand over buffers of a fixed size, and all of a buffer is called a unit.
    told = b"".join((14_000).to_bytes(4, "big") + unit + zeros for _ in range(3))
    assert not has_hole(memoryview(told), 4)
    assert not has_hole(memoryview(b"\0" + coded), 4)
    assert not has_hole(memoryview(told + zeros), 4)
    for at in (500, 14_500):
        assert has_hole(memoryview(coded[:at] + bytes(4_096) + b"\x25" * 99 + coded[at:]), 0)
        assert has_hole(memoryview(told[:at] + bytes(4_096) + told[at + 4_096 :]), 4)


def test_a_hole_over_the_length_of_a_unit_is_told() -> None:
    told = ((5_000).to_bytes(4, "big") + b"\x25" * 5_000) * 3
    for at in (2_000, 3_500, 4_990):
        assert has_hole(memoryview(told[:at] + bytes(4_096) + told[at + 4_096 :]), 4)
