"""What a file on disk really holds: every packet is counted, some pictures are decoded.

The bytes come from a server and are hostile: the container is chosen by its signature (never guessed, so
a play list cannot make the demuxer open other files or addresses), and FFmpeg reads through a Python file
object, which also knows long Windows paths. Memory stays small whatever the size of the file.
"""

import errno
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.codec.context import CodecContext
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition, Stream
from av.video.stream import VideoStream

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.drive_calls import at_drive
from rta_viewer.core.texts import tr
from rta_viewer.errors import MediaError, StorageError
from rta_viewer.media.decoding_check import check_decoding
from rta_viewer.media.file_chain import FileChain
from rta_viewer.media.file_facts import stated_times
from rta_viewer.media.file_layout import FileLayout, read_layout
from rta_viewer.media.picture_start import (
    can_be_picture,
    first_mark,
    has_hole,
    has_units,
    unit_length_bytes,
)
from rta_viewer.media.plain import Plain
from rta_viewer.media.repeats import Repeats
from rta_viewer.media.spacing import Spacing

ProbeProgress = Callable[[float], None]

_DEMUXERS = {"mp4": "mov", "mkv": "matroska", "avi": "avi", "ts": "mpegts"}
_CODECS = {"h264": "H264", "hevc": "H265", "mjpeg": "MJPEG"}
_BUFFER_BYTES = 1 << 20
_LOOK_EVERY = 256
_MAX_PACKETS = 200_000_000
_LONGEST_SOUND_S = 2.0
_PLACES_APART_S = 10
_NO_FILM = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image


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
        usual_distance_s: The median distance of two pictures; None with fewer than two.
        pauses_s: ``(start, end)`` since the first picture of each stretch of a second or longer in which
            one picture stands; the longest ones when there are very many.
        steps_back_s: How far at most a picture is shown before one that came long before it.
        sound_s: How long all sound together lasts.
        picture_streams: How many streams of pictures there are; covers and thumbnails do not count.
        damaged_s: Where pictures between the first and the last group were tried and do not decode, or
            cannot be such by their first bytes, in seconds since the first picture.
        repeated_s: ``(first, again)`` since the first picture: where a stretch of pictures begins that is in
            the file twice; None without one.
        plain_s: ``(start, end)`` since the first picture of each stretch in which next to nothing is shown.
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
    usual_distance_s: float | None
    pauses_s: tuple[tuple[float, float], ...]
    steps_back_s: float
    sound_s: float
    picture_streams: int
    damaged_s: tuple[float, ...]
    repeated_s: tuple[float, float] | None
    plain_s: tuple[tuple[float, float], ...]


@dataclass(slots=True)
class _Count:
    """What the packets tell, in ticks of the pictures' stream."""

    spacing: Spacing
    keys: Spacing
    repeats: Repeats
    length_bytes: int
    mark: bytes
    in_units: bool
    plain: Plain = field(default_factory=Plain)
    pictures: int = 0
    key_pictures: int = 0
    first: int | None = None
    last: int = 0
    end: int = 0
    seek_points: list[int] = field(default_factory=list)
    sound_s: float = 0.0
    damaged: list[int] = field(default_factory=list)

    def tell_damage(self, stamp: int, apart: int) -> None:
        """Once for places that are near each other."""
        if not self.damaged or abs(stamp - self.damaged[-1]) >= apart:
            self.damaged.append(stamp)


@at_drive()
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
            path.open("rb", buffering=0) as again,
            av.open(
                file,
                "r",
                format=_DEMUXERS[layout.container],
                buffer_size=_BUFFER_BYTES,
                metadata_errors="replace",
            ) as container,
        ):
            chain = FileChain(again, layout.container, layout.end)
            return _examine(container, layout, chain, path.stat().st_size, (cancel, progress))
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
    chain: FileChain,
    size_bytes: int,
    listeners: tuple[CancelToken, ProbeProgress | None],
) -> MediaFileInfo:
    if not container.streams.video:
        raise MediaError(tr("The file holds no pictures."), tr("Choose another time or camera."))
    video = container.streams.video[0]
    if _codec_name(video) is None:
        raise MediaError(tr("The pictures are in a format that this program does not know."))
    sound = next((one for one in container.streams.audio if _codec_name(one)), None)
    count = _count(container, (video, sound), chain, size_bytes, listeners)
    if count.first is None:
        raise MediaError(tr("The file holds no pictures."), tr("Choose another time or camera."))
    base = video.time_base or Fraction(1)
    shown = (count.first, count.last)
    decodes, damaged_s = check_decoding(container, video, count.seek_points, shown, listeners[0])
    stated_ms, _ = stated_times(container.metadata)
    repeated = count.repeats.found()
    return MediaFileInfo(
        size_bytes=size_bytes,
        container=layout.container,
        video_codec=_codec_name(video) or "",
        width=video.width,
        height=video.height,
        duration_s=float((count.end - count.first) * base),
        first_presentation_s=float(count.first * base),
        last_presentation_s=float(count.last * base),
        picture_count=count.pictures,
        key_picture_count=count.key_pictures,
        key_distance_max_s=_seconds(count.keys.longest or None, base),
        key_distance_median_s=_seconds(count.keys.usual, base),
        audio_codec=_codec_name(sound) if sound is not None else None,
        creation_time_ms=None if stated_ms is None else round(stated_ms),
        is_faststart=layout.is_faststart,
        is_fragmented=layout.is_fragmented,
        decodes=decodes,
        usual_distance_s=_seconds(count.spacing.usual, base),
        pauses_s=tuple(_since(count.first, pause, base) for pause in _pauses(count)),
        steps_back_s=float(count.spacing.steps_back * base),
        sound_s=count.sound_s,
        picture_streams=sum(
            not stream.disposition & _NO_FILM for stream in container.streams.video
        ),
        damaged_s=tuple(
            sorted([*damaged_s, *(float((stamp - count.first) * base) for stamp in count.damaged)])
        ),
        repeated_s=None if repeated is None else _since(count.first, repeated, base),
        plain_s=tuple(_since(count.first, one, base) for one in count.plain.found(count.end)),
    )


def _seconds(ticks: int | None, base: Fraction) -> float | None:
    return None if ticks is None else float(ticks * base)


def _since(first: int, pair: tuple[int, int], base: Fraction) -> tuple[float, float]:
    start, end = pair
    return float((start - first) * base), float((end - first) * base)


def _pauses(count: _Count) -> list[tuple[int, int]]:
    """The long distances; the last picture may stand for long, too."""
    stands = [(count.last, count.end)] if count.end > count.last + count.spacing.least_pause else []
    return [*count.spacing.pauses, *stands]


def _count(
    container: InputContainer,
    read: tuple[VideoStream, AudioStream | None],
    chain: FileChain,
    size_bytes: int,
    listeners: tuple[CancelToken, ProbeProgress | None],
) -> _Count:
    video, sound = read
    cancel, progress = listeners
    base = video.time_base or Fraction(1)
    nominal = round((1 / video.average_rate if video.average_rate else Fraction(1, 25)) / base)
    second = max(1, round(1 / base))
    codec = video.codec_context
    count = _Count(
        Spacing(second),
        Spacing(second),
        Repeats(second),
        unit_length_bytes(codec),
        first_mark(codec),
        has_units(codec),
    )
    streams = [video] if sound is None else [video, sound]
    for number, packet in enumerate(islice(container.demux(streams), _MAX_PACKETS)):
        if number % _LOOK_EVERY == 0:
            cancel.raise_if_cancelled()
        is_unbroken = chain.add(packet.pos, packet.size, is_picture=packet.stream is video)
        if packet.stream is sound:
            count.sound_s += _lasts_s(packet)
            continue
        if progress and number % _LOOK_EVERY == 0 and packet.pos is not None and packet.pos >= 0:
            progress(min(1.0, packet.pos / max(1, size_bytes)))
        stamp = packet.pts if packet.pts is not None else packet.dts
        if packet.size and not packet.is_discard and stamp is not None:
            _take(count, packet, stamp, packet.duration or nominal)
            if not (is_unbroken and _can_be(count, packet, stamp)):
                count.tell_damage(stamp, _PLACES_APART_S * second)
    if not chain.ends():
        count.tell_damage(count.last, _PLACES_APART_S * second)
    count.spacing.finish()
    count.keys.finish()
    if progress:
        progress(1.0)
    return count


def _can_be(count: _Count, packet: "Packet[Stream]", stamp: int) -> bool:
    """What the bytes of a picture tell."""
    data = memoryview(packet)
    if packet.is_keyframe:
        count.repeats.add(stamp, data)
    if not can_be_picture(data, count.length_bytes, count.mark):
        return False
    return not (count.in_units and has_hole(data, count.length_bytes))


def _take(count: _Count, packet: "Packet[Stream]", stamp: int, lasts: int) -> None:
    """One picture more."""
    count.pictures += 1
    count.first = stamp if count.first is None else min(count.first, stamp)
    count.last = max(count.last, stamp) if count.pictures > 1 else stamp
    count.end = max(count.end, stamp + lasts) if count.pictures > 1 else stamp + lasts
    count.spacing.add(stamp)
    if packet.is_keyframe:
        count.key_pictures += 1
        count.keys.add(stamp)
        count.plain.add(stamp, packet.size)
        # Seeking goes by decode time, which is never the later one.
        point = packet.dts if packet.dts is not None else stamp
        count.seek_points = [*count.seek_points[:1], point]


def _lasts_s(packet: "Packet[Stream]") -> float:
    """How long a block of sound is; longer ones than codecs make hide that there is nothing more."""
    return min(_LONGEST_SOUND_S, float((packet.duration or 0) * packet.time_base))


def _codec_name(stream: Stream) -> str | None:
    """Our name of the codec, None for one that FFmpeg has no decoder for."""
    context: CodecContext | None = stream.codec_context
    return _CODECS.get(context.name, context.name.upper()) if context else None
