"""The clock of what is on the screen, by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.player.shown_clock import FORGOTTEN_MS, ShownClock

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


@pytest.fixture
def counting(hand):
    """From the asked picture on each one is counted."""
    hand.clock.begin(hand.now_s, is_asked=True)
    hand.clock.count(hand.now_s, repeated=False)
    return hand


@pytest.fixture
def unknown(hand):
    """Nobody knows which picture it begins with."""
    hand.clock.begin(hand.now_s, is_asked=False)
    return hand


def test_before_the_first_picture_it_stands(hand):
    hand.now_s += 3
    assert hand.position() == 0


def test_it_runs_between_two_pictures_and_waits_for_the_next(counting):
    counting.now_s += 0.010
    assert counting.position() == pytest.approx(20)
    counting.now_s += 5
    assert counting.position() == 39
    assert counting.clock.due_ms() == FIRST_MS + 9_960
    counting.clock.count(counting.now_s, repeated=False)
    counting.now_s += 0.005
    assert counting.position() == pytest.approx(50)


def test_each_counted_picture_is_the_next_one_that_was_fed(counting):
    for number in range(1, 4):
        counting.now_s += 0.3
        counting.clock.count(counting.now_s, repeated=False)
        assert counting.position() == 40 * number


def test_who_is_late_is_shown_late_and_catches_up(counting):
    counting.now_s += 1.0
    for number in range(1, 20):
        counting.now_s += 0.001
        counting.clock.count(counting.now_s, repeated=False)
        assert counting.position() == 40 * number


def test_pictures_are_shown_in_another_order_than_they_are_fed():
    hand = Hand(1.0)
    for media_ms in (0, 120, 40, 80, 160):
        hand.clock.fed(media_ms)
    hand.clock.begin(hand.now_s, is_asked=True)
    seen = []
    for _ in range(5):
        hand.clock.count(hand.now_s, repeated=False)
        seen.append(hand.position())
    assert seen == [0, 40, 80, 120, 160]


def test_the_same_picture_once_more_is_not_the_next_one(counting):
    for _ in range(20):
        counting.now_s += 0.055
        counting.clock.count(counting.now_s, repeated=True)
    assert counting.position() == 39


@given(st.lists(st.floats(-0.012, 0.012), min_size=60, max_size=60))
def test_a_scene_in_which_nothing_moves_goes_on(jitter_s):
    hand = Hand(1.0)
    for media_ms in range(0, 10_000, 40):
        hand.clock.fed(media_ms, still=True)
    hand.clock.begin(hand.now_s, is_asked=True)
    hand.clock.count(hand.now_s, repeated=False)
    began_s = hand.now_s
    for number, early_s in enumerate(jitter_s, 1):
        hand.now_s = began_s + number * 0.040 + early_s
        hand.clock.count(hand.now_s, repeated=True)
    assert hand.position() == pytest.approx(60 * 40, abs=40)


def test_a_proof_counts_more_than_counting(counting):
    counting.clock.prove(2_000, counting.now_s)
    assert counting.position() == 2_000
    counting.clock.count(counting.now_s, repeated=False)
    assert counting.position() == 2_040
    counting.clock.prove(1_000, counting.now_s)
    assert counting.position() == 1_000


def test_nothing_is_counted_from_a_picture_that_nobody_knows(unknown):
    unknown.now_s += 0.5
    unknown.clock.count(unknown.now_s, repeated=False)
    assert unknown.position() == 1_000
    unknown.clock.prove(3_000, unknown.now_s)
    unknown.clock.count(unknown.now_s, repeated=False)
    assert unknown.position() == 3_040


def test_what_is_never_counted_is_forgotten(unknown):
    for media_ms in range(10_000, 400_000, 40):
        unknown.clock.fed(media_ms)
    assert unknown.clock.waiting <= FORGOTTEN_MS / 40 + 1


def test_it_never_passes_what_was_fed_and_waits_for_the_refilled_buffer(unknown):
    unknown.now_s += 60
    assert unknown.position() == 9_960
    assert unknown.clock.last_ms() == FIRST_MS + 9_960
    unknown.clock.fed(10_000)
    unknown.clock.fed(20_000)
    assert unknown.position() == pytest.approx(9_560)
    unknown.now_s += 0.2
    assert unknown.position() == pytest.approx(9_960)


def test_another_speed_or_a_trim_does_not_move_the_position(unknown):
    unknown.clock.trim(0.95)
    unknown.now_s += 1
    assert unknown.position() == 1_900
    unknown.clock.set_rate(1.0)
    assert unknown.position() == 1_900
    unknown.now_s += 1
    assert unknown.position() == 2_900


def test_a_player_that_is_late_stays_where_it_is_at_another_speed(counting):
    counting.now_s += 1.0
    before = counting.position()
    counting.clock.set_rate(8.0)
    assert counting.position() == before


def test_a_correction_that_names_another_picture_ends_the_counting(hand):
    hand.clock.begin(hand.now_s, is_asked=True)
    hand.clock.correct(20, is_other_picture=False)
    hand.clock.count(hand.now_s, repeated=False)
    assert hand.position() == 0
    hand.clock.correct(200, is_other_picture=True)
    hand.clock.count(hand.now_s, repeated=False)
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
