import io
import struct
from fractions import Fraction

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.core.access_unit import Codec, MediaFormat
from rta_viewer.media.rtp.jpeg_headers import quantizers
from rta_viewer.media.rtp.mjpeg import MjpegDepacketizer
from rta_viewer.media.rtp.packet import RtpPacket


def packet(payload: bytes, timestamp: int = 0, *, marker: bool = True) -> RtpPacket:
    return RtpPacket(marker, 26, 0, timestamp, 1, memoryview(payload))


def main_header(
    offset: int, *, kind: int = 1, quality: int = 255, width: int = 8, height: int = 6
) -> bytes:
    return struct.pack(">I", offset) + bytes((kind, quality, width, height))


def segments(jpeg: bytes) -> tuple[bytes, int, bytes]:
    """The quantization tables, the restart interval and the scan of a JPEG file."""
    position = 2
    tables = b""
    restart = 0
    while True:
        kind, size = jpeg[position + 1], int.from_bytes(jpeg[position + 2 : position + 4], "big")
        if kind == 0xDB:
            body = jpeg[position + 4 : position + 2 + size]
            tables += b"".join(body[at + 1 : at + 65] for at in range(0, len(body), 65))
        if kind == 0xDD:
            restart = int.from_bytes(jpeg[position + 4 : position + 6], "big")
        position += 2 + size
        if kind == 0xDA:
            return tables, restart, jpeg[position:]


@pytest.fixture(scope="module")
def picture() -> tuple[np.ndarray, bytes]:
    """A grey picture and the JPEG file of it, with the standard Huffman tables."""
    grey = np.zeros((48, 64), np.uint8)
    grey[:24, :32] = 200
    grey[24:, 32:] = 120
    encoder = av.CodecContext.create("mjpeg", "w")
    encoder.width, encoder.height, encoder.pix_fmt = 64, 48, "yuvj420p"
    encoder.time_base = Fraction(1, 25)
    encoder.options = {"huffman": "default", "qmin": "2", "qmax": "2"}
    frame = av.VideoFrame.from_ndarray(grey, format="gray").reformat(format="yuvj420p")
    frame.pts = 0
    return grey, bytes(next(iter([*encoder.encode(frame), *encoder.encode(None)])))


def decoded(jpeg: bytes) -> np.ndarray:
    with av.open(io.BytesIO(jpeg), format="mjpeg") as container:
        return next(container.decode(video=0)).to_ndarray(format="gray")


def test_rebuilds_the_file_from_tables_and_scan(picture: tuple[np.ndarray, bytes]) -> None:
    grey, jpeg = picture
    tables, restart, scan = segments(jpeg)
    kind = 65 if restart else 1
    restart_field = struct.pack(">HH", restart, 0xFFFF) if restart else b""
    table_field = struct.pack(">BBH", 0, 0, len(tables)) + tables
    depacketizer = MjpegDepacketizer()
    half = len(scan) // 2
    first = main_header(0, kind=kind) + restart_field + table_field + scan[:half]
    assert not depacketizer.push(packet(first, marker=False))
    rest = main_header(half, kind=kind) + restart_field + scan[half:]
    (unit,) = depacketizer.push(packet(rest))
    assert unit.is_key
    assert (unit.format.width, unit.format.height) == (64, 48)
    assert np.abs(decoded(unit.data).astype(int) - grey).mean() < 6


def test_tables_of_a_quality_are_computed() -> None:
    middle = quantizers(50)
    assert middle[:4] == bytes((16, 11, 12, 14))
    assert middle[64:68] == bytes((17, 18, 18, 24))
    assert quantizers(99)[0] == 1
    assert quantizers(1)[0] == 255
    depacketizer = MjpegDepacketizer()
    (unit,) = depacketizer.push(packet(main_header(0, quality=50) + b"scan"))
    assert unit.data.startswith(b"\xff\xd8\xff\xdb")
    assert unit.data.endswith(b"scan\xff\xd9")
    assert middle[:64] in unit.data


def test_restart_intervals_are_named() -> None:
    depacketizer = MjpegDepacketizer()
    payload = main_header(0, kind=65, quality=50) + struct.pack(">HH", 7, 0xFFFF) + b"scan"
    (unit,) = depacketizer.push(packet(payload))
    assert b"\xff\xdd\x00\x04\x00\x07" in unit.data


def test_tables_are_kept_for_pictures_without() -> None:
    depacketizer = MjpegDepacketizer()
    tables = bytes(range(1, 129))
    first = main_header(0, quality=200) + struct.pack(">BBH", 0, 0, 128) + tables + b"one"
    assert depacketizer.push(packet(first, 0))
    second = main_header(0, quality=200) + struct.pack(">BBH", 0, 0, 0) + b"two"
    (unit,) = depacketizer.push(packet(second, 1))
    assert tables[:64] in unit.data


def test_large_pictures_take_their_size_from_the_description() -> None:
    depacketizer = MjpegDepacketizer(MediaFormat(Codec.MJPEG, 90_000, 2592, 1944))
    (unit,) = depacketizer.push(packet(main_header(0, quality=50, width=0, height=0) + b"scan"))
    assert struct.pack(">HH", 1944, 2592) in unit.data


def test_damage_costs_one_picture() -> None:
    depacketizer = MjpegDepacketizer()
    depacketizer.push(packet(main_header(0, quality=50) + b"scan", 0, marker=False))
    depacketizer.lose()
    assert not depacketizer.push(packet(main_header(900, quality=50) + b"rest", 0))
    (unit,) = depacketizer.push(packet(main_header(0, quality=50) + b"scan", 1))
    assert unit.after_loss
    assert depacketizer.lost_units == 1
    assert not depacketizer.push(packet(main_header(0, quality=200) + b"no tables", 2))
    assert not depacketizer.push(packet(main_header(0, kind=9, quality=50) + b"x", 3))
    assert depacketizer.lost_units >= 2


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.one_of(
                st.binary(max_size=60),
                st.binary(max_size=40).map(lambda rest: main_header(0, quality=255) + rest),
            ),
            st.integers(0, 3),
            st.booleans(),
        ),
        max_size=40,
    )
)
def test_any_payloads_are_survived(packets: list[tuple[bytes, int, bool]]) -> None:
    depacketizer = MjpegDepacketizer()
    for payload, timestamp, marker in packets:
        depacketizer.push(packet(payload, timestamp, marker=marker))
    depacketizer.flush()
