from zoneinfo import ZoneInfo

from rta_viewer.core.playback import PlaybackState, PlaybackStatus
from rta_viewer.ui.tiles import wording


def test_every_state_has_a_word_and_failures_have_a_notice() -> None:
    silent = {PlaybackState.IDLE, PlaybackState.PLAYING, PlaybackState.PAUSED}
    for state in PlaybackState:
        assert isinstance(wording.state_word(state), str)
        assert (wording.notice_for(PlaybackStatus(state)) is None) == (state in silent)


def test_the_engines_own_words_come_first() -> None:
    status = PlaybackStatus(
        PlaybackState.FAILED, message="The disk is gone.", hint="Call somebody."
    )
    notice = wording.notice_for(status)
    assert notice is not None
    assert (notice.text, notice.hint, notice.can_retry) == (
        "The disk is gone.",
        "Call somebody.",
        True,
    )


def test_the_speed_that_is_not_reached_is_told() -> None:
    def details(asked: float, reached: float | None, **fields: object) -> str:
        status = PlaybackStatus(
            PlaybackState.PLAYING,
            speed_asked=asked,
            speed_effective=reached,
            **fields,  # type: ignore[arg-type]
        )
        return wording.details(status)

    assert details(8.0, None) == "8x"
    assert details(8.0, 7.9) == "8x"
    assert details(8.0, 5.21) == "5.2x of 8x"
    assert details(0.25, 0.25, lost_units=3) == "0.25x  3 lost"
    assert details(-4.0, -3.9) == "\N{MINUS SIGN}4x"
    assert details(-8.0, -2.1) == "\N{MINUS SIGN}2.1x of \N{MINUS SIGN}8x"
    assert details(1.0, 1.0, note="thinned") == "1x  thinned"
    assert details(1.0, 1.0, preview=True) == "1x  Preview"


def test_times_of_the_engine_are_worded_in_the_zone_that_is_shown() -> None:
    status = PlaybackStatus(
        PlaybackState.NO_FOOTAGE,
        message="Nothing was recorded at 2025-10-24 10:00:00 UTC.",
        hint="The next recording starts at 2025-10-26 01:30:00 UTC.",
    )
    notice = wording.notice_for(status, "camera offline", ZoneInfo("Europe/Copenhagen"))
    assert notice is not None
    assert notice.text == "Nothing was recorded at 2025-10-24 12:00:00 +02:00."
    assert notice.hint == (
        "Reason: camera offline.\nThe next recording starts at 2025-10-26 02:30:00 +01:00."
    )


def test_playing_backwards_is_told() -> None:
    assert wording.state_word(PlaybackState.PLAYING, -1.0) == "Playing backwards"
    assert wording.state_word(PlaybackState.PAUSED, -1.0) == "Paused"
