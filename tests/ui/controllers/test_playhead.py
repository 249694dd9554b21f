from rta_viewer.core.playback import PlaybackState
from rta_viewer.ui.controllers.playhead import PlayheadTracker

PLAYING, OPENING = PlaybackState.PLAYING, PlaybackState.OPENING
T = 1_761_300_000_000


def test_until_the_asked_picture_is_there_the_playhead_waits_where_it_was_asked() -> None:
    tracker = PlayheadTracker()
    assert tracker.position(T, PLAYING, 1.0, 0.0) == T
    tracker.ask(T + 60_000, 0.0)
    assert tracker.position(T, PLAYING, 1.0, 0.1) == T + 60_000
    assert tracker.position(T, OPENING, 1.0, 5.0) == T + 60_000
    assert tracker.position(T + 60_010, PLAYING, 1.0, 5.1) == T + 60_010
    assert not tracker.waiting
    assert tracker.position(T + 60_050, PLAYING, 1.0, 5.2) == T + 60_050


def test_a_gap_that_was_skipped_is_believed_after_a_while() -> None:
    tracker = PlayheadTracker()
    tracker.ask(T, 0.0)
    assert tracker.position(T + 600_000, PLAYING, 1.0, 0.5) == T
    assert tracker.position(T + 600_000, PLAYING, 1.0, 2.5) == T + 600_000


def test_without_footage_it_stays_where_it_was_asked_although_an_old_picture_is_known() -> None:
    tracker = PlayheadTracker()
    tracker.ask(T, 0.0)
    assert tracker.position(T - 999_999, PlaybackState.NO_FOOTAGE, 1.0, 60.0) == T
    assert tracker.position(None, PLAYING, 1.0, 60.0) == T


def test_a_fast_speed_may_have_run_on_meanwhile() -> None:
    tracker = PlayheadTracker()
    tracker.ask(T, 0.0)
    assert tracker.position(T + 8_000, PLAYING, 8.0, 1.0) == T + 8_000


def test_backwards_it_may_have_run_on_the_other_way() -> None:
    tracker = PlayheadTracker()
    tracker.ask(T, 0.0)
    assert tracker.position(T + 8_000, PLAYING, -8.0, 1.0) == T
    assert tracker.position(T - 8_000, PLAYING, -8.0, 1.0) == T - 8_000


def test_forgetting_believes_the_engine() -> None:
    tracker = PlayheadTracker()
    tracker.ask(T, 0.0)
    tracker.forget()
    assert tracker.position(T - 5, OPENING, 1.0, 0.0) == T - 5
