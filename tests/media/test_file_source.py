import ctypes
import gc
import subprocess
import sys
from contextlib import closing

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import MediaError, NoFootageError
from rta_viewer.media.file_source import FileReplaySource
from tests.helpers.coded_video import FIRST_MS, VideoKind, make_video

PLAIN = VideoKind(seconds=4)


def open_at(path, offset_ms, *, key_frames_only=False, end_ms=FIRST_MS + 60_000):
    return FileReplaySource(path, FIRST_MS).open(
        FIRST_MS + offset_ms,
        end_ms,
        speed=1,
        key_frames_only=key_frames_only,
        cancel=CancelToken(),
    )


def test_it_begins_at_the_key_frame_before_the_instant(coded_video):
    stream = open_at(coded_video(PLAIN), 2_500)
    units = list(stream.units())
    assert units[0].is_key
    assert round(units[0].instant_ms) == FIRST_MS + 2_000
    assert round(units[-1].instant_ms) == FIRST_MS + 3_960
    assert units[0].data.startswith(b"\x00\x00\x00\x01")
    stream.close()


@pytest.mark.parametrize("suffix", ["mkv", "mp4", "avi"])
def test_pictures_of_a_slow_camera_have_their_own_times(tmp_path, suffix):
    kind = VideoKind(seconds=40, width=320, height=180, fps=1, gop_pictures=5)
    with closing(open_at(make_video(tmp_path / f"slow.{suffix}", kind), 0)) as stream:
        times_s = [(unit.instant_ms - FIRST_MS) / 1000 for unit in stream.units()]
    assert times_s == [pytest.approx(number, abs=0.01) for number in range(40)]


def test_pictures_before_the_cut_of_an_edit_list_come_before_the_first(tmp_path):
    whole = make_video(tmp_path / "whole.mp4", VideoKind(seconds=6))
    cut = tmp_path / "cut.mp4"
    command = ["ffmpeg", "-v", "error", "-nostdin", "-ss", "3.8", "-i", str(whole), "-c", "copy"]
    subprocess.run([*command, str(cut)], check=True, timeout=60)
    with closing(open_at(cut, 0)) as stream:
        times_s = [(unit.instant_ms - FIRST_MS) / 1000 for unit in stream.units()]
    assert times_s[0] == pytest.approx(-1.8, abs=0.05)
    assert times_s[-1] == pytest.approx(2.16, abs=0.05)


def test_key_frames_only(coded_video):
    stream = open_at(coded_video(PLAIN), 0, key_frames_only=True)
    assert [round(unit.instant_ms - FIRST_MS) for unit in stream.units()] == [0, 2_000]
    stream.close()


def test_past_the_end_there_is_no_footage(coded_video):
    with pytest.raises(NoFootageError):
        open_at(coded_video(PLAIN), 9_000)


def test_a_file_that_is_no_video(tmp_path):
    path = tmp_path / "page.mp4"
    path.write_text("<html>busy</html>", encoding="utf-8")
    with pytest.raises(MediaError, match=r"page\.mp4"):
        open_at(path, 0)


def test_closing_from_elsewhere_ends_it(coded_video):
    stream = open_at(coded_video(PLAIN), 0)
    units = stream.units()
    next(units)
    stream.close()
    assert list(units) == []


class _Allocated(ctypes.Structure):
    """``mallinfo2`` of malloc.h: ten sizes, of which the eighth is what is in use."""

    _fields_ = [(f"size{number}", ctypes.c_size_t) for number in range(10)]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks this system's C library")
def test_reading_loses_no_memory(coded_video):
    path = coded_video(PLAIN)
    library = ctypes.CDLL(None)
    if not hasattr(library, "mallinfo2"):
        pytest.skip("another C library")
    library.mallinfo2.restype = _Allocated

    def read_often(times):
        for number in range(times):
            stream = open_at(path, 500 * (number % 7))
            assert len(list(stream.units())) >= 50
            stream.close()
        gc.collect()
        return library.mallinfo2().size7

    before = read_often(5)
    # More than 4,000 packets: a hundred bytes of each would be too much.
    assert read_often(60) - before < 150_000
