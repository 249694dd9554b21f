from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.media.rtsp.answers import (
    info_of_track,
    interleaved_channels,
    parse_rtp_info,
    play_answer,
    session_id,
)
from rta_viewer.media.rtsp.message import Headers, Response


def answer(*fields: tuple[str, str]) -> Response:
    return Response(200, "OK", Headers(fields))


def test_rtp_info_with_commas_in_addresses() -> None:
    text = (
        "url=rtsp://h/a?x=1,2;y/trackID=1;seq=70000;rtptime=5000000000, "
        "url=rtsp://h/a/trackID=2;rtptime=7"
    )
    first, second = parse_rtp_info(text)
    assert first.url == "rtsp://h/a?x=1,2;y/trackID=1"
    assert (first.sequence, first.rtp_time) == (70000 & 0xFFFF, 5_000_000_000 & 0xFFFFFFFF)
    assert (second.sequence, second.rtp_time) == (None, 7)
    infos = (first, second)
    assert info_of_track(infos, "rtsp://other/b/trackID=2", 0) is second
    assert info_of_track(infos, "rtsp://h/unknown", 0) is first
    assert info_of_track((), "rtsp://h/a", 0) is None


def test_speed_is_the_product_of_what_was_named() -> None:
    assert play_answer(answer(("Scale", "1.000"), ("Speed", "8.000"))).speed == 8
    assert play_answer(answer(("Scale", "-4"))).speed == 4
    assert play_answer(answer()).speed is None
    assert play_answer(answer(("Scale", "0"), ("Speed", "1e9"))).speed is None


def test_session_and_channels() -> None:
    assert session_id(Headers((("Session", "ab;timeout=30"),))) == ("ab", 30)
    assert session_id(Headers((("Session", " ab "),))) == ("ab", 60)
    assert interleaved_channels("RTP/AVP/TCP;unicast;interleaved=4-5;ssrc=1", 0) == (4, 5)
    assert interleaved_channels("RTP/AVP/TCP;interleaved=4", 0) == (4, 5)
    assert interleaved_channels("RTP/AVP/TCP;interleaved=999-1000", 2) == (2, 3)
    assert interleaved_channels("", 2) == (2, 3)


@given(st.text(max_size=120))
def test_any_text_is_read(text: str) -> None:
    parse_rtp_info(text)
    parse_rtp_info("url=" + text)
    interleaved_channels(text, 0)
    session_id(Headers((("Session", text),)))
    play_answer(answer(("Range", text), ("RTP-Info", text), ("Scale", text)))
