"""Decodes, marks and encodes again: for a watermark, or for a smaller file."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from av.codec import CodecContext
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream

from rta_viewer.demo.packaging.job import PackagingJob, ProgressMeter, SoundTrack
from rta_viewer.demo.packaging.output import open_output, picture_tick_s
from rta_viewer.demo.packaging.selection import Segment, groups, picture_step_ms, until
from rta_viewer.demo.packaging.watermark import Stamp

_DECODERS = {"H264": "h264", "H265": "hevc"}
_MICROSECONDS = Fraction(1, 1_000_000)
_KEY_PICTURE_EVERY_S = 2.0


@dataclass(frozen=True, slots=True)
class Quality:
    """How to encode. ``crf`` is x264's constant rate factor; 0 for ``max_width`` keeps the size."""

    crf: int
    max_width: int = 0


QUALITIES = {
    "low": Quality(crf=32, max_width=640),
    "medium": Quality(crf=28),
    "high": Quality(crf=21),
}
_NEAR_ORIGINAL = Quality(crf=18)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A decoded picture and when it was on display; ``opens`` marks the first of a stretch."""

    frame: VideoFrame
    instant_ms: float
    file_ms: float
    duration_ms: float
    opens: bool


def reencode(job: PackagingJob, quality: str, watermark: str | None) -> None:
    """Write the file as H.264 without B-frames, which every container and player takes.

    Raises:
        Cancelled: The job's token was set.
    """
    settings = QUALITIES[quality] if quality else _NEAR_ORIGINAL
    picture_ms = picture_step_ms(job.footage, job.selection, job.cancel)
    width, height = _scaled(job.footage.video.width, job.footage.video.height, settings.max_width)
    meter = ProgressMeter(job)
    with open_output(job.path, job.container, job.tags) as output:
        encoder = _Encoder(output, job.container, settings, picture_ms, (width, height))
        sound = SoundTrack(job, output)
        stamp = Stamp(watermark, width, height) if watermark else None
        for segment in job.selection.segments:
            for shown in _pictures(job, segment):
                job.cancel.raise_if_cancelled()
                frame = shown.frame.reformat(width, height, "yuv420p")
                if stamp:
                    frame.make_writable()
                    stamp.draw(frame, shown.instant_ms)
                encoder.write(frame, shown)
                sound.write_until(segment, shown.instant_ms + shown.duration_ms)
                meter.reached(shown.file_ms)
            sound.write_until(segment, segment.end_ms)
        encoder.finish()


def _scaled(width: int, height: int, max_width: int) -> tuple[int, int]:
    """The size to encode in: both sides even, as 4:2:0 wants them."""
    if max_width and width > max_width:
        height = round(height * max_width / width)
        width = max_width
    return max(2, width // 2 * 2), max(2, height // 2 * 2)


def _pictures(job: PackagingJob, segment: Segment) -> Iterator[_Shown]:
    """The stretch's pictures in the order of display, those before its start left out."""
    opens = True
    for frame, instant_ms, duration_ms in _decoded(job, segment):
        if instant_ms < segment.start_ms - _ROUNDING_MS or instant_ms >= segment.end_ms:
            continue
        lasts_ms = min(duration_ms, segment.end_ms - instant_ms)
        yield _Shown(frame, instant_ms, segment.to_file_ms(instant_ms), lasts_ms, opens)
        opens = False


_ROUNDING_MS = 0.01


def _decoded(job: PackagingJob, segment: Segment) -> Iterator[tuple[VideoFrame, float, float]]:
    codec = CodecContext.create(_DECODERS[job.footage.video.codec], "r")
    assert isinstance(codec, VideoCodecContext)  # noqa: S101 - tells the type checker
    codec.thread_count = 2
    times: dict[int, tuple[float, float]] = {}
    origin_ms = segment.start_ms
    for gop in groups(job.footage, segment, job.cancel):
        for unit in until(gop.units, segment.end_ms):
            packet = Packet(unit.data)
            packet.time_base = _MICROSECONDS
            packet.pts = round((unit.instant_ms - origin_ms) * 1000)
            packet.dts = round((unit.decode_ms - origin_ms) * 1000)
            times[packet.pts] = (unit.instant_ms, unit.duration_ms)
            for frame in codec.decode(packet):
                yield frame, *times.pop(frame.pts or 0)
    for frame in codec.decode(None):
        yield frame, *times.pop(frame.pts or 0)


class _Encoder:
    """An H.264 track. Durations are kept until the encoder gives the picture back."""

    def __init__(
        self,
        output: OutputContainer,
        container: str,
        settings: Quality,
        picture_ms: float,
        size: tuple[int, int],
    ) -> None:
        self._output = output
        self._tick_s = picture_tick_s(container, picture_ms)
        self._ticks_per_ms = float(1 / (1000 * self._tick_s))
        rate = Fraction(1000 / picture_ms).limit_denominator(1001)
        stream = output.add_stream("libx264", rate=rate)
        assert isinstance(stream, VideoStream)  # noqa: S101 - tells the type checker
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = self._tick_s
        stream.codec_context.thread_count = 2
        stream.codec_context.gop_size = max(1, round(rate * Fraction(_KEY_PICTURE_EVERY_S)))
        stream.codec_context.options = {
            "preset": "veryfast",
            "crf": str(settings.crf),
            "bf": "0",
            "forced-idr": "1",
        }
        self._stream = stream
        self._last_pts = -1
        self._durations: dict[int, int] = {}

    def write(self, frame: VideoFrame, shown: _Shown) -> None:
        """Encode one picture."""
        pts = max(self._ticks(shown.file_ms), self._last_pts + 1)
        self._last_pts = pts
        self._durations[pts] = max(1, self._ticks(shown.file_ms + shown.duration_ms) - pts)
        frame.pts = pts
        frame.time_base = self._tick_s
        frame.pict_type = PictureType.I if shown.opens else PictureType.NONE
        self._mux(self._stream.encode(frame))

    def finish(self) -> None:
        """Write what the encoder still holds."""
        self._mux(self._stream.encode(None))

    def _mux(self, packets: "list[Packet[Stream]]") -> None:
        for packet in packets:
            if packet.pts is not None:
                packet.duration = self._durations.pop(packet.pts, packet.duration)
            self._output.mux_one(packet)

    def _ticks(self, file_ms: float) -> int:
        return round(file_ms * self._ticks_per_ms)
