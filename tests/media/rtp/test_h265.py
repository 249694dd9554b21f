import struct
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.media.rtp.h265 import H265Depacketizer
from rta_viewer.media.rtp.packet import RtpPacket
from rta_viewer.media.rtp.parameter_sets import h265_size

START = b"\x00\x00\x00\x01"


def packet(payload: bytes, timestamp: int, *, marker: bool = True) -> RtpPacket:
    return RtpPacket(marker, 96, 0, timestamp, 1, memoryview(payload))


@pytest.fixture(scope="module")
def nals(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """VPS, SPS, PPS, a key picture and the one after it, from a real encoder, 200x120."""
    path: Path = tmp_path_factory.mktemp("h265") / "x.h265"
    command = [
        *("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=200x120:d=0.2:r=10"),
        *("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:bframes=0"),
        str(path),
    ]
    subprocess.run(command, check=True, timeout=60)
    parts = path.read_bytes().replace(START, b"\x00\x00\x01").split(b"\x00\x00\x01")[1:]
    return [part for part in parts if (part[0] >> 1) & 0x3F not in {39, 40}]


def kinds(nals: list[bytes]) -> list[int]:
    return [(nal[0] >> 1) & 0x3F for nal in nals]


def test_sizes_and_sets(nals: list[bytes]) -> None:
    assert kinds(nals)[:3] == [32, 33, 34]
    size = h265_size(nals[1])
    assert size is not None
    assert (size.width, size.height) == (200, 120)
    depacketizer = H265Depacketizer(nals[:3])
    (unit,) = depacketizer.push(packet(nals[3], 0))
    assert unit.is_key
    assert unit.data == b"".join(START + nal for nal in nals[:4])
    (unit,) = depacketizer.push(packet(nals[4], 1))
    assert not unit.is_key
    assert unit.format.width == 200


@pytest.mark.parametrize("donl", [False, True])
def test_aggregates_and_fragments(nals: list[bytes], donl: bool) -> None:
    depacketizer = H265Depacketizer(donl=donl)
    order = b"\x00\x00" if donl else b""
    units = [
        (b"" if number == 0 or not donl else b"\x00") + struct.pack(">H", len(nal)) + nal
        for number, nal in enumerate(nals[:3])
    ]
    assert not depacketizer.push(packet(b"\x60\x01" + order + b"".join(units), 0, marker=False))
    key = nals[3]
    kind = (key[0] >> 1) & 0x3F
    body = key[2:]
    third = len(body) // 3 + 1
    parts = [body[at : at + third] for at in range(0, len(body), third)]
    out = []
    for number, part in enumerate(parts):
        flags = (0x80 if number == 0 else 0) | (0x40 if number == len(parts) - 1 else 0)
        head = bytes((49 << 1, 1, flags | kind)) + (order if number == 0 else b"")
        out += depacketizer.push(packet(head + part, 0, marker=number == len(parts) - 1))
    assert [unit.data for unit in out] == [b"".join(START + nal for nal in nals[:4])]


def test_damage_drops_up_to_the_next_key_picture(nals: list[bytes]) -> None:
    depacketizer = H265Depacketizer(nals[:3])
    depacketizer.push(packet(nals[3], 0))
    assert not depacketizer.push(packet(b"\x62\x01\x40" + b"the end of something", 1))
    assert not depacketizer.push(packet(nals[4], 2))
    (unit,) = depacketizer.push(packet(nals[3], 3))
    assert unit.after_loss
    assert depacketizer.lost_units == 2


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.binary(max_size=40), st.integers(0, 3), st.booleans()), max_size=60),
    st.booleans(),
)
def test_any_payloads_are_survived(packets: list[tuple[bytes, int, bool]], donl: bool) -> None:
    depacketizer = H265Depacketizer(donl=donl)
    for payload, timestamp, marker in packets:
        depacketizer.push(packet(payload, timestamp, marker=marker))
    depacketizer.flush()


@given(st.binary(min_size=2, max_size=80))
def test_any_parameter_set_is_read_or_refused(data: bytes) -> None:
    size = h265_size(b"\x42\x01" + data)
    assert size is None or (0 < size.width <= 16_384 and 0 < size.height <= 16_384)
    H265Depacketizer([b"\x40\x01" + data, b"\x42\x01" + data, b"\x44\x01" + data])
