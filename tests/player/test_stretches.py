"""Stretches of key pictures towards the past, over gaps of any length, without fetching what is not shown."""

from dataclasses import dataclass

import pytest

from rta_viewer.core.access_unit import AccessUnit, Codec, MediaFormat
from rta_viewer.core.cancel import CancelToken
from rta_viewer.player.stretches import LEAST_STRETCH_MS, LONGEST_GAP_MS, STRETCH_S, Stretches

HOUR_MS = 3_600_000
FORMAT = MediaFormat(Codec.H264)


@dataclass
class Footage:
    """A locator's key pictures, one each two seconds inside ``spans``; counts what it hands out."""

    spans: list[tuple[int, int]]
    handed: int = 0
    asked: int = 0

    def key_pictures(self, window, _cancel, most=2_000):
        self.asked += 1
        found = [
            AccessUnit(FORMAT, at, b"", is_key=True)
            for begin, end in self.spans
            for at in range(max(begin, window.instant_ms // 2_000 * 2_000), end, 2_000)
            if at < window.end_ms
        ][:most]
        self.handed += len(found)
        return found


def instants(
    footage: Footage, before_ms: int, speed: float = 8.0
) -> tuple[list[float], list[bool]]:
    stretches = list(Stretches(footage, before_ms, speed).backwards(CancelToken()))  # type: ignore[arg-type]
    found = [unit.instant_ms for each in stretches for unit in reversed(each.keys)]
    return found, [each.behind_gap for each in stretches]


def test_every_key_picture_comes_once_the_latest_first():
    footage = Footage([(0, 300_000)])
    found, gaps = instants(footage, 200_001)
    assert found == list(range(200_000, -1, -2_000))
    assert not any(gaps)


def test_the_first_stretch_is_short_and_the_others_last_as_long_as_they_should():
    stretches = Stretches(Footage([(0, 600_000)]), 500_000, 8.0).backwards(CancelToken())  # type: ignore[arg-type]
    lengths = [each.keys[-1].instant_ms - each.keys[0].instant_ms for each in stretches]
    assert lengths[0] <= LEAST_STRETCH_MS
    assert max(lengths) <= STRETCH_S * 8_000 + 2_000


@pytest.mark.parametrize("gap_ms", [60_000, HOUR_MS, 20 * HOUR_MS])
def test_a_gap_of_any_length_ends_at_the_latest_picture_before_it(gap_ms: int):
    """Footage of hours lies before the gap: its end is wanted, and not all of it fetched to find it."""
    end_ms = 30 * HOUR_MS
    footage = Footage([(24 * HOUR_MS, end_ms), (end_ms + gap_ms, end_ms + gap_ms + 10_000)])
    stretches = Stretches(footage, end_ms + gap_ms + 5_000, 8.0).backwards(CancelToken())  # type: ignore[arg-type]
    first, second = next(stretches), next(stretches)
    assert [unit.instant_ms for unit in first.keys] == [
        end_ms + gap_ms + at for at in (0, 2_000, 4_000)
    ]
    assert second.behind_gap
    assert second.keys[-1].instant_ms == end_ms - 2_000
    assert footage.handed < 60
    assert footage.asked < 30


def test_the_beginning_is_where_nothing_was_recorded_for_a_day():
    end_ms = 48 * HOUR_MS
    footage = Footage([(0, HOUR_MS), (end_ms, end_ms + 10_000)])
    assert end_ms - HOUR_MS > LONGEST_GAP_MS
    found, _ = instants(footage, end_ms + 9_000)
    assert found == [end_ms + at for at in (8_000, 6_000, 4_000, 2_000, 0)]
