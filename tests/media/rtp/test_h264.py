import struct

from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.media.rtp import nal_units
from rta_viewer.media.rtp.h264 import H264Depacketizer
from rta_viewer.media.rtp.packet import RtpPacket
from rta_viewer.media.rtp.parameter_sets import h264_size

START = b"\x00\x00\x00\x01"
SPS = bytes.fromhex("6742c01eda0280bfe5c0440000030004000003 00c83c58ba80".replace(" ", ""))
PPS = bytes.fromhex("68ce0fc8")
OTHER_SPS = bytes.fromhex("674d401f965402802dd8")
KEY = b"\x65\x88" + bytes(range(60))
DELTA = b"\x41\x9a" + bytes(range(40))
SETS = START + SPS + START + PPS


def packet(payload: bytes, timestamp: int, *, marker: bool = True) -> RtpPacket:
    return RtpPacket(marker, 96, 0, timestamp, 1, memoryview(payload))


def fragments(nal: bytes, size: int) -> list[bytes]:
    body = nal[1:]
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    indicator = (nal[0] & 0xE0) | 28
    out = []
    for number, part in enumerate(parts):
        flags = (0x80 if number == 0 else 0) | (0x40 if number == len(parts) - 1 else 0)
        out.append(bytes((indicator, flags | (nal[0] & 0x1F))) + part)
    return out


def stap(*nals: bytes) -> bytes:
    return b"\x78" + b"".join(struct.pack(">H", len(nal)) + nal for nal in nals)


def test_single_units_with_sets_from_the_description_in_front_of_key_pictures() -> None:
    depacketizer = H264Depacketizer([SPS, PPS])
    (key,) = depacketizer.push(packet(KEY, 0))
    (delta,) = depacketizer.push(packet(DELTA, 3600))
    assert key.data == SETS + START + KEY
    assert key.is_key
    assert delta.data == START + DELTA
    assert not delta.is_key
    assert delta.timestamp == 3600
    assert (key.format.width, key.format.height) == (640, 360)
    assert depacketizer.picture_rate == 25


def test_sets_in_band_stand_where_they_came() -> None:
    depacketizer = H264Depacketizer()
    assert not depacketizer.push(packet(KEY, 0))
    (unit,) = depacketizer.push(packet(stap(SPS, PPS, KEY), 1))
    assert unit.data == SETS + START + KEY
    assert unit.format.parameter_sets == (SPS, PPS)


def test_sets_sent_before_the_picture_under_their_own_marker() -> None:
    depacketizer = H264Depacketizer()
    assert not depacketizer.push(packet(SPS, 5))
    assert not depacketizer.push(packet(PPS, 5))
    (unit,) = depacketizer.push(packet(KEY, 5))
    assert unit.data == SETS + START + KEY
    assert depacketizer.lost_units == 0


def test_sets_that_change_in_mid_stream_change_the_format() -> None:
    depacketizer = H264Depacketizer([SPS, PPS])
    (before,) = depacketizer.push(packet(KEY, 0))
    (after,) = depacketizer.push(packet(stap(OTHER_SPS, PPS, KEY), 1))
    assert (before.format.width, after.format.width) == (640, 1280)
    assert after.format.parameter_sets == (OTHER_SPS, PPS)


def test_fragments_become_the_unit_that_was_cut() -> None:
    depacketizer = H264Depacketizer([SPS, PPS])
    parts = fragments(KEY, 7)
    units = []
    for number, part in enumerate(parts):
        units += depacketizer.push(packet(part, 9, marker=number == len(parts) - 1))
    assert [unit.data for unit in units] == [SETS + START + KEY]


def test_without_markers_the_time_stamp_ends_a_unit() -> None:
    depacketizer = H264Depacketizer([SPS, PPS])
    assert not depacketizer.push(packet(KEY, 0, marker=False))
    (key,) = depacketizer.push(packet(DELTA, 1, marker=False))
    assert key.is_key
    (delta,) = depacketizer.flush()
    assert delta.data == START + DELTA


def test_slices_of_one_picture_stay_together() -> None:
    depacketizer = H264Depacketizer([SPS, PPS])
    second = b"\x65\x48" + b"more"
    assert not depacketizer.push(packet(KEY, 0, marker=False))
    (unit,) = depacketizer.push(packet(second, 0))
    assert unit.data == SETS + START + KEY + START + second


def test_markers_on_every_slice_are_not_believed_for_long() -> None:
    depacketizer = H264Depacketizer([SPS, PPS])
    second = b"\x65\x48" + b"more"
    units = []
    for timestamp in range(6):
        units += depacketizer.push(packet(KEY, timestamp))
        units += depacketizer.push(packet(second, timestamp))
    units += depacketizer.flush()
    assert units[-1].data == SETS + START + KEY + START + second
    assert units[-2].data == units[-1].data


def test_a_start_code_in_the_payload_is_taken_off() -> None:
    depacketizer = H264Depacketizer([SPS, PPS])
    (unit,) = depacketizer.push(packet(START + KEY, 0))
    assert unit.data == SETS + START + KEY


def test_loss_drops_up_to_the_next_key_picture_and_counts() -> None:
    depacketizer = H264Depacketizer([SPS, PPS])
    depacketizer.push(packet(KEY, 0))
    parts = fragments(DELTA, 10)
    depacketizer.push(packet(parts[0], 1, marker=False))
    depacketizer.lose()
    assert not depacketizer.push(packet(parts[2], 1, marker=False))
    assert not depacketizer.push(packet(parts[3], 1))
    assert not depacketizer.push(packet(DELTA, 2))
    (unit,) = depacketizer.push(packet(KEY, 3))
    assert unit.after_loss
    assert depacketizer.lost_units == 2
    (unit,) = depacketizer.push(packet(DELTA, 4))
    assert not unit.after_loss


def test_fragments_without_a_beginning_or_end_are_dropped() -> None:
    depacketizer = H264Depacketizer([SPS, PPS])
    first, *_, last = fragments(KEY, 10)
    assert not depacketizer.push(packet(last, 0))
    assert not depacketizer.push(packet(first, 1, marker=False))
    (unit,) = depacketizer.push(packet(KEY, 2))
    assert unit.timestamp == 2
    assert unit.after_loss
    assert depacketizer.lost_units >= 1


def test_absurd_sizes_are_dropped(monkeypatch) -> None:
    monkeypatch.setattr(nal_units, "MAX_UNIT_BYTES", 1000)
    depacketizer = H264Depacketizer([SPS, PPS])
    endless = fragments(b"\x65\x88" + bytes(10_000), 100)
    for part in endless[:-1]:
        assert not depacketizer.push(packet(part, 0, marker=False))
        assert len(depacketizer._data) <= 1100
    (unit,) = depacketizer.push(packet(KEY, 1))
    assert unit.timestamp == 1
    assert depacketizer.lost_units == 1


def test_an_intra_picture_with_a_recovery_point_is_a_key_picture() -> None:
    recovery = b"\x06\x06\x01\xc4\x80"
    intra = b"\x41\x88\x80" + bytes(20)  # first_mb 0, slice type 7
    depacketizer = H264Depacketizer([SPS, PPS])
    (unit,) = depacketizer.push(packet(stap(recovery, intra), 0))
    assert unit.is_key
    predicted = H264Depacketizer([SPS, PPS])
    assert not predicted.push(packet(stap(recovery, DELTA), 0))


def test_delimiters_are_left_out() -> None:
    depacketizer = H264Depacketizer([SPS, PPS])
    (unit,) = depacketizer.push(packet(stap(b"\x09\xf0", KEY), 0))
    assert unit.data == SETS + START + KEY


def test_reset_begins_again_at_a_key_picture() -> None:
    depacketizer = H264Depacketizer([SPS, PPS])
    depacketizer.push(packet(KEY, 0))
    depacketizer.push(packet(fragments(KEY, 7)[0], 1, marker=False))
    depacketizer.reset()
    assert not depacketizer.push(packet(DELTA, 2))
    (unit,) = depacketizer.push(packet(KEY, 3))
    assert not unit.after_loss
    assert depacketizer.lost_units == 0


@settings(max_examples=60)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.binary(max_size=40), st.integers(0, 3), st.booleans()),
            st.tuples(
                st.sampled_from([KEY, DELTA, SPS, PPS, stap(SPS, KEY)[:-5], b"\x7c\x85\x01"]),
                st.integers(0, 3),
                st.booleans(),
            ),
        ),
        max_size=60,
    )
)
def test_any_payloads_are_survived(packets: list[tuple[bytes, int, bool]]) -> None:
    depacketizer = H264Depacketizer([SPS, PPS])
    for payload, timestamp, marker in packets:
        for unit in depacketizer.push(packet(payload, timestamp, marker=marker)):
            assert unit.data.startswith(START)
    depacketizer.lose()
    depacketizer.flush()


@given(st.binary(min_size=1, max_size=80))
def test_any_parameter_set_is_read_or_refused(data: bytes) -> None:
    size = h264_size(b"\x67" + data)
    assert size is None or (0 < size.width <= 16_384 and 0 < size.height <= 16_384)
    H264Depacketizer([b"\x67" + data, b"\x68" + data])
