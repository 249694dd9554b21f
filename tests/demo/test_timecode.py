import subprocess

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.demo.timecode import TimeCode, draw, read
from tests.helpers.timecode import read_file

SIZES = [(320, 180), (426, 240), (640, 360), (854, 480), (1280, 720), (1920, 1080), (640, 480)]
INSTANT = 1_761_300_012_345


def picture(width: int, height: int, instant: int = INSTANT, number: int = 7) -> np.ndarray:
    rows = np.linspace(40, 200, height)[:, None]
    waves = 40 * np.sin(np.arange(width) / 9)[None, :]
    luma = np.clip(rows + waves, 16, 235).astype(np.uint8)
    draw(luma, instant, number)
    return luma


def blurred(luma: np.ndarray, rounds: int = 1) -> np.ndarray:
    grey = luma.astype(np.float32)
    for _ in range(rounds):
        for axis in (0, 1):
            grey = (np.roll(grey, 1, axis) + 2 * grey + np.roll(grey, -1, axis)) / 4
    return grey.astype(np.uint8)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SIZES), st.integers(0, (1 << 44) - 1), st.integers(0, 255))
def test_what_is_drawn_is_read(size: tuple[int, int], instant: int, number: int) -> None:
    assert read(picture(*size, instant, number)) == TimeCode(instant, number)


@pytest.mark.parametrize(("instant", "number"), [(-1, 0), (1 << 44, 0), (0, 256), (0, -1)])
def test_what_does_not_fit_is_refused(instant: int, number: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        draw(np.zeros((180, 320), np.uint8), instant, number)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("change", ["full range", "dark", "washed out", "inverted gamma", "blur"])
def test_it_survives_changed_brightness_and_blur(size: tuple[int, int], change: str) -> None:
    luma = picture(*size)
    level = luma.astype(np.float32)
    changed = {
        "full range": np.clip((level - 16) * 255 / 219, 0, 255),
        "dark": level * 0.35,
        "washed out": 90 + level * 0.4,
        "inverted gamma": 255 * (level / 255) ** 2.0,
        "blur": blurred(luma, 2),
    }[change].astype(np.uint8)
    assert read(changed) == TimeCode(INSTANT, 7)


@pytest.mark.parametrize("size", [(320, 180), (426, 240), (640, 360), (1920, 1080)])
@pytest.mark.parametrize("left", [-2, -1, 0, 1, 2])
@pytest.mark.parametrize("bottom", [-2, -1, 0, 1, 2])
def test_it_survives_a_crop_that_is_off(size: tuple[int, int], left: int, bottom: int) -> None:
    luma = np.pad(picture(*size), 4, mode="constant", constant_values=16)
    height, width = luma.shape
    for right in (-2, 0, 2):
        part = luma[4 : height - 4 + bottom, 4 + left : width - 4 + right]
        assert read(np.ascontiguousarray(part)) == TimeCode(INSTANT, 7), (left, right, bottom)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from(["noise", "blocks", "stripes"]))
def test_noise_is_never_read_as_a_code(seed: int, kind: str) -> None:
    random = np.random.default_rng(seed)
    if kind == "noise":
        luma = random.integers(0, 256, (180, 320), dtype=np.uint8)
    elif kind == "blocks":
        # The worst case: noise that looks like cells.
        cells = random.integers(0, 2, (45, 80), dtype=np.uint8) * 185 + 20
        luma = cells.repeat(4, axis=0).repeat(4, axis=1)
    else:
        luma = np.tile(random.integers(0, 256, 320, dtype=np.uint8), (180, 1))
    assert read(luma) is None


@pytest.mark.parametrize("shape", [(0, 0), (10, 400), (89, 160), (90, 159)])
def test_pictures_too_small_for_a_code_have_none(shape: tuple[int, int]) -> None:
    assert read(np.zeros(shape, np.uint8)) is None


def test_a_single_wrong_cell_is_noticed() -> None:
    luma = picture(640, 360)
    for row, column in ((0, 3), (1, 14), (2, 26)):
        damaged = luma.copy()
        y, x = 360 - 28 + row * 8, 4 + column * 8
        damaged[y : y + 8, x : x + 8] = 225 - damaged[y : y + 8, x : x + 8]
        assert read(damaged) is None


@pytest.mark.peer
@pytest.mark.parametrize("size", [(640, 360), (1280, 720), (1920, 1080), (854, 480)])
def test_it_survives_poor_compression_at_320_pixels(size: tuple[int, int], tmp_path) -> None:
    width, height = size
    instants = [INSTANT + number * 40 for number in range(12)]
    raw = b"".join(picture(width, height, instant).tobytes() for instant in instants)
    path = tmp_path / "poor.mp4"
    command = (
        f"ffmpeg -v error -f rawvideo -pix_fmt gray -s {width}x{height} -r 25 -i - -vf scale=320:-2"
        f" -pix_fmt yuv420p -c:v libx264 -preset veryfast -crf 35 {path}"
    )
    subprocess.run(command.split(), input=raw, check=True, timeout=60)
    assert [code and code.instant_ms for _, code in read_file(path)] == instants
