import pytest
from pytestqt.qtbot import QtBot

from rta_viewer.app.going_on import words_for
from rta_viewer.ui.status_line import StatusLine, clock_words


@pytest.mark.parametrize(
    ("offset_ms", "words"),
    [
        (None, ""),
        (1_400, ""),
        (-1_999, ""),
        (2_300, "Server's clock is 2 s ahead"),
        (-75_000, "Server's clock is 1 min 15 s behind"),
        (7_200_000, "Server's clock is 2 h ahead"),
    ],
)
def test_how_the_server_s_clock_goes(offset_ms: int | None, words: str) -> None:
    assert clock_words(offset_ms) == words


def test_only_what_there_is_to_say_is_there(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.show()
    assert line.server.text() == "Not signed in"
    shown = [line.clock, line.activity, line.work]
    assert not any(label.isVisible() for label in shown)
    line.show_clock(60_000)
    line.show_activity("Loading cameras")
    line.show_work("2 waiting")
    assert all(label.isVisible() for label in shown)
    line.show_clock(0)
    assert not line.clock.isVisible()


def test_what_goes_on_in_one_line() -> None:
    assert words_for(0, 0, 0) == ""
    assert words_for(1, 0, 0) == "1 file is being saved"
    assert words_for(0, 1600, 0) == "1,600 waiting"
    assert words_for(1, 0, 0, 1) == "Looking at the folder\u2026 \u00b7 1 file is being saved"
    assert words_for(2, 3, 1) == (
        "Loading the timeline \u00b7 2 files are being saved \u00b7 3 waiting"
    )
