import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core.playback import MediaTimeline, PlaybackClock


def test_timeline_runs_on_within_a_piece_and_jumps_at_the_next():
    timeline = MediaTimeline()
    timeline.append(0.0, 1_000_000.0)
    timeline.append(4_000.0, 1_300_000.0)
    assert timeline.instant_at(3_999.0) == 1_003_999.0
    assert timeline.instant_at(4_000.0) == 1_300_000.0
    assert timeline.instant_at(5_500.0) == 1_301_500.0


def test_timeline_says_nothing_before_it_knows_and_never_less_than_its_start():
    timeline = MediaTimeline()
    assert timeline.instant_at(0.0) is None
    timeline.append(0.0, 500.0)
    assert timeline.instant_at(-80.0) == 500.0


def test_timeline_refuses_to_run_backwards():
    timeline = MediaTimeline()
    timeline.append(100.0, 0.0)
    with pytest.raises(ValueError, match="backwards"):
        timeline.append(99.0, 0.0)


def test_clock_stands_until_it_runs_and_when_it_is_held():
    clock = PlaybackClock()
    clock.anchor(0.0, 10.0)
    assert clock.media_ms(99.0) == 0.0
    clock.run(100.0)
    assert clock.media_ms(101.0) == 1_000.0
    clock.hold(101.0)
    assert clock.media_ms(500.0) == 1_000.0
    clock.run(600.0)
    assert clock.media_ms(600.5) == 1_500.0


@given(
    st.lists(
        st.tuples(st.floats(0.01, 10), st.sampled_from([0.25, 0.5, 1.0, 2.0, 4.0, 8.0])),
        min_size=1,
        max_size=20,
    )
)
def test_changing_the_rate_never_moves_the_position(steps):
    clock = PlaybackClock()
    now_s, expected_ms, rate = 0.0, 0.0, 1.0
    clock.run(now_s)
    for passed_s, new_rate in steps:
        now_s += passed_s
        expected_ms += passed_s * 1000 * rate
        before = clock.media_ms(now_s)
        clock.set_rate(new_rate, now_s)
        assert clock.media_ms(now_s) == pytest.approx(before)
        assert before == pytest.approx(expected_ms)
        rate = new_rate
