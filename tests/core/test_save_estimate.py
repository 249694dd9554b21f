from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from rta_viewer.core.model import Camera, StreamInfo
from rta_viewer.core.save_choices import SaveChoices
from rta_viewer.core.save_estimate import SPARE_BYTES, Experience, SaveTarget, estimate, fits
from rta_viewer.core.save_medium import Medium
from rta_viewer.core.save_order import SaveOrder, SavePlan, plan_pieces
from rta_viewer.core.spans import Span

HOUR = Span(1_761_300_000_000, 1_761_303_600_000)
GATE = Camera("1", "Gate", streams=(StreamInfo("s", bitrate_kbps=8_000),))
"""3.6 GB an hour."""

DOOR = Camera("2", "Door")


def plan(*cameras: Camera, span: Span = HOUR, choices: SaveChoices | None = None) -> SavePlan:
    return plan_pieces(SaveOrder(cameras, span, Path("x"), choices or SaveChoices(), UTC))


def test_sizes_add_up_as_far_as_they_are_known() -> None:
    found = estimate(plan(GATE, GATE), Medium.ANY, Experience())
    assert (found.files, found.size_bytes, found.complete) == (2, 7_200_000_000, True)
    assert (found.largest_bytes, found.needed_bytes) == (3_600_000_000, 7_200_000_000)
    partly = estimate(plan(GATE, DOOR), Medium.ANY, Experience())
    assert (partly.size_bytes, partly.complete) == (3_600_000_000, False)
    assert estimate(plan(DOOR), Medium.ANY, Experience()).size_bytes is None


def test_volumes_need_the_room_twice() -> None:
    three = Span(HOUR.start_ms, HOUR.start_ms + 3 * HOUR.duration_ms)
    found = estimate(plan(GATE, span=three), Medium.DVD, Experience())
    assert found.needed_bytes == 2 * found.largest_bytes
    small = estimate(plan(GATE), Medium.DVD, Experience())
    assert small.needed_bytes == small.largest_bytes


def test_time_is_told_from_what_was_measured_and_never_made_up() -> None:
    assert estimate(plan(GATE), Medium.ANY, Experience()).total_s is None
    known = Experience(bytes_per_s=36e6, pace=100.0, encoding_pace=2.0)
    plain = estimate(plan(GATE), Medium.ANY, known)
    assert (plain.prepare_s, plain.transfer_s, plain.total_s) == (36.0, 100.0, 136.0)
    marked = plan(GATE, choices=SaveChoices(watermark=True))
    assert estimate(marked, Medium.ANY, known).prepare_s == pytest.approx(1800.0)
    assert estimate(marked, Medium.ANY, Experience(36e6, 100.0)).total_s is None
    assert estimate(plan(GATE, DOOR), Medium.ANY, known).total_s is None


def test_packaging_goes_on_beside_one_another_ten_at_once() -> None:
    known = Experience(bytes_per_s=36e6, pace=100.0)
    cameras = [Camera(str(n), f"C{n}", streams=GATE.streams) for n in range(11)]
    assert estimate(plan(*cameras[:10]), Medium.ANY, known).prepare_s == 36.0
    assert estimate(plan(*cameras), Medium.ANY, known).prepare_s == 72.0


def test_each_server_is_estimated_by_what_was_measured_there() -> None:
    far = replace(GATE, camera_id="http://far 1")
    slow = Experience(bytes_per_s=9e6, pace=50.0, encoding_pace=1.0)
    known = Experience(36e6, 100.0, 2.0, (("http://far ", slow),))
    assert known.at("1") is known
    assert known.at("http://far 1") is slow
    there = estimate(plan(far), Medium.ANY, known)
    assert (there.prepare_s, there.transfer_s) == (72.0, 400.0)
    # Servers prepare beside one another; what they send shares one line.
    both = estimate(plan(GATE, far), Medium.ANY, known)
    assert (both.prepare_s, both.transfer_s) == (72.0, 500.0)
    marked = estimate(plan(GATE, far, choices=SaveChoices(watermark=True)), Medium.ANY, known)
    assert (marked.prepare_s, marked.encoding_s) == (3600.0, 3600.0)
    new = Experience(36e6, 100.0, 2.0, (("http://far ", Experience()),))
    assert estimate(plan(GATE, far), Medium.ANY, new).transfer_s is None
    assert estimate(plan(GATE), Medium.ANY, new).transfer_s == 100.0
    assert (
        estimate(plan(far, choices=SaveChoices(watermark=True)), Medium.ANY, new).encoding_s is None
    )


def test_what_does_not_fit_is_found_out() -> None:
    found = estimate(plan(GATE), Medium.ANY, Experience())
    room = found.needed_bytes + SPARE_BYTES
    assert fits(found, SaveTarget(Path("x"), room))
    assert not fits(found, SaveTarget(Path("x"), room - 1))
    assert not fits(found, SaveTarget(Path("x"), room, reserved_bytes=1))
    assert fits(found, SaveTarget(Path("x"), None))
