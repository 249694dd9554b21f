from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from rta_viewer.app.layouts import Layouts
from rta_viewer.app.view_history import ViewHistory
from rta_viewer.qt.kept_texts import KeptTexts
from rta_viewer.qt.workers import Lane
from tests.helpers.ui_world import HOUR_MS, NOW_MS
from tests.ui.test_window_in_use import Use

CTRL = Qt.KeyboardModifier.ControlModifier


class Undoing(Use):
    def __init__(self, qtbot: QtBot, lane: Lane, folder: Path) -> None:
        super().__init__(qtbot, lane)
        settings = KeptTexts(folder / "window.json")
        self.layouts = Layouts(self.window, self.playback, settings)
        self.history = ViewHistory(self.window, self.playback, self.layouts)

    def shown(self) -> list[str]:
        return [tile.camera_id for tile in self.window.grid.tiles]

    def text(self, name: str) -> str:
        return self.window.acts[name].text().replace("&", "")


@pytest.fixture
def use(qtbot: QtBot, tmp_path: Path) -> Iterator[Undoing]:
    lane = Lane("test", workers=2)
    use = Undoing(qtbot, lane, tmp_path)
    yield use
    use.availability.close()
    use.playback.close()
    assert lane.close()


def test_a_closed_camera_comes_back_where_it_was(use: Undoing) -> None:
    use.window.grid.set_layout(4)
    use.open("cam-00001")
    use.open("cam-00002")
    use.go_to(NOW_MS - HOUR_MS)
    use.history.forget()
    assert not use.window.acts["undo"].isEnabled()
    use.window.grid.activate(use.window.grid.tiles[0])
    use.window.acts["clear_tile"].trigger()
    assert use.shown() == ["", "cam-00002", "", ""]
    use.history._on_settled()
    assert use.text("undo") == "Undo closing Reception"
    QTest.keyClick(use.window.grid, Qt.Key.Key_Z, CTRL)
    assert use.shown() == ["cam-00001", "cam-00002", "", ""]
    assert use.engines.made[-1].asked("seek")[-1][1] == NOW_MS - HOUR_MS
    assert use.text("redo") == "Redo closing Reception"
    QTest.keyClick(use.window.grid, Qt.Key.Key_Y, CTRL)
    assert use.shown() == ["", "cam-00002", "", ""]


def test_a_closed_camera_comes_back_at_the_instant_at_which_it_was_closed(use: Undoing) -> None:
    use.window.grid.set_layout(2)
    use.open("cam-00001")
    use.open("cam-00002")
    use.go_to(NOW_MS - HOUR_MS)
    use.playback.pause()
    use.history.forget()
    use.window.acts["clear_tile"].trigger()
    use.playback.seek(NOW_MS - 2 * HOUR_MS)
    use.window.acts["undo"].trigger()
    assert use.shown() == ["cam-00001", "cam-00002"]
    assert use.playback.playhead_ms == NOW_MS - HOUR_MS
    assert use.engines.made[-1].asked("seek")[-1][1] == NOW_MS - HOUR_MS


def test_a_smaller_layout_that_closed_cameras(use: Undoing) -> None:
    use.window.grid.set_layout(4)
    for number in range(4):
        use.open(f"cam-{number:05d}")
    use.history.forget()
    use.window.acts["layout_1"].trigger()
    use.window.acts["undo"].trigger()
    assert use.shown() == [f"cam-{number:05d}" for number in range(4)]


def test_in_and_out(use: Undoing) -> None:
    use.open("cam-00001")
    use.history.forget()
    use.go_to(NOW_MS - HOUR_MS)
    QTest.keyClick(use.window.grid, Qt.Key.Key_I)
    use.history._on_settled()
    marked = use.window.timeline.canvas.cut
    assert marked.in_ms == NOW_MS - HOUR_MS
    use.window.acts["clear_cut"].trigger()
    use.history._on_settled()
    assert use.text("undo") == "Undo moving in and out"
    use.window.acts["undo"].trigger()
    assert use.window.timeline.canvas.cut == marked
    use.window.acts["undo"].trigger()
    assert use.window.timeline.canvas.cut.in_ms is None
    assert not use.window.acts["undo"].isEnabled()
    use.window.acts["redo"].trigger()
    assert use.window.timeline.canvas.cut == marked


def test_several_changes_at_once_are_one_step(qtbot: QtBot, use: Undoing) -> None:
    use.history.forget()
    use.window.grid.set_layout(2)
    use.open("cam-00001")
    use.open("cam-00002")
    qtbot.waitUntil(lambda: use.text("undo") == "Undo opening 2 cameras")
    use.history.undo()
    assert use.shown() == [""]
    assert not use.window.acts["undo"].isEnabled()
