import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.demo.rtsp.message import Interleaved, Request, RtspFailure
from rta_viewer.demo.rtsp.reader import MAX_HEAD_BYTES, MessageReader

PLAY = b"PLAY rtsp://h/a RTSP/1.0\r\nCSeq: 7\r\nRange: npt=1-\r\nSession: abc;x=1\r\n\r\n"
BODY = b"SET_PARAMETER * RTSP/1.0\r\nCSeq: 8\r\nContent-Length: 5\r\n\r\nhello"
FRAME = b"$\x01\x00\x03abc"


def all_of(data: bytes) -> list[Request | Interleaved]:
    reader = MessageReader()
    reader.feed(data)
    found = []
    while (message := reader.take()) is not None:
        found.append(message)
    return found


def test_reads_requests_and_frames_in_order() -> None:
    play, frame, parameter = all_of(PLAY + FRAME + b"\r\n" + BODY)
    assert isinstance(play, Request)
    assert (play.method, play.url, play.cseq, play.session_id) == ("PLAY", "rtsp://h/a", 7, "abc")
    assert play.header("RANGE") == "npt=1-"
    assert frame == Interleaved(1, b"abc")
    assert isinstance(parameter, Request)
    assert parameter.body == b"hello"


@given(st.lists(st.sampled_from([PLAY, BODY, FRAME]), max_size=5), st.data())
def test_the_cuts_between_reads_do_not_matter(parts: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(parts)
    reader = MessageReader()
    found = []
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        reader.feed(stream[:size])
        stream = stream[size:]
        while (message := reader.take()) is not None:
            found.append(message)
    assert found == all_of(b"".join(parts))
    assert len(found) == len(parts)
    assert not reader.pending


def refusal_of(data: bytes) -> int | None:
    try:
        all_of(data)
    except RtspFailure as failure:
        return failure.status
    return None


@given(st.binary(max_size=400))
@settings(max_examples=300)
def test_any_bytes_give_a_message_a_wait_or_a_refusal(data: bytes) -> None:
    assert refusal_of(data) in {None, 400}


@given(
    st.text(max_size=30),
    st.text(max_size=30),
    st.dictionaries(st.text(max_size=9), st.text(max_size=9)),
)
def test_any_text_in_the_form_of_a_request(method: str, url: str, headers: dict[str, str]) -> None:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    assert refusal_of(f"{method} {url} RTSP/1.0\r\n{lines}\r\n".encode()) in {None, 400}


@pytest.mark.parametrize(
    "data",
    [
        b"PLAY rtsp://h RTSP/1.0\r\n" + b"X: y\r\n" * 10_000,
        b"PLAY rtsp://h RTSP/1.0\r\n" + b"".join(b"H%d: y\r\n" % n for n in range(65)) + b"\r\n",
        b"A" * 9000,
        b"PLAY rtsp://h RTSP/1.0\r\nX: " + b"y" * 40_000,
        b"PLAY rtsp://h RTSP/1.0\r\nContent-Length: 99999999\r\n\r\n",
        b"PLAY rtsp://h RTSP/1.0\r\nContent-Length: -1\r\n\r\n",
        b"PLAY rtsp://h RTSP/1.0\r\nContent-Length: 9\xc2\xb2\r\n\r\n",
        b"PLAY rtsp://h RTSP/1.0\r\nNo colon\r\n\r\n",
        b"PLAY rtsp://h RTSP/1.0\r\n folded without a header\r\n\r\n",
        b"PLAY  rtsp://h RTSP/1.0\r\n\r\n",
        b"PLAY rtsp://h HTTP/1.1\r\n\r\n",
        b"PLAY rtsp://h RTSP/1.0\r\nX: a\x00b\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PLAY rtsp://h RTSP/1.0\r\nX: \xff\xfe\r\n\r\n",
    ],
)
def test_hostile_input_is_refused(data: bytes) -> None:
    with pytest.raises(RtspFailure, match="400"):
        all_of(data)


def test_repeated_and_folded_headers_are_joined() -> None:
    (request,) = all_of(b"SETUP * RTSP/1.0\r\nTransport: a,\r\n b\r\nTransport: c\r\n\r\n")
    assert isinstance(request, Request)
    assert request.listed("transport") == ["a", "b", "c"]


@pytest.mark.parametrize("cseq", ["", "x", "-1", "1" * 11, "1.5"])
def test_a_bad_sequence_number_is_a_bad_request(cseq: str) -> None:
    (request,) = all_of(f"OPTIONS * RTSP/1.0\r\nCSeq: {cseq}\r\n\r\n".encode())
    assert isinstance(request, Request)
    with pytest.raises(RtspFailure, match="400"):
        _ = request.cseq


def test_what_never_becomes_a_request_is_refused_early() -> None:
    reader = MessageReader()
    fed = 0

    def feed_on() -> None:
        nonlocal fed
        while fed < 10 * MAX_HEAD_BYTES:
            reader.feed(b"X" * 100)
            fed += 100
            reader.take()

    with pytest.raises(RtspFailure):
        feed_on()
    assert fed <= MAX_HEAD_BYTES
