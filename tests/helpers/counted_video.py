"""Video files whose pictures carry their number, made with the ffmpeg program, and the reader of it."""

import subprocess
from pathlib import Path

import numpy as np

WIDTH, HEIGHT = 320, 192
_CELL = 16
_BITS = 16


def draw(number: int) -> np.ndarray:
    """A grey picture with the number in two rows of cells: the bits, and the bits turned over."""
    picture = np.full((HEIGHT, WIDTH), 90, np.uint8)
    picture[64:, (number * 4) % (WIDTH - 40) :][:, :40] = 160
    for bit in range(_BITS):
        value = 235 if number >> bit & 1 else 16
        left = bit * _CELL
        picture[0:_CELL, left : left + _CELL] = value
        picture[_CELL : 2 * _CELL, left : left + _CELL] = 251 - value
    return picture


def read(picture: np.ndarray) -> int:
    """The number in a decoded grey picture; raises AssertionError when it cannot be read."""
    number = 0
    for bit in range(_BITS):
        middle = bit * _CELL + _CELL // 2
        upper = float(picture[4:12, middle - 4 : middle + 4].mean())
        lower = float(picture[20:28, middle - 4 : middle + 4].mean())
        assert abs(upper - lower) > 60, "the picture's number cannot be read"
        number |= (upper > lower) << bit
    return number


def make(
    path: Path,
    *,
    seconds: int,
    encoder: str = "libx264",
    gop: int = 50,
    rate: int = 25,
    extra: tuple[str, ...] = (),
    sound: bool = False,
) -> Path:
    """Encode ``seconds`` of numbered pictures into ``path``."""
    sounds = ("-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}", "-c:a", "aac")
    keys = {
        "libx264": (
            "-preset",
            "ultrafast",
            "-x264-params",
            f"keyint={gop}:min-keyint={gop}:scenecut=0",
        ),
        "libx265": (
            "-preset",
            "ultrafast",
            "-x265-params",
            f"keyint={gop}:min-keyint={gop}:scenecut=0:log-level=error",
        ),
        "mjpeg": ("-q:v", "5", "-huffman", "default"),
    }[encoder]
    command = [
        *("ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "gray"),
        *("-s", f"{WIDTH}x{HEIGHT}", "-r", str(rate), "-i", "-"),
        *(sounds[:4] if sound else ()),
        *("-pix_fmt", "yuvj420p" if encoder == "mjpeg" else "yuv420p", "-c:v", encoder, *keys),
        *extra,
        *(sounds[4:] if sound else ()),
        str(path),
    ]
    pictures = b"".join(draw(number).tobytes() for number in range(seconds * rate))
    subprocess.run(command, input=pictures, check=True, timeout=60)
    return path
