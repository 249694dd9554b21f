from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.playback import PlaybackState
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.controllers.playback import PlaybackController
from rta_viewer.ui.controllers.step_keeper import StepKeeper
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.tiles.grid import TileGrid
from tests.helpers.fake_engine import FakeEngine, FakeEngines
from tests.helpers.ui_world import MINUTE_MS, NOW_MS, cameras

START = NOW_MS - 10 * MINUTE_MS


class Desk:
    """Three cameras in tiles, a keeper that compares when told, footage where ``recorded`` says."""

    def __init__(self, playback: PlaybackController, engines: FakeEngines) -> None:
        self.clock = ManualClock(NOW_MS, 1_000.0)
        self.recorded = False
        self.keeper = StepKeeper(playback, lambda _id, _at: self.recorded, self.clock)
        self.playback = playback
        for camera in cameras(3):
            playback.open_camera(camera, START)
        self.engines: list[FakeEngine] = engines.made

    def put(self, qtbot: QtBot, *positions: float | None) -> None:
        """The engines are at these instants after START; None is without footage."""
        for engine, position in zip(self.engines, positions, strict=True):
            if position is None:
                engine.say(PlaybackState.NO_FOOTAGE)
            else:
                engine.show(START + position, speed_effective=self.playback.speed)
            engine.calls.clear()
        wanted = [
            PlaybackState.NO_FOOTAGE if each is None else PlaybackState.PLAYING
            for each in positions
        ]
        order = {id(engine): state for engine, state in zip(self.engines, wanted, strict=True)}
        qtbot.waitUntil(
            lambda: all(
                runner.status.state is order[id(runner.engine)] for runner in self.playback.runners
            )
        )


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, lane: Lane) -> Iterator[Desk]:
    engines = FakeEngines()
    grid = TileGrid(theme)
    qtbot.addWidget(grid)
    grid.set_layout(4)
    grid.show()
    playback = PlaybackController(grid, engines, ManualClock(NOW_MS), lane, grid)
    desk = Desk(playback, engines)
    yield desk
    desk.keeper.close()
    playback.close()


def test_cameras_in_step_are_left_alone(qtbot: QtBot, desk: Desk) -> None:
    desk.put(qtbot, 1_000, 1_020, 980)
    desk.keeper.compare()
    assert [engine.calls for engine in desk.engines] == [[], [], []]


def test_a_slow_answer_is_no_drift(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put(qtbot, 1_000, 1_000, 1_000)
    began_s = desk.clock.monotonic_s()

    def answer_after_30_ms() -> float:
        desk.clock.advance(0.03)
        return START + 1_000 + (desk.clock.monotonic_s() - began_s) * 1000

    for engine in desk.engines:
        monkeypatch.setattr(engine, "position_ms", answer_after_30_ms)
    desk.keeper.compare()
    assert [engine.calls for engine in desk.engines] == [[], [], []]


def test_a_little_ahead_is_slowed_and_a_little_behind_is_hurried(qtbot: QtBot, desk: Desk) -> None:
    desk.put(qtbot, 1_000, 1_100, 900)
    desk.keeper.compare()
    assert desk.engines[0].calls == []
    ((_, slower),), ((_, faster),) = desk.engines[1].calls, desk.engines[2].calls
    assert (slower, faster) == (pytest.approx(0.95), pytest.approx(1.05))
    desk.put(qtbot, 2_000, 2_010, 1_990)
    desk.keeper.compare()
    assert desk.engines[1].calls == [("trim", 1.0)]
    assert desk.engines[2].calls == [("trim", 1.0)]


def test_far_ahead_waits_once(qtbot: QtBot, desk: Desk) -> None:
    desk.put(qtbot, 1_000, 3_000, 1_000)
    desk.keeper.compare()
    assert desk.engines[1].calls == [("wait", pytest.approx(2.0))]
    desk.keeper.compare()
    assert len(desk.engines[1].calls) == 1


def test_far_behind_starts_again_where_the_others_will_be_and_not_all_the_time(
    qtbot: QtBot, desk: Desk
) -> None:
    desk.put(qtbot, 9_000, 9_000, 1_000)
    desk.keeper.compare()
    ((what, instant_ms, playing),) = desk.engines[2].calls
    assert (what, playing) == ("seek", True)
    assert START + 9_000 < instant_ms < START + 11_000
    desk.clock.advance(2.0)
    desk.keeper.compare()
    assert len(desk.engines[2].calls) == 1
    assert desk.engines[0].calls == desk.engines[1].calls == []


def test_one_that_cannot_keep_up_does_not_hold_the_others(qtbot: QtBot, desk: Desk) -> None:
    desk.put(qtbot, 9_000, 9_010, 9_000)
    desk.engines[2].show(START + 1_000, speed_effective=0.3)
    qtbot.waitUntil(lambda: any(run.status.speed_effective == 0.3 for run in desk.playback.runners))
    desk.keeper.compare()
    assert desk.engines[0].calls == desk.engines[1].calls == []


def test_one_without_footage_is_called_back_when_it_has_some(qtbot: QtBot, desk: Desk) -> None:
    desk.put(qtbot, 1_000, 1_000, None)
    desk.keeper.compare()
    assert desk.engines[2].calls == []
    desk.recorded = True
    desk.keeper.compare()
    assert desk.engines[2].asked("seek")


def test_nothing_is_corrected_while_paused(qtbot: QtBot, desk: Desk) -> None:
    desk.put(qtbot, 1_000, 3_000, 1_000)
    desk.playback.pause()
    desk.keeper.compare()
    assert desk.engines[1].calls == [("pause",)]


def test_several_cameras_do_not_jump_over_gaps_of_their_own(desk: Desk) -> None:
    assert ("skip_gaps", False) in desk.engines[0].calls
    for tile in [desk.playback._grid.tile_of(camera.camera_id) for camera in cameras(3)[1:]]:
        assert tile is not None
        desk.playback.close_tile(tile)
    assert desk.engines[0].calls[-1] == ("skip_gaps", True)
