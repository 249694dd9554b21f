"""A shown picture as a PNG or JPEG file, with its instant in the file's metadata."""

import contextlib
import os
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
from av.error import FFmpegError
from av.video.frame import VideoFrame

from rta_viewer.core.ports import Picture
from rta_viewer.core.texts import tr
from rta_viewer.errors import StorageError, UsageError
from rta_viewer.media.image_metadata import stamp_jpeg, stamp_png

_CODECS = {
    ".png": ("png", "rgb24"),
    ".jpg": ("mjpeg", "yuvj420p"),
    ".jpeg": ("mjpeg", "yuvj420p"),
}


def save_snapshot(picture: Picture, path: Path) -> None:
    """Write the picture at its full size; an existing file is replaced.

    PNG gets a ``Creation Time`` text (PNG 11.3.4), JPEG a comment segment, both in ISO 8601 UTC.

    Raises:
        UsageError: The name does not end in .png, .jpg or .jpeg.
        StorageError: The file cannot be written.
    """
    if path.suffix.lower() not in _CODECS:
        raise UsageError(tr("{name}: a snapshot is a .png or a .jpg file.", name=path.name))
    data = encode(picture, path.suffix.lower())
    temporary = path.with_name(path.name + ".part")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        _make_name_last(path.parent)
    except OSError as err:
        raise StorageError(
            tr(
                "The snapshot could not be written to {path}: {reason}.",
                path=path,
                reason=err.strerror,
            ),
            tr("Choose another folder."),
        ) from err


def _make_name_last(folder: Path) -> None:
    """Have a name outlive a power cut. Windows sees to that by itself."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def encode(picture: Picture, suffix: str) -> bytes:
    """The file's content; see :func:`save_snapshot`."""
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
