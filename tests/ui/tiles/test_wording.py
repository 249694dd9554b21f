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
    assert details(1.0, 1.0, note="thinned") == "1x  thinned"
