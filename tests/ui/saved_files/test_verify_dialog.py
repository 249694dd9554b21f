from zoneinfo import ZoneInfo

from pytestqt.qtbot import QtBot

from rta_viewer.ui.saved_files.verify_dialog import VerifyDialog
from rta_viewer.ui.theme.theme import DARK_THEME
from tests.helpers.ui_world import RunningClock


def test_all_of_it_is_on_a_small_screen(qtbot: QtBot) -> None:
    dialog = VerifyDialog(DARK_THEME, RunningClock(), ZoneInfo("UTC"))
    qtbot.addWidget(dialog)
    dialog.show()
    room = dialog.screen().availableSize()
    assert dialog.width() <= min(980, room.width())
    assert dialog.height() <= min(610, room.height())
