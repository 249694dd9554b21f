"""Text burned into pictures: at the top right, white on a darkened box, away from the time code."""

import textwrap
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame

from rta_viewer.demo.packaging.lettering import CELL_HEIGHT, CELL_WIDTH, line_mask, plain

TIMESTAMP = "{timestamp}"
_MAX_CHARS = 200
_MAX_LINES = 4
_LETTERS_BY_HEIGHT = 22
_WHITE = 235
_GREY = 128
_MARGIN = 2

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
        self._width = width
        self._height = height
        self._scale = max(1, height // _LETTERS_BY_HEIGHT // CELL_HEIGHT)

    def draw(self, frame: VideoFrame, instant_ms: float) -> None:
        """Mark a writable ``yuv420p`` picture, in place."""
        lines = self._lines(instant_ms)
        if not lines:
            return
        longest = max(len(line) for line in lines)
        masks = [line_mask(line.rjust(longest), self._scale) for line in lines]
        letters = np.pad(np.concatenate(masks), _MARGIN * self._scale)
        high, wide = min(letters.shape[0], self._height // 2), min(letters.shape[1], self._width)
        luma, *chroma = (_plane(frame, index) for index in range(3))
        box = luma[:high, -wide:]
        box //= 3
        box[letters[:high, -wide:]] = _WHITE
        for plane in chroma:
            plane[: high // 2, -(wide // 2) :] = _GREY

    def _lines(self, instant_ms: float) -> list[str]:
        room = max(1, self._width // (CELL_WIDTH * self._scale) - 2 * _MARGIN)
        text = plain(self._text.replace(TIMESTAMP, shown_time(instant_ms)))
        return textwrap.wrap(text, room)[:_MAX_LINES]


def shown_time(instant_ms: float) -> str:
    """``2025-10-24 10:00:00.040 UTC``."""
    moment = datetime.fromtimestamp(round(instant_ms) / 1000, UTC)
    return f"{moment:%Y-%m-%d %H:%M:%S}.{round(instant_ms) % 1000:03d} UTC"


def _plane(frame: VideoFrame, index: int) -> _Plane:
    plane = frame.planes[index]
    pixels = np.frombuffer(memoryview(plane), dtype=np.uint8).reshape(-1, plane.line_size)
    return pixels[: plane.height, : plane.width]
