"""The clock of what is on the screen, by hand."""

import pytest

from rta_viewer.player.shown_clock import ShownClock

FIRST_MS = 1_000_000.0


class Hand:
    """A clock whose wall-clock time is moved by the test."""

    def __init__(self, rate):
        self.now_s = 50.0
        self.clock = ShownClock(FIRST_MS, rate, lambda: self.now_s)

    def position(self):
        return round(self.clock.position_ms() - FIRST_MS, 3)


@pytest.fixture
def hand():
    made = Hand(2.0)
    for media_ms in range(0, 10_000, 40):
        made.clock.fed(media_ms)
    return made


def test_before_the_first_picture_it_stands(hand):
    hand.now_s += 3
    assert hand.position() == 0
    hand.clock.begin(hand.now_s, is_asked=True)
    hand.now_s += 1
    assert hand.position() == 2_000


def test_each_counted_picture_is_the_next_one_that_was_fed(hand):
    hand.clock.begin(hand.now_s, is_asked=True)
    hand.clock.count(hand.now_s)
    for number in range(1, 4):
        hand.now_s += 0.3
        hand.clock.count(hand.now_s)
        assert hand.position() == 40 * number


def test_nothing_is_counted_from_a_picture_that_nobody_knows(hand):
    hand.clock.begin(hand.now_s, is_asked=False)
    hand.now_s += 0.5
    hand.clock.count(hand.now_s)
    assert hand.position() == 1_000
    hand.clock.prove(3_000, hand.now_s)
    hand.clock.count(hand.now_s)
    assert hand.position() == 3_040


def test_it_never_passes_what_was_fed_and_waits_for_the_refilled_buffer(hand):
    hand.clock.begin(hand.now_s, is_asked=False)
    hand.now_s += 60
    assert hand.position() == 9_960
    assert hand.clock.last_ms() == FIRST_MS + 9_960
    hand.clock.fed(10_000)
    hand.clock.fed(20_000)
    assert hand.position() == pytest.approx(9_560)
    hand.now_s += 0.2
    assert hand.position() == pytest.approx(9_960)


def test_two_proofs_tell_who_falls_behind(hand):
    hand.clock.begin(hand.now_s, is_asked=True)
    hand.clock.prove(1_000, hand.now_s)
    hand.now_s += 1
    hand.clock.prove(2_000, hand.now_s)  # 2,000 ms should have passed
    assert hand.clock.falls_behind
    hand.now_s += 0.1
    assert hand.position() == pytest.approx(2_100)
    hand.clock.set_rate(1.0)
    assert not hand.clock.falls_behind


def test_a_trimmed_rate_is_not_falling_behind(hand):
    hand.clock.begin(hand.now_s, is_asked=True)
    hand.clock.trim(0.95)
    hand.clock.prove(0, hand.now_s)
    hand.now_s += 1
    assert hand.position() == 1_900
    hand.clock.prove(1_900, hand.now_s)
    assert not hand.clock.falls_behind
    hand.clock.trim(1.0)
    hand.now_s += 1
    assert hand.position() == 3_900


def test_a_correction_that_names_another_picture_ends_the_counting(hand):
    hand.clock.begin(hand.now_s, is_asked=True)
    hand.clock.correct(20, is_other_picture=False)
    hand.clock.count(hand.now_s)
    assert hand.position() == 0
    hand.clock.correct(200, is_other_picture=True)
    hand.clock.count(hand.now_s)
    assert hand.position() == 200


def test_behind_a_gap_instants_run_on_from_there(hand):
    hand.clock.continue_at(400, FIRST_MS + 100_000)
    hand.clock.begin(hand.now_s, is_asked=False)
    hand.now_s += 0.1
    assert hand.position() == 200
    assert hand.clock.instant_at(hand.now_s + 0.2) == FIRST_MS + 100_200
    assert hand.clock.ahead_ms(1_000) == pytest.approx(800)
    hand.clock.hold()
    assert not hand.clock.running
    hand.now_s += 5
    assert hand.position() == 200
    hand.clock.go_on()
    hand.now_s += 0.2
    assert hand.position() == 100_200
