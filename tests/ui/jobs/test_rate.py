import pytest

from rta_viewer.ui.jobs.rate import RateMeter


def test_a_rate_needs_time_and_starts_over_with_the_transfer() -> None:
    meter = RateMeter()
    meter.add(0.0, 0)
    assert meter.rate is None
    meter.add(0.1, 100)
    assert meter.rate is None
    meter.add(2.0, 2000)
    assert meter.rate == 1000
    meter.add(3.0, 50)
    assert meter.rate is None
    for second in range(4, 30):
        meter.add(float(second), second * 10)
    assert meter.rate == pytest.approx(10)
