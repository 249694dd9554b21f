from pathlib import Path

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from rta_viewer.app.camera_notes import CameraNotes
from rta_viewer.qt.kept_texts import KeptTexts
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.theme.theme import DARK_THEME
from tests.helpers.ui_world import RunningClock, cameras, groups
from tests.ui.test_main_window import COPENHAGEN

SERVER, USER = "http://127.0.0.1:8080", "demo"


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow(DARK_THEME, RunningClock(), COPENHAGEN)
    qtbot.addWidget(window)
    window.tree.begin(groups())
    window.tree.add_cameras(cameras())
    return window


def names(window: MainWindow) -> list[str]:
    model = window.tree.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def settings_in(folder: Path) -> KeptTexts:
    return KeptTexts(folder / "window.json")


def test_favourites_and_recent_cameras_come_back_per_server(
    window: MainWindow, tmp_path: Path
) -> None:
    settings = settings_in(tmp_path)
    notes = CameraNotes(window, settings)
    notes.used("cam-00001")
    assert names(window)[0] == "Entrances (3)"
    notes.enter(SERVER, USER)
    window.tree.toggle_favourites(["cam-00003"])
    for number in (1, 2, 1):
        notes.used(f"cam-{number:05d}")
    assert names(window)[:2] == ["Favourites (1)", "Recently used (2)"]
    notes.enter("https://elsewhere", USER)
    assert names(window)[0] == "Entrances (3)"
    settings.close()
    CameraNotes(window, settings_in(tmp_path)).enter(SERVER, USER)
    assert names(window)[:2] == ["Favourites (1)", "Recently used (2)"]
    model = window.tree.model
    recent = model.index(1, 0)
    assert [model.index(row, 0, recent).data() for row in range(2)] == [
        "Reception",
        "Car park north",
    ]


@pytest.mark.parametrize("kept", ["nonsense", "[]", '{"recent": 5, "favourites": [1, null]}'])
def test_what_cannot_be_read_is_nothing(window: MainWindow, tmp_path: Path, kept: str) -> None:
    settings = settings_in(tmp_path)
    settings.put("cameras/http:__127.0.0.1:8080 demo", kept)
    CameraNotes(window, settings).enter(SERVER, USER)
    assert names(window)[0] == "Entrances (3)"


def test_the_grouping_comes_back(window: MainWindow, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    notes = CameraNotes(window, settings)
    window.findChild(QToolButton, "tree_by_servers").click()
    settings.close()
    window.findChild(QToolButton, "tree_by_groups").click()
    del notes
    settings.put("window/camera_grouping", "servers")
    CameraNotes(window, settings)
    assert window.findChild(QToolButton, "tree_by_servers").isChecked()
    assert names(window) == ["Unknown recording server (12)"]
