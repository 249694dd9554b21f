"""Payloads are put together again here by the letter of the RFCs, not with the server's code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.demo.rtsp.packetize import packetize_aac, packetize_h264, packetize_h265

LIMIT = 100


def aggregated(payload: bytes, skip: int) -> list[bytes]:
    found, rest = [], payload[skip:]
    while rest:
        size = int.from_bytes(rest[:2], "big")
        found.append(rest[2 : 2 + size])
        rest = rest[2 + size :]
    return found


def joined_h264(payloads: list[bytes]) -> list[bytes]:
    """RFC 6184, 5.6 to 5.8."""
    nals: list[bytes] = []
    for payload in payloads:
        kind = payload[0] & 0x1F
        if kind == 24:
            nals += aggregated(payload, 1)
        elif kind == 28:
            if payload[1] & 0x80:
                nals.append(bytes([payload[0] & 0xE0 | payload[1] & 0x1F]))
            nals[-1] += payload[2:]
        else:
            nals.append(payload)
    return nals


def joined_h265(payloads: list[bytes]) -> list[bytes]:
    """RFC 7798, 4.4.1 to 4.4.3."""
    nals: list[bytes] = []
    for payload in payloads:
        kind = payload[0] >> 1 & 0x3F
        if kind == 48:
            nals += aggregated(payload, 2)
        elif kind == 49:
            if payload[2] & 0x80:
                nals.append(bytes([payload[0] & 0x81 | (payload[2] & 0x3F) << 1, payload[1]]))
            nals[-1] += payload[3:]
        else:
            nals.append(payload)
    return nals


bodies = st.binary(min_size=1, max_size=400)
h264_nals = st.builds(
    lambda head, body: bytes([head]) + body,
    st.sampled_from([0x67, 0x68, 0x06, 0x65, 0x41, 0x01, 0x09]),
    bodies,
)
h265_nals = st.builds(
    lambda kind, body: bytes([kind << 1, 1]) + body,
    st.sampled_from([32, 33, 34, 39, 0, 1, 19, 20]),
    bodies,
)


@given(st.lists(h264_nals, min_size=1, max_size=6))
def test_h264_survives(nals: list[bytes]) -> None:
    payloads = packetize_h264(nals, LIMIT)
    assert joined_h264(payloads) == nals
    assert all(2 <= len(payload) <= LIMIT for payload in payloads)


@given(st.lists(h265_nals, min_size=1, max_size=6))
def test_h265_survives(nals: list[bytes]) -> None:
    payloads = packetize_h265(nals, LIMIT)
    assert joined_h265(payloads) == nals
    assert all(3 <= len(payload) <= LIMIT for payload in payloads)


def test_fragments_have_one_start_and_one_end() -> None:
    payloads = packetize_h264([b"\x65" + bytes(range(1, 251))], LIMIT)
    assert [(p[0], p[1] >> 6) for p in payloads] == [(0x7C, 2), (0x7C, 0), (0x7C, 1)]
    assert [len(p) for p in payloads] == [100, 100, 2 + 250 - 2 * 98]


def test_parameter_sets_travel_together_with_the_highest_importance() -> None:
    payloads = packetize_h264([b"\x67ab", b"\x28c", b"\x65xyz"], LIMIT)
    assert payloads == [b"\x78\x00\x03\x67ab\x00\x02\x28c", b"\x65xyz"]


@pytest.mark.parametrize("size", [1, 90, 96, 97, 500, 8191])
def test_aac_frames(size: int) -> None:
    """RFC 3640, 3.2.1 and 3.3.6: 13 bits size of the whole frame, 3 bits index 0."""
    frame = bytes(number % 251 for number in range(size))
    payloads = packetize_aac([frame], LIMIT)
    assert {p[:2] for p in payloads} == {b"\x00\x10"}
    assert {int.from_bytes(p[2:4], "big") for p in payloads} == {size << 3}
    assert b"".join(p[4:] for p in payloads) == frame
    assert all(len(p) <= LIMIT for p in payloads)
