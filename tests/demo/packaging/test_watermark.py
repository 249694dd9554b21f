import av
import numpy as np
import pytest

from rta_viewer.demo import timecode
from rta_viewer.demo.packaging.watermark import Stamp, shown_time
from tests.helpers.timecode import read_frame

INSTANT = 1_761_300_000_040


def _picture(width: int = 640, height: int = 360) -> av.VideoFrame:
    gray = np.full((height, width), 90, dtype=np.uint8)
    timecode.draw(gray, INSTANT, 5)
    return av.VideoFrame.from_ndarray(gray, format="gray").reformat(format="yuv420p")


def test_time_is_shown_in_utc() -> None:
    assert shown_time(INSTANT) == "2025-10-24 10:00:00.040 UTC"
    assert shown_time(INSTANT - 0.6) == "2025-10-24 10:00:00.039 UTC"


@pytest.mark.parametrize("size", [(640, 360), (1920, 1080), (320, 180), (176, 144)])
@pytest.mark.parametrize(
    "text", ["RTA", "RTA CCTV - Exported {timestamp}", "word " * 100, "x" * 500]
)
def test_a_mark_is_seen_and_the_time_code_stays(size: tuple[int, int], text: str) -> None:
    frame = _picture(*size)
    before = frame.to_ndarray(format="gray").astype(int)
    Stamp(text, *size).draw(frame, INSTANT)
    after = frame.to_ndarray(format="gray").astype(int)
    assert np.abs(after - before)[: size[1] // 2].max() > 80
    assert np.array_equal(after[size[1] // 2 :], before[size[1] // 2 :])
    code = read_frame(frame)
    assert code is not None
    assert code.instant_ms == INSTANT


@pytest.mark.parametrize("text", ["", "   ", "\x00"])
def test_an_empty_text_leaves_the_picture_alone(text: str) -> None:
    frame = _picture()
    before = frame.to_ndarray(format="gray")
    Stamp(text, 640, 360).draw(frame, INSTANT)
    assert np.array_equal(frame.to_ndarray(format="gray"), before)


def test_other_braces_stay_as_they_are() -> None:
    marks = []
    for text in ("{camera} {timestamp.__class__}", "{camera} {timestamp}"):
        frame = _picture()
        Stamp(text, 640, 360).draw(frame, INSTANT)
        marks.append(frame.to_ndarray(format="gray"))
    assert not np.array_equal(*marks)
