import random
from itertools import pairwise
from statistics import median_high

from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.media.spacing import Spacing


def spaced(shown: list[int], least_pause: int = 100) -> Spacing:
    spacing = Spacing(least_pause)
    for stamp in shown:
        spacing.add(stamp)
    spacing.finish()
    return spacing


def test_nothing_and_one_picture() -> None:
    for shown in ([], [7]):
        spacing = spaced(shown)
        assert (spacing.usual, spacing.longest, spacing.pauses) == (None, 0, [])


def test_a_pause_is_told_with_its_place() -> None:
    spacing = spaced([*range(0, 400, 4), *range(1000, 1400, 4)])
    assert (spacing.usual, spacing.longest) == (4, 604)
    assert spacing.pauses == [(396, 1000)]


@given(st.lists(st.integers(0, 5000), unique=True, min_size=2, max_size=200), st.integers())
def test_the_order_of_decoding_does_not_count(shown: list[int], seed: int) -> None:
    in_order = sorted(shown)
    decoded = [*in_order]
    for first in range(0, len(decoded), 16):
        group = decoded[first : first + 16]
        random.Random(seed).shuffle(group)  # noqa: S311 - any order
        decoded[first : first + 16] = group
    spacing = spaced(decoded)
    distances = [later - earlier for earlier, later in pairwise(in_order)]
    assert spacing.usual == median_high(distances)
    assert spacing.longest == max(distances)
    assert spacing.pauses == [pair for pair in pairwise(in_order) if pair[1] - pair[0] >= 100]
    assert spacing.steps_back == 0


def test_pictures_that_run_backwards_are_found() -> None:
    assert spaced([*range(1000, 0, -1)]).steps_back > 900
    assert spaced([*range(500), *range(200, 500)]).steps_back > 250


def test_a_file_made_to_fill_the_memory_does_not() -> None:
    stamps, at = [], 0
    for distance in range(1000, 31_000):
        at += distance
        stamps.append(at)
    spacing = spaced(stamps)
    assert len(spacing.pauses) == 2000
    assert min(end - start for start, end in spacing.pauses) == 29_000
    assert spacing.usual is not None
    assert spacing.longest == 30_999
