from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core.access_unit import Codec
from rta_viewer.media.rtsp import tracks
from rta_viewer.media.rtsp.sdp import parse_sdp
from rta_viewer.media.rtsp.time_range import ClockRange, NptRange

FULL = """v=0
o=- 1 1 IN IP4 0.0.0.0
s=x
a=control:*
a=range:clock=20251024T100000Z-20251024T110000Z
m=video 0 RTP/AVP 96 97
a=rtpmap:96 H264/90000
a=rtpmap:97 VP8/90000
a=fmtp:96 packetization-mode=1; sprop-parameter-sets=Z0LAHg,aM4PyA== ;profile-level-id=42c01e
a=framerate:25.0
a=control:trackID=1
m=audio 0 RTP/AVP 97
a=rtpmap:97 mpeg4-generic/44100/2
a=fmtp:97 streamtype=5;mode=AAC-hbr;config=1210;SizeLength=13;IndexLength=3;IndexDeltaLength=3
a=control:rtsp://h/trackID=2
a=range:npt=0-60
m=application 0 RTP/AVP 107
a=rtpmap:107 vnd.onvif.metadata/90000
""".replace("\n", "\r\n").encode()


def test_reads_what_a_recorder_describes() -> None:
    session = parse_sdp(FULL)
    assert session.control == "*"
    assert isinstance(session.clock_range(), ClockRange)
    assert session.npt_range() == NptRange(0, 60)
    video, audio, _ = session.media
    assert (video.kind, video.control, video.frame_rate) == ("video", "trackID=1", 25.0)
    assert video.payloads[0].parameter_sets() == (b"\x67\x42\xc0\x1e", b"\x68\xce\x0f\xc8")
    assert audio.payloads[0].encoding == "MPEG4-GENERIC"
    assert (audio.payloads[0].clock_rate, audio.payloads[0].channels) == (44_100, 2)


def test_chooses_the_tracks_that_can_be_played() -> None:
    session = parse_sdp(FULL)
    video, audio = tracks.choose(session, "video"), tracks.choose(session, "audio")
    assert video is not None
    assert audio is not None
    assert video[1].payload_type == 96
    assert tracks.depacketizer(*video).format.codec is Codec.H264
    sound = tracks.depacketizer(*audio).format
    assert (sound.codec, sound.channels, sound.extra) == (Codec.AAC, 2, b"\x12\x10")
    assert tracks.clock_rate(audio[1]) == 44_100


def test_static_payload_types_and_sizes() -> None:
    session = parse_sdp(b"m=video 0 RTP/AVP 26\na=x-dimensions:2592,1944\nm=audio 0 RTP/AVP 0 8\n")
    video, audio = tracks.choose(session, "video"), tracks.choose(session, "audio")
    assert video is not None
    assert audio is not None
    assert tracks.depacketizer(*video).format.width == 2592
    assert tracks.depacketizer(*audio).format.codec is Codec.PCMU


def test_h265_sets_and_order_numbers() -> None:
    session = parse_sdp(
        b"m=video 0 RTP/AVP 98\na=rtpmap:98 H265/90000\n"
        b"a=fmtp:98 sprop-vps=QAE=;sprop-sps=QgE=;sprop-pps=RAE=;sprop-max-don-diff=2\n"
    )
    video = tracks.choose(session, "video")
    assert video is not None
    assert video[1].parameter_sets() == (b"\x40\x01", b"\x42\x01", b"\x44\x01")
    assert tracks.depacketizer(*video).format.codec is Codec.H265


def test_sound_without_configuration_is_left_out() -> None:
    session = parse_sdp(b"m=audio 0 RTP/AVP 97\na=rtpmap:97 mpeg4-generic/8000\n")
    assert tracks.choose(session, "audio") is None


LINES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(FULL.decode().splitlines()),
    st.builds(
        "a={}:{}".format,
        st.sampled_from(["rtpmap", "fmtp", "control", "range", "framerate", "framesize"]),
        st.text(max_size=40),
    ),
    st.builds(
        "m={} 0 RTP/AVP {}".format, st.sampled_from(["video", "audio"]), st.text(max_size=20)
    ),
)


@given(st.lists(LINES, max_size=30))
def test_any_lines_are_read(lines: list[str]) -> None:
    session = parse_sdp("\r\n".join(lines).encode("utf-8", "surrogatepass"))
    for kind in ("video", "audio"):
        chosen = tracks.choose(session, kind)
        if chosen is not None:
            assert tracks.clock_rate(chosen[1]) > 0
            tracks.depacketizer(*chosen)


@given(st.binary(max_size=300))
def test_any_bytes_are_read(body: bytes) -> None:
    parse_sdp(body)
    parse_sdp(b"m=video 0 RTP/AVP 96\na=" + body)
