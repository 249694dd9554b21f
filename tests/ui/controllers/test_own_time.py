"""A tile that was freed to its own time: what is done to it, and what is done to the others."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from rta_viewer.core.playback import PlaybackState
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.controllers.playback import PlaybackController
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.tiles.grid import TileGrid
from rta_viewer.ui.tiles.tile import Tile
from tests.helpers.fake_engine import FakeEngine, FakeEngines
from tests.helpers.ui_world import MINUTE_MS, NOW_MS, RunningClock, cameras

START = NOW_MS - 10 * MINUTE_MS
EARLIER = START - 60 * MINUTE_MS


class Desk:
    """Three cameras in step; the last one is active and has its own time."""

    def __init__(self, qtbot: QtBot, theme: Theme, lane: Lane) -> None:
        grid = TileGrid(theme)
        qtbot.addWidget(grid)
        grid.set_layout(4)
        grid.resize(1280, 800)
        grid.show()
        engines = FakeEngines()
        self.grid = grid
        self.playback = PlaybackController(grid, engines, RunningClock(), lane, grid)
        self.tiles: list[Tile] = [
            self.playback.open_camera(each, START if number == 0 else None)
            for number, each in enumerate(cameras(3))
        ]
        self.engines: list[FakeEngine] = engines.made
        for engine in self.engines:
            engine.show(START)
        playing = PlaybackState.PLAYING
        qtbot.waitUntil(lambda: all(tile.status.state is playing for tile in self.tiles))
        self.playback.set_own_time(True)
        for engine in self.engines:
            engine.calls.clear()

    def calls(self) -> list[list[tuple[object, ...]]]:
        return [engine.calls for engine in self.engines]


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, lane: Lane) -> Iterator[Desk]:
    desk = Desk(qtbot, theme, lane)
    yield desk
    desk.playback.close()


def test_commands_go_to_the_tile_that_was_freed_and_to_no_other(desk: Desk) -> None:
    playback = desk.playback
    assert playback.has_own_time
    playback.seek(EARLIER)
    playback.set_speed(2.0)
    playback.pause()
    playback.step(1)
    wanted = [("seek", EARLIER, True), ("speed", 2.0), ("pause",), ("step", 1)]
    assert desk.calls() == [[], [], wanted]
    assert playback.playhead_ms == EARLIER
    assert "Own time" in desk.tiles[2].header.note.text()


def test_the_others_go_on_together_and_are_what_is_spoken_of_again(desk: Desk) -> None:
    playback = desk.playback
    playback.seek(EARLIER)
    playback.set_speed(4.0)
    playback.pause()
    heard: list[object] = []
    playback.playing_changed.connect(heard.append)
    playback.speed_changed.connect(heard.append)
    playback.playhead_moved.connect(heard.append)
    desk.engines[0].position = START + 5_000
    playback._on_poll()
    desk.grid.activate(desk.tiles[0])
    assert heard[:3] == [True, 1.0, START + 5_000]
    assert not playback.has_own_time
    desk.engines[2].calls.clear()
    playback.seek(START + 9_000)
    assert [engine.asked("seek")[-1:] for engine in desk.engines] == [
        [("seek", START + 9_000, True)],
        [("seek", START + 9_000, True)],
        [],
    ]


def test_it_is_not_brought_into_step_and_steps_over_its_gaps(desk: Desk) -> None:
    assert [runner.engine for runner in desk.playback.runners] == desk.engines[:2]
    desk.playback.set_skip_gaps(False)
    desk.playback.set_skip_gaps(True)
    assert [engine.asked("skip_gaps")[-1:] for engine in desk.engines] == [
        [],
        [],
        [("skip_gaps", True)],
    ]


def test_it_comes_back_to_where_the_others_are_by_now(desk: Desk) -> None:
    playback = desk.playback
    playback.seek(EARLIER)
    playback.set_speed(8.0)
    playback.pause()
    desk.engines[0].position = START + 3_000
    playback._on_poll()
    playback.set_own_time(False)
    assert desk.engines[2].calls[-3:] == [
        ("speed", 1.0),
        ("seek", START + 3_000, True),
        ("skip_gaps", False),
    ]
    assert playback.playhead_ms == START + 3_000
    assert playback.playing
    assert desk.tiles[2].header.note.text() == ""


def test_whoever_leaves_the_window_pauses_all(desk: Desk) -> None:
    desk.playback.pause_all()
    assert all(engine.asked("pause") for engine in desk.engines)


def test_a_tile_that_is_closed_gives_its_time_back(desk: Desk) -> None:
    desk.playback.seek(EARLIER)
    desk.playback.close_tile(desk.tiles[2])
    assert not desk.playback.has_own_time
    assert desk.playback.playhead_ms == START
