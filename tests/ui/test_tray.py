"""The icon in the tray, on a desktop that is said to have one."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from rta_viewer.ui.tray import Tray

# The offscreen platform has no tray.
NO_TRAY = pytest.mark.qt_log_ignore("systemTrayWindowChanged", "No Icon set")

REASON = QSystemTrayIcon.ActivationReason


@pytest.fixture
def tray(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tray]:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda *_: None)
    tray = Tray(QIcon())
    yield tray
    tray.close()
    assert not tray.available


@NO_TRAY
def test_the_icon_stays_for_a_notification_as_long_as_that_is_read(tray: Tray) -> None:
    assert tray.available
    assert tray._icon is not None
    assert not tray._icon.isVisible()
    tray.notify("Saved", "gate.mp4")
    assert tray._icon.isVisible()
    assert tray._hiding.isActive()
    tray._hiding.timeout.emit()
    assert not tray._icon.isVisible()


@NO_TRAY
def test_while_the_window_is_away_a_notification_does_not_take_the_icon_along(tray: Tray) -> None:
    tray.set_visible(True)
    tray.notify("Saved", "gate.mp4")
    assert not tray._hiding.isActive()


def test_a_click_brings_the_window_and_the_other_button_only_the_menu(
    qtbot: QtBot, tray: Tray
) -> None:
    assert tray._icon is not None
    asked: list[str] = []
    tray.show_requested.connect(lambda: asked.append("show"))
    tray.quit_requested.connect(lambda: asked.append("quit"))
    tray._icon.activated.emit(REASON.Context)
    assert asked == []
    tray._icon.activated.emit(REASON.Trigger)
    tray._icon.messageClicked.emit()
    show, _line, leave = tray._menu.actions()
    show.trigger()
    leave.trigger()
    assert asked == ["show", "show", "show", "quit"]
