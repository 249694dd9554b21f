"""One packaging order, shared by the two ways of carrying it out."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from av.container import OutputContainer

from rta_viewer.core.cancel import CancelToken
from rta_viewer.demo.footage.model import AudioUnit, CameraFootage
from rta_viewer.demo.packaging.output import AAC_SAMPLES_PER_UNIT, Track, add_copied_audio
from rta_viewer.demo.packaging.selection import Segment, Selection

_BEFORE_THE_END = 0.98
_SEGMENTS_SEARCHED = 20
_SEARCH_MS = 2000.0


@dataclass(frozen=True, slots=True)
class PackagingJob:
    """What to write, where, and whom to tell.

    Attributes:
        path: Written from the beginning; the caller gives it its final name.
        tags: The container's metadata.
    """

    footage: CameraFootage
    selection: Selection
    path: Path
    container: str
    include_audio: bool
    tags: dict[str, str]
    progress: Callable[[float], None]
    cancel: CancelToken


class ProgressMeter:
    """Turns positions in the file into a share from 0 to just below 1 that never falls."""

    def __init__(self, job: PackagingJob) -> None:
        self._total_ms = max(1.0, job.selection.duration_ms)
        self._report = job.progress
        self._share = 0.0

    def reached(self, file_ms: float) -> None:
        """Everything before this position is written."""
        share = min(1.0, max(0.0, file_ms / self._total_ms)) * _BEFORE_THE_END
        if share > self._share:
            self._share = share
            self._report(share)


class SoundTrack:
    """Copies sound next to the pictures, stretch by stretch; does nothing where there is none."""

    def __init__(self, job: PackagingJob, output: OutputContainer) -> None:
        self._job = job
        self._track = _audio_track(job, output)
        self._segment: Segment | None = None
        self._written_to_ms = 0.0

    def write_until(self, segment: Segment, instant_ms: float) -> None:
        """Append what was heard in the segment before the instant (UTC) and is not written yet."""
        if self._track is None:
            return
        if segment is not self._segment:
            self._segment, self._written_to_ms = segment, segment.start_ms
        end_ms = min(instant_ms, segment.end_ms)
        if end_ms <= self._written_to_ms:
            return
        for unit in self._job.footage.audio_units(self._written_to_ms, end_ms):
            self._write(self._track, segment, unit)
        self._written_to_ms = end_ms

    @staticmethod
    def _write(track: Track, segment: Segment, unit: AudioUnit) -> None:
        # A block that outlasts its stretch would push the sound of all later stretches back.
        if unit.instant_ms + unit.duration_ms > segment.end_ms + unit.duration_ms / 2:
            return
        file_ms = segment.to_file_ms(unit.instant_ms)
        track.write(
            unit.data,
            shown_ms=file_ms,
            decoded_ms=file_ms,
            duration_ms=unit.duration_ms,
            is_key=True,
        )


def _audio_track(job: PackagingJob, output: OutputContainer) -> Track | None:
    audio = job.footage.audio
    if audio is None or not job.include_audio:
        return None
    for segment in job.selection.segments[:_SEGMENTS_SEARCHED]:
        end_ms = min(segment.end_ms, segment.start_ms + _SEARCH_MS)
        units = job.footage.audio_units(segment.start_ms, end_ms)
        if units:
            stream = add_copied_audio(output, audio, units[0].data)
            unit_ticks = AAC_SAMPLES_PER_UNIT if job.container == "avi" else 1
            return Track(output, stream, Fraction(unit_ticks, audio.sample_rate), reordered=False)
    return None
