"""Small videos whose pictures say when they were taken, and reading that from what a player shows."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from rta_viewer.core.ports import Picture
from rta_viewer.demo import timecode

FIRST_MS = 1_761_300_000_000
"""2025-10-24T10:00:00Z, the instant of the first picture."""


@dataclass(frozen=True)
class VideoKind:
    """How a test video is made."""

    seconds: float = 12.0
    width: int = 640
    height: int = 360
    fps: int | Fraction = 25
    gop_pictures: int = 50
    codec: str = "libx264"
    b_frames: int = 0
    open_groups: bool = False
    camera_number: int = 7
    first_ms: int = FIRST_MS
    gap_after: int = 0
    gap_ms: int = 0
    gap_in_stamps: bool = False

    def instant_ms(self, number: int) -> int:
        """What a picture carries: ``gap_after`` pictures, a gap, the others."""
        gap_ms = self.gap_ms if number >= self.gap_after else 0
        return self.first_ms + round(number * 1000 / self.fps) + gap_ms

    def pts(self, number: int) -> int:
        """Its time stamp, in pictures: without the gap unless ``gap_in_stamps``."""
        gap_ms = self.gap_ms if self.gap_in_stamps and number >= self.gap_after else 0
        return number + round(gap_ms * self.fps / 1000)


def make_video(
    path: Path, kind: VideoKind = VideoKind(), metadata: dict[str, str] | None = None
) -> Path:
    """Encode a video; picture ``n`` carries ``kind.instant_ms(n)``."""
    with av.open(str(path), "w") as container:
        container.metadata.update(metadata or {})
        stream = container.add_stream(kind.codec, rate=kind.fps)
        stream.width, stream.height, stream.pix_fmt = kind.width, kind.height, _pixels(kind)
        stream.options = _options(kind)
        for number in range(round(kind.seconds * kind.fps)):
            frame = _frame(kind, number)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def shown_instant(picture: Picture) -> int | None:
    """The instant that a shown picture carries, None when it carries none."""
    pixels = np.frombuffer(picture.data, np.uint8)[: picture.stride * picture.height]
    rows = pixels.reshape(picture.height, picture.stride)[:, : picture.width * 4]
    code = timecode.read(np.ascontiguousarray(rows[:, 1::4]))
    return code.instant_ms if code else None


def _pixels(kind: VideoKind) -> str:
    return "yuvj420p" if kind.codec == "mjpeg" else "yuv420p"


def _options(kind: VideoKind) -> dict[str, str]:
    if kind.codec == "mjpeg":
        return {"qmin": "2", "qmax": "4"}
    gop = kind.gop_pictures
    parameters = f"keyint={gop}:min-keyint={gop}:scenecut=0:bframes={kind.b_frames}"
    if kind.codec == "libx265":
        return {
            "preset": "ultrafast",
            "x265-params": f"{parameters}:open-gop={int(kind.open_groups)}:log-level=error:pools=2",
        }
    groups = f"open-gop={int(kind.open_groups)}"
    return {"preset": "ultrafast", "x264-params": f"{parameters}:b-adapt=0:{groups}"}


def _frame(kind: VideoKind, number: int) -> av.VideoFrame:
    height, width = kind.height, kind.width
    luma = np.add.outer(np.arange(height), np.arange(width)).astype(np.uint32)
    plane = (60 + (luma // 8 + number) % 96).astype(np.uint8)
    at = (number * 9) % (width - width // 6)
    plane[height // 4 : height // 2, at : at + width // 6] = 220
    timecode.draw(plane, kind.instant_ms(number), kind.camera_number)
    chroma = np.full((height // 2, width), 128, np.uint8)
    frame = av.VideoFrame.from_ndarray(np.vstack([plane, chroma]), format="yuv420p")
    frame.pts = kind.pts(number)
    frame.time_base = Fraction(1, kind.fps)
    return frame
