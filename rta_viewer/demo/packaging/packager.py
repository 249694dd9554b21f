"""The packaging side's two calls: make a file, and say beforehand how long and how large it will be."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import av

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.spans import Span
from rta_viewer.demo.cameras import DemoCamera
from rta_viewer.demo.footage.model import CameraFootage
from rta_viewer.demo.packaging.job import PackagingJob
from rta_viewer.demo.packaging.output import MUXERS
from rta_viewer.demo.packaging.reencode import QUALITIES, reencode
from rta_viewer.demo.packaging.selection import select
from rta_viewer.demo.packaging.stitch import stitch
from rta_viewer.demo.packaging.tags import file_tags
from rta_viewer.errors import MediaError, NotFoundError, StorageError, UsageError


class FootageLibrary(Protocol):
    """What packaging uses of a world."""

    def camera(self, camera_id: str) -> DemoCamera | None:
        """One camera, None when there is no such camera."""
        ...

    def footage(self, camera_id: str) -> CameraFootage:
        """Its pictures and sound; KeyError when there is no such camera."""
        ...


def package(
    world: FootageLibrary,
    camera_id: str,
    span: Span,
    target: Path,
    *,
    container: str,
    quality: str = "",
    include_audio: bool = True,
    watermark: str | None = None,
    progress: Callable[[float], None],
    cancel: CancelToken,
) -> None:
    """Write what the camera recorded inside the span as one file.

    Without quality and watermark the recorded pictures are joined unchanged, from the key picture at or
    before the start. With either they are re-encoded to H.264 and begin at the first picture inside the
    span. Both end at the span's end, and close up gaps. The file gets its name when it is complete.

    Where unchanged pictures before the end refer to later ones (B-frames), those are in the file too. MP4
    hides them with its edit list; Matroska cannot, and shows up to a few pictures more.

    Args:
        world: The world.
        camera_id: The camera.
        span: What was asked.
        target: The file to write; its folder exists. A file of that name is replaced.
        container: ``mp4``, ``mkv`` or ``avi``.
        quality: ``low``, ``medium``, ``high``, or empty for the recorded pictures.
        include_audio: Take the sound along where the camera has it.
        watermark: Text to burn in; ``{timestamp}`` becomes each picture's UTC time.
        progress: Called from this thread with a share from 0 to 1 that never falls.
        cancel: Looked at before each group of pictures.

    Raises:
        UsageError: Unknown container or quality, or pictures that the container cannot hold unchanged.
        NotFoundError: There is no such camera.
        NoFootageError: Nothing was recorded inside the span.
        MediaError: The footage could not be packaged.
        StorageError: The file could not be written.
        Cancelled: ``cancel`` was set; no file is left behind.
    """
    _check(container, quality)
    camera, footage = _find(world, camera_id)
    selection = select(footage, span, exact_start=bool(quality) or watermark is not None)
    part = target.with_name(f"{secrets.token_hex(8)}.part")
    job = PackagingJob(
        footage=footage,
        selection=selection,
        path=part,
        container=container,
        include_audio=include_audio,
        tags=file_tags(camera_id, camera.name, span, selection),
        progress=progress,
        cancel=cancel,
    )
    try:
        if quality or watermark is not None:
            reencode(job, quality, watermark)
        else:
            stitch(job)
        cancel.raise_if_cancelled()
        part.replace(target)
    except av.FFmpegError as err:
        if isinstance(err, OSError) and not isinstance(err, ValueError):
            raise StorageError(f"The file could not be written: {err.strerror}.") from err
        raise MediaError(f"The footage could not be packaged as {container.upper()}.") from err
    except OSError as err:
        raise StorageError(f"The file could not be written: {err.strerror}.") from err
    finally:
        part.unlink(missing_ok=True)
    progress(1.0)


@dataclass(frozen=True, slots=True)
class _Pace:
    """Rough figures from measurements on two cores; an estimate may be off by a factor of two."""

    stitched_bytes_per_s: float = 30e6
    encoded_pixels_per_s: float = 80e6


_PACE = _Pace()


def estimate(world: FootageLibrary, camera_id: str, span: Span) -> tuple[float, int]:
    """How long stitching will take (seconds) and how large the file will be (bytes), roughly.

    Looks at one group of pictures and multiplies.

    Raises:
        NotFoundError: There is no such camera.
        NoFootageError: Nothing was recorded inside the span.
    """
    _, footage = _find(world, camera_id)
    selection = select(footage, span, exact_start=False)
    segment = selection.segments[0]
    gop = footage.gop_at(segment.start_ms) or footage.gop_from(segment.start_ms)
    if gop is None:
        return 1.0, 0
    sample_bytes = sum(len(unit.data) for unit in gop.units)
    sample_ms = max(1.0, gop.end_ms - gop.start_ms)
    size_bytes = round(sample_bytes * selection.duration_ms / sample_ms)
    pictures = len(gop.units) * selection.duration_ms / sample_ms
    pixels = pictures * footage.video.width * footage.video.height
    seconds = size_bytes / _PACE.stitched_bytes_per_s + pixels / _PACE.encoded_pixels_per_s
    return max(1.0, seconds), size_bytes


def _check(container: str, quality: str) -> None:
    if container not in MUXERS:
        raise UsageError(f"Unknown file format: {container[:20]!r}.", "Choose mp4, mkv or avi.")
    if quality and quality not in QUALITIES:
        raise UsageError(f"Unknown quality: {quality[:20]!r}.", "Choose low, medium or high.")


def _find(world: FootageLibrary, camera_id: str) -> tuple[DemoCamera, CameraFootage]:
    camera = world.camera(camera_id)
    if camera is None:
        raise NotFoundError("There is no such camera.")
    try:
        return camera, world.footage(camera_id)
    except KeyError as err:
        raise NotFoundError("There is no such camera.") from err
