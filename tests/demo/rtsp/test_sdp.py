from rta_viewer.demo.footage.model import VideoFormat
from rta_viewer.demo.rtsp.options import RtspOptions
from rta_viewer.demo.rtsp.sdp import Described, session_description


def described(video: VideoFormat, name: str = "Door") -> str:
    what = Described(name, "rtsp://h/playback/a/", "clock=x-", "npt=0-", video, None)
    return session_description(what, RtspOptions())


def test_h265_profile_and_level_come_out_of_the_sps() -> None:
    # Main profile, tier 0, level 3.1 (93); with emulation prevention bytes inside.
    sps = bytes.fromhex("4201" + "01" + "01" + "60000003" + "0090" + "00000300" + "00" + "03005d")
    profile = sps.replace(b"\x00\x00\x03", b"\x00\x00")[3:15]
    text = described(VideoFormat("H265", 640, 360, (b"\x40\x01v", sps, b"\x44\x01p")))
    assert "profile-space=0;profile-id=1;tier-flag=0;" in text
    assert f"level-id={profile[11]};" in text
    assert "sprop-vps=QAF2;sprop-sps=" in text
    assert ";sprop-pps=RAFw" in text


def test_a_name_cannot_add_lines() -> None:
    text = described(VideoFormat("H264", 640, 360, ()), "a\r\nm=audio 0 RTP/AVP 0")
    assert "s=a m=audio 0 RTP/AVP 0\r\n" in text
    assert text.count("\r\nm=") == 1
