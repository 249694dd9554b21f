"""One picture as a JPEG."""

from fractions import Fraction
from typing import cast

import av
from av.codec.context import CodecContext
from av.stream import Stream
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from rta_viewer.demo.footage.model import CameraFootage, Gop
from rta_viewer.errors import MediaError

MAX_SIDE = 3840
_DECODERS = {"H264": "h264", "H265": "hevc"}
_BEST_SCALE = 2
_WORST_SCALE = 31


def jpeg_at(
    footage: CameraFootage, instant_ms: float, *, width: int = 0, height: int = 0, quality: int = 80
) -> bytes | None:
    """The last picture at or before the instant; None when there is none.

    Args:
        footage: The camera's.
        instant_ms: Usually now.
        width: 0 follows from the height, or is the camera's.
        height: 0 follows from the width, or is the camera's.
        quality: 1 to 100.

    Raises:
        MediaError: The picture could not be decoded or compressed.
    """
    gop = footage.gop_at(instant_ms) or footage.gop_before(instant_ms)
    if gop is None:
        return None
    try:
        frame = _decode(gop, footage.video.codec, instant_ms)
        return _compress(frame, _size(frame, width, height), quality)
    except (av.FFmpegError, ValueError) as err:
        raise MediaError("The picture could not be made.") from err


def _decode(gop: Gop, codec: str, instant_ms: float) -> VideoFrame:
    """Decode on until the picture that is due at the instant is out."""
    decoder = cast("VideoCodecContext", CodecContext.create(_DECODERS[codec], "r"))
    decoder.thread_count = 1
    shown: VideoFrame | None = None
    packets: list[av.Packet[Stream] | None] = []
    due = [unit for unit in gop.units if unit.decode_ms <= instant_ms] or gop.units[:1]
    for unit in due:
        packet = av.Packet(unit.data)
        packet.pts = round((unit.instant_ms - gop.start_ms) * 1000)
        packet.dts = round((unit.decode_ms - gop.start_ms) * 1000)
        packet.time_base = Fraction(1, 1_000_000)
        packets.append(packet)
    limit = (instant_ms - gop.start_ms) * 1000
    packets.append(None)
    for entry in packets:
        for frame in decoder.decode(entry):
            if shown is None or (frame.pts or 0) <= limit:
                shown = frame
    if shown is None:
        raise MediaError("The recorded pictures could not be decoded.")
    return shown


def _size(frame: VideoFrame, width: int, height: int) -> tuple[int, int]:
    """Even sides, the picture's shape where one side is open."""
    if not width and not height:
        width, height = frame.width, frame.height
    elif not width:
        width = round(height * frame.width / frame.height)
    elif not height:
        height = round(width * frame.height / frame.width)
    return max(2, min(MAX_SIDE, width) // 2 * 2), max(2, min(MAX_SIDE, height) // 2 * 2)


def _compress(frame: VideoFrame, size: tuple[int, int], quality: int) -> bytes:
    encoder = CodecContext.create("mjpeg", "w")
    encoder.width, encoder.height = size
    encoder.pix_fmt = "yuvj420p"
    encoder.time_base = Fraction(1, 25)
    scale = round(_WORST_SCALE - (quality - 1) * (_WORST_SCALE - _BEST_SCALE) / 99)
    encoder.qmin = encoder.qmax = scale
    picture = frame.reformat(width=size[0], height=size[1], format="yuvj420p")
    picture.pts = 0
    picture.time_base = encoder.time_base
    return b"".join(bytes(packet) for packet in [*encoder.encode(picture), *encoder.encode(None)])
