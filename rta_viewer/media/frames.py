"""Decoding single pictures exactly: the last one at or before an instant.

FFmpeg through PyAV. What precedes the picture in its group is decoded and thrown away.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

import av
from av.codec.context import CodecContext
from av.error import FFmpegError
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from rta_viewer.core.access_unit import AccessUnit, Codec, MediaFormat
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import Picture
from rta_viewer.core.texts import tr
from rta_viewer.errors import MediaError

_DECODERS = {Codec.H264: "h264", Codec.H265: "hevc", Codec.MJPEG: "mjpeg"}
_START_CODE = b"\x00\x00\x00\x01"
_TICKS_PER_MS = 1000
"""Time stamps given to the decoder are microseconds since the group's key picture."""

_PARAMETER_SETS = {
    Codec.H264: (0, 0x1F, range(7, 9), range(1, 6)),
    Codec.H265: (1, 0x3F, range(32, 35), range(32)),
}
"""Where a NAL unit's kind is in its first byte (shift, mask), which are parameter sets, which slices."""

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
    wanted = GroupDecoder.ticks(instant_ms, origin_ms)
    best: VideoFrame | None = None
    for frame in _decode(units, origin_ms, cancel):
        if frame.pts is None or frame.pts > wanted:
            # Decoders return pictures in presentation order: the one before was the last.
            break
        best = frame
    if best is None and any(unit.instant_ms <= instant_ms for unit in units):
        raise MediaError(tr("The recording could not be decoded at this instant."))
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
    return min(instants, key=lambda instant: abs(GroupDecoder.ticks(instant, origin_ms) - ticks))


def to_picture(frame: VideoFrame, instant_ms: float | None) -> Picture:
    """Convert to the program's picture format (BGRX), at the size of the source."""
    if frame.width * frame.height > MAX_PIXELS:
        raise MediaError(
            tr(
                "A picture of {width} x {height} is too large to show.",
                width=frame.width,
                height=frame.height,
            )
        )
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


def parameter_sets(key_unit: AccessUnit) -> bytes:
    """What tells one stream's key pictures from another's: the NAL units before the first slice.

    Without those that may differ from one key picture to the next (SEI, delimiters); from the stream's
    description where the key picture has none of its own. Empty for codecs without.
    """
    wanted = _PARAMETER_SETS.get(key_unit.format.codec)
    if wanted is None:
        return b""
    shift, mask, kinds, slices = wanted
    found: list[bytes] = []
    data, at = key_unit.data, key_unit.data.find(b"\0\0\1")
    while 0 <= at < len(data) - 3:
        kind = data[at + 3] >> shift & mask
        if kind in slices:
            break
        following = data.find(b"\0\0\1", at + 3)
        if kind in kinds:
            found.append(data[at + 3 : following if following >= 0 else None].rstrip(b"\0"))
        at = following
    return b"\0\0\1".join(dict.fromkeys(found) or key_unit.format.parameter_sets)


def reorder_depth(key_unit: AccessUnit) -> int:
    """How many pictures a decoder of this stream holds back; 0 without B-frames or when it is unknown.

    Decodes the key picture: H.264 decoders believe the parameter sets only when they use them.
    """
    context = _open_decoder(key_unit.format)
    try:
        context.decode(Packet(key_unit.data))
    except (FFmpegError, ValueError) as err:
        raise MediaError(tr("The recording's description of itself is damaged.")) from err
    return int(context.reorder_depth)


def _open_decoder(media_format: MediaFormat) -> VideoCodecContext:
    name = _DECODERS.get(media_format.codec)
    if name is None:
        raise MediaError(tr("Pictures in {codec} cannot be decoded.", codec=media_format.codec))
    context = CodecContext.create(name, "r")
    if not isinstance(context, VideoCodecContext):
        raise MediaError(tr("There is no decoder for {codec}.", codec=media_format.codec))
    if media_format.parameter_sets:
        context.extradata = b"".join(_START_CODE + nal for nal in media_format.parameter_sets)
    # Slices only: threads by frames would hold each picture back by their number.
    context.thread_type = "SLICE"
    return context


class GroupDecoder:
    """Decodes one group of pictures, unit by unit. One thread.

    Pictures come out in the order in which they are shown; their ``pts`` is in microseconds since the origin.
    """

    def __init__(self, media_format: MediaFormat, origin_ms: float) -> None:
        self.media_format = media_format
        self._context = _open_decoder(media_format)
        self._origin_ms = origin_ms

    def restart(self, origin_ms: float) -> None:
        """Begin with another group of the same format; cheaper than a new decoder with new memory."""
        self._context.flush_buffers()
        self._origin_ms = origin_ms

    @staticmethod
    def ticks(instant_ms: float, origin_ms: float) -> int:
        """The ``pts`` of a picture."""
        return round((instant_ms - origin_ms) * _TICKS_PER_MS)

    def feed(self, unit: AccessUnit) -> list[VideoFrame]:
        """Decode the next unit; raises MediaError when it does not decode."""
        packet = Packet(unit.data)
        packet.time_base = Fraction(1, 1_000_000)
        packet.pts = self.ticks(unit.instant_ms, self._origin_ms)
        return self._decode(packet)

    def drain(self) -> list[VideoFrame]:
        """The pictures that were held back; nothing can be fed afterwards but after a restart."""
        return self._decode(None)

    def _decode(self, packet: "Packet[Any] | None") -> list[VideoFrame]:
        try:
            return self._context.decode(packet)
        except (FFmpegError, ValueError) as err:
            raise MediaError(tr("The recording could not be decoded at this instant.")) from err


def _decode(
    units: Iterable[AccessUnit], origin_ms: float, cancel: CancelToken | None
) -> Iterable[VideoFrame]:
    decoder: GroupDecoder | None = None
    for unit in units:
        if cancel is not None:
            cancel.raise_if_cancelled()
        decoder = decoder or GroupDecoder(unit.format, origin_ms)
        yield from decoder.feed(unit)
    if decoder is not None:
        yield from decoder.drain()


def ffmpeg_version() -> str:
    """The FFmpeg inside PyAV, as it names itself."""
    return str(getattr(av, "ffmpeg_version_info", "unknown"))
