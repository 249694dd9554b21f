from itertools import pairwise

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.media.file_source import FileReplaySource
from rta_viewer.media.frames import decode_at
from rta_viewer.media.thinning import KEYS, LADDER, REFERENCES, is_reference, passes
from tests.helpers.coded_video import FIRST_MS, VideoKind


def units_of(path):
    stream = FileReplaySource(path, FIRST_MS).open(
        FIRST_MS, FIRST_MS + 60_000, speed=1, key_frames_only=False, cancel=CancelToken()
    )
    found = list(stream.units())
    stream.close()
    return found


@pytest.mark.parametrize("codec", ["libx264", "libx265"])
def test_what_is_left_without_pictures_that_nobody_needs_still_decodes(coded_video, codec):
    units = units_of(coded_video(VideoKind(seconds=4, codec=codec, b_frames=2)))
    kept = [unit for unit in units if passes(unit, REFERENCES)]
    assert len(units) // 4 < len(kept) < len(units)
    frame = decode_at(
        [unit for unit in kept if unit.instant_ms < FIRST_MS + 1_999], FIRST_MS + 1_900
    )
    assert frame is not None
    assert not frame.is_corrupt


def test_without_b_frames_every_picture_is_needed(coded_video):
    units = units_of(coded_video(VideoKind(seconds=4)))
    assert all(is_reference(unit) for unit in units)
    assert [unit for unit in units if passes(unit, REFERENCES)] == units


def test_key_pictures_always_pass(coded_video):
    units = units_of(coded_video(VideoKind(seconds=4)))
    kept = [round(unit.instant_ms - FIRST_MS) for unit in units if passes(unit, KEYS)]
    assert kept == [0, 2_000]


def test_each_step_leaves_out_more(coded_video):
    units = units_of(coded_video(VideoKind(seconds=4, b_frames=2)))

    def kept(thinning):
        return {
            unit.instant_ms
            for unit in units
            if passes(unit, thinning, (unit.instant_ms - FIRST_MS) % 2_000 / 2_000)
        }

    steps = [kept(thinning) for thinning in LADDER]
    for more, fewer in pairwise(steps):
        assert fewer < more
    assert len(steps[0]) == len(units)
    assert len(steps[-1]) == 2
