import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.media.rtsp.message import (
    Headers,
    NotRtspError,
    Request,
    Response,
    body_length,
    encode_response,
    parse_head,
)


def test_an_answer() -> None:
    head = parse_head(
        b"RTSP/1.0 200 All is well\r\nCSeq: 7\r\nWWW-Authenticate: a\r\nwww-authenticate: b"
    )
    assert isinstance(head, Response)
    assert (head.status, head.reason, head.ok) == (200, "All is well", True)
    assert head.headers.number("cseq") == 7
    assert head.headers.all("WWW-Authenticate") == ["a", "b"]


def test_bare_line_feeds_and_lines_without_colon() -> None:
    head = parse_head(b"RTSP/1.0 404\nnonsense\nCSeq : 3\n")
    assert isinstance(head, Response)
    assert head.status == 404
    assert head.headers.fields == (("CSeq", "3"),)


def test_a_request_of_the_server() -> None:
    head = parse_head(b"OPTIONS * RTSP/1.0\r\nCSeq: 1")
    assert isinstance(head, Request)
    assert (head.method, head.url) == ("OPTIONS", "*")


@pytest.mark.parametrize(
    "head",
    [b"", b"HTTP/1.1 200 OK", b"RTSP/1.0 abc", b"RTSP/1.0 2000 x", b"RTSP/1.0", b"GET / HTTP/1.1"],
)
def test_what_is_not_rtsp(head: bytes) -> None:
    with pytest.raises(NotRtspError):
        parse_head(head)


@pytest.mark.parametrize("length", ["-1", "x", "1048577", "9" * 30, "1e3", "٣"])
def test_absurd_lengths(length: str) -> None:
    with pytest.raises(NotRtspError):
        body_length(Headers((("Content-Length", length),)))


def test_numbers() -> None:
    headers = Headers((("Scale", "-1.50"), ("Speed", "fast"), ("CSeq", "1_0")))
    assert headers.decimal("scale") == -1.5
    assert headers.decimal("Speed") is None
    assert headers.decimal("missing") is None
    assert headers.number("CSeq") is None


def test_values_cannot_smuggle_in_lines() -> None:
    request = Request("PLAY", "rtsp://x/\r\nEvil: 1", Headers((("Range", "npt=0-\r\nEvil: 2"),)))
    text = request.encode().decode()
    assert text == "PLAY rtsp://x/Evil: 1 RTSP/1.0\r\nRange: npt=0-Evil: 2\r\n\r\n"
    assert encode_response(200, "OK", Headers((("CSeq", "1\r\nX: y"),))).count(b"\r\n") == 3


def test_a_body_gets_its_length() -> None:
    assert (
        Request("SET_PARAMETER", "*", body=b"abc")
        .encode()
        .endswith(b"Content-Length: 3\r\n\r\nabc")
    )


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(head: bytes) -> None:
    try:
        message = parse_head(head)
        body_length(message.headers)
    except NotRtspError:
        return
    message.headers.decimal("Scale")
