import re
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent, QKeySequence, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QToolButton,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from rta_viewer.core.jobs import JobState
from rta_viewer.errors import NetworkError
from rta_viewer.qt.kept_texts import KeptTexts
from rta_viewer.ui.actions import SPECS
from rta_viewer.ui.details_box import DetailsBox
from rta_viewer.ui.jobs.commands import Command
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.theme import theme as themes
from rta_viewer.ui.theme.choice import ThemeChoice
from rta_viewer.ui.theme.theme import DARK_THEME
from tests.helpers.ui_world import NOW_MS, RunningClock, cameras, groups, job

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    themes.apply(app, DARK_THEME)
    window = MainWindow(DARK_THEME, RunningClock(), COPENHAGEN)
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    return window


def triggered(window: MainWindow, name: str) -> list[str]:
    seen: list[str] = []
    window.acts[name].triggered.connect(lambda: seen.append(name))
    return seen


PLACES = {
    "video": lambda window: window.grid.tiles[0].surface,
    "tiles": lambda window: window.grid,
    "tree": lambda window: window.tree.view,
    "timeline": lambda window: window.timeline.canvas,
    "jobs": lambda window: window.jobs.view,
    "button": lambda window: window.transport.play,
}


@pytest.mark.parametrize("place", PLACES)
def test_keys_work_wherever_the_focus_is(window: MainWindow, place: str) -> None:
    window.jobs_dock.show()
    window.tree.begin(groups())
    window.tree.add_cameras(cameras())
    window.jobs.view.show()
    focused: QWidget = PLACES[place](window)
    focused.setFocus()
    assert QApplication.focusWidget() is focused
    for spec in SPECS:
        if spec.name in {
            "quit", "full_screen", "keys", "go_to", "find_camera", "sign_in", "change_keys",
        }:  # fmt: skip
            continue
        for key in spec.keys:
            focused.setFocus()
            seen = triggered(window, spec.name)
            QTest.keySequence(focused, QKeySequence(key))
            assert seen == [spec.name], f"{key} with the focus on {place}"
            window.acts[spec.name].triggered.disconnect()


@pytest.mark.parametrize("key", ["T", "P"])
def test_a_key_of_the_list_is_the_list_s_where_the_window_has_it_too(
    qtbot: QtBot, window: MainWindow, key: str
) -> None:
    window.set_keys({"mark_in": ["P"]})
    jobs = window.jobs
    window.jobs_dock.show()
    state = JobState.DONE if key == "T" else JobState.FETCHING
    jobs.model.set_jobs([job(1, state)])
    jobs.select("job-1")
    jobs.view.setFocus()
    own_time, marked = triggered(window, "own_time"), triggered(window, "mark_in")
    with qtbot.waitSignal(jobs.wished) as caught:
        QTest.keySequence(jobs.view, QKeySequence(key))
    assert caught.args[0].command is (Command.SHOW if key == "T" else Command.PAUSE)
    assert (own_time, marked) == ([], [])


def can_take_the_focus(window: MainWindow) -> list[QWidget]:
    """Every visible widget that Tab or a click leads to, and nobody types in."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not isinstance(widget, QLineEdit | QPlainTextEdit | QMenuBar)
    ]


def test_keys_work_with_the_focus_on_every_widget_there_is(window: MainWindow) -> None:
    window.jobs_dock.show()
    window.tree.begin(groups())
    window.tree.add_cameras([replace(cameras(1)[0], recording_server="A")])
    window.messages.show_error(NetworkError("No answer.", "Check the cable."), "words")
    places = can_take_the_focus(window)
    assert len(places) > 25
    seen = triggered(window, "play_pause")
    other = triggered(window, "mark_in")
    for widget in places:
        widget.setFocus()
        assert QApplication.focusWidget() is widget
        seen.clear()
        other.clear()
        QTest.keyClick(widget, Qt.Key.Key_Space)
        QTest.keyClick(widget, Qt.Key.Key_I)
        assert (len(seen), len(other)) == (1, 1), widget.objectName()


def test_enter_presses_the_button_that_has_the_focus(window: MainWindow) -> None:
    window.messages.show_error(NetworkError("No answer.", "Check the cable."), "words")
    button = window.findChild(QToolButton, "message_close")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert not window.messages.isVisible()


def test_the_operator_s_own_keys(window: MainWindow) -> None:
    window.set_keys({"play_pause": ["P"], "snapshot": []})
    played, marked = triggered(window, "play_pause"), triggered(window, "mark_in")
    QTest.keyClick(window.grid, Qt.Key.Key_P)
    QTest.keyClick(window.grid, Qt.Key.Key_Space)
    QTest.keyClick(window.grid, Qt.Key.Key_I)
    assert (played, marked) == (["play_pause"], ["mark_in"])
    assert window.acts["snapshot"].shortcut().isEmpty()
    assert ("P", "Play / pause") in window.acts.key_lines()
    window.set_keys({"find_camera": ["Ctrl+K"]})
    assert window.tree.search.placeholderText() == "Find camera (Ctrl+K)"
    window.set_keys({})
    assert ("Space  or  K", "Play / pause") in window.acts.key_lines()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_tooltip_names_the_key_that_works(window: MainWindow) -> None:
    window.set_keys({"play_pause": ["P"]})
    place = window.mapToGlobal(window.rect().center())
    help_event = QHelpEvent(QEvent.Type.ToolTip, window.transport.play.rect().center(), place)
    QApplication.sendEvent(window.transport.play, help_event)
    assert QToolTip.text() == "Play (P)"
    QToolTip.hideText()


@pytest.mark.parametrize("field", ["search", "goto"])
def test_letters_are_letters_where_somebody_types(window: MainWindow, field: str) -> None:
    edit = window.tree.search if field == "search" else window.transport.go_to.edit
    seen = [
        triggered(window, name)
        for name in ("play_pause", "mark_in", "faster", "back_5s", "previous_recording", "keys")
    ]
    full = triggered(window, "full_screen")
    edit.setFocus()
    edit.clear()
    QTest.keyClicks(edit, "kil ,.[]?f")
    for key in (Qt.Key.Key_Left, Qt.Key.Key_PageUp, Qt.Key.Key_Home):
        QTest.keyClick(edit, key)
    assert edit.text() == "kil ,.[]?f"
    assert seen == [[], [], [], [], [], []]
    assert full == []
    assert not window.isFullScreen()
    saved = triggered(window, "save_clip")
    QTest.keyClick(edit, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert saved == ["save_clip"]


def test_no_key_means_two_things() -> None:
    keys = [key for spec in SPECS for key in spec.keys]
    assert len(keys) == len(set(keys))


def test_everything_the_tour_looks_for_is_there_once(window: MainWindow) -> None:
    names = [
        "main_window", "camera_search", "camera_tree_view", "camera_tree_status", "tile_grid",
        "tile_0", "timeline_canvas", "timeline_hover", "timeline_legend", "transport_play",
        "transport_step_back", "transport_step_forward", "transport_back_5s",
        "transport_forward_5s", "transport_back_1m", "transport_forward_1m",
        "transport_previous_recording", "transport_next_recording", "speed_1", "speed_2",
        "speed_4", "speed_8", "speed_more", "transport_effective_speed", "goto_edit",
        "goto_button", "zone_switch", "zone_server", "zone_pc", "zone_utc", "in_button", "out_button",
        "range_label", "range_clear", "save_clip_button", "jobs_view", "job_cancel", "job_retry",
        "job_open_folder", "job_open_file", "message_bar", "message_text", "status_server",
        "status_activity", "tree_dock", "jobs_dock", "timeline_dock",
    ]  # fmt: skip
    for name in names:
        found = [widget for widget in QApplication.allWidgets() if widget.objectName() == name]
        mine = [widget for widget in found if widget.window() is window]
        assert len(mine) == 1, name


def test_nothing_is_cut_off_on_a_small_screen(window: MainWindow) -> None:
    assert window.minimumSizeHint().width() <= 1280
    assert window.grid.height() >= 350
    assert window.timeline.legend.width() >= window.timeline.legend.sizeHint().width()
    for button in window.transport.findChildren(QToolButton):
        if button.isVisible():
            assert button.width() >= button.minimumSizeHint().width(), button.objectName()


def test_the_zone_switch_reaches_every_panel(window: MainWindow) -> None:
    tile = window.grid.tiles[0]
    tile.set_camera(cameras(1)[0])
    tile.set_instant(NOW_MS)
    assert tile.header.time.text() == "2025-10-24 12:00:00.000 +02:00"
    window.findChild(QToolButton, "zone_utc").click()
    assert tile.header.time.text() == "2025-10-24 10:00:00.000 UTC"
    assert str(window.jobs.model.zone) == "UTC"


def test_errors_are_a_quiet_bar_with_details_to_copy(window: MainWindow) -> None:
    window.messages.show_error(NetworkError("No answer.", "Check the cable."), "stack of words")
    assert window.messages.isVisible()
    assert window.messages.text.text() == "No answer. Check the cable."
    window.findChild(QToolButton, "message_copy").click()
    assert "stack of words" in QGuiApplication.clipboard().text()
    window.findChild(QToolButton, "message_details").click()
    box = window.findChild(DetailsBox)
    assert box.text.toPlainText() == "stack of words"
    box.close()
    QTest.keyClick(window.grid, Qt.Key.Key_Escape)
    assert not window.messages.isVisible()


def test_full_screen_and_back(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window.grid, Qt.Key.Key_F11)
    qtbot.waitUntil(window.isFullScreen)
    assert not window.menuBar().isVisible()
    QTest.keyClick(window.grid, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.isFullScreen())
    assert window.menuBar().isVisible()


def test_the_key_sheet_lists_every_key(window: MainWindow) -> None:
    QTest.keyClick(window.grid, Qt.Key.Key_F1)
    sheet = window.findChild(QDialog, "key_sheet")
    assert sheet.isVisible()
    words = {label.text() for label in sheet.findChildren(QWidget) if hasattr(label, "text")}
    assert {"Play / pause", "Mark in", "Save clip"} <= words
    sheet.close()


def test_colours_can_be_changed_while_it_runs(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.theme_chosen) as caught:
        window.acts["theme_light"].trigger()
    assert caught.args == [ThemeChoice.LIGHT]
    assert window.theme.name == "light"
    assert not window.acts["theme_dark"].isChecked()
    picture = window.grab().toImage()
    assert picture.pixelColor(4, window.height() // 2).lightness() > 200
    window.choose_theme(ThemeChoice.DARK)
    assert window.theme.name == "dark"
    assert window.acts["theme_dark"].isChecked()


def test_geometry_is_kept_where_it_is_told_to(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "window.json"
    settings = KeptTexts(path)
    first = MainWindow(DARK_THEME, RunningClock(), COPENHAGEN, settings)
    qtbot.addWidget(first)
    first.show()
    first.jobs_dock.show()
    first.tree_dock.hide()
    first.close()
    settings.close()
    second = MainWindow(DARK_THEME, RunningClock(), COPENHAGEN, KeptTexts(path))
    qtbot.addWidget(second)
    second.show()
    assert second.jobs_dock.isVisible()
    assert not second.tree_dock.isVisible()


def test_a_panel_that_floats_is_kept_as_it_was_before_the_window_was_withdrawn(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "window.json"
    settings = KeptTexts(path)
    first = MainWindow(DARK_THEME, RunningClock(), COPENHAGEN, settings)
    qtbot.addWidget(first)
    first.show()
    first.jobs_dock.setFloating(True)
    first.jobs_dock.show()
    first.withdraw()
    assert not first.jobs_dock.isVisible()
    first.close()
    settings.close()
    second = MainWindow(DARK_THEME, RunningClock(), COPENHAGEN, KeptTexts(path))
    qtbot.addWidget(second)
    second.show()
    assert second.jobs_dock.isVisible()
    assert second.jobs_dock.isFloating()


def test_a_word_without_a_gap_makes_the_window_no_wider(window: MainWindow) -> None:
    least = window.minimumSizeHint().width()
    word = "C:\\" + "evidence" * 60
    window.messages.show_error(NetworkError(word))
    window.jobs_dock.show()
    window.jobs.copying.begin(word)
    window.jobs.filters.layout().activate()
    assert window.messages.minimumSizeHint().width() < least
    assert window.jobs.copying.minimumSizeHint().width() < 200


def test_closing_is_told_once_the_window_is_out_of_sight(qtbot: QtBot, window: MainWindow) -> None:
    seen: list[bool] = []
    window.closing.connect(lambda: seen.append(window.isVisible()))
    window.close()
    assert seen == [False]


def test_panels_come_back_to_their_places(qtbot: QtBot, window: MainWindow) -> None:
    window.jobs_dock.show()
    window.tree_dock.setFloating(True)
    window.jobs_dock.hide()
    window.addDockWidget(Qt.DockWidgetArea.TopDockWidgetArea, window.jobs_dock)
    QTest.keyClick(window, Qt.Key.Key_F3)
    assert not window.timeline_dock.isVisible()
    assert not window.acts["panel_timeline"].isChecked()
    window.acts["panels_reset"].trigger()
    docks = (window.tree_dock, window.timeline_dock, window.jobs_dock)
    assert all(dock.isVisible() and not dock.isFloating() for dock in docks)
    assert window.dockWidgetArea(window.jobs_dock) is Qt.DockWidgetArea.RightDockWidgetArea
    assert window.acts["panel_timeline"].isChecked()


def test_full_screen_gives_back_a_window_that_filled_the_screen(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.showMaximized()
    window.acts["full_screen"].trigger()
    qtbot.waitUntil(window.isFullScreen)
    window.acts["full_screen"].trigger()
    qtbot.waitUntil(lambda: not window.isFullScreen())
    assert window.isMaximized()


def test_every_action_stands_in_a_menu(window: MainWindow) -> None:
    def inside(menu: QMenu) -> set[str]:
        names = set()
        for action in menu.actions():
            below = action.menu()
            names |= inside(below) if isinstance(below, QMenu) else {action.objectName()}
        return names

    standing: set[str] = set()
    for action in window.menuBar().actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        standing |= inside(menu)
    assert {f"action_{spec.name}" for spec in SPECS} <= standing


def test_a_notice_after_an_error_is_written_in_its_own_colour(window: MainWindow) -> None:
    colours = window.theme.colours
    for _ in range(2):
        window.messages.show_error(NetworkError("No answer.", "Check the cable."))
        ink = window.messages.text.palette().color(QPalette.ColorRole.WindowText)
        assert ink.name() == colours.on_danger_ground
        window.messages.show_notice("Saved.")
        ink = window.messages.text.palette().color(QPalette.ColorRole.WindowText)
        assert ink.name() == colours.on_notice_ground


def test_a_message_that_is_there_changes_its_colours_too(qtbot: QtBot, window: MainWindow) -> None:
    window.messages.show_notice("Saved.")
    before = window.messages._icon.grab().toImage()
    window.choose_theme(ThemeChoice.LIGHT)
    qtbot.waitUntil(lambda: window.messages._icon.grab().toImage() != before)
    window.choose_theme(ThemeChoice.DARK)
    qtbot.waitUntil(lambda: window.messages._icon.grab().toImage() == before)


def test_f6_goes_from_panel_to_panel(window: MainWindow) -> None:
    window.grid.setFocus()
    seen = []
    for _ in range(3):
        QTest.keyClick(window, Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert seen == [window.timeline.canvas, window.tree.view, window.grid]
    QTest.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is window.tree.view
    docks = (window.tree_dock, window.timeline_dock, window.jobs_dock)
    marks = [dock.titleBarWidget().property("focused") for dock in docks]
    assert marks == ["true", "false", "false"]
    window.timeline.canvas.setFocus()
    marks = [dock.titleBarWidget().property("focused") for dock in docks]
    assert marks == ["false", "true", "false"]


def test_tiles_are_chosen_by_key(window: MainWindow) -> None:
    window.grid.set_layout(4)
    tiles = window.grid.tiles
    QTest.keyClick(window.grid, Qt.Key.Key_N)
    assert window.grid.active is tiles[1]
    QTest.keyClick(window.grid, Qt.Key.Key_E)
    assert window.grid.enlarged is tiles[1]
    QTest.keyClick(window.grid, Qt.Key.Key_N)
    assert window.grid.enlarged is window.grid.active is tiles[2]
    QTest.keyClick(window.grid, Qt.Key.Key_E)
    for _ in range(3):
        QTest.keyClick(window.grid, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    assert window.grid.active is tiles[3]


def test_no_letter_means_two_things_in_one_menu(window: MainWindow) -> None:
    def letters(texts: list[str]) -> list[str]:
        return [found.group(1).lower() for text in texts if (found := re.search("&([^&])", text))]

    menus = [window.menuBar(), *window.menuBar().findChildren(QMenu)]
    for menu in menus:
        used = letters([action.text() for action in menu.actions()])
        twice = {letter for letter in used if used.count(letter) > 1}
        assert twice == set(), f"{menu.title() if isinstance(menu, QMenu) else 'menu bar'}"


def test_every_menu_fits_on_a_small_screen(window: MainWindow) -> None:
    for action in window.menuBar().actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        assert menu.sizeHint().height() <= 680, menu.title()


def test_other_colours_at_the_very_start(qtbot: QtBot) -> None:
    window = MainWindow(DARK_THEME, RunningClock(), COPENHAGEN)
    qtbot.addWidget(window)
    window.choose_theme(ThemeChoice.LIGHT)
    qtbot.waitUntil(lambda: not window._undrawn)
    window.choose_theme(ThemeChoice.DARK)
    qtbot.waitUntil(lambda: not window._undrawn)
