"""A picture as the bytes of a PNG or JPEG file, with its instant in the metadata."""

from datetime import UTC, datetime
from fractions import Fraction
from typing import cast

import av
import numpy as np
from av.error import FFmpegError
from av.video.frame import VideoFrame

from rta_viewer.core.ports import Picture
from rta_viewer.core.texts import tr
from rta_viewer.errors import StorageError
from rta_viewer.media.image_metadata import stamp_jpeg, stamp_png

_CODECS = {
    ".png": ("png", "rgb24"),
    ".jpg": ("mjpeg", "yuvj420p"),
    ".jpeg": ("mjpeg", "yuvj420p"),
}

IMAGE_SUFFIXES = frozenset(_CODECS)
"""What the names of such files end in, lower-case."""


def encode(picture: Picture, suffix: str) -> bytes:
    """The content of a file at the picture's full size.

    PNG gets a ``Creation Time`` text (PNG 11.3.4), JPEG a comment segment, both in ISO 8601 UTC. Any thread.

    Args:
        picture: In memory.
        suffix: One of :data:`IMAGE_SUFFIXES`.

    Raises:
        StorageError: It cannot be encoded.
    """
    codec, pixel_format = _CODECS[suffix]
    rows = np.frombuffer(picture.data, np.uint8)[: picture.stride * picture.height]
    pixels = rows.reshape(picture.height, picture.stride)[:, : picture.width * 4]
    frame = VideoFrame.from_ndarray(
        np.ascontiguousarray(pixels).reshape(picture.height, picture.width, 4), format="bgra"
    )
    encoder = cast(av.VideoCodecContext, av.CodecContext.create(codec, "w"))
    encoder.width, encoder.height = picture.width, picture.height
    encoder.pix_fmt = pixel_format
    encoder.time_base = Fraction(1, 25)
    if codec == "mjpeg":
        encoder.options = {"qmin": "2", "qmax": "3"}
        encoder.color_range = 2
    try:
        converted = frame.reformat(format=pixel_format)
        packets = [*encoder.encode(converted), *encoder.encode(None)]
    except FFmpegError as err:
        raise StorageError(tr("The snapshot could not be encoded.")) from err
    data = b"".join(bytes(packet) for packet in packets)
    if picture.instant_ms is None:
        return data
    text = datetime.fromtimestamp(picture.instant_ms / 1000, UTC).isoformat(timespec="milliseconds")
    return stamp_png(data, text) if codec == "png" else stamp_jpeg(data, text)
