import pytest

from rta_viewer.ui.controllers.speed_meter import SpeedMeter

T = 1_761_300_000_000


def test_steps_of_key_pictures_come_to_the_speed_they_are_shown_at() -> None:
    meter = SpeedMeter()
    for tick in range(200):
        now_s = tick * 0.033
        meter.note(T - int(now_s / 0.5) * 2_000, now_s)
    assert meter.speed == pytest.approx(-4.0, rel=0.02)


def test_it_says_nothing_before_two_steps_and_after_a_jump() -> None:
    meter = SpeedMeter()
    assert meter.speed is None
    meter.note(T, 0.0)
    meter.note(T, 0.5)
    assert meter.speed is None
    meter.note(T - 2_000, 1.0)
    assert meter.speed == pytest.approx(-2.0)
    meter.note(T + 60_000, 1.1)
    assert meter.speed is None
    meter.note(None, 1.2)
    meter.note(T, 1.3)
    assert meter.speed is None
