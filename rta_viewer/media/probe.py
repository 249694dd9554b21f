"""What a file on disk really holds: every packet is counted, the first and the last pictures are decoded.

The bytes come from a server and are hostile: the container is chosen by its signature (never guessed, so
a play list cannot make the demuxer open other files or addresses), and FFmpeg reads through a Python file
object, which also knows long Windows paths. Memory stays small whatever the size of the file.
"""

import errno
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC
from fractions import Fraction
from itertools import islice, pairwise
from pathlib import Path
from statistics import median

import av
from av.codec.context import CodecContext
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.texts import tr
from rta_viewer.core.timetext import parse_instant
from rta_viewer.errors import MediaError, StorageError, UsageError
from rta_viewer.media.file_layout import FileLayout, read_layout

ProbeProgress = Callable[[float], None]

_DEMUXERS = {"mp4": "mov", "mkv": "matroska", "avi": "avi", "ts": "mpegts"}
_CODECS = {"h264": "H264", "hevc": "H265", "mjpeg": "MJPEG"}
_BUFFER_BYTES = 1 << 20
_LOOK_EVERY = 256
_MAX_PACKETS = 200_000_000
_MAX_DECODED = 1500
_MAX_PIXELS = 8192 * 8192
_OLDEST_MS = 631_152_000_000  # 1990: no recorder is older, but many clocks start in 1904 or 1970


@dataclass(frozen=True, slots=True)
class MediaFileInfo:
    """What is in a file.

    Attributes:
        container: ``mp4``, ``mkv``, ``avi`` or ``ts``.
        video_codec: ``H264``, ``H265``, ``MJPEG``, or FFmpeg's name in upper case.
        duration_s: From the first picture's presentation to the end of the last one's.
        first_presentation_s: The first picture's time in the file; not always 0.
        last_presentation_s: The last picture's time in the file.
        picture_count: Pictures that are presented, counted one by one.
        key_distance_max_s: The longest way between two key pictures; None with fewer than two.
        audio_codec: FFmpeg's name in upper case, None without sound.
        creation_time_ms: As the file claims, a hint only: whole seconds in MP4, often local time.
        is_faststart: False for an MP4 whose index comes last.
        decodes: The first key picture and the last group of pictures were really decoded.
    """

    size_bytes: int
    container: str
    video_codec: str
    width: int
    height: int
    duration_s: float
    first_presentation_s: float
    last_presentation_s: float
    picture_count: int
    key_picture_count: int
    key_distance_max_s: float | None
    key_distance_median_s: float | None
    audio_codec: str | None
    creation_time_ms: int | None
    is_faststart: bool
    is_fragmented: bool
    decodes: bool


@dataclass(slots=True)
class _Count:
    """What the packets of the video stream tell."""

    pictures: int = 0
    first: Fraction | None = None
    last: Fraction = Fraction(0)
    end: Fraction = Fraction(0)
    keys: list[float] = field(default_factory=list)
    seek_points: list[int] = field(default_factory=list)


def probe_file(
    path: Path, *, cancel: CancelToken | None = None, progress: ProbeProgress | None = None
) -> MediaFileInfo:
    """Examine a file. Reads all of it once, decodes little; takes as long as the disk takes.

    Args:
        path: The file.
        cancel: Looked at often.
        progress: Called from this thread with a share from 0 to 1.

    Raises:
        MediaError: Not a video, cut off, or without pictures.
        StorageError: The file cannot be read.
        Cancelled: ``cancel`` was set.
    """
    cancel = cancel or CancelToken()
    try:
        layout = read_layout(path)
        with (
            path.open("rb") as file,
            av.open(
                file,
                "r",
                format=_DEMUXERS[layout.container],
                buffer_size=_BUFFER_BYTES,
                metadata_errors="replace",
            ) as container,
        ):
            return _examine(container, layout, path.stat().st_size, cancel, progress)
    except (av.FFmpegError, IndexError) as err:
        # PyAV raises IndexError for a stream that appears in the middle of a file.
        raise _damaged() from err
    except OSError as err:
        if err.errno == errno.EINVAL:  # a damaged index led before the beginning of the file
            raise _damaged() from err
        raise StorageError(
            tr(
                "The file {name} cannot be read: {reason}.",
                name=path.name,
                reason=err.strerror or err,
            )
        ) from err


def _damaged() -> MediaError:
    return MediaError(
        tr("The file is damaged: its pictures cannot be found."), tr("Fetch it again.")
    )


def _examine(
    container: InputContainer,
    layout: FileLayout,
    size_bytes: int,
    cancel: CancelToken,
    progress: ProbeProgress | None,
) -> MediaFileInfo:
    if not container.streams.video:
        raise MediaError(tr("The file holds no pictures."), tr("Choose another time or camera."))
    video = container.streams.video[0]
    if _codec_name(video) is None:
        raise MediaError(tr("The pictures are in a format that this program does not know."))
    count = _count(container, video, size_bytes, cancel, progress)
    if count.first is None:
        raise MediaError(tr("The file holds no pictures."), tr("Choose another time or camera."))
    decodes = _decodes(container, video, count, cancel)
    distances = [later - earlier for earlier, later in pairwise(sorted(count.keys))]
    sounds = (_codec_name(stream) for stream in container.streams.audio)
    return MediaFileInfo(
        size_bytes=size_bytes,
        container=layout.container,
        video_codec=_codec_name(video) or "",
        width=video.width,
        height=video.height,
        duration_s=float(count.end - count.first),
        first_presentation_s=float(count.first),
        last_presentation_s=float(count.last),
        picture_count=count.pictures,
        key_picture_count=len(count.keys),
        key_distance_max_s=max(distances, default=None),
        key_distance_median_s=median(distances) if distances else None,
        audio_codec=next((name for name in sounds if name), None),
        creation_time_ms=_creation_time(container.metadata),
        is_faststart=layout.is_faststart,
        is_fragmented=layout.is_fragmented,
        decodes=decodes,
    )


def _count(
    container: InputContainer,
    video: VideoStream,
    size_bytes: int,
    cancel: CancelToken,
    progress: ProbeProgress | None,
) -> _Count:
    count = _Count()
    base = video.time_base or Fraction(1)
    nominal = 1 / video.average_rate if video.average_rate else Fraction(1, 25)
    for number, packet in enumerate(islice(container.demux(video), _MAX_PACKETS)):
        if number % _LOOK_EVERY == 0:
            cancel.raise_if_cancelled()
            if progress and packet.pos is not None and packet.pos >= 0:
                progress(min(1.0, packet.pos / max(1, size_bytes)))
        stamp = packet.pts if packet.pts is not None else packet.dts
        if not packet.size or packet.is_discard or stamp is None:
            continue
        shown = stamp * base
        lasts = packet.duration * base if packet.duration else nominal
        count.pictures += 1
        count.first = shown if count.first is None else min(count.first, shown)
        count.last = max(count.last, shown)
        count.end = max(count.end, shown + lasts)
        if packet.is_keyframe:
            count.keys.append(float(shown))
            count.seek_points = [*count.seek_points[:1], _seek_point(packet, stamp)]
    if progress:
        progress(1.0)
    return count


def _seek_point(packet: "Packet[VideoStream]", stamp: int) -> int:
    """What finds this key picture again: seeking goes by decode time, which is never the later one."""
    return packet.dts if packet.dts is not None else stamp


def _decodes(
    container: InputContainer, video: VideoStream, count: _Count, cancel: CancelToken
) -> bool:
    """Decode the first key picture, then everything from the last one on."""
    if not count.seek_points or video.width * video.height > _MAX_PIXELS:
        return False
    try:
        container.seek(count.seek_points[0], stream=video)
        first = next(_frames(container, video, cancel), None)
        container.seek(count.seek_points[-1], stream=video)
        rest = list(
            islice((frame.is_corrupt for frame in _frames(container, video, cancel)), _MAX_DECODED)
        )
    except av.FFmpegError:
        return False
    return first is not None and bool(rest) and not rest[-1]


def _frames(
    container: InputContainer, video: VideoStream, cancel: CancelToken
) -> Iterator[av.VideoFrame]:
    for packet in container.demux(video):
        cancel.raise_if_cancelled()
        yield from _decode(packet)


def _decode(packet: "Packet[VideoStream]") -> list[av.VideoFrame]:
    return packet.decode()


def _codec_name(stream: Stream) -> str | None:
    """Our name of the codec, None for one that FFmpeg has no decoder for."""
    context: CodecContext | None = stream.codec_context
    return _CODECS.get(context.name, context.name.upper()) if context else None


def _creation_time(metadata: dict[str, str]) -> int | None:
    """The first of the usual tags that holds a date with a time of day and is believable."""
    for wanted in ("creation_time", "date"):
        for key, text in metadata.items():
            if key.lower() != wanted or ":" not in text:
                continue
            try:
                instant = parse_instant(text, UTC)
            except UsageError:
                continue
            if instant >= _OLDEST_MS:
                return instant
    return None
