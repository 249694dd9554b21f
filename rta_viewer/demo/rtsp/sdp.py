"""The session description of a presentation (RFC 8866; format parameters of RFC 6184, 7798, 3640)."""

import base64
from dataclasses import dataclass

from rta_viewer.demo.footage.annexb import nal_type
from rta_viewer.demo.footage.model import AudioFormat, VideoFormat
from rta_viewer.demo.rtsp.options import ControlStyle, ParameterSets, RtspOptions

VIDEO_PAYLOAD_TYPE, AUDIO_PAYLOAD_TYPE = 96, 97
VIDEO_CONTROL, AUDIO_CONTROL = "trackID=0", "trackID=1"


@dataclass(frozen=True, slots=True)
class Described:
    """What a description is made of.

    Attributes:
        base: The presentation's URL with a slash at its end.
        range_text: Of the whole presentation, empty without.
        media_range_text: The same in other words for the pictures: FFmpeg only understands ``npt``.
    """

    name: str
    base: str
    range_text: str
    media_range_text: str
    video: VideoFormat
    audio: AudioFormat | None


def session_description(what: Described, options: RtspOptions) -> str:
    """The SDP text with CRLF line ends."""
    name = " ".join(what.name.split()) or "camera"
    lines = [
        "v=0",
        "o=- 1 1 IN IP4 127.0.0.1",
        f"s={name}",
        "c=IN IP4 0.0.0.0",
        "t=0 0",
        f"a=control:{_aggregate_control(what.base, options.control_style)}",
    ]
    if options.sdp_range and what.range_text:
        lines.append(f"a=range:{what.range_text}")
    lines += _video_lines(what, options)
    if what.audio:
        lines += _audio_lines(what.audio, _track_control(what.base, AUDIO_CONTROL, options))
    return "\r\n".join([*lines, ""])


def _aggregate_control(base: str, style: ControlStyle) -> str:
    return {
        ControlStyle.STAR: "*",
        ControlStyle.RELATIVE: "./",
        ControlStyle.ABSOLUTE: base,
    }[style]


def _track_control(base: str, control: str, options: RtspOptions) -> str:
    return base + control if options.control_style is ControlStyle.ABSOLUTE else control


def _video_lines(what: Described, options: RtspOptions) -> list[str]:
    video, kind = what.video, VIDEO_PAYLOAD_TYPE
    in_sdp = options.parameter_sets is not ParameterSets.IN_BAND
    parameters = (_h265_parameters if video.codec == "H265" else _h264_parameters)(video, in_sdp)
    lines = [f"m=video 0 RTP/AVP {kind}", f"a=rtpmap:{kind} {video.codec}/90000"]
    if parameters:
        lines.append(f"a=fmtp:{kind} {';'.join(parameters)}")
    if options.sdp_range and what.media_range_text:
        lines.append(f"a=range:{what.media_range_text}")
    return [
        *lines,
        f"a=framesize:{kind} {video.width}-{video.height}",
        f"a=x-dimensions:{video.width},{video.height}",
        f"a=control:{_track_control(what.base, VIDEO_CONTROL, options)}",
    ]


def _h264_parameters(video: VideoFormat, in_sdp: bool) -> list[str]:
    parameters = ["packetization-mode=1"]
    sps = next((nal for nal in video.parameter_sets if nal_type("H264", nal) == 7), b"")
    if len(sps) >= 4:
        parameters.append(f"profile-level-id={sps[1:4].hex().upper()}")
    if in_sdp and video.parameter_sets:
        parameters.append(f"sprop-parameter-sets={_joined(video.parameter_sets)}")
    return parameters


def _h265_parameters(video: VideoFormat, in_sdp: bool) -> list[str]:
    parameters: list[str] = []
    sps = next((nal for nal in video.parameter_sets if nal_type("H265", nal) == 33), b"")
    # profile_tier_level follows the two header bytes and the byte with the layer count (H.265, 7.3.2.2).
    profile = sps.replace(b"\x00\x00\x03", b"\x00\x00")[3:15]
    if len(profile) == 12:
        parameters += [
            f"profile-space={profile[0] >> 6}",
            f"profile-id={profile[0] & 0x1F}",
            f"tier-flag={profile[0] >> 5 & 1}",
            f"level-id={profile[11]}",
        ]
    for name, kind in (("vps", 32), ("sps", 33), ("pps", 34)):
        sets = [nal for nal in video.parameter_sets if nal_type("H265", nal) == kind]
        if in_sdp and sets:
            parameters.append(f"sprop-{name}={_joined(sets)}")
    return parameters


def _joined(sets: tuple[bytes, ...] | list[bytes]) -> str:
    return ",".join(base64.b64encode(nal).decode("ascii") for nal in sets)


def _audio_lines(audio: AudioFormat, control: str) -> list[str]:
    kind = AUDIO_PAYLOAD_TYPE
    parameters = "streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3"
    return [
        f"m=audio 0 RTP/AVP {kind}",
        f"a=rtpmap:{kind} MPEG4-GENERIC/{audio.sample_rate}/{audio.channels}",
        f"a=fmtp:{kind} {parameters};config={audio.config.hex().upper()}",
        f"a=control:{control}",
    ]
