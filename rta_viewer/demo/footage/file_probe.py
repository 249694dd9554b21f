"""What a recorded file holds and when it was recorded, without reading all of it."""

import logging
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream

from rta_viewer.core.name_times import instant_of_name, instant_of_text
from rta_viewer.core.spans import Span
from rta_viewer.demo.footage.adts import aac_format, strip_adts
from rta_viewer.demo.footage.file_index import PROBED_PACKETS, Entry, origin_of, video_entry
from rta_viewer.demo.footage.model import AudioFormat
from rta_viewer.errors import MediaError

_log = logging.getLogger(__name__)

_PASSED = {"h264": "H264", "hevc": "H265"}
_MAX_SIDE = 16_384
_TAIL_PACKETS = 20_000


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One readable file.

    Attributes:
        span: When it was recorded, from the first picture that can be decoded.
        origin_ms: The instant of its first picture; it may lie before ``span`` when that one is lost.
        codec: ``H264`` or ``H265`` when its pictures can be passed on, else empty.
        rate: Pictures a second, roughly.
        audio: The format of its sound, None when there is none that can be passed on.
    """

    path: Path
    span: Span
    origin_ms: float
    codec: str
    width: int
    height: int
    rate: Fraction
    key_frame_interval_s: float
    audio: AudioFormat | None


def open_streams(path: Path) -> tuple[InputContainer, VideoStream, AudioStream | None]:
    """Open a file; the caller closes the container.

    Raises:
        MediaError: It is damaged, or has no pictures.
        OSError: It cannot be read.
    """
    try:
        container = av.open(str(path), mode="r", metadata_errors="ignore")
    except (FFmpegError, ValueError) as err:
        raise MediaError(f"{path.name} is damaged or not a recording.") from err
    videos = [
        stream for stream in container.streams.video if 0 < stream.codec_context.width <= _MAX_SIDE
    ]
    if not videos:
        container.close()
        raise MediaError(f"{path.name} holds no pictures.")
    audios = container.streams.audio
    return container, videos[0], audios[0] if audios else None


def probe(path: Path) -> FileFacts:
    """Look into a file.

    Raises:
        MediaError: It is damaged, holds no picture that can be decoded, or no length can be found.
        OSError: It cannot be read.
    """
    container, video, audio = open_streams(path)
    with container:
        try:
            return _facts(path, container, video, audio)
        except (FFmpegError, ValueError, ZeroDivisionError, OverflowError) as err:
            raise MediaError(f"{path.name} is damaged.") from err


def _facts(
    path: Path, container: InputContainer, video: VideoStream, audio: AudioStream | None
) -> FileFacts:
    base = video.time_base or Fraction(1, 1000)
    entries = _first_entries(container, video)
    keys = [entry for entry in entries if entry.is_key]
    if not keys:
        raise MediaError(f"{path.name} holds no key picture among its first {len(entries)}.")
    origin = origin_of(entries)
    end = _end(container, video, entries)
    length_ms = float((end - origin) * base * 1000)
    start_ms = _start_ms(path, container, length_ms)
    first_ms = start_ms + max(0.0, float((keys[0].pts - origin) * base * 1000))
    span = Span(round(first_ms), max(round(first_ms), round(start_ms + length_ms)))
    if span.is_empty:
        raise MediaError(f"{path.name} has no length.")
    context = video.codec_context
    distance = float((keys[1].pts - keys[0].pts) * base) if len(keys) > 1 else length_ms / 1000
    return FileFacts(
        path=path,
        span=span,
        origin_ms=start_ms,
        codec=_PASSED.get(context.name, "") if _is_planar_420(video) else "",
        width=context.width,
        height=context.height,
        rate=_rate(video),
        key_frame_interval_s=max(distance, 0.0),
        audio=_audio_format(path, audio),
    )


def _is_planar_420(video: VideoStream) -> bool:
    """Players of recorded video rarely take more than 8 bits or other chroma; those are re-encoded."""
    return video.codec_context.pix_fmt in {"yuv420p", "yuvj420p"}


def _rate(video: VideoStream) -> Fraction:
    rate = video.average_rate or video.guessed_rate or Fraction(25)
    return rate if 0 < rate <= 240 else Fraction(25)


def _first_entries(container: InputContainer, video: VideoStream) -> list[Entry]:
    found: list[Entry] = []
    for packet in islice(container.demux(video), PROBED_PACKETS * 40):
        entry = video_entry(packet)
        if entry:
            found.append(entry)
        if len(found) >= PROBED_PACKETS and any(item.is_key for item in found):
            break
    return found


def _end(container: InputContainer, video: VideoStream, entries: list[Entry]) -> int:
    """The time stamp at which the last picture ends: the tail is read, lengths in headers often lie."""
    tail = list(entries)
    try:
        target = tail[0].pts + (1 << 40)
        if video.duration and video.start_time is not None:
            target = video.start_time + video.duration
        elif container.duration:
            base = video.time_base or Fraction(1, 1000)
            target = tail[0].pts + int(Fraction(container.duration, av.time_base) / base)
        container.seek(target, stream=video, backward=True)
        for packet in islice(container.demux(video), _TAIL_PACKETS):
            entry = video_entry(packet)
            if entry:
                tail.append(entry)
    except FFmpegError:
        _log.debug("seeking to the end failed", exc_info=True)
    last = max(tail, key=lambda entry: entry.pts)
    return last.pts + max(last.duration, 1)


def _start_ms(path: Path, container: InputContainer, length_ms: float) -> float:
    named = instant_of_name(path.stem)
    if named is not None:
        return named
    written = instant_of_text(container.metadata.get("creation_time", ""))
    if written is not None:
        return written
    return path.stat().st_mtime * 1000 - length_ms


def _audio_format(path: Path, audio: AudioStream | None) -> AudioFormat | None:
    if audio is None:
        return None
    found = None
    if audio.codec_context.name == "aac":
        found = aac_format(bytes(audio.codec_context.extradata or b""))
        if found is None:
            found = _adts_format(path)
    if found is None:
        _log.warning(
            "%s: its sound (%s) is left out, only AAC-LC is served",
            path.name,
            audio.codec_context.name,
        )
    return found


def _adts_format(path: Path) -> AudioFormat | None:
    """The format as the first frame's own header tells it, as in MPEG-TS."""
    container, _, audio = open_streams(path)
    with container:
        for packet in islice(container.demux(audio), 100):
            if packet.size:
                return aac_format(strip_adts(bytes(packet))[0])
    return None
