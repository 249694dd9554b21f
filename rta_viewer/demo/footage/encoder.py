"""Encoding one closed group of pictures, always with the same parameter sets.

The encoder is opened with a global header, so that its parameter sets are known before the first
picture and do not depend on it: groups that were encoded at different times can be stitched.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import av
from av.codec.context import Flags
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext

from rta_viewer.demo.footage import annexb
from rta_viewer.errors import MediaError

Picture = tuple[int, av.VideoFrame]
EncodedPicture = tuple[int, bytes]

_LARGE = 1280
_X264 = "keyint=infinite:min-keyint=1:scenecut=0:bframes=0:rc-lookahead=0:mbtree=0"
_X265 = (
    "log-level=none:info=0:hrd=0:repeat-headers=0:open-gop=0:scenecut=0:bframes=0:keyint=-1"
    ":rc-lookahead=0:pools=none:frame-threads=1:wpp=0"
)


@dataclass(frozen=True, slots=True)
class EncoderSettings:
    """``rate`` counts pictures a second; a picture's index counts in its periods."""

    codec: str
    width: int
    height: int
    rate: Fraction
    quality: int = 26


def _open(settings: EncoderSettings) -> VideoCodecContext:
    h265 = settings.codec == "H265"
    context = av.CodecContext.create("libx265" if h265 else "libx264", "w")
    context.width, context.height = settings.width, settings.height
    context.pix_fmt = "yuv420p"
    context.time_base = 1 / settings.rate
    context.framerate = settings.rate
    # Large pictures use a second core; small ones are quick enough, and two groups run side by side.
    context.thread_count = 2 if settings.width >= _LARGE and not h265 else 1
    context.flags |= Flags.global_header
    context.options = {
        "preset": "ultrafast",
        "crf": str(settings.quality),
        ("x265-params" if h265 else "x264-params"): _X265 if h265 else _X264,
    }
    context.open()
    return context


def parameter_sets(settings: EncoderSettings) -> tuple[bytes, ...]:
    """The NAL units that each group of these settings starts with.

    Raises:
        MediaError: This encoder is missing from the FFmpeg build.
    """
    try:
        header = _open(settings).extradata or b""
    except FFmpegError as err:
        raise _failed(settings) from err
    return tuple(
        unit for unit in annexb.nal_units(header) if annexb.is_parameter_set(settings.codec, unit)
    )


def encode_group(
    settings: EncoderSettings, pictures: Iterable[Picture]
) -> tuple[EncodedPicture, ...]:
    """Encode pictures, given with their indexes, as one group that starts with a key picture.

    Returns:
        Index and Annex B bytes of each picture; the first one carries the parameter sets.

    Raises:
        MediaError: The encoder refused.
    """
    try:
        context = _open(settings)
        header = context.extradata or b""
        packets = []
        for index, frame in pictures:
            frame.pts, frame.time_base = index, 1 / settings.rate
            packets += context.encode(frame)
        packets += context.encode(None)
    except FFmpegError as err:
        raise _failed(settings) from err
    return tuple(
        (packet.pts or 0, _clean(settings.codec, header if not number else b"", bytes(packet)))
        for number, packet in enumerate(packets)
    )


def _clean(codec: str, header: bytes, data: bytes) -> bytes:
    units = [*annexb.nal_units(header), *annexb.nal_units(data)]
    return annexb.joined(unit for unit in units if not annexb.is_dispensable(codec, unit))


def _failed(settings: EncoderSettings) -> MediaError:
    return MediaError(
        f"The demo server could not encode {settings.codec} pictures"
        f" of {settings.width}x{settings.height}.",
        "Check that the PyAV package comes with libx264 and libx265.",
    )
