"""Which offered tracks can be played, and the depacketizer that each of them needs."""

from rta_viewer.core.access_unit import Codec, MediaFormat
from rta_viewer.media.rtp.aac import AacDepacketizer
from rta_viewer.media.rtp.coded import Depacketizer
from rta_viewer.media.rtp.g711 import G711Depacketizer
from rta_viewer.media.rtp.h264 import H264Depacketizer
from rta_viewer.media.rtp.h265 import H265Depacketizer
from rta_viewer.media.rtp.mjpeg import MjpegDepacketizer
from rta_viewer.media.rtsp.sdp import Media, Payload, SessionDescription, first_supported

_VIDEO = frozenset({"H264", "H265", "JPEG"})
_AUDIO = frozenset({"MPEG4-GENERIC", "PCMU", "PCMA"})
_MAX_CLOCK_RATE = 1_000_000


def choose(description: SessionDescription, kind: str) -> tuple[Media, Payload] | None:
    """The first track of a kind (``video`` or ``audio``) that can be played, None without."""
    wanted = _VIDEO if kind == "video" else _AUDIO
    for media in description.media:
        if media.kind == kind:
            payload = first_supported(media, wanted)
            if payload is not None and _usable(payload):
                return media, payload
    return None


def clock_rate(payload: Payload) -> int:
    """RTP clock in Hz; the usual one where the description forgot it."""
    if 0 < payload.clock_rate <= _MAX_CLOCK_RATE:
        return payload.clock_rate
    return 90_000 if payload.encoding in _VIDEO else 8000


def depacketizer(media: Media, payload: Payload) -> Depacketizer:
    """What puts this track's access units together."""
    if payload.encoding == "H264":
        return H264Depacketizer(payload.parameter_sets())
    if payload.encoding == "H265":
        donl = payload.number("sprop-max-don-diff", 0) > 0
        return H265Depacketizer(payload.parameter_sets(), donl=donl)
    if payload.encoding == "JPEG":
        return MjpegDepacketizer(
            MediaFormat(Codec.MJPEG, clock_rate(payload), media.width, media.height)
        )
    if payload.encoding == "MPEG4-GENERIC":
        return _aac(payload)
    codec = Codec.PCMU if payload.encoding == "PCMU" else Codec.PCMA
    return G711Depacketizer(
        MediaFormat(codec, clock_rate(payload), channels=max(payload.channels, 1))
    )


def _usable(payload: Payload) -> bool:
    """AAC needs its configuration, and the one mode in which recorders send it."""
    if payload.encoding != "MPEG4-GENERIC":
        return True
    mode = payload.parameters.get("mode", "AAC-hbr").lower()
    return mode == "aac-hbr" and bool(_config(payload)) and 0 < _aac_bits(payload)[0] <= 16


def _aac(payload: Payload) -> AacDepacketizer:
    media_format = MediaFormat(
        Codec.AAC,
        clock_rate(payload),
        channels=max(payload.channels, 1),
        extra=_config(payload),
    )
    return AacDepacketizer(media_format, *_aac_bits(payload))


def _aac_bits(payload: Payload) -> tuple[int, int]:
    return payload.number("sizelength", 13), min(payload.number("indexlength", 3), 16)


def _config(payload: Payload) -> bytes:
    try:
        return bytes.fromhex(payload.parameters.get("config", ""))[:64]
    except ValueError:
        return b""
