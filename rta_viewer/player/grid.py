"""A grid of brightness samples: fine enough to see a digit change, cheap enough for every picture."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange

from rta_viewer.core.ports import Picture

MOVED_LIMIT = 16
"""A sample that differs by more belongs to something that moved; converters round differently by less."""

SAME_SAMPLES = 8
"""So many samples may differ between two conversions of one picture; more, and it only looks alike."""

Grid = npt.NDArray[np.int16]

_ROWS_AT_ONCE = 64
_COLUMNS = 320
_ROWS = 180


def moved_samples(one: Grid, other: Grid) -> int:
    """How many samples differ for another reason than rounding."""
    return int((np.abs(one - other) > MOVED_LIMIT).sum())


def same_pixels(one: Picture, other: Picture) -> bool:
    """Whether two pictures of the same kind are equal to the last bit; a difference is found quickly."""
    if (one.width, one.height, one.stride) != (other.width, other.height, other.stride):
        return False
    ours, theirs = (np.frombuffer(picture.data, np.uint8) for picture in (one, other))
    step = one.stride * _ROWS_AT_ONCE
    return all(
        np.array_equal(ours[at : at + step], theirs[at : at + step])
        for at in range(0, one.stride * one.height, step)
    )


def luma_of_picture(picture: Picture, every: int = 1) -> Grid:
    """Brightness (0..255, ITU-R BT.601 weights, full range) of a BGRX picture; each so many samples only."""
    pixels = np.frombuffer(picture.data, "<u4", picture.stride * picture.height // 4)
    samples = pixels[_places(picture.width, picture.height, picture.stride, every)]
    # 77:150:29 of 256 are those weights but for rounding; shifts are many times quicker than a division.
    weighted = (samples & 255) * 29
    weighted += ((samples >> 8) & 255) * 150
    weighted += ((samples >> 16) & 255) * 77
    weighted >>= 8
    grid: Grid = weighted.astype(np.int16)
    return grid


@lru_cache(maxsize=32)
def _places(width: int, height: int, stride: int, every: int) -> npt.NDArray[np.intp]:
    """Where the samples of such a picture are, in pixels."""
    rows, columns = _rows(height)[::every], _columns(width)[::every]
    return rows[:, None] * (stride // 4) + columns[None, :]


def luma_of_frame(frame: VideoFrame) -> Grid:
    """The same of a decoded planar picture whose first plane is brightness."""
    plane = frame.planes[0]
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    luma = rows[_rows(frame.height)[:, None], _columns(frame.width)[None, :]].astype(np.int32)
    if frame.color_range != ColorRange.JPEG and not frame.format.name.startswith("yuvj"):
        luma = np.clip((luma - 16) * 255 // 219, 0, 255)
    grid: Grid = luma.astype(np.int16)
    return grid


@lru_cache(maxsize=32)
def _rows(height: int) -> npt.NDArray[np.intp]:
    return (np.arange(_ROWS) * height + height // 2) // _ROWS


@lru_cache(maxsize=32)
def _columns(width: int) -> npt.NDArray[np.intp]:
    return (np.arange(_COLUMNS) * width + width // 2) // _COLUMNS
