"""The file being written: a container, and tracks that take compressed pictures and sound in order."""

import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path

import av
from av.container import OutputContainer
from av.stream import Stream

from rta_viewer.demo.footage import annexb
from rta_viewer.demo.footage.model import AudioFormat

MUXERS = {"mp4": "mp4", "mkv": "matroska", "avi": "avi"}
"""Container names of the contract and FFmpeg's names for them."""

_MP4_OPTIONS = {"movflags": "+faststart"}
_SAMPLE_TAGS = {"H264": "avc1", "H265": "hvc1"}
_RAW_FORMATS = {"H264": "h264", "H265": "hevc"}
AAC_SAMPLES_PER_UNIT = 1024


def picture_tick_s(container: str, picture_ms: float) -> Fraction:
    """The finest step of time between pictures that the container is asked to keep.

    MP4 takes the customary 90 kHz and Matroska milliseconds. AVI knows only whole picture intervals, so
    its pictures are moved to the nearest one.
    """
    if container == "avi":
        return 1 / Fraction(1000 / picture_ms).limit_denominator(1001)
    return Fraction(1, 90_000 if container == "mp4" else 1000)


@contextmanager
def open_output(path: Path, container: str, tags: dict[str, str]) -> Iterator[OutputContainer]:
    """Open a container for writing; it is finished when the block ends.

    After an exception the file is worthless, and what closing it says about that does not matter.
    """
    options = dict(_MP4_OPTIONS) if container == "mp4" else {}
    output = av.open(str(path), "w", format=MUXERS[container], container_options=options)
    try:
        output.metadata.update(tags)
        yield output
    except BaseException:
        with suppress(av.FFmpegError):
            output.close()
        raise
    output.close()


def add_copied_video(
    output: OutputContainer,
    container: str,
    codec: str,
    parameter_sets: tuple[bytes, ...],
    key_data: bytes,
) -> Stream:
    """A track for pictures that are taken over as they are.

    Args:
        output: The container.
        container: Its name in the contract.
        codec: ``H264`` or ``H265``.
        parameter_sets: Go into the container's header.
        key_data: A key picture, from which FFmpeg learns the rest.
    """
    picture = (
        unit for unit in annexb.nal_units(key_data) if not annexb.is_parameter_set(codec, unit)
    )
    sample = annexb.joined((*parameter_sets, *picture))
    with av.open(io.BytesIO(sample), "r", format=_RAW_FORMATS[codec]) as source:
        track = output.add_stream_from_template(source.streams.video[0], opaque=True)
    if container == "mp4":
        track.codec_context.codec_tag = _SAMPLE_TAGS[codec]
    return track


def add_copied_audio(output: OutputContainer, audio: AudioFormat, unit: bytes) -> Stream:
    """A track for AAC that is taken over as it is, described by one of its units."""
    with av.open(io.BytesIO(_with_adts(audio, unit)), "r", format="aac") as source:
        track = output.add_stream_from_template(source.streams.audio[0], opaque=True)
    track.codec_context.extradata = audio.config
    return track


def _with_adts(audio: AudioFormat, unit: bytes) -> bytes:
    """The unit with an ADTS header (ISO/IEC 13818-7 6.2), from which FFmpeg learns the format."""
    kind = audio.config[0] >> 3
    rate = ((audio.config[0] & 7) << 1) | (audio.config[1] >> 7)
    channels = (audio.config[1] >> 3) & 15
    size = len(unit) + 7
    header = bytes(
        (
            0xFF,
            0xF1,
            ((kind - 1) << 6) | (rate << 2) | (channels >> 2),
            ((channels & 3) << 6) | (size >> 11),
            (size >> 3) & 0xFF,
            ((size & 7) << 5) | 0x1F,
            0xFC,
        )
    )
    return header + unit


class Track:
    """Feeds one stream of a container with data that is compressed already.

    Decode times are kept strictly rising: where joined stretches would overlap by a rounding error (or by
    pictures that only serve to decode others) the later data moves on by one tick.

    Args:
        reordered: Pictures may be decoded in another order than shown.
    """

    def __init__(
        self, output: OutputContainer, stream: Stream, tick_s: Fraction, *, reordered: bool
    ) -> None:
        self._output = output
        self._stream = stream
        self._tick_s = tick_s
        self._ticks_per_ms = float(1 / (1000 * tick_s))
        self._reordered = reordered
        self._last_dts: int | None = None
        stream.time_base = tick_s

    def write(
        self, data: bytes, *, shown_ms: float, decoded_ms: float, duration_ms: float, is_key: bool
    ) -> None:
        """Append one picture or block of sound; times are the file's."""
        pts = self._ticks(shown_ms)
        dts = self._ticks(decoded_ms) if self._reordered else pts
        if self._last_dts is not None:
            dts = max(dts, self._last_dts + 1)
        self._last_dts = dts
        packet = av.Packet(data)
        packet.stream = self._stream
        packet.time_base = self._tick_s
        packet.dts = dts
        packet.pts = max(pts, dts)
        packet.duration = max(1, self._ticks(shown_ms + duration_ms) - pts)
        packet.is_keyframe = is_key
        self._output.mux_one(packet)

    def _ticks(self, file_ms: float) -> int:
        return round(file_ms * self._ticks_per_ms)
