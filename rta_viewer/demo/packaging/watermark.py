"""Text burned into pictures: at the top right, white on a darkened box, away from the time code."""

from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame

from rta_viewer.demo.footage.lettering import glyph_mask, line_height, text_mask

TIMESTAMP = "{timestamp}"
_MAX_CHARS = 200
_MAX_LINES = 4
_CAPITALS_BY_HEIGHT = 28
_SMALLEST_CAPITALS_PX = 7.0
_WHITE = 235
_GREY = 128

_Plane = npt.NDArray[np.uint8]


class Stamp:
    """Marks pictures of one size with one text; ``{timestamp}`` is each picture's UTC time.

    Args:
        text: At most 200 characters are shown, in up to four lines.
        width: Of the pictures, in pixels, even.
        height: Likewise.
    """

    def __init__(self, text: str, width: int, height: int) -> None:
        self._text = text[:_MAX_CHARS]
        self._size = (width, height)
        self._cap_px = max(_SMALLEST_CAPITALS_PX, float(height // _CAPITALS_BY_HEIGHT))
        self._margin = round(self._cap_px / 2)

    def draw(self, frame: VideoFrame, instant_ms: float) -> None:
        """Mark a writable ``yuv420p`` picture, in place."""
        text = _one_line(self._text.replace(TIMESTAMP, shown_time(instant_ms)))
        lines = list(self._lines(text))[:_MAX_LINES]
        if not lines:
            return
        letters = self._letters(lines)
        high, wide = letters.shape
        luma, *chroma = (_plane(frame, index) for index in range(3))
        box = luma[:high, -wide:]
        dark = box.astype(np.int32) // 3
        box[:] = dark + (_WHITE - dark) * letters // 255
        for plane in chroma:
            plane[: high // 2, -(wide // 2) :] = _GREY

    def _letters(self, lines: list[str]) -> npt.NDArray[np.int32]:
        """Coverage of the whole box, 0 to 255: the lines one below the other, flush right."""
        masks = [text_mask(line, self._cap_px) for line in lines]
        margin, row = self._margin, line_height(self._cap_px)
        width = min(max(mask.shape[1] for mask in masks) + 2 * margin, self._size[0])
        height = min(row * len(masks) + margin, self._size[1] // 2)
        box = np.zeros((row * len(masks) + margin, width), dtype=np.int32)
        for number, mask in enumerate(masks):
            kept = mask[:, : width - 2 * margin]
            top = margin + number * row
            box[top : top + row, width - margin - kept.shape[1] : width - margin] = kept
        return box[:height]

    def _lines(self, text: str) -> Iterator[str]:
        """Break between words, inside a word only where it is longer than the picture is wide."""
        room = self._size[0] - 2 * self._margin
        line = ""
        for word in text.split(" "):
            longer = f"{line} {word}" if line else word
            if line and self._width(longer) > room:
                yield line
                longer = word
            while self._width(longer) > room:
                fitting = self._fitting(longer, room)
                yield longer[:fitting]
                longer = longer[fitting:]
            line = longer
        if line:
            yield line

    def _fitting(self, word: str, room: int) -> int:
        return max(1, sum(self._width(word[: end + 1]) <= room for end in range(len(word))))

    def _width(self, text: str) -> int:
        return sum(glyph_mask(letter, self._cap_px).shape[1] for letter in text)


def _one_line(text: str) -> str:
    """Without what is not seen: control and direction-changing characters, and runs of spaces."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def shown_time(instant_ms: float) -> str:
    """``2025-10-24 10:00:00.040 UTC``."""
    moment = datetime.fromtimestamp(round(instant_ms) / 1000, UTC)
    return f"{moment:%Y-%m-%d %H:%M:%S}.{round(instant_ms) % 1000:03d} UTC"


def _plane(frame: VideoFrame, index: int) -> _Plane:
    plane = frame.planes[index]
    pixels = np.frombuffer(memoryview(plane), dtype=np.uint8).reshape(-1, plane.line_size)
    return pixels[: plane.height, : plane.width]
