from rta_viewer.core.clock import ManualClock


def test_advances_both_readings() -> None:
    clock = ManualClock(1000, 5.0)
    clock.advance(1.5)
    assert clock.now_ms() == 2500
    assert clock.monotonic_s() == 6.5


def test_a_jump_leaves_the_monotonic_reading_alone() -> None:
    clock = ManualClock(1000)
    clock.advance(2)
    clock.jump(0)
    assert clock.now_ms() == 0
    assert clock.monotonic_s() == 2
