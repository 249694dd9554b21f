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


def test_the_old_picture_is_not_taken_for_the_asked_one_however_near_it_is() -> None:
    tracker = PlayheadTracker()
    tracker.ask(T + 400, 0.0, shown_ms=T)
    assert tracker.position(T, PlaybackState.PAUSED, 1.0, 0.1) == T + 400
    assert tracker.position(T + 360, PlaybackState.PAUSED, 1.0, 0.2) == T + 360


def test_old_pictures_that_still_move_are_not_taken_for_the_asked_ones() -> None:
    tracker = PlayheadTracker()
    tracker.ask(T + 1_000, 0.0, shown_ms=T)
    assert tracker.position(T + 200, PLAYING, 1.0, 0.2) == T + 1_000
    assert tracker.position(T + 1_250, PLAYING, 1.0, 0.3) == T + 1_250


def test_the_picture_that_is_shown_already_is_believed_in_the_end() -> None:
    tracker = PlayheadTracker()
    tracker.ask(T + 20, 0.0, shown_ms=T)
    assert tracker.position(T, PlaybackState.PAUSED, 1.0, 0.1) == T + 20
    assert tracker.position(T, PlaybackState.PAUSED, 1.0, 2.1) == T


def test_without_a_picture_and_without_a_wish_nothing_moves() -> None:
    tracker = PlayheadTracker()
    assert tracker.position(T, PlaybackState.NO_FOOTAGE, 1.0, 0.0) is None
