import threading
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from rta_viewer.demo.cameras import demo_cameras
from rta_viewer.demo.footage.backdrops import PLACES
from rta_viewer.demo.footage.lanes import passing
from rta_viewer.demo.footage.scene import Scene, daylight_step
from tests.helpers.timecode import TimeCode, read_frame

NOON_MS = 1_761_300_000_000 + 2 * 3_600_000
MIDNIGHT_MS = NOON_MS - 12 * 3_600_000
SMALL = replace(demo_cameras()[0], width=320, height=180)


def grey(scene: Scene, instant_ms: int) -> np.ndarray:
    return scene.draw(instant_ms).to_ndarray(format="gray").astype(int)


@pytest.mark.parametrize("size", [(320, 180), (640, 360), (1280, 720), (1920, 1080), (640, 480)])
def test_the_code_in_a_picture_is_its_instant(size: tuple[int, int]) -> None:
    scene = Scene(replace(SMALL, width=size[0], height=size[1], number=200))
    frame = scene.draw(NOON_MS + 1_234)
    assert (frame.width, frame.height, frame.format.name) == (*size, "yuv420p")
    assert read_frame(frame) == TimeCode(NOON_MS + 1_234, 200)


def test_only_the_milliseconds_the_code_and_the_movers_change_within_a_second() -> None:
    scene = Scene(SMALL)
    first, second = grey(scene, NOON_MS), grey(scene, NOON_MS + 1)
    changed = np.abs(first - second) > 8
    assert changed.any()
    assert changed.mean() < 0.06
    digits = changed[155:, 160:]
    assert digits.any()


def test_each_digit_of_the_time_is_drawn() -> None:
    scene = Scene(SMALL)
    pictures = [
        grey(scene, NOON_MS + at)[155:, 160:] for at in (0, 1, 10, 100, 1_000, 60_000, 3_600_000)
    ]
    for one in range(len(pictures)):
        for other in range(one):
            assert (pictures[one] != pictures[other]).any()


def test_the_name_is_drawn() -> None:
    other = Scene(replace(SMALL, name="Main exit"))
    assert (grey(Scene(SMALL), NOON_MS) != grey(other, NOON_MS))[150:170, 200:].any()


def test_nights_are_dark_outside_and_rooms_stay_lit() -> None:
    outside, room = Scene(SMALL), Scene(replace(SMALL, name="Canteen"))
    assert grey(outside, MIDNIGHT_MS)[:140].mean() < grey(outside, NOON_MS)[:140].mean() * 0.7
    assert abs(grey(room, MIDNIGHT_MS)[:140].mean() - grey(room, NOON_MS)[:140].mean()) < 5


def test_dawn_and_dusk_are_gradual() -> None:
    hour = 3_600_000
    midnight = NOON_MS // (24 * hour) * 24 * hour
    steps = [daylight_step(midnight + minute * 60_000) for minute in range(0, 1440, 5)]
    assert {steps[0], max(steps)} == {0, 12}
    assert all(abs(one - other) <= 1 for one, other in pairwise(steps))
    scene = Scene(SMALL)
    levels = [
        grey(scene, midnight + 5 * hour + minute * 60_000)[:100].mean()
        for minute in (0, 45, 60, 75, 120)
    ]
    assert levels == sorted(levels)
    assert len(set(levels)) == 5


@pytest.mark.parametrize("name", sorted(PLACES))
def test_something_moves_in_every_place(name: str) -> None:
    place = PLACES[name]
    seen = set()
    for second in range(240):
        seen |= {item.kind for item in passing(place.lanes, 3, NOON_MS + second * 1000)}
    assert "person" in seen
    assert {lane.kind for lane in place.lanes} == seen


@pytest.mark.parametrize("name", sorted(PLACES))
def test_movers_move_smoothly(name: str) -> None:
    lanes = PLACES[name].lanes
    before: dict[int, tuple[float, ...]] = {}
    for step in range(200):
        now = {item.look: item.at for item in passing(lanes, 3, NOON_MS + step * 100)}
        for look, at in now.items():
            if look in before:
                moved = sum((p - q) ** 2 for p, q in zip(at, before[look], strict=True)) ** 0.5
                assert moved < 1.0
        before = now


def test_threads_may_draw_together() -> None:
    scene = Scene(SMALL)
    expected = {
        at: Scene(SMALL).draw(NOON_MS + at).to_ndarray().tobytes() for at in range(0, 2000, 200)
    }
    wrong = []

    def draw() -> None:
        for at, picture in expected.items():
            if scene.draw(NOON_MS + at).to_ndarray().tobytes() != picture:
                wrong.append(at)

    threads = [threading.Thread(target=draw) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert wrong == []
