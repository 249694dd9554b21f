"""What a saved video file says of itself: its pictures, its length, the jumps in its time, its date.

Quick: the container's index is read where there is one, not the pictures. The bytes may come from
anybody: the container is chosen by its signature, never guessed, so that a play list cannot make the
demuxer open other files or addresses.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, pairwise
from pathlib import Path
from statistics import median
from typing import Any

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream

from rta_viewer.core.name_times import instant_of_text
from rta_viewer.core.spans import Span, union
from rta_viewer.core.texts import tr
from rta_viewer.errors import MediaError, StorageError
from rta_viewer.media.file_layout import container_of, read_layout

JUMP_MS = 1_500.0
"""Pictures farther apart than this have a gap between them; slow cameras take one a second."""

_FORMATS = {"mp4": "mov", "mkv": "matroska", "avi": "avi", "ts": "mpegts"}
_CODECS = {"h264": "H264", "hevc": "H265", "mjpeg": "MJPEG"}
_PICTURE_MS = 40.0
_MOST_ENTRIES = 5_000_000
_MOST_READ_BYTES = 256 << 20
"""Without an index the whole file has to be read to find the jumps: done up to this size."""

_MOST_STATED = 2_000
_LONGEST_STATEMENT = 1 << 18
_OLDEST_MS = 631_152_000_000.0  # 1990: no recorder is older, but many clocks start in 1904 or 1970


_Pictures = list[tuple[float, bool]]
"""For each picture where it is, in milliseconds since the first one, and whether it is a key picture."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file says.

    Attributes:
        codec: ``H264``, ``H265``, ``MJPEG``, or FFmpeg's name in upper case.
        runs: ``(start, end)`` in milliseconds since the first picture, one for each part without a jump.
        keys_ms: Where key pictures are, in milliseconds since the first one; empty when that is not known.
        stated_ms: UTC instant of the first picture as the file claims; None when it claims nothing.
        stated_spans: The stretches of recording that were joined in it, as the file claims.
        problem: A sentence when not all of the file is there.
    """

    codec: str
    width: int
    height: int
    runs: tuple[tuple[float, float], ...]
    keys_ms: tuple[float, ...] = ()
    stated_ms: float | None = None
    stated_spans: tuple[Span, ...] = ()
    problem: str = ""

    @property
    def duration_ms(self) -> float:
        """From the first picture to the end of the last one."""
        return self.runs[-1][1]


def open_video(path: Path) -> InputContainer:
    """Open a file for reading its pictures.

    Raises:
        MediaError: Not a video of a known kind.
        StorageError: It cannot be read.
    """
    try:
        kind = container_of(path)
    except MediaError as err:
        raise MediaError(
            tr("{name} is not a video that this program knows.", name=path.name)
        ) from err
    except OSError as err:
        raise StorageError(
            tr("{name} cannot be read: {reason}.", name=path.name, reason=err.strerror or err)
        ) from err
    try:
        container = av.open(str(path), "r", format=_FORMATS[kind], metadata_errors="replace")
    except (FFmpegError, IndexError) as err:
        raise MediaError(
            tr("{name} cannot be opened as a video.", name=path.name),
            tr("Check that the file is complete."),
        ) from err
    return container


def read_facts(path: Path) -> FileFacts:
    """Look into a file.

    Raises:
        MediaError: Not a video, or without pictures that can be found.
        StorageError: It cannot be read.
    """
    with open_video(path) as container:
        if not container.streams.video:
            raise MediaError(tr("{name} holds no pictures.", name=path.name))
        video = container.streams.video[0]
        try:
            pictures = _pictures(container, video, path.stat().st_size)
        except (FFmpegError, IndexError, OverflowError) as err:
            raise MediaError(
                tr("{name} is damaged: its pictures cannot be found.", name=path.name)
            ) from err
        shown = [at_ms for at_ms, _ in pictures or ()]
        runs = _joined(shown) if shown else _whole_length(container, video)
        if not runs:
            raise MediaError(tr("{name} holds no pictures.", name=path.name))
        first_ms, spans = stated_times(container.metadata)
        name = video.codec_context.name
        return FileFacts(
            codec=_CODECS.get(name, name.upper()),
            width=video.codec_context.width,
            height=video.codec_context.height,
            runs=tuple(runs),
            keys_ms=tuple(at_ms for at_ms, is_key in pictures or () if is_key),
            stated_ms=first_ms,
            stated_spans=spans,
            problem=_whole(path),
        )


def stated_times(metadata: Mapping[str, str]) -> tuple[float | None, tuple[Span, ...]]:
    """The first picture's instant and the joined stretches, as the tags of a file claim.

    A JSON text in the comment (``firstPicture``, ``segments``) is the most exact; MP4's own creation time
    has whole seconds.
    """
    tags = {key.lower(): text for key, text in metadata.items()}
    first_ms, spans = _statement(tags.get("comment", ""))
    for key in ("creation_time", "date"):
        if first_ms is None and ":" in tags.get(key, ""):
            first_ms = _believable(tags[key])
    return first_ms, spans


def _statement(comment: str) -> tuple[float | None, tuple[Span, ...]]:
    if not comment.startswith("{") or len(comment) > _LONGEST_STATEMENT:
        return None, ()
    try:
        found = json.loads(comment)
        first_ms = _believable(str(found.get("firstPicture", "")))
        pairs = found.get("segments", [])[:_MOST_STATED]
        spans = [Span(_whole_ms(start), _whole_ms(end)) for start, end in pairs]
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None, ()
    return first_ms, tuple(spans) if union(spans) == spans else ()


def _whole_ms(text: object) -> int:
    instant_ms = _believable(str(text))
    if instant_ms is None:
        raise ValueError(text)
    return round(instant_ms)


def _believable(text: str) -> float | None:
    try:
        instant_ms = instant_of_text(text)
    except (OverflowError, TypeError):
        return None
    return instant_ms if instant_ms is not None and instant_ms >= _OLDEST_MS else None


def _whole(path: Path) -> str:
    try:
        read_layout(path)
    except MediaError as err:
        return err.summary
    return ""


def _pictures(container: InputContainer, video: VideoStream, size_bytes: int) -> _Pictures | None:
    """Where the pictures are, out of an index or by reading; None where that would take too long."""
    scale_ms = float((video.time_base or Fraction(1, 1000)) * 1000)
    stamps = _indexed(video)
    if stamps is None and size_bytes <= _MOST_READ_BYTES:
        stamps = sorted(islice(_stamps(container, video), _MOST_ENTRIES))
    if not stamps:
        return None
    origin = stamps[0][0]
    return [((stamp - origin) * scale_ms, is_key) for stamp, is_key in stamps]


def _whole_length(container: InputContainer, video: VideoStream) -> list[tuple[float, float]]:
    scale_ms = float((video.time_base or Fraction(1, 1000)) * 1000)
    if video.duration:
        return [(0.0, video.duration * scale_ms)]
    return [(0.0, container.duration / 1000)] if container.duration else []


def _joined(shown: Sequence[float]) -> list[tuple[float, float]]:
    """Runs of pictures without a jump between them."""
    distances = [later - earlier for earlier, later in pairwise(shown) if later > earlier]
    picture_ms = median(distances) if distances else _PICTURE_MS
    jump_ms = max(JUMP_MS, 3 * picture_ms)
    runs: list[tuple[float, float]] = []
    for at_ms in shown:
        if runs and at_ms + picture_ms - runs[-1][1] <= jump_ms:
            runs[-1] = (runs[-1][0], at_ms + picture_ms)
        else:
            runs.append((at_ms, at_ms + picture_ms))
    return runs


def _indexed(video: VideoStream) -> list[tuple[int, bool]] | None:
    """Out of an index that lists every picture; None where there is no such index."""
    entries: Any = video.index_entries
    count = len(entries)
    # Matroska lists some key pictures only, and an index in pieces is not all there at first.
    if not video.frames or count < video.frames or count > _MOST_ENTRIES:
        return None
    # An edit list leaves out the pictures between a key picture and the asked instant.
    return sorted((entry.timestamp, entry.is_keyframe) for entry in entries if not entry.is_discard)


def _stamps(container: InputContainer, video: VideoStream) -> Iterator[tuple[int, bool]]:
    for packet in container.demux(video):
        stamp = packet.pts if packet.pts is not None else packet.dts
        if packet.size and stamp is not None and not packet.is_discard:
            yield stamp, packet.is_keyframe
