import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core.in_step import KEEP, MOST_TRIM, StepKind, correction

SPEEDS = st.sampled_from([0.25, 0.5, 1.0, 2.0, 4.0, 8.0])


def test_less_than_a_picture_is_in_step():
    assert correction(25.0, 1.0) is KEEP
    assert correction(-25.0, 1.0) is KEEP
    assert correction(200.0, 8.0) is KEEP
    assert correction(26.0, 1.0) is not KEEP


def test_a_little_is_trimmed_the_right_way():
    ahead, behind = correction(80.0, 1.0), correction(-80.0, 1.0)
    assert ahead.kind is behind.kind is StepKind.TRIM
    assert ahead.factor == pytest.approx(0.96)
    assert behind.factor == pytest.approx(1.04)


def test_far_ahead_waits_and_far_behind_starts_again():
    assert correction(3_000.0, 2.0).kind is StepKind.WAIT
    assert correction(3_000.0, 2.0).wait_s == pytest.approx(1.5)
    assert correction(-3_000.0, 2.0).kind is StepKind.RESEEK


@given(st.floats(-5_000, 5_000), SPEEDS)
def test_each_correction_makes_the_drift_smaller(drift_ms, speed):
    step = correction(drift_ms, speed)
    assert 1 - MOST_TRIM <= step.factor <= 1 + MOST_TRIM
    if step.kind is StepKind.TRIM:
        after_ms = drift_ms + 1_000 * speed * (step.factor - 1)
        assert abs(after_ms) < abs(drift_ms)
        assert after_ms * drift_ms >= 0
    if step.kind is StepKind.WAIT:
        assert drift_ms - step.wait_s * speed * 1_000 == pytest.approx(0, abs=1e-6)


@given(st.floats(-400, 400), SPEEDS)
def test_small_drift_is_gone_after_some_seconds(drift_ms, speed):
    for _ in range(40):
        step = correction(drift_ms, speed)
        if step.kind in {StepKind.WAIT, StepKind.RESEEK}:
            return
        drift_ms += 500 * speed * (step.factor - 1)
    assert correction(drift_ms, speed) is KEEP
