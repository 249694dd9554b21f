"""Footage that looks like a camera's and says in each picture when it was taken; encoded once and kept.

``python -m tests.benchmarks.playing.footage FILE WIDTH HEIGHT SECONDS GOP_PICTURES`` encodes one file, as a
process of its own so that the encoder's memory is not in the figures.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from rta_viewer.demo import timecode

FIRST_MS = 1_761_300_000_000
"""2025-10-24T10:00:00Z, the instant of the first picture."""

FPS = 25
PICTURE_MS = 1000 // FPS
FILE_NAME = "2025-10-24T10-00-00Z.mp4"
"""The embedded server takes a file's instant from its name."""

CACHE_LIMIT_BYTES = 512 * 1024 * 1024
_RECIPE = 1
_MOST_BITS_PER_PIXEL = 0.1
_QUALITY = "24"
_NOISE = 2.0
_SLOPE = 2.0
_LEAVES = 60
_WIND = 0.8
_THINGS = ((6, 0.05, 5), (10, 0.2, -9), (4, 0.28, 13), (12, 0.5, -3), (5, 0.6, 8), (8, 0.75, -19))
_CAMERA_NUMBER = 7
_NOISE_FIELDS = 7

_Plane = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Footage:
    """What to encode. The bit rate is about 3.5 Mbit/s at 1920x1080 and 25 pictures a second."""

    seconds: int
    gop_pictures: int = 50
    width: int = 1920
    height: int = 1080

    @property
    def end_ms(self) -> int:
        """The instant after the last picture."""
        return FIRST_MS + self.seconds * 1000

    @property
    def key(self) -> str:
        """Changes when the content would."""
        return hashlib.sha256(repr((_RECIPE, astuple(self))).encode()).hexdigest()[:16]


def picture_at(instant_ms: float) -> int:
    """The instant of the last picture at or before."""
    return FIRST_MS + int(instant_ms - FIRST_MS) // PICTURE_MS * PICTURE_MS


def encoded(folder: Path, footage: Footage) -> Path:
    """The file, from the cache folder or made now; older ones go when the folder grows too large."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{footage.key}.mp4"
    if not path.exists():
        part = folder / f"{footage.key}.{os.getpid()}.part.mp4"
        words = [footage.width, footage.height, footage.seconds, footage.gop_pictures]
        subprocess.run(
            [sys.executable, "-m", __spec__.name, str(part), *map(str, words)], check=True
        )
        part.replace(path)
    path.touch()
    _bound(folder, keep=path)
    return path


def lay_out(folder: Path, cameras: dict[str, Path]) -> None:
    """A folder as ``--recordings`` wants it: each camera's file in a folder of the camera's name."""
    for name, source in cameras.items():
        target = folder / name / FILE_NAME
        target.parent.mkdir(parents=True)
        try:
            target.hardlink_to(source)
        except OSError:  # other file system, or one without hard links
            shutil.copyfile(source, target)


def encode(path: Path, footage: Footage) -> None:
    """Encode all pictures with libx264, ultrafast plus what cameras have: CABAC and deblocking."""
    rate = round(footage.width * footage.height * FPS * _MOST_BITS_PER_PIXEL)
    gop = footage.gop_pictures
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = footage.width, footage.height, "yuv420p"
        stream.options = {
            "preset": "ultrafast",
            "crf": _QUALITY,
            "maxrate": str(rate),
            "bufsize": str(rate * 2),
            "x264-params": (
                f"keyint={gop}:min-keyint={gop}:scenecut=0:bframes=0:cabac=1:no-deblock=0"
            ),
        }
        for number, picture in enumerate(_pictures(footage)):
            picture.pts, picture.time_base = number, Fraction(1, FPS)
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))


def _pictures(footage: Footage) -> Iterator[av.VideoFrame]:
    """A still scene, leaves in the wind, things that cross it at different speeds, a sensor's noise."""
    height, width = footage.height, footage.width
    random = np.random.default_rng(7)
    scene = _texture(random, height, width, 60, 180).astype(np.uint8)
    things = [
        (_texture(random, height // size, width // size, 20, 210).astype(np.uint8), row, speed)
        for size, row, speed in _THINGS
    ]
    leaves = [
        _texture(random, height // 3, width // 2, -_LEAVES, _LEAVES).astype(np.int8) for _ in "ab"
    ]
    noise = [
        np.clip(random.normal(6, _NOISE, (height, width)), 0, 12).astype(np.uint8)
        for _ in range(_NOISE_FIELDS)
    ]
    chroma = np.hstack(
        [_texture(random, height // 2, width // 2, 112, 144) for _ in ("blue", "red")]
    ).astype(np.uint8)
    for number in range(footage.seconds * FPS):
        luma = scene + noise[number % _NOISE_FIELDS]
        _blow(luma[: height // 3, width // 4 : width // 4 + width // 2], leaves, number)
        for texture, row, speed in things:
            high, wide = texture.shape
            top, left = int(row * height), number * speed % (width - wide)
            luma[top : top + high, left : left + wide] = texture
        timecode.draw(luma, FIRST_MS + number * PICTURE_MS, _CAMERA_NUMBER)
        yield _frame(luma, chroma)


def _blow(area: _Plane, leaves: list[npt.NDArray[np.int8]], number: int) -> None:
    """Something that changes everywhere and a little in each picture, in place."""
    phase = number * _WIND
    area += np.rint(leaves[0] * np.cos(phase) + leaves[1] * np.sin(phase * 0.7)).astype(np.uint8)


def _frame(luma: _Plane, chroma: _Plane) -> av.VideoFrame:
    """The planes of 4:2:0 one after the other, each chroma row pair in one row of the array."""
    height, width = luma.shape
    planes = chroma.reshape(height // 2, 2, width // 2).swapaxes(0, 1)
    stacked = np.vstack([luma, planes.reshape(height // 2, width)])
    return av.VideoFrame.from_ndarray(stacked, format="yuv420p")


def _texture(
    random: np.random.Generator, height: int, width: int, darkest: int, brightest: int
) -> npt.NDArray[np.float64]:
    """Random, with the spectrum of natural pictures: amplitude falls with the frequency."""
    frequency = np.hypot(
        np.fft.fftfreq(height)[:, None] * height, np.fft.rfftfreq(width)[None, :] * width
    )
    spectrum = (
        np.fft.rfft2(random.normal(size=(height, width))) / np.maximum(frequency, 4) ** _SLOPE
    )
    picture = np.fft.irfft2(spectrum, s=(height, width))
    low, high = np.percentile(picture, (1, 99))
    scaled = (picture - low) / (high - low) * (brightest - darkest) + darkest
    limited: npt.NDArray[np.float64] = np.clip(scaled, darkest, brightest)
    return limited


def _bound(folder: Path, keep: Path) -> None:
    files = sorted(folder.glob("*.mp4"), key=lambda path: path.stat().st_mtime, reverse=True)
    total = 0
    for path in files:
        total += path.stat().st_size
        if total > CACHE_LIMIT_BYTES and path != keep:
            with contextlib.suppress(OSError):  # somebody reads it
                path.unlink()


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[2:6]]
    encode(Path(sys.argv[1]), Footage(numbers[2], numbers[3], numbers[0], numbers[1]))
