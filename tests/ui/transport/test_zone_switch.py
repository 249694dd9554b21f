from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.transport.zone_dialog import ZoneDialog
from rta_viewer.ui.transport.zone_switch import ZoneMode, ZoneSwitch
from tests.helpers.ui_world import NOW_MS

PC, SERVER = ZoneInfo("Europe/Copenhagen"), ZoneInfo("Asia/Dubai")


@pytest.fixture
def switch(qtbot: QtBot, theme: Theme) -> ZoneSwitch:
    switch = ZoneSwitch(PC)
    qtbot.addWidget(switch)
    switch.show()
    return switch


def button(switch: ZoneSwitch, name: str) -> QToolButton:
    return switch.findChild(QToolButton, name)


def test_each_position_shows_its_zone(switch: ZoneSwitch) -> None:
    seen: list[object] = []
    modes: list[object] = []
    switch.zone_chosen.connect(seen.append)
    switch.mode_chosen.connect(modes.append)
    switch.set_server_zone(SERVER)
    assert switch.zone == PC
    for name in ("zone_server", "zone_utc", "zone_pc"):
        button(switch, name).click()
        assert button(switch, name).isChecked()
    assert seen == [SERVER, UTC, PC]
    assert modes == [ZoneMode.SERVER, ZoneMode.UTC, ZoneMode.LOCAL]
    assert "Asia/Dubai" in button(switch, "zone_server").toolTip()


def test_a_server_without_a_zone_asks_for_it(qtbot: QtBot, switch: ZoneSwitch) -> None:
    with qtbot.waitSignal(switch.server_zone_wanted):
        button(switch, "zone_server").click()
    assert button(switch, "zone_pc").isChecked()
    assert switch.zone == PC


def test_the_wish_for_server_time_outlives_a_sign_out(switch: ZoneSwitch) -> None:
    seen: list[object] = []
    switch.zone_chosen.connect(seen.append)
    switch.set_mode(ZoneMode.SERVER)
    assert switch.zone == PC
    switch.set_server_zone(SERVER)
    switch.set_server_zone(None)
    switch.set_server_zone(SERVER)
    assert seen == [SERVER, PC, SERVER]
    assert button(switch, "zone_server").isChecked()


def test_the_dialog_tells_the_time_there_before_it_believes(qtbot: QtBot) -> None:
    dialog = ZoneDialog("Depot", "", NOW_MS)
    dialog.show()
    assert not dialog.ok.isEnabled()
    for wrong in ("Dub", "../../etc/passwd", "x" * 5000):
        dialog.names.setEditText(wrong)
        assert not dialog.ok.isEnabled()
    assert dialog.names.findText("Australia/Lord_Howe") >= 0
    dialog.names.setEditText("Asia/Dubai")
    assert dialog.clock.text() == "It is 14:00:00 +04:00 there now, on 24/10/2025."
    with qtbot.waitSignal(dialog.zone_named) as caught:
        dialog.ok.click()
    assert caught.args == ["Asia/Dubai"]
