"""A world of recorded files: each sub-folder is a camera, its files are placed in time."""

import logging
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rta_viewer.core.clock import Clock
from rta_viewer.core.model import RecordingKind
from rta_viewer.core.spans import Span
from rta_viewer.demo.cameras import DemoCamera, stable_id
from rta_viewer.demo.footage.cache import GopCache
from rta_viewer.demo.footage.encoder import EncoderSettings
from rta_viewer.demo.footage.file_groups import ConvertedGroups, FileGroups, OpenFile, PassedGroups
from rta_viewer.demo.footage.file_probe import FileFacts, probe
from rta_viewer.demo.footage.files import FileFootage, FilePiece
from rta_viewer.demo.world_recordings import Recordings
from rta_viewer.demo.world_schedule import DAY_MS, Occurrence, Planned
from rta_viewer.errors import MediaError, UsageError

_log = logging.getLogger(__name__)

SUFFIXES = frozenset({".mp4", ".m4v", ".mov", ".mkv", ".ts", ".mts", ".m2ts", ".avi"})
_MAX_CAMERAS = 255


@dataclass(frozen=True, slots=True)
class FilePlan:
    """Where the files of a camera lie in time; see :class:`~rta_viewer.demo.world_recordings.Plan`."""

    spans: tuple[Span, ...]
    has_audio: bool
    quiet_reason: str = "no_recording"

    def planned(self, window: Span) -> list[Planned]:
        """One recording for each file that touches the window."""
        return [
            Planned(span, RecordingKind.CONTINUOUS) for span in self.spans if span.overlaps(window)
        ]

    def reasons(self, window: Span) -> list[tuple[Span, str]]:
        """Files say nothing about why there are no others."""
        return []

    def occurrences(self, window: Span) -> list[Occurrence]:
        """Files hold no events."""
        return []


@dataclass(frozen=True, slots=True)
class FileCamera:
    """A camera made of files."""

    camera: DemoCamera
    recordings: Recordings
    footage: FileFootage


def file_cameras(directory: Path, clock: Clock, cache: GopCache) -> list[FileCamera]:
    """The cameras of a folder of recordings, in the order of their names.

    Raises:
        UsageError: The folder cannot be listed, or no sub-folder holds a readable recording.
    """
    try:
        folders = sorted(
            (path for path in directory.iterdir() if path.is_dir() and not _is_hidden(path)),
            key=lambda path: path.name.casefold(),
        )
    except OSError as err:
        raise UsageError(
            f"The folder {directory} cannot be read.", "Name a folder with recordings."
        ) from err
    found: list[FileCamera] = []
    for folder in folders:
        facts = _readable(folder)
        if not facts:
            _log.warning("%s: no readable recordings, no camera", folder.name)
        elif len(found) == _MAX_CAMERAS:
            _log.warning("%s: skipped, there are %d cameras already", folder.name, _MAX_CAMERAS)
        else:
            found.append(_camera(folder.name, len(found) + 1, facts, clock, cache))
    if not found:
        raise UsageError(
            f"There are no recordings in {directory}.",
            "Put the MP4, MKV or TS files of each camera into a folder of its own inside it.",
        )
    return found


def place_without_overlap(files: Iterable[FileFacts]) -> list[tuple[FileFacts, Span]]:
    """Files in order of time; where two overlap, the earlier one is cut."""
    ordered = sorted(files, key=lambda facts: (facts.span, facts.path.name))
    placed = []
    for number, facts in enumerate(ordered):
        end = facts.span.end_ms
        if number + 1 < len(ordered):
            end = min(end, ordered[number + 1].span.start_ms)
        if end <= facts.span.start_ms:
            _log.warning("%s: skipped, another file starts at the same time", facts.path.name)
            continue
        if end < facts.span.end_ms:
            _log.info("%s: its end overlaps the next file and is cut", facts.path.name)
        placed.append((facts, Span(facts.span.start_ms, end)))
    return placed


def _is_hidden(path: Path) -> bool:
    return path.name.startswith(".")


def _readable(folder: Path) -> list[FileFacts]:
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in SUFFIXES or _is_hidden(path) or not path.is_file():
            continue
        try:
            found.append(probe(path))
        except (MediaError, OSError) as err:
            _log.warning("%s/%s: skipped: %s", folder.name, path.name, err)
    return found


def _camera(
    name: str, number: int, files: list[FileFacts], clock: Clock, cache: GopCache
) -> FileCamera:
    placed = place_without_overlap(files)
    newest = next((facts for facts, _ in reversed(placed) if facts.codec), None)
    model = newest or placed[-1][0]
    settings = _settings(model)
    passed = OpenFile(newest) if newest else None
    audio = next((facts.audio for facts, _ in reversed(placed) if facts.audio), None)
    pieces = []
    for facts, span in placed:
        file = OpenFile(facts)
        sound = OpenFile(facts) if audio and facts.audio == audio else None
        if facts.audio and not sound:
            _log.warning("%s: its sound has another format and is left out", facts.path.name)
        pieces.append(FilePiece(span, file, _groups(file, settings, passed, cache), sound))
    camera = _describe(name, number, model, settings, placed[0][1], clock, has_audio=bool(audio))
    plan = FilePlan(tuple(span for _, span in placed), bool(audio))
    recordings = Recordings(camera.camera_id, plan, clock, None)
    footage = FileFootage(pieces, settings, passed, recordings.recorded)
    return FileCamera(camera, recordings, footage)


def _settings(model: FileFacts) -> EncoderSettings:
    if model.codec:
        return EncoderSettings(model.codec, model.width, model.height, model.rate)
    # Encoders want an even number of rows and columns.
    width, height = max(2, model.width // 2 * 2), max(2, model.height // 2 * 2)
    return EncoderSettings("H264", width, height, model.rate)


def _groups(
    file: OpenFile, settings: EncoderSettings, passed: OpenFile | None, cache: GopCache
) -> FileGroups:
    facts = file.facts
    if passed and (facts.codec, facts.width, facts.height) == (
        settings.codec,
        settings.width,
        settings.height,
    ):
        return PassedGroups(file)
    _log.info("%s: its pictures are converted to %s", facts.path.name, settings.codec)
    return ConvertedGroups(file, settings, cache)


def _describe(
    name: str,
    number: int,
    model: FileFacts,
    settings: EncoderSettings,
    oldest: Span,
    clock: Clock,
    *,
    has_audio: bool,
) -> DemoCamera:
    age_ms = max(0, clock.now_ms() - oldest.start_ms)
    return DemoCamera(
        camera_id=stable_id(f"recordings {name}"),
        number=number,
        name=name,
        short_name=name[:16],
        codec=settings.codec,
        width=settings.width,
        height=settings.height,
        fps=float(settings.rate),
        key_frame_interval_s=round(model.key_frame_interval_s, 3),
        has_audio=has_audio,
        kind=RecordingKind.CONTINUOUS,
        recording_server_id=stable_id("recordings server"),
        recording_server_name="Recordings",
        channel=number,
        retention_days=max(1, math.ceil(age_ms / DAY_MS)),
    )
