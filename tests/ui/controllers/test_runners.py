"""Which tile the playhead follows, and which ones a command is for."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from rta_viewer.core.playback import PlaybackState
from rta_viewer.qt.bridge import ListenerBridge
from rta_viewer.ui.controllers.motion import Motion
from rta_viewer.ui.controllers.runners import Runner, Runners
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.tiles.grid import TileGrid
from tests.helpers.fake_engine import FakeEngine
from tests.helpers.ui_world import cameras

S = PlaybackState


@pytest.fixture
def grid(qtbot: QtBot, theme: Theme) -> TileGrid:
    grid = TileGrid(theme)
    qtbot.addWidget(grid)
    grid.set_layout(4)
    return grid


@pytest.fixture
def runners(grid: TileGrid) -> Runners:
    """Three tiles, the last one active."""
    runners = Runners(grid)
    for camera in cameras(3):
        tile = grid.free_tile()
        tile.set_camera(camera)
        bridge = ListenerBridge(grid)
        runners.add(Runner(tile, camera, FakeEngine(camera.camera_id, bridge), bridge))
        grid.activate(tile)
    return runners


def put(runners: Runners, *states: PlaybackState) -> list[Runner]:
    for runner, state in zip(runners, states, strict=True):
        runner.status = replace(runner.status, state=state)
    return list(runners)


@pytest.mark.parametrize(
    ("states", "leader"),
    [
        ((S.PLAYING, S.PLAYING, S.PLAYING), 2),
        ((S.PLAYING, S.PLAYING, S.GAP), 2),
        ((S.PAUSED, S.PLAYING, S.NO_FOOTAGE), 1),
        ((S.PAUSED, S.GAP, S.FAILED), 1),
        ((S.FAILED, S.PAUSED, S.OPENING), 1),
        ((S.FAILED, S.FAILED, S.FAILED), 2),
    ],
)
def test_the_active_tile_leads_or_the_best_of_the_others(
    runners: Runners, states: tuple[PlaybackState, ...], leader: int
) -> None:
    all_of_them = put(runners, *states)
    assert runners.leader_of(runners.common) is all_of_them[leader]


def test_a_paused_active_tile_on_its_way_is_waited_for(runners: Runners) -> None:
    first, _, active = put(runners, S.PAUSED, S.FAILED, S.OPENING)
    assert runners.leader_of(runners.common) is first
    runners.common.playing = False
    runners.common.tracker.ask(1000, now_s=0.0)
    assert runners.leader_of(runners.common) is active


def test_nobody_leads_where_nobody_follows(runners: Runners) -> None:
    assert runners.leader_of(Motion()) is None


def test_a_tile_with_its_own_time_is_alone_with_it(grid: TileGrid, runners: Runners) -> None:
    first, second, third = runners
    third.own = runners.common.copy()
    assert runners.active is third
    assert runners.motion is third.own
    assert runners.group == [third]
    assert runners.leader_of(runners.common) in {first, second}
    grid.activate(second.tile)
    assert runners.motion is runners.common
    assert runners.group == [first, second]
    assert runners.in_step == [second, first]


def test_what_is_taken_is_gone(runners: Runners) -> None:
    first, _, third = runners
    assert runners.take(third.tile) is third
    assert runners.take(third.tile) is None
    assert runners.of(first.tile) is first
    assert len(runners) == 2
    assert runners.motion is runners.common
