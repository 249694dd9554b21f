"""The zone switch counts for every sentence that is on the screen, also for those of the engine."""

from datetime import UTC
from zoneinfo import ZoneInfo

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from rta_viewer.core.playback import PlaybackState, PlaybackStatus
from rta_viewer.errors import StorageError
from rta_viewer.ui.message_bar import MessageBar
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.tiles.tile import Tile
from tests.helpers.ui_world import cameras

SYDNEY = ZoneInfo("Australia/Sydney")
SENTENCE = "Nothing was recorded at 2025-10-24 10:00:00 UTC."
HINT = "The next recording starts at 2025-10-24 11:30:00 UTC."


def test_the_sentence_in_a_tile_follows_the_switch(qtbot: QtBot, theme: Theme) -> None:
    tile = Tile(theme)
    qtbot.addWidget(tile)
    tile.set_camera(cameras(1)[0])
    tile.set_status(PlaybackStatus(PlaybackState.NO_FOOTAGE, message=SENTENCE, hint=HINT))
    assert "10:00:00 UTC" in tile.overlay.text.text()
    tile.set_zone(SYDNEY)
    assert "21:00:00 +11:00" in tile.overlay.text.text()
    assert "22:30:00 +11:00" in tile.overlay.hint.text()


def test_a_sentence_that_comes_with_patience_follows_it_too(qtbot: QtBot, theme: Theme) -> None:
    tile = Tile(theme)
    qtbot.addWidget(tile)
    tile.set_camera(cameras(1)[0])
    tile.set_zone(SYDNEY)
    tile.set_status(PlaybackStatus(PlaybackState.OPENING, message=SENTENCE))
    tile._patience.timeout.emit()
    assert "21:00:00 +11:00" in tile.overlay.text.text()


def test_the_bar_its_details_and_what_is_copied_follow_it(qtbot: QtBot, theme: Theme) -> None:
    bar = MessageBar(theme)
    qtbot.addWidget(bar)
    bar.set_zone(UTC)
    bar.show_error(StorageError(SENTENCE, HINT))
    bar.set_zone(SYDNEY)
    assert "21:00:00 +11:00" in bar.text.text()
    with qtbot.waitSignal(bar.details_requested) as asked:
        bar._show.click()
    assert asked.args is not None
    assert "22:30:00 +11:00" in asked.args[0]
    bar._copy.click()
    assert "UTC" not in QGuiApplication.clipboard().text()
