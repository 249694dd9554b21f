"""A size that an administrator changes: each picture exists once, before or after, and is of its own size."""

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from rta_viewer.core.spans import Span
from rta_viewer.demo.world import World
from tests.helpers.timecode import read
from tests.helpers.worlds import camera_named, recorded_span, small_world

NAME = "Main entrance"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = small_world(tmp_path)
    yield made
    made.close()


@pytest.fixture
def changed(world: World) -> tuple[str, Span, float]:
    """A camera, twenty seconds of its footage, and where the size changes in the middle of them."""
    camera_id = camera_named(world, NAME).camera_id
    span = recorded_span(world, camera_id, 20_000)
    return camera_id, span, world.change_size(camera_id, span.start_ms + 9_000, 320, 240)


def sizes(gop) -> list[tuple[int, int, int | None]]:
    decoder = av.CodecContext.create("h264", "r")
    found = []
    for unit in [*gop.units, None]:
        for frame in decoder.decode(av.Packet(unit.data) if unit else None):
            code = read(np.ascontiguousarray(frame.to_ndarray(format="gray")))
            found.append((frame.width, frame.height, code.instant_ms if code else None))
    return found


def test_it_changes_where_a_group_ends(world: World, changed: tuple[str, Span, float]) -> None:
    camera_id, span, border_ms = changed
    footage = world.footage(camera_id)
    assert border_ms == span.start_ms + 10_000
    before, after = footage.gop_at(border_ms - 1), footage.gop_at(border_ms)
    assert before is not None
    assert after is not None
    assert before.end_ms == after.start_ms == border_ms
    for gop, size in ((before, (640, 360)), (after, (320, 240))):
        decoded = sizes(gop)
        assert {each[:2] for each in decoded} == {size}
        assert [each[2] for each in decoded] == [round(unit.instant_ms) for unit in gop.units]


def test_forwards_and_backwards_no_group_is_missing_or_twice(
    world: World, changed: tuple[str, Span, float]
) -> None:
    camera_id, span, _ = changed
    footage = world.footage(camera_id)
    starts = list(range(span.start_ms, span.end_ms, 2_000))
    forwards, at_ms = [], float(span.start_ms)
    while at_ms < span.end_ms:
        gop = footage.gop_from(at_ms)
        assert gop is not None
        forwards.append(gop.start_ms)
        at_ms = gop.end_ms
    assert forwards == starts
    backwards, at_ms = [], float(span.end_ms)
    while at_ms > span.start_ms:
        gop = footage.gop_before(at_ms)
        assert gop is not None
        backwards.append(gop.start_ms)
        at_ms = gop.start_ms
    assert backwards == starts[::-1]


def test_in_a_gap_it_is_the_next_recording(world: World) -> None:
    camera_id = camera_named(world, NAME).camera_id
    span = recorded_span(world, camera_id, 20_000)
    gap = Span(span.start_ms + 6_000, span.start_ms + 12_000)
    world.add_gap(camera_id, gap, "no_recording")
    assert world.change_size(camera_id, gap.start_ms + 1_000, 1280, 720) == gap.start_ms + 1_000
    footage = world.footage(camera_id)
    before, after = footage.gop_before(gap.end_ms - 1), footage.gop_from(gap.start_ms)
    assert before is not None
    assert after is not None
    assert (before.end_ms, after.start_ms) == (gap.start_ms, gap.end_ms)
    assert sizes(before)[0][:2] == (640, 360)
    assert sizes(after)[0][:2] == (1280, 720)
