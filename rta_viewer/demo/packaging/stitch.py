"""Joins footage without re-encoding: the pictures in the file are the recorded ones, bit for bit."""

from rta_viewer.demo.footage import annexb
from rta_viewer.demo.footage.model import Gop, VideoFormat, VideoUnit
from rta_viewer.demo.packaging.job import PackagingJob, ProgressMeter, SoundTrack
from rta_viewer.demo.packaging.mp4_end import end_video_at
from rta_viewer.demo.packaging.output import (
    Track,
    add_copied_video,
    open_output,
    picture_tick_s,
)
from rta_viewer.demo.packaging.selection import (
    Segment,
    groups,
    is_reordered,
    picture_step_ms,
    until,
)
from rta_viewer.errors import UsageError


def stitch(job: PackagingJob) -> None:
    """Write the file.

    Raises:
        UsageError: The container cannot hold this camera's pictures unchanged.
        Cancelled: The job's token was set.
    """
    video = job.footage.video
    check_container(job.container, video.codec)
    picture_ms = picture_step_ms(job.footage, job.selection, job.cancel)
    first = next(groups(job.footage, job.selection.segments[0], job.cancel))
    meter = ProgressMeter(job)
    with open_output(job.path, job.container, job.tags) as output:
        key_data = first.units[0].data
        sets = _parameter_sets(video, key_data)
        stream = add_copied_video(output, job.container, video.codec, sets, key_data)
        tick_s = picture_tick_s(job.container, picture_ms)
        pictures = _Pictures(
            Track(output, stream, tick_s, reordered=job.container != "avi"),
            job.container,
            video.codec,
            sets,
        )
        sound = SoundTrack(job, output)
        for segment in job.selection.segments:
            for gop in groups(job.footage, segment, job.cancel):
                pictures.write(segment, gop)
                sound.write_until(segment, gop.end_ms)
                meter.reached(segment.to_file_ms(min(gop.end_ms, segment.end_ms)))
            sound.write_until(segment, segment.end_ms)
    if job.container == "mp4" and pictures.overhangs:
        end_video_at(job.path, job.selection.duration_ms)


def check_container(container: str, codec: str) -> None:
    """Refuse what the container cannot hold.

    Raises:
        UsageError: H.265 was asked for in AVI.
    """
    if container == "avi" and codec != "H264":
        raise UsageError(
            "AVI cannot hold this camera's H.265 pictures unchanged.",
            "Choose MP4 or MKV, or a quality (low, medium, high), which re-encodes to H.264.",
        )


def _parameter_sets(video: VideoFormat, key_data: bytes) -> tuple[bytes, ...]:
    """Those of the first picture: a camera's recordings may differ from what it sends today."""
    own = [
        unit for unit in annexb.nal_units(key_data) if annexb.is_parameter_set(video.codec, unit)
    ]
    return tuple(dict.fromkeys(own)) or video.parameter_sets


class _Pictures:
    """Writes groups of pictures into a track in the form that the container wants.

    Attributes:
        overhangs: A picture later than the end was written, because earlier ones refer to it.
    """

    def __init__(
        self, track: Track, container: str, codec: str, parameter_sets: tuple[bytes, ...]
    ) -> None:
        self._track = track
        self._container = container
        self._codec = codec
        self._sets = frozenset(parameter_sets)
        self._same_sets = True
        self._segment: Segment | None = None
        self.overhangs = False

    def write(self, segment: Segment, gop: Gop) -> None:
        if self._container == "avi" and is_reordered(gop):
            raise UsageError(
                "AVI cannot hold this camera's pictures unchanged: they use B-frames, for which AVI has "
                "no time stamps.",
                "Choose MP4 or MKV, or a quality (low, medium, high), which re-encodes without B-frames.",
            )
        units = until(gop.units, segment.end_ms)
        if segment is not self._segment:
            self._segment = segment
            # Pictures shown before the first key picture refer to a group that is not in the file.
            units = tuple(unit for unit in units if unit.instant_ms >= units[0].instant_ms)
        for unit in units:
            self.overhangs = unit.instant_ms >= segment.end_ms or self.overhangs
            self._track.write(
                self._data(unit),
                shown_ms=segment.to_file_ms(unit.instant_ms),
                decoded_ms=segment.to_file_ms(unit.decode_ms),
                duration_ms=max(0.0, min(unit.duration_ms, segment.end_ms - unit.instant_ms)),
                is_key=unit.is_key,
            )

    def _data(self, unit: VideoUnit) -> bytes:
        """MP4 and Matroska keep parameter sets in their header; ``avc1`` and ``hvc1`` want them only there.

        Once a recording brings others, all stay with the pictures from there on: rather decodable than pure.
        """
        if not unit.is_key or self._container == "avi" or not self._same_sets:
            return unit.data
        units = list(annexb.nal_units(unit.data))
        sets = {item for item in units if annexb.is_parameter_set(self._codec, item)}
        if not sets <= self._sets:
            self._same_sets = False
            return unit.data
        return annexb.joined([item for item in units if item not in sets])
