"""Each unit of these sources is told by its instant; the pictures are read in tests of the player."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.saved_file import FileClock, Stretch, one_stretch
from rta_viewer.errors import NoFootageError
from rta_viewer.media.file_sequence import FilePart, FileSequenceSource
from rta_viewer.media.file_source import FileReplaySource
from tests.helpers.coded_video import FIRST_MS, VideoKind

PLAIN = VideoKind(seconds=4)
GAPPED = replace(PLAIN, gap_after=50, gap_ms=60_000)
"""Closed up in the file, as recorders do."""

STRETCHES = FileClock(
    [Stretch(0, FIRST_MS, FIRST_MS + 2000), Stretch(2000, FIRST_MS + 62_000, FIRST_MS + 64_000)]
)


def instants(source: FileReplaySource | FileSequenceSource, offset_ms: int) -> list[int]:
    stream = source.open(
        FIRST_MS + offset_ms,
        FIRST_MS + 10**6,
        speed=1,
        key_frames_only=False,
        cancel=CancelToken(),
    )
    try:
        return [round(unit.instant_ms) - FIRST_MS for unit in stream.units()]
    finally:
        stream.close()


def test_pictures_behind_a_gap_have_their_own_time(coded_video: Callable[..., Path]) -> None:
    found = instants(FileReplaySource(coded_video(GAPPED), STRETCHES), 1000)
    assert found == [*range(0, 2000, 40), *range(62_000, 64_000, 40)]


def test_in_a_gap_footage_goes_on_behind_it(coded_video: Callable[..., Path]) -> None:
    source = FileReplaySource(coded_video(GAPPED), STRETCHES)
    assert instants(source, 30_000)[:2] == [62_000, 62_040]
    assert instants(source, -5_000)[0] == 0
    with pytest.raises(NoFootageError):
        instants(source, 64_000)


@pytest.fixture
def three(coded_video: Callable[..., Path]) -> FileSequenceSource:
    """Two that overlap by two seconds, and one a minute later."""
    path = coded_video(PLAIN)
    firsts = (FIRST_MS, FIRST_MS + 2_000, FIRST_MS + 60_000)
    return FileSequenceSource([FilePart(path, one_stretch(first, 4_000)) for first in firsts])


def test_one_file_goes_on_where_the_other_ends(three: FileSequenceSource) -> None:
    found = instants(three, 0)
    assert found == [*range(0, 6_000, 40), *range(60_000, 64_000, 40)]
    assert {later - earlier for earlier, later in pairwise(found)} == {40, 54_040}


@pytest.mark.parametrize(("asked", "first"), [(2_500, 2_000), (30_000, 60_000), (61_000, 60_000)])
def test_it_begins_in_the_file_that_shows_the_instant(
    three: FileSequenceSource, asked: int, first: int
) -> None:
    assert instants(three, asked)[0] == first


def test_behind_the_last_file_there_is_nothing(three: FileSequenceSource) -> None:
    with pytest.raises(NoFootageError):
        instants(three, 64_000)


def test_closing_ends_it(three: FileSequenceSource) -> None:
    stream = three.open(
        FIRST_MS, FIRST_MS + 10**6, speed=1, key_frames_only=False, cancel=CancelToken()
    )
    units = stream.units()
    next(units)
    stream.close()
    assert len(list(units)) <= 1
