"""Decoding single pictures exactly: the last one at or before an instant.

FFmpeg through PyAV. What precedes the picture in its group is decoded and thrown away.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import av
from av.codec.context import CodecContext
from av.error import FFmpegError
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from rta_viewer.core.access_unit import AccessUnit, Codec, MediaFormat
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import Picture
from rta_viewer.errors import MediaError

_DECODERS = {Codec.H264: "h264", Codec.H265: "hevc", Codec.MJPEG: "mjpeg"}
_START_CODE = b"\x00\x00\x00\x01"
_TICKS_PER_MS = 1000
"""Time stamps given to the decoder are microseconds since the group's key picture."""

MAX_PIXELS = 8192 * 8192


def decode_at(
    units: Sequence[AccessUnit], instant_ms: float, cancel: CancelToken | None = None
) -> VideoFrame | None:
    """The last picture at or before the instant; None when no unit is that early.

    Args:
        units: One group of pictures in decode order, starting with its key picture.
        instant_ms: UTC milliseconds.
        cancel: Looked at between pictures.

    Returns:
        The decoded picture; its ``pts`` is in microseconds since the first unit.

    Raises:
        MediaError: The data does not decode.
        Cancelled: The token was set.
    """
    if not units:
        return None
    origin_ms = units[0].instant_ms
    wanted = _ticks(instant_ms, origin_ms)
    best: VideoFrame | None = None
    for frame in _decode(units, origin_ms, cancel):
        if frame.pts is None or frame.pts > wanted:
            # Decoders return pictures in presentation order: the one before was the last.
            break
        best = frame
    if best is None and any(unit.instant_ms <= instant_ms for unit in units):
        raise MediaError("The recording could not be decoded at this instant.")
    return best


def decode_between(
    units: Sequence[AccessUnit], from_ms: float, to_ms: float, cancel: CancelToken | None = None
) -> Iterator[tuple[float, VideoFrame]]:
    """The pictures of one group whose instants lie in ``[from_ms, to_ms]``, with their instants.

    Raises:
        MediaError, Cancelled: As :func:`decode_at`.
    """
    for frame in _decode(units, units[0].instant_ms, cancel):
        instant_ms = instant_of(frame, units)
        if instant_ms > to_ms:
            return
        if instant_ms >= from_ms:
            yield instant_ms, frame


def instant_of(frame: VideoFrame, units: Sequence[AccessUnit]) -> float:
    """The UTC instant of a picture that :func:`decode_at` decoded from these units."""
    ticks = frame.pts or 0
    instants = (unit.instant_ms for unit in units)
    origin_ms = units[0].instant_ms
    return min(instants, key=lambda instant: abs(_ticks(instant, origin_ms) - ticks))


def to_picture(frame: VideoFrame, instant_ms: float | None) -> Picture:
    """Convert to the program's picture format (BGRX), at the size of the source."""
    if frame.width * frame.height > MAX_PIXELS:
        raise MediaError(f"A picture of {frame.width} x {frame.height} is too large to show.")
    plane = frame.reformat(format="bgra").planes[0]
    return Picture(frame.width, frame.height, plane.line_size, memoryview(plane), instant_ms)


def picture_at(
    units: Sequence[AccessUnit], instant_ms: float, cancel: CancelToken | None = None
) -> Picture | None:
    """:func:`decode_at`, converted and labelled with the picture's own instant."""
    frame = decode_at(units, instant_ms, cancel)
    if frame is None:
        return None
    return to_picture(frame, instant_of(frame, units))


def reorder_depth(key_unit: AccessUnit) -> int:
    """How many pictures a decoder of this stream holds back; 0 without B-frames or when it is unknown.

    Decodes the key picture: H.264 decoders believe the parameter sets only when they use them.
    """
    context = _open_decoder(key_unit.format)
    try:
        context.decode(Packet(key_unit.data))
    except (FFmpegError, ValueError) as err:
        raise MediaError("The recording's description of itself is damaged.") from err
    return int(context.reorder_depth)


def _ticks(instant_ms: float, origin_ms: float) -> int:
    return round((instant_ms - origin_ms) * _TICKS_PER_MS)


def _open_decoder(media_format: MediaFormat) -> VideoCodecContext:
    name = _DECODERS.get(media_format.codec)
    if name is None:
        raise MediaError(f"Pictures in {media_format.codec} cannot be decoded.")
    context = CodecContext.create(name, "r")
    if not isinstance(context, VideoCodecContext):
        raise MediaError(f"There is no decoder for {media_format.codec}.")
    if media_format.parameter_sets:
        context.extradata = b"".join(_START_CODE + nal for nal in media_format.parameter_sets)
    # Slices only: threads by frames would hold each picture back by their number.
    context.thread_type = "SLICE"
    return context


def _decode(
    units: Iterable[AccessUnit], origin_ms: float, cancel: CancelToken | None
) -> Iterable[VideoFrame]:
    context: VideoCodecContext | None = None
    try:
        for unit in units:
            if cancel is not None:
                cancel.raise_if_cancelled()
            if context is None:
                context = _open_decoder(unit.format)
            packet = Packet(unit.data)
            packet.time_base = Fraction(1, 1_000_000)
            packet.pts = _ticks(unit.instant_ms, origin_ms)
            yield from context.decode(packet)
        if context is not None:
            yield from context.decode(None)
    except (FFmpegError, ValueError) as err:
        raise MediaError("The recording could not be decoded at this instant.") from err


def ffmpeg_version() -> str:
    """The FFmpeg inside PyAV, as it names itself."""
    return str(getattr(av, "ffmpeg_version_info", "unknown"))
