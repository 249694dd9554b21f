"""Files as other recorders write them, made with the ffmpeg program; their pictures carry their instants."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from rta_viewer.demo import timecode

_X264 = ("-c:v", "libx264", "-preset", "superfast")
_X265 = ("-c:v", "libx265", "-preset", "ultrafast")


@dataclass(frozen=True)
class Recorder:
    """How one recorder makes its files.

    Attributes:
        name: Of the camera, and of its folder.
        file_name: Says the time, unless the container does.
        gop_ms: Time between key frames.
    """

    name: str
    file_name: str
    start_ms: int
    codec: str
    size: tuple[int, int]
    rate: str
    seconds: int
    gop_ms: float
    options: Sequence[str]

    @property
    def picture_ms(self) -> float:
        return float(1000 / Fraction(self.rate))

    @property
    def count(self) -> int:
        return int(self.seconds * Fraction(self.rate))

    @property
    def end_ms(self) -> float:
        return self.start_ms + self.count * self.picture_ms

    def instant_ms(self, number: int) -> int:
        """What a picture carries."""
        return self.start_ms + round(number * self.picture_ms)

    def at_or_before(self, instant_ms: int) -> int:
        """What the last picture at or before the instant carries."""
        number = int(Fraction(instant_ms - self.start_ms, 1000) * Fraction(self.rate))
        return self.instant_ms(min(number, self.count - 1))

    def write(self, folder: Path, camera_number: int) -> Path:
        """Encode the file, picture by picture."""
        path = folder / self.name / self.file_name
        path.parent.mkdir(parents=True, exist_ok=True)
        width, height = self.size
        command = [
            *("ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "gray"),
            *("-s", f"{width}x{height}", "-r", self.rate, "-i", "-", "-pix_fmt", "yuv420p"),
            *(*self.options, str(path)),
        ]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
            assert encoder.stdin is not None
            for number in range(self.count):
                encoder.stdin.write(_picture(width, height, self.instant_ms(number), camera_number))
        assert encoder.returncode == 0
        return path


def _picture(width: int, height: int, instant_ms: int, camera_number: int) -> np.ndarray:
    luma = np.tile(np.linspace(60, 150, width, dtype=np.uint8), (height, 1))
    left = instant_ms // 10 % (width - 30)
    luma[height // 4 : height // 2, left : left + 30] = 210
    timecode.draw(luma, instant_ms, camera_number)
    return luma


TEN_MS = 1_761_300_000_000
"""2025-10-24T10:00:00Z."""

LONG_GROUPS = Recorder(
    *("Gate", "2025-10-24T10-00-00Z.mp4", TEN_MS, "H264", (426, 240), "25", 40, 10_000),
    (*_X264, "-x264-params", "keyint=250:min-keyint=250:scenecut=0:bframes=3:b-adapt=0"),
)
AFTER_A_GAP = Recorder(
    *("Gate", "2025-10-24T10-01-00Z.mp4", TEN_MS + 60_000, "H264", (426, 240), "25", 10, 10_000),
    (*_X264, "-x264-params", "keyint=250:min-keyint=250:scenecut=0:bframes=0"),
)
TRANSPORT = Recorder(
    *("Yard", "yard_20251024_110000.ts", TEN_MS + 3_600_000, "H264", (854, 480)),
    *("30000/1001", 24, 500.5),
    (*_X264, "-x264-params", "keyint=15:min-keyint=15:scenecut=0:bframes=2:b-adapt=0"),
)
MATROSKA_H265 = Recorder(
    *("Hall", "2025-10-24 12.00.00.mkv", TEN_MS + 7_200_000, "H265", (426, 240)),
    *("30000/1001", 24, 2_002),
    (*_X265, "-x265-params", "keyint=60:min-keyint=60:scenecut=0:bframes=3:log-level=error"),
)
CREATION_TIME_H265 = Recorder(
    *("Dock", "video.mp4", TEN_MS + 10_800_000, "H265", (426, 240), "25", 40, 2_000),
    (
        *(*_X265, "-x265-params", "keyint=50:min-keyint=50:scenecut=0:log-level=error"),
        *("-tag:v", "hvc1", "-metadata", "creation_time=2025-10-24T13:00:00Z"),
    ),
)

CAMERAS = (CREATION_TIME_H265, LONG_GROUPS, MATROSKA_H265, TRANSPORT)
"""One a camera, in the order of their names."""
