import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.media.rtsp.interleaved import DataFrame, Item, Splitter
from rta_viewer.media.rtsp.message import NotRtspError, Request, Response

RTP = bytes((0x80, 96)) + bytes(10)


def frame(payload: bytes, channel: int = 0) -> bytes:
    return b"$" + bytes((channel,)) + struct.pack(">H", len(payload)) + payload


def feed(data: bytes, step: int = 1 << 20) -> tuple[Splitter, list[Item]]:
    splitter = Splitter()
    items: list[Item] = []
    for start in range(0, len(data), step):
        part = data[start : start + step]
        while part:
            room = splitter.room()
            count = min(len(room), len(part))
            room[:count] = part[:count]
            splitter.wrote(count)
            part = part[count:]
            while (item := splitter.next()) is not None:
                if isinstance(item, DataFrame):
                    item = item._replace(payload=memoryview(bytes(item.payload)))
                items.append(item)
    return splitter, items


ANSWER = b"RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Length: 5\r\n\r\nhello"


@pytest.mark.parametrize("step", [1, 3, 7, 1000])
def test_data_and_messages_in_any_pieces(step: int) -> None:
    data = frame(RTP) + b"\r\n" + ANSWER + frame(RTP + b"x", 1) + b"OPTIONS * RTSP/1.0\nCSeq: 1\n\n"
    splitter, items = feed(data, step)
    assert [type(item) for item in items] == [DataFrame, Response, DataFrame, Request]
    assert isinstance(items[1], Response)
    assert items[1].body == b"hello"
    assert isinstance(items[2], DataFrame)
    assert (items[2].channel, bytes(items[2].payload)) == (1, RTP + b"x")
    assert splitter.garbage_bytes == 0


def test_long_streams_pass_through_a_bounded_buffer() -> None:
    payloads = [RTP + bytes((n % 256,)) * (n * 37 % 60_000) for n in range(150)]
    _, items = feed(b"".join(map(frame, payloads)), 99_999)
    assert [bytes(item.payload) for item in items if isinstance(item, DataFrame)] == payloads


def test_a_large_body() -> None:
    body = b"b" * 1_000_000
    head = f"RTSP/1.0 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    _, items = feed(frame(RTP) + head + body + frame(RTP), 60_000)
    assert isinstance(items[1], Response)
    assert items[1].body == body
    assert len(items) == 3


def test_finds_its_way_back_after_garbage() -> None:
    garbage = bytes((0x93, 0x24, 0xFF, 0x00)) * 50
    splitter, items = feed(frame(RTP) + garbage + frame(RTP) + garbage + ANSWER)
    assert [type(item) for item in items] == [DataFrame, DataFrame, Response]
    assert splitter.garbage_bytes == 2 * len(garbage)


@pytest.mark.parametrize(
    "data",
    [
        b"\x93" * 70_000,
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"RTSP/1.0 200 OK\r\nX: " + b"y" * 70_000,
        b"RTSP/1.0 200 OK\r\nContent-Length: 1048577\r\n\r\n",
        b"RTSP/9 nonsense\r\n\r\n",
    ],
)
def test_gives_up_on_nonsense(data: bytes) -> None:
    with pytest.raises(NotRtspError):
        feed(data)


PARTS = st.one_of(
    st.binary(max_size=50),
    st.binary(max_size=50).map(lambda payload: frame(RTP + payload)),
    st.sampled_from([ANSWER, b"RTSP/1.0 ", b"$", b"$\x00", b"\r\n", b"OPTIONS * RTSP/1.0\r\n\r\n"]),
)


@settings(max_examples=150)
@given(st.lists(PARTS, max_size=30), st.integers(1, 200))
def test_any_bytes_end_in_items_or_a_refusal(parts: list[bytes], step: int) -> None:
    data = b"".join(parts)
    try:
        _, items = feed(data, step)
    except NotRtspError:
        return
    assert sum(len(item.payload) for item in items if isinstance(item, DataFrame)) <= len(data)


@settings(max_examples=60)
@given(
    st.lists(st.binary(max_size=300).map(lambda rest: RTP + rest), max_size=20), st.integers(1, 97)
)
def test_frames_come_out_as_they_went_in(payloads: list[bytes], step: int) -> None:
    _, items = feed(b"".join(map(frame, payloads)), step)
    assert [bytes(item.payload) for item in items if isinstance(item, DataFrame)] == payloads
